"""What was typed as a question, with the names that this archive knows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from indexer.query import Exact, Or, Range, Words
from indexer.search import Document, best_quotations, holders, interpreted, namesakes
from tests.conftest import archive, article_document, quotation_document
from tests.engines.linear_engine import LinearEngine


def person(name: str, quotations: int, *aliases: str, **more: Any) -> Document:
    return {"kind": "person", "id": name.lower().replace(" ", "-"), "name": name, "aliases": list(aliases),
            "roles": [], "offices": [],
            "quotations": quotations, "articles": quotations, "first": "", "last": "", "years": {}, "quoted_with": [],
            **more}


TOWN = {1: "Fares stay as they are.", 2: "Trams run late.", 3: "Trams are safe.", 4: "It fell on the barrels.",
        5: "Snow is no excuse.", 6: "Snow will be cleared.", 7: "the tram was unsafe", 8: "Trams are the future.",
        9: "Nobody oils them.", 10: "The harbor is shut.", 11: "Ice is thin.", 12: "Ice is thick.", 13: "Peat is wet."}


def source(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"speaker": name, "speaker_name": name, "speaker_kind": kind, "names": [name], **more}


SPEAKERS: dict[int, dict[str, Any]] = {
    **{number: source("Tramways", "organisation") for number in (1, 2, 3)}, 4: source("a witness", "unnamed"),
    5: source("Emil Brandt", "person", speaker_id="emil-brandt"),
    6: source("Lotte Falk", "person", speaker_id="lotte-falk"),
    7: source("Otto Krell", "person", speaker_id="otto-krell", form="reported", stance="denied"),
    8: source("The Tramways", "organisation"), 9: source("a former Tramways driver", "unnamed"),
    10: source("Nora Tamm", "person", speaker_id="nora-tamm"),
    11: source("Greta Olsen", "person", speaker_id="greta-olsen"),
    12: source("Jan Priit", "person", speaker_id="jan-priit"),
    13: source("Uku Rebane", "person", speaker_id="uku-rebane"),
}


@pytest.fixture(scope="module")
def engine() -> LinearEngine:
    """The small archive, with people who share names, and one with a long name."""
    talk = article_document("a/talk", "Talk", 'Schwarzenkopf at Zwingli Square: "No barrels."', "2011-05-01",
                            said=["No barrels."])
    more = [article_document(f"a/{number}", "", "On Zwingli Square.") for number in range(3)]
    said = quotation_document(talk, 1, "No barrels.")
    own = {**said, "speaker_id": "leopold-schwarzenkopf", "speaker": "Leopold Schwarzenkopf"}
    town = article_document("a/town", "Town", "\n".join(f"Said {number}: {words}" for number, words in TOWN.items()),
                            "2010-03-04", said=list(TOWN.values()))
    own_words = [{**quotation_document(town, number, TOWN[number]), **more} for number, more in SPEAKERS.items()]
    master = [article_document(f"a/harbor-{name}-{number}", "", f"Harbor Warden {name} spoke.")
              for name in ("Tamm", "Olsen") for number in range(3)]
    people = [person("Emil Brandt", 9, roles=["Mayor"], offices=[("Mayor", "2009", "2012")]),
              person("Lotte Falk", 8, roles=["Mayor", "Harbor Union Chairman"], offices=[("Mayor", "2013", "2016")]),
              person("Paolo di Sarno", 6),
              person("Leopold Schwarzenkopf", 4),
              person("Nora Tamm", 5, roles=["Warden"],
                     offices=[("Warden", "2010", "2011"), ("HPA Warden", "2010", "2011"),
                              ("Moor Warden", "2003", "2004")]),
              person("Greta Olsen", 5, offices=[("Warden", "2012", "2014"), ("HPA Warden", "2013", "2014"),
                                                ("Moor Warden", "2005", "2006")]),
              person("Jan Priit", 3, offices=[("HPA Warden", "2015", "2016")]),
              person("Uku Rebane", 3, offices=[("Moor Warden", "2015", "2016")]),
              person("Ivo Tamm", 4), person("Ada Tamm", 0),
              person("Huldrych Zwingli", 3), person("Otto Krell", 40), person("Pia Krell", 2)]
    return LinearEngine([*archive(), talk, *more, *master, own, town, *own_words, *people])


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
    ("what did the Tramways say about fares", "quotations by Tramways about fares"),
    ("Tramways on trams", "quotations by Tramways about trams"),
    ("what did a witness say about the barrels", "quotations by anyone described as “a witness” about the barrels"),
    ("what did the mayor say about snow", "quotations by Emil Brandt or Lotte Falk about snow"),
    ("what did the mayor say about snow in 2010", "quotations by Emil Brandt about snow, in 2010"),
    ("what did the harbor union chairman say", "quotations by Lotte Falk"),
    ("what did the harbor warden say", "quotations by Greta Olsen or Nora Tamm or Jan Priit"),
    ("did Krell deny that the tram was unsafe", "denials by Otto Krell about the tram was unsafe"),
    ("did Krell deny selling goats", "quotations and reported speech by Otto Krell about selling goats"),
    ("what did de Sarno say", "quotations by Paolo di Sarno"),
    ("what did Krell and Zwingli say about trams", "quotations by Otto Krell or Huldrych Zwingli about trams"),
    ("who denied that the tram was unsafe", "denials about the tram was unsafe"),
    ("what did tamm say", "quotations by anyone named Tamm"),
    ("Adeyemi in May 2010", "quotations by Ruth Adeyemi, in May 2010"),
    ("Ruth Adeyemi zeppelin 2009-2012", "quotations by Ruth Adeyemi about zeppelin, from 2009 to 2012"),
    ("Ruth Adeyemi quotes", "quotations by Ruth Adeyemi"),
])
def test_understood(engine: LinearEngine, typed: str, words: str) -> None:
    """By any name, with a letter wrong, of long names two; the more quoted of a name is meant."""
    found = interpreted(engine, typed)
    assert found and found.in_words() == words


@pytest.mark.parametrize("typed", [
    "ferry", "ruth adeyemi", "wendell park", "adeyemi zeppelin", "zwingli square", "park on fire", "park bench",
    "goats on boats", "speaker:adeyemi on ferries", "what did the bailiff say about ferries", "tamm fog", "sea wall",
    "Tramways on goats", "what did Krell and Nobody say", "what did the the say",
    "what did he say about ferries", "Adeyemi, Ruth", "tramways 2010", "zwingli square 2011",
])
def test_words(engine: LinearEngine, typed: str) -> None:
    """Names that nobody has, or that stand for other things too, and names alone; and somebody who is not quoted with
    the words, or an organisation."""
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
    denied = interpreted(engine, "what did krell deny")
    assert denied and denied.filters.parts == (                                    # type: ignore[union-attr]
        Exact("otto-krell", "speaker_id"), Exact("reported", "form"), Exact("denied", "stance"))
    trams = interpreted(engine, "what did the tramways say about fares")
    assert trams and trams.typed == 'fares speaker:"Tramways"'
    assert engine.search(trams.topic, kind="quotation", filters=trams.filters, relax=False).total == 1
    wrong = interpreted(engine, "what did adeyami say")
    assert wrong and wrong.misspelt and not found.misspelt


def test_an_organisation_is_not_whoever_it_employs(engine: LinearEngine) -> None:
    """All ways in which it is written, and nobody described with its name."""
    found = interpreted(engine, "what did the Tramways say")
    assert found and found.filters == Or((Exact("Tramways", "speaker_name"), Exact("The Tramways", "speaker_name")))
    said = engine.search(found.topic, kind="quotation", filters=found.filters, relax=False).hits
    assert {hit.document["speaker"] for hit in said} == {"Tramways", "The Tramways"}


@pytest.mark.parametrize(("typed", "held"), [
    ("mayor", [("Emil Brandt", "2009", "2012"), ("Lotte Falk", "2013", "2016")]),
    ("The Mayor", [("Emil Brandt", "2009", "2012"), ("Lotte Falk", "2013", "2016")]),
    ("harbor warden", [("Nora Tamm", "2010", "2011"), ("Greta Olsen", "2012", "2014"), ("Jan Priit", "2015", "2016")]),
    ("hpa warden", [("Nora Tamm", "2010", "2011"), ("Greta Olsen", "2013", "2014"), ("Jan Priit", "2015", "2016")]),
    ("school warden", []),            # nobody is called so
    ("harbor union chairman", []),    # nobody knows when
    ("some mayor", []), ("mayor snow", []), ("ferry", []), ("title:mayor", []), ("mayor*", []), ("", []),
])
def test_holders_of_an_office(engine: LinearEngine, typed: str, held: list[tuple[str, str, str]]) -> None:
    """The earlier before the later; also of an office whose last word alone articles give as theirs, and of one that
    is also called otherwise."""
    assert [(each.person["name"], each.first, each.last) for each in holders(engine, typed)] == held


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
        assert found.in_words().startswith(("quotations", "denials"))
    assert all(person["quotations"] for person in namesakes(engine, typed, 0))
