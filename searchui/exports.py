"""A whole answer to take away: CSV, JSON lines, RIS, BibTeX, CSL-JSON, and a feed; streamed, in the page's order.

Each names the search, its filters, the count, the index's build and the time, so that it can be made again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from flask import Blueprint, Response, abort, current_app, json, request, stream_with_context

from indexer import Document, Engine, Kind, OnRecordError, QueryError, QueryTooSlow, describe
from searchui.formats import answers, bibtex, cited, csl, description_of, feed_of, permalink, ris
from searchui.request import KINDS, Asked

exports = Blueprint("exports", __name__)

MOST_SELECTED = 500

# What a spreadsheet may run as a formula, when a cell begins with it.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
_COLUMNS: Mapping[Kind, tuple[str, ...]] = {
    "article": tuple(answers.ArticleAnswer.__annotations__),
    "quotation": tuple(answers.QuotationAnswer.__annotations__),
    "person": tuple(answers.PersonAnswer.__annotations__),
}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an export comes from, in words and as an address."""

    kind: Kind
    query: str
    understood: str
    filters: tuple[str, ...]
    total: int
    exported: int
    build: str
    time: datetime
    url: str

    def lines(self) -> list[str]:
        """A line each thing; without the marks that would open something in any of the formats."""
        noun = next(name for name, kind in KINDS.items() if kind == self.kind)
        count = f"{self.total}" if self.exported == self.total else f"the first {self.exported} of {self.total}"
        said = [f"onrecord, {count} {noun} for: {self.understood}"]
        said += [f"Filters: {'; '.join(self.filters)}"] if self.filters else []
        said += [f"Address: {self.url}", f"Index build {self.build}, exported {self.time:%Y-%m-%dT%H:%M:%SZ}"]
        return [" ".join(line.translate(_OPENING).split()) for line in said]

    def values(self) -> dict[str, Any]:
        return {
            "query": self.query, "understood": self.understood, "filters": [*self.filters], "total": self.total,
            "exported": self.exported, "build": self.build, "time": f"{self.time:%Y-%m-%dT%H:%M:%SZ}", "url": self.url,
        }


_OPENING = {ord('"'): "'", ord("@"): " at ", ord("{"): "(", ord("}"): ")"}


@exports.get("/export.csv")
def as_csv() -> Response:
    return _streamed("csv", "text/csv", _csv_lines)


@exports.get("/export.jsonl")
def as_jsonl() -> Response:
    return _streamed("jsonl", "application/x-ndjson", _json_lines)


@exports.get("/export.ris")
def as_ris() -> Response:
    return _streamed("ris", "application/x-research-info-systems", _ris_records)


@exports.get("/export.bib")
def as_bib() -> Response:
    return _streamed("bib", "application/x-bibtex", _bib_records)


@exports.get("/export.csl.json")
def as_csl() -> Response:
    return _streamed("csl.json", "application/vnd.citationstyles.csl+json", _csl_items)


@exports.get("/feed.atom")
def as_feed() -> Response:
    """The newest hits of the search, at most a page of them."""
    asked = replace(_asked(), sort="newest")
    engine = _engine()
    documents = [hit.document for hit in islice(_every(engine, asked), asked.per_page)]
    total = engine.count(asked.sought, kind=asked.kind, filters=asked.filters)
    return Response(feed_of(asked, documents, total, engine), mimetype="application/atom+xml")


@exports.get("/opensearch.xml")
def opensearch() -> Response:
    """The description by which a browser offers the archive in its address bar."""
    return Response(description_of(current_app.config["NAME"]), mimetype="application/opensearchdescription+xml")


@exports.get("/suggestions")
def suggestions() -> Response:
    """People, as browsers ask for suggestions: the text typed, completions, descriptions, addresses."""
    typed = request.args.get("q", "")[:100]
    people = _engine().suggest(typed)
    found = [
        typed, [f'speaker:"{each["name"]}"' for each in people],
        [f"{each['quotations']} quotations" for each in people], [permalink(each) for each in people],
    ]
    return Response(json.dumps(found, ensure_ascii=False, sort_keys=False), mimetype="application/x-suggestions+json")


