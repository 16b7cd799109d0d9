"""What goes into a reader and what comes out: a file with its bytes, and the stories that are written in it."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from indexer.errors import ArticleError

BodyKind = Literal["page", "html", "markdown", "text"]         # a page holds more than its story
DayOrder = Literal["", "day", "month"]
LARGEST = 4_000_000_000       # bytes of a file that holds many stories and is read a piece at a time


@dataclass(frozen=True, slots=True)
class Options:
    """What the user of an archive knows better about its files.

    columns: for "id", "title", "author", "date", "text" and "url", the name that a table gives to it; whatever is
    missing is recognised by its usual names. day_order: which of 3/4/2013 is the day; "" where nobody has decided.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    day_order: DayOrder = ""
    largest: int = LARGEST             # bytes of a file of many stories
    links_anywhere: bool = False       # links may lead out of the archive

    def digest(self) -> str:
        """Equal where files are read alike; "" where nothing is known better."""
        known = sorted((name, column) for name, column in self.columns.items() if column), self.day_order
        return hashlib.sha256(repr(known).encode()).hexdigest()[:8] if any(known) else ""


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the archive, to be read."""

    path: Path                    # where it lies, for errors
    name: str                     # its path under the archive, with the suffix
    id: str                       # the id of its story; of several the ids are "id#key"
    data: bytes | None            # what it holds; None for a file so large that its reader must take it as a stream
    options: Options = Options()

    def open(self) -> BinaryIO:
        """What it holds, from its first byte on."""
        if self.data is not None:
            return io.BytesIO(self.data)
        return open(self.path, "rb", opener=without_waiting)


@dataclass(frozen=True, slots=True)
class Draft:
    """A story as a reader found it: what is written about it, under the names of the file, and its body.

    The names of fields are in small letters; values are texts, or what YAML and JSON have: dates, lists, mappings.
    """

    body: str
    kind: BodyKind
    fields: Mapping[str, object] = field(default_factory=dict)
    key: str = ""                 # what tells it from the other stories of the file; "" where the file is the story
    line: int | None = None       # at which the body begins in the file
    encoding: str = ""            # in which it was written
    warnings: tuple[str, ...] = ()     # what could not be read of it, though the story could

    def digest(self) -> str:
        """Equal for drafts of which the same article is made."""
        said = (self.kind, sorted(self.fields.items()), self.encoding, self.warnings, self.body)
        return hashlib.sha256(repr(said).encode(errors="surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Passed:
    """Something in a file that is no story and was not meant to be one: an image, a draft that was never published."""

    reason: str                   # in the plural: "images, no text"


# What a reader yields for a file: its stories, for each that cannot be one the reason, and what it passes over. What it
# raises is the end of the file.
Found: TypeAlias = Draft | ArticleError | Passed
Reader: TypeAlias = Callable[[Source], Iterator[Found]]


def without_waiting(path: str, flags: int) -> int:
    """A pipe that is named like an article would keep the reader for ever."""
    return os.open(path, flags | os.O_NONBLOCK)
