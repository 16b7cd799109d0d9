"""The front page: what the archive holds, who is quoted most, what was said last, and examples of searches."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from flask import url_for

from indexer import EVERYTHING, STOP_WORDS, Document, Engine, FacetValue, Hit, Kind, NotFound, Words
from searchui.pages.charts import Chart, by_year, chart, span_of_years
from searchui.pages.hits import QuotationHit, Quoted, years
from searchui.pages.search_page import Link
from searchui.request import SearchRequest

_MOST_QUOTED = 10
_CONSIDERED = 30                  # people with most quotations, of whom those are chosen
_LATEST = 5
_READ = 120                       # quotations among which the latest are chosen
_HEADLINES = 400                 # the newest, read for words that they share
_ROLE = 60                        # characters


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything the front page shows."""

    articles: int
    quotations: int
    reported: int                 # passages of reported speech
    people: int
    years: str
    examples: tuple[Link, ...]
    latest: tuple[QuotationHit, ...]
    most_quoted: tuple[Quoted, ...]
    chart: Chart | None


def months(engine: Engine, kind: Kind = "article") -> Mapping[str, int]:
    """How many articles, or quotations, the archive holds of each month."""
    return engine.search(EVERYTHING, kind=kind, per_page=1, histogram=True, collapse=False).histogram


def home_page(engine: Engine) -> HomePage:
    """All but the latest quotations: those hold whole addresses, which may differ from request to request."""
    stats = engine.stats()
    quoted = most_quoted(engine)
    return HomePage(
        articles=stats["articles"],
        quotations=stats["quotations"],
        reported=stats["reported"],
        people=stats["people"],
        years=years(stats["first"], stats["last"]),
        examples=examples(engine),
        latest=(),
        most_quoted=quoted,
        chart=_holdings(months(engine), months(engine, "quotation")),
    )


def most_quoted(engine: Engine) -> tuple[Quoted, ...]:
    """The people with most quotations, and the role that articles give them most often. Somebody of whom one article
    alone is full is left out, unless all are such."""
    found = engine.search(EVERYTHING, kind="quotation", per_page=1, facets=("speaker_id",)).facets["speaker_id"]
    people = [(value, person) for value in found[:_CONSIDERED] if (person := _person(engine, value.value))]
    named = [each for each in people if each[1]["articles"] > 1] or people
    return tuple(Quoted(value.label, value.value, short_role(person["roles"]), value.count)
                 for value, person in named[:_MOST_QUOTED])


def short_role(roles: Sequence[str]) -> str:
    """The most frequent of the descriptions that fit on a line."""
    return next((role for role in roles if len(role) <= _ROLE), "")


def _person(engine: Engine, slug: str) -> Document | None:
    try:
        return engine.get("person", slug)
    except NotFound:
        return None


def latest(engine: Engine) -> list[Hit]:
    """The newest quotations of people whom several articles name, one of each article, that are short but whole
    sentences. The first is one of whose speaker we are sure; none at all if there is no such quotation."""
    newest = engine.search(EVERYTHING, kind="quotation", sort="newest", per_page=_READ, collapse=True).hits
    good = [hit for hit in newest if _whole_sentence(hit.document) and _in_several_articles(engine, hit.document)]
    lead = next((hit for hit in good if hit.document["level"] == "sure"), None)
    if lead is None:
        return []
    chosen = {hit.document["article_id"]: hit for hit in reversed([lead, *good])}
    return [lead, *(hit for hit in good if chosen[hit.document["article_id"]] is hit and hit is not lead)][:_LATEST]


def _whole_sentence(quotation: Document) -> bool:
    return (quotation["speaker_id"] and quotation["quote_kind"] == "direct" and quotation["level"] != "unsure"
            and quotation["stance"] == "said" and quotation["said"][:1].isupper()
            and 50 <= len(quotation["said"]) <= 240)


def _in_several_articles(engine: Engine, quotation: Document) -> bool:
    speaker = _person(engine, quotation["speaker_id"])
    return speaker is not None and speaker["articles"] > 1


def _holdings(articles: Mapping[str, int], quotations: Mapping[str, int]) -> Chart | None:
    counts = by_year(articles), by_year(quotations)
    if not counts[0]:
        return None
    return chart(list(span_of_years(counts[0])), counts, ("articles", "quotations"),
                 lambda year: url_for("pages.search", year=year), css=("pen",))


def examples(engine: Engine) -> tuple[Link, ...]:
    """A few searches of different kinds with good answers: two subjects of which many speak, what somebody said on
    one, and two people on the other."""
    subjects = _subjects(engine)
    found = [Link(word, SearchRequest().with_typed(word).url()) for word, _ in subjects[:2]]
    if subjects:
        word, speakers = subjects[0]
        search = SearchRequest(kind="quotation").with_typed(f'speaker:"{speakers[0].label}" {word}')
        found.append(Link(f"{speakers[0].label} on {word}", search.url()))
    if subjects[1:]:
        word, (one, other, *_) = subjects[1]
        found.append(Link(f"{one.label} and {other.label} on {word}",
                          url_for("pages.compare", a=one.value, b=other.value, q=word)))
    return tuple(found)


VERB_ENDINGS = ("s", "ed", "ing")         # of the verbs in headlines
_FEWEST_SPEAKERS = 2              # of a subject that is an example
_FEWEST_QUOTATIONS = 5


def _subjects(engine: Engine) -> list[tuple[str, Sequence[FacetValue]]]:
    """Subjects and who speaks of them most, the most telling first: words that are often in the headline of a story
    that holds them (“year” is not) and in what somebody says in it (“video” is not). Words in -s, -ed and -ing
    are left out: in headlines most of them are verbs."""
    found = []
    for word in (each for each in topics(engine, 32) if not each.endswith(VERB_ENDINGS)):
        search = SearchRequest(kind="quotation").with_typed(word)
        results = engine.search(search.query, kind="quotation", per_page=1, facets=("speaker_id",))
        speakers = [value for value in results.facets["speaker_id"] if value.count > 1]
        if results.total >= _FEWEST_QUOTATIONS and len(speakers) >= _FEWEST_SPEAKERS:
            stories, headlines = (engine.count(Words(word, field), kind="article") for field in (None, "title"))
            telling = headlines * results.total / (1 + stories) ** 2
            found.append((telling * log(1 + headlines) * log(1 + results.total), word, speakers))
    return [(word, speakers) for _, word, speakers in sorted(found, key=lambda each: (-each[0], each[1]))]


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
