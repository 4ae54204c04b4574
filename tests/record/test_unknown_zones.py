"""A phone that cannot name its zone records all the same: no user can mend what a machine guessed.

The fixed zone counts, else the offset of the instant, else the last zone that was known.
"""

import json

import pytest

from exercises.models import CompletedSet, Preferences, Session, User
from tests.support.archive import a_file, a_kept_set, as_bytes, bring_in
from tests.support.phone import a_set, a_tick, a_trial
from tests.support.settings import save_field

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

UNKNOWN = ["Etc/Unknown", "-05:00", "UTC+3", "PST", "", "/etc/localtime", "x" * 4000, 5, ["UTC"], 10**400]
LATE_IN_KOLKATA = "2026-11-21T00:30:00+05:30"  # 19:00 on Friday in UTC


@pytest.fixture
def evening(friday_morning):
    friday_morning.shift(11 * 3600 + 60)


def place_of(kept):
    return str(kept.day), kept.time_zone


def settings_of(alice):
    return Preferences.objects.get(user=alice)


@pytest.mark.parametrize("name", UNKNOWN, ids=lambda name: repr(name)[:12])
def test_a_batch_with_an_unknown_zone_counts_by_its_offset(phone, evening, name):
    assert phone.answers(a_set(timezone=name, completed_at=LATE_IN_KOLKATA)) == ["created"]

    assert place_of(CompletedSet.objects.get()) == ("2026-11-21", "UTC+05:30")


def test_a_tap_with_an_unknown_zone_counts_by_its_offset(phone, evening):
    phone.tap(timezone="Etc/Unknown", completed_at=LATE_IN_KOLKATA)

    assert place_of(CompletedSet.objects.get()) == ("2026-11-21", "UTC+05:30")
    assert "Etc/Unknown" not in phone.client.get("/progress/2026-11-21/").content.decode()


def test_a_session_and_a_day_go_by_the_offset_too(phone, evening):
    times = {"started_at": LATE_IN_KOLKATA, "timezone": "Etc/Unknown"}
    session = {"kind": "session", "id": a_tick()["id"], "slot": "evening", **times}
    pain = {"kind": "pain", "id": a_tick()["id"], "site": "low-back", "score": 3, "day": "2026-11-21"}

    assert phone.answers(session, {**pain, "said_at": LATE_IN_KOLKATA, "timezone": "Etc/Unknown"}) == ["created"] * 2
    assert place_of(Session.objects.get()) == ("2026-11-21", "UTC+05:30")


def test_the_fixed_zone_counts_before_the_offset(phone, alice, evening):
    save_field(phone.client, "follows_browser", "False")
    phone.answers(a_set(timezone="Etc/Unknown", completed_at=LATE_IN_KOLKATA))

    assert place_of(CompletedSet.objects.get()) == ("2026-11-20", "UTC")


@pytest.mark.parametrize("instant", ["2026-11-20T19:00:00Z", None], ids=["no offset", "no instant"])
def test_without_an_offset_the_last_known_zone_counts(phone, alice, evening, instant):
    Preferences.objects.filter(user=alice).update(time_zone="Asia/Tokyo")
    phone.tap(timezone="Etc/Unknown", completed_at=instant)

    assert place_of(CompletedSet.objects.get()) == ("2026-11-21", "Asia/Tokyo")


def test_a_set_with_an_offset_is_undone_and_restored(phone, evening):
    tick = a_tick(timezone="Etc/Unknown", completed_at=LATE_IN_KOLKATA)
    phone.tap(tick)
    phone.undo(tick["id"])
    phone.client.post("/undo/back/", {"target": tick["id"], "next": "/"})

    assert [place_of(each) for each in CompletedSet.objects.not_undone()] == [("2026-11-21", "UTC+05:30")]


def test_a_file_with_zones_of_a_newer_system_is_taken(phone, alice):
    Preferences.objects.filter(user=alice).update(time_zone="Asia/Tokyo")
    settings = {"time_zone": "Europe/Atlantis", "follows_browser": True, "goal_days": 3}
    bring_in(phone.client, as_bytes(a_file(sets=[a_kept_set(timezone="Europe/Atlantis")], preferences=settings)))

    assert CompletedSet.objects.get().time_zone == "Asia/Tokyo"
    assert (settings_of(alice).time_zone, settings_of(alice).goal_days) == ("Asia/Tokyo", 3)


def test_an_export_with_an_offset_comes_back(phone, alice, evening):
    phone.tap(timezone="Etc/Unknown", completed_at=LATE_IN_KOLKATA)
    saved = json.dumps(phone.export()).encode()
    CompletedSet.objects.all().delete()
    bring_in(phone.client, saved)

    assert place_of(CompletedSet.objects.get()) == ("2026-11-21", "UTC+05:30")


def test_the_sets_of_a_trial_come_along(stranger, evening):
    tried = a_trial(a_set(timezone="Etc/Unknown", completed_at=LATE_IN_KOLKATA, slot="midday"), day="2026-11-21")
    stranger.cookies["tz"] = "Etc%2FUnknown%20%2B05%3A30"
    fields = {"email": "carla@example.org", "password1": "a quiet corridor", "trial": json.dumps(tried)}
    stranger.post("/accounts/signup/", fields)

    assert place_of(CompletedSet.objects.get()) == ("2026-11-21", "UTC+05:30")
    assert User.objects.get(email="carla@example.org").preferences.time_zone == "UTC+05:30"


def test_pages_of_a_phone_without_a_name_follow_its_offset(phone, alice, evening):
    phone.client.cookies["tz"] = "Etc%2FUnknown%20%2B05%3A30"

    assert 'data-day="2026-11-21"' in phone.client.get("/").content.decode()
    assert settings_of(alice).time_zone == "UTC+05:30"
    assert 'name="time_zone" value="UTC+05:30"' in phone.client.get("/settings/").content.decode()


def test_a_name_in_the_cookie_counts_before_its_offset(phone, alice):
    phone.client.cookies["tz"] = "Europe%2FBerlin%20%2B05%3A30"
    phone.client.get("/")

    assert settings_of(alice).time_zone == "Europe/Berlin"


def test_a_database_of_a_newer_system_is_read(phone, alice):
    phone.tap()
    CompletedSet.objects.update(time_zone="Europe/Atlantis")
    Preferences.objects.filter(user=alice).update(time_zone="Europe/Atlantis")

    assert phone.client.get("/").status_code == 200
    assert "08:00" in phone.client.get("/progress/2026-11-20/").content.decode()


@pytest.mark.parametrize("name", ["Etc/Unknown", "UTC+5", ""])
def test_a_zone_that_a_user_chooses_is_still_checked(phone, alice, name):
    answer = save_field(phone.client, "time_zone", name)

    assert answer.status_code == 422
    assert (
        "We do not know this city. Please type another large city in your time zone, like Berlin."
        in answer.content.decode()
    )
    assert settings_of(alice).time_zone == "UTC"
