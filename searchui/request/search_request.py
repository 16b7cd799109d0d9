"""What a search asks, read from its address: page, API, exports and feed read it here, so that their counts agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import current_app, url_for
from werkzeug.datastructures import MultiDict

from indexer import (
    EVERYTHING, And, Exact, InArticle, Kind, Limits, Not, Or, Period, Query, QueryError, QueryTooLarge, Range, Sort,
    all_of, any_of, describe, parse, period_in_words, read_period,
)

KINDS: Mapping[str, Kind] = {"articles": "article", "quotations": "quotation", "people": "person"}
SORTS: Mapping[str, Sort] = {"relevance": "relevance", "newest": "newest", "oldest": "oldest"}
# Parameter → keyword field of the documents (schema.KEYWORDS).
FILTERS: Mapping[str, str] = {
    "speaker": "speaker_id", "mentions": "mentioned_id", "author": "author_id", "year": "year", "month": "month",
    "method": "method", "group": "group",
}
# Every parameter of a search, and what it means.
PARAMETERS: Mapping[str, str] = {
    "q": "the query: words, \"phrases\", fields, as the help page teaches them",
    "in": "what to search: articles, quotations or people",
    "speaker": "only what this person said, by slug; several times: any of them",
    "mentions": "only what names this person, by slug; several times: any of them",
    "author": "only what this author wrote, the name as it stands",
    "year": "only what was published in this year; empty: what has no date",
    "month": "only what was published in this month, as 2012-03",
    "method": "only quotations whose speaker is known in this way, such as name, surname or pronoun",
    "group": "only near-duplicates of one article, or printings of one quotation",
    **{f"not_{name}": f"leave out what {name} would show" for name in FILTERS},
    "from": "only what was published on this day, month or year, or later",
    "to": "only what was published on this day, month or year, or earlier",
    "anywhere": "1: of quotations, the words may stand anywhere in the article; speaker: and said: are still asked "
                "of the quotation itself",
    "sort": "relevance, newest or oldest",
    "all": "1: show near-duplicates one by one",
    "page": "which page of the answer",
    "per_page": "how many hits a page holds",
}
_OF_PEOPLE = ("speaker_id", "mentioned_id")           # the only ones that narrow people
PER_PAGE = 10                     # a page of more weighs more than 60 KB with its facets and files
MOST_PER_PAGE = 100
MOST_VALUES = 20                  # of one filter
_PLAIN = "!$'()*,/:;?@"            # what an address may hold as it stands
_LONGEST_DAY = 40                 # characters of from and to

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Filter:
    """A value of a keyword field that hits must have, or, excluded, must not."""

    field: str
    value: str
    excluded: bool = False

    @property
    def parameter(self) -> str:
        name = next(name for name, field in FILTERS.items() if field == self.field)
        return f"not_{name}" if self.excluded else name

    def label(self, name_of: Callable[[str], str] = str) -> str:
        """“speaker: Ruth Adeyemi”; name_of turns a person's slug into the name."""
        value = name_of(self.value) if self.field in _OF_PEOPLE else self.value
        return f"{self.parameter.removeprefix('not_')}: {value or 'unknown'}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A search. problems: parameters that mean nothing and were not followed; the API refuses them, the page
    goes on without. error: why typed or the days cannot be understood; query is then everything."""

    typed: str = ""
    kind: Kind = "article"
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = PER_PAGE
    filtering: tuple[Filter, ...] = ()
    start: str = ""
    end: str = ""
    collapse: bool = True
    anywhere: bool = False
    query: Query = EVERYTHING
    period: Query = EVERYTHING
    repairs: tuple[str, ...] = ()
    error: QueryError | None = None
    problems: tuple[str, ...] = ()
    limits: Limits = Limits()

    @classmethod
    def from_args(cls, args: MultiDict[str, str]) -> Asked:
        """The search that an address asks for, whatever stands in it."""
        problems: list[str] = []
        limits: Limits = current_app.config["LIMITS"]
        filtering = tuple(
            Filter(field, value, bool(excluding))
            for name, field in FILTERS.items() for excluding in ("", "not_")
            for value in _values(args, excluding + name, problems)
        )
        asked = cls(
            kind=_one_of(KINDS, args, "in", "articles", problems),
            sort=_one_of(SORTS, args, "sort", "relevance", problems),
            page=_number(args, "page", 1, limits.pages, problems),
            per_page=_number(args, "per_page", PER_PAGE, MOST_PER_PAGE, problems),
            filtering=filtering,
            collapse=_one_of({"1": False, "0": True}, args, "all", "0", problems),
            anywhere=_one_of({"1": True, "0": False}, args, "anywhere", "0", problems),
            problems=tuple(problems),
            limits=limits,
        )
        return asked.with_typed(args.get("q", "")).between(args.get("from", ""), args.get("to", ""))

    @property
    def filters(self) -> Query:
        """What narrows the answer without being searched for; people know neither authors nor years."""
        kept = [each for each in self.filtering if self.kind != "person" or each.field in _OF_PEOPLE]
        wanted = [any_of(Exact(each.value, each.field) for each in kept if each.field == field and not each.excluded)
                  for field in FILTERS.values()]
        unwanted = [Not(Exact(each.value, each.field)) for each in kept if each.excluded]
        beside = [InArticle(self._of_article)] if self.apart else []
        return all_of([*(each for each in wanted if each), *unwanted, *beside, self.period])

    @property
    def sought(self) -> Query:
        """What hits themselves must answer: the whole query, unless its words may stand anywhere in the article."""
        if not self.apart:
            return self.query
        return all_of(part for part in parts_of(self.query) if _of_quotation(part))

    @property
    def _of_article(self) -> Query:
        """What their article must answer."""
        return all_of(part for part in parts_of(self.query) if not _of_quotation(part)) if self.apart else EVERYTHING

    @property
    def apart(self) -> bool:
        """Whether words are sought apart from the quotation, in its article."""
        return self.anywhere and self.kind == "quotation" and not all(map(_of_quotation, parts_of(self.query)))

    @property
    def included(self) -> tuple[tuple[str, str], ...]:
        """Field and value of each filter that hits must pass."""
        return tuple((each.field, each.value) for each in self.filtering if not each.excluded)

    @property
    def excluded(self) -> tuple[tuple[str, str], ...]:
        """Field and value of what hits must not have."""
        return tuple((each.field, each.value) for each in self.filtering if each.excluded)

    def with_typed(self, typed: str) -> Asked:
        """The same search for other words; of too many, only the beginning is kept to be shown."""
        typed = typed.strip()
        try:
            understood = parse(typed, self.limits.query, self.limits.clauses)
        except QueryError as error:
            typed = typed[:self.limits.query]
            return replace(self, typed=typed, query=EVERYTHING, repairs=(), error=error, page=1)
        return replace(self, typed=typed, query=understood.query, repairs=understood.repairs, error=None)

    @property
    def too_large(self) -> bool:
        return isinstance(self.error, QueryTooLarge)

    def between(self, start: str, end: str) -> Asked:
        """The same search within days, months or years; "" is open."""
        start, end = start.strip()[:_LONGEST_DAY], end.strip()[:_LONGEST_DAY]
        repairs: list[str] = []
        try:
            period = read_period(f"{start}..{end}", 0, repairs) if start or end else Period(None, None)
        except QueryError as error:
            return replace(self, start=start, end=end, period=EVERYTHING, error=self.error or QueryError(str(error)))
        days = Range("date", period.start, period.end) if start or end else EVERYTHING
        return replace(self, start=start, end=end, period=days, repairs=(*self.repairs, *repairs))

    def of_kind(self, kind: Kind) -> Asked:
        return replace(self, kind=kind, page=1)

    def including(self, field: str, value: str) -> Asked:
        """Only hits with this value, or one of the others already asked for in its field."""
        left = self.without(field, value)
        return replace(left, filtering=(*left.filtering, Filter(field, value)))

    def excluding(self, field: str, value: str) -> Asked:
        left = self.without(field, value)
        return replace(left, filtering=(*left.filtering, Filter(field, value, excluded=True)))

    def without(self, field: str, value: str) -> Asked:
        """The same search with this value neither asked for nor excluded."""
        left = tuple(each for each in self.filtering if (each.field, each.value) != (field, value))
        return replace(self, filtering=left, page=1)

    def without_filters(self) -> Asked:
        return replace(self.between("", ""), filtering=(), anywhere=False, page=1)

    def filter_labels(self, name_of: Callable[[str], str] = str) -> list[tuple[str, str, bool]]:
        """Every filter in words, the address of the search without it, and whether it excludes."""
        labels = [(each.label(name_of), self.without(each.field, each.value).url(), each.excluded)
                  for each in self.filtering]
        if self.apart:
            here = replace(self, anywhere=False, page=1).url()
            labels.append((f"anywhere in the article: {describe(self._of_article)}", here, False))
        if isinstance(self.period, Range):
            days = period_in_words(Period(self.period.start, self.period.end))
            labels.append((f"published {days}", replace(self.between("", ""), page=1).url(), False))
        return labels

    def params(self) -> list[tuple[str, str]]:
        """The parameters of its address, without those that are as they are anyway."""
        kind = next(name for name, kind in KINDS.items() if kind == self.kind)
        pairs = [("q", self.typed), ("in", "" if self.kind == "article" else kind)]
        pairs += [(each.parameter, each.value or "") for each in self.filtering]
        pairs += [("from", self.start), ("to", self.end), ("sort", "" if self.sort == "relevance" else self.sort),
                  ("all", "" if self.collapse else "1"), ("anywhere", "1" if self.anywhere else ""),
                  ("per_page", "" if self.per_page == PER_PAGE else str(self.per_page)),
                  ("page", "" if self.page == 1 else str(self.page))]
        names = {each.parameter for each in self.filtering}
        return [(name, value) for name, value in pairs if value or name in names]

    def url(self, endpoint: str = "pages.search", *, external: bool = False, **changes: Any) -> str:
        """Its address on the page, or at another endpoint; changes other than of the page lead to page 1."""
        changed = replace(self, **{"page": 1, **changes})
        address, asked = url_for(endpoint, _external=external), changed.from_here()
        return address + asked if asked != "?" else address

    def from_here(self) -> str:
        """Its address as a link on the results page needs it: what follows the path."""
        return "?" + "&".join(map(_written, self.params()))


def parts_of(query: Query) -> tuple[Query, ...]:
    """The parts that must all hold."""
    return query.parts if isinstance(query, And) else (query,)


def _of_quotation(part: Query) -> bool:
    """Whether a part asks who said something, or names what was said."""
    match part:
        case And(parts) | Or(parts):
            return any(map(_of_quotation, parts))
        case Not(inner):
            return _of_quotation(inner)
    return getattr(part, "field", None) in ("speaker", "said")


@lru_cache(10_000)
def _written(parameter: tuple[str, str]) -> str:
    """A parameter as it stands in an address; the hundred links of a page share most of theirs."""
    return urlencode([parameter], safe=_PLAIN)


def _values(args: MultiDict[str, str], name: str, problems: list[str]) -> list[str]:
    values = args.getlist(name)
    if len(values) > MOST_VALUES:
        problems.append(f"{name} can stand at most {MOST_VALUES} times, not {len(values)}.")
    return [*dict.fromkeys(values[:MOST_VALUES])]


def _one_of(known: Mapping[str, T], args: MultiDict[str, str], name: str, default: str, problems: list[str]) -> T:
    value = args.get(name) or default
    if value not in known:
        problems.append(f"{name} is one of {', '.join(known)}, not {value[:40]!r}.")
    return known.get(value, known[default])


def _number(args: MultiDict[str, str], name: str, default: int, most: int, problems: list[str]) -> int:
    value = args.get(name) or str(default)
    if value.isascii() and value.isdigit() and len(value) < 9 and 1 <= int(value) <= most:
        return int(value)
    problems.append(f"{name} is a number from 1 to {most}, not {value[:40]!r}.")
    return default
