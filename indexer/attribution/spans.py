"""Spans of a text, in order, for asking often which of them contain another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from indexer.models import Span


class Spans:
    """Some spans of a text; they may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in self._spans]
        self._furthest = list(accumulate((span.end for span in self._spans), max))

    def contains(self, span: Span) -> bool:
        """Whether one of them contains the whole of a span."""
        number = bisect_right(self._starts, span.start)
        return number > 0 and self._furthest[number - 1] >= span.end

    def within(self, span: Span) -> Iterator[Span]:
        """Those that are within a span."""
        for number in range(bisect_left(self._starts, span.start), bisect_right(self._starts, span.end)):
            if self._spans[number].end <= span.end:
                yield self._spans[number]
