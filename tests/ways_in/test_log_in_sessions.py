"""Where one is logged in: what the list says, what ends a log-in session, and who may."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from exercises.models import LogInSession, PushSubscription
from tests.support.log_ins import ALICE, CHANGE, cookie, gets_in, log_in
from tests.support.phone import FRIDAY
from tests.support.queries import queries_of
from tests.support.reminders.devices import FCM, a_device

pytestmark = pytest.mark.django_db

TAG = re.compile(r"<[^>]*>")
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
LISTED = re.compile(r'id="session-[^"]*">\s*([^<]*?)\s*<')
MOZILLA = "https://updates.push.services.mozilla.com/wpush/v2/there"
OTHERS = "/settings/security/sessions/end/"


@pytest.fixture
def here(alice):
    return log_in(Client(headers={"user-agent": PHONE}))


@pytest.fixture
def there(alice):
    return log_in(Client(headers={"user-agent": LAPTOP}))


def words_of(page):
    return " ".join(TAG.sub(" ", page.text).split())


def session_of(client):
    return LogInSession.objects.get(key=cookie(client))


def listed(client):
    """The devices, in order."""
    return LISTED.findall(client.get("/settings/security/").text)


def end(client, ended):
    return client.post(f"/settings/security/sessions/{ended.uuid}/end/")


def with_message(client, user, endpoint):
    """That browser takes messages, as its log-in session then says."""
    device = a_device(user, endpoint)
    session = client.session
    session[PushSubscription.SESSION_KEY] = str(device.uuid)
    session.save()
    return device


def test_each_device_is_listed_in_words_and_this_one_first(here, there):
    words = words_of(here.get("/settings/security/"))

    assert listed(here) == ["Chrome on Android", "Firefox on Windows"]
    assert listed(there) == ["Firefox on Windows", "Chrome on Android"]
    assert "Chrome on Android This device Since today at" in words


def test_neither_the_network_address_nor_the_whole_user_agent_is_stored(alice):
    log_in(Client(headers={"user-agent": PHONE}, REMOTE_ADDR="203.0.113.77"))

    stored = [str(value) for row in LogInSession.objects.values() for value in row.values()]
    assert not [value for value in stored if "203.0.113" in value or "Mozilla" in value]


def test_one_that_is_ended_is_logged_out_and_gets_no_more_messages(here, there, alice):
    device, own = with_message(there, alice, FCM), with_message(here, alice, MOZILLA)
    ended = session_of(there)
    answer = end(here, ended)

    assert answer["Location"] == "/settings/security/?said=logged-out-there"
    assert not gets_in(cookie(there))
    assert there.get("/settings/").status_code == 302
    assert listed(here) == ["Chrome on Android"]
    assert [each.uuid for each in PushSubscription.objects.all()] == [own.uuid] != [device.uuid]


def test_ended_twice_is_told_twice_and_noted_once(here, there):
    ended = session_of(there)
    first, second = end(here, ended), end(here, ended)

    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert words_of(here.get("/settings/security/")).count("Logged out on another device") == 1


def test_bob_ends_no_log_in_session_of_alice(here, bob):
    bobs = Client()
    bobs.post("/accounts/login/", {"login": "bob@example.org", "password": "bob's own words"})
    end(bobs, session_of(here))

    assert here.get("/settings/").status_code == 200


def test_all_others_are_ended_also_those_not_listed_and_this_one_goes_on(here, there, alice):
    unlisted = log_in(Client())
    LogInSession.objects.filter(pk=session_of(unlisted).pk).delete()
    device, own = with_message(there, alice, FCM), with_message(here, alice, MOZILLA)
    answer = here.post(OTHERS)

    assert answer["Location"] == "/settings/security/?said=logged-out-elsewhere"
    assert [client.get("/settings/").status_code for client in (here, there, unlisted)] == [200, 302, 302]
    assert listed(here) == ["Chrome on Android"]
    assert [each.uuid for each in PushSubscription.objects.all()] == [own.uuid] != [device.uuid]


def test_after_all_others_are_ended_this_device_is_known_and_no_other(here, there, alice):
    here.post(OTHERS)
    for _ in range(5):
        Client().post("/accounts/login/", {"login": ALICE["login"], "password": "a guess"})
    there.post("/accounts/logout/")
    here.post("/accounts/logout/")

    assert there.post("/accounts/login/", ALICE).status_code == 429
    assert here.post("/accounts/login/", ALICE).status_code == 302


def test_a_new_password_keeps_this_one_in_the_list_alone(here, there):
    here.post("/accounts/password/change/", CHANGE)

    assert listed(here) == ["Chrome on Android"]


def test_one_ended_elsewhere_is_no_more_listed(here, there, alice):
    there.post("/accounts/logout/")
    assert listed(here) == ["Chrome on Android"]

    third = log_in(Client(headers={"user-agent": LAPTOP}))
    Session.objects.filter(pk=cookie(third)).update(expire_date=timezone.now())
    assert listed(here) == ["Chrome on Android"]

    alice.set_password("by manage.py, say")
    alice.save()
    assert listed(log_in_with(Client(), "by manage.py, say")) == ["Browser without a name"]


def log_in_with(client, password):
    client.post("/accounts/login/", {"login": ALICE["login"], "password": password})
    return client


def test_a_log_in_forgets_those_that_have_run_out(here, alice):
    Session.objects.all().delete()
    log_in(Client())

    assert LogInSession.objects.count() == 1


@pytest.mark.parametrize("act", ["others", "one"])
def test_a_quarter_of_an_hour_later_a_proof_is_asked_for_first(alice, act):
    with time_machine.travel(FRIDAY, tick=False) as clock:
        here, there = log_in(Client()), log_in(Client())
        path = OTHERS if act == "others" else f"/settings/security/sessions/{session_of(there).uuid}/end/"
        clock.shift(timedelta(minutes=16))
        answer = here.post(path)

        assert answer["Location"] == "/accounts/reauthenticate/?next=%2Fsettings%2Fsecurity%2F"
        assert there.get("/settings/").status_code == 200
        here.post("/accounts/reauthenticate/", {"password": ALICE["password"]})
        assert here.post(path)["Location"].startswith("/settings/security/?said=")


def test_the_page_asks_as_much_for_many_log_ins_as_for_one(here, alice):
    few = queries_of(here, "/settings/security/")
    store = import_module(configured.SESSION_ENGINE).SessionStore
    for _ in range(30):
        session = store()
        session.create()
        LogInSession.objects.create(
            user=alice,
            key=session.session_key,
            stamp=alice.session_stamp,
            device="Safari on iPad",
            began_at=timezone.now(),
        )
    many = queries_of(here, "/settings/security/")

    assert many == few <= 8
    assert "And 11 more." in words_of(here.get("/settings/security/"))
