"""The contract of the engines: the same questions put to each, and to the plain engine that judges them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from indexer.configuration import load_configuration, set_configuration
from indexer.engines.whoosh import WhooshEngine, WhooshWriter, writer as whoosh_writer
from indexer.errors import NotFound, QueryError
from indexer.query import parse
from indexer.query.tree import (
    EVERYTHING, And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Range, Words,
)
from indexer.search.engine import Document, Engine, Kind, Sort
from indexer.search.forms import without_field
from indexer.search.time_limit import unlimited
from tests.conftest import archive, article_document, quotation_document, reported_document
from tests.engines.linear_engine import LinearEngine


def whoosh(documents: Sequence[Document], folder: Path) -> Engine:
    assert WhooshWriter(folder).write(documents) == len(documents)
    return WhooshEngine(folder)


def whoosh_in_pieces(documents: Sequence[Document], folder: Path) -> Engine:
    """Written by two processes, each of which ends a segment after a few documents."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whoosh_writer, "ONE_PROCESS", 3)
        patch.setattr(whoosh_writer, "BATCH", 4)
        patch.setattr(whoosh_writer, "TOKENS_IN_MEMORY", 60)
        return whoosh(documents, folder)


def linear(documents: Sequence[Document], folder: Path) -> Engine:
    return LinearEngine(documents)


def tantivy(documents: Sequence[Document], folder: Path) -> Engine:
    need("tantivy")
    from indexer.engines.tantivy import TantivyEngine, TantivyWriter

    assert TantivyWriter(folder).write(documents) == len(documents)
    return TantivyEngine(folder)


def tantivy_in_pieces(documents: Sequence[Document], folder: Path) -> Engine:
    """A segment for every three documents of a kind."""
    need("tantivy")
    from indexer.engines.tantivy import writer as tantivy_writer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tantivy_writer, "SEGMENT", 3)
        return tantivy(documents, folder)


def opensearch(documents: Sequence[Document], folder: Path) -> Engine:
    need_cluster()
    from indexer.engines.opensearch import OpenSearchEngine, OpenSearchWriter

    assert OpenSearchWriter(folder).write(documents) == len(documents)
    return OpenSearchEngine(folder)


def need_cluster() -> None:
    """Skip where no cluster is named, unless this is CI, which has to start one."""
    need("opensearchpy", "opensearch")
    set_configuration(load_configuration())
    if "ONRECORD_OPENSEARCH_URL" not in os.environ:
        reason = ("no cluster: python -m tests.engines.opensearch_cluster start FOLDER prints its "
                  "ONRECORD_OPENSEARCH_URL")
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


def need(library: str, engine: str = "") -> None:
    """Skip where an engine is not installed, unless this is CI, which has to have everything."""
    engine = engine or library
    if not find_spec(library):
        reason = f"the engine {engine} is not installed: pip install 'onrecord[{engine}]'"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)


ENGINES: dict[str, Callable[[Sequence[Document], Path], Engine]] = {
    "linear": linear, "whoosh": whoosh, "whoosh in pieces": whoosh_in_pieces,
    "tantivy": tantivy, "tantivy in pieces": tantivy_in_pieces, "opensearch": opensearch,
}


