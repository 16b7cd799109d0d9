"""Everybody the archive names, by family name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from flask import url_for

from indexer import EVERYTHING, Document, Engine
from searchui.pages.charts import counted
from searchui.pages.hits import Quoted
from searchui.pages.search_page import Link, Pages, last_page, page_links
from searchui.request import page_sizes

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OTHER = "#"
_SUFFIX = re.compile(r",?\s+(?:[JS]r\.?|I{2,3}|IV)\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """A person in the directory. letter: the first of the family name; order: by what they are sorted."""

    letter: str
    order: tuple[str, str]
    name: str
    slug: str
    quotations: int
    articles: int


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Everything the directory shows."""

    title: str
    heading: str
    typed: str
    count_line: str
    letters: tuple[Link, ...]
    people: tuple[Entry | Quoted, ...]
    pages: Pages | None


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody: by the letter of the family name, in the order of names; and those of the first page."""

    letters: Mapping[str, Sequence[Entry]]
    most_quoted: Sequence[Entry]

    @property
    def people(self) -> int:
        return sum(map(len, self.letters.values()))


def directory(engine: Engine) -> Directory:
    """Computed once for a build: it looks at everybody."""
    entries = sorted(map(_entry, (hit.document for hit in engine.every(EVERYTHING, kind="person"))),
                     key=lambda entry: entry.order)
    letters: dict[str, list[Entry]] = {}
    for entry in entries:
        letters.setdefault(entry.letter, []).append(entry)
    return Directory(letters, nsmallest(
        page_sizes.PEOPLE, entries, key=lambda entry: (-entry.quotations, -entry.articles, entry.order)))


def _entry(person: Document) -> Entry:
    family = _SUFFIX.sub("", person["name"]).split(" ")[-1] or person["name"]
    plain = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode().lower()
    letter = plain[:1].upper() if plain[:1].isalpha() else _OTHER
    order = (plain or "~", person["name"])
    return Entry(letter, order, person["name"], person["id"], person["quotations"], person["articles"])


def people_page(everybody: Directory, letter: str, number: int) -> PeoplePage:
    """The directory at a letter; without one, the most quoted people."""
    letter = letter if letter in everybody.letters else ""
    chosen = everybody.letters[letter] if letter else everybody.most_quoted
    last = last_page(len(chosen), page_sizes.PEOPLE, 1000)
    number = min(number, last)
    heading = f"People: {letter}" if letter else "People"
    most = f"{everybody.people:,} {counted(everybody.people, 'people')} named in this archive; the most quoted first"
    line = f"{len(chosen):,} {counted(len(chosen), 'people')}, and how often each is quoted" if letter else most

    def url(page: int) -> str:
        return url_for("pages.people", letter=letter or None, page=page if page > 1 else None)

    return PeoplePage(
        title=heading + (f" (page {number} of {last})" if number > 1 else ""),
        heading=heading,
        typed="",
        count_line=line,
        letters=_letters(everybody, letter),
        people=tuple(chosen[(number - 1) * page_sizes.PEOPLE:number * page_sizes.PEOPLE]),
        pages=page_links(number, last, url),
    )


def people_found(everybody: Directory, typed: str, found: Sequence[Document]) -> PeoplePage:
    """The people whom a typed name may mean."""
    people = tuple(Quoted(each["name"], each["id"], quotations=each["quotations"]) for each in found)
    return PeoplePage(
        title=f"{typed}, people", heading=f"People: {typed}", typed=typed,
        count_line=f"{len(people)} {counted(len(people), 'people')} may be meant", people=people, pages=None,
        letters=_letters(everybody, ""),
    )


def _letters(everybody: Directory, current: str) -> tuple[Link, ...]:
    names = LETTERS + (_OTHER if _OTHER in everybody.letters else "")
    top = Link("Most quoted", url_for("pages.people"), everybody.people, not current)
    rest = (Link(name, url_for("pages.people", letter=name), len(everybody.letters.get(name, ())), name == current)
            for name in names)
    return (top, *rest)
