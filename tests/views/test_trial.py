"""The trial: a session without an account. Its sets go into the account made with it, once, and into no other."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session as LogIn
from django.core import mail
from django.db import connection
from django.test import Client

from exercises.accounts.adapter import Adapter
from exercises.models import CompletedSet, User
from tests.conftest import logged_in
from tests.support.cue_sheet import sheet_of
from tests.support.phone import FRIDAY, Phone, a_set, a_trial, an_undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

CARLA = {"email": "carla@example.org", "password1": "ten sets a day"}
DORA = {**CARLA, "email": "dora@example.org"}


@pytest.fixture(autouse=True)
def unhurried(settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "signup": None}


def sign_up(tried, form=CARLA, client=None):
    """A browser that has signed up with this trial, or with junk in its place."""
    client = client or Client()
    tried = tried if isinstance(tried, str) else json.dumps(tried)
    assert client.post("/accounts/signup/", {**form, "trial": tried}).status_code == 302
    return client


def kept(client):
    return [(each["exercise"], each["slot"], each["day"]) for each in Phone(client).sets()]


def test_the_trial_is_the_shortest_usual_session_and_leaves_no_trace(stranger):
    sheet = sheet_of(stranger, "/try/")

    assert [step["exercise"] for step in sheet["steps"]] == ["toe-presses", "ankle-circles"]
    assert (sheet["slot"], sheet["seconds"], sheet["day"]) == ("midday", 123, None)
    assert not stranger.cookies
    assert not LogIn.objects.exists()


def test_one_may_sit_for_the_circles(stranger):
    seated = sheet_of(stranger, "/try/?seated=1")

    assert [step["name"] for step in seated["steps"]] == ["Toe presses", "Ankle circles, seated"]
    assert b'href="/try/"' in stranger.get("/try/?seated=1").content


def test_a_user_is_sent_on_to_today(alice_client):
    assert alice_client.get("/try/")["Location"] == "/"


def test_the_sets_come_with_the_sign_up_under_their_own_ids(stranger):
    first, second = (
        a_set(exercise=exercise, slot="midday", source="timed", reps=reps, completed_at=at, timezone="Europe/Berlin")
        for exercise, reps, at in [
            ("toe-presses", 7, "2026-11-20T08:20:00+01:00"),
            ("ankle-circles", 4, "2026-11-20T08:21:00+01:00"),
        ]
    )
    client = sign_up(a_trial(first, second))

    told = Phone(client).export()["sets"]
    assert [(each["id"], each["exercise"], each["reps"], each["source"], each["timezone"]) for each in told] == [
        (first["id"], "toe-presses", 7, "timed", "Europe/Berlin"),
        (second["id"], "ankle-circles", 4, "timed", "Europe/Berlin"),
    ]
    assert [each["completed_at"] for each in told] == ["2026-11-20T07:20:00Z", "2026-11-20T07:21:00Z"]


def test_the_pages_tell_the_phone_which_trial_it_holds(stranger):
    tried = a_trial()

    assert f'data-trial="{tried["id"]}"'.encode() in sign_up(tried).get("/").content
    assert b"data-trial" not in sign_up("", DORA).get("/").content


def test_a_second_account_gets_none_of_it(stranger):
    tried = a_trial(day="2026-11-18")
    carlas, doras = sign_up(tried), sign_up(tried, DORA)

    assert (len(kept(carlas)), len(kept(doras))) == (2, 0)
    dora = User.objects.get(email=DORA["email"])
    assert dora.trial_id is None
    assert dora.plan.first_day.isoformat() == "2026-11-20"


def test_a_form_sent_twice_makes_one_account_with_two_sets(stranger):
    tried = a_trial()
    carlas = sign_up(tried)
    again = Client().post("/accounts/signup/", {**CARLA, "trial": json.dumps(tried)})

    assert again.status_code == 302
    assert len(kept(carlas)) == CompletedSet.objects.count() == 2


def test_what_is_sent_again_after_the_sign_up_is_the_same_set(stranger):
    tried = a_trial()
    client = sign_up(tried)

    assert Phone(client).answers(*tried["sets"]) == ["duplicate"] * 2
    assert len(kept(client)) == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_accounts_made_at_once_one_gets_it(catalogue, monkeypatch):
    """Neither knew of the other when it began; only the database sees that they are two."""
    tried, both_begin, save_user = a_trial(), Barrier(2), Adapter.save_user

    def save_together(*args, **options):
        both_begin.wait()
        return save_user(*args, **options)

    def make(form):
        try:
            return len(kept(sign_up(tried, form)))
        finally:
            connection.close()

    monkeypatch.setattr(Adapter, "save_user", save_together)
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(make, [CARLA, DORA])) == [0, 2]


@pytest.mark.parametrize(
    ("day", "first_day"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-17", "2026-11-17"),
        ("2026-10-20", "2026-10-20"),  # 31 days ago
        ("2026-10-19", "2026-11-20"),
        ("2026-11-21", "2026-11-20"),  # to come
        ("0001-01-01", "2026-11-20"),
        ("9999-12-31", "2026-11-20"),
    ],
)
def test_the_plan_begins_on_the_day_of_a_recent_trial(stranger, day, first_day):
    sign_up(a_trial(day=day))

    assert {each.since.isoformat() for each in User.objects.get().plan.prescriptions} == {first_day}


def test_sets_of_some_days_ago_count_on_their_own_day(stranger):
    tuesday = a_set(slot="midday", completed_at="2026-11-17T12:00:00+00:00")

    assert kept(sign_up(a_trial(tuesday, day="2026-11-17"))) == [("toe-presses", "midday", "2026-11-17")]


def test_a_rejected_set_does_not_hold_up_the_other(stranger):
    too_old = a_set(completed_at="2026-11-16T12:00:00+00:00")
    unknown = a_set(exercise="head-stand")

    assert len(kept(sign_up(a_trial(too_old, unknown, a_set(), day="2026-11-17")))) == 1


def test_the_sets_of_a_phone_with_a_wrong_clock_are_put_right(stranger):
    ahead = datetime.now(UTC) + timedelta(hours=3)
    tried = a_trial(a_set(completed_at=(ahead - timedelta(minutes=2)).isoformat()), sent_at=ahead.isoformat())
    client = sign_up(tried)

    assert len(kept(client)) == 1
    completed_at = CompletedSet.objects.get().completed_at
    assert timedelta(minutes=1) < datetime.now(UTC) - completed_at < timedelta(minutes=3)


JUNK = {
    "nothing": "",
    "no JSON": "{",
    "a list": "[]",
    "a word": '"sets"',
    "null": "null",
    "deep": "[" * 100_000,
    "a number longer than Python reads": "9" * 5000,
    "no id": {"day": "2026-11-20", "sets": []},
    "another id": a_trial(id="1"),
    "an id that is a number": a_trial(id=1),
    "no day": a_trial(day="2026-02-30"),
    "a day that is a number": a_trial(day=20261120),
    "sets that are none": a_trial(sets={"kind": "set"}),
    "sets that are a number": a_trial(sets=2),
    "a set that is a word": a_trial("set"),
    "a set without an exercise": a_trial({"kind": "set", "id": str(uuid4())}),
    "an undo": a_trial(an_undo(str(uuid4()))),
    "a clock that is none": a_trial(sent_at="now"),
    "more than anybody does": a_trial(*(a_set() for _ in range(11))),
    "a NUL": '{"id": "\0"}',
}


@pytest.mark.one_database
@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_junk_is_taken_for_nothing_and_does_not_hold_up_the_sign_up(stranger, junk):
    client = sign_up(junk)

    assert kept(client) == []
    carla = User.objects.get()
    assert carla.trial_id is None
    assert carla.plan.first_day == FRIDAY.date()


def test_ten_sets_are_taken(stranger):
    assert len(kept(sign_up(a_trial(*(a_set() for _ in range(10)))))) == 10


def test_a_trial_without_an_account_leaves_no_trace(stranger, alice):
    for form in ({**CARLA, "password1": "short"}, {**CARLA, "email": alice.email}):
        answer = stranger.post("/accounts/signup/", {**form, "trial": json.dumps(a_trial())})
        assert answer.status_code == 422
        assert field_of(answer) == ""  # it is asked for again, and the phone fills it in again

    assert User.objects.get().trial_id is None
    assert not CompletedSet.objects.exists()


@pytest.mark.parametrize(("path", "asks"), [("/accounts/signup/", False), ("/accounts/signup/?tried=1", True)])
def test_the_form_asks_for_it_only_when_it_was_reached_from_it(stranger, path, asks):
    assert (field_of(stranger.get(path)) is not None) == asks


def field_of(answer):
    """What stands in the field that a script fills in; None without one."""
    field = re.search(rb'<input type="hidden" name="trial" data-most-sets="10"(?: value="([^"]*)")?>', answer.content)
    return field and (field[1] or b"").decode()


@pytest.mark.usefixtures("with_mail")
def test_with_mail_too_the_account_has_the_sets_from_the_sign_up_on(stranger):
    tried = a_trial()
    sign_up(tried)
    sign_up(tried)  # the mail did not come at once, so she tries again

    assert mail.outbox
    assert len(kept(logged_in(User.objects.get()))) == 2


@pytest.mark.usefixtures("with_mail")
def test_with_mail_a_known_address_looks_unknown_and_gets_no_sets(stranger, alice):
    tried = json.dumps(a_trial())
    unknown, known = (
        Client().post("/accounts/signup/", {**CARLA, "email": f"{name}@example.org", "trial": tried})
        for name in ("carla", "alice")
    )

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known.cookies.keys() == unknown.cookies.keys()
    assert not CompletedSet.objects.of(alice).exists()
    alice.refresh_from_db()
    assert alice.trial_id is None
