"""Questions about what somebody said, on the page, in the API and in exports: how they are read."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from searchui import create_app
from tests.conftest import archive
from tests.engines.linear_engine import LinearEngine

QUESTION = "What did Mayor Adeyemi say about the ferry?"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    garrity = {**next(each for each in archive() if each["id"] == "michael-garrity"), "id": "ann-garrity",
               "name": "Ann Garrity", "aliases": [], "quotations": 7}
    known = [{**each, "offices": [("Mayor", "2010", "2012")]} if each["id"] == "ruth-adeyemi" else each
             for each in archive()]
    return create_app({"ENGINE": LinearEngine([*known, garrity]), "TESTING": True}).test_client()


def page(client: FlaskClient, **parameters: str) -> str:
    return client.get("/search", query_string=parameters).text


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def answer(client: FlaskClient, path: str = "/api/search", **parameters: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get(path, query_string=parameters).text)
    return found


def ids(hits: list[dict[str, Any]]) -> list[str]:
    return [hit["id"] for hit in hits]


def test_the_page_says_how_it_read_a_question(client: FlaskClient) -> None:
    """In one line above the hits, with the way back; what was typed stays in the box, the person is one chip."""
    html = page(client, q=QUESTION)
    [line] = re.findall(r'<p class="note">Read as.*?</p>', html)
    assert text_of(line) == "Read as quotations by Ruth Adeyemi about the ferry · search the words instead"
    assert f'value="{QUESTION}"' in html and "Remove filter: said by Ruth Adeyemi" in html
    assert "must pay its own way" in text_of(html)
    back = unescape(re.findall(r'href="([^"]*)" rel="nofollow">search the words instead', html)[0])
    words = client.get(back).text
    assert "as=words" in back and "Read as" not in words and f'value="{QUESTION}"' in words


def test_days_are_the_filter(client: FlaskClient) -> None:
    """Shown as such, and gone with its chip."""
    html = page(client, q="Adeyemi on the ferry, 2009 to 2012")
    assert "Remove filter: 2009 to 2012" in html and 'name="from" value="2009"' in html
    assert answer(client, q="Adeyemi on the ferry, 2012 to 2013")["total"] == 0


@pytest.mark.parametrize("parameters", [
    {"q": QUESTION, "as": "words"}, {"q": QUESTION, "in": "articles"}, {"q": QUESTION, "in": "people"},
    {"q": "adeyemi on ferries", "speaker": "hank-sorensen"}, {"q": "speaker:adeyemi ferry"}, {"q": "ferry"},
])
def test_words_stay_words(client: FlaskClient, parameters: dict[str, str]) -> None:
    """If that is asked for, if a speaker is chosen, and where nothing is a question."""
    assert "Read as" not in page(client, **parameters)
    assert answer(client, **parameters)["read_as"] is None


def test_the_api_reads_the_same(client: FlaskClient) -> None:
    """With the same hits; its address is the search that it stands for."""
    found = answer(client, q=QUESTION)
    assert (found["query"], found["read_as"]) == (QUESTION, "quotations by Ruth Adeyemi about the ferry")
    assert (found["kind"], ids(found["hits"])) == ("quotation", ["ben-castellan/ferry-fares#q1"])
    assert found["url"].endswith("/search?q=the+ferry&in=quotations&speaker=ruth-adeyemi")
    assert ids(answer(client, "/api/quotations", q=QUESTION)["hits"]) == ids(found["hits"])
    assert client.get("/api/search?as=guess").status_code == 400


def test_exports_read_the_same(client: FlaskClient) -> None:
    """Whoever exports a question gets what the page shows."""
    head, *rows = client.get("/export.jsonl", query_string={"q": QUESTION}).text.splitlines()
    assert json.loads(head)["export"]["query"] == QUESTION
    assert ids(list(map(json.loads, rows))) == ["ben-castellan/ferry-fares#q1"]


def test_what_others_said_is_apart(client: FlaskClient) -> None:
    """Below a line that says so."""
    html = page(client, q="what did Adeyemi say about robbery")
    before, _, after = html.partition("Said by others, in articles that name Ruth Adeyemi:")
    assert "robbery" in text_of(after) and "The speaker is not quoted with these words." in before
    found = answer(client, q="what did Adeyemi say about robbery")
    assert (found["hits"], ids(found["others"])[0]) == ([], "ben-castellan/ferry-fares#q3")


def test_the_best_quotations_above_articles(client: FlaskClient) -> None:
    """With a link to all of them; not on later pages, not in other orders."""
    html = page(client, q="the")
    best, articles = html.index("Top quotations"), html.index(">Articles</h2>")
    assert best < articles and "All 6 quotations" in html[best:articles]
    assert "Top quotations" not in page(client, q="the", sort="newest")
    assert ids(answer(client, q="goat OR ferry")["best_quotations"]) == ["ben-castellan/ferry-fares#q1"]


def test_a_surname_of_several(client: FlaskClient) -> None:
    """They are offered: each on their page, or with the question."""
    html = text_of(page(client, q="Garrity"))
    assert "2 people of this name are quoted: Ann Garrity 7, Michael Garrity 1" in html
    assert "Looking for Ruth Adeyemi?" in text_of(page(client, q="Adeyami"))
    asked = page(client, q="what did Garrity say about chalkboards")
    assert "Others of this name: Michael Garrity 1" in text_of(asked)
    assert [each["slug"] for each in answer(client, q="Garrity")["namesakes"]] == ["ann-garrity", "michael-garrity"]


def test_who_held_an_office(client: FlaskClient) -> None:
    """Above what contains the words, with the years."""
    html = page(client, q="mayor")
    assert "Articles give this office to Ruth Adeyemi (2010–2012)" in text_of(html)
    assert html.index("Articles give this office") < html.index("<ol")
    assert "Articles give this office" not in page(client, q="mayor", page="2") + page(client, q="mayor ferry")


def test_an_organisation_is_asked_for_by_what_can_be_typed(client: FlaskClient) -> None:
    """So that the address of the answer says it, and its counts are those of every other way to ask."""
    ferries = [{**each, "id": f"ben-castellan/ferry-fares#q{number}", "said": f"Ferry {number} sails.",
                "speaker": "Harbor Authority", "speaker_name": "Harbor Authority", "speaker_kind": "organisation",
                "speaker_id": "", "names": ["Harbor Authority"], "group": str(number)}
               for each in archive() if each["id"] == "ben-castellan/ferry-fares#q1" for number in (7, 8, 9)]
    told = [{**ferries[0], "id": "ben-castellan/ferry-fares#r1", "form": "reported", "stance": "denied"}]
    client = create_app({"ENGINE": LinearEngine([*archive(), *ferries, *told]), "TESTING": True}).test_client()
    found = answer(client, q="what did the Harbor Authority say about ferries in 2010")
    assert found["read_as"] == "quotations by Harbor Authority about ferries, in 2010"
    assert "source=Harbor+Authority" in found["url"]
    assert len(found["hits"]) == 3 == answer(client, "/api/quotations", q='ferries speaker:"Harbor Authority"')["total"]
    denied = answer(client, q="did the Harbor Authority deny that ferries sail")
    assert denied["read_as"].startswith("denials by") and ids(denied["hits"]) == ["ben-castellan/ferry-fares#r1"]
    assert "kind=reported&stance=denied" in denied["url"]
    html = page(client, q="did the Harbor Authority deny that ferries sail")
    assert "Read as denials by Harbor Authority" in text_of(html)


def test_the_trend_of_a_question_is_the_speakers_own(client: FlaskClient) -> None:
    """One line for each of the speakers who are asked for, with the words if there are any."""
    def trend(question: str) -> str:
        [address] = re.findall(r'<a href="(/trends\?[^"]*)"', page(client, q=question))
        return unescape(address)

    hers = "/trends?q={}speaker:%22Ruth+Adeyemi%22&in=quotations"
    assert trend("what did Adeyemi say about the ferry") == hers.format("the+ferry+")
    assert trend("what did Adeyemi say") == hers.format("")
    both = client.get(trend("what did Adeyemi and Sorensen say about the ferry")).text
    assert "the ferry speaker:&#34;Hank Sorensen&#34;" in both and both.count("<polyline") >= 1
