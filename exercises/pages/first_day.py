"""What Today says more on the first day of a plan. No queries."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from exercises.catalogue.variants import STANDARD
from exercises.models import Prescription, Slot
from exercises.pages.board import Board
from exercises.pages.plan_offer import rung_name
from exercises.pages.plan_proposals import CurrentPlan, PlanDuration
from exercises.pages.wording import minutes

BEGAN = {
    Slot.MIDDAY: gettext_lazy("You began at midday, so today has %(sets)s. From tomorrow there are %(due)d a day."),
    Slot.EVENING: gettext_lazy(
        "You began in the evening, so today has %(sets)s. From tomorrow there are %(due)d a day."
    ),
}


@dataclass(frozen=True)
class FirstDay:
    """The first day of a plan."""

    board: Board

    @property
    def needs(self) -> list[tuple[Slot, list[str]]]:
        """What each session of the day needs."""
        return [(each.slot, needs_of(each.prescriptions)) for each in self.board.sessions if each.prescriptions]

    @property
    def began(self) -> str:
        """Why the day has fewer sets than the next one, or ""."""
        slot, plan = self.board.slots[0], self.board.plan
        due, tomorrow = self.board.adherence.due, len(plan.due(self.board.day + timedelta(days=1)))
        if slot not in BEGAN or not 0 < due < tomorrow:
            return ""
        sets = ngettext("%(sets)d set", "%(sets)d sets", due) % {"sets": due}
        return str(BEGAN[slot]) % {"sets": sets, "due": tomorrow}

    @property
    def plan_name(self) -> str:
        name = rung_name(CurrentPlan(self.board.plan, self._held, self.board.day).rung)
        return _("Your plan: %(name)s") % {"name": name} if name else pgettext("title", "Your plan")

    @property
    def minutes(self) -> int:
        """The minutes of a whole day."""
        return minutes(PlanDuration(self._held, self.board.preferences.move_seconds).day)

    @property
    def ways(self) -> list[str]:
        """The exercises that are done in another way than the usual one."""
        return [each.name for each in self._held if each.slots and each.variant_data is not STANDARD]

    @cached_property
    def _held(self) -> list[Prescription]:
        return self.board.plan.on(self.board.day)


def first_day(board: Board) -> FirstDay | None:
    return FirstDay(board) if board.day == board.plan.first_day else None


def needs_of(prescriptions: tuple[Prescription, ...]) -> list[str]:
    """What one needs, each thing once: "A chair" goes without saying beside "A chair and a towel"."""
    named = {(each.variant_data.equipment or each.exercise.equipment).lower(): each.equipment for each in prescriptions}
    return [words for name, words in named.items() if name and not any(name in other != name for other in named)]
