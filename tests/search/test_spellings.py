"""Other ways to write what is sought: which there are, and that every text that is found so is marked so."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from indexer.query import And, Not, Or, Phrase, Query, Words, parse
from indexer.search import matches, wanted
from indexer.search.analysis import forms, stem
from indexer.search.spellings import MOST, other_words, spelt


@pytest.mark.parametrize(("one", "other"), [
    ("e-mail", "email"), ("E‑Mails", "emails"), ("co-op", "coop"), ("co-operate", "cooperate"), ("Wi-Fi", "WiFi"),
    ("high-rise", "highrise"), ("high rise", "Highrise"), ("high-rises", "highrises"), ("U.S.", "US"), ("I.T.", "IT"),
    ("X-ray's", "xray"),
])
def test_one_way(one: str, other: str) -> None:
    """What is one word in texts and queries alike."""
    assert forms(one) == forms(other)


@pytest.mark.parametrize(("one", "other"), [
    ("U.S.", "us"), ("C++", "C"), ("C#", "C++"), ("$5", "5"), ("$5", "£5"), ("high", "highrise"), ("mail", "e-mail"),
])
def test_not_the_same(one: str, other: str) -> None:
    """What would fold into another word does not."""
    assert forms(one) != forms(other)


@pytest.mark.parametrize(("ordinal", "word"), [
    ("1st", "first"), ("2nd", "second"), ("3rd", "third"), ("12th", "twelfth"),
])
def test_ordinals(ordinal: str, word: str) -> None:
    """In figures and in words they have one stem."""
    assert stem(ordinal) == stem(word) != stem("4th")


@pytest.mark.parametrize(("query", "others"), [
    (Words("St"), {Words("saint"), Words("street")}),
    (Words("street"), {Words("st")}),
    (Words("us"), {Words("u.s")}),
    (Words("5", "said"), {Words("$5", "said"), Words("£5", "said"), Words("€5", "said")}),
    (Words("$5"), {Phrase("5 dollars")}),
    (Words("nonprofit"), {Phrase("non profit")}),
    (Phrase("anti-war"), {Words("antiwar")}),
    (Phrase("st marks"), {Phrase("saint marks"), Phrase("street marks")}),
    (Words("street", "mentions"), set()),
    (Phrase("street"), set()),
    (Words("ferry"), set()),
    (Words("read"), set()),
])
def test_ways(query: Words | Phrase, others: set[Query]) -> None:
    """A word between quotation marks, and a name, are sought as they are written."""
    found = spelt(query)
    assert {*(found.parts if isinstance(found, Or) else (found,))} == {query, *others}


def test_within_a_tree() -> None:
    """Every part has its ways, and what is excluded too; few of very many."""
    assert spelt(And((Words("ferry"), Not(Words("saint"))))) == And(
        (Words("ferry"), Not(Or((Words("saint"), Words("st"))))))
    many = spelt(Phrase("st st st st st"))
    assert isinstance(many, Or) and len(many.parts) == MOST


def test_words_that_score() -> None:
    """Those that the query does not have itself."""
    assert other_words(Words("St")) == ["saint", "street"] and other_words(Words("$5")) == ["5", "dollars"]


@pytest.mark.parametrize(("typed", "text", "marks"), [
    ("email", "By e-mail, or E-Mail.", ["e-mail", "E-Mail"]),
    ("high rise", "Highrise or high-rise", ["Highrise", "high", "rise"]),
    ("highrise", "A high-rise and highrises", ["high-rise", "highrises"]),
    ("us", "Give us the U.S.", ["us", "U.S."]),
    ("U.S.", "Give us the U.S. or the US", ["U.S.", "US"]),
    ("$5", "For $5, not 5, not $50", ["$5"]),
    ("$5", "for 5 dollars", ["5 dollars"]),
    ("street", "Alder St. is a street", ["St", "street"]),
    ("2nd", "Second on 2nd", ["Second", "2nd"]),
    ("C++", "C++, not C", ["C++"]),
])
def test_marks(typed: str, text: str, marks: list[str]) -> None:
    """What is found is marked, as it is written."""
    want = wanted(parse(typed).query, ("text",))
    assert [each.span.of(text) for each in matches(text, want)] == marks


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    """The query itself is always among its ways."""
    found = spelt(Words(text))
    assert Words(text) in (found.parts if isinstance(found, Or) else (found,))
