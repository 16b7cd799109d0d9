"""What a build did, and how the index says it again when nothing has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from indexer.errors import IndexMissing
from indexer.index_folder import build_folder, current_build, damaged, report_of
from indexer.reading import Unread


_TAKEN_OVER = ("articles", "quotations", "reported", "people", "words", "first", "last", "unsure_dates", "corrected")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did and what the index holds after it."""

    build: str
    articles: int
    quotations: int
    people: int
    words: int
    skipped: tuple[tuple[str, str], ...] = ()     # path, reason
    seconds: float = 0.0
    read: int = 0                            # files that were read, because they were new or had changed
    removed: int = 0                         # files that are gone
    written: int = 0                         # articles that were indexed; the others were taken over as they were
    encoded: int = 0                         # passages whose meaning was worked out; the others had been before
    changed: bool = True                     # False: the index was up to date and stays
    encodings: Mapping[str, int] = field(default_factory=dict)     # in which how many articles were read
    unread: tuple[Unread, ...] = ()          # what lies there and is not of a kind that is read
    warned: tuple[tuple[str, str], ...] = ()     # articles of which something could not be read: id, what
    unsure_dates: int = 0                    # articles whose date could be taken in two ways
    reported: int = 0                        # passages of reported speech, not among the quotations
    corrected: int = 0                       # quotations that the keeper's corrections mean
    gone: tuple[tuple[str, str], ...] = ()   # corrections that mean none: file and line, what is wrong
    first: str = ""                          # ISO days of the first and the last article; "" if none has a date
    last: str = ""

    @property
    def said(self) -> tuple[object, ...]:
        """What is said of the files, whether or not the index was written."""
        return self.skipped, self.unread, self.warned, self.unsure_dates, self.corrected, self.gone

    @property
    def missed(self) -> int:
        """How many files were not read that may hold articles."""
        return len(self.skipped) + sum(each.number for each in self.unread if each.may_hold_articles)


def current_report(index: Path, state: str | None = None) -> BuildReport | None:
    """The report of the build that answers, if it was built from this state, or from whatever it was if None, and is
    whole."""
    try:
        build = current_build(index)
    except IndexMissing:
        return None
    report = report_of(index, build)
    if "first" not in report or state not in (None, report["state"]):
        return None
    if any(damaged(build_folder(index, build), report)):
        return None
    held = {name: report[name] for name in _TAKEN_OVER}
    for name in ("skipped", "warned", "gone"):
        held[name] = tuple((what, why) for what, why in report[name])
    return BuildReport(build=build, changed=False, unread=tuple(Unread(**each) for each in report["unread"]), **held)
