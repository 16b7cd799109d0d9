"""Words or speakers over time, as shares of what was published: lines that can be told apart without colour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for
from werkzeug.datastructures import MultiDict

from indexer import Engine
from searchui.pages.charts import by_year, period_name, span_of_years
from searchui.pages.line_chart import LineChart, line_chart
from searchui.pages.search_page import NOUNS, TEXTS, Link
from searchui.request import Filter, SearchRequest, page_sizes

UNITS = ("year", "month")
_MONTHS_SHOWN = 240               # at most; of more, years are clearer
_FEW = 50                         # articles; the share of fewer jumps with each one
_FAR_FEWER = 10                   # times fewer than the fullest period has
_FEW_NAMED = 4                    # periods; more are counted


@dataclass(frozen=True, slots=True)
class Series:
    """How often one search was answered: by period, and per 1,000 articles of the period. url: its answer."""

    label: str
    url: str
    total: int
    counts: Mapping[str, int]
    shares: Mapping[str, float]
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trends:
    """Up to four series over the same periods. articles: those of the whole archive, by period."""

    kind_name: str                # articles or quotations
    unit: str                     # year or month
    periods: tuple[str, ...]
    articles: Mapping[str, int]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. cells: of each series the count, its share and the address of what was counted."""

    name: str
    articles: int
    cells: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class TrendsPage:
    """Everything the page of trends shows."""

    title: str
    heading: str
    typed: tuple[str, ...]        # with empty ones, as many as there can be
    kind_name: str
    unit: str
    start: str
    end: str
    repairs: tuple[str, ...]
    chart: LineChart | None
    series: tuple[Series, ...]
    rows: tuple[Row, ...]
    units: tuple[Link, ...]
    kinds: tuple[Link, ...]
    empty: str
    thin: str                     # which periods hold too few articles for their shares to mean much; "" if none
    csv_url: str
    examples: tuple[Link, ...]


def asked_trends(args: MultiDict[str, str]) -> tuple[SearchRequest, list[SearchRequest]]:
    """What an address says besides the words, and the searches for each of the words."""
    asked = SearchRequest.from_args(args)
    asked = replace(asked, kind="quotation" if asked.kind == "quotation" else "article")
    typed = [each.strip() for each in args.getlist("q") if each.strip()]
    return asked, [asked.with_typed(each).between(asked.start, asked.end)
                   for each in [*dict.fromkeys(typed)][:page_sizes.COMPARED_SERIES]]


def unit_asked(args: MultiDict[str, str]) -> str:
    return next((each for each in UNITS if each == args.get("by")), UNITS[0])


def trends_of(
    engine: Engine, searches: Sequence[SearchRequest], by: str, articles_by_month: Mapping[str, int]
) -> Trends:
    """The series of these searches, which share everything but their words. by: year or month."""
    answers = [
        engine.search(each.hit_query, kind=each.kind, filters=each.filter_query, per_page=1, histogram=True,
                      collapse=False).histogram if not each.error else {} for each in searches
    ]
    periods = _periods(articles_by_month, searches[0], by) if searches else ()
    archive = _of(articles_by_month, by)
    return Trends(
        NOUNS[searches[0].kind] if searches else "articles", by, periods, archive,
        tuple(_series(each, _of(counts, by), periods, archive) for each, counts in zip(searches, answers)),
    )


def _of(months: Mapping[str, int], by: str) -> Mapping[str, int]:
    return by_year(months) if by == "year" else months


def _periods(months: Mapping[str, int], search: SearchRequest, by: str) -> tuple[str, ...]:
    """Every period in which the archive has articles, and those between, within the days asked for."""
    years = by_year(months)
    if not years:
        return ()
    span = [str(year) for year in span_of_years(years)]
    first, last = search.start[:4] or span[0], search.end[:4] or span[-1]
    span = [year for year in span if first <= year <= last]
    if by == "year":
        return tuple(span)
    every = [f"{year}-{month:02}" for year in span for month in range(1, 13)]
    bounds = search.start[:7] or min(months), search.end[:7] or max(months)
    kept = [month for month in every if bounds[0] <= month <= bounds[1] or month.startswith(bounds)]
    return tuple(kept[-_MONTHS_SHOWN:])


