"""What one request may cost: the time by which it must be answered, and how many words a word* may match.

The server sets a limit for each request, and everything that the request asks shares it. Without a limit, each query
has the usual time. Engines look at their Deadline while they work.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic

from indexer.errors import QueryTooSlow

SECONDS = 2.0                      # for each query, when no limit is set
EXPANSIONS = 3_000


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """until: by the monotonic clock. expansions: the words that one word* may match."""

    until: float
    expansions: int = EXPANSIONS


_set: ContextVar[TimeLimit | None] = ContextVar("time_limit", default=None)


def set_time_limit(seconds: float, expansions: int = EXPANSIONS) -> None:
    """From now on, everything in this thread together has this much."""
    _set.set(TimeLimit(monotonic() + seconds, expansions))


def clear_time_limit() -> None:
    """Each query has the usual time again."""
    _set.set(None)


def time_limit() -> TimeLimit:
    """The limit of a query that begins now."""
    return _set.get() or TimeLimit(monotonic() + SECONDS)


@contextmanager
def unlimited() -> Iterator[None]:
    """For work that is done once for everybody, or that whoever waits can stop."""
    token = _set.set(TimeLimit(float("inf")))
    try:
        yield
    finally:
        _set.reset(token)


class Deadline:
    """The time by which one query must be answered, and how many words a prefix may match."""

    def __init__(self) -> None:
        limit = time_limit()
        self._end = limit.until
        self.expansions = limit.expansions

    def left(self) -> float:
        """Seconds until then."""
        return max(0.0, self._end - monotonic())

    def check(self) -> None:
        """QueryTooSlow when the time is over."""
        if monotonic() > self._end:
            raise QueryTooSlow("This query took too long and was stopped. Fewer words that begin with the same "
                               "letters, shorter phrases or rarer words make it faster.")
