"""The last screen of a session in a real browser: what it begins with, and what is in view."""

import pytest
from playwright.sync_api import expect

from exercises.models import Preferences
from tests.conftest import logged_in
from tests.support.phone import HTMX, a_tick
from tests.support.phone_day import phone_today


def test_at_the_end_of_a_day_the_way_to_today_is_in_view(session, alice, short_doses):
    """Also on a small phone, below the way to get up and above all else."""
    Preferences.objects.filter(user=alice).update(pain_sites="low-back", goal_days=1)
    for slot in ("morning", "midday"):
        for exercise in alice.plan.session(phone_today(), slot):
            logged_in(alice).post("/sets/", a_tick(exercise=exercise.exercise.slug, slot=slot), headers=HTMX)
    session.open("evening").start()
    session.run_steps()

    expect(session.page.get_by_role("heading", name="That is your day.")).to_be_focused()
    expect(session.page.get_by_text("Your first full day.")).to_be_visible()
    expect(session.page.get_by_role("heading", name="Get up slowly")).to_be_in_viewport(ratio=1)
    for width, height in ((390, 844), (320, 568)):
        session.page.set_viewport_size({"width": width, "height": height})
        way, bar = session.page.get_by_role("link", name="Go to Today"), session.page.get_by_role("navigation")
        assert way.bounding_box()["y"] + way.bounding_box()["height"] <= bar.bounding_box()["y"]


@pytest.mark.parametrize(
    ("first", "place", "is_told"),
    [("", 3, True), ("", 1, False), ("ankle-circles", 0, True), ("ankle-circles", 3, False)],
    ids=["lying down", "standing", "lying down at first", "standing at last"],
)
def test_a_session_stopped_lying_down_says_how_to_get_up(session, alice, short_doses, first, place, is_told):
    """Also before the first rep of the exercise: one lies down for it then."""
    alice.prescriptions.filter(exercise__slug=first).update(order=0)
    session.open().start()
    session.leap(session.sheet()["steps"][place]["start"] + 2)
    session.tap("Pause")
    session.tap("Stop here and save")

    expect(session.page.get_by_role("link", name="Go to Today")).to_be_visible()
    expect(session.page.get_by_text("Roll to your side. Sit. Wait. Then stand.")).to_be_visible(visible=is_told)
