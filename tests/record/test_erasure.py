"""Nothing is left of an erased account: no row, no log-in session, and on SQLite no word in the file."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.cached_db import KEY_PREFIX
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from exercises.accounts.known_devices import SALT
from exercises.models import CalendarFeed, CompletedSet, DayNote, ShareLink, User
from tests.support.archive import bring
from tests.support.day_facts import note, pain, rest_day
from tests.support.log_ins import ALICE, BOB
from tests.support.phone import Phone, a_set, an_undo
from tests.support.reminders.devices import a_device
from tests.support.ways_in.codes import turn_on

PASSWORD = ALICE["password"]
WORDS = ("Zyzzogeton hurts", "quixotic-alice")


@pytest.fixture
def full(db, catalogue):
    """An account with something in every table that has anything of a user's."""
    user = User.objects.create_user(email="quixotic-alice@example.org", password=PASSWORD)
    phone = Phone(log_in(user))
    event = a_set()
    today = {"day": timezone.now().date().isoformat(), "said_at": None}
    phone.send(event, an_undo(event["id"]), pain(**today), rest_day(**today))
    phone.send(*(note(**today, text=f"{WORDS[0]} {number}") for number in range(40)))
    session = {"kind": "session", "id": event["id"][::-1].replace("-", "a"), "slot": "morning", "timezone": "UTC"}
    assert phone.send(session).status_code == 200
    ShareLink.objects.give(user, weeks=8, days=30, notes=False, now=timezone.now())
    CalendarFeed.objects.give(user, timezone.now())
    a_device(user)
    assert phone.client.post("/settings/reminders/try/").status_code == 303
    bring(phone.client, phone.client.get("/export.json").content)
    note_down(user, user)
    return phone


def note_down(admin, user):
    """As the admin's pages do when somebody changes an account there."""
    users = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(user=admin, content_type=users, object_id=user.pk, object_repr=user.email, action_flag=2)


def log_in(user):
    client = Client()
    assert client.post("/accounts/login/", {"login": user.email, "password": PASSWORD}).status_code == 302
    return client


def erase(client, **fields):
    return client.post("/settings/erase/", {"sure": "yes", **fields})


def rows_of(user_pk):
    """How many rows of each model point to that user."""
    return {
        f"{model.__name__}.{field.name}": count
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is User and (count := model._base_manager.filter(**{field.name: user_pk}).count())
    }


@pytest.mark.django_db
def test_no_row_of_hers_is_left_and_all_of_bobs(full, bob, bobs_phone):
    alice = User.objects.get(email__startswith="quixotic")
    note_down(bob, alice)
    bobs_phone.tap()
    other = log_in(alice)
    assert len(rows_of(alice.pk)) > 12
    answer = erase(full.client)

    assert "Your account is erased" in answer.content.decode()
    assert rows_of(alice.pk) == {}
    assert not User.objects.filter(pk=alice.pk).exists()
    assert not LogEntry.objects.exists()
    assert [each.pk for each in Session.objects.all()] == [bobs_phone.client.session.session_key]
    assert CompletedSet.objects.count() == 1
    assert other.get("/settings/").status_code == full.client.get("/settings/").status_code == 302


