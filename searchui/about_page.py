"""About the archive: what it holds month by month, what could not be read, how speakers were found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indexer import EVERYTHING, Engine
from searchui.charts import MONTHS, by_year, span_of_years
from searchui.hits import METHODS, day
from searchui.home_page import months


@dataclass(frozen=True, slots=True)
class AboutPage:
    """Everything the page about the archive shows."""

    summary: str
    caution: str
    figures: tuple[tuple[str, str], ...]
    months: tuple[str, ...]
    coverage: tuple[tuple[str, tuple[tuple[int, int], ...], int], ...]     # year, count and shade of each month, sum
    methods: tuple[tuple[str, int, str], ...]
    skipped: tuple[tuple[str, str], ...]


def about_page(engine: Engine, report: Mapping[str, Any]) -> AboutPage:
    """report: what the last build said of itself; {} where it is not kept."""
    stats = engine.stats()
    counts = months(engine)
    methods = engine.search(EVERYTHING, kind="quotation", per_page=1, facets=("method",), collapse=False)
    total = methods.total or 1
    return AboutPage(
        summary=_summary(stats),
        caution="Who said what was found by rules, not by people: every quotation says how its speaker is known, "
                "and shows the words of the article that say so. Check them before you rely on them.",
        figures=_figures(stats, counts, engine, report),
        months=MONTHS,
        coverage=_coverage(counts),
        methods=tuple((METHODS.get(value.value, (value.value, ""))[0] or "speaker unknown", value.count,
                       f"{100 * value.count / total:.1f} %") for value in methods.facets["method"]),
        skipped=tuple((str(path), str(reason)) for path, reason in report.get("skipped", ())),
    )


def _summary(stats: Mapping[str, Any]) -> str:
    if not stats["articles"]:
        return "This archive is empty."
    dated = f", published from {day(stats['first']).long} to {day(stats['last']).long}" if stats["first"] else ""
    return (f"{stats['articles']:,} articles{dated}, in which {stats['quotations']:,} quotations and "
            f"{stats['people']:,} people were found.")


def _figures(
    stats: Mapping[str, Any], counts: Mapping[str, int], engine: Engine, report: Mapping[str, Any],
) -> tuple[tuple[str, str], ...]:
    undated = stats["articles"] - sum(counts.values())
    found = [("Articles", f"{stats['articles']:,}"), ("Articles without a date", f"{undated:,}"),
             ("Quotations", f"{stats['quotations']:,}"), ("People", f"{stats['people']:,}"),
             ("Index build", engine.build_id), ("Size of the index", f"{stats['bytes'] / 1e6:,.1f} MB")]
    if report.get("built"):
        found.append(("Built", str(report["built"])[:16].replace("T", " at ")))
    return tuple(found + [(name, str(report[key])) for key, name in _OF_REPORT.items() if report.get(key)])


_OF_REPORT = {"onrecord": "Program version", "extractor": "Rules that find speakers, version"}


def _coverage(counts: Mapping[str, int]) -> tuple[tuple[str, tuple[tuple[int, int], ...], int], ...]:
    """A row a year; the shade of a month is a quarter of the fullest month's count."""
    most = max(counts.values(), default=0) or 1
    rows = []
    for year in map(str, span_of_years(by_year(counts)) if by_year(counts) else ()):
        cells = [counts.get(f"{year}-{month:02}", 0) for month in range(1, 13)]
        rows.append((year, tuple((count, -(-4 * count // most)) for count in cells), sum(cells)))
    return tuple(rows)
