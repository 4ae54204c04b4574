"""The cast and the stage: Alice owns, Bob must see nothing, a stranger is logged out."""

import gc
import os
import re
import tempfile
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from hypothesis import settings as hypothesis_settings

from tests.support import collected
from tests.support.hashers import QuickHasher
from tests.support.log_ins import ALICE, BOB
from tests.support.phone import FRIDAY, Phone
from tests.support.usual_plan import plan_since

ROOT = Path(__file__).parent.parent
TEMPORARY = tempfile.TemporaryDirectory(prefix="footcare-")
STAGE = Path(TEMPORARY.name)

# Before the settings are read: nothing of the developer's own environment or data reaches a test.
for name in re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "footcare" / "settings.py").read_text()):
    os.environ.pop(name, None)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "footcare.settings",
    "DATA_DIR": str(STAGE),
    "STATIC_ROOT": str(collected.folder()),
    "SECRET_KEY": "a key of the tests, and of nothing else",
    "ADMIN_PATH": "desk",
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", f"sqlite:///{STAGE}/footcare.sqlite3"),
    # Playwright keeps an event loop running beside the tests; it never runs our code.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
}


# A busy machine is no fault of the code: how long an example takes is measured elsewhere.
hypothesis_settings.register_profile("unhurried", deadline=None)
hypothesis_settings.load_profile("unhurried")


def pytest_addoption(parser):
    parser.addoption(
        "--only-database",
        action="store_true",
        help="only tests of what the database decides, without the browser tests: for a second database",
    )
    parser.addoption(
        "--worker",
        action="store_true",
        help="the tests of the outbox with the service worker in control of their pages: all of them, not some",
    )


def pytest_configure(config):
    gc.disable()  # what is collected now stays
    settings.PASSWORD_HASHERS = ["tests.support.hashers.QuickHasher"]
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        # A file and not memory: threads and the server of the browser tests open it as well.
        database.setdefault("TEST", {})["NAME"] = str(STAGE / "test.sqlite3")
        # Nobody pulls the plug on a test, and each commit would wait for the disk. Servers of the tests do wait.
        database["OPTIONS"]["init_command"] += "PRAGMA synchronous = OFF;"
    # The settings are read now. A worker of pytest-xdist inherits the environment, and pytest-django would read them
    # there before this file has named the worker's own stage.
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_collection_finish():
    """What is loaded by now stays: Python need not look through it for garbage after every few hundred objects."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(20_000, 50, 50)


def pytest_report_header():
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


def pytest_collection_modifyitems(config, items):
    if config.getoption("--only-database"):
        browser = ROOT / "tests" / "browser"
        chosen = [item for item in items if is_decided_by_database(item) and browser not in item.path.parents]
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = chosen


def is_decided_by_database(item):
    """What is refused before the database, or only worded after it, is so on each: `one_database` marks those tests."""
    return touches_database(item) and not item.get_closest_marker("one_database")


def touches_database(item):
    return bool(item.get_closest_marker("django_db")) or bool({"db", "transactional_db"} & set(item.fixturenames))


@pytest.fixture(autouse=True)
def stage(request):
    """What every test with a database finds there: the catalogue, and no memory of earlier failed log-ins."""
    if touches_database(request.node):
        request.getfixturevalue("catalogue")
        request.getfixturevalue("static_files")
        cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tables, with the exercises in them: loaded once, and not for each test."""
    from exercises.models.exercise import load_catalogue
    from tests.support.tables import keep_what_is_there

    with django_db_blocker.unblock():
        load_catalogue()
        keep_what_is_there()


@pytest.fixture
def catalogue(db):
    """The exercises, which are in the database of every test."""


@pytest.fixture(scope="session")
def static_files():
    """Collected as in production: hashed names, one stylesheet."""
    collected.collect(settings.STATIC_ROOT)
    collected.look_through_once()
    return settings.STATIC_ROOT


@pytest.fixture
def alice(catalogue, django_user_model):
    return django_user_model.objects.create_user(email=ALICE["login"], password=ALICE["password"])


@pytest.fixture
def bob(catalogue, django_user_model):
    return django_user_model.objects.create_user(email=BOB["login"], password=BOB["password"])


@pytest.fixture
def alice_client(alice):
    return logged_in(alice)


@pytest.fixture
def bob_client(bob):
    return logged_in(bob)


@pytest.fixture
def long_ago(alice):
    """Alice's plan began in the week of 31 August."""
    plan_since(alice, "2026-09-02")


@pytest.fixture
def three_weeks_ago(alice):
    """Alice's plan is three weeks old."""
    plan_since(alice, "2026-11-01")


@pytest.fixture
def twelve_days_old(alice):
    """Alice's plan is too young for two whole weeks."""
    plan_since(alice, "2026-11-08")


@pytest.fixture
def careful_client(alice):
    """Alice's, with the CSRF checks that Django's test client leaves out."""
    return logged_in(alice, enforce_csrf_checks=True)


@pytest.fixture
def stranger(db):
    return Client()


def logged_in(user, **options):
    client = Client(**options)
    client.force_login(user)
    return client


@pytest.fixture
def phone(alice_client):
    return Phone(alice_client)


@pytest.fixture
def bobs_phone(bob_client):
    return Phone(bob_client)


@pytest.fixture
def friday_morning():
    """Friday, 20 November 2026, 8:00 UTC: the clock goes on from there."""
    with time_machine.travel(FRIDAY) as traveller:
        yield traveller


@pytest.fixture
def hashed(monkeypatch):
    """The passwords that were hashed, right or wrong."""
    passwords, encode = [], QuickHasher.encode

    def count(self, password, *args):
        passwords.append(password)
        return encode(self, password, *args)

    monkeypatch.setattr(QuickHasher, "encode", count)
    return passwords


@pytest.fixture
def with_mail(settings):
    settings.MAIL_ENABLED = True
    settings.PUBLIC_URL = "https://feet.example.org"
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = settings.ACCOUNT_LOGIN_BY_CODE_ENABLED = True
    settings.MFA_PASSKEY_SIGNUP_ENABLED = True


@pytest.fixture
def before_its_turn(monkeypatch, django_user_model):
    """Does something elsewhere after a request was read, and before it has its turn to write."""
    take_turn = django_user_model.take_turn

    def does(elsewhere):
        def waits(user):
            monkeypatch.setattr(django_user_model, "take_turn", take_turn)
            elsewhere()
            user.take_turn()

        monkeypatch.setattr(django_user_model, "take_turn", waits)

    return does
