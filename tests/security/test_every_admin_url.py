"""Every address of the admin is for staff only, and junk does no harm there either."""

import re
from urllib.parse import quote

import pytest

from exercises.models import Exercise
from tests.support.addresses import admin_addresses
from tests.support.junk import JUNK, SHORTER, harm
from tests.support.pages import forms_of
from tests.support.wire import Browser, encoded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning")]

ASKED = ("q", "o", "p", "e", "all", "_popup", "_to_field", "_changelist_filters", "is_active__exact", "term", "next")
LISTS = ("/desk/", "/desk/exercises/exercise/", "/desk/exercises/user/", "/desk/autocomplete/", "/desk/login/")
OPEN = {"/desk/login/", "/desk/jsi18n/", "/desk/logout/"}  # they show nothing of anybody's


@pytest.fixture
def root(catalogue, django_user_model):
    return django_user_model.objects.create_superuser(email="root@example.org", password="root's own words")


def admin_paths(argument):
    """Each address of the admin with that in place of what it takes from the path."""
    return [re.sub(r"<[^>]*>|\^?\(\?P<\w+>[^)]*\)", argument, route).replace("$", "") for _, route in admin_addresses()]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_admin_is_for_staff(alice, method):
    for browser in (Browser(), Browser(alice)):
        answers = {path: browser.ask(method, path) for path in admin_paths(str(alice.pk))}

        assert [fault for answer in answers.values() for fault in answer.faults()] == []
        assert [path for path, answer in answers.items() if answer.status == 200 and path not in OPEN] == []
        assert [path for path, answer in answers.items() if answer.changed] == []


@pytest.mark.parametrize("kind", [kind for kind, junk in SHORTER.items() if isinstance(junk, str)])
def test_junk_in_an_address_of_the_admin_does_no_harm(root, kind):
    junk, browser = JUNK[kind], Browser(root)
    paths = admin_paths(quote(junk, safe="", errors="surrogatepass"))
    answers = {path: browser.ask("GET", path) for path in paths if path not in admin_paths("")}
    answers |= {path: browser.ask("GET", path, encoded(dict.fromkeys([*ASKED, junk[:200]], junk))) for path in LISTS}

    assert [(path[:80], *harm(answer)) for path, answer in answers.items() if any(harm(answer))] == []


@pytest.mark.parametrize("screen", ["exercise/{exercise}/change/", "user/{user}/change/", "user/add/"])
def test_junk_in_a_form_of_the_admin_does_no_harm(root, screen):
    browser, first = Browser(root), Exercise.objects.first()
    path = "/desk/exercises/" + screen.format(exercise=first.pk, user=root.pk)
    form = max(forms_of(browser.ask("GET", path).text, path), key=lambda form: len(form.names))
    answers = {kind: browser.send("POST", path, dict.fromkeys(form.names, junk)) for kind, junk in JUNK.items()}

    assert [(kind, *harm(answer)) for kind, answer in answers.items() if any(harm(answer))] == []
