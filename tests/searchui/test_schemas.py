"""What others read by a rule, held to that rule: Atom, OpenSearch, schema.org, and every reference of the sample."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bibtexparser
import jsonschema
import pytest
import rispy
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from indexer import EVERYTHING, Engine, Kind, open_engine
from searchui import create_app

SCHEMAS = Path(__file__).parents[1] / "schemas"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def app(sample_index: Path) -> Flask:
    return create_app({"INDEX": str(sample_index), "NAME": "The Calder Dispatch & Mercury", "TESTING": True})


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def engine(sample_index: Path) -> Iterator[Engine]:
    found = open_engine(sample_index)
    yield found
    found.close()


def held_to(name: str, document: bytes) -> Any:
    """The document's root, if it keeps to the RELAX NG schema of that name."""
    root = etree.fromstring(document)
    etree.RelaxNG(etree.parse(SCHEMAS / name)).assertValid(root)
    return root


@pytest.mark.parametrize("search", [
    "", "q=ferry&per_page=100", "in=quotations&per_page=100", "in=people&per_page=100", "q=zzzz",
    "in=quotations&q=said:ferry&speaker=ruth-adeyemi&not_year=2012", "q=%22a+%26+b%3C",
])
def test_feeds_are_atom(client: FlaskClient, search: str) -> None:
    """The schema of RFC 4287, and what its prose adds: authors everywhere, no id twice, a link to the feed itself."""
    feed = held_to("atom.rng", client.get(f"/feed.atom?{search}").data)
    entries = feed.findall(f"{ATOM}entry")
    assert all(entry.find(f"{ATOM}author") is not None for entry in entries)
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == feed.findtext(f"{ATOM}id")
    assert client.get(links["alternate"]).status_code == 200


@pytest.mark.parametrize("broken", [
    b"<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><id>x:y</id></feed>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><id>x:y</id><updated>2012</updated></feed>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><id>x:y</id><updated>2012-01-01T00:00:00Z</updated></feed>",
])
def test_the_schema_of_atom_refuses(broken: bytes) -> None:
    """A feed without updated, with half a date, without title."""
    with pytest.raises(etree.DocumentInvalid):
        held_to("atom.rng", broken)


@pytest.mark.parametrize("name", ["A", "The Calder Dispatch & Mercury", "n" * 300, "<b>"])
def test_the_description_is_opensearch(sample_index: Path, name: str) -> None:
    """Its lengths hold however the archive is called, and every address in it answers."""
    client = create_app({"INDEX": str(sample_index), "NAME": name, "TESTING": True}).test_client()
    root = held_to("opensearch.rng", client.get("/opensearch.xml").data)
    templates = [each.get("template") for each in root if each.tag.endswith("Url")]
    assert len(templates) == 4
    for template in templates:
        assert client.get(template.replace("{searchTerms}", "ferry")).status_code == 200


def test_every_article_is_a_news_article(client: FlaskClient, engine: Engine) -> None:
    """schema.org's terms on every article of the sample; each quotation is found at its address."""
    schema = json.loads((SCHEMAS / "news_article.json").read_text("utf-8"))
    quotations = 0
    for hit in engine.every(EVERYTHING, kind="article"):
        page = client.get(f"/article/{hit.document['id']}").text
        [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
        found = json.loads(data)
        jsonschema.validate(found, schema, format_checker=jsonschema.FormatChecker())
        for part in found.get("hasPart", ()):
            quotations += 1
            assert f'id="{part["url"].rpartition("#")[2]}"' in page
    assert quotations == engine.stats()["quotations"]


@pytest.mark.parametrize("kind", ["article", "quotation"])
def test_every_reference_is_read_back(client: FlaskClient, engine: Engine, kind: Kind) -> None:
    """RIS, BibTeX and CSL-JSON of the whole sample, by programs that are not ours: as many, with title, author, date,
    address and, of quotations, the words."""
    search = "?in=quotations" if kind == "quotation" else ""
    documents = [hit.document for hit in engine.every(EVERYTHING, kind=kind)]
    records = rispy.loads(client.get(f"/export.ris{search}").text)
    library = bibtexparser.parse_string(client.get(f"/export.bib{search}").text)
    items = json.loads(client.get(f"/export.csl.json{search}").text)
    assert not library.failed_blocks
    assert len(records) == len(library.entries) == len(items) == len(documents) > 100
    assert len({entry.key for entry in library.entries}) == len(documents)
    for document, record, entry, item in zip(documents, records, library.entries, items):
        title = " ".join(document["title"].split()) or "[Untitled]"
        assert (record["title"], item["title"]) == (title, title)
        fields = {field.key: field.value for field in entry.fields}
        assert document["date"][:10] == fields.get("date", "") == record.get("date", "").strip("/").replace("/", "-")
        assert record["urls"] == [item["URL"]]
        assert len(record.get("authors", ())) == len(item.get("author", ()))
        assert (" and " in fields.get("author", "")) == (len(item.get("author", ())) > 1)
        if kind == "quotation":
            words = " ".join(document["said"].split())
            assert words in item["note"] and words in " ".join(record["notes"])


def test_every_csl_item_is_cited(client: FlaskClient) -> None:
    """citeproc makes a bibliography of the whole sample, with each title in it."""
    items = json.loads(client.get("/export.csl.json").text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON
        source = CiteProcJSON([{name: value for name, value in item.items() if name != "custom"} for item in items])
        style = CitationStylesStyle(str(SCHEMAS / "plain.csl"), validate=False)
        bibliography = CitationStylesBibliography(style, source, formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        lines = [str(line) for line in bibliography.bibliography()]
    assert len(lines) == len(items)
    for item, line in zip(items, lines):
        assert _letters(item["title"]) in _letters(line)
        assert not item.get("author") or _letters(item["author"][0].get("family", "")) in _letters(line)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()
