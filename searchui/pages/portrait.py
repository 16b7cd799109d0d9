"""The portrait of a person: who they are, whatever is sought on their page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from indexer import EVERYTHING, Document, Engine, Exact, Or, Results, fold
from searchui.pages.hits import Day, Quoted, day, years
from searchui.pages.home import short_role
from searchui.pages.keyness import distinguishing, words_of_quotations
from searchui.pages.search_page import Link
from searchui.pages.story import LEVELS
from searchui.request import Filter, SearchRequest

_EITHER = Or((Exact("quotation", "form"), Exact("reported", "form")))      # verbatim or not
_ROLE = 90                        # characters; longer descriptions are whole sentences
_NAMESAKES = 6
_MENTIONED = 8                    # people whom somebody mentions most
_BESIDES = re.compile(r"\s*\(.*\)|,?\s+(?:[JS]r\.?|I{2,3}|IV)\Z")


@dataclass(frozen=True, slots=True)
class Portrait:
    """What a person's page says of them above and beside what they said."""

    name: str
    slug: str
    roles: tuple[str, ...]
    aliases: tuple[str, ...]
    quotations: int
    reported: int                 # passages that report what they said
    articles: int
    named: tuple[Day, Day]        # the days of the first and the last article that names them
    said: tuple[Day, Day]         # and of the first and the last quotation
    levels: tuple[Link, ...]      # how many quotations are how sure, each with the link to them
    csv_url: str
    mentions_url: str
    not_said: Link | None         # what they are reported not to have said
    quoted_with: tuple[tuple[str, str, int], ...]
    mentions: tuple[Link, ...]    # whom the paragraphs of their quotations name
    namesakes: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody besides what a search within their quotations finds. everything: the answer that holds
    all their quotations, counted by speaker, level and people mentioned; words: what distinguishes theirs;
    unsure: how many quotations that answer the search may be somebody else's; not_said: how many of all were, as
    reported, never said (count_not_said)."""

    everything: Results
    words: Sequence[str] = ()
    namesakes: Sequence[Document] = ()
    unsure: int = 0
    not_said: int = 0


def known_of(engine: Engine, person: Document, everybody: Counter[str]) -> Known:
    """What does not depend on what is sought on the page. everybody: the words of all quotations."""
    slug = person["id"]
    return Known(
        everything=all_they_said(engine, slug),
        words=distinguishing(words_of_quotations(engine, slug), everybody, person["name"]),
        namesakes=namesakes_of(engine, person),
        not_said=count_not_said(engine, slug),
    )


def all_they_said(engine: Engine, slug: str) -> Results:
    return engine.search(EVERYTHING, kind="quotation", filters=Exact(slug, "speaker_id"), per_page=1,
                         facets=("speaker_id", "level", "mentioned_id"), facet_values=_MENTIONED + 1)


def count_not_said(engine: Engine, slug: str) -> int:
    """How many quotations and passages a person is reported not to have said, or only imagined to say."""
    return engine.count(Exact(slug, "stance_of_id"), kind="quotation", filters=_EITHER)


def namesakes_of(engine: Engine, person: Document) -> list[Document]:
    """Other people of the same full name, but for what tells them apart in parentheses or behind it."""
    name = fold(_BESIDES.sub("", person["name"]))
    return [other for other in engine.suggest(_BESIDES.sub("", person["name"]), 20)
            if other["id"] != person["id"] and fold(_BESIDES.sub("", other["name"])) == name][:_NAMESAKES]


def portrait_of(person: Document, known: Known) -> Portrait:
    """From the document of a person and what is known besides."""
    slug = person["id"]
    said = next((each for each in known.everything.facets.get("speaker_id", ()) if each.value == slug), None)
    return Portrait(
        name=person["name"],
        slug=slug,
        roles=_roles(person["roles"], person["offices"]),
        aliases=tuple(alias for alias in person["aliases"] if alias != person["name"]),
        quotations=person["quotations"],
        reported=person["reported"],
        articles=person["articles"],
        named=(day(person["first"]), day(person["last"])),
        said=(day(said.first), day(said.last)) if said else (day(""), day("")),
        levels=_levels(known.everything, slug),
        csv_url=url_for("exports.as_csv", **{"in": "quotations", "speaker": slug}),
        mentions_url=url_for("pages.search", mentions=slug),
        not_said=_not_said(known.not_said, slug),
        quoted_with=tuple((name, other, count) for other, name, count in person["quoted_with"]),
        mentions=_mentions(known.everything, slug),
        namesakes=tuple(Quoted(each["name"], each["id"], short_role(each["roles"]), each["quotations"])
                        for each in known.namesakes),
    )


def _roles(found: Sequence[str], offices: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """How articles describe somebody: short descriptions, each once whatever its capitals, none that another holds; of
    an office, from when to when articles give it."""
    held = {role: years(first, last) for role, first, last in offices}
    kept: list[str] = []
    for role in found:
        if len(role) <= _ROLE and not any(role.casefold() in each.casefold() for each in kept):
            kept.append(role)
    return tuple(", ".join(filter(None, (role, held.get(role, "")))) for role in kept[:3])


def _levels(everything: Results, slug: str) -> tuple[Link, ...]:
    counts = {each.value: each.count for each in everything.facets.get("level", ())}
    return tuple(Link(level, _quotations(slug, Filter("level", level)), counts[level])
                 for level in LEVELS if counts.get(level))


def _mentions(everything: Results, slug: str) -> tuple[Link, ...]:
    """The people whom the paragraphs of somebody's quotations name most, without the speaker."""
    found = [each for each in everything.facets.get("mentioned_id", ()) if each.value != slug and each.count > 1]
    return tuple(Link(each.label, _quotations(slug, Filter("mentioned_id", each.value)), each.count)
                 for each in found[:_MENTIONED])


def _quotations(slug: str, narrowed: Filter) -> str:
    return SearchRequest(kind="quotation", filters=(Filter("speaker_id", slug), narrowed)).url()


def _not_said(count: int, slug: str) -> Link | None:
    """The link to what somebody is reported not to have said."""
    search = SearchRequest(kind="quotation", filters=(Filter("stance_of_id", slug),)).of_forms("quotation", "reported")
    return Link(f"{count:,} denied or only imagined", search.url()) if count else None
