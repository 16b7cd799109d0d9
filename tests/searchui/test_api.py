"""The archive as JSON."""

from __future__ import annotations

import csv
import json
import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

from indexer import FILTERS, facets_of
from searchui import create_app
from searchui.endpoints import ENDPOINTS
from searchui.request import page_sizes
from searchui.request.search_request import KINDS, PARAMETERS
from tests.conftest import archive
from tests.engines.linear_engine import LinearEngine


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app({"ENGINE": LinearEngine(archive()), "NAME": "The Calder Dispatch", "TESTING": True})


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def described(client: FlaskClient) -> dict[str, Any]:
    return got(client, "/api/openapi.json")


def got(client: FlaskClient, url: str, status: int = 200) -> dict[str, Any]:
    response = client.get(url)
    assert response.status_code == status, response.text
    assert response.mimetype == ("application/json" if status == 200 else "application/problem+json")
    answer: dict[str, Any] = json.loads(response.text)
    return answer


def conforms(answer: dict[str, Any], name: str, described: dict[str, Any]) -> None:
    """The answer is what the OpenAPI document says."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    Draft202012Validator(schema).validate(answer)


def test_search_gives_everything_needed_to_ask_again(client: FlaskClient, described: dict[str, Any]) -> None:
    """The query in words, repairs, filters, count, build and the page's address stand with the hits."""
    answer = got(client, '/api/search?q="sea wall&year=2014&not_author=Jonah+Reyes')
    conforms(answer, "SearchAnswer", described)
    assert answer["understood"] == "“sea wall”"
    assert len(answer["repairs"]) == 1
    assert answer["filters"] == ["not author: Jonah Reyes", "year: 2014"]
    assert answer["total"] == 1
    assert answer["build"] == "linear"
    assert answer["url"].endswith("/search?q=%22sea+wall&not_author=Jonah+Reyes&year=2014")
    [hit] = answer["hits"]
    assert hit["id"] == "nadia-okafor/sea-wall"
    assert hit["published"] == "2014-10-29T17:45"
    assert hit["url"] == "http://localhost/article/nadia-okafor/sea-wall"


def test_marks_are_places_in_the_text(client: FlaskClient) -> None:
    """What matched is told as characters, not as HTML."""
    [hit] = got(client, "/api/search?q=goat")["hits"]
    [(start, end)] = hit["heading"]["marks"]
    assert hit["heading"]["text"][start:end] == "Goat"


def test_quotations_match_speaker_and_words_in_the_same_quotation(
        client: FlaskClient, described: dict[str, Any]) -> None:
    """The mayor is quoted beside the captain's words on his boat; they are not hers."""
    answer = got(client, "/api/quotations?q=speaker:Adeyemi+ferry")
    conforms(answer, "SearchAnswer", described)
    [hit] = answer["hits"]
    assert (hit["text"], hit["speaker"], hit["method"]) == (
        "The ferry must pay its own way,", "Ruth Adeyemi", "surname")
    assert hit["url"] == "http://localhost/article/ben-castellan/ferry-fares#q1"
    assert got(client, "/api/quotations?q=speaker:Adeyemi+boat+-title:ferry")["total"] == 0
    assert got(client, "/api/search?in=quotations&q=speaker:Adeyemi+ferry")["hits"] == answer["hits"]


def test_what_is_like_an_article_or_a_quotation(client: FlaskClient, described: dict[str, Any]) -> None:
    """Without an encoder, what has many of the same words; never what its group says is the same."""
    answer = got(client, "/api/similar?id=nadia-okafor/levy-passes&limit=1")
    conforms(answer, "SimilarAnswer", described)
    [other] = answer["similar"]
    assert other["id"] != "nadia-okafor/levy-passes"
    assert 0 < other["likeness"] <= 1 and not other["by_meaning"]
    assert got(client, "/api/similar?in=quotations&id=nadia-okafor/sea-wall%23q1")["similar"] == []
    assert got(client, "/api/similar?in=people&id=ruth-adeyemi")["similar"] == []


def test_people_are_found_by_any_name(client: FlaskClient, described: dict[str, Any]) -> None:
    """A nickname leads to the person."""
    answer = got(client, "/api/people?q=mick")
    conforms(answer, "SearchAnswer", described)
    assert [hit["slug"] for hit in answer["hits"]] == ["michael-garrity"]


