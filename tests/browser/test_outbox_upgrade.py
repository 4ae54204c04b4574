"""What the version before left on a phone: its list of unsent sets, and its pages, against the server of today."""

import json
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet
from tests.support.phone import a_set
from tests.support.pocket import FRIDAY, until


def test_what_the_version_before_kept_is_sent(pocket, alice):
    event = a_set(completed_at=FRIDAY.isoformat(), source="timed", reps=10, session=str(uuid4()))
    pocket.open("/help/", at=FRIDAY)
    pocket.page.evaluate(
        "([key, value]) => localStorage.setItem(key, value)", [f"unsent:{alice.pk}", json.dumps([event])]
    )
    pocket.open().expect_ring(1)

    assert str(CompletedSet.objects.get().uuid) == event["id"]
    until(lambda: pocket.page.evaluate("Object.keys(localStorage)"), lambda keys: f"unsent:{alice.pk}" not in keys)


@pytest.mark.expects_in_console("status of 422")
def test_one_it_cannot_read_does_not_hold_up_the_others(pocket, alice):
    bad, good = a_set(completed_at="yesterday"), a_set(completed_at=FRIDAY.isoformat())
    pocket.open("/help/", at=FRIDAY)
    pocket.page.evaluate(
        "([key, value]) => localStorage.setItem(key, value)", [f"unsent:{alice.pk}", json.dumps([bad, good])]
    )
    pocket.open().expect_ring(1)

    assert str(CompletedSet.objects.get().uuid) == good["id"]
    expect(pocket.needs_you.get_by_role("listitem")).to_have_count(1)
    assert [each["id"] for each in pocket.entries()] == [bad["id"]]


def test_a_page_of_the_version_before_is_still_understood(pocket):
    fields = {"id": str(uuid4()), "mark": "morning/toe-presses", "timezone": "Europe/Berlin"}
    times = {"completed_at": FRIDAY.isoformat(), "sent_at": FRIDAY.isoformat()}
    pocket.open(at=FRIDAY)
    token = pocket.page.request.get("/sync/").json()["csrf"]
    headers = {"X-CSRFToken": token, "HX-Request": "true"}
    answers = [pocket.page.request.post("/sets/", form=fields | times, headers=headers).status for _ in range(2)]

    assert answers == [200, 200]
    assert CompletedSet.objects.count() == 1
