"""What a page of Today shows of its day, and another device of the same user."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine

from tests.conftest import logged_in
from tests.support.phone import Phone
from tests.support.pocket import FRIDAY
from tests.support.under_way import until

with_worker = pytest.mark.parametrize("pocket", [True], ids=["worker"], indirect=True)
LOST = ["net::ERR", "htmx:sendError", "htmx:afterRequest", "status of 503", "Error Code 503"]  # in the console
BANNERS = {"offline": "You are offline.", "server down": "Footcare is not answering."}
LATER, LAST = FRIDAY + timedelta(minutes=1), FRIDAY + timedelta(minutes=2)  # the server's clock goes on when told to
FRESH = {
    "ring": "0 of 10 sets done today",
    "next": ["Next: morning session", "Toe presses, then 3 more", "Start · 9 min"],
    "pill": ["Friday, 20 November: 0 of 10 sets", "pill", "fill"],
    "height": 0,
}
TICKED = {
    "ring": "1 of 10 sets done today",
    "next": ["Next: morning session", "Toe walking, then 2 more", "Start · 8 min"],
    "pill": ["Friday, 20 November: 1 of 10 sets", "pill", "fill"],
    "height": 5.6,
}
LOOK = r"""() => {
    const all = (selector) => [...document.querySelectorAll(`#today ${selector}`)];
    const seen = (selector) => all(selector).filter((each) => each.checkVisibility());
    const text = (selector) => seen(selector).map((each) => each.textContent.trim().replace(/\s+/g, " ")).join();
    const named = (selector) => seen(selector).map((each) => each.ariaLabel);
    const [pill] = seen("[data-pill][aria-current]");
    const shapes = seen("[data-pill][aria-current] svg *").map((each) => each.className.baseVal);
    return {
        ring: named(".ring").join(),
        art: all(".next-art use").map((each) => each.getAttribute("href")).join(),
        next: [text(".next-kick"), text("#next-title"), text("a.btn .num")],
        pill: pill ? [pill.querySelector(".sr").textContent, ...shapes] : [],
        height: Number(pill?.querySelector(".fill").getAttribute("height")),
        extras: text(".extra"),
        marks: named("td .mark"),
    };
}"""
WATCH = """() => {
    const label = (selector) => document.querySelector(selector).ariaLabel;
    const note = () => {
        const [ring] = label(".ring").split(" sets");
        const [words] = label("#mark-morning-toe-presses").split(": ")[1].split(", to do");
        if (`${ring}: ${words}` !== window.seen.at(-1)) window.seen.push(`${ring}: ${words}`);
    };
    window.seen = [];
    note();
    new MutationObserver(note).observe(document.body, { attributes: true, childList: true, subtree: true });
}"""


def day_on(page):
    """`next` are the three texts of its card; `pill` its words, then the shapes that are seen."""
    return page.evaluate(LOOK)


def expect_day(pocket, **expected):
    """Its page comes to show this, whatever else it has under way."""

    def look():
        seen = day_on(pocket.page)
        return {name: seen[name] for name in expected}

    until(look, lambda seen: seen == expected)


def watch(pocket):
    """From now on note each change that its page shows, however short."""
    pocket.page.evaluate(WATCH)


def seen_since(pocket):
    """What the ring and the mark of Toe presses, Morning said: "1 of 10: done"."""
    return pocket.page.evaluate("window.seen")


@contextmanager
def another_device(user, at=FRIDAY):
    """Of that user, with a network of its own, at that time."""
    with time_machine.travel(at, tick=False):
        yield Phone(logged_in(user))


def cut_off(pocket, how="offline"):
    """From now on it has no answer, for one of these reasons."""
    return pocket.settle().offline() if how == "offline" else pocket.settle().server(everything="is down")


def come_back(pocket, at=LATER):
    """All that waits is sent."""
    pocket.settle().server(now=at.isoformat()).online()
    pocket.page.evaluate("dispatchEvent(new Event('online'))")
    pocket.expect_empty()


def toast(pocket):
    return pocket.page.locator("#toast")


def tap_undo(pocket):
    toast(pocket).get_by_role("button", name="Undo").click()


def to_do_now(pocket):
    return pocket.page.get_by_role("button", name=re.compile("to do now"))
