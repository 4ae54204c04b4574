"""A set that waits on the phone is sent after the log-in, whichever way it takes. Passkeys and provider: see there."""

import pytest
from allauth.account.models import EmailAddress

from exercises.accounts import login_links
from exercises.models import CompletedSet
from tests.support.log_ins import fill_in_log_in
from tests.support.pocket import Pocket
from tests.support.usual_plan import plan_since
from tests.support.ways_in.codes import code_now, turn_on
from tests.support.ways_in.letters import code_to, enter

pytestmark = pytest.mark.expects_in_console(
    "status of 401", "net::ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest"
)


def with_a_set_that_waits(pocket):
    """Its log-in session has ended meanwhile, and it has heard so."""
    pocket.offline().tick()
    pocket.expect_waiting(1)
    pocket.page.context.clear_cookies(name="sessionid")
    with pocket.expect_asked():
        pocket.online()
    assert CompletedSet.objects.count() == 0
    return pocket.page


def expect_sent(pocket):
    pocket.expect_ring(1)
    pocket.expect_empty()
    assert CompletedSet.objects.count() == 1


def test_after_the_password_and_a_code_of_the_app(pocket, alice):
    turn_on(alice)
    page = with_a_set_that_waits(pocket.open())
    page.goto("/accounts/login/")
    fill_in_log_in(page)
    page.get_by_label("Code").fill(code_now())
    page.keyboard.press("Enter")

    expect_sent(pocket)


def test_after_a_link_of_the_owner(pocket, alice):
    page = with_a_set_that_waits(pocket.open())
    page.goto(f"/accounts/link/{login_links.token_for(alice)}/")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/settings/security/**")

    expect_sent(pocket.open())


def test_after_a_mailed_code(page, alice, log_in, mailing, moods):
    plan_since(alice, "2025-01-01")
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    log_in(page, alice)
    page.goto(f"{mailing.url}/")
    pocket = Pocket(page, alice, moods)
    with_a_set_that_waits(pocket)
    page.goto(f"{mailing.url}/accounts/code/")
    page.get_by_label("Email").fill(alice.email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/code/enter/")
    enter(page, code_to(alice.email, mailing))

    expect_sent(pocket)
