"""Articles as JSON: an object a line, a list of objects, or an object that holds such a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import Any, BinaryIO

from indexer.errors import ArticleError
from indexer.reading.columns import chosen, draft_of, no_text
from indexer.reading.drafts import Draft, Found, Source
from indexer.reading.encodings import decoded

LONGEST = 20_000_000          # bytes of one object: no newspaper story
LARGEST = 200_000_000         # bytes of a file that is one object: it cannot be read a piece at a time
PIECE = 1 << 20
DEEPEST = 3                   # objects around the list
LISTS = ("articles", "items", "posts", "stories", "entries", "results", "data", "docs", "documents", "records", "rows",
         "hits", "response", "channel", "feed")

_SPACE = re.compile(r"[\s,]*")


def read_lines(source: Source) -> Iterator[Found]:
    """The stories of a file with an object on each line."""
    with source.open() as file:
        for number, line in enumerate(_lines(file), 1):
            if len(line) > LONGEST:
                yield ArticleError(source.path, f"a line of more than {LONGEST:,} bytes", number)
            elif line.strip():
                yield _line(line, number, source)


def read(source: Source) -> Iterator[Found]:
    """The stories of a file that is one list, or one object with a list in it, or one story."""
    with source.open() as file:
        beginning = file.read(PIECE).lstrip(b"\xef\xbb\xbf \t\r\n")
    if beginning.startswith(b"["):
        for number, value in enumerate(_elements(source), 1):
            yield _story(value, number, None, source)
        return
    with source.open() as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ArticleError(source.path, f"one object of more than {LARGEST:,} bytes: write one a line")
    try:
        whole = json.loads(decoded(data, source.path)[0])
    except (ValueError, RecursionError) as error:
        if "Extra data" not in str(error):
            raise _not_json(error, source.path) from None
        yield from read_lines(source)
        return
    stories = _list_in(whole)
    if stories is None:
        found = _story(whole, 1, None, source)
        yield replace(found, key="") if isinstance(found, Draft) else found
        return
    for number, value in enumerate(stories, 1):
        yield _story(value, number, None, source)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Each line; of one that is too long the beginning."""
    while line := file.readline(LONGEST + 1):
        yield line
        while len(line) > LONGEST and not line.endswith(b"\n"):
            line = file.readline(LONGEST + 1)


def _line(line: bytes, number: int, source: Source) -> Found:
    try:
        text, encoding = decoded(line, source.path)
        return _story(json.loads(text), number, number, source, encoding)
    except ArticleError as error:
        return ArticleError(source.path, error.reason, number)
    except (ValueError, RecursionError) as error:
        return _not_json(error, source.path, number)


def _story(value: Any, number: int, line: int | None, source: Source, encoding: str = "utf-8") -> Found:
    """The story of an object; search engines put theirs into "_source"."""
    if isinstance(value, dict) and isinstance(value.get("_source"), dict):
        value = {"id": value.get("_id"), **value["_source"]}
    where = "" if line else f"article {number}: "
    if not isinstance(value, dict):
        return ArticleError(source.path, f"{where}no object", line)
    columns = chosen(value, source.options)
    if "text" not in columns:
        error = no_text(value, source.path, line)
        return ArticleError(source.path, where + error.reason, line)
    return draft_of(value, columns, number, line, encoding)


def _elements(source: Source) -> Iterator[Any]:
    """The elements of a list, of which only one is held at a time."""
    decoder = json.JSONDecoder()
    with source.open() as file, TextIOWrapper(file, "utf-8-sig", "replace") as pieces:
        text, at, count = pieces.read(PIECE).lstrip()[1:], 0, 0
        while True:
            at = _end(_SPACE.match(text, at), at)
            if text.startswith("]", at):
                return
            try:
                value, end = decoder.raw_decode(text, at)
                if end == len(text):                  # a number may go on
                    raise ValueError("unfinished")
            except ValueError as error:
                more = pieces.read(PIECE) if len(text) - at < LONGEST else ""
                if not more:
                    raise _not_json(error, source.path, after=count) from None
                text, at = text[at:] + more, 0
            except RecursionError as error:
                raise _not_json(error, source.path, after=count) from None
            else:
                at, count = end, count + 1
                yield value


def _end(match: re.Match[str] | None, at: int) -> int:
    return match.end() if match else at


def _list_in(value: Any, depth: int = 0) -> list[Any] | None:
    """The list of stories in an object, however it is called and wrapped."""
    if not isinstance(value, Mapping) or depth > DEEPEST:
        return None
    for name in LISTS:
        inner = value.get(name)
        if isinstance(inner, list) and any(isinstance(each, dict) for each in inner):
            return inner
        if (found := _list_in(inner, depth + 1)) is not None:
            return found
    return None


def _not_json(error: Exception, path: Path, line: int | None = None, after: int | None = None) -> ArticleError:
    reason = "objects in one another too deep" if isinstance(error, RecursionError) else f"not JSON: {error}"
    return ArticleError(path, reason if after is None else f"{reason}, after {after:,} articles", line)
