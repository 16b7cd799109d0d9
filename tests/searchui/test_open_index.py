"""The open index behind the pages: one build for a request, the newer one for the next."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from gc import collect, get_freeze_count, get_objects, unfreeze
from pathlib import Path
from threading import enumerate as enumerate_threads
from time import monotonic, sleep

import pytest
from flask import Flask, url_for

from indexer.errors import IndexMissing, IndexOutdated
from indexer.search.engine import Engine
from searchui import create_app
from searchui.pages import home_page
from searchui.request import open_index as module
from searchui.request.open_index import OpenIndex, current_index
from tests.engines.linear_engine import LinearEngine


class Build(LinearEngine):
    """An engine that knows whether it was closed."""

    def __init__(self, build_id: str) -> None:
        super().__init__([])
        self.build_id = build_id
        self.closed = False

    def close(self) -> None:
        self.closed = True


class Folder:
    """Stands for the folder of an index: which build answers, what was opened. Watchers of other tests find none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.current = "one"
        self.opened: list[Build] = []

    def build(self, index: Path) -> str:
        if index != self.path:
            raise IndexMissing(index)
        return self.current

    def open(self, index: Path) -> Build:
        self.opened.append(Build(self.current))
        return self.opened[-1]


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Folder:
    folder = Folder(tmp_path)
    monkeypatch.setattr(module, "open_engine", folder.open)
    monkeypatch.setattr(module, "current_build", folder.build)
    return folder


@pytest.fixture
def app(folder: Folder) -> Iterator[Flask]:
    yield create_app({"INDEX": str(folder.path)})


def switch(app: Flask, folder: Folder, build: str) -> None:
    """A build was made, and noticed."""
    folder.current = build
    with app.app_context():
        current_index().refresh()


def answering(app: Flask) -> str:
    """The build that answers a request of its own."""
    with app.test_request_context():
        return current_index().engine.build_id


def test_a_request_stays_on_its_build_and_the_next_gets_the_newer(app: Flask, folder: Folder) -> None:
    """A switch in the middle of a request does not reach it; the old build is closed after its last reader."""
    with app.test_request_context():
        before = current_index().engine
        folder.current = "two"
        current_index().refresh()
        assert current_index().engine is before
        with ThreadPoolExecutor() as other:
            assert other.submit(answering, app).result() == "two"
        assert not folder.opened[0].closed
    assert folder.opened[0].closed
    assert not folder.opened[1].closed


def test_a_build_nobody_reads_is_closed_at_the_switch(app: Flask, folder: Folder) -> None:
    """And the one that answers stays open from request to request."""
    for current in ("one", "one", "two", "two"):
        switch(app, folder, current)
        with app.test_request_context():
            assert current_index().engine.build_id == current
    assert [build.closed for build in folder.opened] == [True, False]


def test_what_was_computed_is_kept_for_its_build_only(app: Flask, folder: Folder) -> None:
    """The front page of one build is never shown for the next."""
    for current in ("one", "one", "two"):
        switch(app, folder, current)
        with app.test_request_context():
            assert current_index().cached("name", lambda engine: engine.build_id) == current


def test_of_many_the_last_ones_are_recalled(app: Flask, folder: Folder) -> None:
    """Computed once for a build while there is room, and never for the next one."""
    computed: list[str] = []

    def recalled(name: str) -> str:
        def compute(engine: Engine) -> str:
            computed.append(name)
            return f"{name} of {engine.build_id}"
        return current_index().recalled(name, compute)

    with app.test_request_context():
        assert [recalled("first"), recalled("second"), recalled("first")] == [
            "first of one", "second of one", "first of one"]
        for number in range(module.RECALLED - 1):
            recalled(f"other {number}")
        assert computed[:2] == ["first", "second"] and len(computed) == module.RECALLED + 1
        assert (recalled("first"), computed[-1]) == ("first of one", f"other {module.RECALLED - 2}")
        assert (recalled("second"), computed[-1]) == ("second of one", "second")
    switch(app, folder, "two")
    with app.test_request_context():
        assert recalled("first") == "first of two"


@pytest.mark.parametrize("endpoint", ["pages.person", "pages.article"])
def test_addresses_are_those_of_the_root(app: Flask, endpoint: str) -> None:
    """Also the second time, under another host, and behind a prefix."""
    values = {"slug": "ada"} if endpoint == "pages.person" else {"id": "a/ferry", "q": "sea wall", "_anchor": "q1"}
    for root in ("http://one.test", "http://two.test/archive", "http://one.test"):
        with app.test_request_context("/", base_url=root):
            for external in (False, True, False):
                found = url_for(endpoint, **values, _external=external)
                assert found == Flask.url_for(app, endpoint, **values, _external=external)
                assert found.startswith(root if external else root[15:] + "/")
    with app.test_request_context():
        assert url_for("pages.search", q=["a", "b"]) == "/search?q=a&q=b"