@pytest.fixture(scope="module", autouse=True)
def plenty_of_time() -> Iterator[None]:
    """What requests of other tests were allowed does not hurry these."""
    with unlimited():
        yield


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Each engine in turn, over the small archive."""
    return ENGINES[request.param](archive(), tmp_path_factory.mktemp(request.param))


def ids(engine: Engine, query: Query, kind: Kind = "article", **more: object) -> list[str]:
    """The ids of the complete hits, in their order."""
    results = engine.search(query, kind=kind, **more)                           # type: ignore[arg-type]
    return [hit.document["id"] for hit in results.hits if not hit.partial]


WALL = ["jonah-reyes/sea-wall-update", "nadia-okafor/sea-wall"]


@pytest.mark.parametrize(("query", "kind", "expected"), [
    (Words("ferry"), "article", ["ben-castellan/ferry-fares", "lost/note", "nadia-okafor/levy-passes"]),
    (Words("FERRIES"), "article", ["ben-castellan/ferry-fares", "lost/note", "nadia-okafor/levy-passes"]),
    (Words("cafe"), "article", ["lost/note"]),
    (Words("ｃａｆé"), "article", ["lost/note"]),
    (Words("zeppelin"), "article", []),
    (Words("parks"), "article", ["ben-castellan/ferry-fares", "margit-solheim/bike-lane", "terrence-boyle/goat"]),
    (Phrase("parks"), "article", ["ben-castellan/ferry-fares", "terrence-boyle/goat"]),
    (Phrase("Parked"), "article", ["terrence-boyle/goat"]),
    (Phrase("sea wall"), "article", WALL),
    (Phrase("wall sea"), "article", []),
    (Phrase("mile of its sea"), "article", WALL),
    (Words("brother-in-law"), "article", []),
    (Words("3-schools"), "article", []),
    (Near("mile sea", 2), "article", WALL),
    (Near("sea mile", 1), "article", []),
    (Near("mile mile second first", 40), "article", WALL),
    (Prefix("Salt"), "article", WALL),
    (And((Words("ferry"), Words("fares"))), "article", ["ben-castellan/ferry-fares"]),
    (And((Words("ferry"), Not(Words("fares")))), "article", ["lost/note", "nadia-okafor/levy-passes"]),
    (And((Words("where"), Words("is"), Words("the"), Words("goat"))), "article", ["terrence-boyle/goat"]),
    (Or((Words("goat"), Words("chalkboards"))), "article", ["priscilla-wu/school-closing", "terrence-boyle/goat"]),
    (Not(Words("the")), "article", ["priscilla-wu/school-closing"]),
    (Words("…"), "article", []),
    (And((Words("—"), Words("goat"))), "article", ["terrence-boyle/goat"]),
    (Or(()), "article", []),
    (Words("bridge", "title"), "article", []),
    (Words("rise", "title"), "article", ["ben-castellan/ferry-fares", *WALL]),
    (Words("okafor", "author"), "article", ["nadia-okafor/levy-passes", "nadia-okafor/sea-wall"]),
    (Words("robbery", "said"), "article", ["ben-castellan/ferry-fares"]),
    (Words("fares", "said"), "article", []),
    (Phrase("Mick Garrity", "speaker"), "article", ["priscilla-wu/school-closing"]),
    (Phrase("michael garrity", "mentions"), "article", ["priscilla-wu/school-closing"]),
    (Phrase("Michael T. Garrity", "mentions"), "article", ["priscilla-wu/school-closing"]),
    (Phrase("Michael B. Garrity", "mentions"), "article", []),
    (Words("orourke", "mentions"), "article", WALL),
    (Phrase("renee o’rourke", "speaker"), "article", WALL),
    (Phrase("Adeyemi Hank", "mentions"), "article", []),
    (Range("date", date(2012, 3, 28), date(2012, 7, 4)), "article",
     ["margit-solheim/bike-lane", "nadia-okafor/levy-passes"]),
    (Range("date", None, date(2010, 1, 1)), "article", ["priscilla-wu/school-closing"]),
    (Range("date", date(2016, 1, 9), None), "article", ["terrence-boyle/goat"]),
    (Range("date", date(2016, 1, 10), date(2016, 1, 9)), "article", []),
    (Exact("Jonah Reyes", "author_id"), "article", ["jonah-reyes/sea-wall-update"]),
    (Exact("hank-sorensen", "speaker_id"), "article", ["ben-castellan/ferry-fares", "nadia-okafor/levy-passes"]),
    (Exact("nobody", "speaker_id"), "article", []),
    (And((Words("adeyemi"), Words("ferry"))), "quotation", ["ben-castellan/ferry-fares#q1"]),
    (And((Phrase("Ruth Adeyemi", "speaker"), Words("parks"))), "quotation", []),
    (And((Words("Zhao", "speaker"), Words("parks"))), "quotation", ["ben-castellan/ferry-fares#q2"]),
    (Words("robbery"), "quotation", ["ben-castellan/ferry-fares#q3"]),
    (Words("fares"), "quotation", []),
    (Words("fares", "text"), "quotation", ["ben-castellan/ferry-fares#q2", "ben-castellan/ferry-fares#q3"]),
    (And((Words("ferry"), Range("date", date(2012, 1, 1), None))), "quotation", []),
    (Words("garrity"), "person", ["michael-garrity"]),
    (Phrase("mick garrity"), "person", ["michael-garrity"]),
    (Words("zhao", "mentions"), "person", ["mei-ling-zhao"]),
    (Words("goat"), "person", []),
    (Exact("wendell-park", "mentioned_id"), "person", ["wendell-park"]),
    (Range("date", date(2009, 1, 1), date(2009, 12, 31)), "person", ["michael-garrity"]),
    (Range("date", date(2011, 1, 1), date(2011, 12, 31)), "person", ["hank-sorensen", "ruth-adeyemi"]),
])
def test_answers(engine: Engine, query: Query, kind: Kind, expected: list[str]) -> None:
    """Which documents answer a query, whatever the engine."""
    assert sorted(ids(engine, query, kind, collapse=False)) == sorted(expected)
    assert engine.count(query, kind=kind) == len(expected)
    assert sorted(hit.document["id"] for hit in engine.every(query, kind=kind)) == sorted(expected)


def test_everything_is_the_whole_kind(engine: Engine) -> None:
    """A query without parts restricts nothing."""
    assert [engine.count(EVERYTHING, kind=kind) for kind in ("article", "quotation", "person")] == [8, 11, 6]


REPORTED = Exact("reported", "form")


@pytest.mark.parametrize(("query", "filters", "expected"), [
    (Words("mile"), EVERYTHING, []),
    (Words("mile"), REPORTED, ["jonah-reyes/sea-wall-update#r1", "nadia-okafor/sea-wall#r1"]),
    (And((Words("mile"), REPORTED)), EVERYTHING, ["jonah-reyes/sea-wall-update#r1", "nadia-okafor/sea-wall#r1"]),
    (And((Words("Adeyemi", "speaker"), REPORTED, Range("date", None, date(2013, 1, 1)))), EVERYTHING,
     ["nadia-okafor/levy-passes#r1"]),
    (And((Words("asked", "text"), REPORTED)), EVERYTHING, ["nadia-okafor/levy-passes#r1"]),
    (And((Words("drinks", "text"), REPORTED)), EVERYTHING, []),
    (And((Words("adeyemi"), Words("second"))), Or((REPORTED, Exact("quotation", "form"))),
     ["jonah-reyes/sea-wall-update#r1", "nadia-okafor/sea-wall#r1"]),
    (Exact("nadia-okafor/levy-passes", "article_id"), EVERYTHING,
     ["nadia-okafor/levy-passes#q1", "nadia-okafor/levy-passes#q2"]),
    (Exact("nadia-okafor/levy-passes", "article_id"), Not(Exact("quotation", "form")),
     ["nadia-okafor/levy-passes#r1"]),
    (Exact("nadia-okafor/levy-passes", "article_id"), Or((REPORTED, Exact("quotation", "form"))),
     ["nadia-okafor/levy-passes#q1", "nadia-okafor/levy-passes#q2", "nadia-okafor/levy-passes#r1"]),
])
def test_reported_speech_is_found_only_when_it_is_asked_for(
    engine: Engine, query: Query, filters: Query, expected: list[str],
) -> None:
    """By a word of the query or by a filter; page, count and export agree."""
    assert sorted(ids(engine, query, "quotation", filters=filters, collapse=False)) == expected
    assert engine.count(query, kind="quotation", filters=filters) == len(expected)
    found = engine.every(query, kind="quotation", filters=filters, sort="oldest")
    assert sorted(hit.document["id"] for hit in found) == expected


@pytest.mark.parametrize(("query", "filters", "expected"), [
    (EVERYTHING, EVERYTHING, {"quotation": 11, "reported": 3}),
    (EVERYTHING, REPORTED, {"quotation": 11, "reported": 3}),
    (EVERYTHING, And((REPORTED, Exact("ruth-adeyemi", "speaker_id"))), {"quotation": 4, "reported": 3}),
    (Words("levy"), EVERYTHING, {"reported": 1}),
    (REPORTED, EVERYTHING, {"reported": 3}),
    (Words("zeppelin"), EVERYTHING, {}),
])
def test_the_facet_of_kinds_counts_what_the_filters_leave_out(
    engine: Engine, query: Query, filters: Query, expected: dict[str, int],
) -> None:
    """So that a switch can say how much more there is; it counts what a search for that kind finds."""
    results = engine.search(query, kind="quotation", filters=filters, facets=("form", "speaker_id"))
    assert {each.value: each.count for each in results.facets["form"]} == expected
    others = without_field(filters, "form")
    for value, count in expected.items():
        assert engine.count(query, kind="quotation", filters=And((others, Exact(value, "form")))) == count


@pytest.mark.parametrize("make", ENGINES.values(), ids=ENGINES)
def test_words_that_nobody_said_are_told_apart(
    make: Callable[[Sequence[Document], Path], Engine], tmp_path: Path,
) -> None:
    """They are found by their stance and by whose they would be, never as said by that person."""
    article = article_document("a/talk", "Talk", '"I quit," said Park. Zhao never said "You quit." He denied the leak.')
    not_said = {"stance_of": "Mei-Ling Zhao", "stance_of_id": "mei-ling-zhao"}
    engine = make([
        article, quotation_document(article, 1, "I quit,", "wendell-park"),
        quotation_document(article, 2, "You quit.", stance="denied", **not_said),
        reported_document(article, 1, "the leak", stance="denied", **not_said),
    ], tmp_path)
    denied = Exact("denied", "stance")
    assert sorted(ids(engine, Words("quit"), "quotation")) == ["a/talk#q1", "a/talk#q2"]
    assert ids(engine, denied, "quotation") == ["a/talk#q2"]
    assert ids(engine, And((denied, REPORTED)), "quotation") == ["a/talk#r1"]
    assert ids(engine, Exact("mei-ling-zhao", "stance_of_id"), "quotation") == ["a/talk#q2"]
    assert ids(engine, And((Words("quit"), Words("Zhao", "speaker"))), "quotation", per_page=1) == []
    assert [each["id"] for each in engine.quotations_of("a/talk")] == ["a/talk#q1", "a/talk#q2", "a/talk#r1"]


@pytest.mark.parametrize(("query", "kind", "first"), [
    (Words("park"), "article", "terrence-boyle/goat"),
    (And((Words("school"), Words("close"))), "article", "priscilla-wu/school-closing"),
    (Words("adeyemi"), "person", "ruth-adeyemi"),
    (Or((Words("michael"), Words("ruth"))), "person", "ruth-adeyemi"),
])
def test_best_first(engine: Engine, query: Query, kind: Kind, first: str) -> None:
    """More words in weightier fields come first, and of equals the most recent."""
    assert ids(engine, query, kind)[0] == first


@pytest.mark.parametrize(("sort", "expected"), [
    ("newest", ["nadia-okafor/levy-passes", "ben-castellan/ferry-fares", "lost/note"]),
    ("oldest", ["ben-castellan/ferry-fares", "nadia-okafor/levy-passes", "lost/note"]),
])
def test_sort_by_date(engine: Engine, sort: Sort, expected: list[str]) -> None:
    """By day either way; undated documents come last both times."""
    assert ids(engine, Words("ferry"), sort=sort) == expected


@pytest.mark.parametrize("make", ENGINES.values(), ids=ENGINES)
@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_quotations_of_an_article_keep_its_order(
    make: Callable[[Sequence[Document], Path], Engine], tmp_path: Path, sort: Sort,
) -> None:
    """Sorted by day, either way, an article's quotations keep the order of its text, the tenth after the ninth."""
    said = [f"word {chr(97 + number)}" for number in range(12)]
    documents = []
    for day in ("2012-01-01T10:00", "2012-01-02T10:00"):
        article = article_document(f"a/{day[:10]}", "Talk", " ".join(f'"{each}"' for each in said), day, said=said)
        documents += [article, *(quotation_document(article, at, each) for at, each in enumerate(said, 1))]
    engine = make(documents, tmp_path)
    found = ids(engine, Words("word"), "quotation", sort=sort, per_page=50, collapse=False)
    days = sorted(("a/2012-01-01", "a/2012-01-02"), reverse=sort == "newest")
    assert found == [f"{day}#q{number}" for day in days for number in range(1, 13)]


