"""Stories in NITF, the News Industry Text Format of agencies and papers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.errors import ArticleError
from indexer.reading.drafts import Draft, Found, Source
from indexer.reading.keys import key_of
from indexer.reading.markup import as_html, elements, encoding_of, first, root_of, text_of


def begins(beginning: bytes) -> bool:
    return root_of(beginning) == "nitf"


def read(source: Source) -> Iterator[Found]:
    """The story of a file."""
    with source.open() as file:
        for element in elements(file, source.path, "nitf"):
            yield draft_of(element, source)


def draft_of(nitf: Any, source: Source, key: str = "") -> Found:
    """The story of an element nitf."""
    content = first(nitf, "body.content")
    if content is None or not text_of(content):
        return ArticleError(source.path, "no text", nitf.sourceline)
    issued, story = first(nitf, "date.issue"), first(nitf, "doc-id")
    said = {
        "title": text_of(first(nitf, "hl1")) or text_of(first(nitf, "title")),
        "author": text_of(first(nitf, "byline")),
        "date": str(issued.get("norm", "")) if issued is not None else text_of(first(nitf, "story.date")),
        "dateline": text_of(first(nitf, "dateline")),
        "identifier": str(story.get("id-string", "")) if story is not None else "",
    }
    return Draft(as_html(content), "html", {name: value for name, value in said.items() if value}, key_of(key),
                 content.sourceline, encoding_of(nitf))
