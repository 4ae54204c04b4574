"""The next step of the plan, or one down: when it is offered, on Today, on Progress and in the plan."""

from datetime import UTC, date, datetime, timedelta

import pytest

from exercises.loaders import today_of
from exercises.models import CompletedSet, Preferences, Site, Slot, User
from exercises.pages.pain_question import Place
from exercises.pages.plan_offer import first_day_read, key_of
from exercises.record.plan_changes import change_plan
from exercises.rules.timeline import session_seconds
from exercises.web.moment import Moment
from tests.support.planning import PAGE, TODAY, asked
from tests.support.queries import queries_of
from tests.support.steps import a_good_week, ago, did, hurt, offer_on, on_rung, take, two_bad_days
from tests.support.usual_plan import plan_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "twelve_days_old")]

TOMORROW = TODAY + timedelta(days=1)
PAGES = ["/", "/progress/", PAGE]


# Offered.

UP = (
    "Ready for step 2? You did 70 of 70 sets in 7 days. Toe presses 5 to 7 Toe walking 3 of 10 s to 4 of 12 s "
    "Band press 8 each leg to 10 each leg Ankle circles 5 s each way to 6 s each way "
    "12:47 minutes a day, instead of 10:07 Take step 2 Not now"
)


@pytest.mark.parametrize("path", PAGES)
def test_a_good_week_offers_the_next_step_with_its_minutes(alice, alice_client, path):
    assert offer_on(alice_client, path) == ""
    a_good_week(alice)

    assert offer_on(alice_client, path) == UP


@pytest.mark.parametrize(
    ("rung", "title", "button"),
    [(2, "Ready for step 3?", "Take step 3"), (3, "Ready for the usual plan?", "Take the usual plan")],
)
def test_each_rung_offers_the_one_above(alice, alice_client, rung, title, button):
    a_good_week(alice, rung)

    assert offer_on(alice_client).startswith(title)
    assert button in offer_on(alice_client)


def test_what_is_offered_keeps_sessions_ways_and_order(alice, alice_client):
    a_good_week(alice)
    walking = alice.prescriptions.filter(exercise__slug="toe-walking")
    walking.update(variant="heel-raises", midday=False, morning=False, order=4, pause_seconds=15)
    take(alice_client)

    assert asked(alice)["toe-walking"] == ("evening", 4, 10, 15, 4, "heel-raises")


# Each takes something away from a good week.
NOT_OFFERED = {
    "the usual plan": lambda alice: a_good_week(alice, 4),
    "no rung": lambda alice: alice.prescriptions.filter(exercise__slug="toe-presses").update(reps=6),
    "79 percent": lambda alice: delete_sets(alice, 15),
    "seven days with today": lambda alice: (plan_since(alice, ago(6)), did(alice, TODAY)),
    "a change of the dose": lambda alice: alice.prescriptions.filter(exercise__slug="toe-presses").update(since=ago(6)),
    "more pain": lambda alice: (hurt(alice, 2, *map(ago, range(8, 20))), hurt(alice, 4, ago(1), ago(2), ago(3))),
    "put off": lambda alice: Preferences.objects.update(step_put_off_until=TOMORROW),
    "planned for tomorrow": lambda alice: change_plan(
        alice, [each.changed(reps=9) for each in alice.plan.on(TODAY)], TOMORROW, TODAY
    ),
}


def delete_sets(user, count):
    for each in list(CompletedSet.objects.of(user)[:count]):
        CompletedSet.objects.filter(user=user, uuid=each.uuid).delete()


@pytest.mark.parametrize("spoil", NOT_OFFERED.values(), ids=NOT_OFFERED)
def test_more_is_not_offered(alice, alice_client, spoil):
    a_good_week(alice)
    spoil(alice)

    assert [offer_on(alice_client, path) for path in PAGES] == [""] * 3


def test_what_is_planned_far_ahead_or_of_the_order_alone_does_not_count(alice, alice_client):
    a_good_week(alice)
    held = alice.plan.on(TODAY)
    change_plan(alice, [each.changed(reps=9) for each in held], ago(-30), TODAY)
    change_plan(alice, [held[0].changed(order=4)], TOMORROW, TODAY)

    assert offer_on(alice_client).startswith("Ready for step 2?")


