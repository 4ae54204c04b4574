"""What a page says of the act before it: by the address alone, so that no other request takes the message."""

import re
from urllib.parse import quote
from uuid import uuid4

import pytest

from exercises.models import ShareLink
from exercises.said import OF_USER, PLAIN
from exercises.web.redirects import saying
from tests.support.log_ins import ALICE
from tests.support.phone import a_tick, an_undo
from tests.support.planning import filled_in
from tests.support.record import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday_morning", "three_weeks_ago")]

DAY = "/progress/2026-11-18/"
TICK = a_tick(completed_at="2026-11-18T06:30:00+00:00")
JUNK = ["", "x", "0", "²", "12345678901", "-1", "1.5", "9999-12-31", "0001-01-01", "2026-02-30", "2026-11-20,"]
JUNK += [str(uuid4()), f"{uuid4()},x", ",".join(str(uuid4()) for _ in range(40))]
JUNK += ["<b>Pay now</b>", "%s%(days)s{0}", "a" * 2000, "\u202e"]
CHANGE = {"oldpassword": ALICE["password"], "password1": "another good one", "password2": "another good one"}
AWAY = {"span": "2026-11-16/2026-11-17", "reason": "away"}
ACTS = [
    (f"{DAY}sets/", {"mark": "evening/toe-presses"}, "Set added. Undo"),
    (f"{DAY}rest/", AWAY, "Rest saved: Mon, 16 Nov to Tue, 17 Nov. Undo"),
    (f"{DAY}rest/", {"reason": "rest", "on": "false"}, "No rest to remove: Wed, 18 Nov."),
    (f"{DAY}note/", {"text": "Tired"}, "Note saved. Undo"),
    (f"{DAY}note/", {"text": " "}, "Note removed. Undo"),
    ("/undo/", {"target": TICK["id"]}, "Toe presses, Morning: undone. Undo"),
    ("/settings/plan/", filled_in(**{"toe-presses-reps": "5"}), "Saved. From today a day takes"),
    ("/settings/plan/", filled_in(), "Nothing has changed. You already have this plan."),
    ("/settings/coach/", {"move_waits": "True", "move_seconds": "45"}, "Saved."),
    ("/accounts/password/change/", CHANGE, "Saved. Use your new password next time."),
]


def said_on(client, path):
    """The message of a page with its button: "Set added. Undo"."""
    return message_of(client.get(path))


def message_of(answer):
    found = re.search(r'<div class="banner">(.*?)</div>', answer.content.decode(), re.DOTALL)
    return words_of(found[1]) if found else ""


@pytest.mark.parametrize(("path", "form", "words"), ACTS, ids=[words for _, _, words in ACTS])
def test_an_act_is_said_on_the_page_it_leads_to_and_nowhere_else(alice_client, phone, path, form, words):
    phone.tap(TICK)
    answer = alice_client.post(path, form | {"next": DAY})
    prefetched = [said_on(alice_client, page) for page in ("/", DAY, "/settings/", "/settings/plan/")]

    assert words in said_on(alice_client, answer["Location"])
    assert prefetched == [""] * 4
    assert "_messages" not in alice_client.session


def test_a_set_that_was_undone_is_added_again_and_offers_an_undo(alice_client, phone):
    phone.tap(TICK)
    undone = alice_client.post("/undo/", {"target": TICK["id"], "next": DAY})
    restored = alice_client.post("/undo/back/", {"target": TICK["id"], "next": DAY})
    (again,) = phone.sets()

    assert undone["Location"] == f"{DAY}?said=set-undone:{TICK['id']}"
    assert restored["Location"] == f"{DAY}?said=set-restored:{again['id']}"
    assert "Toe presses, Morning: added again. Undo" in said_on(alice_client, restored["Location"])


def test_a_rest_that_is_removed_names_its_days(alice_client):
    alice_client.post(f"{DAY}rest/", {"span": "2026-11-16/2026-11-18", "reason": "away"})
    removed = alice_client.post(f"{DAY}rest/", {"reason": "away", "on": "false", "next": DAY})

    assert "Rest removed: Wed, 18 Nov. Undo" in said_on(alice_client, removed["Location"])


