"""The table that static/js/today/board.js is held to as well (tests/browser/test_board.py): the board of Python."""

import json
from datetime import date, time
from pathlib import Path

import pytest

from exercises.rules.days import current_slot
from tests.support.boards import board_of, carried_plan, day_of, drawn, plan_of

TABLE = json.loads(Path(__file__).with_name("board.json").read_text())
PLANS, DAYS, HOURS = TABLE["plans"], TABLE["days"], TABLE["hours"]
FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize("case", DAYS, ids=lambda case: case["why"])
def test_a_day_is_drawn_by_its_plan_its_sets_and_its_events(case):
    assert drawn(day_of(case, plan_of(PLANS[case["plan"]]))) == case["board"]


@pytest.mark.parametrize("case", HOURS, ids=lambda case: case["why"])
def test_it_is_time_for_the_session_of_the_table(case):
    starts = {slot: time.fromisoformat(start) for slot, start in case["starts"].items()}

    assert current_slot(time.fromisoformat(case["clock"]), starts, case["day_starts_at"]) == case["slot"]


@pytest.mark.parametrize("rows", PLANS.values(), ids=PLANS)
def test_the_plans_of_the_table_are_those_that_a_page_carries(rows):
    assert carried_plan(board_of(plan_of(rows), FRIDAY, "morning")) == rows


def test_the_table_has_a_why_of_its_own_for_every_row():
    for rows in (DAYS, HOURS):
        assert len({each["why"] for each in rows}) == len(rows)


MIDDAY = [
    {"id": slug, "exercise": slug, "slot": "midday", "reps": reps, "dose": reps}
    for slug, reps in (("toe-presses", 10), ("ankle-circles", 4))
]


@pytest.mark.parametrize(
    ("plan", "sets", "slot"),
    [
        pytest.param("usual", [], "midday", id="two exercises of four"),
        pytest.param("usual", MIDDAY, "morning", id="of two with the same left, the first"),
        pytest.param("one", MIDDAY, None, id="all complete"),
        pytest.param("nothing", [], None, id="nothing due"),
    ],
)
def test_the_shortest_open_session_has_the_fewest_seconds_left(plan, sets, slot):
    shortest = board_of(plan_of(PLANS[plan]), FRIDAY, "evening", sets).shortest_open

    assert (shortest and shortest.slot) == slot
