"""static/js/today draws the same day as exercises/pages/board.py: by a table, and for thousands of days made up."""

import json

import pytest

from tests.conftest import ROOT
from tests.support.days_made_up import carried_pages, days, hours, instants

TABLE = json.loads((ROOT / "tests" / "pages" / "board.json").read_text())
BOARDS = """
async ([url, text]) => {
    const { afterFacts, boardOf } = await import(url);
    const ofDay = ({ plan, slot, sets, rest, day, restIds, events }) => {
        const after = afterFacts({ sets, rest, day, restIds }, events, plan);
        const { marks, ...board } = boardOf({ plan, slot, ...after });
        return { ...board, marks: marks.map(({ fill, ...mark }) => mark), rest: after.rest };
    };
    return JSON.stringify(JSON.parse(text).map(ofDay));
}
"""
SLOTS = """
async ([url, text]) => {
    const { slotAt } = await import(url);
    const slotOf = ({ clock, starts, day_starts_at }) => slotAt(clock, Object.values(starts), day_starts_at);
    return JSON.stringify(JSON.parse(text).map(slotOf));
}
"""
CARRIED = """
async ([url, text]) => {
    const { dayToDraw } = await import(url);
    const root = document.body.appendChild(document.createElement("div"));
    const draw = ({ day, day_starts_at, zone, carried }) => {
        Object.assign(root.dataset, { day, carried, served: 0 });
        Object.assign(document.body.dataset, { dayStart: day_starts_at, zone });
        const { root: place, words, known, plan, sets, marks, ...board } = dayToDraw([]);
        return { ...board, marks: marks.map(({ fill, ...mark }) => mark) };
    };
    const drawn = JSON.parse(text).map(draw);
    root.remove();
    return JSON.stringify(drawn);
}
"""


@pytest.fixture
def browser_says(alice_page, static_files):
    """Call a function of the page with the address of a module and a list; both lists travel as one text."""
    alice_page.goto("/help/")

    def says(function, module, cases):
        folder, _, name = module.rpartition("/")
        (path,) = (static_files / "js" / folder).glob(f"{name}.????????????.js")
        return json.loads(alice_page.evaluate(function, [f"/static/js/{folder}/{path.name}", json.dumps(cases)]))

    return says


def test_the_browser_draws_each_day_of_the_table(browser_says):
    cases = [{**case, "plan": TABLE["plans"][case["plan"]]} for case in TABLE["days"]]

    drawn = browser_says(BOARDS, "today/board", cases)
    assert [(case["why"], board) for case, board in zip(cases, drawn, strict=True)] == [
        (case["why"], case["board"]) for case in cases
    ]


def test_5000_days_made_up_are_drawn_alike(browser_says):
    made_up = days(5000)

    drawn = browser_says(BOARDS, "today/board", [case for case, _board in made_up])
    assert len(drawn) == 5000
    assert mismatches(made_up, drawn) == []


def test_the_days_a_page_carries_are_drawn_as_the_server_draws_them(browser_says, alice_page):
    pages = [(page.carried, [page.drawn_at(instant) for instant in instants()]) for page in carried_pages(200)]

    for n, instant in enumerate(instants()):
        alice_page.clock.set_fixed_time(instant)
        made_up = [(carried, boards[n]) for carried, boards in pages]
        drawn = browser_says(CARRIED, "today/today-page", [carried for carried, _boards in pages])
        assert mismatches(made_up, drawn) == []


def test_the_browser_has_the_servers_rule_of_sessions(browser_says):
    cases = [*TABLE["hours"], *hours(2000)]

    slots = browser_says(SLOTS, "lib/days", cases)
    assert [case for case, slot in zip(cases, slots, strict=True) if slot != case["slot"]] == []


def mismatches(made_up, drawn):
    """(case, {part: (by the server, by the browser)}), the shortest case first."""
    wrong = [
        (case, {name: (board[name], other.get(name)) for name in board if board[name] != other.get(name)})
        for (case, board), other in zip(made_up, drawn, strict=True)
        if board != other
    ]
    return sorted(wrong, key=lambda pair: len(str(pair[0])))
