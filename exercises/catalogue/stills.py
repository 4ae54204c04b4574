"""A still picture for each step of each way to do an exercise, and for its first mistakes.

The stills of a way are poses on one sheet: groups with an id in templates/illustrations/stills-<sheet>.svg, made of
parts that the sheet draws once. Ways that share poses share a sheet.
"""

from dataclasses import dataclass
from itertools import zip_longest


@dataclass(frozen=True)
class Stills:
    """The name of a sheet, a pose for each step, and one for each mistake that can be drawn: those stand first."""

    sheet: str
    steps: tuple[str, ...]
    mistakes: tuple[str, ...]


# The keys are names of drawings: see drawings.py.
STILLS = {
    "toe-presses": Stills("toe-presses", ("stand", "sole", "grip", "breathe", "let-go"), ("roll", "heel-up")),
    "toe-presses-seated": Stills(
        "toe-presses", ("sit", "under-knee", "grip", "breathe", "let-go"), ("roll", "heel-up")
    ),
    "toe-walking": Stills("toe-walking", ("wall", "hand", "rise", "step", "lower"), ("sink", "roll")),
    "toe-walking-marching": Stills(
        "counter", ("counter", "both-hands", "rise", "march", "heels-down"), ("sink", "roll")
    ),
    "toe-walking-heel-raises": Stills(
        "counter", ("counter", "both-hands", "raise", "lower", "heels-down"), ("drop", "roll")
    ),
    "toe-walking-seated-heel-raises": Stills(
        "seated-heel-raises", ("sit", "under-knee", "raise", "lower", "heels-down"), ("drop", "roll")
    ),
    "resisted-plantar-flexion": Stills(
        "band-press", ("sit", "wrap", "tight", "push", "back"), ("slip", "bend", "curl", "slump")
    ),
    "resisted-plantar-flexion-towel": Stills(
        "towel-press", ("sit", "wrap", "tight", "push", "back"), ("slip", "bend", "curl", "slump")
    ),
    "ankle-circles": Stills(
        "ankle-circles", ("lie", "hold-thigh", "circle", "other-way", "switch"), ("swing", "jerky")
    ),
    "ankle-circles-seated": Stills(
        "ankle-circles-seated", ("lift", "hold-under", "circle", "other-way", "switch"), ("swing", "jerky")
    ),
}
# The last one has the bands that one can buy (templates/library/_which_band.html).
SHEETS = (*dict.fromkeys(f"stills-{each.sheet}" for each in STILLS.values()), "stills-bands")


def with_poses(lines: list[str], poses: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each line with its pose, or with an empty one. They go by place: a line edited in the admin keeps its still.

    Fewer lines than poses: somebody removed a line, and the code cannot tell which. Then no line has a still.
    """
    fitting = poses if len(lines) >= len(poses) else ()
    return list(zip_longest(lines, fitting, fillvalue=""))
