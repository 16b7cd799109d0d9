"""Words and meaning together, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from indexer.query.parser import parse
from indexer.search.fusion import LIKENESS, NamedDates, conditions, fused, named_dates, text_of


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


@pytest.mark.parametrize(("by_words", "likeness", "order"), [
    ({}, {}, ""),
    ({"a": 5.0, "b": 4.0}, {}, "ab"),
    ({"a": 5.0, "b": 4.0}, {"a": 0.2, "b": 0.6}, "ba"),          # half matches are put in order by meaning
    ({"a": 9.0}, {"a": 0.1, "b": 0.6}, "ab"),                    # nearly all the words outweigh it
    ({"a": 3.0}, {"a": 0.1, "b": 0.6}, "ba"),                    # few do not
    ({}, {"a": 0.3, "b": 0.4, "c": 0.35}, "bca"),
    ({"a": 5.0, "b": 5.0}, {"a": 0.3, "b": 0.3, "c": -0.5}, "abc"),
    ({"a": 1.0}, {"b": -0.5}, "ab"),
])
def test_the_order(by_words: dict[str, float], likeness: dict[str, float], order: str) -> None:
    """All the words of these queries are worth 10."""
    assert "".join(each for each, _ in fused(by_words, likeness, {}, 10.0)) == order


def test_a_named_year_decides_between_equals() -> None:
    """And a month between those of a year; but not against many more words."""
    agreeing = {"b": 1, "c": 2}

    assert "".join(each for each, _ in fused(dict.fromkeys("abc", 4.0), {}, agreeing, 10.0)) == "cba"
    assert fused({"a": 9.0, "b": 1.0}, {}, agreeing, 10.0)[0][0] == "a"


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


SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 50), max_size=8)


@settings(deadline=None)
@given(SCORES, st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1, 1), max_size=8), st.floats(0.1, 60))
def test_everything_has_one_place(by_words: dict[str, float], likeness: dict[str, float], possible: float) -> None:
    found = fused(by_words, likeness, {}, possible)

    assert sorted(each for each, _ in found) == sorted({*by_words, *likeness})
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert all(by_words.get(each, 0) <= score <= by_words.get(each, 0) + LIKENESS * possible * 1.0001
               for each, score in found)


@settings(deadline=None)
@given(SCORES, st.floats(0.1, 60))
def test_without_meaning_words_decide(by_words: dict[str, float], possible: float) -> None:
    assert [each for each, _ in fused(by_words, {}, {}, possible)] == sorted(
        by_words, key=lambda each: -by_words[each])
