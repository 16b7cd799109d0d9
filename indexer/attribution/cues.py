"""Cues: the verbs, nouns and phrases that report speech, with the sources that they relate to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.attribution.sources import Source
from indexer.attribution.subjects import Relation, main_subjects, subjects_before, subjects_behind
from indexer.attribution.tokens import QUOTE, Tokens
from indexer.language import lexicon

Strength = Literal["speech", "weak", "according", "participle", "noun"]

_SKIPPED = lexicon.ADVERBS | lexicon.AUXILIARIES


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue by its first and last token, with its sources: (number of the source, what it is to the cue)."""

    first: int
    last: int
    strength: Strength
    subjects: tuple[tuple[int, Relation], ...]


def find_cues(tokens: Tokens, sources: Sequence[Source]) -> list[Cue]:
    """Every cue of a paragraph outside the marks, in order."""
    ends = {source.last: number for number, source in enumerate(sources) if not source.inner}
    begins: dict[int, int] = {}
    for number, source in enumerate(sources):
        if not source.inner:
            begins.setdefault(source.first, number)
    owners = {
        source.first if owned else source.last + 1: number
        for number, source in enumerate(sources)
        if (owned := tokens.lower[source.first] in ("his", "her", "their"))
        or tokens.lower[source.last + 1:source.last + 2] in (["'s"], ["'"])
    }
    inside = frozenset(
        position for source in sources if source.kind != "pronoun" for position in range(source.head, source.last + 1)
    )
    cues = []
    for position, lower in enumerate(tokens.lower):
        if (
            lower == "according"
            or (lower == "as" and tokens.lower[position + 1:position + 2] == ["per"])
            or (lower == "per" and position + 1 in begins and tokens.lower[position + 1] == "the")
        ):
            cue = _according(tokens, position, begins)
        elif position not in begins and (claim := _claim(tokens, position, owners, begins)):
            cue = claim
        elif lower in lexicon.SPEECH_VERBS or lower in lexicon.WEAK_VERBS:
            cue = (
                None
                if position in inside and position not in begins
                else _verb(tokens, position, sources, ends, begins)
            )
        else:
            continue
        if cue is not None:
            cues.append(cue)
    return cues


def _according(tokens: Tokens, position: int, begins: dict[int, int]) -> Cue | None:
    last = position + 1 if tokens.lower[position + 1:position + 2] == ["to"] else position
    if last == position and tokens.lower[position] == "according":
        return None
    for ahead in range(last + 1, min(last + 5, len(tokens.words))):
        if ahead in begins:
            return Cue(position, last, "according", ((begins[ahead], "according"),))
    return Cue(position, last, "according", ())


def _claim(tokens: Tokens, position: int, owners: dict[int, int], begins: dict[int, int]) -> Cue | None:
    """A noun of speech with whose it is: Adeyemi's latest [claim] that; a [comment] from Adeyemi."""
    if tokens.lower[position] not in lexicon.CLAIM_NOUNS:
        return None
    for back in range(position - 1, max(position - 5, -1), -1):
        if back in owners:
            return Cue(position, position, "noun", ((owners[back], "owner"),))
        if not tokens.lower[back][0].isalpha():
            break
    if tokens.lower[position + 1:position + 2] and tokens.lower[position + 1] in ("from", "by", "of"):
        number = begins.get(position + 2)
        if number is not None:
            return Cue(position, position + 1, "noun", ((number, "owner"),))
    return None


def _verb(
    tokens: Tokens, position: int, sources: Sequence[Source], ends: dict[int, int], begins: dict[int, int]
) -> Cue | None:
    """A reporting verb, unless the word is a noun here ("the report", "a police statement")."""
    before = tokens.lower[position - 1] if position else ""
    if before in lexicon.DETERMINERS or before in lexicon.POSSESSIVE_PRONOUNS or before in ("the", "'s"):
        return None
    subjects = subjects_behind(tokens, position, sources, begins)
    left = _left_of(tokens, position)
    infinitive = position > 0 and tokens.lower[position - 1] == "to"
    found = subjects_before(tokens, left, position, sources, ends)
    if (
        tokens.lower[position] in lexicon.NOUN_VERBS
        and before != QUOTE
        and not any(relation == "subject" for _, relation in found)
    ):
        return None
    if infinitive:
        found = [(number, "infinitive") for number, relation in found]
    strength: Strength = "speech" if tokens.lower[position] in lexicon.SPEECH_VERBS else "weak"
    if tokens.lower[position].endswith("ing") and not (
        left >= 0 and tokens.lower[position - 1] in lexicon.AUXILIARIES
    ):
        strength = "participle"
        found = main_subjects(tokens, position, sources)
    return Cue(position, position, strength, tuple(subjects + found))


def _left_of(tokens: Tokens, position: int) -> int:
    """The token before a verb, its adverbs and auxiliaries passed over, and "to" of "went on to say"."""
    left = position - 1
    while left >= 0 and (
        tokens.lower[left] in _SKIPPED
        or (tokens.lower[left] == "to" and left == position - 1)
        or tokens.words[left] == "'"
    ):
        left -= 1
    return left
