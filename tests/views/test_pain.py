"""The question about pain: only for users who chose it, answered by a form, and correctable."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest

from exercises.models import PainRating, Preferences
from exercises.models.range_queries import scores_between
from exercises.record import demo
from tests.support.day_facts import pain_on
from tests.support.phone import FRIDAY, HTMX, a_tick
from tests.support.queries import queries, queries_of
from tests.support.record import shown, targets_in, undo
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

QUESTION = "On average, how was your pain today?"
TEN_HOURS = timedelta(hours=10)
SITES = "low-back left-knee"


@pytest.fixture(autouse=True)
def asked(alice):
    plan_since(alice, "2026-08-03")
    Preferences.objects.filter(user=alice).update(pain_sites=SITES)


@pytest.fixture
def evening(friday_morning):
    friday_morning.shift(TEN_HOURS)


def choose(alice, **fields):
    Preferences.objects.filter(user=alice).update(**fields)


def rate(client, headers=None, **fields):
    return client.post("/pain/", {name.replace("_", "-"): value for name, value in fields.items()}, headers=headers)


def ratings(user):
    """(day, site) -> score, as it is to be shown."""
    return {(f"{day}", site): score for (day, site), score in scores_between(user, date.min, date.max).items()}


def test_in_the_morning_today_does_not_ask(alice_client):
    assert "On average, how" not in shown(alice_client, "/")


@pytest.mark.usefixtures("evening")
def test_in_the_evening_today_asks_of_the_places_chosen(alice_client):
    page = shown(alice_client, "/")

    assert f"{QUESTION} You can leave this out." in page
    assert "Low back 0 1 2 3 4 5 6 7 8 9 10 Left knee 0 1 2" in page
    assert "Right knee" not in page
    assert said(alice_client) == {}


@pytest.mark.usefixtures("evening")
def test_whoever_chose_no_place_is_never_asked(alice, alice_client):
    choose(alice, pain_sites="")

    assert "On average, how" not in shown(alice_client, "/") + shown(alice_client, "/session/evening/")
    assert "Answers in" not in shown(alice_client)


def test_after_any_session_the_page_asks(alice_client):
    assert "On average, how is your pain today?" in shown(alice_client, "/session/morning/")


def test_the_answer_to_a_set_leaves_the_question_where_it_is(alice_client):
    answer = alice_client.post("/sets/", a_tick(session=str(uuid4()), source="timed"), headers=HTMX).content.decode()

    assert '<div id="session-pain" hx-preserve="true"></div>' in answer


@pytest.mark.usefixtures("evening")
def test_a_form_keeps_what_was_chosen_and_leads_back_to_today(alice, alice_client):
    answer = rate(alice_client, low_back="3")

    assert (answer.status_code, answer["Location"]) == (303, "/#pain")
    assert ratings(alice) == {("2026-11-20", "low-back"): 3}
    assert said(alice_client) == {"low-back": "3"}


def said(client, path="/"):
    """{place: score} as the page shows the answer."""
    page = client.get(path).content.decode()
    places = re.findall(r'<li data-site="([a-z-]+)" data-score="(\d*)"( hidden)?>', page)
    assert all(bool(score) != bool(hidden) for _, score, hidden in places)
    return {site: score for site, score, _ in places if score}


@pytest.mark.usefixtures("evening")
def test_with_htmx_the_question_itself_is_the_answer(alice_client):
    answer = rate(alice_client, HTMX, low_back="3", left_knee="0").content.decode()

    assert re.match(r'\s*<section[^>]* id="pain"', answer)
    assert "<details>" in answer
    assert 'value="3" checked' in answer


@pytest.mark.usefixtures("evening")
def test_no_pain_is_one_tap_for_all_places(alice, alice_client):
    rate(alice_client, all="0")

    assert ratings(alice) == {("2026-11-20", "left-knee"): 0, ("2026-11-20", "low-back"): 0}


@pytest.mark.usefixtures("evening")
def test_what_was_said_can_be_changed(alice, alice_client):
    rate(alice_client, low_back="3")
    assert "<span data-unanswered hidden>Give a number</span>" in alice_client.get("/").content.decode()
    rate(alice_client, low_back="5", left_knee="1")

    assert ratings(alice) == {("2026-11-20", "left-knee"): 1, ("2026-11-20", "low-back"): 5}


@pytest.mark.usefixtures("evening")
@pytest.mark.parametrize("headers", [None, HTMX], ids=["form", "htmx"])
def test_the_same_form_sent_twice_is_one_answer(alice, alice_client, headers):
    form = {"id": str(uuid4()), "low_back": "3", "left_knee": "4"}
    first, second = (rate(alice_client, headers, **form) for _ in range(2))

    assert first.status_code == second.status_code < 400
    assert PainRating.objects.of(alice).count() == 2


def undo_answer(client):
    return undo(client, *targets_in(client.get("/").content.decode()))


@pytest.mark.usefixtures("evening")
def test_an_answer_is_undone_as_a_whole(alice, alice_client, phone):
    """With its changes, or the answer before would show again. Answers of other days stay."""
    phone.send(pain_on("2026-11-19", 2))
    rate(alice_client, low_back=8, left_knee=4)
    rate(alice_client, low_back=3)
    answer = undo_answer(alice_client)

    assert (answer.status_code, answer["Location"]) == (303, "/?said=undone")
    assert ratings(alice) == {("2026-11-19", "low-back"): 2}
    assert said(alice_client) == {}
    assert undo_answer(alice_client).status_code == 404  # nothing is left


@pytest.mark.usefixtures("evening")
def test_nobody_elses_answer_is_undone(alice, alice_client, bob_client):
    rate(alice_client, low_back=8)
    (uuid,) = PainRating.objects.of(alice).values_list("uuid", flat=True)

    assert bob_client.post("/undo/", {"target": str(uuid)}).status_code == 404
    assert list(ratings(alice).values()) == [8]


def test_a_rating_of_a_place_that_is_not_chosen_is_recorded_too(alice, alice_client):
    """The phone may not know the new choice yet."""
    assert rate(alice_client, right_hip="2").status_code == 303
    assert ratings(alice) == {("2026-11-20", "right-hip"): 2}


@pytest.mark.one_database
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["form", "htmx"])
@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"left_knee": "11"}, "Pain must be a whole number from 0 to 10."),
        ({"left_knee": "3.5"}, "Pain must be a whole number from 0 to 10."),
        ({"left_knee": "NaN"}, "Pain must be a whole number from 0 to 10."),
        ({"left_knee": "-1"}, "Pain must be a whole number from 0 to 10."),
        ({"left_knee": "much"}, "Pain must be a whole number from 0 to 10."),
        ({"left_knee": "٣"}, "Pain must be a whole number from 0 to 10."),
        ({"left_knee": ""}, "Pain must be a whole number from 0 to 10."),
        ({"all": "none"}, "Pain must be a whole number from 0 to 10."),
        ({"head": "3"}, "We do not know this place of pain."),
        ({"day": "2026-11-21"}, "This day is still to come."),
        ({"day": "2026-08-02"}, "This day is before the first day of your plan."),
        ({"day": "yesterday"}, "A day must look like 2026-11-20."),
        ({"id": "1"}, "The field “id” must be a UUID."),
    ],
)
def test_one_wrong_answer_and_none_is_recorded(alice, alice_client, headers, fields, why):
    answer = rate(alice_client, headers, **{"low_back": "3", **fields})

    assert (answer.status_code, ratings(alice)) == (422, {})
    assert why in answer.content.decode()


def test_a_form_that_comes_again_with_other_answers_changes_nothing(alice, alice_client):
    form = str(uuid4())
    rate(alice_client, id=form, low_back="3")
    answer = rate(alice_client, id=form, left_knee="1", low_back="5")

    assert (answer.status_code, ratings(alice)) == (422, {("2026-11-20", "low-back"): 3})


def test_a_form_without_any_answer_says_what_to_do(alice_client):
    answer = rate(alice_client)

    assert answer.status_code == 422
    assert "Please choose a number for at least one place." in answer.content.decode()


@pytest.mark.usefixtures("evening")
def test_bob_sees_and_changes_nothing_of_alice(alice, alice_client, bob, bob_client):
    form = {"id": str(uuid4()), "low_back": "7"}
    rate(alice_client, **form)
    choose(bob, pain_sites=SITES)
    rate(bob_client, **{**form, "low_back": "2"})

    assert (said(alice_client), said(bob_client)) == ({"low-back": "7"}, {"low-back": "2"})


def test_a_stranger_is_led_to_the_log_in(stranger):
    assert rate(stranger, low_back="3")["Location"].startswith("/accounts/login/")
    assert rate(stranger, HTMX, low_back="3").status_code == 401


@pytest.mark.usefixtures("evening")
@pytest.mark.parametrize(("score", "high"), [("7", False), ("8", True), ("10", True)])
def test_from_eight_on_the_way_to_help_stands_there(alice_client, score, high):
    rate(alice_client, low_back=score)
    page = alice_client.get("/").content.decode()
    (chosen,) = re.findall(r'<input type="radio" name="low-back" [^>]* checked>', page)

    assert ("data-high" in chosen) is high
    assert re.search(r'<p class="[^"]*pain-help">.*Is it new, or getting worse.*<a href="/help/">', page)


# Once a week.


@pytest.fixture
def weekly(alice):
    choose(alice, pain_weekly=True)


@pytest.mark.usefixtures("weekly", "evening")
def test_once_a_week_means_until_it_is_answered(alice_client, phone, friday_morning):
    phone.send(pain_on("2026-11-15", 4))
    assert "On average, how was your pain in the last 7 days?" in shown(alice_client, "/")
    assert said(alice_client) == {}

    phone.send(pain_on("2026-11-16", 4))
    assert said(alice_client) == {"low-back": "4"}

    friday_morning.shift(timedelta(days=3))
    assert said(alice_client) == {}


@pytest.mark.usefixtures("weekly", "evening")
def test_a_change_in_the_week_is_one_of_the_answer_and_not_another_answer(alice, alice_client, phone):
    phone.send(pain_on("2026-11-16", 4))
    assert '<input type="hidden" name="day" value="2026-11-16">' in alice_client.get("/").content.decode()
    rate(alice_client, day="2026-11-16", low_back="6")

    assert ratings(alice) == {("2026-11-16", "low-back"): 6}


# Over the weeks.


@pytest.mark.usefixtures("weekly", "evening")
def test_an_undo_leaves_the_answers_of_other_days(alice, alice_client, phone):
    phone.send(pain_on("2026-11-17", 5), pain_on("2026-11-18", 6))
    assert said(alice_client) == {"low-back": "6"}
    undo_answer(alice_client)

    assert said(alice_client) == {"low-back": "5"}
    assert ratings(alice) == {("2026-11-17", "low-back"): 5}


@pytest.mark.usefixtures("evening")
def test_asking_keeps_to_the_budgets(alice, alice_client):
    demo.write(alice, FRIDAY.date(), days=365)
    rate(alice_client, all="1")
    sent = {path: alice_client.get(path, headers={"Accept-Encoding": "gzip"}).content for path in ("/", "/progress/")}

    assert queries_of(alice_client, "/") <= 6
    assert queries_of(alice_client, "/session/evening/") <= 6
    assert queries_of(alice_client, "/progress/") <= 7
    assert len(queries(lambda: alice_client.post("/sets/", a_tick(), headers=HTMX))) <= 6
    assert len(sent["/"]) <= 6 * 1024  # the question of the evening comes on top
    assert len(sent["/progress/"]) <= 8 * 1024
