"""The value of the results page: what was searched, what was found, and where every link leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from markupsafe import Markup

from indexer import Kind, Sort
from searchui.pages.charts import Chart, counted
from searchui.pages.facets import FacetBlock
from searchui.pages.hits import ArticleHit, PersonHit, QuotationHit, Quoted
from searchui.request import SearchRequest

Name = TypeVar("Name", bound=str)

NOUNS: Mapping[Kind, str] = {"article": "articles", "quotation": "quotations", "person": "people"}
TEXTS = (NOUNS["article"], NOUNS["quotation"])        # what has words of its own
# What a search of quotations finds, by the kinds of words that it is for.
NOUNS_OF_WORDS: Mapping[tuple[str, ...], str] = {
    ("quotation",): "quotations", ("reported",): "passages of reported speech",
    ("quotation", "reported"): "quotations and passages of reported speech",
}
SORTS: Mapping[Sort, str] = {"relevance": "Best match", "newest": "Newest", "oldest": "Oldest", "certainty": "Surest"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link, and how many answers it leads to. negative: it stands for something that is excluded."""

    label: str
    url: str
    count: int | None = None
    current: bool = False
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """Links to the pages of an answer; None among the numbers is a gap."""

    previous: str
    next: str
    numbers: tuple[Link | None, ...]


@dataclass(frozen=True, slots=True)
class TopSpeaker:
    """Somebody who often speaks of the subject: how often, and in which years."""

    label: str
    url: str
    count: int
    years: str


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """words: “quotations by Ruth Adeyemi about ferries”. instead: the search for the words as they were typed. one_of:
    the same question of each person of the name, if all of them are meant; others: of further people, if one is."""

    words: str
    instead: str
    one_of: tuple[Link, ...] = ()
    others: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Empty:
    """Why nothing was found, and what to try."""

    reason: str
    advice: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Everything the results page shows."""

    title: str
    heading: str
    shown: Markup | str           # the heading, with a mark on what cannot be understood
    kind: Kind
    noun: str                     # what is found, in the plural
    typed: str
    tabs: tuple[Link, ...] = ()
    understood: str = ""
    read: ReadQuestion | None = None
    repairs: tuple[str, ...] = ()
    anywhere: Link | None = None  # the search for the words anywhere in the article
    error: str = ""
    suggestion: Link | None = None
    person: Quoted | None = None
    namesakes: tuple[Quoted, ...] = ()      # people of the surname that was typed
    holders: tuple[TopSpeaker, ...] = ()    # of the office that was typed
    chips: tuple[Link, ...] = ()
    clear_url: str = ""
    facets: tuple[FacetBlock, ...] = ()
    active: int = 0
    hidden_fields: tuple[tuple[str, str], ...] = ()       # what a form that sets dates sends besides them
    without_fields: tuple[tuple[str, str], ...] = ()      # and one that excludes a value
    date_from: str = ""
    date_to: str = ""
    chart: Chart | None = None
    chart_caption: str = ""
    top_speakers: tuple[TopSpeaker, ...] = ()
    count_line: str = ""
    count_total: int = 0
    words: tuple[Link, ...] = ()  # of quotations: the switch between the speakers' own words and what is reported
    relaxed: str = ""
    sorts: tuple[Link, ...] = ()
    hits: tuple[ArticleHit | QuotationHit | PersonHit, ...] = ()
    best: tuple[QuotationHit, ...] = ()     # above articles, the best of the quotations that answer the same search
    best_more: Link | None = None           # and where all of them are
    others: tuple[QuotationHit, ...] = ()   # what others said, in articles that name the speaker who is asked for
    others_line: str = ""
    whole: int = 0                # how many of these hold every word; those after them hold most
    number: int = 1
    last: int = 1
    pages: Pages | None = None
    exports: tuple[Link, ...] = ()
    export_fields: tuple[tuple[str, str], ...] = ()
    feed_url: str = ""
    ways_on: tuple[Link, ...] = ()        # other views of the answer
    stamp: str = ""
    empty: Empty | None = None


def noun_of(search: SearchRequest) -> str:
    """What a search finds, in the plural."""
    return NOUNS_OF_WORDS.get(search.forms, "quotations") if search.kind == "quotation" else NOUNS[search.kind]


def sorts_of(kind: Kind) -> Mapping[Sort, str]:
    """The orders that results of a kind can have; only speakers of quotations are more or less sure."""
    return {sort: label for sort, label in SORTS.items() if sort != "certainty" or kind == "quotation"}


def order_of(orders: Mapping[Name, str], asked: str) -> Name:
    """The order of that name, else the first there is, which is the usual one."""
    return next((each for each in orders if each == asked), next(iter(orders)))


def extended(address: str, **more: str) -> str:
    """The address of a search with what only its page takes; empty values are left out."""
    given = urlencode({name: value for name, value in more.items() if value})
    return f"{address}{'&' if '?' in address else '?'}{given}" if given else address


def page_links(number: int, last: int, url: Callable[[int], str]) -> Pages | None:
    """Links to the first and the last page and to the neighbours, with gaps between; None if there is one page."""
    if last <= 1:
        return None
    shown = sorted({1, last, *(each for each in range(number - 2, number + 3) if 1 <= each <= last)})
    numbers: list[Link | None] = []
    for before, each in zip([0, *shown], shown):
        if each - before == 2:
            numbers.append(Link(str(each - 1), url(each - 1)))
        elif each - before > 2:
            numbers.append(None)
        numbers.append(Link(str(each), url(each), current=each == number))
    return Pages(url(number - 1) if number > 1 else "", url(number + 1) if number < last else "", tuple(numbers))


def last_page(found: int, per_page: int, deepest: int) -> int:
    return max(1, min(-(-found // per_page), deepest))


def showing(first: int, shown: int, total: int, plural: str) -> str:
    """Showing 1–20 of 143 quotations."""
    noun = counted(total, plural)
    if shown >= total:
        return f"{total:,} {noun}"
    return f"Showing {first:,}–{first + shown - 1:,} of {total:,} {noun}"
