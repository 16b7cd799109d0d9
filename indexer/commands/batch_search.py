"""Many queries at once: a table of queries in, a table of their hits out."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from indexer.commands.query_table import read_queries
from indexer.commands.terminal import printable
from indexer.errors import QueryError
from indexer.query import describe, parse
from indexer.search import Engine, Hit, Kind, Sort
from indexer.spreadsheet import spreadsheet_safe

COLUMNS = (
    "query", "kind", "understood", "total", "rank", "id", "title", "author", "date", "speaker", "quote_kind",
    "stance", "stance_of", "text", "score", "build", "problem",
)


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """How queries are searched. limit: hits of each query."""

    limit: int
    sort: Sort
    collapse: bool


def write_hits(engine: Engine, queries: bytes, hits: TextIO, options: SearchOptions) -> None:
    """A row for every hit of every query, in the order of the queries. A query without hits, or one that cannot be
    understood, has a row that says so: no query is left out."""
    writer = csv.DictWriter(hits, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    shown = printable if hits.isatty() else str
    for typed, kind in read_queries(queries):
        for row in _rows(engine, typed, kind, options):
            cells = {"query": typed, "kind": kind, **row}
            writer.writerow({column: shown(spreadsheet_safe(str(value))) for column, value in cells.items()})


def _rows(engine: Engine, typed: str, kind: Kind, options: SearchOptions) -> Iterator[Mapping[str, object]]:
    try:
        query = parse(typed).query
        results = engine.search(
            query, kind=kind, sort=options.sort, per_page=options.limit, collapse=options.collapse)
    except QueryError as error:
        yield {"problem": str(error)}
        return
    answer = {"understood": describe(query), "total": results.total, "build": results.build}
    if not results.hits:
        yield answer
    for rank, hit in enumerate(results.hits, 1):
        yield {**answer, "rank": rank, **_hit(hit)}


def _hit(hit: Hit) -> Mapping[str, object]:
    document = hit.document
    passages = " … ".join(snippet.text for snippet in hit.snippets)
    return {
        "id": document["id"], "title": document.get("title", document.get("name", "")),
        "author": document.get("author", ""), "date": document.get("date", ""),
        "speaker": document.get("speaker", ""), "score": round(hit.score, 4),
        "quote_kind": document.get("quote_kind", ""), "stance": document.get("stance", ""),
        "stance_of": document.get("stance_of", ""),
        "text": document["said"] if document["kind"] == "quotation" else passages,
    }
