"""One search, one count: page, API, export and command line answer alike."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.commands.cli import main
from searchui import create_app

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
