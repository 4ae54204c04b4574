"""After a log-in comes the page that was asked for, or the one with the button that was pressed: never a 405."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.account.models import EmailAddress

from exercises.record import demo
from tests.support.cast import Cast
from tests.support.log_ins import ALICE
from tests.support.pages import forms_of
from tests.support.phone import FRIDAY
from tests.support.rules import RULES, USERS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning"), pytest.mark.one_database]

OF_USERS = {
    name: rule for name, rule in RULES.items() if rule.users == USERS and "POST" in rule.methods and not rule.mail
}
ACTS = {name: rule for name, rule in RULES.items() if rule.methods == ("POST",)}
HTMX = {"HX-Request": "true"}
DAY = "/progress/2026-11-19/"
LINK = "/settings/links/00000000-0000-4000-8000-000000000000/end/"
# The page with the button of each act that is not on Today.
BUTTONS = {
    "add_set": "day",
    "record_rest": "day",
    "write_note": "day",
    "choose_variant": "exercise",
    "end_share_link": "share_links",
    "make_feed": "reminders",
    "end_feed": "reminders",
    "end_log_in_session": "security",
    "end_other_log_in_sessions": "security",
    "send_reminder": "reminders",
    "save_reminders": "reminders",
    "put_off_step": "plan",
    "take_step": "plan",
    "cancel_change": "plan",
    "preview_plan": "plan",
    "unlink_account": "security",
}


@pytest.fixture
def cast(name, alice, bob):
    demo.write(alice, FRIDAY.date(), 7)
    address = EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    return Cast(name, RULES[name], alice, bob, address)


def after_log_in(stranger, address):
    """The answer that follows, and its address."""
    answer = stranger.post(address, ALICE, follow=True)
    return answer, urlsplit(answer.redirect_chain[-1][0]).path


@pytest.mark.parametrize("name", OF_USERS)
def test_a_post_without_a_log_in_leads_to_a_page(cast, stranger):
    for example in cast.examples() or [{}]:
        asked = stranger.post(cast.path, example.get("fields", {}))
        answer, _path = after_log_in(stranger, asked["Location"])
        assert answer.status_code == 200
        stranger.logout()


@pytest.mark.parametrize("name", [name for name in ACTS if name != "csp_report"])
def test_it_is_the_page_with_the_button(cast, stranger):
    """The form names its page, or the address does."""
    sent = cast.examples()[0]
    asked = stranger.post(cast.path, {name: value for name, value in sent["fields"].items() if name != "next"})
    answer, path = after_log_in(stranger, asked["Location"])
    wanted = BUTTONS.get(cast.name, "today")

    assert answer.resolver_match.url_name == wanted
    shown = {form.address for form in forms_of(answer.content.decode(), path)}
    assert cast.name in shown or wanted == "today"


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_neither_a_get_nor_a_fragment_leads_to_a_405(cast, stranger, headers):
    for method in (stranger.get, stranger.post):
        asked = method(cast.path, headers=headers)
        if cast.name == "csp_report":
            continue  # for everybody
        address = asked.headers.get("HX-Redirect") or asked["Location"]
        assert after_log_in(stranger, address)[0].status_code == 200
        stranger.logout()


@pytest.mark.parametrize("name", ACTS)
def test_an_address_made_by_hand_leads_to_no_405_either(cast, stranger):
    answer, path = after_log_in(stranger, f"/accounts/login/?{urlencode({'next': cast.path})}")

    assert (answer.status_code, path) == (200, "/")


@pytest.mark.parametrize(
    ("path", "fields", "leads_to"),
    [
        ("/undo/", {"next": DAY}, DAY),
        ("/undo/", {"next": f"{DAY}?said=set-undone:1"}, DAY),
        ("/undo/", {"next": "/sets/"}, "/"),
        ("/undo/", {"next": "https://evil.example/"}, "/"),
        ("/undo/", {"next": "//evil.example/"}, "/"),
        ("/undo/back/", {}, "/"),
        (f"{DAY}note/", {"text": "Long walk."}, DAY),
        (LINK, {}, "/settings/links/"),
        ("/settings/plan/take/", {"plan": "0123456789ab"}, "/settings/plan/"),
        ("/settings/plan/?proposal=starter", {}, "/settings/plan/?proposal=starter"),
        ("/settings/coach/", {}, "/settings/coach/"),
        ("/import/?said=saved", {}, "/import/"),
    ],
)
def test_where_a_log_in_leads(stranger, path, fields, leads_to):
    assert named_in(stranger.post(path, fields)["Location"]) == leads_to
    assert named_in(stranger.post(path, fields, headers=HTMX)["HX-Redirect"]) == leads_to


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/settings/?said=saved", "/settings/"),
        ("/progress/?week=2026-11-16&said=saved", "/progress/?week=2026-11-16"),
        ("/progress/?week=2026-11-16", "/progress/?week=2026-11-16"),
    ],
)
def test_a_log_in_takes_no_message_along(stranger, path, leads_to):
    """What was said is over, and was said to whoever was logged in."""
    assert named_in(stranger.get(path)["Location"]) == leads_to


def named_in(address):
    return parse_qs(urlsplit(address).query)["next"][0]


def test_an_event_of_a_phone_still_says_that_it_is_kept(stranger):
    answer = stranger.post(f"{DAY}note/", {"id": "1", "text": "Long walk."}, headers=HTMX)

    assert answer["HX-Redirect"] == "/accounts/login/?next=/progress/2026-11-19/&said=logged-out"