SURE = ["jonah-reyes/sea-wall-update#q1", "jonah-reyes/sea-wall-update#q2", "nadia-okafor/sea-wall#q1",
        "nadia-okafor/sea-wall#q2", "nadia-okafor/levy-passes#q1", "ben-castellan/ferry-fares#q1",
        "ben-castellan/ferry-fares#q2", "priscilla-wu/school-closing#q1"]


def test_the_surest_quotations_come_first(engine: Engine) -> None:
    """Of equals the newest, in the order of the text; other kinds, which have no certainty, by day."""
    expected = ["margit-solheim/bike-lane#q1", *SURE, "nadia-okafor/levy-passes#q2", "ben-castellan/ferry-fares#q3"]
    assert ids(engine, EVERYTHING, "quotation", sort="certainty", collapse=False) == expected
    assert [hit.document["id"] for hit in engine.every(EVERYTHING, kind="quotation", sort="certainty")] == expected
    pages = [ids(engine, EVERYTHING, "quotation", sort="certainty", collapse=False, page=page, per_page=4)
             for page in (1, 2, 3)]
    assert [each for page in pages for each in page] == expected
    for kind in ("article", "person"):
        assert ids(engine, EVERYTHING, kind, sort="certainty") == ids(engine, EVERYTHING, kind, sort="newest")


