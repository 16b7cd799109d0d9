"""Words and meaning together, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from indexer.query.parser import parse
from indexer.search.fusion import Evidence, NamedDates, Weights, conditions, named_dates, text_of, weights


@pytest.mark.parametrize(("query", "text"), [
    ("who stopped the old ferry", "who stopped the old ferry"),
    ("ferry fare rise", "ferry fare rise"),
    ("ferry fare", ""),                                          # two words say it themselves
    ("ferry", ""),
    ("who stopped the ferry -bridge date:2012", "who stopped the ferry"),
    ('who stopped "sea wall" today', "who stopped today"),       # what is between marks is required, not meant
    ('"sea wall" "old ferry"', ""),
    ("title:ferry title:fare title:rise", ""),
    ("what did they say speaker:Adeyemi", "what did they say"),
    ("ferry OR bridge", ""),
    ("(ferry OR bridge) and a fare rise", ""),
    ("what happened to the ferr* there", ""),
    ("", ""),
])
def test_what_of_a_query_has_a_meaning(query: str, text: str) -> None:
    assert text_of(parse(query).query) == text


@pytest.mark.parametrize(("query", "left"), [
    ("who stopped the ferry", ""),
    ("who stopped the ferry -bridge", "-bridge"),
    ('who stopped "sea wall" today', '"sea wall"'),
    ("who stopped the ferry date:2012 speaker:Adeyemi", "date:2012 speaker:Adeyemi"),
])
def test_what_holds_whatever_is_meant(query: str, left: str) -> None:
    parts = conditions(parse(query).query)
    right = parse(left).query

    assert parts == (() if not left else conditions(right))
    assert len(parts) == len(left.split()) or left.startswith('"')


def near(cosine: float, words: float = 0.0, dated: int = 0) -> Evidence:
    """The opening is as near as the nearest passage."""
    return Evidence(words, cosine, cosine, dated=dated)


@pytest.mark.parametrize(("better", "worse"), [
    (Evidence(0.5), Evidence(0.4)),
    (near(0.6, words=0.4), near(0.2, words=0.5)),             # half matches are put in order by meaning
    (near(0.1, words=0.9), near(0.5)),                        # nearly all the words outweigh it
    (near(0.6), near(0.1, words=0.2)),                        # few do not
    (near(0.3, words=0.5), near(-0.5, words=0.5)),
    (Evidence(0.1), near(-0.5)),
    (near(0.4, dated=1), near(0.4)),                          # a named year decides between equals,
    (near(0.4, dated=2), near(0.4, dated=1)),                 # a month between those of a year,
    (Evidence(0.9), Evidence(0.1, dated=1)),                  # but neither against many more words
    (Evidence(0.3, related=0.5), Evidence(0.3)),              # related words are worth something,
    (Evidence(0.8), Evidence(0.3, related=0.5)),              # but not as much as those that are sought
    (Evidence(0.4, close=0.8), Evidence(0.4, close=0.3)),     # words in one place say more,
    (Evidence(0.4, 0.5, 0.5, several=0.4), Evidence(0.4, 0.5, 0.5, several=0.2)),      # as several passages do
])
def test_what_is_worth_more(better: Evidence, worse: Evidence) -> None:
    """With the weights that ship."""
    assert weights().score(better) > weights().score(worse)


@pytest.mark.parametrize(("text", "years", "months"), [
    ("the storm of October 2012", {2012}, {10}),
    ("what may happen on the march", set(), set()),
    ("the march of May 2011", {2011}, {5}),
    ("from March 2009 to june", {2009}, {3, 6}),
    ("1960 crash of 20,000 or 20123 or 1850", {1960}, set()),
    ("", set(), set()),
])
def test_the_dates_that_a_query_names(text: str, years: set[int], months: set[int]) -> None:
    assert named_dates(text) == NamedDates(frozenset(years), frozenset(months))


@pytest.mark.parametrize(("moment", "agreeing"), [
    (201210301730, 2), (201210000000, 2), (201200000000, 1), (201110010000, 1), (201111010000, 0), (0, 0),
])
def test_a_document_agrees_by_year_and_by_month(moment: int, agreeing: int) -> None:
    assert named_dates("the storm of October 2012").agreeing(moment) == agreeing


@given(st.floats(0, 2), st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 1), st.integers(0, 2), st.floats(0.01, 1))
def test_more_words_are_never_worth_less(
    words: float, opening: float, passage: float, related: float, dated: int, more: float,
) -> None:
    one, other = (Evidence(each, opening, passage, related, dated) for each in (words, words + more))

    assert 0 <= weights().score(one) < weights().score(other)


@given(st.lists(st.floats(0, 2), max_size=8))
def test_without_meaning_words_decide(words: list[float]) -> None:
    assert sorted(words) == sorted(words, key=lambda each: weights().score(Evidence(each)))


def test_meaning_never_takes_away() -> None:
    assert Weights(1.0, 1.0, 0.5, 0.3).score(Evidence(0.4, opening=-0.2, passage=-0.3)) == 0.4
