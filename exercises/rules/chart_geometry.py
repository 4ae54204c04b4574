"""Geometry of the charts: numbers in, numbers and texts of SVG attributes out."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import floor
from typing import NamedTuple

RING_GAP = 2.2
PILL_HEIGHT = 56
# Bars of weeks, in a viewBox of 340 x 150: the axis from LEFT to RIGHT at FOOT, 100 % is FULL high.
LEFT, RIGHT, FOOT, FULL = 30, 340, 126, 112
BAR_WIDTH = 17
STUB = 2  # the height of a week without a set, so that a week of the plan is not a gap
LOW_FOOT, LOW = 46, 40  # the same for a low panel
# A line of pain over the same weeks: 10 at the top, 0 at the foot.
PAIN_TOP, PAIN_FOOT, WORST = 8, 78, 10
# The squares of a year. Each level is larger than the one before, because colour alone says nothing to many people.
SQUARE, STEP = 10, 13
SIDES = {0: 3, 1: 5, 2: 7, 3: 9, 4: 11}
OUTLINE = 8


def ring_track(due: int) -> str:
    """stroke-dasharray of a ring of `due` arcs; the circle's pathLength is 100."""
    return "100 0" if due < 2 else f"{_rounded(_arc(due), 100):g} {RING_GAP}"


def ring_fill(done: Fraction, due: int) -> str:
    """stroke-dasharray of the sets done: whole arcs, a part of the next one, then one long gap."""
    if due < 2:
        return f"{_rounded(100 * float(done), 100):g} 100"
    whole, part = divmod(done, 1)
    arcs = [_arc(due)] * int(whole) + ([_arc(due) * float(part)] if part else [])
    if not arcs:
        return "0 100"
    dashes = [dash for arc in arcs for dash in (arc, RING_GAP)][:-1]
    return " ".join(f"{_rounded(dash, 100):g}" for dash in [*dashes, 100])


def pill(rate: Fraction | None) -> tuple[float, float]:
    """(y, height) of the fill of a day's pill, from its foot up."""
    height = _rounded(PILL_HEIGHT * float(rate or 0), 10)
    return _rounded(PILL_HEIGHT - height, 10), height


class Bar(NamedTuple):
    """The bar of one week, as texts of attributes."""

    x: str
    y: str
    height: str


def bar(rate: Fraction, place: int, weeks: int) -> Bar:
    """The bar of one of `weeks` weeks; place 0 is the oldest."""
    return _bar(_middle(place, weeks), rate, FOOT, FULL)


def low_bars(counts: Sequence[Fraction]) -> list[Bar]:
    """A bar for each count, oldest first; the largest one is LOW high."""
    most = max([*counts, Fraction(1)])
    at = _middles(len(counts))
    return [_bar(x, count / most, LOW_FOOT, LOW) for x, count in zip(at, counts, strict=True)]


def column(rate: Fraction) -> tuple[str, str]:
    """(y, height) of a single bar in a box that is 100 high."""
    height = max(_times(100, rate), STUB)
    return _text(100 - height), _text(height)


class Trace(NamedTuple):
    """A line over weeks: its path, and a dot (x, y) for each week with a mean."""

    path: str
    dots: list[tuple[str, str]]


def trace(means: Sequence[Fraction | None]) -> Trace:
    """The line of means from 0 to WORST, oldest first. None breaks the line."""
    points = [
        None if mean is None else (_text(x), _pain_y(mean)) for x, mean in zip(_middles(len(means)), means, strict=True)
    ]
    before = [None, *points]
    path = "".join(
        f"{'L' if was else 'M'}{point[0]} {point[1]}" for was, point in zip(before, points, strict=False) if point
    )
    return Trace(path, [point for point in points if point])


def guide(rate: Fraction) -> str:
    """y of the line across the bars at `rate`."""
    return _text(FOOT - FULL * rate)


def share(rate: Fraction | None) -> str:
    """Width of the filled part of a bar that is 100 wide."""
    return _text(_times(100, rate or Fraction(0)))