def test_an_ended_link_is_confirmed(alice, alice_client, friday_morning):
    ShareLink.objects.give(alice, weeks=4, days=7, notes=False, now=alice.date_joined)
    answer = alice_client.post(f"/settings/links/{ShareLink.objects.get().uuid}/end/")

    assert "The link no longer works." in said_on(alice_client, answer["Location"])


@pytest.mark.one_database
@pytest.mark.parametrize(("place", "code"), [*enumerate([*OF_USER, *PLAIN, "", "nonsense"])])
def test_junk_in_the_address_is_no_error_and_no_text_of_a_page(alice_client, stranger, place, code):
    """All of the junk for what belongs to a user, which is looked up; for the other codes a third of it in turn."""
    for values in JUNK if code in OF_USER else JUNK[place % 3 :: 3]:
        for client, path in ((alice_client, "/settings/erase/"), (stranger, "/accounts/login/")):
            answer = client.get(f"{path}?said={quote(f'{code}:{values}')}")
            assert answer.status_code == 200
            assert "Pay now" not in answer.content.decode()
            assert "%(" not in answer.content.decode()


@pytest.mark.parametrize(("count", "said"), [("1", "1 entry added."), ("12345678901", ""), ("9" * 5000, "")])
def test_a_count_that_no_import_can_have_says_nothing(alice_client, count, said):
    assert said_on(alice_client, f"/settings/?said=added:{count}") == said


def test_what_holds_no_longer_is_not_said(alice_client, phone):
    phone.tap(TICK)
    assert said_on(alice_client, f"/?said=set-added:{TICK['id']}") == "Set added. Undo"
    assert said_on(alice_client, f"/?said=rest-saved:{TICK['id']}") == ""
    phone.send(an_undo(TICK["id"]))

    assert said_on(alice_client, f"/?said=set-added:{TICK['id']}") == ""
    assert said_on(alice_client, f"/?said=set-restored:{TICK['id']}") == ""


def test_a_form_that_is_rejected_is_not_saved_by_its_address(alice_client):
    answer = alice_client.post("/settings/plan/?said=saved", filled_in(**{"toe-presses-reps": "x"}))

    assert answer.status_code == 422
    assert message_of(answer) == ""


def test_nobody_who_is_logged_in_is_told_otherwise(alice_client, stranger):
    assert said_on(alice_client, "/?said=logged-out") == ""
    assert said_on(stranger, "/accounts/login/?said=logged-out").startswith("You were logged out.")


@pytest.mark.parametrize("code", ["set-undone", "set-restored", "rest-saved"])
def test_the_facts_of_somebody_else_are_not_named(bob_client, phone, code):
    phone.tap(TICK)
    phone.send(an_undo(TICK["id"]))

    assert said_on(bob_client, f"/?said={code}:{TICK['id']}") == ""
    assert bob_client.post("/undo/", {"target": TICK["id"]}).status_code == 404


@pytest.mark.one_database
@pytest.mark.parametrize("code", OF_USER)
def test_a_visitor_is_told_nothing_of_a_user(stranger, code):
    for value in ("1", TICK["id"], "2026-11-20"):
        assert said_on(stranger, f"/accounts/login/?said={code}:{value}") == ""


@pytest.mark.parametrize(
    ("path", "form", "said"),
    [("/sets/", TICK, "You were logged out. We will send what is saved"), ("/settings/plan/sum/", {}, "")],
)
def test_a_log_in_that_ended_under_an_event_says_that_we_will_send_it(stranger, path, form, said):
    answer = stranger.post(path, form, headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert said_on(stranger, answer["HX-Redirect"]).startswith(said)
    assert bool(said_on(stranger, answer["HX-Redirect"])) == bool(said)


@pytest.mark.parametrize(
    ("address", "becomes"),
    [
        ("/", "/?said=added:12"),
        ("/progress/?week=2026-W46", "/progress/?week=2026-W46&said=added:12"),
        ("/?said=saved", "/?said=added:12"),
        ("/#now", "/?said=added:12#now"),
    ],
)
def test_an_address_keeps_what_it_had_and_says_one_thing(address, becomes):
    assert saying(address, "added", 12) == becomes