def test_facets_follow_the_query_and_name_the_parameter(client: FlaskClient) -> None:
    """A facet's key and values can be put into the address as they are."""
    answer = got(client, "/api/quotations?facets=1&speaker=ruth-adeyemi&speaker=hank-sorensen")
    counts = {each["value"]: each["count"] for each in answer["facets"]["speaker"]}
    assert counts == {"ruth-adeyemi": 4, "hank-sorensen": 2}
    assert set(answer["facets"]) == {"speaker", "mentions", "author", "year", "certainty", "kind", "identity"}
    levels = {each["value"]: each["count"] for each in answer["facets"]["certainty"]}
    assert levels == {"sure": 4, "likely": 1, "unsure": 1}
    assert sum(answer["histogram"].values()) == 6
    assert got(client, "/api/quotations")["facets"] == {}


@pytest.mark.parametrize("kind", ["article", "quotation", "person"])
def test_one_table_makes_the_facets_of_page_and_api(client: FlaskClient, kind: str) -> None:
    """Those of schema.KEYWORD_FIELDS that have a heading, under the parameters that filter by them. The page leaves out
    what all hits have: here, that the articles print the names."""
    name = next(name for name, value in KINDS.items() if value == kind)
    fields = [each for each in FILTERS if each.name in facets_of(kind)]
    assert bool(fields) is (kind != "person")
    counts = got(client, f"/api/search?in={name}&facets=1")["facets"]
    assert set(counts) == {each.parameter for each in fields}
    # The page offers no choice between a fixed number of values if all results have the same one.
    offered = {each.name for each in fields if not each.values or len(counts[each.parameter]) > 1}
    page = client.get(f"/search?in={name}").text
    shown = set(re.findall(r'<h3 id="facet-(\w+)">', page)) - {"date", "year"}         # years are the bars of the chart
    assert shown == offered - {"year"}


def test_quotations_say_how_sure_their_speakers_are(client: FlaskClient, described: dict[str, Any]) -> None:
    """As a number and in a word; they can be narrowed to it, cleared of it, and sorted by it."""
    answer = got(client, "/api/quotations?speaker=hank-sorensen&sort=certainty")
    assert [(hit["certainty"], hit["level"]) for hit in answer["hits"]] == [(0.72, "likely"), (0.41, "unsure")]
    assert described["components"]["schemas"]["QuotationHit"]["properties"]["level"] == {
        "enum": ["sure", "likely", "unsure"]}
    assert got(client, "/api/quotations?certainty=likely&certainty=unsure")["total"] == 2
    assert got(client, "/api/quotations?q=certainty:likely")["total"] == 1
    assert got(client, "/api/quotations?speaker=hank-sorensen&not_certainty=unsure")["total"] == 1
    quoted = got(client, "/api/articles/ben-castellan/ferry-fares")["quotations"]
    assert [each["level"] for each in quoted] == ["sure", "sure", "unsure"]


def test_pages_lead_to_the_end(client: FlaskClient) -> None:
    """Following next gives every hit once."""
    seen: list[str] = []
    url: str | None = "/api/search?sort=oldest&all=1&per_page=3&in=articles"
    while url:
        answer = got(client, url)
        seen += [hit["id"] for hit in answer["hits"]]
        url = answer["next"]
    assert len(seen) == len(set(seen)) == answer["total"] == 8


def test_a_person_and_an_article_in_full(client: FlaskClient, described: dict[str, Any]) -> None:
    """A quotation in its article is a slice of the text that the answer holds."""
    person = got(client, "/api/people/ruth-adeyemi")
    conforms(person, "PersonWhole", described)
    assert person["aliases"] == ["Mayor Adeyemi", "Adeyemi"]
    article = got(client, "/api/articles/ben-castellan/ferry-fares")
    conforms(article, "ArticleWhole", described)
    assert len(article["quotations"]) == 3
    for each in article["quotations"]:
        assert article["text"][each["start"]:each["end"]] == each["text"]


def test_suggest_and_stats(client: FlaskClient, described: dict[str, Any]) -> None:
    """What a search box and an about page need."""
    suggested = got(client, "/api/suggest?q=aday&limit=1")
    conforms(suggested, "SuggestAnswer", described)
    assert [each["slug"] for each in suggested["people"]] == ["ruth-adeyemi"]
    stats = got(client, "/api/stats")
    conforms(stats, "StatsAnswer", described)
    assert (stats["articles"], stats["quotations"], stats["people"]) == (8, 11, 6)


