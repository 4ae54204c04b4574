"""The people and days of `make bench`: nothing that a worker keeps may be asked for twice in a row."""

from datetime import UTC, datetime
from itertools import pairwise
from operator import ne

from tools.bench.pages import PAGES
from tools.bench.turns import Person, state_of, turn

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
ASKS = {page.asks: ("/", {} if page.beside == "POST" else None) for page in PAGES}


def test_the_next_person_and_the_next_round_have_another_state():
    states = [[state_of(person, number) for person in range(200)] for number in range(8)]

    assert all(all(map(ne, row, row[1:])) for row in states)
    assert all(all(map(ne, row, after)) for row, after in pairwise(states))


def test_a_turn_asks_each_person_once_but_for_the_same_page_again():
    people = [Person({"sessionid": str(number), "csrftoken": "of the form"}, ASKS) for number in range(200)]
    askers = {page.name: {each["headers"]["Cookie"] for each in turn(page, people, NOON)} for page in PAGES}

    assert {name: len(cookies) for name, cookies in askers.items() if len(cookies) < 200} == {"same page again": 1}


def test_a_round_gives_each_person_another_day_in_place_of_the_one_before(catalogue):
    from exercises.models import CompletedSet
    from tools.bench.days import TODAY, write
    from tools.bench.people import make

    users, days = make(12, 14, NOON), []
    for number in range(2):
        write(number, NOON)
        today = CompletedSet.objects.filter(digest=TODAY).order_by("exercise", "slot")
        days += [tuple(today.filter(user=user).values_list("slot", "exercise", "reps", "dose_reps")) for user in users]

    assert all(days)
    assert all(map(ne, days, days[1:]))
    assert all(map(ne, days, days[12:]))
