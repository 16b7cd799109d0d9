"""Tables, a row an article: CSV and what else parts its cells by a sign."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path

from indexer.errors import ArticleError
from indexer.reading.columns import chosen, draft_of, no_text
from indexer.reading.drafts import Found, Source
from indexer.reading.encodings import decoded, encoding_of

LONGEST = 20_000_000          # characters of a row: no newspaper story
SEPARATORS = ",;\t|"


def read(source: Source) -> Iterator[Found]:
    """The stories of a table, whose first row names the columns."""
    with source.open() as file:
        encoding = encoding_of(file.read(100_000))
    encoding = encoding if encoding.startswith("utf-16") else "utf-8-sig"
    with source.open() as file, TextIOWrapper(file, encoding, "surrogateescape", newline="") as text:
        rows = _rows(_Lines(text, source.path), source.path)
        head = next(rows, None)
        if not isinstance(head, tuple):
            raise head or ArticleError(source.path, "empty")
        names = [_repaired(name, source.path).strip() for name in head[1]]
        columns = chosen(names, source.options)
        if "text" not in columns:
            raise no_text(names, source.path)
        for number, found in enumerate(rows, 1):
            if isinstance(found, ArticleError):
                yield found
                continue
            line, cells = found
            if len(cells) > len(names):
                yield ArticleError(source.path, f"{len(cells)} cells where the head has {len(names)}", line)
            elif any(cells):
                row = dict(zip(names, (_repaired(cell, source.path) for cell in cells)))
                yield draft_of(row, columns, number, line, encoding.removesuffix("-sig"))


def _repaired(cell: str, path: Path) -> str:
    """A cell whose bytes are no UTF-8 is read as a text of its own: tables are put together from many."""
    if cell.isascii():
        return cell
    try:
        cell.encode()
    except UnicodeEncodeError:
        return decoded(cell.encode("utf-8", "surrogateescape"), path)[0]
    return cell


class _Lines:
    """The lines of a table, which may be asked for once more."""

    def __init__(self, text: TextIOWrapper, path: Path) -> None:
        self._text, self._path = text, path
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(LONGEST)
        if not line:
            raise StopIteration
        self._number += 1
        if len(line) == LONGEST:
            raise ArticleError(self._path, f"a line of more than {LONGEST:,} characters", self._number)
        self._taken.append(line)
        return line

    def begin_row(self) -> int:
        """The number of the line on which the next row begins."""
        self._taken.clear()
        return self._number + 1

    def give_back(self, but: int) -> None:
        """All lines since the row began but so many."""
        self._again.extendleft(reversed(self._taken[but:]))
        self._number -= len(self._taken) - but


def _rows(lines: _Lines, path: Path) -> Iterator[tuple[int, Sequence[str]] | ArticleError]:
    """The rows, each with its line, and those that cannot be read."""
    csv.field_size_limit(LONGEST)
    first = next(lines, "")
    separator = "\t" if path.suffix.lower() == ".tsv" else max(SEPARATORS, key=first.count)
    lines.give_back(but=0)
    while True:
        start = lines.begin_row()
        try:
            cells = next(csv.reader(lines, delimiter=separator, strict=True))
        except StopIteration:
            return
        except csv.Error as error:
            lines.give_back(but=1)                # a mark without a partner must not swallow what follows its line
            yield ArticleError(path, f"a row that cannot be read: {error}", start)
        else:
            yield start, cells
