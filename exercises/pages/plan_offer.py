"""The offer of another plan: one rung up, one rung down, or smaller. No queries.

Source: DOMAIN 8, DOMAIN 4. The rules are in rules/plan_ladder.py and rules/plan_scaling.py; here they meet the record.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from hashlib import sha256

from django.utils.translation import pgettext

from exercises.models import Plan, Preferences, Prescription
from exercises.pages import wording
from exercises.pages.plan_proposals import CurrentPlan, PlanDuration
from exercises.rules import plan_ladder, plan_scaling
from exercises.rules.adherence import DayAdherence, Totals, added
from exercises.rules.timeline import Dose, Kind

PUT_OFF = timedelta(days=14)
ONE_DAY = timedelta(days=1)

Scores = Mapping[tuple[date, str], int]


def first_day_read(plan: Plan, preferences: Preferences, today: date) -> date | None:
    """The first day of the record that can speak for another plan. None if nothing may be offered.

    It is the last change of a dose, one planned for tomorrow included, if that is not older than two whole weeks.
    Without questions about pain, fewer days than 7 say nothing.
    """
    since = None if preferences.puts_off(today) else plan.last_change(today + ONE_DAY)
    if since is None or not (preferences.sites or today - since >= timedelta(days=plan_ladder.DUE_DAYS)):
        return None
    return max(since, _whole_weeks(preferences, today))


@dataclass(frozen=True)
class PlanOffer:
    """Another plan that one tap takes. `why`: "well" for more; "little" or "pain" for less. `rung`: 0 for none.

    `current` is the plan of the day from which `wanted` will hold: today, or tomorrow once a set of today is done. So a
    day keeps one dose.
    """

    why: str
    rung: int
    current: CurrentPlan
    wanted: list[Prescription]
    last: Totals  # of the 7 due days that speak for more
    pain_known: bool  # whether some place had enough answers to compare
    move_seconds: int

    @property
    def day(self) -> date:
        """The day from which it will hold."""
        return self.current.day

    @property
    def key(self) -> str:
        return key_of(self.wanted)

    @property
    def is_starter(self) -> bool:
        return self.rung == plan_ladder.RUNGS[0]

    @property
    def is_top(self) -> bool:
        return self.rung == plan_ladder.TOP

    @property
    def done_text(self) -> str:
        return wording.sets_text(self.last.done)

    @property
    def minutes(self) -> tuple[str, str]:
        """(now, then) of a day: "10:07"."""
        now, then = (PlanDuration(plan, self.move_seconds) for plan in (self.current.all, self.wanted))
        return now.day_text, then.day_text

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """(exercise, now, then) of everything that changes."""
        pairs = zip(self.current.all, self.wanted, strict=True)
        return [(now.name, *texts) for now, then in pairs for texts in _differences(now, then)]


@dataclass(frozen=True)
class Past:
    """What speaks for another plan: the plan, and what was done on each day. `day_on` gives the record of a day."""

    plan: Plan
    preferences: Preferences
    today: date
    day_on: Callable[[date], DayAdherence]

    @cached_property
    def first(self) -> date | None:
        """The first day that is read. None if nothing may be offered."""
        return first_day_read(self.plan, self.preferences, self.today)

    @property
    def first_answer(self) -> date | None:
        """The first day on which pain matters. None if it cannot change what is offered."""
        if self.first is None or not self.preferences.sites:
            return None
        if plan_ladder.has_done_well(self._due_days) and self._next_rung:
            return self.today - timedelta(days=plan_ladder.ANSWER_DAYS - 1)
        return self._last_days[0] if len(self._days_done) >= plan_ladder.TOO_OFTEN else None

    def offer(self, scores: Scores) -> PlanOffer | None:
        """The offer of today. `scores` are the answers from `first_answer` on, days in order.

        Pain comes first. Then come the last 7 due days, which are newer than the two weeks before this one.
        """
        if self.first is None:
            return None
        if self._hurts(scores):
            return self._less("pain")
        if plan_ladder.has_done_well(self._due_days):
            return self._more(self._courses(scores))
        return self._less("little") if self._did_little else None

    @cached_property
    def _next(self) -> CurrentPlan:
        """The plan of the day from which a change would hold."""
        done = self.day_on(self.today)
        day = self.today + ONE_DAY if done.done or done.extras else self.today
        return CurrentPlan(self.plan, self.plan.on(day), day)

    @property
    def _next_rung(self) -> int:
        """0 for none: at the top, and on no rung."""
        return 0 if self._next.rung in (0, plan_ladder.TOP) else self._next.rung + 1

    @cached_property
    def _due_days(self) -> list[Totals]:
        """The days since the change on which something was due, oldest first, without today."""
        first = self.first or self.today
        totals = [self.day_on(first + timedelta(days=n)).totals() for n in range((self.today - first).days)]
        return [each for each in totals if each.due]

    @cached_property
    def _last_days(self) -> list[date]:
        """The last seven days, today included, but none before the last change of a dose."""
        days = [self.today - timedelta(days=n) for n in reversed(range(plan_ladder.LAST_DAYS))]
        return [day for day in days if self.first and day >= self.first]

    @cached_property
    def _days_done(self) -> list[date]:
        """The last days on which a set was done."""
        records = [(day, self.day_on(day)) for day in self._last_days]
        return [day for day, record in records if record.done or record.extras]

    @property
    def _did_little(self) -> bool:
        """Whether the last two whole weeks were under half. Both must come after the last change of a dose."""
        first = _whole_weeks(self.preferences, self.today)
        if self.first != first:
            return False
        days = [self.day_on(first + timedelta(days=n)).totals() for n in range(7 * plan_scaling.WEEKS)]
        return plan_scaling.asks_too_much([_rate(days[n : n + 7]) for n in range(0, len(days), 7)])

    def _hurts(self, scores: Scores) -> bool:
        asked = [(day, score) for (day, site), score in scores.items() if site in self.preferences.sites]
        return plan_ladder.hurts_too_often(
            max((score for on, score in asked if on == day), default=0) for day in self._days_done
        )

    def _courses(self, scores: Scores) -> list[list[int]]:
        """The scores of each place that is asked about now, oldest first."""
        return [[score for (_, site), score in scores.items() if site == each] for each in self.preferences.sites]

    def _more(self, courses: list[list[int]]) -> PlanOffer | None:
        """One rung up. None after more pain, at the top, and on no rung."""
        if not self._next_rung or any(map(plan_ladder.rose, courses)):
            return None
        known = any(map(plan_ladder.can_compare, courses))
        return self._offer("well", self._next_rung, self._next.on_rung(self._next_rung), known)

    def _less(self, why: str) -> PlanOffer | None:
        """One rung down; smaller from the lowest one, and from none."""
        rung = max(self._next.rung - 1, 0)
        return self._offer(why, rung, self._next.on_rung(rung) if rung else self._next.smaller)

    def _offer(self, why: str, rung: int, wanted: list[Prescription], pain_known: bool = False) -> PlanOffer | None:
        if not self._next.can_become(wanted):
            return None
        last = added(self._due_days[-plan_ladder.DUE_DAYS :])
        return PlanOffer(why, rung, self._next, wanted, last, pain_known, self.preferences.move_seconds)


def key_of(plan: list[Prescription]) -> str:
    """A short text by which a page names a plan: another one if anything of it differs."""
    amounts = sorted((each.exercise.slug, sorted(each.amount.items())) for each in plan)
    return sha256(repr(amounts).encode()).hexdigest()[:12]


def days_of_step(today: date) -> tuple[date, date]:
    """The days from which a step may hold that was taken today: PlanOffer.current."""
    return today, today + ONE_DAY


def before_step(plan: Plan, day: date) -> list[Prescription]:
    """The plan of `day` with the doses and sessions of the day before. Its order stays."""
    before = {each.exercise_id: each for each in plan.on(day - ONE_DAY)}
    held = [(each, before.get(each.exercise_id, each)) for each in plan.on(day)]
    return [each.changed(**was.amount | {"order": each.order}) for each, was in held]


def rung_name(rung: int) -> str:
    """A rung in a word or two: "Starter", "Step 2"; empty for none."""
    names = {0: "", plan_ladder.RUNGS[0]: pgettext("plan", "Starter"), plan_ladder.TOP: pgettext("plan", "Usual")}
    return names[rung] if rung in names else pgettext("plan", "Step %(number)d") % {"number": rung}


def _whole_weeks(preferences: Preferences, today: date) -> date:
    """The first day of the two whole weeks before this one."""
    return preferences.week(today)[0] - timedelta(weeks=plan_scaling.WEEKS)


def _rate(days: list[Totals]) -> Fraction | None:
    due = [each for each in days if each.due]
    return added(due).rate if len(due) >= plan_scaling.PLANNED_DAYS else None


def _differences(now: Prescription, then: Prescription) -> list[tuple[str, str]]:
    """(now, then) of the dose and of the sessions, if they differ."""
    texts = [(_amount_text(now.dose), _amount_text(then.dose)), (_slots_text(now), _slots_text(then))]
    return [each for each in texts if each[0] != each[1]]


def _amount_text(dose: Dose) -> str:
    """A dose in a few letters: "7", "12 each leg", "4 of 12 s"."""
    numbers = {"reps": dose.reps, "seconds": dose.effort_seconds}
    if dose.effort == Kind.CIRCLE:
        return pgettext("dose", "%(seconds)d s each way") % numbers
    if dose.effort == Kind.WALK:
        return pgettext("dose", "%(reps)d of %(seconds)d s") % numbers
    return (pgettext("dose", "%(reps)d each leg") if dose.sides == 2 else "%(reps)d") % numbers


def _slots_text(each: Prescription) -> str:
    return ", ".join(str(slot.label).lower() for slot in each.slots)
