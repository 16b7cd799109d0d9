"""A search as its address describes it: page, API, exports and feed read it here, so that their counts agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar, get_args
from urllib.parse import urlencode

from flask import current_app, url_for
from werkzeug.datastructures import MultiDict

from indexer import (
    EVERYTHING, FILTERS, And, Engine, Exact, InArticle, Interpretation, Kind, Limits, Not, Or, Period, Query,
    QueryError, QueryTooLarge, Range, Sort, all_of, any_of, describe, filter_named, forms_found, interpreted, parse,
    parts_of, period_in_words, read_period,
)
from searchui.request import page_sizes

KINDS: Mapping[str, Kind] = {"articles": "article", "quotations": "quotation", "people": "person"}
SORTS: Mapping[str, Sort] = {each: each for each in get_args(Sort)}
# Every parameter of a search, and what it means.
PARAMETERS: Mapping[str, str] = {
    "q": "the query: words, \"phrases\", fields, as the help page explains them",
    "in": "what to search: articles, quotations or people",
    "as": "words: search for the words as they are, even if they ask what somebody said; otherwise such a question is "
          "answered with quotations, unless in=articles",
    **{each.parameter: each.help for each in FILTERS},
    **{f"not_{each.parameter}": f"leave out what {each.parameter} would show" for each in FILTERS},
    "from": "only what was published on this day, month or year, or later",
    "to": "only what was published on this day, month or year, or earlier",
    "anywhere": "1: of quotations, the words may be anywhere in the article; speaker: and said: must still "
                "match the quotation itself",
    "sort": "relevance, newest, oldest, or certainty: of quotations, the surest speakers first",
    "all": "1: show near-duplicates one by one",
    "page": "which page of the answer",
    "per_page": "how many hits a page holds",
}
MOST_VALUES = 20                  # of one filter
_UNESCAPED = "!$'()*,/:;?@"        # characters that an address may hold as they are
_LONGEST_DAY = 40                 # characters of from and to

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Filter:
    """A value of a keyword field that hits must have or, if it is excluded, must not have."""

    field: str
    value: str
    excluded: bool = False

    @property
    def parameter(self) -> str:
        name = filter_named(self.field).parameter
        return f"not_{name}" if self.excluded else name

    @property
    def people(self) -> bool:
        """Whether the value is the slug of a person."""
        return filter_named(self.field).people

    def label(self, name_of: Callable[[str], str] = str) -> str:
        """“speaker: Ruth Adeyemi”; name_of turns a person's slug into the name."""
        value = name_of(self.value) if self.people else self.value
        return f"{self.parameter.removeprefix('not_')}: {value or 'unknown'}"


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search. problems: parameters that cannot be understood and are ignored; the API refuses them, the page does
    without. error: why what was typed, or the days, cannot be understood; query is then everything. interpretation: how
    a question was understood; asked is then the search as it was typed, and the rest is the search that answers it."""

    typed: str = ""
    kind: Kind = "article"
    sort: Sort = "relevance"
    page: int = 1
    per_page: int = page_sizes.RESULTS
    filters: tuple[Filter, ...] = ()
    start: str = ""
    end: str = ""
    collapse: bool = True
    anywhere: bool = False
    as_words: bool = False
    asked: SearchRequest | None = None
    interpretation: Interpretation | None = None
    query: Query = EVERYTHING
    period: Query = EVERYTHING
    repairs: tuple[str, ...] = ()
    error: QueryError | None = None
    problems: tuple[str, ...] = ()
    limits: Limits = Limits()

    @classmethod
    def from_args(cls, args: MultiDict[str, str]) -> SearchRequest:
        """The search that these parameters describe, whatever they hold."""
        problems: list[str] = []
        limits: Limits = current_app.config["LIMITS"]
        filters = tuple(
            Filter(each.name, value, bool(excluding))
            for each in FILTERS for excluding in ("", "not_")
            for value in _values(args, excluding + each.parameter, problems)
        )
        search = cls(
            kind=_one_of(KINDS, args, "in", "articles", problems),
            sort=_one_of(SORTS, args, "sort", "relevance", problems),
            page=_number(args, "page", 1, limits.pages, problems),
            per_page=_number(args, "per_page", page_sizes.RESULTS, page_sizes.MOST_RESULTS, problems),
            filters=filters,
            collapse=_one_of({"1": False, "0": True}, args, "all", "0", problems),
            anywhere=_one_of({"1": True, "0": False}, args, "anywhere", "0", problems),
            as_words=_one_of({"words": True, "question": False}, args, "as", "question", problems)
            or args.get("in") == "articles",
            problems=tuple(problems),
            limits=limits,
        )
        return search.with_typed(args.get("q", "")).between(args.get("from", ""), args.get("to", ""))

    @property
    def filter_query(self) -> Query:
        """What narrows the answer but neither ranks nor marks hits. People have no authors and no years."""
        used = [each for each in self.filters if self.kind != "person" or each.people]
        if self.kind != "quotation":            # which of somebody's words are shown is no condition on articles
            used = [each for each in used if each.field != "form"]
        included = [any_of(Exact(each.value, each.field) for each in used if each.field == field and not each.excluded)
                    for field in dict.fromkeys(each.field for each in used)]
        excluded = [Not(Exact(each.value, each.field)) for each in used if each.excluded]
        in_article = [InArticle(self._article_query)] if self.searches_articles else []
        return all_of([*(each for each in included if each), *excluded, *in_article, self.period])

    @property
    def hit_query(self) -> Query:
        """What hits themselves must match: the whole query, unless its words may be anywhere in the article."""
        if not self.searches_articles:
            return self.query
        return all_of(part for part in parts_of(self.query) if _of_quotation(part))

    @property
    def _article_query(self) -> Query:
        """What the articles of the hits must match."""
        if not self.searches_articles:
            return EVERYTHING
        return all_of(part for part in parts_of(self.query) if not _of_quotation(part))

    @property
    def forms(self) -> tuple[str, ...]:
        """The kinds of words that hits can be if they are quotations: "quotation", "reported"."""
        return forms_found(self.query, self.filter_query)

    @property
    def searches_articles(self) -> bool:
        """Whether some words are searched in the articles of quotations rather than in the quotations."""
        return self.anywhere and self.kind == "quotation" and not all(map(_of_quotation, parts_of(self.query)))

    @property
    def included(self) -> tuple[tuple[str, str], ...]:
        """Field and value of each filter that hits must pass."""
        return tuple((each.field, each.value) for each in self.filters if not each.excluded)

    @property
    def excluded(self) -> tuple[tuple[str, str], ...]:
        """Field and value of what hits must not have."""
        return tuple((each.field, each.value) for each in self.filters if each.excluded)

    def with_typed(self, typed: str) -> SearchRequest:
        """The same search for other words. Of too long a text only the beginning is kept, to be shown."""
        typed = typed.strip()
        try:
            parsed = parse(typed, self.limits.query, self.limits.clauses)
        except QueryError as error:
            typed = typed[:self.limits.query]
            return replace(self, typed=typed, query=EVERYTHING, repairs=(), error=error, page=1)
        return replace(self, typed=typed, query=parsed.query, repairs=parsed.repairs, error=None)

    def understood(self, engine: Engine) -> SearchRequest:
        """The search for quotations that answers what was typed, if that is a question about what somebody said.
        Whoever names a speaker by a filter, or asks for articles or people, means the words."""
        by = any(each.field == "speaker_id" for each in self.filters)
        if self.as_words or by or self.error or not self.typed or self.kind == "person":
            return self
        found = interpreted(engine, self.typed)
        if found is None or (answer := self.with_typed(found.typed)).error:
            return self
        kept_to = tuple(Filter(field, value) for field, value in found.kept_to)
        if not self.start and not self.end:
            answer = answer.between(found.question.start, found.question.end)
        return replace(answer, kind="quotation", filters=(*answer.filters, *kept_to), as_words=not found.people,
                       asked=self, interpretation=found)

    @property
    def box(self) -> str:
        """What stays in the search box: what was typed."""
        return (self.asked or self).typed

    @property
    def too_large(self) -> bool:
        return isinstance(self.error, QueryTooLarge)

    def between(self, start: str, end: str) -> SearchRequest:
        """The same search within days, months or years, both included; "" sets no bound."""
        start, end = start.strip()[:_LONGEST_DAY], end.strip()[:_LONGEST_DAY]
        repairs: list[str] = []
        try:
            period = read_period(f"{start}..{end}", 0, repairs) if start or end else Period(None, None)
        except QueryError as error:
            return replace(self, start=start, end=end, period=EVERYTHING, error=self.error or QueryError(str(error)))
        days = Range("date", period.start, period.end) if start or end else EVERYTHING
        return replace(self, start=start, end=end, period=days, repairs=(*self.repairs, *repairs))

    def of_kind(self, kind: Kind) -> SearchRequest:
        left = self.filters if kind == "quotation" else tuple(each for each in self.filters if each.field != "form")
        return replace(self, kind=kind, filters=left, page=1)

    def of_forms(self, *forms: str) -> SearchRequest:
        """The same search for these kinds of words; quotations alone need no filter."""
        others = tuple(each for each in self.filters if each.field != "form")
        chosen = () if forms == ("quotation",) else tuple(Filter("form", each) for each in forms)
        return replace(self, filters=(*others, *chosen), page=1)

    def including(self, field: str, value: str) -> SearchRequest:
        """Only hits with this value, or with another that was chosen in its field before."""
        left = self.without(field, value)
        return replace(left, filters=(*left.filters, Filter(field, value)))

    def excluding(self, field: str, value: str) -> SearchRequest:
        left = self.without(field, value)
        return replace(left, filters=(*left.filters, Filter(field, value, excluded=True)))

    def without(self, field: str, value: str) -> SearchRequest:
        """The same search with this value neither chosen nor excluded."""
        left = tuple(each for each in self.filters if (each.field, each.value) != (field, value))
        return replace(self, filters=left, page=1)

    def without_filters(self) -> SearchRequest:
        return replace(self.between("", ""), filters=(), anywhere=False, page=1)

    def filter_labels(self, name_of: Callable[[str], str] = str) -> list[tuple[str, str, bool]]:
        """Every filter in words, the address of the search without it, and whether it excludes."""
        labels = [(each.label(name_of), self.without(each.field, each.value).url(), each.excluded)
                  for each in self.filters]
        if self.searches_articles:
            here = replace(self, anywhere=False, page=1).url()
            labels.append((f"anywhere in the article: {describe(self._article_query)}", here, False))
        if isinstance(self.period, Range):
            days = period_in_words(Period(self.period.start, self.period.end))
            labels.append((f"published {days}", replace(self.between("", ""), page=1).url(), False))
        return labels

    def filters_in_words(self) -> list[str]:
        """“not author: Ben Castellan”, “year: 2012”."""
        return [("not " if excluded else "") + label for label, _, excluded in self.filter_labels()]

    def params(self) -> list[tuple[str, str]]:
        """The parameters of its address, without those that have their default."""
        kind = next(name for name, kind in KINDS.items() if kind == self.kind)
        pairs = [("q", self.typed), ("in", "" if self.kind == "article" else kind)]
        pairs += [(each.parameter, each.value or "") for each in self.filters]
        pairs += [("from", self.start), ("to", self.end), ("sort", "" if self.sort == "relevance" else self.sort),
                  ("all", "" if self.collapse else "1"), ("anywhere", "1" if self.anywhere else ""),
                  ("as", "words" if self.as_words else ""),
                  ("per_page", "" if self.per_page == page_sizes.RESULTS else str(self.per_page)),
                  ("page", "" if self.page == 1 else str(self.page))]
        names = {each.parameter for each in self.filters}
        return [(name, value) for name, value in pairs if value or name in names]

    def url(self, endpoint: str = "pages.search", *, external: bool = False, **changes: Any) -> str:
        """Its address on the results page, or at another endpoint, with changes; page 1 unless they name another."""
        changed = replace(self, **{"page": 1, **changes})
        address, parameters = url_for(endpoint, _external=external), changed.query_string()
        return address + parameters if parameters != "?" else address

    def query_string(self) -> str:
        """What follows the path in its address: enough for a link on the results page itself."""
        return "?" + "&".join(map(_encoded, self.params()))


def _of_quotation(part: Query) -> bool:
    """Whether a part of a query is about who said something or about the words said."""
    match part:
        case And(parts) | Or(parts):
            return any(map(_of_quotation, parts))
        case Not(inner):
            return _of_quotation(inner)
    return getattr(part, "field", None) in ("speaker", "said", "level", "identity", "form", "stance")


@lru_cache(10_000)
def _encoded(parameter: tuple[str, str]) -> str:
    """A parameter, encoded for an address. Cached: the hundred links of a page share most of theirs."""
    return urlencode([parameter], safe=_UNESCAPED)


def _values(args: MultiDict[str, str], name: str, problems: list[str]) -> list[str]:
    values = args.getlist(name)
    if len(values) > MOST_VALUES:
        problems.append(f"{name} can be given at most {MOST_VALUES} times, not {len(values)}.")
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