def test_a_step_that_makes_a_planned_day_too_long_is_not_offered(alice, alice_client, monkeypatch):
    a_good_week(alice)
    change_plan(alice, [alice.plan.prescription(TODAY, "toe-presses").changed(reps=50)], ago(-30), TODAY)
    session = User.objects.get(pk=alice.pk).plan.session(ago(-30), "morning")
    assert offer_on(alice_client)

    longest = session_seconds([each.step for each in session])
    monkeypatch.setattr("exercises.rules.timeline.MOST_SESSION_SECONDS", longest)
    assert offer_on(alice_client) == ""


def test_rest_days_do_not_count_and_the_seven_days_may_lie_around_them(alice, alice_client, phone):
    on_rung(alice, 1)
    did(alice, *map(ago, (1, 2, 3, 4, 7, 8, 9)))
    assert offer_on(alice_client) == ""
    rest = {"reason": "away", "from": ago(6).isoformat(), "until": ago(5).isoformat()}
    alice_client.post(f"/progress/{ago(6)}/rest/", rest)

    assert offer_on(alice_client) == UP


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (3, "Your pain is about the same, or less."),
        (0, "Your pain is about the same, or less."),
        (None, "in 7 days. Toe presses"),
    ],
)
def test_pain_that_did_not_rise_is_said_where_it_is_known(alice, alice_client, score, words):
    a_good_week(alice)
    if score is not None:
        hurt(alice, score, *map(ago, range(10)))

    assert words in offer_on(alice_client)


def test_pain_of_a_place_that_is_not_asked_about_any_more_is_no_reason(alice, alice_client):
    a_good_week(alice)
    hurt(alice, 2, *map(ago, range(8, 20)))
    hurt(alice, 4, ago(1), ago(2), ago(3))
    assert offer_on(alice_client) == ""
    Preferences.objects.update(pain_sites="left-knee")

    assert offer_on(alice_client) == UP
    hurt(alice, 9, ago(1), ago(2), site="right-knee")
    Preferences.objects.update(pain_sites="left-knee")
    assert offer_on(alice_client) == UP


def test_the_answers_read_for_an_offer_answer_no_question_of_today(alice):
    """One query reads both: the offer looks weeks back, and at places that were asked about then."""
    a_good_week(alice)
    hurt(alice, 3, *map(ago, range(1, 30)))
    hurt(alice, 8, TODAY, site="left-hip")
    Preferences.objects.update(pain_sites="low-back")
    moment = Moment(datetime(2026, 11, 20, 19, tzinfo=UTC), TODAY, Slot.EVENING)
    _board, offer, question = today_of(User.objects.get(pk=alice.pk), moment)

    assert offer
    assert (question.places, question.rating_ids) == ((Place(Site.LOW_BACK, None),), ())


# Less.


def test_two_days_with_pain_of_6_after_sets_offer_one_step_down(alice, alice_client):
    on_rung(alice, 3)
    two_bad_days(alice)
    words = offer_on(alice_client)

    assert words.startswith(
        "A little less for now? Your pain was 6 or more on at least two days with sets. Doing less is fine."
    )
    assert "12:47 minutes a day, instead of 15:39 Take step 2 Not now When to see a doctor" in words


@pytest.mark.parametrize("rung", [1, 2, 3, 4])
def test_after_a_good_week_with_pain_less_is_offered_and_never_more(alice, alice_client, rung):
    a_good_week(alice, rung)
    hurt(alice, 6, ago(2), ago(3))

    assert offer_on(alice_client).startswith("A little less for now?")


def test_pain_on_days_without_a_set_or_with_the_dose_before_is_no_reason(alice, alice_client):
    on_rung(alice, 3)
    did(alice, ago(1))
    hurt(alice, 9, ago(1), ago(2), ago(3))
    assert offer_on(alice_client) == ""

    did(alice, ago(2), ago(3))
    take(alice_client)
    assert offer_on(alice_client) == ""