@pytest.mark.parametrize(("typed", "expected"), [
    ("certainty:likely", ["nadia-okafor/levy-passes#q2"]),
    ("certainty:(likely OR unsure)", ["ben-castellan/ferry-fares#q3", "nadia-okafor/levy-passes#q2"]),
    ("speaker:sorensen -certainty:unsure", ["nadia-okafor/levy-passes#q2"]),
    ("sea certainty:sure", []),
])
def test_a_certainty_can_be_typed(engine: Engine, typed: str, expected: list[str]) -> None:
    """And excluded, joined, and combined with words."""
    assert sorted(ids(engine, parse(typed).query, "quotation", collapse=False)) == expected


def test_certainties_are_filters_and_a_facet(engine: Engine) -> None:
    """Of quotations alone: articles have none."""
    found = engine.search(EVERYTHING, kind="quotation", facets=("level",), collapse=False)
    assert {each.value: each.count for each in found.facets["level"]} == {"sure": 9, "likely": 1, "unsure": 1}
    unsure = Exact("unsure", "level")
    assert ids(engine, EVERYTHING, "quotation", filters=unsure) == ["ben-castellan/ferry-fares#q3"]
    assert engine.count(EVERYTHING, kind="quotation", filters=Not(unsure)) == 10
    assert engine.count(EVERYTHING, kind="article", filters=unsure) == 0


