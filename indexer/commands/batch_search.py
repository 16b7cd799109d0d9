"""Many queries at once: a table of queries in, a table of their hits out."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO, get_args

from indexer.errors import OnRecordError, QueryError
from indexer.query import describe, parse
from indexer.search import Engine, Hit, Kind, Sort
from indexer.spreadsheet import spreadsheet_safe

COLUMNS = (
    "query", "kind", "understood", "total", "rank", "id", "title", "author", "date", "speaker", "quote_kind",
    "stance", "stance_of", "text", "score", "build", "problem",
)


@dataclass(frozen=True, slots=True)
class BatchOptions:
    """How queries are searched. limit: hits of each query."""

    limit: int
    sort: Sort
    collapse: bool


def write_hits(engine: Engine, queries: TextIO, hits: TextIO, options: BatchOptions) -> None:
    """A row for every hit of every query, in the order of the queries. A query without hits, or one that cannot be
    understood, has a row that says so: no query is left out."""
    writer = csv.DictWriter(hits, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for typed, kind in read_queries(queries):
        for row in _rows(engine, typed, kind, options):
            cells = {"query": typed, "kind": kind, **row}
            writer.writerow({column: spreadsheet_safe(str(value)) for column, value in cells.items()})


def read_queries(table: TextIO) -> Iterator[tuple[str, Kind]]:
    """Query and kind of every row. A table with one column needs no head."""
    rows = [row for row in csv.reader(table) if any(cell.strip() for cell in row)]
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    if "query" in head:
        rows = rows[1:]
    elif rows and max(map(len, rows)) > 1:
        raise OnRecordError("The table of queries needs a first line that names its columns: query, and perhaps kind.")
    else:
        head = ["query"]
    for row in rows:
        cells = dict(zip(head, row, strict=False))
        kind: Kind = next((each for each in get_args(Kind) if each == cells.get("kind", "").strip()), "article")
        yield cells.get("query", ""), kind


def _rows(engine: Engine, typed: str, kind: Kind, options: BatchOptions) -> Iterator[Mapping[str, object]]:
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
