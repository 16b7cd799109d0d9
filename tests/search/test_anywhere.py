"""Quotations by somebody whose article holds the words anywhere, whoever says them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.engines.whoosh import WhooshEngine, WhooshWriter
from indexer.query.description import describe, to_text
from indexer.query.parser import parse
from indexer.query.tree import And, Exact, InArticle, Not
from indexer.search.engine import Engine
from searchui import create_app
from tests.conftest import archive
from tests.engines.linear_engine import LinearEngine


@pytest.fixture(scope="module", params=["linear", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    if request.param == "linear":
        return LinearEngine(archive())
    folder = tmp_path_factory.mktemp("anywhere")
    WhooshWriter(folder).write(archive())
    return WhooshEngine(folder)


@pytest.fixture(scope="module")
def client(engine: Engine) -> FlaskClient:
    return create_app({"ENGINE": engine, "TESTING": True}).test_client()


def found(client: FlaskClient, **asked: str) -> dict[str, Any]:
    response = client.get("/api/quotations", query_string=asked)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = json.loads(response.text)
    return answer


def ids(client: FlaskClient, **asked: str) -> list[str]:
    return sorted(hit["id"] for hit in found(client, all="1", **asked)["hits"] if not hit["partial"])


@pytest.mark.parametrize("asked, apart, together", [
    ({"q": "speaker:Sorensen levy"}, ["nadia-okafor/levy-passes#q2"], []),
    ({"q": "levy", "speaker": "hank-sorensen"}, ["nadia-okafor/levy-passes#q2"], []),
    ({"q": "speaker:Sorensen said:boat levy"}, ["nadia-okafor/levy-passes#q2"], []),
    ({"q": "speaker:Adeyemi said:boat levy"}, [], []),
    ({"q": "speaker:Sorensen -levy"}, ["ben-castellan/ferry-fares#q3"],
     ["ben-castellan/ferry-fares#q3", "nadia-okafor/levy-passes#q2"]),
    ({"q": "boat"}, ["ben-castellan/ferry-fares#q1", "ben-castellan/ferry-fares#q2", "ben-castellan/ferry-fares#q3",
                     "nadia-okafor/levy-passes#q1", "nadia-okafor/levy-passes#q2"],
     ["ben-castellan/ferry-fares#q2", "nadia-okafor/levy-passes#q2"]),
    ({"q": "speaker:Sorensen"}, ["ben-castellan/ferry-fares#q3", "nadia-okafor/levy-passes#q2"],
     ["ben-castellan/ferry-fares#q3", "nadia-okafor/levy-passes#q2"]),
    ({"q": "speaker:Sorensen zebra"}, [], []),
])
def test_words_may_stand_anywhere(client: FlaskClient, asked: dict[str, str], apart: list[str],
                                  together: list[str]) -> None:
    """Speaker and said: stay with the quotation; everything else may be of its article."""
    assert ids(client, anywhere="1", **asked) == apart
    assert ids(client, **asked) == ids(client, anywhere="0", **asked) == together


def test_the_answer_says_so(client: FlaskClient) -> None:
    """Among the filters, and in the address; API, page and export count alike."""
    answer = found(client, q="speaker:Sorensen levy", anywhere="1")
    assert answer["filters"] == ["anywhere in the article: levy"]
    assert answer["url"].endswith("/search?q=speaker:Sorensen+levy&in=quotations&anywhere=1")
    page = client.get(answer["url"]).text
    assert "Remove filter: words anywhere in the article" in page
    assert 'href="/search?q=speaker:Sorensen+levy&amp;in=quotations" rel="nofollow"' in page
    export = client.get("/export.csv?in=quotations&q=speaker:Sorensen+levy&anywhere=1").text
    assert '#,"Filters: anywhere in the article: levy"' in export and "onrecord, 1 quotations" in export


@pytest.mark.parametrize("query, offered", [
    ("q=speaker:Sorensen+levy&in=quotations", True), ("q=levy&in=quotations&speaker=hank-sorensen", True),
    ("q=levy&in=quotations", False), ("q=speaker:Sorensen&in=quotations", False), ("q=speaker:Sorensen+levy", False),
    ("q=speaker:Sorensen+levy&in=quotations&anywhere=1", False),
])
def test_the_page_offers_it_where_it_helps(client: FlaskClient, query: str, offered: bool) -> None:
    """Where a speaker and words are sought in one quotation."""
    assert ("Search whole articles, not just quotations" in client.get(f"/search?{query}").text) == offered


def test_articles_hold_speaker_and_words_anywhere_as_it_is(client: FlaskClient) -> None:
    """The switch changes nothing for them."""
    for anywhere in ("", "&anywhere=1"):
        answer = json.loads(client.get(f"/api/search?q=levy&speaker=hank-sorensen{anywhere}").text)
        assert (answer["total"], answer["filters"]) == (1, ["speaker: hank-sorensen"])


def test_an_article_stands_in_itself(engine: Engine) -> None:
    """The same filter narrows articles."""
    words = parse("goat").query
    assert engine.count(And(()), kind="article", filters=InArticle(words)) == 1
    assert engine.count(And(()), kind="quotation", filters=And((InArticle(words),))) == 0


def test_it_is_said_in_words_and_cannot_be_typed() -> None:
    """As a filter it is never part of the query's text."""
    part = InArticle(And((parse("goat").query, Not(Exact("2012", "year")))))
    assert describe(part) == "in an article with (goat, without year is 2012)"
    with pytest.raises(ValueError, match="cannot be typed"):
        to_text(InArticle(parse("goat").query))
