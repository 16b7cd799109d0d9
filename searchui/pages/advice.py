"""Where nothing answers, or nothing answers wholly: why, and what to try."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import url_for

from indexer import STOP_WORDS, Engine, Query, Words, all_of, describe, to_text
from searchui.pages.charts import counted
from searchui.pages.search_page import NOUNS, Empty, Link
from searchui.request import Asked, parts_of

_PARTS = 8                       # each is looked for by itself; of a longer query no single word is to blame


def says_nothing(part: Query) -> bool:
    """A word such as “the”, of which a question in whole sentences is full."""
    return isinstance(part, Words) and part.field is None and part.text.casefold() in STOP_WORDS


def way_out(asked: Asked) -> Empty:
    """Of a search that cannot be understood: what was probably meant, the same words without signs, and help."""
    advice = [Link("How to search", url_for("pages.help"))]
    error = asked.error
    if error and error.meant:
        rest = re.sub(r"^\w+", "", asked.typed[error.position:])
        meant = asked.with_typed(asked.typed[:error.position] + error.meant + rest)
        if not meant.error:
            advice.insert(0, Link(f"Search for {meant.typed}", meant.url()))
    words = asked.with_typed(" ".join(re.findall(r"\w+", asked.typed))).between("", "")
    if words.typed and not words.error:
        advice.insert(-1, Link(f"Search for the words {words.typed}", words.url()))
    return Empty("", tuple(advice))


def nothing_found(asked: Asked, engine: Engine) -> Empty:
    """Whether the words or the filters emptied the answer, which word nothing holds, and the way out of each."""
    advice: list[Link] = []
    noun = NOUNS[asked.kind]
    if asked.included or asked.excluded or asked.start or asked.end:
        free = asked.without_filters()
        count = engine.count(free.sought, kind=free.kind)
        if count:
            advice.append(Link(f"Remove the filters: {count:,} {counted(count, noun)} without them", free.url()))
            return Empty(f"The filters leave none of the {noun} for “{asked.typed}”." if asked.typed
                         else f"The filters leave none of the {noun}.", tuple(advice))
    if lost := missing(asked, engine):
        free, count = lost.free, engine.count(lost.free.sought, kind=asked.kind, filters=lost.free.filters)
        if count:
            advice.append(Link(f"Search without {lost.named}: {count:,} {counted(count, noun)}", free.url()))
    for kind, plural in NOUNS.items():
        other = asked.of_kind(kind)
        count = engine.count(other.sought, kind=kind, filters=other.filters) if kind != asked.kind else 0
        if count:
            hold = "holds" if count == 1 else "hold"
            advice.append(Link(f"{count:,} {counted(count, plural)} {hold} these words", other.url()))
    advice += [Link("Check the spelling, or try fewer words.", ""),
               Link("Leave out the date, or the quotation marks around a phrase.", "")]
    return Empty(f"None of the {noun} holds {lost.named if lost else f'“{asked.typed}”'}.", tuple(advice))


@dataclass(frozen=True, slots=True)
class Missing:
    """What of a query nothing holds, in words, and the search without it."""

    named: str
    free: Asked


def missing(asked: Asked, engine: Engine) -> Missing | None:
    """The words that nothing holds, where others are held."""
    parts = [part for part in parts_of(asked.query) if not says_nothing(part)]
    if not 2 <= len(parts) <= _PARTS:
        return None
    lost = [part for part in parts if not engine.count(part, kind=asked.kind)]
    if not lost or len(lost) == len(parts):
        return None
    left = all_of(part for part in parts_of(asked.query) if part not in lost)
    labels = [describe(part).strip("“”") for part in lost]
    return Missing(" or ".join(f"“{label}”" for label in labels), asked.with_typed(to_text(left)))
