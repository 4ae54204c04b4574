"""Where the browser or the address stores nothing: ticking works online, and the page says why no more does."""

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet
from tests.support.pocket import PLAIN
from tests.support.under_way import until

pytestmark = pytest.mark.expects_in_console("net::ERR", "htmx:sendError", "htmx:afterRequest")


@pytest.mark.parametrize("gone", ["indexedDB", "locks"])
def test_without_storage_the_page_says_so_and_ticks_online(pocket, gone):
    owner = {"indexedDB": "window", "locks": "Navigator.prototype"}[gone]
    pocket.page.add_init_script(f"Object.defineProperty({owner}, '{gone}', {{ value: undefined }})")
    pocket.open().tick()
    pocket.expect_ring(1)
    expect(pocket.page.get_by_text("This browser cannot keep sets")).to_be_visible()
    pocket.offline().tick("Ankle circles")
    expect(pocket.notice).to_have_text("1 not sent yet. Keep this page open until everything is sent.")
    pocket.expect_mark("done, not sent yet", "Ankle circles")
    pocket.online()

    pocket.expect_ring(2)
    until(CompletedSet.objects.count, lambda count: count == 2)


@pytest.mark.expects_in_console("Cross-Origin-Opener-Policy")  # this server believes that it is asked at home only
def test_over_plain_http_the_page_says_that_the_address_is_the_reason(pocket, server, log_in):
    """A home server, reached from another machine: here by a name that leads to this one."""
    plain = server.replace("localhost", PLAIN)
    log_in(pocket.page, pocket.user, domain=PLAIN)
    pocket.open(f"{plain}/").tick()
    pocket.expect_ring(1)

    expect(pocket.page.get_by_text("This address starts with http, not https")).to_be_visible()
    expect(pocket.page.get_by_text("This browser cannot keep sets")).to_be_hidden()
    pocket.page.goto(f"{plain}/session/morning/")
    expect(pocket.page.get_by_text("This phone may turn its screen off")).to_be_visible()
    expect(pocket.page.get_by_role("button", name="Carry on")).to_be_visible()


def test_a_page_that_stores_nothing_asks_before_it_is_left_with_a_set(pocket):
    pocket.page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    pocket.open().offline().tick()
    pocket.expect_mark("done, not sent yet")
    with pocket.page.expect_event("dialog") as asked:
        pocket.page.close(run_before_unload=True)

    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    pocket.expect_mark("done, not sent yet")
