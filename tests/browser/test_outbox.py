"""No set is lost, whatever the network, the server and the phone do: each test ends by counting rows."""

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet, Session, Undo
from tests.support.log_ins import fill_in_log_in
from tests.support.phone import a_set, an_undo
from tests.support.pocket import FRIDAY, Pocket, either_way
from tests.support.session_page import SessionPage

LOST = ["net::ERR", "htmx:sendError", "htmx:afterRequest"]
REFUSED = ["status of 502", "status of 503", "Error Code 502", "Error Code 503"]
pytestmark = pytest.mark.expects_in_console(*LOST, *REFUSED)


@either_way
def test_a_tick_offline_survives_the_closed_tab(pocket):
    pocket.open().offline().tick()
    pocket.expect_mark("done, not sent yet")
    pocket.expect_waiting(1)
    pocket.page.close()
    again = Pocket(pocket.page.context.new_page(), pocket.user, pocket.moods)
    again.online().open()

    again.expect_ring(1)
    again.expect_mark("done$")
    again.expect_waiting(0)
    again.expect_empty()
    assert CompletedSet.objects.count() == 1


@pytest.mark.parametrize("hard", [False, True], ids=["a reload", "a shift-reload"])
def test_a_reload_shows_what_waits_and_loses_nothing(pocket, hard):
    pocket.open().server(post_sets="is down", get_sync="is down").tick()
    pocket.expect_waiting(1)
    with pocket.page.expect_event("load"):
        pocket.page.context.new_cdp_session(pocket.page).send("Page.reload", {"ignoreCache": hard})

    pocket.expect_waiting(1)
    pocket.expect_mark("done, not sent yet")
    assert CompletedSet.objects.count() == 0
    pocket.server().page.reload()
    pocket.expect_ring(1)
    pocket.expect_waiting(0)
    assert CompletedSet.objects.count() == 1


@either_way
def test_back_online_it_is_sent_without_a_tap(pocket):
    pocket.open(at=FRIDAY).offline().tick().expect_waiting(1)
    pocket.tick("Ankle circles").expect_waiting(2)
    pocket.pass_time(3)
    pocket.mark().click(force=True)  # no double tap, but its event waits: no undo
    pocket.online()

    pocket.expect_ring(2)
    pocket.expect_waiting(0)
    assert (CompletedSet.objects.count(), Undo.objects.count()) == (2, 0)


def test_a_whole_session_offline_from_an_open_page(pocket, alice):
    alice.prescriptions.update(reps=2, effort_seconds=2, pause_seconds=1)
    session = SessionPage(pocket.page).open()
    pocket.offline()
    session.start()
    for number, step in enumerate(session.sheet()["steps"], 1):
        session.run(step["end"] - step["start"] + 0.02)
        pocket.expect_waiting(number)
    expect(session.page.get_by_role("heading", name="Nice work.")).to_be_visible()
    pocket.settle().online()

    expect(session.page.get_by_text("4 of 4", exact=True)).to_be_visible()
    pocket.expect_waiting(0)
    assert {each.session for each in CompletedSet.objects.all()} == {Session.objects.get().uuid}
    assert CompletedSet.objects.count() == 4
    assert Session.objects.get().finished_at


def test_the_notice_stays_as_long_as_a_set_waits(pocket):
    pocket.open().offline().tick().tick("Ankle circles")
    pocket.expect_waiting(2)
    pocket.settle()
    expect(pocket.notice).to_be_visible()


def test_an_answer_lost_after_the_commit_makes_no_second_set(pocket):
    pocket.open(at=FRIDAY).server(post_sets="loses its answer", now=FRIDAY.isoformat()).stop_time().tick()
    pocket.expect_waiting(1)
    assert CompletedSet.objects.count() == 1
    pocket.server(now=FRIDAY.isoformat()).pass_time(300)

    pocket.expect_mark("done$")
    pocket.expect_waiting(0)
    assert CompletedSet.objects.count() == 1


@either_way
def test_an_answer_lost_in_the_drain_makes_no_second_set(pocket):
    pocket.open().server(post_sets="is down", post_sync="loses its answer").tick()
    pocket.expect_waiting(1)
    pocket.page.reload()
    pocket.expect_waiting(1)
    assert CompletedSet.objects.count() == 1
    pocket.server().page.reload()

    pocket.expect_ring(1)
    pocket.expect_waiting(0)
    assert CompletedSet.objects.count() == 1


def test_a_server_that_is_down_for_a_minute_is_asked_again(pocket):
    pocket.open(at=FRIDAY).server(everything="is down").tick()
    pocket.expect_waiting(1)
    pocket.pass_time(60)
    pocket.expect_waiting(1)
    pocket.server(now=FRIDAY.isoformat()).pass_time(300)

    pocket.expect_ring(1)
    pocket.expect_waiting(0)
    assert CompletedSet.objects.count() == 1


def test_it_waits_as_long_as_the_server_asks(pocket):
    asked = []
    pocket.open(at=FRIDAY).server(everything="asks to wait").stop_time().tick()
    pocket.expect_waiting(1)
    pocket.page.on("request", lambda request: "/static/" in request.url or asked.append(request.url))
    pocket.server(now=FRIDAY.isoformat()).pass_time(110)
    pocket.page.evaluate("dispatchEvent(new Event('online'))")
    pocket.settle()
    assert asked == []
    pocket.pass_time(300)

    pocket.expect_ring(1)
    assert CompletedSet.objects.count() == 1