def _series(
    search: SearchRequest, counts: Mapping[str, int], periods: Sequence[str], archive: Mapping[str, int]
) -> Series:
    shown = {period: counts.get(period, 0) for period in periods}
    shares = {period: 1000 * count / archive[period] for period, count in shown.items() if archive.get(period)}
    repairs = (*search.repairs, *((str(search.error),) if search.error else ()))
    return Series(search.typed, search.url(), sum(shown.values()), shown, shares, repairs)


def trends_page(
    searches: Sequence[SearchRequest], asked: SearchRequest, found: Trends, examples: Sequence[Link]
) -> TrendsPage:
    """asked: what the address says besides the words."""
    typed = tuple(each.typed for each in searches)
    heading = f"{_listed(typed)} over time" if typed else "Trends"

    def url(**changes: str) -> str:
        return trends_url(typed, **{"in": found.kind_name, "by": found.unit, "from": asked.start, "to": asked.end,
                                    **changes})

    any_found = any(each.total for each in found.series)
    return TrendsPage(
        title=heading,
        heading=heading,
        typed=(*typed, *("",) * (page_sizes.COMPARED_SERIES - len(typed))),
        kind_name=found.kind_name,
        unit=found.unit,
        start=asked.start,
        end=asked.end,
        repairs=tuple(dict.fromkeys(line for each in found.series for line in each.repairs)),
        chart=line_chart(found.periods, [(each.label, each.shares) for each in found.series], found.unit)
        if any_found else None,
        series=found.series,
        rows=tuple(_row(period, searches, found) for period in found.periods) if any_found else (),
        units=tuple(Link(f"By {unit}", url(by=unit), current=unit == found.unit) for unit in UNITS),
        kinds=tuple(Link(name.capitalize(), url(**{"in": name}), current=name == found.kind_name)
                    for name in TEXTS),
        empty=f"No {found.kind_name} match." if typed and not any_found else "",
        thin=_thin(found) if any_found else "",
        csv_url=trends_url(typed, "exports.trends_csv", **{"in": found.kind_name, "by": found.unit, "from": asked.start,
                                                           "to": asked.end}),
        examples=() if typed else tuple(examples),
    )


def _thin(found: Trends) -> str:
    """A word of caution where the archive begins or ends thinly, or has gaps."""
    counts = {period: count for period in found.periods if (count := found.articles.get(period, 0))}
    most = max(counts.values(), default=0)
    few = [period for period, count in counts.items() if count < _FEW and count * _FAR_FEWER < most]
    if not few:
        return ""
    named = _listed([period_name(period) for period in few]) if len(few) <= _FEW_NAMED else f"{len(few)} {found.unit}s"
    return f"The archive holds few articles from {named}, where a single one moves the line far."


def trends_url(typed: Sequence[str], endpoint: str = "pages.trends", **more: str) -> str:
    usual = {"in": "articles", "by": "year"}
    values = {name: value for name, value in more.items() if value and value != usual.get(name)}
    return url_for(endpoint, q=[*typed] or None, **values)      # type: ignore[arg-type]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _row(period: str, searches: Sequence[SearchRequest], found: Trends) -> Row:
    field = "year" if len(period) == 4 else "month"
    cells = []
    for search, each in zip(searches, found.series):
        here = replace(search, filters=(*search.filters, Filter(field, period)))
        share = f"{each.shares[period]:.1f}" if period in each.shares else ""
        cells.append((each.counts[period], share, here.url() if each.counts[period] else ""))
    return Row(period_name(period), found.articles.get(period, 0), tuple(cells))


def trend_columns(found: Trends) -> list[str]:
    """The head of the table to download."""
    each = [column for one in found.series for column in (one.label, f"{one.label}, per 1,000 articles")]
    return [found.unit, "articles in the archive", *each]


def trend_rows(found: Trends) -> Iterator[list[object]]:
    for period in found.periods:
        cells = [value for each in found.series
                 for value in (each.counts[period], f"{each.shares[period]:.3f}" if period in each.shares else "")]
        yield [period, found.articles.get(period, 0), *cells]
