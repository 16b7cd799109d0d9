"""Documents that have a related word instead of the one that is sought. On every engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from indexer.query.tree import EVERYTHING
from indexer.search.engine import Document, Engine
from indexer.search.query_engine import QueryEngine
from indexer.search.related import MOST, WordShares, word_shares
from indexer.search.time_limit import Deadline
from tests.conftest import archive
from tests.search.meaning import FERRY, GOAT, Said


def documents() -> list[Document]:
    return archive()


def had(
    engine: Engine, words: Sequence[str], alike: Mapping[str, Sequence[str]]
) -> tuple[WordShares, Mapping[int, str]]:
    """What all articles have of words, and their ids."""
    assert isinstance(engine, QueryEngine)
    searcher = engine.searcher("article", Deadline())
    every = searcher.answer(searcher.matching(EVERYTHING), EVERYTHING, "newest", 100).found
    ids = {each.number: id for each, id in zip(every, searcher.ids(every))}
    return word_shares(searcher, Said({}, [], alike), words, every), ids


def shares(engine: Engine, words: Sequence[str], alike: Mapping[str, Sequence[str]]) -> Mapping[str, float]:
    """Of related words, of the articles that have any, by their ids."""
    found, ids = had(engine, words, alike)
    return {ids[number]: round(share, 6) for number, share in found.related.items()}


def own(engine: Engine, words: Sequence[str]) -> Mapping[str, float]:
    """Of the words themselves, of the articles that have any, by their ids."""
    found, ids = had(engine, words, {})
    return {ids[number]: round(share, 6) for number, share in found.own.items()}


def test_a_related_word_stands_for_the_one_that_is_sought(engine: Engine) -> None:
    assert shares(engine, ["camels"], {"camels": ["goats"]}) == {GOAT: 1.0}
    assert shares(engine, ["camels"], {}) == {}


def test_it_counts_only_without_that_one(engine: Engine) -> None:
    assert GOAT not in shares(engine, ["goat"], {"goat": ["hay", "quarry"]})


def test_other_forms_of_the_word_are_the_word(engine: Engine) -> None:
    assert shares(engine, ["goats"], {"goats": ["goat"]}) == {}


def test_rare_words_count_more(engine: Engine) -> None:
    """A word that nobody used is the rarest."""
    found = shares(engine, ["camels", "ferry"], {"camels": ["goat"]})

    assert 0.5 <= found[GOAT] < 1.0
    assert FERRY not in found


def test_no_more_words_are_looked_for_than_a_few(engine: Engine) -> None:
    unknown = [f"{letter}xyzzy" for letter in "abcdefghijklmnopqrstuvwxyz"]

    assert shares(engine, ["camels"], {"camels": [*unknown[:MOST - 1], "goat"]}) == {GOAT: 1.0}
    assert shares(engine, ["camels"], {"camels": [*unknown[:MOST], "goat"]}) == {}


def test_an_article_has_a_share_of_the_words(engine: Engine) -> None:
    assert own(engine, ["goats"])[GOAT] == 1.0
    assert 0.0 < own(engine, ["goat", "ferry"])[GOAT] < 1.0
    assert own(engine, ["camels"]) == {}


@pytest.mark.parametrize("words", [[], [""], ["-"], ["\U0001f600"]])
def test_nothing_is_related_to_nothing(engine: Engine, words: list[str]) -> None:
    assert shares(engine, words, {}) == own(engine, words) == {}
