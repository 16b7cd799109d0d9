"""What lies in an archive and is not read: how many files of each kind, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from indexer.reading.formats import CONVERTED, NO_ARTICLES, NOT_READ, suffix_of


@dataclass(frozen=True, slots=True)
class Unread:
    """Files of one kind, or things in one file, that are no articles here."""

    what: str                     # ".pdf"; "files without a suffix"; for things in a file its path
    number: int
    reason: str                   # "convert to text or HTML, e.g. pdftotext"
    may_hold_articles: bool


def unread(paths: Iterable[Path]) -> tuple[Unread, ...]:
    """Files that are not read, by suffix: first those that may hold articles, then those of which there are most."""
    counts = Counter(map(suffix_of, paths))
    return tuple(sorted((_kind(suffix, number) for suffix, number in counts.items()),
                        key=lambda each: (not each.may_hold_articles, -each.number, each.what)))


def _kind(suffix: str, number: int) -> Unread:
    if suffix in NO_ARTICLES:
        return Unread(suffix, number, NO_ARTICLES[suffix], False)
    reason = CONVERTED.get(suffix, NOT_READ)
    return Unread(suffix or "without a suffix", number, reason, True)
