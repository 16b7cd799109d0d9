"""The front page: what the archive holds, who is quoted most, what was said last, and searches to begin with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from indexer import EVERYTHING, STOP_WORDS, Document, Engine, Hit, Kind, NotFound
from searchui.asked import Asked
from searchui.charts import Chart, by_year, chart, span_of_years
from searchui.hits import QuotationHit, Quoted, years
from searchui.pages import Link

_MOST_QUOTED = 10
_LATEST = 5
_HEADLINES = 400                 # newest, read for the words they share
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
    """All but the latest quotations: they hold whole addresses, which are each request's own."""
    stats = engine.stats()
    quoted = most_quoted(engine)
    return HomePage(
        articles=stats["articles"],
        quotations=stats["quotations"],
        people=stats["people"],
        years=years(stats["first"], stats["last"]),
        examples=examples(engine, quoted),
        latest=(),
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


def latest(engine: Engine) -> list[Hit]:
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
    hits = engine.search(EVERYTHING, kind="article", sort="newest", per_page=_HEADLINES).hits
    counts: Counter[str] = Counter()
    names: set[str] = set()
    for hit in hits:
        counts.update(set(_TITLE_WORD.findall(hit.document["title"])))
        names.update(word for person in hit.document["people"] for word in person["name"].split())
    common = [word.lower() for word, count in counts.most_common(400) if count > 1 and word not in names]
    return [word for word in common if word not in STOP_WORDS][:most]