def percent(rate: Fraction) -> int:
    """Whole percent, rounded down: a rate short of a bar never reads as having reached it."""
    return 100 * rate.numerator // rate.denominator


def level(rate: Fraction | None, bar: Fraction) -> int | None:
    """The level of a day: 0 nothing, 1 under half, 2 half, 3 at the bar, 4 all. None if nothing was due."""
    if rate is None:
        return None
    return sum((rate > 0, rate >= Fraction(1, 2), rate >= bar, rate >= 1))


def heat(weeks: Iterable[Sequence[int | None]]) -> dict[int, str]:
    """A path with the squares of each level: a column for a week, a row for a day."""
    paths: dict[int, list[str]] = {level: [] for level in SIDES}
    for column, week in enumerate(weeks):
        for row, level in enumerate(week):
            if level is not None:
                paths[level].append(_square(column, row, SIDES[level]))
    return {level: "".join(squares) for level, squares in paths.items()}


def outlines(weeks: Iterable[Sequence[bool]]) -> str:
    """A path of the squares that get an outline only."""
    return "".join(
        _square(column, row, OUTLINE) for column, week in enumerate(weeks) for row, drawn in enumerate(week) if drawn
    )


def heat_tiles(weeks: Sequence[Sequence[bool]]) -> str:
    """A line for each row of the grid, from its first day to its last. Dashes of SQUARE make a tile of each day."""
    rows = [[column for column, week in enumerate(weeks) if week[row]] for row in range(7)]
    return "".join(
        f"M{STEP * days[0]} {STEP * row + SQUARE // 2}H{STEP * days[-1] + SQUARE}"
        for row, days in enumerate(rows)
        if days
    )


def heat_middle(column: int, row: int) -> tuple[int, int]:
    """(x, y) of the middle of a square."""
    return STEP * column + SQUARE // 2, STEP * row + SQUARE // 2


def heat_frames(places: Iterable[tuple[int, int]]) -> str:
    """A path with a frame around each square (column, row)."""
    return "".join(_square(column, row, STEP - 1) for column, row in places)


def heat_legend() -> list[str]:
    """The paths of one square of each level, in a viewBox of 12 x 12."""
    return [f"M{_text(6 - side / 2)} {_text(6 - side / 2)}h{side}v{side}h-{side}z" for side in SIDES.values()]


def heat_size(columns: int) -> tuple[int, int]:
    """(width, height) of the chart of a year."""
    return STEP * columns, STEP * 7


def _middles(weeks: int) -> list[float]:
    return [_middle(place, weeks) for place in range(weeks)]


def _middle(place: int, weeks: int) -> float:
    return LEFT + (RIGHT - LEFT) / weeks * (place + 0.5)


def _bar(middle: float, rate: Fraction, foot: int, full: int) -> Bar:
    height = max(_times(full, rate), STUB)
    return Bar(_text(middle - BAR_WIDTH / 2), _text(foot - height), _text(height))


def _pain_y(mean: Fraction) -> str:
    share = (PAIN_FOOT - PAIN_TOP) * mean.numerator
    return _text((PAIN_FOOT * WORST * mean.denominator - share) / (WORST * mean.denominator))


def _square(column: int, row: int, side: int) -> str:
    """A square in the middle of its place."""
    inset = (SQUARE - side) / 2
    x, y = STEP * column + inset, STEP * row + inset
    return f"M{_text(x)} {_text(y)}h{side}v{side}h-{side}z"


def _times(full: int, rate: Fraction) -> float:
    """float(full * rate), without the slow arithmetic of fractions."""
    return full * rate.numerator / rate.denominator


def _text(number: float | Fraction) -> str:
    """A number with at most one decimal, which no screen can resolve further. Never with a comma."""
    return f"{float(number):.1f}".removesuffix(".0")


def _rounded(number: float, parts: int) -> float:
    """To the nearest of `parts` parts of one, half up: as static/js/today/board.js does it."""
    return floor(number * parts + 0.5) / parts


def _arc(due: int) -> float:
    return 100 / due - RING_GAP
