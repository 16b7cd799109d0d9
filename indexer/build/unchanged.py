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

from indexer.build.refresh import FRESH_NS, stamp_of
from indexer.errors import ArticleError, IndexMissing
from indexer.index_folder import current_build, ledger_path
from indexer.reading import Unread, unread, walk


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files of an archive as they are now. unreadable: what could not be read, to which a build adds; left: what is
    not to be read; digest: equal as long as nothing changes, "" where times cannot tell: something has changed so
    recently that it may again unnoticed."""

    paths: Sequence[Path]
    unreadable: list[ArticleError]
    left: Sequence[Unread]
    digest: str


def found_files(data: Path, links_anywhere: bool) -> FoundFiles:
    """Walk through the archive."""
    unreadable: list[ArticleError] = []
    others: list[Path] = []
    paths = list(walk(data, unreadable.append, others.append, links_anywhere))
    left = unread(others)
    digest = hashlib.sha256(repr(left).encode())
    latest = 0
    for path in paths:
        stamp = stamp_of(path)
        latest = max(latest, *stamp[1:3])
        digest.update(os.fsencode(path) + repr(stamp).encode())
    return FoundFiles(paths, unreadable, left, digest.hexdigest() if latest < time.time_ns() - FRESH_NS else "")


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
