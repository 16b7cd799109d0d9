"""Words and meaning together, as tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from indexer.query.parser import parse
from indexer.search.fusion import LIKENESS, conditions, fused, text_of


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
    assert "".join(each for each, _ in fused(by_words, likeness, 10.0)) == order


SCORES = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 50), max_size=8)


@settings(deadline=None)
@given(SCORES, st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1, 1), max_size=8), st.floats(0.1, 60))
def test_everything_has_one_place(by_words: dict[str, float], likeness: dict[str, float], possible: float) -> None:
    found = fused(by_words, likeness, possible)

    assert sorted(each for each, _ in found) == sorted({*by_words, *likeness})
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    assert all(by_words.get(each, 0) <= score <= by_words.get(each, 0) + LIKENESS * possible * 1.0001
               for each, score in found)


@settings(deadline=None)
@given(SCORES, st.floats(0.1, 60))
def test_without_meaning_words_decide(by_words: dict[str, float], possible: float) -> None:
    assert [each for each, _ in fused(by_words, {}, possible)] == sorted(
        by_words, key=lambda each: -by_words[each])
