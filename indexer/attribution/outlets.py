"""Outlets: which organisations an article treats as papers, stations and sites, whatever their names.

A name may say so itself (the Calder Dispatch, WZQK, harborwatch.com); else the article does: it lets people tell them
things, lets them report, introduces them as a blog, or thanks them for the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.attribution.speakers import is_outlet, without_article
from indexer.language import lexicon

_MOST_NAMES = 100       # of one article
_NAME = r"(?:[Tt]he )?((?:[A-Z][\w&.'’-]*|\d+)(?: (?:of |the )?(?:[A-Z][\w&'’-]*|\d+)){0,4})"
_PAPER = "|".join(sorted(lexicon.PAPER_NOUNS | {"weekly", "daily", "podcast"}))
_TOLD = re.compile(rf"(?:\b(?:[Tt]old|[Tt]ells?|[Tt]elling|interview with|{_PAPER})|[(\[][Vv]ia) {_NAME}")
_REPORTS = re.compile(r" (?:reports|reported|writes)\b")
_REPORTER = re.compile(rf"\b{_NAME}(?:['’]s [\w ]{{3,30}})?\Z")
_REACH = 90             # characters before a verb in which its subject is looked for
# Bodies that are told things without printing them.
_NO_OUTLET = re.compile(
    r"\b(?:Police|Department|Dept|Authority|Council|Court|Congress|Senate|House|Board|Commission|Agency|Office|Bureau"
    r"|Administration|Committee|Union|University|School|College|Museum|Hospital|Church|Association|Facebook|Twitter)\b"
    r"|^[A-Z]{1,3}PD$|^(?:FDNY|FBI|MTA|EMS|EMT|DOT|DOE|DHS|TSA|CIA|ICE)$"
)


class Outlets:
    """The outlets of one article."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._treated: frozenset[str] | None = None

    def __contains__(self, name: str) -> bool:
        """Whether a name is an outlet's, by itself or by what the article lets it do."""
        return is_outlet(name) or without_article(name) in self._names()

    def _names(self) -> frozenset[str]:
        if self._treated is None:
            found: set[str] = set()
            for match in self._mentions():
                name = without_article(match[1]).rstrip(".'’")
                if len(found) < _MOST_NAMES and not _NO_OUTLET.search(name):
                    found.add(name)
                    found.add(re.sub(r"['’]s$", "", name))
            self._treated = frozenset(found)
        return self._treated

    def _mentions(self) -> Iterator[re.Match[str]]:
        yield from _TOLD.finditer(self._text)
        for verb in _REPORTS.finditer(self._text):
            reporter = _REPORTER.search(self._text, max(verb.start() - _REACH, 0), verb.start())
            if reporter:
                yield reporter
