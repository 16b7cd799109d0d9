"""News items in NewsML-G2, the exchange format of news agencies; their text is NITF, HTML or plain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from indexer.errors import ArticleError
from indexer.reading import nitf
from indexer.reading.drafts import Draft, Found, Passed, Source
from indexer.reading.keys import key_of
from indexer.reading.markup import as_html, elements, encoding_of, first, name_of, root_of, text_of


def begins(beginning: bytes) -> bool:
    return root_of(beginning) in ("newsMessage", "newsItem")


def read(source: Source) -> Iterator[Found]:
    """The stories of a message, or of one item."""
    with source.open() as file:
        for element in elements(file, source.path, "newsItem", "packageItem", "conceptItem"):
            if name_of(element) != "newsItem":
                yield Passed("packages and concepts, no articles")
            else:
                yield _item(element, source)


def _item(item: Any, source: Source) -> Found:
    content, said = first(item, "inlineXML", "inlineData"), _fields(item)
    key = key_of(item.get("guid"))
    if content is None:
        return Passed("pictures, film and other items without text")
    if (inner := first(content, "nitf")) is not None:
        found = nitf.draft_of(inner, source)
        if isinstance(found, Draft):
            return replace(found, fields={**found.fields, **said}, key=key)
        return found
    body = first(content, "body")
    words = as_html(content if body is None else body)
    if not text_of(content):
        return ArticleError(source.path, f"{key}: no text", item.sourceline)
    kind = str(content.get("contenttype", ""))
    plain = name_of(content) == "inlineData" and "html" not in kind and "xml" not in kind
    return Draft(text_of(content) if plain or name_of(content) == "inlineData" else words, "text" if plain else "html",
                 said, key, item.sourceline, encoding_of(item))


def _fields(item: Any) -> dict[str, object]:
    creators = [text_of(first(each, "name")) for each in item.iter("{*}creator")]
    found: dict[str, object] = {
        "title": text_of(first(item, "headline", "title")),
        "author": text_of(first(item, "by")) or list(filter(None, creators)),
        "date": text_of(first(item, "contentCreated", "firstCreated", "versionCreated")),
        "copyright": text_of(first(item, "copyrightNotice")),
    }
    return {name: value for name, value in found.items() if value}