def test_filters_narrow_without_marking(engine: Engine) -> None:
    """What the filters ask for is neither scored nor marked."""
    plain = engine.search(Words("ferry"))
    narrowed = engine.search(Words("ferry"), filters=And((Exact("2012", "year"), Words("drink"))))
    assert [hit.document["id"] for hit in narrowed.hits] == ["nadia-okafor/levy-passes"]
    assert narrowed.hits[0].snippets == next(
        hit.snippets for hit in plain.hits if hit.document["id"] == "nadia-okafor/levy-passes")


def test_pages_do_not_overlap(engine: Engine) -> None:
    """Pages cut the answer into pieces that join to the whole."""
    whole = ids(engine, Words("the"), per_page=100)
    pieces = [each for page in (1, 2, 3, 4) for each in ids(engine, Words("the"), page=page, per_page=2)]
    assert pieces == whole[:8] and len(whole) == engine.search(Words("the")).distinct


def test_duplicates_are_collapsed(engine: Engine) -> None:
    """Near-duplicates count in the total; one hit is shown for all of a group."""
    together = engine.search(Phrase("saltmarsh"))
    assert (together.total, together.distinct, [hit.duplicates for hit in together.hits]) == (2, 1, [1])
    apart = engine.search(Phrase("saltmarsh"), collapse=False)
    assert (apart.total, apart.distinct, [hit.duplicates for hit in apart.hits]) == (2, 2, [0, 0])


def test_facets_count_the_whole_answer(engine: Engine) -> None:
    """Facets count every hit, not those of the page, most frequent first, with people by name."""
    results = engine.search(Words("adeyemi"), kind="quotation", per_page=1, facets=("speaker_id", "year"),
                            histogram=True)
    assert [(each.value, each.label, each.count, each.first, each.last) for each in results.facets["speaker_id"]] == [
        ("ruth-adeyemi", "Ruth Adeyemi", 4, "2010-05-02", "2014-10-30")]
    assert [(each.value, each.count) for each in results.facets["year"]] == [("2014", 2), ("2010", 1), ("2012", 1)]
    assert results.histogram == {"2010-05": 1, "2012-03": 1, "2014-10": 2}
    assert set(results.facets) == {"speaker_id", "year"}


def test_no_more_values_of_a_facet_than_are_asked_for(engine: Engine) -> None:
    """The most frequent ones; of equals the first by name."""
    for most in (1, 2, 3):
        facet = engine.search(EVERYTHING, facets=("speaker_id",), facet_values=most).facets["speaker_id"]
        whole = engine.search(EVERYTHING, facets=("speaker_id",)).facets["speaker_id"]
        assert facet == whole[:most] and len(facet) == most


def test_columns_are_those_of_the_documents(engine: Engine) -> None:
    """Day and values of each, the newest first, the undated last, and no more than are asked for."""
    fields = ("article_id", "speaker_id", "speaker_name", "speaker_kind", "level", "year", "month")
    quotations = [hit.document for hit in engine.every(EVERYTHING, kind="quotation", sort="newest")]
    found = [(day, tuple(values)) for day, values in engine.columns(EVERYTHING, fields, kind="quotation", most=100)]
    assert found == [(each["date"][:10], tuple(each[name] for name in fields)) for each in quotations]
    some = engine.columns(Words("ferry"), ("article_id",), kind="quotation", filters=Exact("2010", "year"), most=1)
    assert [(day, *values) for day, values in some] == [("2010-05-02", "ben-castellan/ferry-fares")]


