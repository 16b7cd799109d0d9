"""Reported speech of texts that nobody would write."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from indexer.attribution import attributed
from indexer.models import Article, Block, Span
from indexer.people import find_people
from indexer.quotations import paragraphs
from indexer.reported import find_reported
from tests.work import is_linear, steps

PIECES = st.sampled_from("""
    Adeyemi Haddad she he they said says told denied that whether to if ferry closes would close plan according claim
    his her , , . . " ” “ ( ) — : ; and but reporters asked urged adding saying , Ruth the a \n 's not never who
""".split(" ") + ["\n", "\n"])
TEXTS = st.lists(PIECES, max_size=60).map(" ".join)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=3))
def test_contents_are_slices_of_one_paragraph_outside_of_what_is_set_apart(
    text: str, places: list[tuple[int, int]]
) -> None:
    """Whatever the text, words are a slice of one paragraph, with the cue outside unless it is in their midst, and
    never part of a caption or a credit."""
    apart = [Span(start, min(start + size, len(text))) for start, size in sorted(places) if start < len(text)]
    article = Article("a", "a.md", "", "", None, text, tuple(Block(span, "caption") for span in apart))
    found = find_reported(attributed(article, find_people("", text, article.blocks)))

    for each in found:
        assert 0 <= each.span.start < each.span.end <= len(text)
        assert any(each.span in line for line in paragraphs(text))
        assert not any(each.span.overlaps(span) for span in apart)
        assert each.cue is not None and (each.cue in each.span or not each.cue.overlaps(each.span))
        assert 0 < each.certainty < 1
    assert len({each.span for each in found}) == len(found)
    assert [each.span.start for each in found] == sorted(each.span.start for each in found)


HOSTILE = ["said ", "she said, ", "he said she said that ", ", ", '"a" said ', "( ", "according to ", "his claim that ",
           "Haddad said. ", "and but ", "who ", "told told "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_take_time_in_proportion(piece: str) -> None:
    """A text that repeats one piece costs about four times as much when it is four times as long."""
    read = {times: attributed(Article("a", "a.md", "", "", None, piece * times), ()) for times in (149, 150, 600)}
    assert is_linear(lambda times: find_reported(read[times]), 150)


@pytest.mark.parametrize(("piece", "most"), [("according to a, ", 250), ("said ", 450), ('said "a b" ', 220)])
def test_words_full_of_cues_take_little_time(piece: str, most: int) -> None:
    """The more cues a paragraph has, the fewer words are looked at for each: so many steps a character."""
    text = piece * 600
    found = attributed(Article("a", "a.md", "", "", None, text), ())
    assert steps(lambda: find_reported(found)) < most * len(text)
