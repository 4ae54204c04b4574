"""Browsers that take messages: what is kept of one, whose it is, and how it ends."""

import os
import subprocess
import sys
from functools import partial

import pytest

from exercises.models import PushSubscription, VapidKey
from exercises.reminders import vapid
from exercises.reminders.devices import is_push_service
from exercises.web.device_names import device_name
from tests.conftest import ROOT
from tests.support.reminders.devices import AUTH, FCM, POINT, a_device, a_subscription, base64url
from tests.support.threads import all_at_once

OTHER = "https://updates.push.services.mozilla.com/wpush/v2/other"
CHROME = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/150.0.0.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Safari/604.1"
OF_PAGES = "exercises.urls, exercises.reminders.vapid"
ONLY_FOR_SENDERS = "{'cryptography', 'pywebpush', 'requests'} & {*sys.modules}"


@pytest.mark.parametrize(
    ("endpoint", "known"),
    [
        (FCM, True),
        (OTHER, True),
        ("https://web.push.apple.com/QFo-bar", True),
        ("https://db5p.notify.windows.com/w/?token=BQ%2b", True),
        ("https://push.home.test:8443/up", True),
        ("https://push.home.test/up", False),  # another port than the one that is named
        ("https://fcm.googleapis.com:8443/fcm", False),
        ("http://fcm.googleapis.com/fcm", False),
        ("https://fcm.googleapis.com.evil.test/fcm", False),
        ("https://evilpush.apple.com.test/", False),
        ("https://evilpush.apple.com/", False),
        ("https://me@web.push.apple.com/x", False),
        ("https://evil.test\\.push.apple.com/x", False),  # urllib3 ends the host at the backslash
        ("https://evil.test#.push.apple.com/x", False),
        ("https://evil.test?.push.apple.com/x", False),
        ("https://169.254.169.254/latest/meta-data", False),
        ("https://[::1]/", False),
        ("https://2130706433/", False),
        ("https://localhost/", False),
        (f"https://{'a' * 64}.push.apple.com/", False),  # no host can have this name, and urllib3 raises
        ("https://FCM.googleapis.com/fcm", False),  # no browser writes it so
        ("https://fcm.googleapis.com/a b", False),
        ("https://fcm.googleapis.com/a\nHost: x", False),
        ("https://fcm.googleapis.com", False),
        ("", False),
    ],
)
def test_only_the_address_of_a_known_push_service_counts(endpoint, known, settings):
    settings.PUSH_HOSTS = ["push.home.test:8443"]

    assert is_push_service(endpoint) is known


@pytest.fixture
def subscribe(alice_client):
    def subscribe(**fields):
        headers = {"Accept": "application/json", "User-Agent": CHROME}
        return alice_client.post("/push/", a_subscription(**fields), headers=headers)

    return subscribe


def test_a_browser_is_kept_with_a_plain_name_and_its_origin(subscribe, alice):
    answer = subscribe()

    device = PushSubscription.objects.of(alice).get()
    assert answer.json() == {"device": str(device.uuid)}
    assert (device.name, device.origin, device.endpoint) == ("Chrome on Android", "http://testserver", FCM)


@pytest.mark.parametrize(
    "fields",
    [
        {"endpoint": "https://evil.test/"},
        {"endpoint": FCM + "x" * 1000},
        {"p256dh": base64url(POINT[:64])},
        {"p256dh": base64url(b"\2" + POINT[1:])},
        {"p256dh": base64url(POINT[:64] + bytes([POINT[64] ^ 1]))},  # beside the curve
        {"p256dh": base64url(b"\4" + b"\xff" * 64)},
        {"p256dh": "é"},
        {"p256dh": base64url(POINT) + "=" * 100},  # longer than its column
        {"auth": base64url(AUTH[:15])},
        {"auth": ""},
    ],
)
@pytest.mark.one_database
def test_a_subscription_that_cannot_work_is_rejected_in_a_sentence(subscribe, fields):
    answer = subscribe(**fields)

    assert (answer.status_code, answer.json()["error"][-1]) == (422, ".")
    assert not PushSubscription.objects.exists()


def test_the_same_browser_again_stays_one_device(subscribe, alice):
    first, again = subscribe().json(), subscribe(auth=base64url(AUTH[::-1])).json()

    assert first == again
    assert PushSubscription.objects.of(alice).get().auth == base64url(AUTH[::-1])