def test_facets_of_several_values(engine: Engine) -> None:
    """An article counts for each of its speakers."""
    facet = engine.search(Words("ferry"), facets=("speaker_id",)).facets["speaker_id"]
    assert [(each.value, each.count) for each in facet] == [
        ("hank-sorensen", 2), ("ruth-adeyemi", 2), ("mei-ling-zhao", 1)]


def marked(engine: Engine, query: Query, kind: Kind = "article") -> list[list[str]]:
    """What is marked in the title and in each snippet of the first hit."""
    hit = engine.search(query, kind=kind).hits[0]
    return [[span.of(part.text) for span in part.marks] for part in (hit.title, *hit.snippets)]


@pytest.mark.parametrize(("query", "kind", "expected"), [
    (Words("goats"), "article", [["Goat"], ["goat"]]),
    (Phrase("alder street"), "article", [["Alder Street"], ["Alder Street"]]),
    (Words("goat", "title"), "article", [["Goat"], []]),
    (Phrase("Over my dead chalkboard"), "quotation", [[], ["Over my dead chalkboard"]]),
    (And((Words("zhao", "speaker"), Words("park"))), "quotation", [[], ["parks"]]),
    (Near("nothing parks", 1), "quotation", [[], ["parks", "nothing"]]),
    (Prefix("every"), "quotation", [[], ["everything"]]),
    (Words("orourke"), "person", [["O'Rourke"]]),
])
def test_marks(engine: Engine, query: Query, kind: Kind, expected: list[list[str]]) -> None:
    """Only what matched is marked; a phrase is marked as one."""
    assert marked(engine, query, kind) == expected


def test_snippet_of_a_quotation_is_the_quotation(engine: Engine) -> None:
    """A quotation is shown whole, word for word."""
    hit = engine.search(Words("guest"), kind="quotation").hits[0]
    assert [each.text for each in hit.snippets] == [hit.document["said"]]


def test_incomplete_hits_follow(engine: Engine) -> None:
    """If few documents contain all the words, those that contain most of them follow, and are not counted."""
    results = engine.search(And((Words("goat"), Words("van"), Words("quarry"), Words("trombone"))))
    assert (results.total, results.relaxed) == (0, True)
    assert results.hits[0].document["id"] == "terrence-boyle/goat"
    assert all(hit.partial for hit in results.hits)


def test_incomplete_hits_keep_what_is_required(engine: Engine) -> None:
    """Excluded words, fields and filters still count when words are left out."""
    query = And((Words("rise", "title"), Not(Words("captain")), Words("flood"), Words("submarine"), Words("mile")))
    results = engine.search(query, filters=Exact("Jonah Reyes", "author_id"))
    assert [hit.document["id"] for hit in results.hits] == ["jonah-reyes/sea-wall-update"]


RUTH = Exact("ruth-adeyemi", "speaker_id")


@pytest.mark.parametrize(("query", "filters"), [
    (And((Phrase("Ruth Adeyemi", "speaker"), Words("ferry"), Words("robbery"), Words("sea"))), EVERYTHING),
    (And((Words("ferry"), Words("robbery"), Words("sea"))), RUTH),
    (And((Words("ferry"), Words("robbery"), Words("sea"))), And((RUTH, Exact("2010", "year")))),
])
def test_a_speaker_asked_for_stays_asked_for(engine: Engine, query: Query, filters: Query) -> None:
    """If few of somebody's quotations contain the words, what others said in articles that name the person is apart."""
    results = engine.search(query, kind="quotation", filters=filters)
    assert (results.total, results.relaxed) == (0, True)
    assert [hit.document["id"] for hit in results.hits] == ["ben-castellan/ferry-fares#q1"]
    assert "ben-castellan/ferry-fares#q3" in [hit.document["id"] for hit in results.others]
    assert all(hit.document["speaker_id"] != "ruth-adeyemi" and hit.partial for hit in results.others)
    assert all("ruth-adeyemi" in hit.document["mentioned_id"] for hit in results.others)


