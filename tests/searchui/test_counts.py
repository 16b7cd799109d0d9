"""One search, one count: page, API, export and command line answer alike."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from indexer.build import refresh
from indexer.build.builder import build
from indexer.commands.cli import main
from searchui import create_app
from tests.build.plain_annotation import examine_plainly

ARCHIVE = Path(__file__).parents[1] / "archive"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small archive, built as everybody builds one."""
    index = tmp_path_factory.mktemp("counts") / "index"
    result = CliRunner().invoke(main, ["build", str(ARCHIVE), "--index", str(index), "--jobs", "1"])
    assert result.exit_code == 0, result.output
    return index


@pytest.fixture(scope="module")
def client(index: Path) -> FlaskClient:
    return create_app({"INDEX": str(index), "TESTING": True}).test_client()


QUERIES = ["levy", "the", "title:levy", "sugar OR flood", "levy -sugar", "date:2012", "zeppelin"]


@pytest.mark.parametrize("query", QUERIES)
def test_every_way_to_ask_counts_alike(client: FlaskClient, index: Path, query: str) -> None:
    """Articles that answer, by each of the four ways in."""
    asked = {"query_string": {"q": query}}
    api = json.loads(client.get("/api/search", **asked).text)["total"]
    page = client.get("/search", **asked).text
    command = json.loads(CliRunner().invoke(main, ["search", query, "--index", str(index), "--json"]).stdout)["total"]
    export = client.get("/export.jsonl", **asked).text.splitlines()

    tab = re.search(r'>Articles <span class="count">([\d,]+)<', page)
    assert command == api
    assert json.loads(export[0])["export"]["total"] == api
    assert tab is not None and int(tab[1].replace(",", "")) == api


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same archive with reported speech, found by a table."""
    index = tmp_path_factory.mktemp("told") / "index"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refresh, "examine", examine_plainly)
        build(ARCHIVE, index, jobs=1)
    return index


@pytest.mark.parametrize("query", ["", "adeyemi", "twice", "has", "zeppelin"])
@pytest.mark.parametrize(("kinds", "option"), [
    ((), ()), (("quotation",), ("--kind", "quotation")), (("reported",), ("--kind", "reported")),
    (("quotation", "reported"), ("--kind", "both")),
])
def test_every_way_to_ask_counts_reported_speech_alike(
    told: Path, query: str, kinds: tuple[str, ...], option: tuple[str, ...],
) -> None:
    """By default quotations alone; the facet and the switch say how much there is of the other kind."""
    client = create_app({"INDEX": str(told), "TESTING": True}).test_client()
    asked = MultiDict([("q", query), *(("kind", each) for each in kinds)])
    api = json.loads(client.get("/api/quotations", query_string=asked).text)
    command = ["quotes", *filter(None, [query]), *option, "--index", str(told), "--json"]
    export = client.get("/export.jsonl", query_string=[*asked.items(multi=True), ("in", "quotations")])
    page = client.get("/search", query_string=[*asked.items(multi=True), ("in", "quotations")]).text
    rows = [json.loads(line) for line in export.text.splitlines()]

    assert json.loads(CliRunner().invoke(main, command).stdout)["total"] == api["total"]
    assert rows[0]["export"]["total"] == api["total"] == len(rows) - 1
    assert {"reported" if row["kind"] == "reported" else "quotation" for row in rows[1:]} <= set(kinds or ["quotation"])
    counted = {each["value"]: each["count"] for each in _facets(client, asked)["kind"]}
    assert sum(counted.get(each, 0) for each in kinds or ("quotation",)) == api["total"]
    assert (f">Reported <span class=\"count\">{counted.get('reported')}<" in page) == bool(
        counted.get("reported") and api["total"])


def _facets(client: FlaskClient, asked: MultiDict[str, str]) -> Any:
    query = [*asked.items(multi=True), ("facets", "1")]
    return json.loads(client.get("/api/quotations", query_string=query).text)["facets"]


def test_the_archive_counts_reported_speech_apart(told: Path) -> None:
    """The front page, the API, the person's page and the command, each beside the quotations."""
    client = create_app({"INDEX": str(told), "TESTING": True}).test_client()
    stats = json.loads(client.get("/api/stats").text)
    printed = json.loads(CliRunner().invoke(main, ["stats", "--index", str(told), "--json"]).stdout)
    assert (stats["quotations"], stats["reported"]) == (printed["quotations"], printed["reported"]) == (11, 3)
    assert "<b>3</b> reported" in client.get("/").text
    person = json.loads(client.get("/api/people/hank-sorensen").text)
    shown = client.get("/person/hank-sorensen?unsure=1").text
    assert f"<b>{person['quotations']}</b> quotations and <b>{person['reported']}</b> reported" in shown
    assert f"Also show {person['reported']} reported" in shown
