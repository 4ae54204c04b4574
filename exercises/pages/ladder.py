"""The ready-made plans as columns that grow with their minutes. No queries."""

from dataclasses import dataclass

from exercises.models import Prescription, Slot
from exercises.pages.plan_offer import rung_name
from exercises.pages.plan_proposals import CurrentPlan, PlanDuration
from exercises.pages.wording import minutes
from exercises.rules.plan_ladder import RUNGS

TALL = 100


@dataclass(frozen=True)
class Column:
    """One rung. `height` is 0 to TALL."""

    rung: int
    minutes: int
    height: int
    in_force: bool
    shown: bool  # in the form below

    @property
    def name(self) -> str:
        return rung_name(self.rung)

    @property
    def proposal(self) -> str:
        return f"step-{self.rung}"


@dataclass(frozen=True)
class Ladder:
    columns: list[Column]
    own_sessions: bool  # other sessions, pauses or order than usual

    @property
    def on_none(self) -> bool:
        return not any(each.in_force for each in self.columns)


def ladder_of(current: CurrentPlan, move_seconds: int, proposal: str) -> Ladder:
    """The four rungs with the user's own sessions and variants."""
    lengths = {rung: PlanDuration(current.on_rung(rung), move_seconds).day for rung in RUNGS}
    most = max(lengths.values()) or 1
    shown = int(proposal[-1]) if proposal.startswith("step-") else 0 if proposal else current.rung
    columns = [
        Column(rung, minutes(length), round(TALL * length / most), rung == current.rung, rung == shown)
        for rung, length in lengths.items()
    ]
    usual = [_frame(each) for each in current.back_to_usual]
    return Ladder(columns, own_sessions=[_frame(each) for each in current.all] != usual)


def _frame(each: Prescription) -> tuple[int, list[Slot], int]:
    """What every rung leaves as it is, apart from the variant."""
    return each.exercise_id, list(each.slots), each.pause_seconds
