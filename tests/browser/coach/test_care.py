"""What never counts, in a real browser: the coach guides it, and nothing of it is stored or sent."""

import pytest
from playwright.sync_api import expect

from exercises.models import CompletedSet
from tests.support.session_page import SessionPage, silence


class Care(SessionPage):
    def open(self, slug):
        self.page.clock.install()
        self.page.goto(f"/care/{slug}/")
        return self.hold_time()


@pytest.fixture
def care(alice_page, context, alice):
    silence(context, alice)
    return Care(alice_page)


def test_a_massage_is_guided_to_its_end_and_leaves_nothing(care):
    care.open("foot-massage").start()
    care.run(8.1)
    expect(care.word).to_have_text("Roll")
    care.leap(care.sheet()["seconds"])

    expect(care.page.get_by_role("heading", name="Nice work.")).to_be_focused()
    expect(care.page.get_by_role("main").get_by_role("link", name="Look after your feet").first).to_be_visible()
    care.page.clock.resume()
    care.page.goto("/")
    expect(care.page.locator("#unsent")).to_be_hidden()
    assert care.export()["sets"] == []
    assert not CompletedSet.objects.exists()


def test_it_can_be_paused_and_left(care):
    care.open("toe-stretch").start()
    care.tap("Pause")
    expect(care.page.get_by_role("button", name="I did it without the timer")).to_have_count(0)

    care.tap("Stop here")
    expect(care.page.get_by_role("main").get_by_role("heading", level=1)).to_be_focused()
