"""A real browser over a small archive. A machine without one skips these tests; CI must not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from searchui import create_app
from tests.engines.linear_engine import LinearEngine

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

CHROMIUM = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def missing(what: str) -> None:
    """Skip, unless this is CI, which has to have everything."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs {what}")
    pytest.skip(f"no {what}")


MOST_PRESSES = 5                   # that any of the tasks may take


class Hands:
    """Somebody at a page, whose presses are counted: each link, button or box, and typing with the Enter that ends it.
    keys: without a pointer, by Tab and Enter alone."""

    def __init__(self, page: Page, keys: bool = False) -> None:
        self.page = page
        self.keys = keys
        self.presses = 0

    def press(self, target: Locator, key: str = "Enter") -> None:
        """key: what presses it, if there is no pointer."""
        if self.keys:
            self.reach(target)
            self.page.keyboard.press(key)
        else:
            target.click()
        self.presses += 1

    def reach(self, target: Locator) -> None:
        """Press Tab until this has the focus."""
        target.wait_for()
        for _ in range(150):
            if target.evaluate("each => each === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{target} is not reached by keyboard")

    def search(self, typed: str) -> None:
        box = self.page.get_by_role("combobox", name="Search the archive")
        if self.keys:
            self.reach(box)
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.insert_text(typed)
        else:
            box.fill(typed)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.presses += 1

    def link(self, name: str, **options: Any) -> None:
        """Follow the first link of that name."""
        with self.page.expect_navigation():
            self.press(self.page.get_by_role("link", name=name, **options).first)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("playwright")
    if not CHROMIUM:
        missing("chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which an application is served meanwhile."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def address(linear_engine: LinearEngine) -> Iterator[str]:
    """Where the pages are served."""
    with served(create_app({"ENGINE": linear_engine})) as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A wide window. What the page's own files complain about fails the test."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    found = context.new_page()
    complaints: list[str] = []
    found.on("pageerror", lambda error: complaints.append(str(error)))
    found.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield found
    context.close()
    assert not complaints
