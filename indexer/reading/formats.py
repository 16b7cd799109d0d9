"""The formats of files that are read: one table, a line each, from what a file is called and holds to its reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ArticleError
from indexer.reading import markdown, plain_text, web_page
from indexer.reading.drafts import Reader, Source

LOOKED_AT = 4_096             # bytes at the beginning, by which formats of one suffix are told apart


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files. begins says by the first bytes whether a file of such a suffix is of it."""

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    begins: Callable[[bytes], bool] = bool
    holds_many: bool = False          # its reader takes the file as a stream, however large


# The first that fits is taken. Of stories that differ only in their suffix the first in this order has the short id.
FORMATS = (
    Format("Markdown", (".md", ".markdown", ".mdx"), markdown.read),
    Format("saved pages", (".html", ".htm"), web_page.read),
    Format("plain text", (".txt",), plain_text.read),
)
STORIES = tuple(suffix for each in FORMATS if not each.holds_many for suffix in each.suffixes)
SUFFIXES = tuple(dict.fromkeys(suffix for each in FORMATS for suffix in each.suffixes))


def format_of(source: Source) -> Format:
    """The format of a file; ArticleError where it is none of those that are read."""
    suffix = suffix_of(source.path)
    with source.open() as file:
        beginning = file.read(LOOKED_AT)
    for each in FORMATS:
        if suffix in each.suffixes and (each.begins(beginning) or each.begins is bool):
            return each
    raise ArticleError(source.path, "not of a format that is read")


def suffix_of(path: Path) -> str:
    """In small letters; a file whose whole name is a suffix has that."""
    return path.suffix.lower() or (path.name.lower() if path.name.startswith(".") else "")
