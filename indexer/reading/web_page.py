"""The story of a saved page, without the menus, comments and advertisements around it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.reading import front_matter
from indexer.reading.drafts import Draft, Source
from indexer.reading.encodings import decoded
from indexer.reading.metadata import LONGEST_HEAD, head_fields

_HEAD = re.compile(r"<(?:title|meta|link)[\s>]", re.IGNORECASE)


def read(source: Source) -> Iterator[Draft]:
    """The story of a page, which may have front matter above it."""
    text, encoding = decoded(source.data or b"", source.path)
    fields, body, line = front_matter.split(text, source.path)
    if line is None:
        yield page_draft(body, encoding=encoding)
    else:
        yield Draft(body, "html", fields, line=line, encoding=encoding)


def page_draft(page: str, address: str = "", key: str = "", encoding: str = "") -> Draft:
    """The story of a page of that address, wherever it was kept."""
    return Draft(page, "html", fields_of(page) | ({"url": address} if address else {}), key, encoding=encoding)


def fields_of(page: str) -> dict[str, object]:
    """What a page says of itself."""
    return {**head_fields(page)} if _HEAD.search(page, 0, LONGEST_HEAD) else {}