def test_a_renewed_subscription_takes_the_place_of_the_old_one(subscribe, alice):
    before = subscribe().json()
    after = subscribe(endpoint=OTHER, old=FCM).json()

    assert before == after
    assert PushSubscription.objects.of(alice).get().endpoint == OTHER


def test_a_device_ended_elsewhere_does_not_come_back_by_itself(subscribe, alice):
    subscribe()
    PushSubscription.objects.of(alice).delete()

    assert subscribe(old=FCM).status_code == 404
    assert not PushSubscription.objects.of(alice).exists()


def test_a_browser_that_lost_its_subscription_comes_back_by_itself(subscribe, alice):
    """The sender has removed the row, because the old endpoint was gone."""
    assert subscribe(endpoint=OTHER, old=FCM).status_code == 200
    assert PushSubscription.objects.of(alice).count() == 1


def test_an_endpoint_moves_to_the_user_who_logged_in_last(subscribe, alice, bob):
    a_device(bob)
    subscribe()

    assert PushSubscription.objects.get().user == alice


def test_the_eleventh_device_is_told_to_end_one_first(subscribe, alice):
    for number in range(10):
        subscribe(endpoint=f"{FCM}/{number}")
    answer = subscribe(endpoint=f"{FCM}/eleventh")

    assert (answer.status_code, "10 devices" in answer.json()["error"]) == (422, True)
    assert PushSubscription.objects.of(alice).count() == 10
    assert subscribe(endpoint=f"{FCM}/9").status_code == 200  # one of the ten


def test_an_eleventh_device_at_the_same_moment_is_refused(subscribe, alice, before_its_turn):
    for number in range(9):
        a_device(alice, f"{FCM}/{number}")
    before_its_turn(lambda: a_device(alice, OTHER))

    assert subscribe().status_code == 422


@pytest.mark.django_db(transaction=True)
def test_two_users_of_one_browser_at_once_leave_one_device(alice_client, bob_client):
    clients = [alice_client, bob_client] * 8
    answers = all_at_once([partial(client.post, "/push/", a_subscription()) for client in clients])

    assert {answer.status_code for answer in answers} <= {200, 409}
    assert PushSubscription.objects.count() == 1


def test_log_out_ends_the_device_of_this_log_in_alone(subscribe, alice_client, alice):
    other = a_device(alice, OTHER)
    subscribe()
    alice_client.post("/accounts/logout/")

    assert PushSubscription.objects.get() == other


def test_a_device_ends_once_and_never_that_of_another(alice_client, alice, bob):
    mine, bobs = a_device(alice), a_device(bob, OTHER)
    answers = [alice_client.post(f"/push/{uuid}/end/", {"next": "/"}) for uuid in (mine.uuid, mine.uuid, bobs.uuid)]

    assert [answer["Location"] for answer in answers] == ["/?said=device-ended"] * 3
    assert PushSubscription.objects.get().user == bob


@pytest.mark.one_database
def test_a_worker_of_a_stranger_gets_401_in_json(client):
    for path in ("/push/", "/push/later/", "/push/closed/"):
        answer = client.post(path, headers={"Accept": "application/json"})
        assert (answer.status_code, list(answer.json())) == (401, ["error"])


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME, "Chrome on Android"),
        (IPHONE, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/150.0 Safari/537.36 Edg/150.0", "Edge on Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/26.0 Safari/605.1.15", "Safari on Mac"),
        ("", "Browser without a name"),
    ],
)
def test_a_device_is_named_as_people_call_it(user_agent, name):
    assert device_name(user_agent) == name


@pytest.mark.django_db(transaction=True)
def test_all_servers_get_the_one_key_pair():
    keys = all_at_once([vapid.public_key] * 8)

    assert set(keys) == {VapidKey.objects.get().public}
    assert len(vapid.private_key()) == 43


@pytest.mark.parametrize(
    ("contact", "sub"),
    [
        ("mailto:feet@example.org", "mailto:feet@example.org"),
        ("https://example.org/holes", "https://example.org/holes"),
        ("tel:+49", "https://feet.example.org"),
        ("mailto:footcare@localhost", "https://feet.example.org"),
    ],
)
def test_a_push_service_is_told_whom_to_ask(contact, sub, settings):
    settings.SECURITY_CONTACT = contact

    assert vapid.subject("https://feet.example.org") == sub


def test_a_web_worker_does_not_load_what_only_the_sender_needs():
    code = f"import django, sys; django.setup(); import {OF_PAGES}; print({ONLY_FOR_SENDERS})"
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "footcare.settings"}
    answer = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, env=environment, text=True)

    assert answer == "set()\n"
