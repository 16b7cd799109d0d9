"""Cues: the verbs, nouns and phrases that report speech, with the sources that they relate to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from indexer.attribution.phrases import Source
from indexer.attribution.subjects import (
    Relation, infinitive_subjects, main_subjects, sources_ending, subjects_before, subjects_behind, whole_phrase,
)
from indexer.attribution.tokens import QUOTE, Tokens
from indexer.language import lexicon

Strength = Literal["speech", "weak", "according", "participle", "noun"]

_SKIPPED = lexicon.ADVERBS | lexicon.AUXILIARIES
_BE = lexicon.BE | frozenset("'s 're got gets isn't aren't wasn't weren't".split())
_PASSIVE = lexicon.BE | frozenset("isn't aren't wasn't weren't".split())
_QUOTING = lexicon.all_forms("quote cite")     # whom they take as object speaks
# Verbs whose object is the subject of what follows: they quoted Roe as saying, they heard Roe shouting.
_RAISING = _QUOTING | {"overheard", "caught"} | lexicon.all_forms(
    "recall remember hear overhear record film describe show")
_NAMING = lexicon.all_forms("call describe label brand dub term deem hail praise denounce dismiss") | {"labelled"}
_NAMED = 24         # tokens from such a verb to who does it, other words and quotations between
_PUTTING = frozenset({",", ":", ".", QUOTE, "this", "like", "to", "in"})       # what is behind «put it»
_NO_ONE = ["no", "one"]
# What the author does to whoever then answers: we called Adeyemi; I reached out to Adeyemi.
_ADDRESSING = frozenset("asked contacted called emailed texted messaged reached interviewed approached".split())
_RESPONDING = lexicon.all_forms("respond")
_EMERGENCIES = frozenset("call calls scene alarm fire 911 emergency".split())
_TOWARDS = frozenset("out up over to".split())
_IN_THE_WORDS = ["the", "words", "of"]
_OBJECT_RELATIVES = lexicon.RELATIVES | {"what"}       # which the Post [reports] was
_RELATIVE = 6           # tokens between such a word and its verb
# Every word that may be the first of a cue, whatever is around it.
_WORDS = frozenset("according as per in by put puts".split()) | (
    lexicon.CLAIM_NOUNS | _ADDRESSING | lexicon.SPEECH_VERBS | lexicon.WEAK_VERBS)
# Passives that only say how somebody feels: Adeyemi was worried that.
_FEELING = frozenset("worried convinced determined moved resolved reminded disgusted".split())


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
        if lower not in _WORDS:
            continue
        if _credits(tokens, position, begins):
            cue = _according(tokens, position, begins)
        elif lower == "by" and position and tokens.quotes[position - 1] >= 0:
            cue = _named_by(tokens, position, sources, begins)
        elif lower == "as" and position - 1 in ends and _gapped(tokens, position, sources[ends[position - 1]].first):
            cue = Cue(position, position, "speech", ((ends[position - 1], "subject"),))
        elif position not in begins and (claim := _claim(tokens, position, owners, begins)):
            cue = claim
        elif lower in _ADDRESSING and (asked := _asked(tokens, position, sources, begins)):
            cue = asked
        elif lower in lexicon.SPEECH_VERBS or lower in lexicon.WEAK_VERBS or _puts_it(tokens, position):
            cue = (
                None
                if position in inside and position not in begins
                else _verb(tokens, position, sources, ends, begins)
            )
        else:
            continue
        if cue is not None:
            cues.append(cue)
    return _with_quoted(tokens, _without_clauses(cues), sources)


def _without_clauses(cues: Sequence[Cue]) -> list[Cue]:
    """The cues; what is the subject of a later one is no object: the Post said [Roe] told the court."""
    verbs = {source: cue.first for cue in cues for source, relation in cue.subjects if relation == "subject"}
    return [
        replace(cue, subjects=tuple(
            (source, relation) for source, relation in cue.subjects
            if relation != "object" or verbs.get(source, -1) < cue.first))
        if any(relation == "object" for _, relation in cue.subjects) else cue
        for cue in cues
    ]


def _with_quoted(tokens: Tokens, cues: Sequence[Cue], sources: Sequence[Source]) -> list[Cue]:
    """The cues, the object of one being the subject of the next: they quoted [Roe] as saying, they heard [Roe]
    shouting. That next one then reports as a verb in its own right would."""
    found = list(cues)
    for number, cue in enumerate(cues):
        raised = _raised(tokens, cue, sources) if cue.strength == "participle" else None
        if raised is None:
            continue
        source, verb = raised
        found[number] = replace(cue, strength="speech", subjects=((source, "subject"),))
        if number and cues[number - 1].last == verb:
            above: list[tuple[int, Relation]] = [
                (each, "raising") for each, _ in cues[number - 1].subjects if sources[each].first < verb]
            found[number - 1] = replace(cues[number - 1], subjects=tuple(above))
    return found


def _raised(tokens: Tokens, cue: Cue, sources: Sequence[Source]) -> tuple[int, int] | None:
    """The source that a participle is said of, and the verb that says so of it: they [heard] [the owner, Jo Roe],
    shouting."""
    before = tokens.lower[cue.first - 1] if cue.first else ""
    for number in sources_ending(sources, cue.first - (2 if before in (",", "as") else 1)):
        first = sources[number].first
        if before == "," and tokens.words[first - 1:first] == [","]:
            first = min((sources[each].first for each in sources_ending(sources, first - 2, inner=True)), default=first)
        if first and tokens.lower[first - 1] in _RAISING:
            return number, first - 1
    return None


def _credits(tokens: Tokens, position: int, begins: dict[int, int]) -> bool:
    """Whether a word gives words to whom it names behind it: according to Roe; as per Roe; in the words of Roe; to, per
    Harbor News, Q, but not miles per Gallon."""
    following = tokens.lower[position + 1:position + 4]
    match tokens.lower[position]:
        case "according":
            return True
        case "as":
            return following[:1] == ["per"]
        case "in":
            return following == _IN_THE_WORDS
        case "per" if position + 1 in begins:
            return following[0] == "the" or position == 0 or not tokens.words[position - 1][0].isalnum()
    return False


def _according(tokens: Tokens, position: int, begins: dict[int, int]) -> Cue | None:
    last = position + {"in": 3, "as": 1}.get(tokens.lower[position], tokens.lower[position + 1:position + 2] == ["to"])
    if last == position and tokens.lower[position] == "according":
        return None
    for ahead in range(last + 1, min(last + 5, len(tokens.words))):
        if ahead in begins:
            return Cue(position, last, "according", ((begins[ahead], "according"),))
    return Cue(position, last, "according", ())


def _named_by(tokens: Tokens, position: int, sources: Sequence[Source], begins: dict[int, int]) -> Cue | None:
    """The agent of a passive behind the words that it names something: it was called Q by [Roe] and Q by [Poe]."""
    sentence = tokens.sentences[position]
    for back in range(position - 2, max(position - _NAMED, -1), -1):
        if tokens.sentences[back] != sentence:
            return None
        if tokens.lower[back] in _NAMING:
            agent = whole_phrase(tokens, position + 1, sources, begins)
            return Cue(position, position, "according", ((agent, "according"),)) if agent is not None else None
    return None


def _gapped(tokens: Tokens, position: int, first: int) -> bool:
    """Whether a verb is to be thought before "as": Roe described it as Q and [Poe] as Q. first is the first token of
    the source there."""
    joined = tokens.lower[first - 1:first] in (["and"], ["but"], ["while"], [","])
    if not joined or tokens.words[position + 1:position + 2] != [QUOTE]:
        return False
    here = [at for at in range(max(first - _NAMED, 0), first) if tokens.sentences[at] == tokens.sentences[position]]
    return any(tokens.words[at] == QUOTE for at in here) and any(tokens.lower[at] in _NAMING for at in here)


def _puts_it(tokens: Tokens, position: int) -> bool:
    """«as Adeyemi put it», «Adeyemi puts it this way»: a verb of speech for as long as it takes "it"."""
    after = tokens.lower[position + 2:position + 3] or ["."]
    return tokens.lower[position] in ("put", "puts") and tokens.lower[position + 1:position + 2] == ["it"] and (
        after[0] in _PUTTING)


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
    if _only_comes(tokens, position) or _is_noun(tokens, position, ends):
        return None
    subjects = subjects_behind(tokens, position, sources, begins)
    if tokens.lower[position] in _QUOTING:
        if not subjects and (whole := whole_phrase(tokens, position + 1, sources, begins)) is not None:
            subjects = [(whole, "object")]      # the Post quotes [the owner, Jo Roe]
        subjects = [
            (number, "cited" if relation in ("object", "inverted") else relation) for number, relation in subjects
        ]
    left = _left_of(tokens, position)
    infinitive = "to" in tokens.lower[left + 1:position]
    participle = tokens.lower[position].endswith("ing") and not (
        left >= 0 and tokens.lower[position - 1] in lexicon.AUXILIARIES)
    if participle:
        found = main_subjects(tokens, position, sources)
    elif infinitive:
        found = infinitive_subjects(tokens, left, position, sources, ends)
    else:
        found = subjects_before(tokens, left, position, sources, ends)
    if (
        tokens.lower[position] in lexicon.NOUN_VERBS
        and tokens.lower[position - 1:position] != [QUOTE]
        and not infinitive
        and not any(relation == "subject" or relation == "relative" for _, relation in found)
        and not (_goes_on(tokens, position) and any(relation == "shared" for _, relation in found))
    ):
        return None
    cited = any(relation == "cited" for _, relation in subjects)
    if any(relation == "subject" for _, relation in found):       # with a subject before it, no verb is inverted
        told: Relation = "listener" if tokens.lower[position] in lexicon.LISTENER_VERBS else "object"
        subjects = [(number, told if relation == "inverted" else relation) for number, relation in subjects]
    whom = "raising" if cited else _whom(tokens, position, left)
    if whom is not None:
        found = [(number, whom) for number, _ in found]
    strength: Strength = (
        "participle" if participle else "weak" if tokens.lower[position] in lexicon.WEAK_VERBS else "speech")
    return Cue(position, position, strength, tuple(subjects + found))


def _is_noun(tokens: Tokens, position: int, ends: dict[int, int]) -> bool:
    """Whether a word that could be a verb is a noun, by what opens its phrase or else is around it: the [report];
    Adeyemi's [claim]; in [order]; an "unnamed" [object]; the 9th Street [attack] was."""
    before = tokens.lower[position - 1] if position else ""
    if before in lexicon.POSSESSIVE_PRONOUNS or before == "the":
        return True
    if position - 1 not in ends and (before == "'s" or before in lexicon.DETERMINERS and (
            tokens.lower[position - 2:position] != _NO_ONE)):
        return True
    if tokens.lower[position] not in lexicon.NOUN_VERBS:
        return False
    if before == QUOTE:
        return tokens.lower[position - 2:position - 1] in (["a"], ["an"], ["the"])
    following, clause = tokens.lower[position + 1:position + 2], tokens.lower[max(position - _RELATIVE, 0):position]
    return before in ("in", "on", "of") or (
        following != [] and following[0] in lexicon.BE and _OBJECT_RELATIVES.isdisjoint(clause))