@pytest.mark.parametrize(("url", "status", "said", "position"), [
    ("/api/search?q=ferry+speeker:x", 400, "No field 'speeker'; did you mean 'speaker'?", 6),
    ("/api/search?q=date:2012-13", 400, "There is no 2012-13", 5),
    ("/api/search?from=soon", 400, "'soon' is no date", 0),
    ("/api/search?in=books", 400, "in is one of articles, quotations, people, not 'books'", None),
    ("/api/search?sort=best", 400, "sort is one of", None),
    ("/api/search?page=0", 400, "page is a number from 1 to", None),
    ("/api/search?page=9999", 400, "page is a number from 1 to", None),
    ("/api/search?per_page=x", 400, "per_page is a number from 1 to 100", None),
    ("/api/search?speker=x", 400, "No parameter 'speker' here; there are q, in,", None),
    ("/api/search?" + "&".join(f"year={n}" for n in range(21)), 400, "year can be given at most 20 times", None),
    ("/api/search?facets=yes", 400, "facets is 0 or 1", None),
    ("/api/search?sort=", 400, "sort is empty", None),
    ("/api/quotations?in=articles", 400, "No parameter 'in'", None),
    ("/api/suggest?limit=1000", 400, "limit is a number", None),
    ("/api/suggest?limit=0001" + "0" * 5000, 400, "limit is a number", None),
    ("/api/sources?order=best", 400, "order is one of most, name, first, last, not 'best'", None),
    ("/api/sources?in=people", 400, "in is one of articles, quotations, not 'people'", None),
    ("/api/trends?by=week", 400, "by is one of year, month, not 'week'", None),
    ("/api/trends?q=a&q=b&q=c&q=d&q=e", 400, "q can be given at most 4 times, not 5", None),
    ("/api/trends?q=ferry&q=speeker:x", 400, "No field", 0),
    ("/api/trends?from=2012-31", 400, "2012-31", 0),
    ("/api/lines?by=", 400, "by is empty", None),
    ("/api/lines?sort=newest", 400, "No parameter 'sort'", None),
    ("/api/people/nobody", 404, "nobody", None),
    ("/api/similar?in=books", 400, "in is one of articles, quotations, people, not 'books'", None),
    ("/api/similar?id=no/such", 404, "no/such", None),
    ("/api/similar", 404, "", None),
    ("/api/articles/no/such", 404, "no/such", None),
    ("/api/nothing/here", 404, "There is no /api/nothing/here", None),
    ("/api/articles/a%0Ab", 404, "There is no /api/articles/a", None),
])
def test_errors_have_one_shape(client: FlaskClient, described: dict[str, Any], url: str, status: int, said: str,
                               position: int | None) -> None:
    """Every mistake is a problem (RFC 9457) that says what to do."""
    answer = got(client, url, status)
    conforms(answer, "Problem", described)
    assert said in answer["detail"]
    assert answer["status"] == status
    assert answer["position"] == position


@pytest.mark.parametrize("search", [
    "", "q=ferry", "q=ferry&in=quotations&order=last", "q=levy&not_year=2014&order=name",
    "q=what+did+adeyemi+say+about+ferry",
])
def test_sources_are_those_of_the_page(client: FlaskClient, described: dict[str, Any], search: str) -> None:
    """Names in the page's order, each with the number of quotations that its address leads to."""
    answer = got(client, f"/api/sources?{search}")
    conforms(answer, "SourcesAnswer", described)
    assert answer["url"].endswith(f"/sources?{search}".rstrip("?"))
    page = client.get(answer["url"]).text
    shown = list(map(unescape, re.findall(r'<th scope="row"><span class="speaker">(?:<a [^>]*>)?([^<]*)', page)))
    assert [each["name"] for each in answer["sources"]] == shown
    assert answer["total"] == len(shown) > 0
    assert answer["quotations"] == answer["unknown"] + sum(each["quotations"] for each in answer["sources"])
    for each in answer["sources"]:
        assert sum(each["certainty"].values()) == each["quotations"]
        found = got(client, each["quotations_url"].replace("/search", "/api/search"))
        assert found["total"] == each["quotations"]


def test_trends_are_those_of_the_page(client: FlaskClient, described: dict[str, Any]) -> None:
    """Counts and shares of every period, as its table has them."""
    search = "q=ferry&q=levy&by=month&from=2010&to=2012"
    answer = got(client, f"/api/trends?{search}")
    conforms(answer, "TrendsAnswer", described)
    table = client.get(f"/trends.csv?{search}").text.splitlines()
    head, *rows = csv.reader(line for line in table if not line.startswith("#"))
    assert [row[0] for row in rows] == answer["periods"]
    for at, series in enumerate(answer["series"]):
        assert series["query"] == head[2 + 2 * at]
        assert [row[2 + 2 * at] for row in rows] == [str(series["counts"][each]) for each in answer["periods"]]
        assert sum(series["counts"].values()) == series["total"]
        assert set(series["per_1000"]) == {period for period, count in answer["articles"].items() if count}


