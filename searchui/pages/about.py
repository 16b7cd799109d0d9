"""About the archive: what it holds month by month, what could not be read, how speakers were found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from indexer import EVERYTHING, MONTHS, Engine, FacetValue, measured_accuracy, measured_levels
from searchui.pages.charts import by_year, counted, span_of_years
from searchui.pages.hits import ADVICE, METHODS, day
from searchui.pages.home import months


@dataclass(frozen=True, slots=True)
class AboutPage:
    """Everything the page about the archive shows."""

    summary: str
    caution: str
    figures: tuple[tuple[str, str], ...]
    months: tuple[str, ...]
    coverage: tuple[tuple[str, tuple[tuple[int, int], ...], int], ...]     # year, count and shade of each month, sum
    methods: tuple[tuple[str, int, str], ...]
    levels: tuple[tuple[str, int, str, str], ...]     # level, quotations, their share, what share of such was right
    unattributed: str             # how many quotations have no speaker, as a sentence
    accuracy: tuple[tuple[str, str], ...]
    accuracy_note: str
    undated: tuple[str, str]      # how many articles have no date, and where they are listed; "" if all have one
    skipped: tuple[tuple[str, tuple[str, ...]], ...]     # reason, files
    unread: tuple[tuple[str, int, str], ...]             # kind of file, how many, why they are not read


_MEASURED = (
    ("quotations", "Quotations found with the right words, and nothing else taken for one"),
    ("speakers", "The right speaker, among the quotations found"),
    ("speakers_any_form", "The right speaker, in whatever form the article names them"),
    ("end_to_end", "The right words together with the right speaker"),
    ("people", "People found by their fullest name, and nobody else"),
    ("articles", "Articles that people read in full to measure this"),
)


def about_page(engine: Engine, report: Mapping[str, Any]) -> AboutPage:
    """report: that of the build; {} if there is none."""
    stats = engine.stats()
    counts = months(engine)
    methods = engine.search(EVERYTHING, kind="quotation", per_page=1, facets=("method", "level"), collapse=False)
    total = methods.total or 1
    unknown = sum(value.count for value in methods.facets["method"] if value.value == "none")
    undated = stats["articles"] - sum(counts.values())
    measured = measured_accuracy()
    return AboutPage(
        summary=_summary(stats),
        caution="Who said what was found by a program, not by people: every quotation says how its speaker is known, "
                "and shows the words of the article that say so. Check before you rely on it.",
        figures=_figures(stats, engine, report),
        months=MONTHS,
        coverage=_coverage(counts),
        methods=tuple((METHODS.get(value.value, (value.value, ""))[0].capitalize(), value.count,
                       f"{100 * value.count / total:.1f} %") for value in methods.facets["method"]),
        levels=_levels(methods.facets["level"], total),
        unattributed=_unattributed(unknown, total),
        accuracy=tuple((name, _figure(measured[key])) for key, name in _MEASURED if measured.get(key) is not None),
        accuracy_note=str(measured.get("note") or ""),
        undated=(f"{undated:,} {counted(undated, 'articles')} without a date", url_for("pages.search", year=""))
        if undated else ("", ""),
        skipped=_skipped(report.get("skipped", ())),
        unread=tuple((each["what"], each["number"], each["reason"]) for each in report.get("unread", ())),
    )


def _levels(found: Iterable[FacetValue], total: int) -> tuple[tuple[str, int, str, str], ...]:
    """How many quotations have a speaker of each level, the surest first, and what share of those is probably right."""
    counts = {value.value: value.count for value in found}
    right = measured_levels()
    return tuple((level, counts.get(level, 0), f"{100 * counts.get(level, 0) / total:.1f} %",
                  _figure(right[level]) if level in right else "") for level in ADVICE)


def _unattributed(unknown: int, total: int) -> str:
    has = "has" if unknown == 1 else "have"
    return (f"{unknown:,} {counted(unknown, 'quotations')} ({100 * unknown / total:.1f} %) {has} no speaker, because "
            "the article does not say who spoke in a way that the program can follow. They are kept and can be found.")


def _figure(value: Any) -> str:
    if isinstance(value, float) and 0 <= value <= 1:
        return f"{100 * value:.1f} %"
    return f"{value:,}" if isinstance(value, int | float) else str(value)


_PLACE = re.compile(r"line \d+: ")


def _skipped(found: Iterable[Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The files of each reason, whatever line it is on; the reason of most files first."""
    reasons: dict[str, list[str]] = {}
    for path, reason in found:
        reasons.setdefault(_PLACE.sub("", str(reason)), []).append(str(path))
    return tuple(sorted(((reason, tuple(paths)) for reason, paths in reasons.items()), key=lambda each: -len(each[1])))


def _summary(stats: Mapping[str, Any]) -> str:
    if not stats["articles"]:
        return "This archive is empty."
    dated = f", published from {day(stats['first']).long} to {day(stats['last']).long}" if stats["first"] else ""
    reported = f", {stats['reported']:,} passages of reported speech" if stats["reported"] else ""
    return (f"{stats['articles']:,} articles{dated}, in which {stats['quotations']:,} quotations{reported} and "
            f"{stats['people']:,} people were found.")


def _figures(
    stats: Mapping[str, Any], engine: Engine, report: Mapping[str, Any],
) -> tuple[tuple[str, str], ...]:
    found = [("Articles", f"{stats['articles']:,}"),
             ("Quotations", f"{stats['quotations']:,}"), ("Reported speech", f"{stats['reported']:,}"),
             ("People", f"{stats['people']:,}"),
             ("Index build", engine.build_id), ("Size of the index", f"{stats['bytes'] / 1e6:,.1f} MB")]
    if report.get("built"):
        found.append(("Built", str(report["built"])[:16].replace("T", " at ")))
    return tuple(found + [(name, str(report[key])) for key, name in _OF_REPORT.items() if report.get(key)])


_OF_REPORT = {"onrecord": "Program version", "extractor": "Version of the rules that find speakers"}


def _coverage(counts: Mapping[str, int]) -> tuple[tuple[str, tuple[tuple[int, int], ...], int], ...]:
    """A row a year; the shade of a month is a quarter of the fullest month's count."""
    most = max(counts.values(), default=0) or 1
    rows = []
    for year in map(str, span_of_years(by_year(counts)) if by_year(counts) else ()):
        cells = [counts.get(f"{year}-{month:02}", 0) for month in range(1, 13)]
        rows.append((year, tuple((count, -(-4 * count // most)) for count in cells), sum(cells)))
    return tuple(rows)
