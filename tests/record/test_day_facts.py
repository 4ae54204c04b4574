"""Facts about a day: a rest day, a pain rating, a note. The latest holds."""

from itertools import permutations

import pytest

from tests.support.day_facts import note, pain, rest_day
from tests.support.phone import an_undo
from tests.support.record import shown, whole_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "long_ago")]


def test_a_rest_day_is_not_due_and_its_sets_are_extra(phone, alice_client):
    whole_day(phone, "2026-11-16")
    before = shown(alice_client, "/progress/2026-11-16/")
    phone.send(rest_day(day="2026-11-16"))
    page = shown(alice_client)

    assert "10 of 10 " in before
    assert "0 of 30 sets" in page
    assert "12 extra sets" in page


def test_a_rest_day_in_the_week_of_today_leaves_the_marks_to_tick(phone, alice_client):
    phone.tap()
    phone.send(rest_day(day="2026-11-20", reason="rest"))
    page = shown(alice_client, "/")

    assert "sets done today" not in page
    assert phone.tap(exercise="toe-walking").status_code == 200
    assert len(phone.sets()) == 2


def test_today_still_shows_the_sets_of_a_week_with_rest_days(phone, alice_client):
    phone.tap()
    phone.send(rest_day(day="2026-11-18"), rest_day(day="2026-11-25"))
    answer = alice_client.get("/").content.decode()

    assert "1 of 10 sets done today" in answer
    assert "Wednesday, 18 November: rest day: not well" in answer


EVENTS = [
    ("rest_days", "on", [rest_day(at="07:01"), rest_day(at="07:02", on=False), rest_day(at="07:03", reason="rest")]),
    ("pain", "score", [pain(at="07:01", score=1), pain(at="07:02", score=2), pain(at="07:03", score=3)]),
    ("notes", "text", [note(at="07:01", text="a"), note(at="07:02", text="b"), note(at="07:03", text="")]),
]


@pytest.mark.parametrize(("name", "field", "events"), EVENTS, ids=["rest_day", "pain", "note"])
def test_the_latest_fact_holds_in_any_order_of_events(phone, name, field, events):
    for place in range(3):
        phone.send(events[(place + 1) % 3])

    assert [each[field] for each in phone.export()[name]] == [event[field] for event in events]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_an_undone_rest_day_is_due_again_in_any_order_of_events(phone, alice_client, order):
    event = rest_day()
    events = [event, event, an_undo(event["id"])]
    phone.tap()
    for place in order:
        phone.send(events[place])

    assert "1 of 41 sets" in shown(alice_client)
    assert [each["undone"] for each in phone.export()["rest_days"]] == [True]


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("event", "why"),
    [
        (pain(score=11), "Pain must be a whole number from 0 to 10."),
        (pain(score=3.5), "Pain must be a whole number from 0 to 10."),
        (pain(score=float("nan")), "Pain must be a whole number from 0 to 10."),
        (pain(score=True), "Pain must be a whole number from 0 to 10."),
        (pain(score=-1), "Pain must be a whole number from 0 to 10."),
        (pain(site="head"), "We do not know this place of pain."),
        (pain(day="2026-11-21"), "This day is still to come."),
        (pain(day="2026-09-01"), "This day is before the first day of your plan."),
        (pain(day="20261118"), "A day must look like 2026-11-20."),
        (pain(day=20261118), "A day must look like 2026-11-20."),
        (pain(said_at="2026-11-21T07:00:00+00:00"), "This time is in the future."),
        (rest_day(day="2028-11-20"), "This day is too far ahead."),
        (rest_day(reason="bored"), "The reason must be rest, sick or away."),
        (rest_day(on="perhaps"), "The field “on” must be true or false."),
        (note(text="x" * 501), "A note can have at most 500 characters."),
        (note(text="\0"), "This note has characters that cannot be saved."),
        (note(text=None), "A note must be text."),
    ],
)
def test_a_wrong_fact_is_rejected_with_a_reason(phone, event, why):
    answer = phone.send(event).json()

    assert answer["results"] == {event["id"]: "rejected"}
    assert answer["errors"][event["id"]].startswith(why)


def test_a_holiday_may_lie_ahead(phone):
    assert phone.answers(rest_day(day="2026-12-24", reason="away")) == ["created"]


def test_the_id_of_alice_is_free_for_bob_who_sees_nothing_of_hers(phone, bobs_phone):
    event = pain(day="2026-11-20")
    phone.send(event)

    assert bobs_phone.answers(event) == ["created"]
    assert len(phone.export()["pain"]) == len(bobs_phone.export()["pain"]) == 1
