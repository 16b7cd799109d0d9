"""The built index that the pages read, reopened when a newer build takes its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, current_app, g

from indexer import Engine, current_build, open_engine, report_of

T = TypeVar("T")


class _Open:
    """An open engine, how many requests read it, and what they worked out about it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.readers = 0
        self.known: dict[str, Any] = {}


class Archive:
    """Gives every request one engine from its start to its end: never half of one build and half of the next.

    A request that began on an older build ends on it; the older build is closed behind the last such request.
    """

    def __init__(self, index: Path, engine: Engine | None = None) -> None:
        """engine: one that is open already and stays, whatever happens to the folder."""
        self.index = index
        self._fixed = engine is not None
        self._open = _Open(engine) if engine is not None else None
        self._lock = Lock()

    @property
    def engine(self) -> Engine:
        return self._of_this_request().engine

    def remember(self, name: str, work_out: Callable[[Engine], T]) -> T:
        """What was worked out once for this build, such as the front page."""
        current = self._of_this_request()
        if name not in current.known:
            current.known[name] = work_out(current.engine)
        found: T = current.known[name]
        return found

    def _of_this_request(self) -> _Open:
        if "archive" not in g:
            g.archive = self._taken()
        taken: _Open = g.archive
        return taken

    def _taken(self) -> _Open:
        with self._lock:
            if self._open is None or not self._fixed and self._open.engine.build_id != current_build(self.index):
                self._replace()
            assert self._open is not None
            self._open.readers += 1
            return self._open

    def _replace(self) -> None:
        opened = _Open(open_engine(self.index))
        before, self._open = self._open, opened
        if before is not None and not before.readers:
            before.engine.close()

    @property
    def report(self) -> Mapping[str, Any]:
        """What the last build said of itself."""
        return {} if self._fixed else report_of(self.index, self.engine.build_id)

    def give_back(self, taken: _Open) -> None:
        """A request has ended."""
        with self._lock:
            taken.readers -= 1
            if not taken.readers and taken is not self._open:
                taken.engine.close()


def give_back(error: BaseException | None = None) -> None:
    """At the end of every request."""
    taken = g.pop("archive", None)
    if taken is not None:
        archive().give_back(taken)


def archive() -> Archive:
    """The archive of the application that answers."""
    found: Archive = current_app.extensions["onrecord"]
    return found


def attach(app: Flask, found: Archive) -> None:
    app.extensions["onrecord"] = found
    app.teardown_request(give_back)
