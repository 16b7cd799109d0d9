"""What is like an article or a quotation, by meaning and by words. On every engine."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from indexer.errors import NotFound
from indexer.language import fold
from indexer.search.engine import Document, Engine, Kind
from tests.conftest import archive, article_document, quotation_document
from tests.search.meaning import BIKES, FERRY, GOAT, LEVY, SCHOOLS, WALL, Said

ALONE, RISE, WAYS = "priscilla-wu/melodies", "wendell-park/fares-rise", "wendell-park/own-ways"
KINDS: tuple[Kind, ...] = ("article", "quotation", "person")


def documents() -> list[Document]:
    rise = article_document(
        RISE, "Third Rise of Ferry Fares",
        "Fares of the Ferry Point line rise in June. \"A ferry has to float first,\" said Wendell Park.", "2010-05-03",
        speakers=["wendell-park"], mentioned=["wendell-park"], said=["A ferry has to float first,"])
    ways = article_document(
        WAYS, "Pay Your Way",
        "\"Every ferry must pay its own way, always,\" said Mei-Ling Zhao. \"The ferry must pay its own way at last,\" "
        "said Mayor Adeyemi. \"The ferry must pay its own way\", said a sign.", "2011-01-01",
        speakers=["mei-ling-zhao", "ruth-adeyemi"], mentioned=["mei-ling-zhao", "ruth-adeyemi"])
    said = ["Every ferry must pay its own way, always,", "The ferry must pay its own way at last,",
            "The ferry must pay its own way"]
    alone = article_document(ALONE, "Unheard Melodies", "Nightingales whistled unaccompanied throughout.")
    return [*archive(), alone, rise, ways, quotation_document(rise, 1, "A ferry has to float first,", "wendell-park"),
            quotation_document(ways, 1, said[0], "mei-ling-zhao"), quotation_document(ways, 2, said[1], "ruth-adeyemi"),
            quotation_document(ways, 3, said[2], group=fold("The ferry must pay its own way,"))]


def similar(engine: Engine, kind: Kind, id: str, near: Mapping[str, float] | None = None, most: int = 5) -> list[str]:
    engine.meaning = Said(near, []) if near is not None else None
    found = engine.similar(kind, id, most)

    assert all(0 < each.likeness <= 1 for each in found)
    assert {each.by_meaning for each in found} <= {bool(near)}
    assert [each.likeness for each in found] == sorted((each.likeness for each in found), reverse=True)
    return [each.document["id"] for each in found]


def test_articles_that_mean_the_same(engine: Engine) -> None:
    """The nearest first; none that is far."""
    assert similar(engine, "article", FERRY, {GOAT: 0.6, BIKES: 0.2, LEVY: 0.8, FERRY: 1.0}) == [LEVY, GOAT]


def test_near_duplicates_are_shown_once_and_never_beside_each_other(engine: Engine) -> None:
    near = {WALL: 0.8, "jonah-reyes/sea-wall-update": 0.9, SCHOOLS: 0.7}

    assert similar(engine, "article", LEVY, near) == ["jonah-reyes/sea-wall-update", SCHOOLS]
    assert similar(engine, "article", WALL, near) == [SCHOOLS]


def test_no_more_than_asked_for(engine: Engine) -> None:
    assert similar(engine, "article", FERRY, {GOAT: 0.6, BIKES: 0.7, LEVY: 0.8}, most=2) == [LEVY, BIKES]


def test_others_who_mean_the_same(engine: Engine) -> None:
    """Neither what the speaker said elsewhere nor what else is in the article."""
    near = {f"{LEVY}#q1": 0.9, f"{FERRY}#q2": 0.9, f"{BIKES}#q1": 0.8, f"{SCHOOLS}#q1": 0.3, f"{WAYS}#q3": 0.99}

    assert similar(engine, "quotation", f"{FERRY}#q1", near) == [f"{BIKES}#q1"]


def test_articles_with_the_same_rare_words(engine: Engine) -> None:
    """Of an index that knows nothing of meaning."""
    assert {RISE, WAYS} <= set(similar(engine, "article", FERRY))
    assert FERRY in similar(engine, "article", RISE)


def test_quotations_in_nearly_the_same_words(engine: Engine) -> None:
    assert similar(engine, "quotation", f"{FERRY}#q1") == [f"{WAYS}#q1"]


def test_nothing_is_like_something_unique(engine: Engine) -> None:
    assert similar(engine, "article", ALONE) == []
    assert similar(engine, "quotation", f"{SCHOOLS}#q1") == []


def test_a_meaning_that_knows_nothing_leaves_it_to_words(engine: Engine) -> None:
    assert similar(engine, "quotation", f"{FERRY}#q1", {}) == [f"{WAYS}#q1"]


def test_people_are_like_nobody(engine: Engine) -> None:
    assert similar(engine, "person", "ruth-adeyemi", {"hank-sorensen": 0.9}) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_there(engine: Engine, kind: Kind) -> None:
    with pytest.raises(NotFound):
        engine.similar(kind, "no/such#q1")
