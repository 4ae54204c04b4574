"""One guided session: its steps, its phases on the clock, and how much of it is done."""

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from exercises.catalogue.variants import Variant
from exercises.models import Prescription, Slot
from exercises.pages.wording import minutes
from exercises.rules.timeline import Phase, Step, session_phases, step_seconds


@dataclass(frozen=True)
class GuidedSession:
    """One session of the day: its steps, its phases on the clock, and what is done of it."""

    slot: Slot
    prescriptions: tuple[Prescription, ...]
    fills: tuple[Fraction, ...]
    move_seconds: int

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return tuple(each.step for each in self.prescriptions)

    @cached_property
    def phases(self) -> tuple[Phase, ...]:
        return session_phases(self.steps, self.move_seconds)

    @cached_property
    def variants(self) -> tuple[Variant, ...]:
        return tuple(each.variant_data for each in self.prescriptions)

    @property
    def can_sit(self) -> bool:
        """Whether a lying exercise in it has a seated variant."""
        return any(each.can_sit for each in self.prescriptions)

    @property
    def seated(self) -> "GuidedSession":
        """The same session, with the seated variant of each exercise that has one."""
        return replace(self, prescriptions=tuple(each.seated for each in self.prescriptions))

    @cached_property
    def lengths(self) -> list[int]:
        """The seconds of each step."""
        return step_seconds(self.steps, self.move_seconds)

    @property
    def seconds(self) -> int:
        return sum(self.lengths)

    @property
    def seconds_left(self) -> int:
        """Seconds of the steps that are not done."""
        return sum(length for length, fill in zip(self.lengths, self.fills, strict=True) if fill < 1)

    @property
    def minutes_left(self) -> int:
        return minutes(self.seconds_left)

    @property
    def due(self) -> int:
        return len(self.prescriptions)

    @property
    def done(self) -> int:
        return sum(fill == 1 for fill in self.fills)

    @property
    def complete(self) -> bool:
        return self.done == self.due

    @property
    def left(self) -> list[Prescription]:
        """The prescriptions that are not done."""
        return [each for each, fill in zip(self.prescriptions, self.fills, strict=True) if fill < 1]
