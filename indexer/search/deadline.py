"""The time by which an answer must stand."""

from __future__ import annotations

from time import monotonic

from indexer.errors import QueryTooSlow
from indexer.search.time_limit import allowance


class Deadline:
    """The time by which an answer must stand, and how many terms a prefix may stand for."""

    def __init__(self) -> None:
        allowed = allowance()
        self._end = allowed.until
        self.expansions = allowed.expansions

    def left(self) -> float:
        """Seconds until then."""
        return max(0.0, self._end - monotonic())

    def check(self) -> None:
        if monotonic() > self._end:
            raise QueryTooSlow("This query took too long and was stopped. Fewer words that begin with the same "
                               "letters, shorter phrases or rarer words make it faster.")
