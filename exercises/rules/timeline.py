"""The timeline of a set and of a session: a flat list of phases in whole seconds.

Source: DOMAIN 1, the routine and its default timing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto
from itertools import accumulate, islice, pairwise, takewhile
from typing import NamedTuple

FIRST_READY_SECONDS = 5  # time to put the phone down and stand up
READY_SECONDS = 3  # never less than the exercise needs to be safe: see Step
SWITCH_SECONDS = 5
MOVE_SECONDS = 10
# The sound of such a session takes 20 MB (8 bits at 11,025 Hz). Rests made longer on the stage may bring it to 30 MB.
MOST_SESSION_SECONDS = 1800
MOST_REPS, MOST_SECONDS = 50, 120  # of one side, and of one effort or pause


class Kind(StrEnum):
    """What the user does in a phase."""

    READY = auto()
    HOLD = auto()
    RELEASE = auto()
    WALK = auto()
    REST = auto()
    CIRCLE = auto()
    TURN = auto()
    SWITCH = auto()
    MOVE = auto()

    @property
    def look(self) -> str:
        """The look of the stage: "hold", "release", "rest" or "switch"."""
        return LOOK[self]


PAUSE_AFTER = {Kind.HOLD: Kind.RELEASE, Kind.WALK: Kind.REST, Kind.CIRCLE: Kind.TURN}
EFFORTS = frozenset(PAUSE_AFTER)
LOOK = {
    Kind.HOLD: "hold",
    Kind.WALK: "hold",
    Kind.CIRCLE: "hold",
    Kind.RELEASE: "release",
    Kind.TURN: "release",
    Kind.READY: "rest",
    Kind.REST: "rest",
    Kind.MOVE: "rest",
    Kind.SWITCH: "switch",
}


class Call(StrEnum):
    """A spoken remark on progress, within a side."""

    NONE = ""
    HALFWAY = auto()
    LAST = auto()


@dataclass(frozen=True)
class Dose:
    """One set: `reps` efforts on each side, with a pause between two efforts.

    Raises ValueError for a kind that is not an effort, less than 1 rep, an effort shorter than 1 second, a pause below
    0, and sides other than 1 (both feet at once) and 2.
    """

    effort: Kind
    reps: int
    effort_seconds: int
    pause_seconds: int
    sides: int = 1

    def __post_init__(self) -> None:
        if self.effort not in EFFORTS:
            raise ValueError(f"{self.effort!r} is not an effort")
        if self.reps < 1:
            raise ValueError("a set has at least one rep")
        if self.effort_seconds < 1 or self.pause_seconds < 0:
            raise ValueError("an effort takes at least 1 second, a pause at least 0")
        if self.sides not in (1, 2):
            raise ValueError("a set has one side or two")

    @property
    def total_reps(self) -> int:
        """The number of efforts in the set, on both sides together."""
        return self.reps * self.sides


@dataclass(frozen=True)
class Step:
    """One exercise of a session, the position it is done in, and its dose.

    `ready_seconds` is the least time it takes to get set safely, such as the way to a wall;
    `switch_seconds` the time to change legs, such as to move a band to the other foot.
    """

    exercise: str
    position: str
    dose: Dose
    ready_seconds: int = READY_SECONDS
    switch_seconds: int = SWITCH_SECONDS


class Phase(NamedTuple):
    """A stretch of seconds in which the user does one thing.

    `side` is 0 for both feet, 1 for the left and 2 for the right; a switch has the side it leads to. `rep` counts from
    1 on each side; a pause has the rep before it, other phases have 0. `step` is the place of the step in its session,
    `at` is the second of the session at which the phase begins.
    """

    kind: Kind
    seconds: int
    side: int = 0
    rep: int = 0
    step: int = 0
    at: int = 0

    @property
    def end(self) -> int:
        """The second of the session at which the next phase begins."""
        return self.at + self.seconds


def set_phases(dose: Dose, switch_seconds: int = SWITCH_SECONDS, step: int = 0) -> Iterator[Phase]:
    """Tell the story of one set, from its first effort to its last."""
    pause = PAUSE_AFTER[dose.effort]
    for side in (0,) if dose.sides == 1 else (1, 2):
        if side == 2:
            yield Phase(Kind.SWITCH, switch_seconds, side, 0, step)
        for rep in range(1, dose.reps + 1):
            if rep > 1:
                yield Phase(pause, dose.pause_seconds, side, rep - 1, step)
            yield Phase(dose.effort, dose.effort_seconds, side, rep, step)


def call(phase: Phase, dose: Dose) -> Call:
    """The call at the start of an effort. Circles have none, because their two ways are a pair."""
    if phase.kind not in EFFORTS or phase.kind == Kind.CIRCLE:
        return Call.NONE
    if phase.rep == dose.reps >= 2:
        return Call.LAST
    return Call.HALFWAY if phase.rep == dose.reps // 2 + 1 and dose.reps >= 4 else Call.NONE


def tempo(dose: Dose) -> tuple[Phase, ...]:
    """The phases that a set repeats: an effort and its pause. For circles both ways, because they are a pair."""
    of_one_side = takewhile(lambda phase: phase.kind != Kind.SWITCH, set_phases(dose))
    return tuple(_on_the_clock(islice(of_one_side, 3 if dose.effort == Kind.CIRCLE else 2)))


def session_phases(steps: Iterable[Step], move_seconds: int = MOVE_SECONDS) -> tuple[Phase, ...]:
    """The phases of a session without gaps, from second 0. Phases of 0 seconds are left out."""
    return tuple(_on_the_clock(_told(steps, move_seconds)))


def step_seconds(steps: Iterable[Step], move_seconds: int = MOVE_SECONDS) -> list[int]:
    """The seconds of each step, its move and ready phases included: the sum of its phases without making them."""
    return [move + ready + _set_seconds(step) for step, move, ready in _in_turn(steps, move_seconds)]


def session_seconds(steps: Iterable[Step], move_seconds: int = MOVE_SECONDS) -> int:
    """The seconds of a session."""
    return sum(step_seconds(steps, move_seconds))


def too_long(steps: Iterable[Step], move_seconds: int = MOVE_SECONDS) -> bool:
    """Whether a session of these steps takes more than MOST_SESSION_SECONDS."""
    return session_seconds(steps, move_seconds) > MOST_SESSION_SECONDS


def spans(lengths: Iterable[int]) -> list[tuple[int, int]]:
    """The (start, end) seconds of steps of these lengths."""
    return list(pairwise(accumulate(lengths, initial=0)))


def _in_turn(steps: Iterable[Step], move_seconds: int) -> Iterator[tuple[Step, int, int]]:
    """(step, seconds to change the position, seconds to get ready) of each step."""
    before = None
    for step in steps:
        moves = before is not None and before.position != step.position
        yield step, moves * move_seconds, max(READY_SECONDS if before else FIRST_READY_SECONDS, step.ready_seconds)
        before = step


def _set_seconds(step: Step) -> int:
    """The seconds of the set alone: efforts with pauses between them on each side, and a switch between two sides."""
    dose = step.dose
    of_side = dose.reps * dose.effort_seconds + (dose.reps - 1) * dose.pause_seconds
    return dose.sides * of_side + (dose.sides - 1) * step.switch_seconds


def _told(steps: Iterable[Step], move_seconds: int) -> Iterator[Phase]:
    """The phases of each step: a move if the position changes, a time to get ready, the set."""
    for number, (step, move, ready) in enumerate(_in_turn(steps, move_seconds)):
        yield Phase(Kind.MOVE, move, step=number)
        yield Phase(Kind.READY, ready, step=number)
        yield from set_phases(step.dose, step.switch_seconds, number)


def _on_the_clock(phases: Iterable[Phase]) -> Iterator[Phase]:
    """Give each phase its offset, and leave out those of 0 seconds."""
    at = 0
    for phase in phases:
        if phase.seconds:
            yield phase._replace(at=at)
            at += phase.seconds
