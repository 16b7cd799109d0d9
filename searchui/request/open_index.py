"""The built index that the pages read, and the newer build that takes its place while requests go on."""

from __future__ import annotations

import logging
import os
import time
import weakref
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock, Thread
from typing import Any, TypeVar

from flask import Flask, current_app, g

from indexer import Engine, IndexMissing, OnRecordError, current_build, open_engine, report_of, unlimited

T = TypeVar("T")

_LOOK = 0.25                      # seconds between two looks for a newer build
_log = logging.getLogger("onrecord")


class _Open:
    """An open engine, how many requests read it, and what they worked out about it."""

    def __init__(self, engine: Engine, report: Mapping[str, Any]) -> None:
        self.engine = engine
        self.report = report
        self.readers = 0
        self._known: dict[str, Any] = {}
        self._working: dict[str, Lock] = {}

    def remember(self, name: str, work_out: Callable[[Engine], T]) -> T:
        if name not in self._known:
            with self._working.setdefault(name, Lock()):
                if name not in self._known:
                    with unlimited():
                        self._known[name] = work_out(self.engine)
        found: T = self._known[name]
        return found


class Archive:
    """Gives every request one engine from its start to its end: never half of one build and half of the next.

    A thread looks for a newer build and opens it beside the one that answers, so that no request waits for it. A
    request that began on an older build ends on it; the older build is closed behind the last such request. A
    build that cannot be opened leaves the older one answering.
    """

    prepare: Callable[[_Open], None] | None = None       # works out ahead what the first requests will need

    def __init__(self, index: Path, engine: Engine | None = None) -> None:
        """engine: one that is open already and stays, whatever happens to the folder."""
        self.index = index
        self._prepared: _Open | None = None
        self._open = _Open(engine, {}) if engine is not None else None
        self._watched_by = os.getpid() if engine is not None else 0
        self._refused = ""
        self._lock = Lock()
        self._replacing = Lock()

    @property
    def engine(self) -> Engine:
        return self._of_this_request().engine

    @property
    def report(self) -> Mapping[str, Any]:
        """What this build said of itself when it was made."""
        return self._of_this_request().report

    def remember(self, name: str, work_out: Callable[[Engine], T]) -> T:
        """What is worked out once for this build, such as the front page; who comes meanwhile waits for it."""
        return self._of_this_request().remember(name, work_out)

    def refresh(self) -> bool:
        """Lets a newer build answer the requests to come. Whether there was one that could be opened."""
        with self._replacing:
            before = self._open
            build = current_build(self.index)
            if before is not None and build in (before.engine.build_id, self._refused):
                return False
            try:
                opened = self._opened()
            except Exception:                    # whatever is wrong with it, it must not silence the other
                if before is None:
                    raise
                self._refused = build
                _log.exception("Build %s cannot be opened; %s goes on answering.", build, before.engine.build_id)
                return False
            self._switch(opened)
            return True

    def _opened(self) -> _Open:
        """The build that answers; if it was replaced while it was being opened, the one that replaced it."""
        while True:
            build = current_build(self.index)
            try:
                engine = open_engine(self.index)
                return _Open(engine, report_of(self.index, engine.build_id))
            except Exception:                    # it may have been removed under our hands
                if current_build(self.index) == build:
                    raise

    def _switch(self, opened: _Open) -> None:
        with self._lock:
            before, self._open = self._open, opened
            unread = before is not None and not before.readers
        if before is not None and unread:
            before.engine.close()

    def _of_this_request(self) -> _Open:
        if "archive" not in g:
            g.archive = self._taken()
        taken: _Open = g.archive
        return taken

    def watch(self, prepare: bool = False) -> None:
        """From now on newer builds are looked for; prepare: and made ready for their first requests."""
        with self._lock:
            if self._watched_by != os.getpid():     # also in a process that was forked from one that watches
                self._watched_by = os.getpid()
                Thread(target=_watch, args=(weakref.ref(self), prepare), name="onrecord-watch", daemon=True).start()

    def make_ready(self) -> None:
        """What the first requests of this build will need, for which they would wait."""
        if self.prepare is None or self._open is self._prepared:
            return
        taken = self._taken()
        try:
            self._prepared = taken
            self.prepare(taken)
        finally:
            self.give_back(taken)

    def _taken(self) -> _Open:
        if self._open is None:
            self.refresh()
        self.watch()
        with self._lock:
            if self._open is None:
                raise IndexMissing(self.index)
            self._open.readers += 1
            return self._open

    def give_back(self, taken: _Open) -> None:
        """A request has ended."""
        with self._lock:
            taken.readers -= 1
            unread = not taken.readers and taken is not self._open
        if unread:
            taken.engine.close()


def _watch(of: weakref.ref[Archive], prepare: bool) -> None:
    """Until nobody has the archive any more. A folder that has gone for a while is no reason to stop."""
    while (watched := of()) is not None:
        try:
            watched.refresh()
            if prepare:
                watched.make_ready()
        except (OnRecordError, OSError):
            pass
        except Exception:
            _log.exception("Looking for a newer build failed.")
        del watched
        time.sleep(_LOOK)


def give_back(error: BaseException | None = None) -> None:
    """At the end of every request."""
    taken = g.pop("archive", None)
    if taken is not None:
        archive().give_back(taken)


def archive() -> Archive:
    """The archive of the application that answers."""
    found: Archive = current_app.extensions["onrecord"]
    return found


def attach(app: Flask, found: Archive, prepared: Mapping[str, Callable[[Engine], Any]]) -> None:
    """prepared: by name, what is worked out ahead for each new build."""
    def prepare(opened: _Open) -> None:
        with app.test_request_context():
            for name, work_out in prepared.items():
                opened.remember(name, work_out)

    found.prepare = prepare
    app.extensions["onrecord"] = found
    app.teardown_request(give_back)
