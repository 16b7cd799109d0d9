"""Annotated articles as bytes and back."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given, strategies as st

from indexer.build.serialization import names_packed, pack, pack_people, unpack, unpack_names, unpack_people
from indexer.models import Annotated, Article, Block, Link, Mention, Person, Quotation, Span

SPANS = st.builds(Span, st.integers(0, 99), st.integers(100, 999))
TEXT = st.text(max_size=30)
ARTICLES = st.builds(
    Article, id=TEXT, path=TEXT, title=TEXT, author=TEXT, published=st.none() | st.datetimes(), text=TEXT,
    blocks=st.lists(st.builds(Block, SPANS, st.sampled_from(["quotation", "tweet", "caption"]))).map(tuple),
    links=st.lists(st.builds(Link, SPANS, TEXT)).map(tuple), extra=st.dictionaries(TEXT, TEXT, max_size=3),
    authors=st.lists(TEXT, max_size=3).map(tuple), precision=st.sampled_from(["day", "month", "year"]), language=TEXT,
)
PEOPLE = st.lists(st.builds(
    Person, name=TEXT, description=st.none() | TEXT,
    mentions=st.lists(st.builds(Mention, st.none() | SPANS, TEXT), max_size=4).map(tuple),
), max_size=3).map(tuple)
QUOTATIONS = st.lists(st.builds(
    Quotation, span=SPANS, kind=st.sampled_from(["direct", "block", "reported"]), speaker=st.none() | TEXT,
    speaker_kind=st.none() | st.just("person"), method=st.sampled_from(["name", "none"]),
    cue=st.none() | SPANS, source=st.none() | SPANS, certainty=st.integers(0, 100).map(lambda each: each / 100),
), max_size=3).map(tuple)
NOT_SAID = st.lists(st.builds(
    Quotation, span=SPANS, kind=st.sampled_from(["direct", "reported"]), cue=st.none() | SPANS,
    stance=st.sampled_from(["denied", "hypothetical"]), stance_of=st.none() | TEXT,
), max_size=2).map(tuple)


@given(ARTICLES, PEOPLE, QUOTATIONS, NOT_SAID)
def test_what_is_packed_comes_back(
    article: Article, people: tuple[Person, ...], said: tuple[Quotation, ...], not_said: tuple[Quotation, ...],
) -> None:
    """Nothing is lost or changed on the way through the ledger."""
    annotated = Annotated(article, people, said + not_said)
    assert unpack(pack(annotated), unpack_people(pack_people(people))) == annotated


def test_a_span_at_the_start_of_the_text_comes_back() -> None:
    """An empty-looking span is not no span."""
    said = Quotation(Span(0, 3), "direct", cue=Span(0, 0))
    annotated = Annotated(Article("a", "a.md", "", "", datetime(2012, 3, 4), "abc"), (), (said,))
    assert unpack(pack(annotated), ()) == annotated


def test_names_come_back_without_their_places() -> None:
    """Identity needs each form of a name once."""
    mentions = tuple(Mention(Span(at, at + 3), name) for at, name in enumerate(["Ann", "Low", "Ann"]))
    packed = pack_people([Person("Ann Low", mentions, "a baker")])
    found = unpack_names(names_packed(packed))
    assert found == (Person("Ann Low", (Mention(None, "Ann"), Mention(None, "Low")), "a baker"),)
