"""Bare names and offices that the archive, not the article, gives somebody: marked, counted, filtered, left out."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from searchui import create_app
from tests.conftest import article_document, person_document, quotation_document
from tests.engines.linear_engine import LinearEngine

SAID = ("The boats must run.", "The boats must stop.", "The boats must swim.")


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    """Three quotations of one person, of which one article prints a bare name."""
    article = article_document("a/b", "Boats", " ".join(f'"{each}" said Adeyemi.' for each in SAID), said=list(SAID),
                               speakers=["ruth-adeyemi"], mentioned=["ruth-adeyemi"])
    inferred: dict[str, Any] = {"method": "surname", "inferred": True, "identity": "inferred"}
    quotations = [quotation_document(article, number, words, "ruth-adeyemi", **(inferred if number == 2 else {}))
                  for number, words in enumerate(SAID, 1)]
    engine = LinearEngine([article, *quotations, person_document("ruth-adeyemi", 3, 1)])
    return create_app({"ENGINE": engine, "TESTING": True}).test_client()


def said(client: FlaskClient, address: str) -> list[str]:
    answer = client.get(address).json
    assert answer
    return sorted(each["text"] for each in answer["hits"])


@pytest.mark.parametrize(("parameters", "found"), [
    ("identity=inferred", [SAID[1]]), ("not_identity=inferred", [SAID[0], SAID[2]]),
    ("identity=printed", [SAID[0], SAID[2]]), ("q=identity:inferred", [SAID[1]]),
    ("q=boats+-identity:inferred", [SAID[0], SAID[2]]), ("q=boats", sorted(SAID)),
])
def test_inferred_names_are_filtered_by(client: FlaskClient, parameters: str, found: list[str]) -> None:
    """In the address, and typed."""
    assert said(client, f"/api/quotations?{parameters}") == found


def test_they_are_counted(client: FlaskClient) -> None:
    """As a facet of the API and of the page; where all names are printed there is nothing to choose."""
    answer = client.get("/api/quotations?q=boats&facets=1").json
    assert answer and {each["value"]: each["count"] for each in answer["facets"]["identity"]} == {
        "printed": 2, "inferred": 1}
    assert "identity=inferred" in client.get("/search?q=boats&in=quotations").text
    assert "identity=printed" not in client.get("/search?q=boats+-swim+-stop&in=quotations").text


def test_a_person_can_be_read_without_them(client: FlaskClient) -> None:
    """A link leaves them out, and another brings them back."""
    page = client.get("/person/ruth-adeyemi")
    assert "“Adeyemi” in print" in page.text
    assert ">Leave out 1 known by a bare name or office alone<" in page.text
    without = client.get("/person/ruth-adeyemi?not_identity=inferred&q=boats")
    assert "“Adeyemi” in print" not in without.text and "swim" in without.text
    again = ">Show those known by a bare name or office alone, too<"
    back = unescape(without.text).split(again)[0].rpartition('href="')[2]
    assert back.startswith("/person/ruth-adeyemi?q=boats")
    assert "“Adeyemi” in print" in client.get(back.rstrip('" rel="nofollow"')).text


def test_an_office_is_shown_with_its_years() -> None:
    """On the person's page and in the API; other roles without."""
    adeyemi = person_document("ruth-adeyemi", 3, 3, "2009-01-02", "2014-01-02", roles=["mayor of Calder", "sailor"],
                              offices=[("mayor of Calder", "2009", "2013")])
    client = create_app({"ENGINE": LinearEngine([adeyemi]), "TESTING": True}).test_client()
    assert "mayor of Calder, 2009–2013; sailor" in client.get("/person/ruth-adeyemi").text
    answer = client.get("/api/people/ruth-adeyemi").json
    assert answer and answer["offices"] == [{"role": "mayor of Calder", "first": "2009", "last": "2013"}]
    assert answer["roles"] == ["mayor of Calder", "sailor"]