@pytest.mark.expects_in_console("status of 401")
def test_a_log_in_that_expired_offline_keeps_the_sets_until_the_next(pocket, alice):
    pocket.open().offline().tick()
    pocket.expect_waiting(1)
    pocket.page.context.clear_cookies(name="sessionid")
    with pocket.expect_asked():
        pocket.online()
    pocket.expect_waiting(1)
    assert len(pocket.entries()) == 1
    pocket.page.goto("/accounts/login/")
    assert CompletedSet.objects.count() == 0
    fill_in_log_in(pocket.page)

    pocket.expect_ring(1)
    pocket.expect_waiting(0)
    assert CompletedSet.objects.count() == 1


@pytest.mark.expects_in_console("status of 401")
def test_a_tick_without_a_log_in_waits_and_leads_to_the_log_in(pocket, alice, log_in):
    pocket.open().page.context.clear_cookies(name="sessionid")
    pocket.tick()
    expect(pocket.page.get_by_role("button", name="Log in", exact=True)).to_be_visible()
    expect(pocket.page.get_by_role("main")).to_contain_text("We will send what is saved on this phone when you log in.")
    log_in(pocket.page, alice)
    pocket.open()

    pocket.expect_ring(1)
    assert CompletedSet.objects.count() == 1


def test_a_captive_portal_confirms_nothing_and_shows_nothing(pocket):
    pocket.open(at=FRIDAY).server(everything="is a portal").tick()
    pocket.expect_waiting(1)
    pocket.pass_time(60)
    with pocket.page.expect_request_finished(lambda request: request.url.endswith("/")):
        pocket.page.evaluate("document.body.dispatchEvent(new Event('outbox:synced'))")
    pocket.settle().expect_waiting(1)
    expect(pocket.page.get_by_text("cafe")).to_have_count(0)
    pocket.expect_mark("done, not sent yet")
    assert len(pocket.entries()) == 1
    pocket.server(now=FRIDAY.isoformat()).pass_time(300)

    pocket.expect_ring(1)
    pocket.expect_waiting(0)
    assert CompletedSet.objects.count() == 1


@either_way
def test_another_user_of_the_phone_neither_sees_nor_sends_it(pocket, alice, bob, log_in):
    pocket.open().offline().tick()
    pocket.expect_waiting(1)
    log_in(pocket.page, bob)
    with pocket.expect_asked():
        pocket.online()
    pocket.expect_waiting(1)
    pocket.open().tick("Ankle circles")
    pocket.expect_ring(1)
    pocket.expect_waiting(0)
    pocket.expect_mark("not done")
    assert [each.user for each in CompletedSet.objects.all()] == [bob]

    log_in(pocket.page, alice)
    pocket.open().expect_ring(1)
    assert CompletedSet.objects.of(alice).count() == 1
    assert CompletedSet.objects.of(bob).count() == 1


@either_way
def test_two_tabs_send_one_after_the_other_and_show_the_same(pocket):
    sent = []
    pocket.page.context.on("request", lambda request: request.method == "POST" and sent.append(request.post_data_json))
    other = Pocket(pocket.page.context.new_page(), pocket.user, pocket.moods).open()
    pocket.open().offline().tick().expect_waiting(1)
    other.tick("Ankle circles")
    for tab in (pocket, other):
        tab.expect_waiting(2)
        tab.settle()
    sent.clear()
    pocket.online()

    for tab in (pocket, other):
        tab.expect_ring(2)
        tab.expect_waiting(0)
    assert len([event for batch in sent for event in batch["events"]]) == 2
    assert CompletedSet.objects.count() == 2


def test_sixty_events_go_in_order_fifty_at_a_time(pocket):
    sent = []
    events = [a_set(slot="extra", completed_at=FRIDAY.isoformat()) for _ in range(60)]
    pocket.page.on(
        "request", lambda request: request.method == "POST" and sent.append(request.post_data_json["events"])
    )
    pocket.open("/help/", at=FRIDAY).write(*events)
    pocket.open()

    expect(pocket.page.get_by_role("button", name="Toe presses, extra sets: 60")).to_be_visible()
    pocket.expect_empty()
    assert [len(batch) for batch in sent] == [50, 10]
    assert [event["id"] for batch in sent for event in batch] == [event["id"] for event in events]
    assert CompletedSet.objects.count() == 60
    pocket.expect_empty()


def test_an_undo_sent_before_its_tick_still_undoes_it(pocket):
    tick = a_set(completed_at=FRIDAY.isoformat())
    pocket.open("/help/", at=FRIDAY)
    pocket.write(an_undo(tick["id"]), tick)
    pocket.open().expect_empty()

    pocket.expect_ring(0)
    pocket.expect_mark("not done")
    assert (CompletedSet.objects.count(), pocket.sets()) == (1, [])


def test_an_undo_offline_waits_and_is_sent(pocket):
    pocket.open(at=FRIDAY).stop_time().tick()
    pocket.expect_ring(1)
    pocket.offline().page.get_by_role("button", name="Undo").click()
    pocket.expect_mark("undone, not sent yet")
    pocket.online()

    pocket.expect_ring(0)
    pocket.expect_waiting(0)
    assert (CompletedSet.objects.count(), pocket.sets()) == (1, [])


def test_two_quick_ticks_are_two_sets(pocket):
    pocket.open().tick().tick("Ankle circles")

    pocket.expect_ring(2)
    assert CompletedSet.objects.count() == 2


def test_a_session_leaves_out_what_was_ticked_on_today_and_not_sent_yet(pocket):
    pocket.open().server(post_sets="is down", get_sync="is down").tick()
    pocket.expect_waiting(1)
    pocket.open("/session/morning/")
    expect(pocket.page.locator("[data-note=waiting]:visible")).to_have_count(1)
    pocket.expect_waiting(1)
    pocket.page.get_by_role("button", name="Start", exact=True).click()

    expect(pocket.page.locator(".session").get_by_role("heading", name="Toe walking")).to_be_visible()
    assert CompletedSet.objects.count() == 0
