"""The built index that the pages read, and the newer build that replaces it while requests are answered."""

from __future__ import annotations

import gc
import logging
import os
import time
import weakref
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock, Thread
from typing import Any, TypeVar

from flask import Flask, current_app, g

from indexer import Engine, IndexMissing, OnRecordError, current_build, open_engine, report_of, unlimited

T = TypeVar("T")

RECALLED = 500                    # what is computed for each of many is kept for so many of them
_POLL = 0.25                      # seconds between two checks for a newer build
_log = logging.getLogger("onrecord")


class OpenBuild:
    """An open engine, how many requests read it, and what has been computed from it."""

    def __init__(self, engine: Engine, report: Mapping[str, Any]) -> None:
        self.engine = engine
        self.report = report
        self.readers = 0
        self._values: dict[str, Any] = {}
        self._computing: dict[str, Lock] = {}
        self._recent: OrderedDict[str, Any] = OrderedDict()
        self._recalling = Lock()

    def cached(self, name: str, compute: Callable[[Engine], T]) -> T:
        if name not in self._values:
            with self._computing.setdefault(name, Lock()):
                if name not in self._values:
                    with unlimited():
                        self._values[name] = compute(self.engine)
        found: T = self._values[name]
        return found

    def recalled(self, name: str, compute: Callable[[Engine], T]) -> T:
        """As cached, but for what there is of each of many: only the RECALLED names asked for last are kept."""
        with self._recalling:
            if name in self._recent:
                self._recent.move_to_end(name)
                known: T = self._recent[name]
                return known
        found = compute(self.engine)
        with self._recalling:
            self._recent[name] = found
            if len(self._recent) > RECALLED:
                self._recent.popitem(last=False)
        return found


class OpenIndex:
    """Gives every request one engine from its start to its end: never half of one build and half of the next.

    A thread checks for a newer build and opens it beside the one that answers, so that no request waits for it. A
    request that began on an older build ends on it; the older build is closed after the last such request. If a
    build cannot be opened, the older one goes on answering.
    """

    prepare: Callable[[OpenBuild], None] | None = None       # computes ahead what the first requests will need

    def __init__(self, index: Path, engine: Engine | None = None) -> None:
        """engine: one that is open already and stays, whatever happens to the folder."""
        self.index = index
        self._prepared: OpenBuild | None = None
        self._open = OpenBuild(engine, {}) if engine is not None else None
        self._watched_by = os.getpid() if engine is not None else 0
        self._refused = ""
        self._lock = Lock()
        self._replacing = Lock()

    @property
    def engine(self) -> Engine:
        return self._of_this_request().engine

    @property
    def report(self) -> Mapping[str, Any]:
        """The report that was written when this build was made."""
        return self._of_this_request().report

    def cached(self, name: str, compute: Callable[[Engine], T]) -> T:
        """What is computed once for this build, such as the front page; requests that come meanwhile wait for it."""
        return self._of_this_request().cached(name, compute)

    def recalled(self, name: str, compute: Callable[[Engine], T]) -> T:
        """What is computed for one of many, such as a person, and kept for this build as long as there is room."""
        return self._of_this_request().recalled(name, compute)

    def refresh(self) -> bool:
        """Lets a newer build answer the requests to come. Whether there was one that could be opened."""
        with self._replacing:
            before = self._open
            build = current_build(self.index)
            if before is not None and build in (before.engine.build_id, self._refused):
                return False
            try:
                opened = self._opened()
            except Exception:                    # whatever is wrong with it, the older build must go on answering
                if before is None:
                    raise
                self._refused = build
                _log.exception("Build %s cannot be opened; %s goes on answering.", build, before.engine.build_id)
                return False
            self._switch(opened)
            return True

    def _opened(self) -> OpenBuild:
        """The current build; if it was replaced while it was being opened, the one that replaced it."""
        while True:
            build = current_build(self.index)
            try:
                engine = open_engine(self.index)
                engine.hold()
                return OpenBuild(engine, report_of(self.index, engine.build_id))
            except Exception:                    # it may have been removed while we opened it
                if current_build(self.index) == build:
                    raise

    def _switch(self, opened: OpenBuild) -> None:
        with self._lock:
            before, self._open = self._open, opened
            unread = before is not None and not before.readers
        if before is not None and unread:
            before.engine.close()

    def _of_this_request(self) -> OpenBuild:
        if "build" not in g:
            g.build = self._acquire()
        acquired: OpenBuild = g.build
        return acquired

    def watch(self, prepare: bool = False) -> None:
        """From now on, check for newer builds; prepare: also compute what their first requests will need."""
        with self._lock:
            if self._watched_by != os.getpid():     # also in a process that was forked from one that watches
                self._watched_by = os.getpid()
                Thread(target=_watch, args=(weakref.ref(self), prepare), name="onrecord-watch", daemon=True).start()

    def make_ready(self) -> None:
        """Compute what the first requests of this build will need, so that they need not wait for it."""
        if self.prepare is None or self._open is self._prepared:
            return
        acquired = self._acquire()
        try:
            self._prepared = acquired
            self.prepare(acquired)
        finally:
            self.release(acquired)
        _keep_what_stays()

    def _acquire(self) -> OpenBuild:
        if self._open is None:
            self.refresh()
        self.watch()
        with self._lock:
            if self._open is None:
                raise IndexMissing(self.index)
            self._open.readers += 1
            return self._open

    def release(self, acquired: OpenBuild) -> None:
        """A request has ended."""
        with self._lock:
            acquired.readers -= 1
            unread = not acquired.readers and acquired is not self._open
        if unread:
            acquired.engine.close()


def _keep_what_stays() -> None:
    """Let Python's collector look through what is there now no more: it would do so during every hundredth request,
    which took twice as long. What an older build left behind is taken out first."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _watch(reference: weakref.ref[OpenIndex], prepare: bool) -> None:
    """Until nobody holds the index any more. A folder that is missing for a while is no reason to stop."""
    while (watched := reference()) is not None:
        try:
            watched.refresh()
            if prepare:
                watched.make_ready()
        except (OnRecordError, OSError):
            pass
        except Exception:
            _log.exception("Looking for a newer build failed.")
        del watched
        time.sleep(_POLL)


def _release(error: BaseException | None = None) -> None:
    """At the end of every request."""
    acquired = g.pop("build", None)
    if acquired is not None:
        current_index().release(acquired)


def current_index() -> OpenIndex:
    """The index of the application that answers this request."""
    found: OpenIndex = current_app.extensions["onrecord"]
    return found


def attach(app: Flask, found: OpenIndex, prepared: Mapping[str, Callable[[Engine], Any]]) -> None:
    """prepared: by name, what is computed ahead for each new build."""
    def prepare(opened: OpenBuild) -> None:
        with app.test_request_context():
            for name, compute in prepared.items():
                opened.cached(name, compute)

    found.prepare = prepare
    app.extensions["onrecord"] = found
    app.teardown_request(_release)
