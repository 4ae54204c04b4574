"""Geometry of the charts: plain numbers in, plain numbers and SVG attribute texts out."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

RING_GAP = 2.2
PILL_HEIGHT = 56
# Bars of weeks, in a viewBox of 340 x 150: the axis from LEFT to RIGHT at FOOT, 100 % is FULL high.
LEFT, RIGHT, FOOT, FULL = 30, 340, 126, 112
BAR_WIDTH = 17
STUB = 2  # what a week of nothing done is drawn as: it was a week of the plan, and not a gap
# The heat of a year: squares in a grid, each level larger than the one before, for colour alone says nothing to many.
SQUARE, STEP, HEAT_LEFT, HEAT_TOP = 10, 13, 31, 19
SIDES = {0: 3, 1: 5, 2: 7, 3: 9, 4: 11}


def ring_track(due: int) -> str:
    """stroke-dasharray of a ring of `due` arcs; the circle's pathLength is 100."""
    return "100 0" if due < 2 else f"{_arc(due):.4g} {RING_GAP}"


def ring_fill(done: Fraction, due: int) -> str:
    """stroke-dasharray of the arcs done: whole ones, a part of the next, then one long gap."""
    if due < 2:
        return f"{100 * float(done):.4g} 100"
    whole, part = divmod(done, 1)
    arcs = [_arc(due)] * int(whole) + ([_arc(due) * float(part)] if part else [])
    if not arcs:
        return "0 100"
    dashes = [dash for arc in arcs for dash in (arc, RING_GAP)][:-1]
    return " ".join(f"{dash:.4g}" for dash in [*dashes, 100])


def pill(rate: Fraction | None) -> tuple[float, float]:
    """(y, height) of the fill of a day's pill, from its foot up."""
    height = round(PILL_HEIGHT * float(rate or 0), 1)
    return round(PILL_HEIGHT - height, 1), height


class Bar(NamedTuple):
    """One week's bar, as attribute texts; `middle` is where its label goes."""

    x: str
    y: str
    height: str
    middle: str


def bars(rates: Sequence[Fraction | None]) -> list[Bar | None]:
    """A bar for each rate, oldest first; None for a week in which nothing was due."""
    step = (RIGHT - LEFT) / len(rates) if rates else 0
    return [None if rate is None else _bar(LEFT + step * (n + 0.5), rate) for n, rate in enumerate(rates)]


def guide(rate: Fraction) -> str:
    """y of the line across the bars at `rate`."""
    return _text(FOOT - FULL * rate)


def share(rate: Fraction | None) -> str:
    """Width of the filled part of a bar that is 100 wide."""
    return _text(100 * (rate or 0))


def percent(rate: Fraction) -> int:
    """Whole percent, rounded down: what is short of a bar never reads as having reached it."""
    return int(rate * 100)


def level(rate: Fraction | None, bar: Fraction) -> int | None:
    """How full a day is: 0 nothing, 1 under half, 2 half, 3 at the bar, 4 all of it; None when nothing was due."""
    if rate is None:
        return None
    return sum((rate > 0, rate >= Fraction(1, 2), rate >= bar, rate >= 1))


def heat(weeks: Iterable[Sequence[int | None]]) -> dict[int, str]:
    """A path for each level, of its squares: a column a week, a row a day."""
    paths: dict[int, list[str]] = {level: [] for level in SIDES}
    for column, week in enumerate(weeks):
        for row, level in enumerate(week):
            if level is not None:
                paths[level].append(_square(column, row, SIDES[level]))
    return {level: "".join(squares) for level, squares in paths.items()}


def heat_column(column: int) -> int:
    """x of a week's squares, for the month written above it."""
    return HEAT_LEFT + STEP * column


def heat_row(row: int) -> int:
    """y of the foot of a weekday's name."""
    return HEAT_TOP + STEP * row + SQUARE - 1


def heat_legend() -> list[str]:
    """A square of each level, in a viewBox of 12 x 12."""
    return [f"M{_text(6 - side / 2)} {_text(6 - side / 2)}h{side}v{side}h-{side}z" for side in SIDES.values()]


def heat_size(columns: int) -> tuple[int, int]:
    """(width, height) of the year."""
    return heat_column(columns), HEAT_TOP + 7 * STEP


def _bar(middle: float, rate: Fraction) -> Bar:
    height = max(float(FULL * rate), STUB)
    return Bar(_text(middle - BAR_WIDTH / 2), _text(FOOT - height), _text(height), _text(middle))


def _square(column: int, row: int, side: int) -> str:
    """One square in the middle of its place."""
    inset = (SQUARE - side) / 2
    x, y = heat_column(column) + inset, HEAT_TOP + STEP * row + inset
    return f"M{_text(x)} {_text(y)}h{side}v{side}h-{side}z"


def _text(number: float | Fraction) -> str:
    """A tenth is finer than any screen shows; never with a comma, whatever the language."""
    return f"{float(number):.1f}".removesuffix(".0")


def _arc(due: int) -> float:
    return 100 / due - RING_GAP
