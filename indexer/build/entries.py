"""What is known of a file and of a story in it after they were read: what travels from the readers to the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.build.duplicates import Fingerprint
from indexer.reading import DayOrder


@dataclass(frozen=True, slots=True)
class Known:
    """What a file was when it was last read."""

    id: str
    size: int
    mtime_ns: int
    sha256: str
    extractor: str
    ctime_ns: int = 0
    inode: int = 0

    @property
    def stamp(self) -> tuple[int, int, int, int]:
        return self.size, self.mtime_ns, self.ctime_ns, self.inode


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file as it was just read to its end, or the reason why it was not. is_same: it holds what it held when it was
    last read, and nothing else is known of it. is_unreadable: the system did not let us read it now."""

    path: str
    id: str
    size: int
    mtime_ns: int
    sha256: str
    problem: str | None = None
    passed: Mapping[str, int] = field(default_factory=dict)     # reason why something in it is no article → number
    stories: tuple[str, ...] = ()                               # the ids of all that it holds now
    is_same: bool = False
    ctime_ns: int = 0
    inode: int = 0
    is_unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A story as it was just read: an article, or the reason why it is none. is_same: what was read of it is what was
    read before, and nothing else is known of it."""

    path: str
    id: str
    sha256: str
    problem: str | None = None
    words: int = 0
    quotations: int = 0                  # with marks or set apart
    reported: int = 0                    # passages of reported speech
    published: str | None = None
    article: bytes = b""
    people: bytes = b""
    authors: str = ""
    offices: tuple[str, ...] = ()        # by which speakers are named and by nothing else (people.speaking_offices)
    fingerprint: Fingerprint = ()
    encoding: str = ""
    warnings: tuple[str, ...] = ()
    day_order: DayOrder = ""
    taken_as: DayOrder = ""
    is_same: bool = False