def test_others_follow_all_that_the_speaker_said(engine: Engine) -> None:
    """They contain the words, and stay within the filters; nobody else is shown if nobody is asked for."""
    found = engine.search(Words("robbery"), kind="quotation", filters=RUTH)
    assert (found.total, found.hits) == (0, ())
    assert [(hit.document["id"], hit.partial) for hit in found.others] == [("ben-castellan/ferry-fares#q3", False)]
    assert [[mark.of(each.text) for mark in each.marks] for each in found.others[0].snippets] == [["robbery"]]
    outside = And((RUTH, Not(Exact("2010", "year"))))
    assert engine.search(Words("robbery"), kind="quotation", filters=outside).others == ()
    assert engine.search(And((Words("ferry"), Words("robbery"))), kind="quotation").others == ()
    assert engine.search(EVERYTHING, kind="quotation", filters=RUTH).others == ()


def test_a_word_beside_what_the_speaker_said(engine: Engine) -> None:
    """A single word may be in the paragraph of the quotation; those that contain it come first."""
    found = engine.search(Words("mile"), kind="quotation", filters=RUTH, collapse=False)
    assert (found.total, [hit.partial for hit in found.hits]) == (0, [True, True])
    assert {hit.document["speaker_id"] for hit in found.hits} == {"ruth-adeyemi"}


@pytest.mark.parametrize(("typed", "expected"), [
    ("Mike Garrity", ["priscilla-wu/school-closing#q1"]),
    ("union president Mick Garrity", []),
    ("Commissioner Michael Garrity", ["priscilla-wu/school-closing#q1"]),
    ("Mr. Garrity", ["priscilla-wu/school-closing#q1"]),
    ("Captain Sorensen", ["ben-castellan/ferry-fares#q3", "nadia-okafor/levy-passes#q2"]),
    ("Henry Sorensen", ["ben-castellan/ferry-fares#q3", "nadia-okafor/levy-passes#q2"]),
    ("Bill Sorensen", []),
])
def test_names_as_people_type_them(engine: Engine, typed: str, expected: list[str]) -> None:
    """With a title before, and with the short or the long form of the given name."""
    assert sorted(ids(engine, Phrase(typed, "speaker"), "quotation")) == expected


def test_topic_beside_the_quotation(engine: Engine) -> None:
    """An incomplete hit may contain its words in the paragraph of the quotation."""
    results = engine.search(And((Words("sorensen", "speaker"), Words("fares"), Words("called"))), kind="quotation")
    assert (results.total, results.hits[0].document["id"]) == (0, "ben-castellan/ferry-fares#q3")


def test_single_words_are_never_relaxed(engine: Engine) -> None:
    """There is nothing to leave out of one word."""
    results = engine.search(Words("trombone"))
    assert (results.hits, results.relaxed) == ((), False)


def test_get(engine: Engine) -> None:
    """Documents come back as they were given; what is not there is NotFound."""
    given = next(each for each in archive() if each["id"] == "ben-castellan/ferry-fares#q2")
    assert engine.get("quotation", "ben-castellan/ferry-fares#q2") == given
    with pytest.raises(NotFound, match="No article “nowhere”"):
        engine.get("article", "nowhere")


def test_quotations_of_an_article(engine: Engine) -> None:
    """In the order of the text."""
    assert [each["id"] for each in engine.quotations_of("ben-castellan/ferry-fares")] == [
        f"ben-castellan/ferry-fares#q{number}" for number in (1, 2, 3)]
    assert list(engine.quotations_of("nowhere")) == []


@pytest.mark.parametrize(("typed", "expected"), [
    ("ade", ["ruth-adeyemi"]),
    ("Mick", ["michael-garrity"]),
    ("mich garr", ["michael-garrity"]),
    ("ruth garr", []),
    ("adeyami", ["ruth-adeyemi"]),
    ("soerns", ["hank-sorensen"]),
    ("zhap", ["mei-ling-zhao"]),
    ("o'r", ["renee-orourke"]),
    ("renée orourke", ["renee-orourke"]),
    ("", []),
    ("***", []),
    ("captain", ["hank-sorensen"]),
    ("henry sor", ["hank-sorensen"]),
    ("bill sor", []),
    ("adeyemy ruhth", ["ruth-adeyemi"]),
    ("Soernsin", []),
])
def test_suggest(engine: Engine, typed: str, expected: list[str]) -> None:
    """People by any part of any name, a letter wrong."""
    assert [person["id"] for person in engine.suggest(typed)] == expected


def test_suggest_most_quoted_first(engine: Engine) -> None:
    """Whose names begin so comes before whose names nearly do, and the more quoted before the less."""
    assert [person["id"] for person in engine.suggest("m", limit=2)] == ["ruth-adeyemi", "mei-ling-zhao"]