def test_two_whole_weeks_under_half_offer_less(alice, alice_client):
    plan_since(alice, "2026-11-02")
    on_rung(alice, 2)
    weeks = [date(2026, 11, 2) + timedelta(days=n) for n in range(14)]
    did(alice, *weeks, exercises=1)
    words = offer_on(alice_client)

    assert words.startswith(
        "A little less for now? You did under half of your sets in the last two weeks. That is fine."
    )
    assert "10:07 minutes a day, instead of 12:47 Take the starter plan Not now" in words
    assert offer_on(alice_client, "/progress/") == words
    assert offer_on(alice_client, "/progress/?week=2026-W46") == ""  # it is about now

    plan_since(alice, "2026-11-03")  # the first of the two weeks is no whole one
    assert offer_on(alice_client) == ""


def test_on_the_lowest_rung_less_is_one_session_less(alice, alice_client):
    on_rung(alice, 1)
    two_bad_days(alice)
    words = offer_on(alice_client)

    assert "Toe presses morning, midday, evening to morning, evening" in words
    assert "Make the plan smaller" in words
    take(alice_client)
    assert {each[0] for each in asked(alice).values()} == {"morning, evening"}


def test_on_no_rung_less_is_two_thirds(alice, alice_client):
    alice.prescriptions.filter(exercise__slug="toe-presses").update(reps=12)
    two_bad_days(User.objects.get(pk=alice.pk))
    take(alice_client)

    assert asked(alice)["toe-presses"][1] == 8


def test_nothing_less_is_offered_than_the_smallest_plan(alice, alice_client):
    alice.prescriptions.update(midday=False, evening=False, reps=1)
    alice.prescriptions.exclude(exercise__slug="toe-presses").update(morning=False)
    two_bad_days(User.objects.get(pk=alice.pk))

    assert offer_on(alice_client) == ""


# What it costs.


def good_and_asked(alice):
    a_good_week(alice)
    hurt(alice, 3, *map(ago, range(30)))


@pytest.mark.parametrize("hour", [8, 19])
@pytest.mark.parametrize("state", [lambda alice: None, a_good_week, two_bad_days, good_and_asked])
def test_each_state_keeps_to_the_budget(alice, alice_client, friday_morning, hour, state):
    state(alice)
    friday_morning.move_to(datetime(2026, 11, 20, hour, tzinfo=UTC))

    assert queries_of(alice_client, "/") <= 6
    assert queries_of(alice_client, PAGE) <= 6
    assert queries_of(alice_client, "/progress/") <= 7


def test_pain_is_read_only_where_it_could_change_something(alice, alice_client):
    on_rung(alice, 1)
    hurt(alice, 3, ago(1))
    little = queries_of(alice_client, "/")
    did(alice, *map(ago, range(1, 8)))

    assert queries_of(alice_client, "/") == little + 1
    Preferences.objects.update(step_put_off_until=TOMORROW)
    assert queries_of(alice_client, "/") == little


def test_older_days_are_read_only_where_they_could_change_an_offer(alice):
    """They are counted from the last change of a dose, and from no earlier day than two whole weeks ago."""

    def first(began):
        plan_since(alice, began)
        alice.forget_plan()
        return first_day_read(alice.plan, alice.preferences, TODAY)

    monday = ago(TODAY.weekday())
    assert first(ago(12)) == ago(12)
    assert first(ago(30)) == monday - timedelta(days=14)
    assert first(ago(7)) == ago(7)
    assert first(ago(6)) is None
    alice.preferences.pain_sites = "low-back"
    assert first(ago(6)) == ago(6)
    alice.preferences.step_put_off_until = TOMORROW
    assert first(ago(12)) is None


def test_a_key_names_everything_of_a_plan(alice):
    held = alice.plan.on(TODAY)
    others = [
        held[0].changed(**{name: value}) for name, value in [("reps", 9), ("variant", "seated"), ("evening", False)]
    ]

    assert len({key_of(held), *(key_of([each, *held[1:]]) for each in others)}) == 4
    assert key_of(held[::-1]) == key_of(held)
