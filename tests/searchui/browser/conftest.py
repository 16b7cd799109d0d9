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
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

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


def violations(page: Page, options: dict[str, list[str]]) -> list[tuple[str, str]]:
    """What axe-core complains about, asked with these options: the rule and the first element that breaks it. It is put
    into a page once."""
    axe = pytest.importorskip("axe_playwright_python.base")
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe.AXE_SCRIPT)
    found = page.evaluate("options => axe.run(options).then(answer => answer.violations)", options)
    return [(each["id"], each["nodes"][0]["html"]) for each in found]


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


@pytest.fixture(scope="session")
def visitor(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """Somebody with a wide window, who has been here before."""
    found = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    yield found
    found.close()


@pytest.fixture
def page(visitor: BrowserContext) -> Iterator[Page]:
    """A new page, of which nothing is remembered. What the page's own files complain about fails the test."""
    found = visitor.new_page()
    complaints: list[str] = []
    found.on("pageerror", lambda error: complaints.append(str(error)))
    found.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield found
    found.evaluate("localStorage.clear()")
    found.close()
    assert not complaints
