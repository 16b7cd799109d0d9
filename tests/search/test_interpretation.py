"""What was typed as a question, with the names that this archive knows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from indexer.query import Exact, Or, Range, Words
from indexer.search import Document, best_quotations, interpreted, namesakes
from tests.conftest import archive, article_document, quotation_document
from tests.engines.linear_engine import LinearEngine


def person(name: str, quotations: int, *aliases: str, **more: Any) -> Document:
    return {"kind": "person", "id": name.lower().replace(" ", "-"), "name": name, "aliases": list(aliases), "roles": [],
            "quotations": quotations, "articles": quotations, "first": "", "last": "", "years": {}, "quoted_with": [],
            **more}


@pytest.fixture(scope="module")
def engine() -> LinearEngine:
    """The small archive, with people who share names, and one with a long name."""
    talk = article_document("a/talk", "Talk", 'Schwarzenkopf at Zwingli Square: "No barrels."', "2011-05-01",
                            said=["No barrels."])
    more = [article_document(f"a/{number}", "", "On Zwingli Square.") for number in range(3)]
    said = quotation_document(talk, 1, "No barrels.")
    own = {**said, "speaker_id": "leopold-schwarzenkopf", "speaker": "Leopold Schwarzenkopf"}
    people = [person("Leopold Schwarzenkopf", 4), person("Nora Tamm", 5), person("Ivo Tamm", 4), person("Ada Tamm", 0),
              person("Huldrych Zwingli", 3), person("Otto Krell", 40), person("Pia Krell", 2)]
    return LinearEngine([*archive(), talk, *more, own, *people])


@pytest.mark.parametrize(("typed", "words"), [
    ("What did Ruth Adeyemi say about the ferry in 2010?", "quotations by Ruth Adeyemi about the ferry, in 2010"),
    ("Mayor Adeyemi on ferries", "quotations by Ruth Adeyemi about ferries"),
    ("adeyemi ferry", "quotations by Ruth Adeyemi about ferry"),
    ("ferry ruth adeyemi", "quotations by Ruth Adeyemi about ferry"),
    ("mike garrity chalkboard", "quotations by Michael Garrity about chalkboard"),
    ("what did adeyami say about ferries", "quotations by Ruth Adeyemi about ferries"),
    ("Schwarzzenkof on barrels", "quotations by Leopold Schwarzenkopf about barrels"),
    ("what did krell say", "quotations by Otto Krell"),
    ("what did Tamm say about fog", "quotations by anyone named Tamm about fog"),
    ("who said goat", "quotations about goat"),
    ("what did Zwingli say about sausages", "quotations by Huldrych Zwingli about sausages"),
])
def test_understood(engine: LinearEngine, typed: str, words: str) -> None:
    """By any name, with a letter wrong, of long names two; the more quoted of a name is meant."""
    found = interpreted(engine, typed)
    assert found and found.in_words() == words


@pytest.mark.parametrize("typed", [
    "ferry", "ruth adeyemi", "wendell park", "adeyemi zeppelin", "zwingli square", "park on fire", "park bench",
    "goats on boats", "speaker:adeyemi on ferries", "what did the mayor say about ferries", "tamm fog", "sea wall",
])
def test_words(engine: LinearEngine, typed: str) -> None:
    """Names that nobody has, or that stand for other things too, and names alone; and somebody who is not quoted with
    the words."""
    assert interpreted(engine, typed) is None


def test_what_is_searched(engine: LinearEngine) -> None:
    """The words of the topic, and whose quotations of which days."""
    found = interpreted(engine, "adeyemi on ferries since 2012")
    assert found and found.topic == Words("ferries")
    speaker, days = found.filters.parts                                         # type: ignore[union-attr]
    assert speaker == Exact("ruth-adeyemi", "speaker_id") and isinstance(days, Range) and days.end is None
    both = interpreted(engine, "what did tamm say")
    assert both and both.filters == Or((Exact("nora-tamm", "speaker_id"), Exact("ivo-tamm", "speaker_id")))
    krell = interpreted(engine, "what did krell say")
    assert krell and [each["name"] for each in krell.others] == ["Pia Krell"]
    wrong = interpreted(engine, "what did adeyami say")
    assert wrong and wrong.misspelt and not found.misspelt


def test_namesakes(engine: LinearEngine) -> None:
    """Of a surname that several have who are quoted; not of a full name, of words, or of the only one."""
    assert [each["name"] for each in namesakes(engine, "Tamm")] == ["Nora Tamm", "Ivo Tamm"]
    assert namesakes(engine, "Nora Tamm") == namesakes(engine, "adeyemi") == namesakes(engine, "ferry") == ()


def test_a_misspelt_name_alone(engine: LinearEngine) -> None:
    """If it finds nothing; two letters of a long word may be wrong."""
    assert [each["name"] for each in namesakes(engine, "Schwarzzenkof", 0)] == ["Leopold Schwarzenkopf"]
    assert [each["name"] for each in namesakes(engine, "ruht adeyami", 0)] == ["Ruth Adeyemi"]
    assert namesakes(engine, "zeppelin", 0) == namesakes(engine, "title:adeyami", 0) == ()


def test_best_quotations(engine: LinearEngine) -> None:
    """They contain all the words; nothing follows that does not."""
    found = best_quotations(engine, Words("ferry"))
    assert [hit.document["id"] for hit in found.hits] == ["ben-castellan/ferry-fares#q1"]
    assert best_quotations(engine, Words("zeppelin")).hits == ()


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(
    "what did who said adeyemi ruth Garrity garity on about ferry the in since 2009 ? - ' park \" goat 's".split()),
    max_size=9).map(" ".join)))
def test_any_text(engine: LinearEngine, typed: str) -> None:
    """Whatever is typed, a question that is understood can be searched."""
    found = interpreted(engine, typed)
    if found:
        engine.count(found.topic, kind="quotation", filters=found.filters)
        assert found.in_words().startswith("quotations")
    assert all(person["quotations"] for person in namesakes(engine, typed, 0))
