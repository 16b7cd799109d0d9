"""What to try when no document matches a search, or none matches all of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from indexer import STOP_WORDS, Engine, Kind, Query, Words, all_of, describe, parts_of, to_text
from searchui.pages.charts import counted
from searchui.pages.search_page import NOUNS, Empty, Link, noun_of
from searchui.request import SearchRequest

_MOST_PARTS = 8                  # each is searched alone; in a longer query no single word is to blame


def is_stop_word(part: Query) -> bool:
    """A word such as “the”, of which questions in whole sentences are full."""
    return isinstance(part, Words) and part.field is None and part.text.casefold() in STOP_WORDS


def way_out(search: SearchRequest) -> Empty:
    """For a search that cannot be understood: what was probably meant, the same words without signs, and help."""
    advice = [Link("How to search", url_for("pages.help"))]
    error = search.error
    if error and error.meant:
        rest = re.sub(r"^\w+", "", search.typed[error.position:])
        meant = search.with_typed(search.typed[:error.position] + error.meant + rest)
        if not meant.error:
            advice.insert(0, Link(f"Search for {meant.typed}", meant.url()))
    words = search.with_typed(" ".join(re.findall(r"\w+", search.typed))).between("", "")
    if words.typed and not words.error:
        advice.insert(-1, Link(f"Search for the words {words.typed}", words.url()))
    return Empty("", tuple(advice))


def nothing_found(search: SearchRequest, engine: Engine, counts: Mapping[Kind, int]) -> Empty:
    """Whether the words or the filters leave nothing, which words no document holds, and what to try instead. counts:
    how many documents of each kind match."""
    advice: list[Link] = []
    noun = noun_of(search)
    if search.included or search.excluded or search.start or search.end:
        unfiltered = search.without_filters()
        count = engine.count(unfiltered.hit_query, kind=unfiltered.kind)
        if count:
            advice.append(Link(f"Remove the filters: {count:,} {counted(count, noun)} without them", unfiltered.url()))
            return Empty(f"No {noun} match “{search.typed}” with these filters." if search.typed
                         else f"No {noun} match these filters.", tuple(advice))
    if lost := missing(search, engine):
        rest = lost.without
        count = engine.count(rest.hit_query, kind=search.kind, filters=rest.filter_query)
        if count:
            advice.append(Link(f"Search without {lost.named}: {count:,} {counted(count, noun)}", rest.url()))
    for kind, plural in NOUNS.items():
        if kind != search.kind and (count := counts.get(kind, 0)):
            match = "matches" if count == 1 else "match"
            advice.append(Link(f"{count:,} {counted(count, plural)} {match} these words", search.of_kind(kind).url()))
    if search.kind == "quotation" and search.forms == ("quotation",):
        reported = search.of_forms("reported")
        if count := engine.count(reported.hit_query, kind="quotation", filters=reported.filter_query):
            match = "matches" if count == 1 else "match"
            advice.insert(0, Link(f"{count:,} {counted(count, noun_of(reported))} {match} these words", reported.url()))
    advice += [Link("Check the spelling, or try fewer words.", ""),
               Link("Leave out the date, or the quotation marks around a phrase.", "")]
    return Empty(f"No {noun} match {lost.named if lost else f'“{search.typed}”'}.", tuple(advice))


@dataclass(frozen=True, slots=True)
class Missing:
    """The parts of a query that no document matches, in words, and the search without them."""

    named: str
    without: SearchRequest


def missing(search: SearchRequest, engine: Engine) -> Missing | None:
    """The parts that no document matches, if there are others that some match."""
    parts = [part for part in parts_of(search.query) if not is_stop_word(part)]
    if not 2 <= len(parts) <= _MOST_PARTS:
        return None
    lost = [part for part in parts if not engine.count(part, kind=search.kind)]
    if not lost or len(lost) == len(parts):
        return None
    left = all_of(part for part in parts_of(search.query) if part not in lost)
    labels = [describe(part).strip("“”") for part in lost]
    return Missing(" or ".join(f"“{label}”" for label in labels), search.with_typed(to_text(left)))
