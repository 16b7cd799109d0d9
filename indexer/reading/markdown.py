"""Stories in Markdown, whose body may be HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.reading import front_matter, plain_text, web_page
from indexer.reading.drafts import Draft, Source
from indexer.reading.encodings import decoded
from indexer.reading.html_text import Text

_TAG = re.compile(r"</?(?:a|b|blockquote|body|br|center|div|em|figure|h[1-6]|html|i|iframe|img|li|ol|p|script|span"
                  r"|strong|table|u|ul)(?=[\s/>])[^<>]{0,2000}>", re.IGNORECASE)


def read(source: Source) -> Iterator[Draft]:
    """The story of a Markdown file."""
    text, encoding = decoded(source.data or b"", source.path)
    fields, body, line = front_matter.split(text, source.path)
    if line is None:
        fields = web_page.fields_of(body)
    yield Draft(body, "html" if _TAG.search(body) else "markdown", fields, line=line, encoding=encoding)


def text_of(body: str) -> Text:
    """Markdown as its reader sees it, a paragraph a line."""
    return plain_text.text_of(body)
