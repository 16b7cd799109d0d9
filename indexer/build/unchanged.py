"""Whether anything can have changed since the last build, as the times of files tell it: then the ledger, which is a
few hundred megabytes of a large archive, need not even be opened.

    index/unchanged     a hash of all that the last build saw, and that would make the next another one
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ArticleError, IndexMissing
from indexer.index_folder import current_build, ledger_path
from indexer.reading import Unread, unread, walked

FRESH_NS = 2_000_000_000         # a file that changed so shortly before it was read may change again unnoticed


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files of an archive as they are now. names: of those that may hold articles, in the order of their paths;
    unreadable: what could not be read, to which a build adds; left: what is
    not to be read; digest: equal as long as nothing changes, "" where times cannot tell: something has changed so
    recently that it may again unnoticed."""

    names: Sequence[str]
    unreadable: list[ArticleError]
    left: Sequence[Unread]
    digest: str


def found_files(data: Path, links_anywhere: bool) -> FoundFiles:
    """Walk through the archive."""
    unreadable: list[ArticleError] = []
    others: list[Path] = []
    names = walked(data, unreadable.append, others.append, links_anywhere)
    left = unread(others)
    digest = hashlib.sha256(repr(left).encode())
    stamps = list(map(stamp_of, names))
    latest = max((max(mtime, ctime) for _, mtime, ctime, _ in stamps), default=0)
    digest.update("\0".join(names).encode(errors="surrogateescape") + repr(stamps).encode())
    return FoundFiles(names, unreadable, left, digest.hexdigest() if latest < time.time_ns() - FRESH_NS else "")


def stamp_of(path: Path | str) -> tuple[int, int, int, int]:
    """A file's size, times and number, by which a change is seen; what no file has where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return -1, 0, 0, 0
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


def is_unchanged(index: Path, found: FoundFiles, settings: str) -> bool:
    """Whether the index was built of these files with these settings, and nobody has touched its ledger since."""
    with suppress(OSError):
        seen = (index / "unchanged").read_text("utf-8")
        return bool(found.digest) and not found.unreadable and seen == _seen(index, found, settings)
    return False


def note_unchanged(index: Path, found: FoundFiles, settings: str) -> None:
    """The index holds these files now. Call it when the ledger is closed."""
    if found.digest and not found.unreadable and not is_unchanged(index, found, settings):
        (index / "unchanged").write_text(_seen(index, found, settings), "utf-8")


def _seen(index: Path, found: FoundFiles, settings: str) -> str:
    try:
        build = current_build(index)
    except IndexMissing:
        build = ""
    parts = (found.digest, settings, build, repr(stamp_of(ledger_path(index))))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
