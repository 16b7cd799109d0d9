"""Coordination: several sources that are one subject together: Roe and Poe said; said Roe, Poe and Coe."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.attribution.clauses import starts_clause
from indexer.attribution.phrases import Source
from indexer.attribution.subjects import sources_around
from indexer.attribution.tokens import Tokens
from indexer.language import lexicon


def joined_with(tokens: Tokens, sources: Sequence[Source], number: int) -> list[int]:
    """The list that a source belongs to, by number and in order, if it is all that a verb has for a subject: [Roe and
    Poe] said; said [Roe, Poe and Coe]. Empty for a source that is by itself."""
    if "and" not in (tokens.lower[sources[number].first - 1:sources[number].first]
                     + tokens.lower[sources[number].last + 1:sources[number].last + 2]):
        return []
    near = list(sources_around(sources, sources[number].first))
    ends = {source.last: each for each, source in near if _may_join(source)}
    begins = {source.first: each for each, source in near if _may_join(source)}
    if number not in begins.values():
        return []
    found = [number]
    while (before := _listed_before(tokens, sources[found[0]].first, ends)) is not None:
        found.insert(0, before)
    while (behind := _listed_behind(tokens, sources[found[-1]].last, begins)) is not None:
        found.append(behind)
    joined = any(tokens.lower[sources[each].first - 1] == "and" for each in found[1:])
    first = sources[found[0]].first
    opener = tokens.lower[first - 1]
    if len(found) == 2 and tokens.words[sources[found[1]].first - 2] == "," and (
            opener in lexicon.SPEECH_VERBS or opener == "to"):
        return []       # two clauses: so says Roe, and Poe agrees
    opens = starts_clause(tokens, first) or opener in lexicon.SPEECH_VERBS or opener in ("to", "by", "both")
    return found if joined and opens else []


def _may_join(source: Source) -> bool:
    return not source.inner and source.kind != "pronoun"


def _listed_before(tokens: Tokens, first: int, ends: dict[int, int]) -> int | None:
    """The member of a list before one: [Roe] and Poe; [Roe], Poe and Coe."""
    if first < 2:
        return None
    if tokens.lower[first - 1] == "and":
        return ends.get(first - 3 if tokens.words[first - 2] == "," else first - 2)
    return None


def _listed_behind(tokens: Tokens, last: int, begins: dict[int, int]) -> int | None:
    """The member of a list behind one: Roe and [Poe]."""
    return begins.get(last + 2) if tokens.lower[last + 1:last + 2] == ["and"] else None