def _only_comes(tokens: Tokens, position: int) -> bool:
    """Whether a verb says that somebody came, not that they spoke: officers responded to a 911 call."""
    return tokens.lower[position] in _RESPONDING and tokens.lower[position + 1:position + 2] == ["to"] and (
        not _EMERGENCIES.isdisjoint(tokens.lower[position + 2:position + 6]))


def _goes_on(tokens: Tokens, position: int) -> bool:
    """Whether a word that is as often a noun is a verb by what follows: … and reports [that], … and quotes [Roe]."""
    following = tokens.words[position + 1:position + 2] or ["."]
    return following[0] in (QUOTE, "that", "it", ":") or following[0][0].isupper()


def _asked(tokens: Tokens, position: int, sources: Sequence[Source], begins: dict[int, int]) -> Cue | None:
    """A verb by which the author turns to somebody: we asked [the owner]; I reached out to [Roe]."""
    before = position - 1
    while before > 0 and tokens.words[before].islower() and lexicon.is_adverb(tokens.lower[before]):
        before -= 1
    if before < 0 or tokens.lower[before] not in ("we", "i"):
        return None
    after = position + 1
    while after < len(tokens.words) and tokens.lower[after] in _TOWARDS:
        after += 1
    asked = whole_phrase(tokens, after, sources, begins)
    if asked is None:
        return None
    if before and tokens.words[before - 1] == QUOTE:
        subjects: list[tuple[int, Relation]] = [(asked, "listener")]
        if before in begins:
            subjects.append((begins[before], "subject"))    # «"Q?" I asked Roe»: these words are the author's
        return Cue(position, position, "speech", tuple(subjects))
    return Cue(position, position, "weak", ((asked, "asked"),))


def _whom(tokens: Tokens, position: int, left: int) -> Relation | None:
    """What the subject of a passive is: Roe was [told], the tenants were [warned] (listeners); Roe was [hailed] for
    the plan. None if a verb is active."""
    lower = tokens.lower[position]
    if not lower.endswith(("ed", "told", "known", "said")) or lower in _FEELING:
        return None
    auxiliaries = tokens.lower[max(left + 1, 0):position]
    if lower in lexicon.LISTENER_VERBS:
        return "listener" if any(word in _BE for word in auxiliaries) else None
    return "patient" if lower not in _QUOTING and any(word in _PASSIVE for word in auxiliaries) else None


def _left_of(tokens: Tokens, position: int) -> int:
    """The token before a verb, its adverbs and auxiliaries passed over, and "to" of "went on to say"."""
    left = position - 1
    while left >= 0 and (
        tokens.lower[left] in _SKIPPED
        or tokens.words[left].islower() and lexicon.is_adverb(tokens.lower[left])
        or (tokens.lower[left] == "to" and "to" not in tokens.lower[left + 1:position])
        or tokens.words[left] == "'"
    ):
        left -= 1
    return left
