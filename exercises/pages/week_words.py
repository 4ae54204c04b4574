"""The week on Progress in words that are true and blame nobody, and a ring of its goal. No queries."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from exercises.pages.history import Week
from exercises.pages.week import Progress
from exercises.rules import chart_geometry
from exercises.rules.adherence import Totals

LEFT_OUT = 2  # sets; fewer are no pattern


@dataclass(frozen=True)
class WeekWords:
    """A day on track is called a good day here."""

    progress: Progress

    @property
    def week(self) -> Week:
        return self.progress.week

    @property
    def title(self) -> str:
        if not self.week.days_planned:
            return self._nothing_planned
        return self._running if self.week.running else self._over

    @property
    def lines(self) -> list[str]:
        """The sentences below the title."""
        first = _("This is your first week. Every set is a good start.") if self.progress.state == "first" else ""
        left_out = "" if self.progress.is_first_day else self._left_out
        return [each for each in (first, self._sets, self._extras, left_out) if each]

    @property
    def ring(self) -> tuple[str, str]:
        """stroke-dasharray of the days of the goal, and of those that are reached."""
        goal = self.week.goal
        reached = Fraction(min(self.week.days_on_track, goal))
        return chart_geometry.ring_track(goal), chart_geometry.ring_fill(reached, goal)

    @property
    def _nothing_planned(self) -> str:
        if not self.progress.any_rest:
            return _("Nothing planned this week.")
        return _("Rest days. Nothing to do.") if self.week.running else _("Rest days. There was nothing to do.")

    @property
    def _running(self) -> str:
        days, more = self.week.days_on_track, self.week.goal - self.week.days_on_track
        if more <= 0:
            return ngettext(
                "%(days)d good day. You reached your goal.", "%(days)d good days. You reached your goal.", days
            ) % {"days": days}
        if more > self._days_left:
            return " ".join([_good_days(days), _("Every set counts.")]) if days else _("Every set counts.")
        if not days:
            return ngettext(
                "Your goal: %(more)d good day this week.", "Your goal: %(more)d good days this week.", more
            ) % {"more": more}
        to_go = ngettext("One more to reach your goal.", "%(more)d more to reach your goal.", more)
        return " ".join([_good_days(days), to_go % {"more": more}])

    @property
    def _over(self) -> str:
        days = self.week.days_on_track
        if self.week.on_goal:
            return ngettext(
                "%(days)d good day. You reached your goal.", "%(days)d good days. You reached your goal.", days
            ) % {"days": days}
        if days:
            return _good_days(days)
        return _("You did some of your sets.") if self.week.totals.done else _("No sets this week. That is fine.")

    @property
    def _days_left(self) -> int:
        """The days that can still become good days, today included."""
        today = self.progress.history.today
        return sum(each.planned and not each.on_track for each in self.week.days if each.day >= today)

    @property
    def _sets(self) -> str:
        """How many sets were done. Those that can still be done today are not due yet, except on the first day."""
        due, values = self.progress.due, {"done": self.progress.done, "due": self.progress.due, "open": self._open}
        if due and self._open:
            return _("%(done)s of %(due)d sets so far, and %(open)d more to do today.") % values
        if due:
            return ngettext("%(done)s of %(due)d set.", "%(done)s of %(due)d sets.", due) % values
        return ngettext("%(open)d set today.", "%(open)d sets today.", self._open) % values if self._open else ""

    @property
    def _open(self) -> int:
        """The sets of today that were not begun."""
        if self.progress.is_first_day:
            return 0
        return sum(each.due - each.totals().due for each in self.week.days if each.today)

    @property
    def _extras(self) -> str:
        extras = self.progress.extras
        if not extras:
            return ""
        return ngettext("Plus %(extras)d extra set.", "Plus %(extras)d extra sets.", extras) % {"extras": extras}

    @property
    def _left_out(self) -> str:
        """Names the exercise that was left out most, by number and by share; empty when another comes near it."""
        totals = {each.name: self.week.totals_of(each.slug) for each, _cells in self.progress.grid}
        most = max(totals, key=lambda name: _missing(totals[name]), default="")
        if not most or _missing(totals[most]) < LEFT_OUT:
            return ""
        if not all(_is_less(totals[most], other) for name, other in totals.items() if name != most):
            return ""
        return _("Left out most often: %(name)s.") % {"name": pgettext("exercise", most)}


def _good_days(days: int) -> str:
    return ngettext("%(days)d good day.", "%(days)d good days.", days) % {"days": days}


def _missing(totals: Totals) -> Fraction:
    return totals.due - totals.done


def _is_less(most: Totals, other: Totals) -> bool:
    """Whether `most` lacks more sets than `other`, and a larger share of them."""
    if other.rate is None or most.rate is None:
        return True
    return _missing(most) > _missing(other) and most.rate < other.rate
