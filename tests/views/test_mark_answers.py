"""The answer to a tick or to an undo is the mark that Today shows when it is loaded right afterwards."""

import re
from itertools import product
from typing import NamedTuple

import pytest

from tests.support.stored_days import stored_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

KINDS = {"done": 'aria-pressed="true"', "in part": "mark-share", "not done": 'aria-pressed="false"', "no mark": ""}
CLAIM = re.compile(r' data-sets-of-mark="([^"]*)"')
UNDO = re.compile(r"/sets/[0-9a-f-]{36}/undo/")


class Mark(NamedTuple):
    """The HTML of a mark, and its sets, packed; None where they are not told."""

    html: str
    sets: list | None

    @property
    def kind(self):
        return next(kind for kind, sign in KINDS.items() if sign in self.html)


def test_each_answer_is_the_mark_that_the_page_shows(alice, phone):
    kinds = set()
    for day in stored_days(120, alice, phone):
        kinds |= {("tick", *of_a_tick(day)), ("undo", *of_an_undo(day))}

    assert kinds == {("tick", "done", False), *product(["tick", "undo"], KINDS, [True])}


def of_a_tick(day):
    tick = day.a_tick()
    answer, page = answered(day.phone.tap(tick)), shown(day, tick)
    if answer.sets is None:
        assert "reps" not in tick
        assert tick not in day.sets
        page = alone(page, tick)
    day.sets.append(tick)

    assert answer == page, tick
    return answer.kind, answer.sets is not None


def of_an_undo(day):
    target = day.random.choice(day.sets)
    for _ in range(day.random.choice([1, 1, 2])):
        answer = answered(day.phone.undo(target["id"]))

    assert answer == shown(day, target), target
    return answer.kind, answer.sets is not None


def answered(answer):
    html = answer.content.decode().strip()
    if answer.status_code == 204:  # an extra set has no mark
        return Mark(html, [])
    claim = CLAIM.search(html)
    return Mark(CLAIM.sub("", html), _split(claim[1]) if claim else None)


def shown(day, of):
    """By the page, without its words on what is to do now: they depend on the whole board, and its script adds them.

    An old page still has a mark that is no longer due, and needs it back. A new one has it when the plan asks again.
    """
    slot, exercise = of["slot"], of["exercise"]
    if slot == "extra":
        return Mark("", [])
    mark = re.compile(rf'<td>\s*<button class="[^"]*"\s*id="mark-{slot}-{exercise}".*?</td>', re.DOTALL)
    page = day.today()
    if not mark.search(page):
        day.ask_for(exercise)
        page = day.today()
    (packed,) = re.findall(rf'data-exercise="{exercise}" data-sets="([^"]*)"', page)
    html = mark.search(page)[0].replace(" is-due", "").replace(", to do now", "")
    return Mark(html, [each for each in _split(packed) if f" {slot} " in each])


def alone(page, tick):
    """As the answer to a new, whole set shows a mark: it does not look what else is there.

    Of sets that are equally full it undoes its own, and the page the first one. The script goes by all that it knows.
    """
    return Mark(UNDO.sub(f"/sets/{tick['id']}/undo/", page.html), None)


def _split(packed):
    return packed.split(",") if packed else []