@pytest.mark.parametrize("search", ["q=ferry", "q=ferry+OR+wall&by=left&in=quotations", "q=levy&by=oldest&year=2012"])
def test_lines_are_those_of_the_page(client: FlaskClient, described: dict[str, Any], search: str) -> None:
    """In the page's order, with the same text on both sides."""
    answer = got(client, f"/api/lines?{search}")
    conforms(answer, "LinesAnswer", described)
    page = client.get(answer["url"]).text
    words = [unescape(each) for each in re.findall(r'<td class="word"><mark>([^<]*)', page)]
    after = [unescape(each) for each in re.findall(r'<td class="follows">([^<]*)', page)]
    assert [(each["word"], each["after"]) for each in answer["lines"]] == list(zip(words, after))
    assert answer["total"] == len(words) > 0


def test_tables_have_pages(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each leads to the next, the last to none, and together they are the whole."""
    monkeypatch.setattr(page_sizes, "SOURCES", 2)
    monkeypatch.setattr(page_sizes, "LINES", 2)
    for address, key in (("/api/sources?in=quotations", "sources"), ("/api/lines?q=ferry&by=left", "lines")):
        answer = got(client, address)
        whole, total = answer[key], answer["total"]
        while answer["next"]:
            answer = got(client, answer["next"])
            whole += answer[key]
        assert len(whole) == total > 2


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_archive_can_only_be_read(client: FlaskClient, method: str) -> None:
    """Other methods are refused, with those that are allowed."""
    response = client.open("/api/search", method=method)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert response.mimetype == "application/problem+json"


def test_options_name_the_methods_there_are(client: FlaskClient) -> None:
    """OPTIONS promises nothing that is then refused."""
    assert set(client.options("/api/search").headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("search", [
    "q=sea", "in=quotations&q=ferry", "in=quotations&speaker=ruth-adeyemi&not_year=2014", "from=2010&to=2012-06",
    "in=people&q=ruth", "q=wall&mentions=ruth-adeyemi&author=Nadia+Okafor",
])
def test_page_and_api_count_alike(client: FlaskClient, search: str) -> None:
    """Both read the same address in the same way; the page says its count in words."""
    total = got(client, f"/api/search?{search}")["total"]
    page = client.get(f"/search?{search}")
    assert page.status_code == 200
    assert total > 0
    assert re.search(rf"\b{total} (?:articles?|quotations?|people|person)\b", page.text)


def test_the_document_names_every_endpoint_and_parameter(app: Flask, described: dict[str, Any]) -> None:
    """What is served is documented, and what is documented is served."""
    served = {rule.rule.removeprefix("/api").replace("path:", "").replace("<", "{").replace(">", "}")
              for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")}
    assert served - {"/"} == set(described["paths"])
    named = [each["name"] for each in described["paths"]["/search"]["get"]["parameters"]]
    assert named == [*PARAMETERS, "facets"]
    assert all(each["description"] for path in described["paths"].values() for each in path["get"]["parameters"])
    assert described["openapi"] == "3.1.0"


def test_a_page_documents_every_endpoint_and_parameter(client: FlaskClient) -> None:
    """Made from the same table as the OpenAPI document; its examples work."""
    page = client.get("/api/")
    assert page.status_code == 200
    for endpoint in ENDPOINTS:
        assert f"<code>/api{endpoint.path}</code>" in page.text
        assert all(f"<code>{name}</code>" in page.text for name in endpoint.parameters)
    examples = re.findall(r'href="([^"]+)">Example', page.text)
    assert len(examples) == 6
    for example in examples:
        got(client, example.replace("&amp;", "&"))


@settings(max_examples=60)
@given(st.dictionaries(
    st.sampled_from([*PARAMETERS, "facets", "x"]),
    st.text(max_size=20) | st.sampled_from(["1", "articles", "people", "newest", "2012", "ferry", 'speaker:"Ruth']),
    max_size=5,
))
def test_any_parameters_are_answered_or_refused(args: dict[str, str]) -> None:
    """No text in any parameter is a fault of ours, and answers always conform."""
    response = _CLIENT.get("/api/search", query_string=args)
    assert response.status_code in (200, 400), response.text
    answer = json.loads(response.text)
    conforms(answer, "SearchAnswer" if response.status_code == 200 else "Problem", _DESCRIBED)


_CLIENT = create_app({"ENGINE": LinearEngine(archive()), "TESTING": True}).test_client()
_DESCRIBED = got(_CLIENT, "/api/openapi.json")
