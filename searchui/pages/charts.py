"""Counts over time as bars: each is a link that narrows the answer, with its figures in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer import MONTHS

_NUMBERS = [f"{number:02}" for number in range(1, 13)]

# Every bar that counts anything is at least this many hundredths high, so that one quotation among thousands shows.
_LEAST = 2
_LINE = 3                         # hundredths of the height that the line of a share is thick


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of a bar. left, width: in hundredths of the bar's width; top: in hundredths of the chart's height,
    from which it reaches down to the bottom, or, if it shows a share, at which it is a line."""

    css: str
    left: int
    width: int
    top: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A period, by its name. text: what the bar shows, in words; tick: the label under it."""

    name: str
    tick: str
    text: str
    url: str
    counts: tuple[int, ...]
    share: str                    # per 1,000 articles of the period; "" if their number is unknown
    parts: tuple[Part, ...]
    current: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of one or more series. columns: the heads of the table that repeats them; keys: the series that are drawn,
    with their styles."""

    bars: tuple[Bar, ...]
    columns: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]
    unit: str                     # "year" or "month"
    shares: bool = False
    scaled: bool = False          # shares are drawn too, as lines across the bars
    most: int = 0                 # the count of a bar of the full height


def by_year(months: Mapping[str, int]) -> dict[str, int]:
    """The counts of months added up: "2009-03" → "2009". What has no date is left out."""
    years: dict[str, int] = {}
    for month, count in months.items():
        if month[:4].isdigit():
            years[month[:4]] = years.get(month[:4], 0) + count
    return years


def histogram(
    months: Mapping[str, int], noun: str, link: Callable[[str], str], archive: Mapping[str, int] | None = None,
    current: str = "",
) -> Chart | None:
    """The chart of an answer by years, or by months if all lies in one year. None if nothing is dated."""
    years = by_year(months)
    if not years:
        return None
    if len(years) == 1:
        year = next(iter(years))
        periods = [f"{year}-{month:02}" for month in range(1, 13)]
        return chart(periods, [months], (noun,), link, archive, (current,), css=("pen",))
    return chart(span_of_years(years), [years], (noun,), link, by_year(archive or {}), (current,), css=("pen",))


def span_of_years(years: Iterable[str]) -> range:
    """Every year from the first to the last, so that empty ones show; at most 80, whatever a wrong date says."""
    numbers = sorted(int(year) for year in years)
    first, last = numbers[0], numbers[-1]
    return range(max(first, last - 79), last + 1)


def chart(
    periods: Iterable[str | int], series: Sequence[Mapping[str, int]], columns: tuple[str, ...],
    link: Callable[[str], str], archive: Mapping[str, int] | None = None,
    current: Collection[str] = (), css: tuple[str, ...] = ("pen", "quiet"), most: int = 0,
) -> Chart:
    """Bars for these periods, several series side by side. css: a style for each series that is drawn; further series
    are in the table alone. most: the count of the full height, by default that of the highest bar. current: the periods
    that are chosen."""
    names = [str(period) for period in periods]
    rows = [tuple(one.get(name, 0) for one in series) for name in names]
    most = most or max((count for row in rows for count in row[:len(css)]), default=0) or 1
    bars = tuple(
        _bar(name, row, most, columns, link(name), (archive or {}).get(name, 0), name in current, css)
        for name, row in zip(names, rows)
    )
    unit = "month" if names and len(names[0]) > 4 else "year"
    lines = _share_lines(bars)
    return Chart(lines or bars, columns, tuple(zip(columns, css)), unit, any(bar.share for bar in bars), bool(lines),
                 most)


def _share_lines(bars: tuple[Bar, ...]) -> tuple[Bar, ...]:
    """The bars with a line at the height of each share, the largest at the top; () if all shares are equal."""
    shares = [float(bar.share or 0) for bar in bars]
    if len({share for share in shares if share}) < 2:
        return ()
    tops = [round((100 - _LINE) * (1 - share / max(shares))) for share in shares]
    return tuple(
        replace(bar, parts=(*bar.parts, Part("share", 0, 100, top))) if share else bar
        for bar, share, top in zip(bars, shares, tops)
    )


def _bar(
    period: str, counts: tuple[int, ...], most: int, columns: tuple[str, ...], url: str, articles: int, current: bool,
    css: tuple[str, ...],
) -> Bar:
    share = f"{1000 * counts[0] / articles:.1f}" if articles else ""
    figures = ", ".join(f"{count:,} {counted(count, column)}" for count, column in zip(counts, columns))
    text = f"{period_name(period)}: {figures}" + (f", {share} per 1,000 articles" if share else "")
    return Bar(period_name(period), tick(period), text, url, counts, share, _parts(counts, most, css), current)


def _parts(counts: tuple[int, ...], most: int, css: tuple[str, ...]) -> tuple[Part, ...]:
    """A rectangle for each series that is drawn, side by side."""
    room = 100 // len(css)
    width = room if len(css) == 1 else room - 4
    heights = [max(round(100 * count / most), _LEAST) if count else 0 for count in counts]
    return tuple(
        Part(name, at * room, width, 100 - height)
        for at, (height, name) in enumerate(zip(heights, css)) if height
    )


_ONE = {
    "people": "person", "matches": "match", "passages of reported speech": "passage of reported speech",
    "quotations and passages of reported speech": "quotation or passage of reported speech",
}


def counted(count: int, plural: str) -> str:
    """A noun in the number that fits: 1 quotation, 2 quotations, 1 person, 2 people."""
    if count != 1:
        return plural
    return _ONE.get(plural, plural.removesuffix("s"))


def period_name(period: str) -> str:
    """A year or a month as people write it: March 2012."""
    year, _, month = period.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month in _NUMBERS else period


def tick(period: str) -> str:
    """The label under a bar: ’12 for 2012, M for March."""
    year, _, month = period.partition("-")
    return MONTHS[int(month) - 1][0] if month else f"’{year[2:]}"
