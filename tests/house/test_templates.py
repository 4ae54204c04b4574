"""Every template compiles, and those that are shown when something is wrong need no request and no database."""

import pytest
from django.template import engines
from django.template.loader import render_to_string
from jinja2 import StrictUndefined, UndefinedError

from tests.conftest import ROOT

pytestmark = pytest.mark.usefixtures("static_files")

JINJA = engines["jinja2"].env
SOURCES = {name: (ROOT / "templates" / name).read_text() for name in JINJA.list_templates(("html", "txt", "js", "svg"))}
MAILS = sorted(name for name in JINJA.list_templates() if name.startswith("account/email/") and "base" not in name)
ODD = "O’Hara & Sons, it's <3"


@pytest.mark.parametrize("name", JINJA.list_templates())
def test_a_template_compiles(name):
    assert JINJA.get_template(name)


def test_a_name_that_a_template_was_not_given_is_an_error():
    assert JINJA.undefined is StrictUndefined
    with pytest.raises(UndefinedError):
        render_to_string("layout/_notice.html", {})


def test_no_line_of_a_template_is_longer_than_160_letters():
    assert [name for name, text in SOURCES.items() if max(map(len, text.splitlines()), default=0) > 160] == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 422, 429, 500, 503])
def test_an_error_page_needs_no_request_and_no_database(status):
    page = render_to_string("error.html", {"reason": ODD, "status": status, "user": None})

    assert "O’Hara &amp; Sons, it&#39;s &lt;3" in page
    assert page.count("</html>") == 1


def test_the_offline_page_and_the_worker_need_no_request_and_no_database():
    assert "You are offline" in render_to_string("offline.html")
    given = {"page_cache": '{"files": ["a&b"]}', "reminders": '{"icon": "a&b"}', "static_url": "/static/"}
    script = render_to_string("sw.js", given)
    assert 'new PageCache({"files": ["a&b"]})' in script
    assert 'options = {"icon": "a&b"}' in script


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_is_plain_text_and_needs_no_request_and_no_database(name):
    given = dict.fromkeys(("code", "email", "password_reset_url", "signup_url"), ODD)
    text = render_to_string(name, {**given, "current_site": {"domain": ODD}})

    assert text.count(ODD) == (0 if name.endswith("_subject.txt") else 2)
    assert "&amp;" not in text
