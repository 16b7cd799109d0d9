"""Stories in plain text: where their paragraphs end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.reading import front_matter
from indexer.reading.drafts import Draft, Source
from indexer.reading.encodings import decoded
from indexer.reading.html_text import Text, fold_spaces, unescape

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_ITEM = re.compile(r"\s*(?:[-*•·]|\d{1,3}[.)])\s")


def read(source: Source) -> Iterator[Draft]:
    """The story of a file of plain text."""
    text, encoding = decoded(source.data or b"", source.path)
    fields, body, line = front_matter.split(text, source.path)
    yield Draft(body, "text", fields, line=line, encoding=encoding)


def text_of(body: str) -> Text:
    """Plain text, a paragraph a line."""
    return "\n".join(_paragraphs(unescape(body))), (), ()


def _paragraphs(body: str) -> Iterator[str]:
    """Blank lines part paragraphs, whose lines may be wrapped; where there are none, a line is a paragraph."""
    parts = _BLANK_LINE.split(body.strip())
    if len(parts) == 1:
        parts = parts[0].split("\n")
    for part in parts:
        lines = part.split("\n")
        is_list = len(lines) > 1 and all(map(_ITEM.match, lines))
        yield from filter(None, map(fold_spaces, lines if is_list else [part]))
