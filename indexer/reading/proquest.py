"""What ProQuest gives to download, as HTML or text: documents one after another, whose lines have labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.errors import ArticleError
from indexer.reading.drafts import Draft, Found, Source
from indexer.reading.encodings import decoded
from indexer.reading.html_text import plain_text
from indexer.reading.keys import key_of

_LABELS = {
    "title": "title", "author": "author", "publication title": "publication", "publication date": "date",
    "publication info": "publication info", "publication year": "year", "full text": "text", "abstract": "abstract",
    "proquest document id": "id", "document url": "url", "section": "section", "dateline": "dateline",
}
_OTHERS = """
    links|subject|location|people|company / organization|companies|identifier / keyword|classification|pages|issue
    |volume|number of pages|publisher|place of publication|country of publication|publication subject|issn|source type
    |language of publication|language|document type|document feature|copyright|last updated|database|credit|column
    |edition|first page|start page|accession number|illustration|correspondence author|publication history
"""
_ALL_LABELS = (*_LABELS, *(each.strip() for each in _OTHERS.split("|")))
_LABEL = re.compile(rf"({'|'.join(map(re.escape, _ALL_LABELS))}):\s*(.*)", re.IGNORECASE)
_NEXT = re.compile(r"(?:Document \d+ of \d+|_{20,}|-{20,}|={20,})")
_WHEN = re.compile(r"\b\d{1,2} [A-Z][a-z]{2,8} (?:19|20)\d\d\b|\b[A-Z][a-z]{2,8} \d{1,2}, (?:19|20)\d\d\b")


def begins(beginning: bytes) -> bool:
    return b"ProQuest document ID" in beginning


def read(source: Source) -> Iterator[Found]:
    """The documents of a download."""
    text, encoding = decoded(source.data or b"", source.path)
    if source.path.suffix.lower() != ".txt":
        text = plain_text(text)[0]
    number = 0
    for lines in _documents(text.split("\n")):
        fields = _fields(lines)
        body, key = fields.pop("text", ""), fields.pop("id", "")
        if key or body:
            number += 1
            if body:
                yield Draft(body, "text", {**fields}, key_of(key) or str(number), encoding=encoding)
            else:
                yield ArticleError(source.path, f"{key or number}: no full text")


def _documents(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """A document ends where the next is counted, or at a rule."""
    found: list[str] = []
    for line in lines:
        if _NEXT.fullmatch(line.strip()):
            yield found
            found = []
        else:
            found.append(line.strip())
    yield found


def _fields(lines: Sequence[str]) -> dict[str, str]:
    """What each label stands for; the first line without any is the headline."""
    fields: dict[str, str] = {}
    label = ""
    for line in lines:
        if match := _LABEL.fullmatch(line):
            label = _LABELS.get(match[1].lower(), "-")
            fields.setdefault(label, match[2])
        elif label:
            between = "\n\n" if label == "text" else " "
            fields[label] = f"{fields[label]}{between}{line}".strip()
        elif line:
            fields.setdefault("title", line)
    fields.pop("-", None)
    if "date" not in fields and (found := _WHEN.search(fields.get("publication info", ""))):
        fields["date"] = found[0]
    return {name: value for name, value in fields.items() if value}
