"""The pages that belong to no single search: the front page, about the archive, help."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from indexer import EVERYTHING, FIELDS, STOP_WORDS, Document, Engine, Hit, Kind, NotFound
from searchui.asked import Asked
from searchui.charts import MONTHS, Chart, by_year, chart, span_of_years
from searchui.hits import METHODS, QuotationHit, Quoted, day, years
from searchui.pages import Link
from searchui.person_page import said

_MOST_QUOTED = 10
_LATEST = 3
_ROLE = 60                        # characters


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything the front page shows."""

    articles: int
    quotations: int
    people: int
    years: str
    examples: tuple[Link, ...]
    latest: tuple[QuotationHit, ...]
    most_quoted: tuple[Quoted, ...]
    chart: Chart | None


def months(engine: Engine, kind: Kind = "article") -> Mapping[str, int]:
    """How many articles, or quotations, the archive holds of each month."""
    return engine.search(EVERYTHING, kind=kind, per_page=1, facets=("month",), collapse=False).histogram


def home_page(engine: Engine) -> HomePage:
    stats = engine.stats()
    quoted = most_quoted(engine)
    return HomePage(
        articles=stats["articles"],
        quotations=stats["quotations"],
        people=stats["people"],
        years=years(stats["first"], stats["last"]),
        examples=examples(engine, quoted),
        latest=said(_latest(engine), 1, ""),
        most_quoted=quoted,
        chart=_holdings(months(engine), months(engine, "quotation")),
    )


def most_quoted(engine: Engine) -> tuple[Quoted, ...]:
    """Those with most quotations, and the role that the articles give them most often."""
    found = engine.search(EVERYTHING, kind="quotation", per_page=1, facets=("speaker_id",)).facets["speaker_id"]
    people = [(value, _person(engine, value.value)) for value in found[:_MOST_QUOTED]]
    return tuple(
        Quoted(value.label, value.value, short_role(person["roles"]) if person else "", value.count)
        for value, person in people
    )


def short_role(roles: Sequence[str]) -> str:
    """The most frequent of the descriptions that fit a line."""
    return next((role for role in roles if len(role) <= _ROLE), "")


def _person(engine: Engine, slug: str) -> Document | None:
    try:
        return engine.get("person", slug)
    except NotFound:
        return None


def _latest(engine: Engine) -> list[Hit]:
    """The newest quotations of known people, one an article, that are whole sentences and short enough to lead."""
    newest = engine.search(EVERYTHING, kind="quotation", sort="newest", per_page=60, collapse=True).hits
    good = [hit for hit in newest if hit.document["speaker_id"] and hit.document["quote_kind"] == "direct"
            and 50 <= len(hit.document["said"]) <= 240]
    first = {hit.document["article_id"]: hit for hit in reversed(good)}
    chosen = [hit for hit in good if first[hit.document["article_id"]] is hit]
    return (chosen or list(newest))[:_LATEST]


def _holdings(articles: Mapping[str, int], quotations: Mapping[str, int]) -> Chart | None:
    counts = by_year(articles), by_year(quotations)
    if not counts[0]:
        return None
    return chart(list(span_of_years(counts[0])), counts, ("articles", "quotations"),
                 lambda year: url_for("pages.search", year=year), css=("pen",))


def examples(engine: Engine, quoted: Sequence[Quoted]) -> tuple[Link, ...]:
    """A few searches of different kinds that find something in this archive."""
    words = topics(engine)
    typed: list[tuple[str, Kind]] = [(word, "article") for word in words[:2]]
    typed += [(f'speaker:"{who.name}" {word}', "quotation") for who in quoted[:4] for word in words[:6]]
    typed += [(f'mentions:"{who.name}" -speaker:"{who.name}"', "article") for who in quoted[:2]]
    shown: dict[str, Link] = {}
    for text, kind in typed:
        shape = text.split(":")[0] if ":" in text else text
        asked = Asked(kind=kind).with_typed(text)
        if shape not in shown and engine.count(asked.query, kind=kind):
            shown[shape] = Link(text, asked.url())
    return tuple(shown.values())


_TITLE_WORD = re.compile(r"[A-Z][a-z]{3,}")


def topics(engine: Engine, most: int = 12) -> list[str]:
    """Words that many headlines share and that are nobody's name: what the archive is about."""
    hits = engine.search(EVERYTHING, kind="article", sort="newest", per_page=1000).hits
    counts: Counter[str] = Counter()
    names: set[str] = set()
    for hit in hits:
        counts.update(set(_TITLE_WORD.findall(hit.document["title"])))
        names.update(word for person in hit.document["people"] for word in person["name"].split())
    common = [word.lower() for word, count in counts.most_common(400) if count > 1 and word not in names]
    return [word for word in common if word not in STOP_WORDS][:most]


# --- About ----------------------------------------------------------------------------------------------

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
        skipped=tuple((str(each["path"]), str(each["reason"])) for each in report.get("skipped", ())),
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
    return tuple(found + [(name, str(report[key])) for key, name in _OF_REPORT.items() if report.get(key)])


_OF_REPORT = {"version": "Program version", "built": "Built"}


def _coverage(counts: Mapping[str, int]) -> tuple[tuple[str, tuple[tuple[int, int], ...], int], ...]:
    """A row a year; the shade of a month is a quarter of the fullest month's count."""
    most = max(counts.values(), default=0) or 1
    rows = []
    for year in map(str, span_of_years(by_year(counts)) if by_year(counts) else ()):
        cells = [counts.get(f"{year}-{month:02}", 0) for month in range(1, 13)]
        rows.append((year, tuple((count, -(-4 * count // most)) for count in cells), sum(cells)))
    return tuple(rows)


# --- Help -----------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Lesson:
    """A table of searches that run: what to type, and what it finds."""

    title: str
    lines: tuple[tuple[Link, str], ...]


@dataclass(frozen=True, slots=True)
class HelpPage:
    groups: tuple[Lesson, ...]
    methods: tuple[tuple[str, str], ...]


_FORMS = (
    ("ferry fares", "both words, in any of their forms"),
    ("ferry OR bridge", "either word"),
    ("ferry -bridge", "the first word, without the second"),
    ('"sea wall"', "these words, in this order"),
    ('"fares"', "this very form of the word: not fare"),
    ("flood*", "every word that begins so"),
    ('"ferry fares"~5', "both words with at most five others between them"),
    ("(ferry OR bridge) -toll", "parentheses group"),
)
_DATES = (
    ("date:2012", "a year"),
    ("date:2012-10", "a month"),
    ("date:2010..2014", "from the beginning of one to the end of the other"),
    ("before:2011", "earlier than that year began"),
    ("after:2015-06", "later than that month ended"),
)


def help_page() -> HelpPage:
    """Made from schema.FIELDS, so that it cannot leave one out."""
    fields = tuple((_run(field.example), field.help) for field in FIELDS)
    return HelpPage(
        groups=(
            Lesson("Words", tuple((_run(typed), meaning) for typed, meaning in _FORMS)),
            Lesson("Fields", fields),
            Lesson("Dates", tuple((_run(typed), meaning) for typed, meaning in _DATES)),
        ),
        methods=tuple((short or ("speaker unknown" if name == "none" else name), long)
                      for name, (short, long) in METHODS.items()),
    )


def _run(typed: str) -> Link:
    kind: Kind = "quotation" if typed.startswith(("speaker:", "said:")) else "article"
    return Link(typed, Asked(typed=typed, kind=kind).url())
