"""An answer as CSV: comment lines that say where it comes from, the names of the columns, a row a document."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from indexer import Document, Kind, spreadsheet_safe
from searchui.formats import answers
from searchui.formats.provenance import Provenance

_COLUMNS: Mapping[Kind, tuple[str, ...]] = {
    "article": tuple(answers.ArticleAnswer.__annotations__),
    "quotation": tuple(answers.QuotationAnswer.__annotations__),
    "person": tuple(answers.PersonAnswer.__annotations__),
}


def csv_rows(source: Provenance, documents: Iterable[Document], raw: bool, bom: bool = False) -> Iterator[str]:
    """The lines, every cell in quotation marks. raw: the text as published, even if a spreadsheet would run it. bom:
    with the mark in front by which Excel knows UTF-8."""
    columns = _COLUMNS[source.kind]
    rows = ([row[name] for name in columns] for row in map(answers.plain, documents))
    return csv_table(source.lines(), columns, rows, raw, bom)


def csv_table(
    head: Iterable[str], columns: Sequence[str], rows: Iterable[Sequence[object]], raw: bool = False, bom: bool = False
) -> Iterator[str]:
    """The lines of any table. head: what it says of itself, each as a line of a cell "#", by which programs know a
    comment, and the text. raw, bom: as in csv_rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    buffer.write("\ufeff" if bom else "")
    for line in head:
        buffer.write("#,")
        writer.writerow([_comment(line)])
    for row in chain([columns], rows):
        writer.writerow([csv_cell(value, raw) for value in row])
        yield _taken(buffer)


def csv_cell(value: object, raw: bool = False) -> str:
    """The text of a cell: lists joined, yes and no, and, unless raw, nothing that a spreadsheet would run.

    The apostrophe in front alters the text: raw=1 gives it as published.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if raw else spreadsheet_safe(text)


def _comment(line: str) -> str:
    """The text of a comment line, as safe as any other cell. In an address semicolons can be written otherwise, which
    leaves it whole."""
    return line.replace(";", "%3B") if line.startswith("Address: ") else spreadsheet_safe(line)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
