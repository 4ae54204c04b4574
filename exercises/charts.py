"""Geometry of the charts: plain numbers in, plain numbers and SVG attribute texts out."""

from fractions import Fraction

RING_GAP = 2.2
PILL_HEIGHT = 56


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


def _arc(due: int) -> float:
    return 100 / due - RING_GAP
