"""A step of the plan is taken, put off and undone by one tap, and each once."""

from datetime import timedelta

import pytest

from exercises.models import Preferences, Prescription
from exercises.record.plan_changes import change_plan
from tests.support.phone import FRIDAY
from tests.support.planning import PAGE, TODAY, asked, filled_in, rows
from tests.support.record import shown, words_of
from tests.support.steps import LATER, TAKE, UNDO, a_good_week, ago, did, hurt, key_on, offer_on, take, undo_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "twelve_days_old")]

TOMORROW = TODAY + timedelta(days=1)
PAGES = ["/", "/progress/", PAGE]


def reps(user, day=TODAY):
    return [each[1:3] for each in asked(user, day).values()]


# Taken.


def test_a_step_holds_from_today_and_is_said_with_an_undo(alice, alice_client):
    a_good_week(alice)
    before = rows(alice)
    answer = take(alice_client)
    page = shown(alice_client, answer["Location"])

    assert answer.status_code == 303
    assert answer["Location"].startswith("/?said=step-taken:2026-11-20,")
    assert "Saved. From today a day takes 12:47 minutes. Undo" in page
    assert reps(alice) == [(7, 4), (4, 12), (10, 5), (2, 6)]
    assert reps(alice, ago(1)) == [(5, 4), (3, 10), (8, 5), (2, 5)]
    assert [row for row in rows(alice) if row[1] != TODAY] == before
    assert [offer_on(alice_client, path) for path in PAGES] == [""] * 3


def test_undo_gives_back_exactly_what_was(alice, alice_client):
    a_good_week(alice)
    change_plan(alice, [alice.plan.on(TODAY)[0].changed(order=4)], TODAY, TODAY)
    change_plan(alice, [each.changed(reps=9) for each in alice.plan.on(TODAY)], ago(-30), TODAY)
    before = list(Prescription.objects.of(alice).values())
    taken = take(alice_client)
    assert list(Prescription.objects.of(alice).values()) != before
    target = undo_on(alice_client, taken["Location"])
    undone = [alice_client.post(UNDO, {"target": target, "next": "/"}) for _ in range(2)]

    assert [each["Location"] for each in undone] == ["/?said=undone"] * 2
    assert list(Prescription.objects.of(alice).values()) == before
    assert offer_on(alice_client).startswith("Ready for step 2?")


@pytest.mark.parametrize("slot", ["morning", "extra"])
def test_a_step_after_a_set_of_today_holds_from_tomorrow(alice, alice_client, phone, slot):
    a_good_week(alice)
    phone.tap(exercise="toe-presses", slot=slot)
    before = rows(alice)
    taken = take(alice_client)

    assert "From Saturday, 21 November a day takes 12:47 minutes." in shown(alice_client, taken["Location"])
    assert reps(alice) == [(5, 4), (3, 10), (8, 5), (2, 5)]
    assert reps(alice, TOMORROW) == [(7, 4), (4, 12), (10, 5), (2, 6)]
    assert offer_on(alice_client) == ""

    alice_client.post(UNDO, {"target": undo_on(alice_client, taken["Location"])})
    assert rows(alice) == before


def test_a_second_tap_and_another_phone_take_it_once(alice, alice_client):
    a_good_week(alice)
    key = key_on(alice_client)
    answers = [alice_client.post(TAKE, {"plan": key, "next": page})["Location"] for page in ("/", "/", "/progress/")]

    assert answers == [f"{page}?said=step-taken:2026-11-20,{key}" for page in ("/", "/", "/progress/")]
    assert reps(alice) == [(7, 4), (4, 12), (10, 5), (2, 6)]


def test_a_page_from_before_another_change_takes_nothing(alice, alice_client):
    a_good_week(alice)
    key = key_on(alice_client)
    alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "9"}))
    before = rows(alice)
    answer = alice_client.post(TAKE, {"plan": key, "next": "/"})

    assert answer.status_code == 422
    assert "This plan is not offered any more. You can choose another one in “Your plan”." in words_of(answer)
    assert rows(alice) == before


def presses(reps):
    """Another phone saves so many presses."""
    return lambda: Prescription.objects.filter(exercise__slug="toe-presses").update(reps=reps)


