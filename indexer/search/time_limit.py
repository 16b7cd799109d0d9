"""What one request may cost: until when an answer must stand, and how many words a word* may stand for.

Engines ask here while they work; the server says it once for each request, and all that the request asks shares it.
Whoever says nothing has the usual time for each query.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic

SECONDS = 2.0                      # for a query, where nothing else is said
EXPANSIONS = 3_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """until: by the monotonic clock. expansions: the words that one word* may stand for."""

    until: float
    expansions: int = EXPANSIONS


_said: ContextVar[Allowance | None] = ContextVar("allowance", default=None)


def allow(seconds: float, expansions: int = EXPANSIONS) -> None:
    """From now on, everything in this thread shares this much."""
    _said.set(Allowance(monotonic() + seconds, expansions))


def forget() -> None:
    """What was said holds no longer."""
    _said.set(None)


def allowance() -> Allowance:
    """What is left for the query that begins now."""
    return _said.get() or Allowance(monotonic() + SECONDS)


@contextmanager
def unhurried() -> Iterator[None]:
    """For what is worked out once for everybody, and must be worked out."""
    token = _said.set(Allowance(float("inf")))
    try:
        yield
    finally:
        _said.reset(token)
