"""How an article is cut into passages."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from indexer.meaning.passages import OPENING, QUOTED, STRETCH, STRETCHES, Passage, PassagePart, passages_of
from indexer.models import Annotated, Article, Quotation, Span


def cut(text: str, *quoted: tuple[int, int], title: str = "Ferry Sinks Slowly") -> list[Passage]:
    """The passages of a story; quoted: where its quotations begin and end."""
    article = Article("a/b", "a/b.md", title, "", None, text)
    return list(passages_of(Annotated(article, (), tuple(Quotation(Span(*each), "direct") for each in quoted))))


def quotations(passage: Passage) -> list[PassagePart]:
    return [each for each in passage.parts if each.quotation]


def test_the_opening_goes_with_the_headline() -> None:
    one, = cut("It took an hour.\nNobody was on board.")

    assert (one.text, one.span) == ("Ferry Sinks Slowly\nIt took an hour.\nNobody was on board.", Span(0, 37))


def test_every_stretch_is_read_after_the_headline() -> None:
    """Only the opening has a vector as a whole."""
    first, *others = cut("The captain waved at us from the bridge. " * 40)

    assert len(others) == STRETCHES and first.span and not any(each.span for each in others)
    assert all(each.text.startswith("Ferry Sinks Slowly\nThe captain") for each in (first, *others))


def test_every_sentence_has_a_vector() -> None:
    """Short ones with those that follow; what is left at the end with that before it."""
    sentences = [
        "The captain blew the horn for an hour at least.", "Nobody came. It was a Sunday, and everybody slept.",
        "In the end he swam ashore to wake his brother. He did.",
    ]
    one, = cut(" ".join(sentences))

    assert [each.place.of(one.text) for each in one.parts] == sentences
    assert [each.span.of(" ".join(sentences)) for each in one.parts] == sentences


def test_a_story_is_cut_between_sentences() -> None:
    sentences = [f"The captain blew the horn {number} times before anybody answered." for number in range(40)]
    passages = cut(" ".join(sentences))

    assert len(passages) == 1 + STRETCHES
    assert all(each.text.endswith("answered.") for each in passages)


@pytest.mark.parametrize(("text", "ends"), [
    ("One line. " * 30 + "\n" + "Another line. " * 30, "One line."),           # a paragraph's end, if not too early
    ("Short.\n" + "another " * 100, "another"),                               # else a space
    ("x" * 2_000, "x" * OPENING),                                             # else anywhere
])
def test_where_the_opening_ends(text: str, ends: str) -> None:
    assert cut(text)[0].text.endswith(ends)


def test_an_article_without_text_or_headline_has_one_passage() -> None:
    assert cut("", title="") == [Passage("", Span(0, 0))]


def test_quotations_are_read_in_their_passage() -> None:
    text = "“It sank,” she said. “Slowly.”"
    one, = cut(text, (1, 9), (22, 29))

    assert [(each.quotation, each.place.of(one.text), each.span) for each in quotations(one)] == [
        (1, "It sank,", Span(1, 9)), (2, "Slowly.", Span(22, 29))]


def test_a_quotation_that_goes_on_is_read_where_most_of_it_is() -> None:
    """Of it, what that passage has."""
    text = "x" * 440 + " " + "y" * 100
    first, second = cut(text, (430, 541))

    assert not quotations(first)
    assert [(each.place.of(second.text), each.span) for each in quotations(second)] == [("y" * 100, Span(430, 541))]


def test_a_quotation_beyond_the_passages_is_read_by_itself() -> None:
    text = "word " * 1_000
    last = cut(text, (4_000, 4_004), (4_010, 4_990))[-2:]

    assert [(each.text, each.span) for each in last] == [("word", None), (text[4_010:4_010 + QUOTED], None)]
    assert [each.parts[0].span for each in last] == [Span(4_000, 4_004), Span(4_010, 4_990)]


@given(st.text(st.sampled_from("ab .!?\n\"”…é\u2028"), max_size=3_000),
       st.lists(st.tuples(st.integers(0, 3_000), st.integers(1, 400)), max_size=5))
def test_passages_cover_a_story_without_overlap(text: str, quoted: list[tuple[int, int]]) -> None:
    """As far as they go; and every quotation is in one of them."""
    within = [(start, min(start + length, len(text))) for start, length in quoted if start < len(text)]
    passages = cut(text, *within)
    spans = [part.span for each in passages for part in each.parts if not part.quotation]
    stretches = sum(any(not part.quotation for part in each.parts) for each in passages)
    read = "".join("".join(span.of(text) for span in spans).split())

    assert all(len(span) <= max(OPENING, STRETCH) for span in spans)
    assert all(one.end <= other.start for one, other in zip(spans, spans[1:]))
    assert "".join(text.split()).startswith(read)
    assert stretches == 1 + STRETCHES or read == "".join(text.split())
    assert sorted(each.quotation for passage in passages for each in quotations(passage)) == list(
        range(1, len(within) + 1))
    assert all(0 <= each.place.start < each.place.end <= len(passage.text)
               for passage in passages for each in passage.parts)