def test_stats(engine: Engine) -> None:
    """Counts by kind and the days that the articles span."""
    stats = engine.stats()
    assert (stats["articles"], stats["quotations"], stats["people"]) == (8, 11, 6)
    assert (stats["first"], stats["last"]) == ("2009-03-11", "2016-01-09")


def nested(depth: int) -> Query:
    query: Query = Words("goat")
    for _ in range(depth):
        query = Not(And((query, Words("ferry"))))
    return query


def test_refused(engine: Engine) -> None:
    """Bottomless nesting is refused with a reason."""
    with pytest.raises(QueryError, match="too deep"):
        engine.search(nested(200))


@pytest.mark.parametrize("letters", ["a", "go", "a.b", "…"])
def test_short_prefixes_are_words(engine: Engine, letters: str) -> None:
    """Fewer letters than a prefix needs are read as a word, beside other words as well."""
    assert ids(engine, Prefix(letters)) == ids(engine, Words(letters))
    query = And((Words("goat"), Not(Prefix(letters))))
    assert ids(engine, query) == ids(engine, And((Words("goat"), Not(Words(letters)))))


# What random queries are made of: words that occur, in all their forms, and some that do not.
WORDS = ("ferry", "ferries", "sea", "wall", "mile", "park", "parks", "parking", "the", "of", "adeyemi", "ruth",
         "garrity", "o'rourke", "sea-wall", "second mile", "robbery", "zeppelin", "…", "T", "mick")
texts = st.sampled_from(WORDS)
fields = st.sampled_from((None, None, "title", "text", "said", "speaker", "mentions", "author"))
phrases = st.lists(texts, min_size=1, max_size=3).map(" ".join)
days = st.one_of(st.none(), st.dates(date(2009, 1, 1), date(2016, 12, 31)))
leaves = st.one_of(
    st.builds(Words, texts, fields),
    st.builds(Phrase, phrases, fields),
    st.builds(Near, phrases, st.integers(0, 6), fields),
    st.builds(Prefix, st.sampled_from(("par", "fer", "ade", "se", "mil", "xq", "")), fields),
    st.builds(Range, st.just("date"), days, days),
    st.builds(Exact, st.sampled_from(("ruth-adeyemi", "2012", "Nadia Okafor", "nobody")),
              st.sampled_from(("speaker_id", "mentioned_id", "year", "author_id", "id"))),
)
queries = st.recursive(leaves, lambda parts: st.one_of(
    st.builds(Not, parts),
    st.builds(InArticle, parts),
    st.lists(parts, max_size=3).map(tuple).map(And),
    st.lists(parts, max_size=3).map(tuple).map(Or),
), max_leaves=6)


@pytest.fixture(scope="module", params=["whoosh in pieces", "tantivy", "tantivy in pieces", "opensearch"])
def both(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, Engine]:
    """The judge, and each engine that is judged."""
    return LinearEngine(archive()), ENGINES[request.param](archive(), tmp_path_factory.mktemp("both"))


@settings(max_examples=150)
@given(query=queries, filters=st.one_of(st.just(EVERYTHING), leaves),
       kind=st.sampled_from(("article", "quotation", "person")))
def test_random_queries(both: tuple[Engine, Engine], query: Query, filters: Query, kind: Kind) -> None:
    """Whatever the query, the engines find the same documents and count the same facets."""
    judge, judged = (
        engine.search(query, kind=kind, filters=filters, per_page=100, collapse=False,
                      facets=("speaker_id", "year"), histogram=True) for engine in both)
    complete = [sorted(hit.document["id"] for hit in each.hits if not hit.partial) for each in (judge, judged)]
    assert complete[0] == complete[1]
    assert (judge.total, judge.facets, judge.histogram) == (judged.total, judged.facets, judged.histogram)


def test_many_threads(both: tuple[Engine, Engine]) -> None:
    """One engine answers many threads at once as it answers one."""
    _, engine = both
    asked = [Words(word) for word in ("ferry", "sea", "park", "the", "mile", "adeyemi")] * 8
    alone = [ids(engine, query) for query in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda query: ids(engine, query), asked)) == alone


def test_suggestion_only_where_it_finds_more(both: tuple[Engine, Engine]) -> None:
    """A misspelt word is answered with the archive's own spelling, and keeps its capital."""
    _, engine = both
    assert engine.search(Words("Saltmarch")).suggestion == "Saltmarsh"
    assert engine.search(And((Words("Adeyami"), Words("ferry"))), kind="quotation").suggestion == "Adeyemi ferry"
    assert engine.search(Words("Saltmarsh")).suggestion is None
    assert engine.search(Words("trombone")).suggestion is None
