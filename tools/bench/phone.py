"""Chromium at a phone's size, logged in as the first person of a stage. `slow_down` makes its CPU four times slower."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tools.bench.stages import Stage

SLOWER = 4  # times
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=FLAGS)
        yield browser
        browser.close()


def page_of(browser: Browser, stage: Stage, watch: str) -> Page:
    """A page of its own; the script `watch` runs in it before those of the page."""
    size: Any = {"width": 390, "height": 844}
    address = f"http://localhost:{stage.server.port}"
    context = browser.new_context(
        base_url=address, timezone_id="UTC", viewport=size, has_touch=True, service_workers="block"
    )
    of_log_in = stage.people[0].cookies.items()  # the usual plan, in UTC
    cookies: Any = [{"name": name, "value": value, "domain": "localhost", "path": "/"} for name, value in of_log_in]
    context.add_cookies(cookies)
    context.add_init_script(watch)
    return context.new_page()


def slow_down(page: Page) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