def test_a_newer_build_is_noticed_by_itself(app: Flask, folder: Folder) -> None:
    """Without any request that would look for it; it is looked for more than once a second."""
    assert answering(app) == "one"
    folder.current = "two"
    assert module._POLL < 1
    until = monotonic() + 300
    while app.extensions["onrecord"]._open.engine.build_id == "one" and monotonic() < until:
        sleep(0.02)
    assert answering(app) == "two"


def test_a_build_that_cannot_be_opened_leaves_the_older_answering(
        app: Flask, folder: Folder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """It is tried once and logged once; the next one is tried again."""
    def fail(index: Path) -> Build:
        folder.opened.append(Build("broken"))
        raise IndexOutdated(index, "schema 0", "schema 1")

    assert answering(app) == "one"
    monkeypatch.setattr(module, "open_engine", fail)
    for _ in range(3):
        switch(app, folder, "two")
    assert answering(app) == "one"
    assert [build.build_id for build in folder.opened] == ["one", "broken"]
    assert [record.getMessage() for record in caplog.records] == [
        "Build two cannot be opened; one goes on answering."]
    monkeypatch.setattr(module, "open_engine", folder.open)
    switch(app, folder, "three")
    assert answering(app) == "three"


def test_an_index_that_goes_leaves_its_build_answering(
        app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is not there for a moment, such as a disk being mounted again, is no reason to fall silent."""
    def gone(index: Path) -> str:
        raise IndexMissing(index)

    assert answering(app) == "one"
    monkeypatch.setattr(module, "current_build", gone)
    assert answering(app) == "one"


def test_what_many_need_at_once_is_computed_once(app: Flask) -> None:
    """Requests that come while it is computed wait for it."""
    worked: list[str] = []

    def slowly(engine: Engine) -> str:
        sleep(0.05)
        worked.append(engine.build_id)
        return engine.build_id

    def asking(_: int) -> str:
        with app.test_request_context():
            return current_index().cached("slow", slowly)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(asking, range(8))) == ["one"] * 8
    assert worked == ["one"]


def test_a_new_build_is_made_ready_for_its_first_requests(app: Flask, folder: Folder) -> None:
    """Where a server watches: the front page is computed before anybody requests it."""
    found = app.extensions["onrecord"]
    found.watch(prepare=True)
    for build in ("one", "two"):
        folder.current = build
        until = monotonic() + 300
        while getattr(found._prepared, "engine", folder).__dict__.get("build_id") != build and monotonic() < until:
            sleep(0.02)
        with app.test_request_context():
            def too_late(engine: Engine) -> str:
                raise AssertionError("computed again")

            assert current_index().cached("home", too_late) is not None
            assert current_index().engine.build_id == build
    assert folder.opened[0].closed


def test_what_stays_is_not_looked_through_again(app: Flask) -> None:
    """Python's collector leaves what a ready build holds alone."""
    try:
        with app.test_request_context():
            front = current_index().cached("home", home_page)
        app.extensions["onrecord"].make_ready()
        assert get_freeze_count() > 0
        assert all(each is not front for each in get_objects())
    finally:
        unfreeze()


def test_nobody_watches_for_an_archive_that_is_gone(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread ends with the application."""
    monkeypatch.setattr(module, "_POLL", 0.01)
    watchers = {thread for thread in enumerate_threads() if thread.name == "onrecord-watch"}
    app = create_app({"INDEX": str(folder.path)})
    assert answering(app) == "one"
    [watcher] = {thread for thread in enumerate_threads() if thread.name == "onrecord-watch"} - watchers
    del app
    collect()
    watcher.join(2)
    assert not watcher.is_alive()


def test_without_an_index_pages_say_how_to_build_one(tmp_path: Path) -> None:
    """Not a stack trace: the command that mends it."""
    client = create_app({"INDEX": str(tmp_path)}).test_client()
    for address in ("/", "/search?q=ferry", "/people", "/about"):
        response = client.get(address)
        assert response.status_code == 503
        assert "onrecord build" in response.text
    assert client.get("/help").status_code == 200


def test_an_engine_given_stays(linear_engine: LinearEngine, tmp_path: Path) -> None:
    """Tests and other programs hand in an engine; no folder is looked at."""
    app = create_app({"ENGINE": linear_engine, "INDEX": str(tmp_path)})
    with app.test_request_context():
        assert current_index().engine is linear_engine
        assert isinstance(current_index(), OpenIndex)
        assert current_index().report == {}
