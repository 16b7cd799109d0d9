"""Addresses of shared notebooks, and what the browser keeps of one, opened in a browser."""

from __future__ import annotations

import atexit
import base64
import json
import logging
import os
import shutil
from threading import Thread
from typing import Any

from werkzeug.serving import make_server

from benchmarks.fuzz.feeding import Target, Targets, encoded, hold
from benchmarks.fuzz.sample import sample_index
from searchui import create_app

ID = "ben-castellan/it-is-two-dollars-now-ferry-fare-doubles#q5"
SCRIPT = "<img src=x onerror=window.ran=1>"
WORDS = encoded((
    "[", "]", ",", '"', "\\u0000", "\\ud800", "null", "true", "1e999", "{}", ID, SCRIPT, "javascript:window.ran=1",
    "%F0", "%", "#", "\u202e", "\u0301", "=1", "__proto__", "x" * 600))


class Notebook:
    """Anything in the part of the address that is never sent, or in what the browser kept (by the first byte: as it is,
    packed, kept): the page shows something, runs nothing, and asks no other host."""

    def __init__(self) -> None:
        from playwright.sync_api import sync_playwright

        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        server = make_server("127.0.0.1", 0, create_app({"INDEX": str(sample_index())}), threaded=True)
        Thread(target=server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{server.port}/notebook"
        playwright = sync_playwright().start()
        chromium = os.environ.get("ONRECORD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        atexit.register(playwright.stop)
        atexit.register(browser.close)
        self.page = browser.new_page()
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(f"a script failed: {error}"))
        self.page.on("request", lambda request: self._look_at(request.url))
        self.page.goto(self.address)

    def _look_at(self, url: str) -> None:
        if not url.startswith(self.address.removesuffix("notebook")):
            self.wrong.append(f"another host was asked: {url}")

    def __call__(self, data: bytes) -> None:
        way, content = data[0] % 3 if data else 0, data[1:]
        text = content.decode("utf-8", "replace")
        kept = text if way == 2 else "[]"
        fragment = {0: text, 1: base64.urlsafe_b64encode(content).decode().rstrip("=")}.get(way, "")
        self.wrong.clear()
        self.page.evaluate("(kept) => localStorage.setItem('notebook', kept)", kept)
        self.page.goto("about:blank")
        self.page.goto(f"{self.address}#{fragment}", wait_until="domcontentloaded")
        self.page.locator("#notebook > *").first.wait_for(timeout=10_000)
        hold(not self.wrong, "; ".join(self.wrong))
        hold(self._number("img, iframe, #notebook script") == 0, "no element of the notebook's text is made")
        hold(self.page.evaluate("window.ran") is None, "nothing in it is run")

    def _number(self, selector: str) -> int:
        found: int = self.page.locator(selector).count()
        return found


def _packed(value: Any) -> bytes:
    return json.dumps(value).encode()


TARGETS: Targets = {
    "notebook": lambda: Target(Notebook(), [
        b"\0W1siYSMxIiwxXSxbMiwzXSwieCIsbnVsbF0", b"\1" + _packed([[ID, "see page 4"], [ID, SCRIPT], ["x", ""]]),
        b"\2" + _packed([{"id": ID, "note": SCRIPT, "text": "words"}, {"id": "gone", "note": "", "text": SCRIPT}])],
        WORDS),
}
