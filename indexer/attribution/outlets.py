"""Outlets: which organisations an article treats as papers, stations and sites, whatever their names.

A name may say so itself (the Calder Dispatch, WZQK, harborwatch.com); else the article does: it lets people tell them
things, lets them report, introduces them as a blog, or thanks them for the story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.attribution.speakers import Speaker, is_outlet, is_place, without_article
from indexer.language import lexicon

_MOST_NAMES = 100       # of one article
_NAME = r"(?:[Tt]h(?:e|is|at) )?((?:[A-Z][\w&.'’-]*|\d+)(?: (?:of |the )?(?:[A-Z][\w&'’-]*|\d+)){0,4})"
_PAPER = "|".join(sorted(lexicon.PAPER_NOUNS | {"weekly", "daily", "podcast"}))
# Whoever is told things, interviews, is introduced as a paper, thanked, or «points out». Initials behind "the" are a
# body's as a rule: they told TMZ, they told the FBI.
_TREATED = re.compile(
    rf"(?:\b(?:(?:[Tt]old|[Tt]ells?|[Tt]elling)(?! the [A-Z]{{2,5}}\b)|interview with|(?:{_PAPER})(?: called| named)?)"
    rf"|[(\[][Vv]ia|\b[Aa]s(?= [^.,;]{{3,40}} (?:points out|notes|puts it)\b)) {_NAME}")
_REPORTS = re.compile(
    r" (?:reports|reported|writes)\b|(?:['’]s)? (?:articles?|stor(?:y|ies)|reporters?|interview|editorial|columnist)\b")
_REPORTER = re.compile(rf"\b{_NAME}(?:['’]s [\w ]{{3,30}})?\Z")
_REACH = 90             # characters before a verb in which its subject is looked for
# Bodies that are told things without printing them.
_NO_OUTLET = re.compile(
    r"\b(?:Police|Department|Dept|Authority|Council|Court|Congress|Senate|House|Board|Commission|Agency|Office|Bureau"
    r"|Administration|Committee|Union|University|School|College|Museum|Hospital|Church|Association|Facebook|Twitter)\b"
    r"|^[A-Z]{1,3}PD$"
)


class Outlets:
    """The outlets of one article."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._treated: frozenset[str] | None = None
        self._kinds: dict[str, str] = {}

    def __contains__(self, name: str) -> bool:
        """Whether a name is an outlet's, by itself or by what the article lets it do."""
        return is_outlet(name) or without_article(name) in self._names()

    def kind_of(self, speaker: Speaker) -> str:
        """The kind of a speaker, outlets and places told from other organisations."""
        name = speaker.name
        if speaker.kind != "organisation":
            return speaker.kind
        if name not in self._kinds:
            self._kinds[name] = "outlet" if name in self else "place" if is_place(name) else "organisation"
        return self._kinds[name]

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
        yield from _TREATED.finditer(self._text)
        for verb in _REPORTS.finditer(self._text):
            reporter = _REPORTER.search(self._text, max(verb.start() - _REACH, 0), verb.start())
            if reporter:
                yield reporter
