"""Feeds that were kept: RSS of every version, and Atom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.errors import ArticleError
from indexer.reading.columns import is_html
from indexer.reading.drafts import Draft, Found, Source
from indexer.reading.keys import key_of
from indexer.reading.markup import as_html, elements, encoding_of, name_of, root_of, text_of, texts

_DATES = ("pubDate", "published", "dc:date", "dcterms:created", "updated")
_BODIES = ("content:encoded", "content", "description", "summary")


def begins(beginning: bytes) -> bool:
    return root_of(beginning) in ("rss", "feed", "RDF")


def read(source: Source) -> Iterator[Found]:
    """The stories of a feed."""
    with source.open() as file:
        for number, element in enumerate(elements(file, source.path, "item", "entry"), 1):
            fields = texts(element)
            body = next((text for name in _BODIES if (text := _body(element, name))), "")
            if not body:
                yield ArticleError(source.path, f"{fields.get('title', '')[:80]}: no text", element.sourceline)
                continue
            link = fields.get("link") or _link(element)
            said = {
                "title": fields.get("title", ""), "author": _authors(element, fields), "url": link,
                "date": next(filter(None, map(fields.get, _DATES)), ""),
            }
            key = key_of(link, fields.get("guid"), fields.get("id")) or str(number)
            yield Draft(body, "html" if is_html(body) else "text",
                        {name: value for name, value in said.items() if value}, key, element.sourceline,
                        encoding_of(element))


def _body(element: Any, name: str) -> str:
    child = next((each for each in element if name_of(each) == name), None)
    if child is None:
        return ""
    return as_html(child) if child.get("type") == "xhtml" else text_of(child)


def _authors(element: Any, fields: dict[str, str]) -> object:
    people = [each for each in element if name_of(each) == "author"]
    named = [text_of(inner) for each in people for inner in each if name_of(inner) == "name"]
    return named or fields.get("dc:creator") or fields.get("author", "")


def _link(element: Any) -> str:
    """Atom has its addresses in attributes."""
    links = [each for each in element if name_of(each) == "link" and each.get("href")]
    return next((str(each.get("href")) for each in links if each.get("rel", "alternate") == "alternate"), "")
