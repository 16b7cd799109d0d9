"""Spans in order answer as looking at each would."""

from __future__ import annotations

from hypothesis import given, strategies as st

from indexer.attribution.spans import Spans
from indexer.models import Span


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=12), st.integers(0, 30), st.integers(1, 10))
def test_spans_contain(places: list[tuple[int, int]], start: int, length: int) -> None:
    """Which contain a span, and which are within it."""
    spans, asked = [Span(at, at + size) for at, size in places], Span(start, start + length)
    assert Spans(spans).contains(asked) == any(asked in span for span in spans)
    assert sorted(map(repr, Spans(spans).within(asked))) == sorted(repr(span) for span in spans if span in asked)
