"""Searches that meaning helps: what it may find, what it may not, and how that is shown. On every engine."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from indexer.query.parser import parse
from indexer.query.tree import EVERYTHING, Exact, Query, Range, all_of
from indexer.search.engine import Document, Engine, Kind, Results
from indexer.search.likeness import Meaning
from tests.conftest import archive
from tests.search.meaning import AGAIN, BIKES, FERRY, GOAT, LEVY, NOTE, SCHOOLS, WALL, Said


def documents() -> list[Document]:
    return archive()


def search(
    engine: Engine, query: str, near: Mapping[str, float], kind: Kind = "article", filters: Query = EVERYTHING,
    **options: int,
) -> Results:
    engine.meaning = Said(near, [])
    return engine.search(parse(query).query, kind=kind, filters=filters, **options)     # type: ignore[arg-type]


def found(results: Results) -> list[tuple[str, bool]]:
    return [(hit.document["id"], hit.by_meaning) for hit in results.hits]


def test_what_means_the_same_is_found_without_its_words(engine: Engine) -> None:
    results = search(engine, "how costly are maritime journeys", {FERRY: 0.7, GOAT: 0.4})

    assert found(results)[0] == (FERRY, True)
    assert results.total == 0 and results.relaxed
    hit = results.hits[0]
    assert hit.partial and hit.snippets[0].text == "Fares on the …" and hit.snippets[0].marks == ()


def test_all_the_words_come_before_any_meaning(engine: Engine) -> None:
    results = search(engine, "goat walked quarry paths", {FERRY: 0.99})

    assert found(results)[:2] == [(GOAT, False), (FERRY, True)]
    assert results.total == 1


def test_what_is_written_otherwise_is_found_once(engine: Engine) -> None:
    """It contains all the words as well."""
    results = search(engine, "alder st bike lane", {BIKES: 0.99, GOAT: 0.4}, collapse=False)

    assert found(results) == [(BIKES, False), (GOAT, True)]


def test_other_ways_to_write_it_are_left_out_and_required_too(engine: Engine) -> None:
    near = {BIKES: 0.9, FERRY: 0.8, GOAT: 0.7}
    without = search(engine, "how costly are journeys -st", near)
    required = search(engine, 'how costly are journeys "alder st"', near)

    assert {id for id, by_meaning in found(without) if by_meaning} == {GOAT}
    assert {BIKES, FERRY} <= {id for id, _ in found(required)} and GOAT not in {id for id, _ in found(required)}


def test_meaning_puts_half_matches_in_order(engine: Engine) -> None:
    words = "flood ferry fares strike hay van"
    alone = [id for id, _ in found(search(engine, words, {}))]
    assert len(alone) > 1
    last = alone[-1]

    assert found(search(engine, words, {last: 0.95}))[0] == (last, False)


@pytest.mark.parametrize(("other", "first"), [("fare", FERRY), ("goats", GOAT)])
def test_a_word_that_means_nearly_the_same_counts(engine: Engine, other: str, first: str) -> None:
    """In any of its forms, and less than the word itself."""
    engine.meaning = Said({FERRY: 0.5, GOAT: 0.5}, [], {"dromedaries": [other]})

    assert found(engine.search(parse("how costly are dromedaries").query))[0] == (first, True)


@pytest.mark.parametrize("query", [
    "goat", "goat hay", "goat OR costly OR journeys", "titl* costly journeys there",
    "title:costly title:boat title:trips",
])
def test_where_words_say_it_meaning_is_not_asked(engine: Engine, query: str) -> None:
    meaning = Said({FERRY: 0.9}, [])
    engine.meaning = meaning
    engine.search(parse(query).query)

    assert meaning.asked == []


def test_a_full_page_needs_no_meaning(engine: Engine) -> None:
    meaning = Said({FERRY: 0.9}, [])
    engine.meaning = meaning
    engine.search(parse("the a of").query, per_page=2)
    engine.search(parse("how costly are maritime journeys").query, page=2)

    assert meaning.asked == []


def test_the_question_is_asked_as_it_was_typed(engine: Engine) -> None:
    meaning = Said({}, [])
    engine.meaning = meaning
    engine.search(parse("what did the captain say about it -bridge date:2012").query, kind="quotation")
    engine.search(parse("what did the captain say about it").query)
    engine.search(parse("what did the captain say about it").query, kind="person")

    assert meaning.asked == [("what did the captain say about it", "quotations"),
                             ("what did the captain say about it", "stories")]


@pytest.mark.parametrize(("query", "filters", "left"), [
    ("how costly are maritime journeys -ferry", EVERYTHING, {GOAT, WALL}),
    ("how costly are maritime journeys date:2010", EVERYTHING, {FERRY}),
    ("how costly are maritime journeys", Exact("2016", "year"), {GOAT}),
    ("how costly are maritime journeys", Exact("ruth-adeyemi", "mentioned_id"), {FERRY, WALL}),
    ("how costly are maritime journeys author:Okafor", EVERYTHING, {WALL}),
])
def test_what_is_excluded_or_required_holds(engine: Engine, query: str, filters: Query, left: set[str]) -> None:
    results = search(engine, query, {FERRY: 0.8, GOAT: 0.7, WALL: 0.6}, filters=filters)

    assert {id for id, by_meaning in found(results) if by_meaning} == left


def test_quotation_marks_hold(engine: Engine) -> None:
    """What has nothing of the phrase is not found, however near it is."""
    near = {GOAT: 0.9, WALL: 0.3}

    ids = {id for id, _ in found(search(engine, 'how costly are journeys "sea wall"', near))}

    assert WALL in ids and GOAT not in ids
    assert GOAT in {id for id, _ in found(search(engine, "how costly are journeys sea wall", near))}


def test_what_is_not_near_is_not_found(engine: Engine) -> None:
    assert found(search(engine, "how costly are maritime journeys", {FERRY: 0.1, GOAT: 0.2})) == []


def test_near_duplicates_are_shown_once(engine: Engine) -> None:
    near = {WALL: 0.7, AGAIN: 0.8, FERRY: 0.5}
    together = search(engine, "how costly are maritime journeys", near)
    singly = search(engine, "how costly are maritime journeys", near, collapse=False)
    beside = search(engine, "stairs like a guest saltmarsh", near)

    assert found(together) == [(AGAIN, True), (FERRY, True)]
    assert found(singly) == [(AGAIN, True), (WALL, True), (FERRY, True)]
    assert len([id for id, _ in found(beside) if id in (WALL, AGAIN)]) == 1


def test_quotations_are_found_among_those_of_a_speaker(engine: Engine) -> None:
    near = {f"{FERRY}#q1": 0.8, f"{FERRY}#q3": 0.9, f"{LEVY}#q1": 0.4}
    results = search(engine, "why was it so costly speaker:Adeyemi", near, "quotation")

    assert [id for id, by_meaning in found(results) if by_meaning] == [f"{FERRY}#q1", f"{LEVY}#q1"]
    assert results.hits[0].snippets[0].text == "The ferry must pay its own way,"


def test_what_is_counted_has_all_the_words(engine: Engine) -> None:
    """Whatever follows: facets, months and the total are of the answer."""
    def counted(meaning: Meaning | None) -> tuple[int, tuple[object, ...]]:
        engine.meaning = meaning
        results = engine.search(parse("goat walked quarry paths").query, facets=("author_id", "year"), histogram=True)
        return len(results.hits), (results.total, results.facets, results.histogram)

    (alone, without), (more, with_meaning) = counted(None), counted(Said({FERRY: 0.99, WALL: 0.98}, []))
    assert more > alone and with_meaning == without


def test_a_page_stays_a_page(engine: Engine) -> None:
    near = {FERRY: 0.8, GOAT: 0.7, WALL: 0.6, SCHOOLS: 0.5, BIKES: 0.4}

    assert found(search(engine, "how costly are maritime journeys", near, per_page=2)) == [(FERRY, True), (GOAT, True)]


def test_filters_that_leave_much_are_obeyed_too(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.search.meaning_search.FEW", 1)
    dated = all_of((Range("date", None, None), Exact("", "month")))
    near, query = {FERRY: 0.8, GOAT: 0.7, NOTE: 0.6}, "how costly are maritime journeys"

    assert found(search(engine, query, near, filters=Exact("2010", "year"))) == [(FERRY, True)]
    assert found(search(engine, query, near, filters=dated)) == []
