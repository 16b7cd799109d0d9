"""What Nexis gives to download: many stories in one file, as text of either generation, or as a Word file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.errors import ArticleError
from indexer.reading import packed
from indexer.reading.drafts import Draft, Found, Source
from indexer.reading.encodings import decoded
from indexer.reading.keys import key_of
from indexer.reading.markup import elements, name_of

NO_DOWNLOAD = "an office file, and no download of Nexis: convert to HTML, e.g. soffice --convert-to html"

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"(?:\w+day,? )?(?:(?:{_MONTH}) \d{{1,2}}, ?|\d{{1,2}} (?:{_MONTH}),? |(?:{_MONTH}),? )"
                   r"(?:18|19|20)\d\d\b[\w ,:.-]{0,40}")
_NUMBER = re.compile(r"^\s*\d+ of \d+ DOCUMENTS?\s*$", re.MULTILINE)
_LENGTH = re.compile(r"^\s*Length:\s*[\d,]+ words", re.MULTILINE | re.IGNORECASE)
_ABOVE = frozenset("""
    byline section length headline highlight dateline series correction-date distribution source url
""".split())
_BELOW = frozenset("""
    load-date language publication-type publication-subtype document-type graphic subject person organization company
    city state country geographic industry ticker acc-no journal-code correction notes photo photographer classification
""".split())
_LABEL = re.compile(rf"({'|'.join(sorted(_ABOVE | _BELOW, key=len, reverse=True))})\s*:\s*(.*)",
                    re.IGNORECASE | re.DOTALL)
_COPYRIGHT = re.compile(r"(?:Copyright|©|\(c\)) .{0,300}", re.IGNORECASE | re.DOTALL)
_END = re.compile(r"^\s*End of Document\s*$", re.MULTILINE)


def begins(beginning: bytes) -> bool:
    text = beginning.decode("latin-1")
    return _NUMBER.search(text) is not None or _LENGTH.search(text) is not None


def is_zip(beginning: bytes) -> bool:
    return beginning.startswith(b"PK\x03\x04")


def read(source: Source) -> Iterator[Found]:
    """The stories of a text file."""
    text, encoding = decoded(source.data or b"", source.path)
    yield from _stories(text, source.path, encoding)


def read_word(source: Source) -> Iterator[Found]:
    """The stories of a Word file, each paragraph of which is one."""
    with source.open() as file, packed.opened(file, source.path) as archive, \
            packed.member(archive, "word/document.xml", source.path) as inner:
        text = "\n\n".join(_paragraph(each) for each in elements(inner, source.path, "p"))
    if not _LENGTH.search(text):
        raise ArticleError(source.path, NO_DOWNLOAD)
    yield from _stories(text, source.path, "utf-8")


def _paragraph(element: object) -> str:
    signs = {"tab": " ", "br": "\n", "cr": "\n"}
    inner = element.iter("{*}t", "{*}tab", "{*}br", "{*}cr")  # type: ignore[attr-defined]
    return "".join(each.text or "" if name_of(each) == "t" else signs[name_of(each)] for each in inner)


def _stories(text: str, path: Path, encoding: str) -> Iterator[Found]:
    parts = _NUMBER.split(text)[1:] if _NUMBER.search(text) else _END.split(text)
    for number, part in enumerate(filter(str.strip, parts), 1):
        blocks = [block.strip() for block in re.split(r"\n\s*\n", part) if block.strip()]
        if any(_LENGTH.match(block) for block in blocks):
            yield _story(blocks, number, path, encoding)
        elif number < len(parts):
            yield ArticleError(path, f"article {number}: no line LENGTH: … words")


def _story(blocks: Sequence[str], number: int, path: Path, encoding: str) -> Found:
    """Above: paper, day and headline in either order, then lines with labels; the story; more labels."""
    fields: dict[str, object] = {}
    start = next((at for at, block in enumerate(blocks) if (label := _label(block)) and label[0] in _ABOVE), 0)
    at = start
    while at < len(blocks):
        label = _label(blocks[at])
        if label and label[0] in _ABOVE:
            fields[label[0]] = label[1]
        elif blocks[at] != "Body":
            break
        at += 1
    end = next((each for each in range(at, len(blocks)) if _ends(blocks[each])), len(blocks))
    fields |= _above(blocks[:start])
    said = {"title": fields.pop("headline", None) or fields.get("title", ""), "author": fields.pop("byline", "")}
    fields = {name: value for name, value in (fields | said).items() if value}
    body = "\n\n".join(blocks[at:end])
    if not body:
        return ArticleError(path, f"article {number}: no text")
    key = key_of(f"{fields.get('date', '')} {fields.get('title', '')}".lower())
    return Draft(body, "text", fields, key or str(number), encoding=encoding)


def _above(blocks: Sequence[str]) -> dict[str, object]:
    """Paper, day and headline: the headline stands below the day in the older form and above the paper in the newer."""
    kept = [block for block in blocks if not _COPYRIGHT.fullmatch(block)]
    lines = [(number, line.strip()) for number, block in enumerate(kept) for line in block.split("\n")]
    at = next((place for place in range(len(lines) - 1, -1, -1) if _DATE.fullmatch(lines[place][1])), None)
    if at is None:
        return {"title": lines[-1][1] if lines else ""}
    below = kept[lines[at][0] + 1:]
    title = " ".join(below[-1].split()) if below else lines[at - 2][1] if at > 1 else ""
    return {"date": lines[at][1], "publication": lines[at - 1][1] if at else "", "title": title}


def _label(block: str) -> tuple[str, str] | None:
    match = _LABEL.match(block)
    return (match[1].lower(), " ".join(match[2].split())) if match else None


def _ends(block: str) -> bool:
    """What stands below a story."""
    label = _label(block)
    return label is not None and label[0] in _BELOW or _COPYRIGHT.fullmatch(block) is not None
