"""How an article is cut into passages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from indexer.meaning.passages import LONGEST_QUOTATION, OPENING, STRETCH, STRETCHES, quotation_passages, story_passages
from indexer.models import Annotated, Article, Quotation, Span


def article(text: str, title: str = "Ferry Sinks Slowly") -> Article:
    return Article("a/b", "a/b.md", title, "", None, text)


def test_the_opening_goes_with_the_headline() -> None:
    one, = story_passages(article("It took an hour.\nNobody was on board."))

    assert one.text == "Ferry Sinks Slowly\nIt took an hour.\nNobody was on board."
    assert one.span == Span(0, 37)


def test_a_story_is_cut_between_sentences() -> None:
    sentences = [f"The captain blew the horn {number} times before anybody answered." for number in range(40)]
    passages = list(story_passages(article(" ".join(sentences))))

    assert len(passages) > 3
    assert all(each.text.endswith("answered.") for each in passages)


@pytest.mark.parametrize(("text", "ends"), [
    ("One line. " * 30 + "\n" + "Another line. " * 30, "One line."),               # a paragraph's end, if not too early
    ("Short.\n" + "another " * 100, "another"),                                       # else a space
    ("x" * 2_000, "x" * OPENING),                                                   # else anywhere
])
def test_where_the_opening_ends(text: str, ends: str) -> None:
    first = next(story_passages(article(text)))

    assert first.text.endswith(ends)


def test_an_article_without_text_or_headline_has_one_passage() -> None:
    assert [each.text for each in story_passages(article("", ""))] == [""]


@settings(deadline=None)
@given(st.text(st.sampled_from("ab .!?\n\"”…é\u2028"), max_size=3_000))
def test_passages_cover_a_story_without_overlap(text: str) -> None:
    passages = list(story_passages(article(text)))
    spans = [each.span for each in passages]

    assert all(len(span) <= max(OPENING, STRETCH) for span in spans)
    assert all(one.end <= other.start for one, other in zip(spans, spans[1:]))
    assert "".join(span.of(text) for span in spans).split() or not text.split()
    assert sum(len("".join(span.of(text).split())) for span in spans) == len("".join(text.split()))


def test_a_book_in_one_file_has_so_many_passages_at_most() -> None:
    assert len(list(story_passages(article("word " * 200_000)))) == STRETCHES + 1


def test_quotations_are_passages_by_their_number() -> None:
    text = "“It sank,” she said. “Slowly.”"
    annotated = Annotated(article(text), (), (Quotation(Span(1, 9), "direct"), Quotation(Span(22, 29), "fragment")))

    assert [(each.quotation, each.text) for each in quotation_passages(annotated)] == [(1, "It sank,"), (2, "Slowly.")]


def test_of_a_long_quotation_the_beginning_is_encoded() -> None:
    text = "never " * 500
    annotated = Annotated(article(text), (), (Quotation(Span(0, len(text)), "block"),))
    one, = quotation_passages(annotated)

    assert len(one.text) == LONGEST_QUOTATION and one.span == Span(0, len(text))
