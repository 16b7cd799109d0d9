"""What one request, and one client, may ask: refused with a reason, before it costs much."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.configuration import Limits
from indexer.errors import QueryTooSlow
from indexer.query.parser import parse
from indexer.query.tree import clauses
from indexer.search.engine import Results
from indexer.search.time_limit import SECONDS, TimeLimit, clear_time_limit, set_time_limit, time_limit, unlimited
from searchui import create_app
from searchui.serving import rates
from tests.conftest import archive
from tests.engines.linear_engine import LinearEngine

AFAR = {"REMOTE_ADDR": "192.0.2.7"}
SMALL = Limits(query=40, clauses=5, address=500, pages=3, export=2, searches=3, exports=2)


def client_of(limits: Limits = SMALL, engine: LinearEngine | None = None) -> FlaskClient:
    return create_app({"ENGINE": engine or LinearEngine(archive()), "LIMITS": limits, "TESTING": True}).test_client()


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return client_of()


@pytest.mark.parametrize("typed, said", [
    ("f" * 41, "A query can have 40 characters; this one has 41."),
    ("a b c d e f", "A query can have 5 words and conditions; this one has 6."),
    ('"a b c d e f"', "A query can have 5 words and conditions; this one has 6."),
    ("a OR b OR (c -d) e f", "A query can have 5 words and conditions; this one has 6."),
])
@pytest.mark.parametrize("address", ["/search", "/api/search", "/api/quotations", "/export.csv", "/feed.atom"])
def test_a_query_too_large_is_refused(client: FlaskClient, address: str, typed: str, said: str) -> None:
    """400 and why, in the form of whatever was asked."""
    response = client.get(address, query_string={"q": typed})
    assert response.status_code == 400
    text = json.loads(response.text)["detail"] if "/api/" in address else response.text
    assert said in text
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("typed, count", [
    ("", 0), ("ferry", 1), ('"sea wall" ferry', 3), ("-ferry", 1), ("date:2012 ferry", 2), ("fer* OR (a -b)", 3),
    ('"sea wall"~5', 2),
])
def test_clauses_are_counted(typed: str, count: int) -> None:
    """Every word of a phrase is one: a phrase of a hundred words costs as much as a hundred words."""
    assert clauses(parse(typed).query) == count


@pytest.mark.parametrize("address", ["/", "/search", "/api/search", "/static/onrecord.css", "/nowhere", "/healthz"])
def test_an_endless_address_is_refused(client: FlaskClient, address: str) -> None:
    """Before anything reads it."""
    assert client.get(f"{address}?speaker={'x' * 600}").status_code == 414


def test_pages_past_the_last_are_not_opened(client: FlaskClient) -> None:
    """The API says so, the page shows the first; both stop offering a next one there."""
    assert client.get("/api/search?page=4").status_code == 400
    assert "a number from 1 to 3" in client.get("/api/search?page=4").text
    assert client.get("/search?page=4&per_page=1").status_code == 200
    assert json.loads(client.get("/api/search?page=2&per_page=1").text)["next"]
    assert json.loads(client.get("/api/search?page=3&per_page=1").text)["next"] is None
    document = json.loads(client.get("/api/openapi.json").text)
    schemas = {each["name"]: each["schema"] for each in document["paths"]["/search"]["get"]["parameters"]}
    assert (schemas["page"]["maximum"], schemas["q"]["maxLength"]) == (3, 40)


def test_an_export_ends_at_its_limit_and_says_so(client: FlaskClient) -> None:
    """The count of the whole answer stands in the head of the file."""
    text = client.get("/export.csv?in=quotations").text
    assert "the first 2 of 11 quotations" in text
    assert len(text.splitlines()) == 3 + 1 + 2


class Slow(LinearEngine):
    """Takes all the time that a request has."""

    def search(self, *args: Any, **options: Any) -> Results:
        if time_limit().until < time.monotonic() + 1:
            raise QueryTooSlow("This query took too long.")
        return super().search(*args, **options)

    def count(self, *args: Any, **options: Any) -> int:
        return self.search(*args, **options).total


@pytest.mark.parametrize("address", ["/search", "/api/search", "/export.csv", "/person/ruth-adeyemi"])
def test_a_slow_query_ends_with_a_reason(address: str) -> None:
    """503; what was typed stays in the box."""
    response = client_of(Limits(seconds=0.5), Slow(archive())).get(address, query_string={"q": "ferry boat"})
    assert response.status_code == 503
    assert "This query took too long." in response.text
    if address == "/search":
        assert "That took too long" in response.text and 'value="ferry boat"' in response.text


def test_what_everybody_needs_has_all_the_time_it_takes() -> None:
    """The front page is worked out once, however long that takes."""
    assert client_of(Limits(seconds=0.5), Slow(archive())).get("/").status_code == 200


def test_searches_of_one_request_share_its_time() -> None:
    """Not each the whole; what comes after unlimited work has what it had before."""
    set_time_limit(100, 7)
    before = time_limit()
    with unlimited():
        assert time_limit() == TimeLimit(float("inf"))
    assert time_limit() is before
    assert before.until <= time.monotonic() + 100
    assert before.expansions == 7
    clear_time_limit()


def test_what_a_request_was_allowed_ends_with_it(client: FlaskClient) -> None:
    """What the same thread does next has its own time, not what was left."""
    assert client.get("/search?q=ferry").status_code == 200
    ended = time.monotonic()
    assert time_limit().until >= ended + SECONDS


def statuses(client: FlaskClient, address: str, count: int, environ: Mapping[str, Any] = AFAR) -> list[int]:
    return [client.get(address, environ_overrides=dict(environ)).status_code for _ in range(count)]


@pytest.mark.parametrize("address, other", [("/search?q=a", "/api/quotations"), ("/export.csv", "/export.bib")])
def test_a_client_can_ask_only_so_often(address: str, other: str) -> None:
    """Searches together, exports together; 429 says when to come again."""
    client, most = client_of(), 3 if "search" in address else 2
    assert statuses(client, address, most) == [200] * most
    refused = client.get(other, environ_overrides=AFAR)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 61
    assert refused.headers["Cache-Control"] == "no-store"
    assert statuses(client, address, 1, {"REMOTE_ADDR": "192.0.2.8"}) == [200]


def test_a_refusal_is_a_page_or_json() -> None:
    """In the shape of every other error."""
    client = client_of()
    statuses(client, "/search", 3)
    assert "Too many searches at once" in client.get("/search", environ_overrides=AFAR).text
    assert json.loads(client.get("/api/search", environ_overrides=AFAR).text)["status"] == 429


def test_suggestions_are_counted_apart() -> None:
    """Whoever types fast can still search."""
    client = client_of()
    assert statuses(client, "/api/suggest?q=ru", 16) == [200] * 15 + [429]
    assert statuses(client, "/search?q=ruth", 1) == [200]


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.8.9.1"])
def test_loopback_is_never_counted(address: str) -> None:
    """There sits whoever runs the server."""
    assert statuses(client_of(), "/search", 6, {"REMOTE_ADDR": address}) == [200] * 6


def test_a_network_of_one_household_is_one_client() -> None:
    """IPv6 gives everybody more addresses than can be counted."""
    client = client_of()
    found = [statuses(client, "/search", 1, {"REMOTE_ADDR": f"2001:db8::{each:x}"})[0] for each in range(4)]
    assert found == [200, 200, 200, 429]
    assert statuses(client, "/search", 1, {"REMOTE_ADDR": "2001:db8:0:1::1"}) == [200]


def test_zero_is_no_limit() -> None:
    """Nobody is counted."""
    client = client_of(Limits(searches=0, exports=0))
    assert statuses(client, "/search", 6) == [200] * 6


def test_pages_that_cost_nothing_are_not_counted() -> None:
    """Help, health and files; articles do, since what was sought is marked in them."""
    client = client_of()
    for address in ("/help", "/healthz"):
        assert statuses(client, address, 6) == [200] * 6
    assert statuses(client, "/article/lost/note", 4) == [200, 200, 200, 429]


def test_without_the_extension_the_page_runs_and_says_so_once(
        monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """One line in the log for the whole process, when somebody comes from elsewhere."""
    monkeypatch.setitem(sys.modules, "flask_limiter", None)
    rates._warn.cache_clear()
    with caplog.at_level(logging.WARNING, "onrecord"):
        first, second = client_of(), client_of()
        assert statuses(first, "/search", 2, {"REMOTE_ADDR": "127.0.0.1"}) == [200] * 2
        assert not caplog.records                 # for whoever sits there it makes no difference
        assert statuses(first, "/search", 6) == statuses(second, "/search", 6) == [200] * 6
    assert ["pip install 'onrecord[server]'" in record.getMessage() for record in caplog.records] == [True]
