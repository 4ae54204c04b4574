"""Log-ins through the provider's own page, in a browser that holds us to our policy."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount
from playwright.sync_api import expect

from exercises.models import CompletedSet, User
from tests.support.log_ins import fill_in_log_in
from tests.support.ways_in.provider import NAME


def begin(page, address="/accounts/login/"):
    page.goto(address)
    page.get_by_role("link", name=f"Log in with {NAME}").click()


def be(page, sub):
    """The provider's page has a button for each person it knows."""
    page.locator(f"button[name=sub][value={sub}]").first.click()


def expect_heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_a_new_person_comes_by_the_provider_and_back_leads_nowhere_odd(page, axe):
    page.goto("/accounts/login/?next=/progress/")
    axe(page)
    page.get_by_role("link", name=f"Log in with {NAME}").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/oauth2/authorize[?]"))
    be(page, "maria")

    expect(page).to_have_url(re.compile("/first/1/$"))
    assert User.objects.get().email == "maria@example.org"
    page.go_back()
    be(page, "maria")  # with a state that was used
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    page.goto("/settings/security/")
    section = page.get_by_role("region", name="Other log-ins")
    expect(section).to_contain_text("This is your only way to log in, so it stays.")
    expect(section.get_by_role("button")).to_have_count(0)
    axe(page)


def test_alice_links_it_logs_in_by_it_and_unlinks_it(page, alice, axe):
    page.goto("/accounts/login/")
    fill_in_log_in(page)
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    page.goto("/settings/security/")
    page.get_by_role("link", name=f"Link {NAME}").click()
    be(page, "alice")
    expect(page.get_by_role("main")).to_contain_text("Linked. You can log in with it from now on.")
    axe(page)

    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Log out").click()
    begin(page, "/accounts/login/?next=/settings/security/")
    be(page, "alice")
    page.get_by_role("button", name=f"Unlink {NAME}").click()
    expect(page.get_by_role("main")).to_contain_text("Unlinked. It no longer logs you in.")
    assert not SocialAccount.objects.exists()


@pytest.mark.expects_in_console("status of 409")
def test_a_taken_address_is_told_and_one_that_is_missing_asked_for(page, alice, axe):
    begin(page)
    be(page, "alice")
    expect(page.get_by_role("main")).to_contain_text("There is already an account with this email address.")
    axe(page)
    page.get_by_role("link", name="Go to the log-in").click()
    begin(page)
    be(page, "nameless")
    expect_heading(page, "Your email address")
    axe(page)
    page.get_by_label("Email").fill("nora@example.org")
    page.get_by_role("button", name="Make an account").click()

    expect(page).to_have_url(re.compile("/first/1/$"))
    assert User.objects.filter(email="nora@example.org").exists()


@pytest.mark.expects_in_console("status of 503", "status of 400")
def test_a_provider_that_is_away_a_state_that_is_lost_and_a_second_tab(page, context, provider, axe):
    provider.stop()
    try:
        begin(page)
        expect(page.get_by_role("main")).to_contain_text(f"{NAME} is not answering.")
        axe(page)
    finally:
        provider.start()
    page.goto("/accounts/oidc/sso/login/callback/?code=made-up&state=made-up")
    expect(page.get_by_role("main")).to_contain_text("This log-in has run out")

    other = context.new_page()
    begin(page)
    begin(other, "/accounts/login/?next=/progress/")
    be(page, "unsure")
    expect(page).to_have_url(re.compile("/first/1/$"))
    be(other, "unsure")
    expect(other).to_have_url(re.compile("/progress/$"))
    assert User.objects.count() == 1


@pytest.mark.expects_in_console("status of 401", "net::ERR", "htmx:sendError", "htmx:afterRequest")
@pytest.mark.parametrize("pocket", [True], ids=["worker"], indirect=True)
def test_a_set_that_waits_is_sent_after_the_log_in(pocket, alice, provider):
    SocialAccount.objects.create(user=alice, provider=provider.url, uid="alice")
    pocket.open().offline().tick()
    pocket.expect_waiting(1)
    pocket.page.context.clear_cookies(name="sessionid")
    with pocket.expect_asked():
        pocket.online()
    begin(pocket.page)
    assert CompletedSet.objects.count() == 0
    be(pocket.page, "alice")

    pocket.expect_ring(1)
    pocket.expect_waiting(0)
    assert CompletedSet.objects.count() == 1


@pytest.mark.expects_in_console("status of 403")
def test_as_the_only_way_it_is_the_only_button(page, only_server, alice, provider, axe):
    page.goto(f"{only_server}/accounts/login/")
    expect(page.get_by_role("main").get_by_role("link")).to_have_count(1)
    expect(page.get_by_role("main").get_by_role("textbox")).to_have_count(0)
    axe(page)
    page.get_by_role("link", name=f"Log in with {NAME}").click()
    be(page, "maria")
    expect(page.get_by_role("main")).to_contain_text(f"No account here belongs to this log-in at {NAME}.")

    SocialAccount.objects.create(user=alice, provider=provider.url, uid="alice")
    page.get_by_role("link", name="Go to the log-in").click()
    page.get_by_role("link", name=f"Log in with {NAME}").click()
    be(page, "alice")
    expect(page.get_by_role("img", name="0 of 10 sets done today")).to_be_visible()