def test_a_change_just_before_a_step_stays(alice, alice_client, before_its_turn):
    a_good_week(alice)
    key = key_on(alice_client)
    before_its_turn(presses(9))

    assert alice_client.post(TAKE, {"plan": key}).status_code == 422
    assert reps(alice) == [(9, 4), (3, 10), (8, 5), (2, 5)]


def test_a_change_just_before_an_undo_of_a_step_stays(alice, alice_client, before_its_turn):
    a_good_week(alice)
    undo = undo_on(alice_client, take(alice_client)["Location"])
    before_its_turn(presses(9))

    assert alice_client.post(UNDO, {"target": undo}).status_code == 422
    assert reps(alice) == [(9, 4), (4, 12), (10, 5), (2, 6)]


def test_an_offer_that_more_pain_has_ended_cannot_be_taken(alice, alice_client):
    a_good_week(alice)
    key = key_on(alice_client)
    hurt(alice, 8, ago(1), ago(2))

    assert alice_client.post(TAKE, {"plan": key}).status_code == 422
    assert reps(alice) == [(5, 4), (3, 10), (8, 5), (2, 5)]


def test_a_step_cannot_be_undone_after_another_change_or_another_day(alice, alice_client, friday_morning):
    a_good_week(alice)
    target = undo_on(alice_client, take(alice_client)["Location"])
    kept = rows(alice)
    alice_client.post(PAGE, filled_in(**{"toe-presses-reps": "9"}))
    changed = rows(alice)
    assert alice_client.post(UNDO, {"target": target}).status_code == 422
    assert rows(alice) == changed

    Prescription.objects.filter(user=alice, since=TODAY).delete()
    a_good_week(alice)
    take(alice_client)
    assert rows(alice) == kept
    friday_morning.move_to(FRIDAY + timedelta(days=1))
    answer = alice_client.post(UNDO, {"target": target})
    assert (answer.status_code, rows(alice)) == (422, kept)
    assert "This cannot be undone any more." in words_of(answer)


JUNK = [
    "",
    ":",
    "x",
    "2026-11-20",
    "2026-11-20:",
    "2026-11-19:x",
    "9999-12-31:x",
    "0001-01-01:x",
    "2026-11-20:" + "é" * 2000,
]


@pytest.mark.parametrize("target", JUNK)
def test_an_undo_made_by_hand_changes_nothing(alice, alice_client, target):
    a_good_week(alice)
    take(alice_client)
    before = rows(alice)

    assert alice_client.post(UNDO, {"target": target}).status_code == 422
    assert rows(alice) == before


def test_what_alice_is_offered_is_nothing_to_bob_and_a_stranger(alice, alice_client, bob, bob_client, stranger):
    a_good_week(alice)
    key, before = key_on(alice_client), rows(bob)

    assert bob_client.post(TAKE, {"plan": key}).status_code == 422
    assert bob_client.post(UNDO, {"target": f"{TODAY}:{key}"}).status_code == 303  # his plan is as it was
    assert rows(bob) == before
    assert stranger.post(TAKE, {"plan": key})["Location"].startswith("/accounts/login/")
    assert offer_on(bob_client) == ""


def test_a_message_made_by_hand_says_nothing(alice, alice_client):
    a_good_week(alice)

    assert (
        "Saved." not in words_of(alice_client.get("/?said=step-taken:2026-11-20,0123456789ab")).partition("minutes")[0]
    )
    assert "Undo step" not in shown(alice_client, "/?said=step-taken:x,")


# Put off.


def test_not_now_is_kept_for_two_weeks(alice, alice_client, friday_morning):
    a_good_week(alice)
    answers = [alice_client.post(LATER, {"next": "/progress/"}) for _ in range(2)]

    assert [each["Location"] for each in answers] == ["/progress/?said=step-put-off"] * 2
    assert "All right. We will not ask again for two weeks." in shown(alice_client, answers[0]["Location"])
    assert Preferences.objects.get(user=alice).step_put_off_until == ago(-14)

    for days, offered in ((13, False), (14, True)):
        now = FRIDAY + timedelta(days=days)
        friday_morning.move_to(now)
        did(alice, *(now.date() - timedelta(days=n) for n in range(1, 8)))
        assert bool(offer_on(alice_client)) is offered


def test_not_now_of_alice_puts_nothing_off_for_bob(alice_client, bob):
    alice_client.post(LATER)
    assert Preferences.objects.get(user=bob).step_put_off_until is None
