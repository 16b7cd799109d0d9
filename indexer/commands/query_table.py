"""A table of queries, as spreadsheets and people write it: its encoding, its separator, its quotation marks."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from typing import get_args

from indexer.errors import OnRecordError
from indexer.search import Kind

SEPARATORS = ",;\t"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WRITTEN_TWICE = re.compile(r'"(?:[^"]|"")*""(?:[^"]|"")*"')      # a line of one cell, in which marks are written so


def read_queries(table: bytes) -> Iterator[tuple[str, Kind]]:
    """Query and kind of every row. A table with one column needs no head: each line is a query as it is typed.
    OnRecordError where the table cannot be read, with the line and the reason."""
    lines = [line for line in _text(table).splitlines() if line.strip()]
    head = lines[0] if lines else ""
    separator = next((each for each in SEPARATORS if "query" in _cells(head, each)), "")
    if separator:
        yield from _rows(_text(table), separator)
        return
    for number, line in enumerate(lines, 1):
        if any(len(next(csv.reader([line], delimiter=each))) > 1 for each in SEPARATORS):
            raise OnRecordError("The table of queries needs a first line that names its columns: query, and perhaps "
                                f"kind. Line {number} has several.")
        yield line[1:-1].replace('""', '"') if _WRITTEN_TWICE.fullmatch(line) else line.strip(), "article"


def _text(table: bytes) -> str:
    """UTF-8, what its mark says, or Windows' Latin, as older spreadsheets write."""
    encoding = next((encoding for mark, encoding in _MARKS if table.startswith(mark)), "")
    try:
        text = table.decode(encoding or "utf-8")
    except UnicodeDecodeError:
        if encoding:
            raise OnRecordError(f"The table of queries begins as {encoding}, and is not.") from None
        text = table.decode("cp1252", "replace")
    if "\0" in text:
        raise OnRecordError("The table of queries is no text: save it as CSV, in UTF-8.")
    return text


def _cells(line: str, separator: str) -> list[str]:
    return [cell.strip().lower() for cell in next(csv.reader([line], delimiter=separator), [])]


def _rows(text: str, separator: str) -> Iterator[tuple[str, Kind]]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    try:
        head = [cell.strip().lower() for cell in next(row for row in reader if any(row))]
        for row in reader:
            if any(cell.strip() for cell in row):
                cells = dict(zip(head, row))
                kind: Kind = next((each for each in get_args(Kind) if each == cells.get("kind", "").strip()), "article")
                yield cells.get("query", ""), kind
    except csv.Error as error:
        raise OnRecordError(f"Line {reader.line_num} of the table of queries cannot be read ({error}). A phrase in a "
                            'table is written with its marks twice: """sea wall"" ferry".') from error
