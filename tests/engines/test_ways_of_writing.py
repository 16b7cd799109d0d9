"""What is written in several ways is found in all of them, and the very form that was typed first, on every engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings, strategies as st

from indexer.query import And, Near, Not, Or, Phrase, Prefix, Query, Words, parse
from indexer.search import Document, Engine, Kind
from indexer.search.time_limit import unlimited
from tests.conftest import article_document, quotation_document
from tests.engines.linear_engine import LinearEngine
from tests.engines.test_contract import ENGINES

TEXTS = {
    "email": "The e-mail came late.", "emails": "Emails were lost.", "post": "The mail came by boat.",
    "coop": "A co-op on Alder Street cooperates.", "wifi": "WiFi on the ferry, and Wi-Fi ashore.",
    "tower": "A high-rise with 20 floors.", "towers": "Two highrises burned.", "rise": "Prices rise. They are high.",
    "saint": "At St. Brendan's on Tannery St, a choir.", "brendan": "Saint Brendan sailed.",
    "second": "The 2nd of May.", "seconds": "It came in second.", "country": "The U.S. Senate met.",
    "capitals": "A US flag.", "pronoun": "Tell us more.", "code": "She writes C++ all day.",
    "letter": "Vitamin C helps.", "slice": "A slice for $5.", "dollars": "It took 5 dollars.", "five": "5 goats.",
    "peace": "An anti-war march.", "pacific": "The antiwar song.", "park": "A park.", "parks": "Parks parks parks.",
    "parking": "Parking, parking and parking.",
}
KINDS: tuple[Kind, ...] = ("article", "quotation")


def documents() -> list[Document]:
    articles = [article_document(id, "", text, said=[text]) for id, text in TEXTS.items()]
    return [*articles, *(quotation_document(each, 1, each["text"]) for each in articles)]


JUDGE = LinearEngine(documents())


@pytest.fixture(scope="module", autouse=True)
def plenty_of_time() -> Iterator[None]:
    with unlimited():
        yield


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Each engine in turn, over these texts."""
    return ENGINES[request.param](documents(), tmp_path_factory.mktemp("ways"))


@pytest.mark.parametrize(("typed", "expected"), [
    ("email", "email emails"), ("e-mail", "email emails"), ("e-mails", "email emails"), ("mail", "post"),
    ("coop", "coop"), ("co-op", "coop"), ("cooperate", "coop"), ("wi-fi", "wifi"), ("wifi", "wifi"),
    ("highrise", "tower towers"), ("high-rise", "tower towers"), ("high-rises", "tower towers"),
    ("high rise", "tower towers rise"), ('"high rise"', "tower towers"),
    ("st brendan", "saint brendan"), ("saint brendan", "saint brendan"), ("tannery street", "saint"),
    ('"tannery street"', "saint"), ('"street"', "coop"), ("2nd", "second seconds"), ("second", "second seconds"),
    ("U.S.", "country capitals"), ("US", "country capitals"), ("us", "country capitals pronoun"),
    ("U.S. senate", "country"), ("C++", "code"), ("c++", "code"), ("$5", "slice dollars"),
    ("5", "slice dollars five"),
    ("anti-war", "peace pacific"), ("antiwar", "peace pacific"), ("slice -$5", ""), ("5 -dollars", "slice five"),
])
def test_found(engine: Engine, typed: str, expected: str) -> None:
    """In texts and in quotations alike."""
    query = parse(typed).query
    for kind in KINDS:
        found = [hit.document["id"].partition("#")[0] for hit in engine.every(query, kind=kind)]
        assert sorted(found) == sorted(expected.split())


@pytest.mark.parametrize(("typed", "first"), [("park", "park"), ("parks", "parks"), ("parking", "parking")])
def test_the_very_form_first(engine: Engine, typed: str, first: str) -> None:
    """Before others of its stem, however often those are there."""
    for kind in KINDS:
        hits = engine.search(Words(typed), kind=kind).hits
        assert hits[0].document["id"].partition("#")[0] == first and len(hits) == 3


texts = st.sampled_from(("e-mail", "email", "high rise", "highrise", "St", "Saint Brendan", "street", "2nd", "second",
                         "U.S.", "us", "C++", "c", "$5", "5", "anti-war", "antiwar", "co-op", "wifi", "Parking"))
fields = st.sampled_from((None, None, "text", "said", "title", "mentions"))
leaves = st.one_of(st.builds(Words, texts, fields), st.builds(Near, texts, st.integers(0, 3), fields),
                   st.builds(Phrase, st.lists(texts, min_size=1, max_size=2).map(" ".join), fields),
                   st.builds(Prefix, st.sampled_from(("emai", "hig", "stree", "ant")), fields))
queries = st.recursive(leaves, lambda parts: st.one_of(
    st.builds(Not, parts), st.lists(parts, max_size=3).map(tuple).map(And),
    st.lists(parts, max_size=3).map(tuple).map(Or)), max_leaves=5)


@settings(max_examples=120)
@given(query=queries)
def test_engines_agree(engine: Engine, query: Query) -> None:
    """Whatever is written in whatever way, each engine finds what the judge finds."""
    found = [sorted(hit.document["id"] for hit in each.every(query, kind="article")) for each in (engine, JUDGE)]
    assert found[0] == found[1]