def _streamed(suffix: str, mimetype: str, lines: Callable[[Provenance, Iterable[Document]], Iterator[str]]) -> Response:
    asked = _asked()
    if asked.kind == "person" and suffix not in ("csv", "jsonl"):
        abort(400, "People are exported as CSV or JSON lines; what can be cited are articles and quotations.")
    engine = _engine()
    documents, total = _documents(engine, asked)
    source = _provenance(asked, engine, total)
    noun = next(name for name, kind in KINDS.items() if kind == asked.kind)
    response = Response(stream_with_context(lines(source, documents)), mimetype=mimetype)
    name = f"onrecord-{noun}-{engine.build_id}.{suffix}".encode("ascii", "replace").decode()
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Total-Count"] = str(total)
    response.headers["X-Index-Build"] = engine.build_id
    return response


def _documents(engine: Engine, asked: Asked) -> tuple[Iterable[Document], int]:
    """The whole answer, or those of the ids that the address names, and how many there are."""
    ids = request.args.getlist("id")[:MOST_SELECTED]
    if ids:
        return [engine.get(asked.kind, id) for id in dict.fromkeys(ids)], len(ids)
    total = engine.count(asked.sought, kind=asked.kind, filters=asked.filters)
    return (hit.document for hit in islice(_every(engine, asked), asked.limits.export)), total


def _every(engine: Engine, asked: Asked) -> Iterator[Any]:
    return engine.every(asked.sought, kind=asked.kind, filters=asked.filters, sort=asked.sort)


def _asked() -> Asked:
    asked = Asked.from_args(request.args)
    if asked.error:
        raise asked.error
    return asked


def _engine() -> Engine:
    engine: Engine = current_app.extensions["onrecord"].engine
    return engine


def _provenance(asked: Asked, engine: Engine, total: int) -> Provenance:
    return Provenance(
        kind=asked.kind, query=asked.typed,
        understood="a selection" if "id" in request.args else describe(asked.query),
        filters=tuple(("not " if excluded else "") + label for label, _, excluded in asked.filter_labels()),
        total=total, exported=min(total, asked.limits.export), build=engine.build_id, time=datetime.now(UTC),
        url=asked.url(external=True),
    )


def _csv_lines(source: Provenance, documents: Iterable[Document]) -> Iterator[str]:
    """Comment lines, a header, a row a document; every cell in quotation marks."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    columns = _COLUMNS[source.kind]
    raw = request.args.get("raw") == "1"
    yield "".join(f"# {line}\r\n" for line in source.lines())
    writer.writerow(columns)
    for document in documents:
        row = answers.plain(document)
        writer.writerow([cell(row[name], raw) for name in columns])
        yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def cell(value: object, raw: bool = False) -> str:
    """The text of a cell: lists joined, yes and no, and, unless raw, nothing that a spreadsheet would run.

    The apostrophe in front alters the text: who needs it as published asks for raw=1.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not raw else text


def _json_lines(source: Provenance, documents: Iterable[Document]) -> Iterator[str]:
    """First the search, under "export", then an object a document."""
    yield json.dumps({"export": source.values()}, ensure_ascii=False, sort_keys=False) + "\n"
    for document in documents:
        yield json.dumps(answers.plain(document), ensure_ascii=False, sort_keys=False) + "\n"


def _ris_records(source: Provenance, documents: Iterable[Document]) -> Iterator[str]:
    """At most three lines before the first record: Zotero recognises no RIS behind more."""
    head, *rest = source.lines()
    yield f"{head}\r\n{'. '.join(rest[:-1])}\r\n{rest[-1]}\r\n"
    for document in documents:
        yield ris(cited(document), source.time.date())


def _bib_records(source: Provenance, documents: Iterable[Document]) -> Iterator[str]:
    yield "".join(f"% {line}\n" for line in source.lines()) + "\n"
    for document in documents:
        yield bibtex(cited(document), source.time.date())


def _csl_items(source: Provenance, documents: Iterable[Document]) -> Iterator[str]:
    """A JSON array has no comments: the search stands in the first item, as custom."""
    separator = "["
    custom = {"custom": {"onrecord": source.values()}}
    for document in documents:
        item = {**csl(cited(document), source.time.date()), **custom}
        yield separator + json.dumps(item, ensure_ascii=False, sort_keys=False)
        separator, custom = ",\n", {}
    yield "]\n" if separator != "[" else "[]\n"


@exports.errorhandler(QueryError)
@exports.errorhandler(QueryTooSlow)
def _query_error(error: OnRecordError) -> Response:
    """For programs: a line that says why."""
    return Response(f"{error}\n", 503 if isinstance(error, QueryTooSlow) else 400, mimetype="text/plain")