@pytest.mark.django_db
def test_a_cache_beside_the_database_forgets_her_sessions_too(settings, alice):
    """As with Redis: it would keep them for half a year."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    here, elsewhere = log_in(alice), log_in(alice)
    key = KEY_PREFIX + elsewhere.session.session_key
    before = cache.get(key)
    erase(here)

    assert before[SESSION_KEY] == str(alice.pk)
    assert cache.get(key) is None


@pytest.mark.django_db
def test_a_log_in_that_waits_for_a_code_goes_too(alice, bob, with_mail):
    """Its session has her address."""
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    here = log_in(alice)
    turn_on(alice)
    mailed, second_step, other = Client(), Client(), Client()
    mailed.post("/accounts/code/", {"email": alice.email})
    second_step.post("/accounts/login/", ALICE)
    other.post("/accounts/login/", BOB)  # waits for the code of his address
    assert Session.objects.count() == 4
    erase(here)

    assert [each.pk for each in Session.objects.all()] == [other.session.session_key]


@pytest.mark.django_db
def test_without_the_tick_in_the_box_nothing_happens(full):
    assert erase(full.client, sure="").status_code == 422
    assert User.objects.exists()


@pytest.mark.django_db
def test_after_a_quarter_of_an_hour_the_password_is_asked_for(full):
    quarter = timedelta(minutes=15, seconds=1)
    with time_machine.travel(timezone.now() + quarter):
        assert "please show us again that it is you." in full.client.get("/settings/erase/").content.decode()
        answer = erase(full.client)
        assert (answer.status_code, answer["Location"]) == (
            303,
            "/accounts/reauthenticate/?next=%2Fsettings%2Ferase%2F",
        )
        assert User.objects.exists()
        wrong = full.client.post(answer["Location"], {"password": "a guess", "next": "/settings/erase/"})
        assert (wrong.status_code, erase(full.client).status_code) == (422, 303)
        right = full.client.post(answer["Location"], {"password": PASSWORD, "next": "/settings/erase/"})
        assert right["Location"] == "/settings/erase/"
        assert User.objects.exists()
        assert erase(full.client).status_code == 200
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_log_in_before_the_clock_was_put_back_proves_nothing(full):
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        assert erase(full.client)["Location"].startswith("/accounts/reauthenticate/")

    assert User.objects.exists()


@pytest.mark.django_db
def test_a_session_that_does_not_tell_of_a_log_in_proves_nothing(alice_client, alice):
    assert erase(alice_client).status_code == 303
    assert User.objects.filter(pk=alice.pk).exists()


@pytest.mark.django_db
def test_the_device_that_was_hers_knows_the_others_only(full, bob):
    full.client.post("/accounts/logout/")
    full.client.post("/accounts/login/", BOB)
    full.client.post("/accounts/logout/")
    full.client.post("/accounts/login/", {"login": "quixotic-alice@example.org", "password": PASSWORD})
    erase(full.client)

    assert list(signing.loads(full.client.cookies["device"].value, salt=SALT)) == [str(bob.pk)]


@pytest.mark.django_db(transaction=True)
def test_none_of_her_words_is_left_in_the_file(full):
    before = matches()
    erase(full.client)

    assert before is None or all(before.values())
    assert matches() in (None, dict.fromkeys(WORDS, 0))


@pytest.mark.django_db(transaction=True)
def test_words_that_were_left_beside_those_of_others_go_too(full, bobs_phone):
    """As an older version left them, or a page that was copied about."""
    today = {"day": timezone.now().date().isoformat(), "said_at": None}
    bobs_phone.send(*(note(**today) for _ in range(50)))
    full.send(note(**today, text=f"{WORDS[0]} beside"))
    bobs_phone.send(*(note(**today) for _ in range(50)))
    pragma("secure_delete = OFF")
    DayNote.objects.filter(text__endswith="beside").delete()
    pragma("secure_delete = ON")
    erase(full.client)

    assert matches() in (None, dict.fromkeys(WORDS, 0))


@pytest.mark.django_db(transaction=True)
def test_what_is_deleted_is_overwritten_at_once(full):
    DayNote.objects.all().delete()
    pragma("wal_checkpoint(TRUNCATE)")

    assert (matches() or {WORDS[0]: 0})[WORDS[0]] == 0


def pragma(text):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {text}")


def matches():
    """How often each of her words stands in the file of the database and its log; None where there is no file."""
    if connection.vendor != "sqlite":
        return None
    file = Path(connection.settings_dict["NAME"])
    content = b"".join(part.read_bytes() for part in (file, file.with_name(file.name + "-wal")) if part.exists())
    return {word: content.count(word.encode()) for word in WORDS}
