"""Subjects: who does the talking in a frame, if need be a phrase whose noun is in no table."""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal

from indexer.attribution import QUOTE, Cue, Paragraph, Relation, Source, Tokens
from indexer.language import CALENDAR, lexicon
from indexer.reported import verbs

# What a source is to a cue if it does the talking, the likeliest first.
_SPEAKERS: tuple[Relation, ...] = (
    "inverted", "according", "owner", "subject", "apposition", "relative", "agent", "shared", "beside", "main",
    "clause", "infinitive", "purpose", "above", "acting", "modifier", "nested", "cited",
)
_RANK = {relation: number for number, relation in enumerate(_SPEAKERS)}
_BRACKETS = 9               # tokens between brackets behind a name
_PHRASE = 9                 # tokens of a phrase whose noun is in no table
_MOST_SOURCES = 12          # sources of a sentence among which its main subject is looked for
_OPENERS = frozenset("but and so yet still however while because although though if when as that".split())
_CLAUSE_WORDS = lexicon.CONJUNCTIONS | frozenset("that which".split())
_WRITTEN = frozenset("statement letter email e-mail tweet post message release memo note".split())
_NO_HEAD = frozenset("who which that it there this what to i we you".split())
_GOVERNING = lexicon.PREPOSITIONS - {"about", "over", "near", "under"}
_POINTS = frozenset({",", ";", ":", "(", ")", "-", "—", "–", QUOTE})

# What a source is to a cue; a phrase is one that no table has.
Part = Relation | Literal["phrase"]
Subject = tuple[Source | None, Part | None]


def subject_of(paragraph: Paragraph, cue: Cue, group: int, begin: int, end: int) -> Subject:
    """Who does the talking, and what that is to the cue; group is the first token of the verb group, begin and end are
    those of the sentence."""
    tokens = paragraph.tokens
    source, relation = _nearest(paragraph, cue, group, begin, end)
    if _is_told(tokens, cue, group) and relation != "agent":
        return None, None
    if cue.strength == "according" and source is None:
        phrase = _phrase_behind(tokens, cue.last + 1, end)
        return (phrase, "according") if phrase else (None, None)
    if cue.strength in ("according", "noun"):
        return source, relation
    if source is not None and _hands_on(tokens, source, relation, group):
        main = _main(paragraph, group, begin)
        return (main, "main") if main else (source, relation)
    if source is None or relation == "clause":
        finite = cue.strength == "speech" and tokens.lower[cue.first - 1] != "to"
        phrase = _phrase_before(tokens, group, begin) if finite else None
        if phrase is not None:
            return phrase, "phrase"
    if source is None:
        main = _main(paragraph, group, begin)
        return (main, "main") if main else (None, None)
    return source, relation


def _is_told(tokens: Tokens, cue: Cue, group: int) -> bool:
    """Whether the subject of a verb is the listener: Adeyemi was [told]; the tenants had been [warned]."""
    verb = tokens.lower[cue.first]
    return verb in lexicon.LISTENER_VERBS and verb.endswith(("ed", "told")) and any(
        word in verbs.BE for word in tokens.lower[group:cue.first])


def _hands_on(tokens: Tokens, source: Source, relation: Part | None, group: int) -> bool:
    """Whether the subject of the main clause is likelier than the nearest one: Adeyemi denied that the council knew,
    [adding]; Adeyemi said that the council knew, but [added]; Adeyemi wrote a letter [saying]."""
    if relation == "clause":
        return tokens.lower[group - 1] in ("and", "but", "or", "then")
    return relation == "main" and (source.last < group - 1 or tokens.lower[source.last] in _WRITTEN)


def _nearest(paragraph: Paragraph, cue: Cue, group: int, begin: int, end: int) -> Subject:
    """The likeliest of those that the cue was found with."""
    bracketed = _before_brackets(paragraph, group)
    if bracketed is not None:
        return bracketed, "subject"
    best: tuple[int, int, Relation] | None = None
    alone = len(cue.subjects) == 1
    for number, relation in cue.subjects:
        if relation in _RANK and begin <= paragraph.sources[number].first <= end:
            if relation == "inverted" and not _closes(paragraph.tokens, paragraph.sources[number], end, alone):
                continue
            offered = (_RANK[relation], number, relation)
            best = min(best, offered) if best else offered
    return (paragraph.sources[best[1]], best[2]) if best else (None, None)


def _closes(tokens: Tokens, source: Source, end: int, alone: bool) -> bool:
    """Whether the source behind a verb is its subject (…, said Adeyemi), not that of a clause (Bligh, the head of the
    council, said Adeyemi would leave)."""
    after = source.last + 1
    if after > end:
        return True
    if source.kind == "pronoun" or not alone:
        return not tokens.lower[after][0].isalnum() and tokens.lower[after] not in ("'s", QUOTE)
    return tokens.lower[after] not in lexicon.AUXILIARIES


def _before_brackets(paragraph: Paragraph, group: int) -> Source | None:
    """Who is before the brackets right before a verb: [Adeyemi] (D-Calder) said."""
    tokens = paragraph.tokens
    close = group - 1
    if close < 2 or tokens.words[close] != ")":
        return None
    opening = next((at for at in range(close - 1, max(close - _BRACKETS, 0), -1) if tokens.words[at] == "("), 0)
    first = bisect_left(paragraph.sources, opening - _PHRASE, key=lambda source: source.first)
    return next((source for source in paragraph.sources[first:first + _MOST_SOURCES]
                 if source.last == opening - 1 and not source.inner), None)


def _main(paragraph: Paragraph, group: int, begin: int) -> Source | None:
    """The subject of the sentence's main clause, for a verb that has none of its own: Adeyemi praised them and [said];
    Reached at home, Adeyemi denied it, [adding]."""
    tokens = paragraph.tokens
    start = bisect_left(paragraph.sources, begin, key=lambda source: source.first)
    for source in paragraph.sources[start:start + _MOST_SOURCES]:
        if source.last >= group - 1:
            return None
        before = tokens.lower[source.first - 1] if source.first > begin else ","
        after = tokens.lower[source.last + 1]
        if source.inner or before in lexicon.PREPOSITIONS or after in ("'s", "'", "and", "or"):
            continue
        if source.kind == "organisation" and (after in (",", ".") or tokens.lower[source.head] in CALENDAR):
            continue            # Calder, [Tex.], …; on [Aug. 31]
        if before[0].isalpha() and (before in lexicon.SPEECH_VERBS or before.endswith(("ed", "ing"))):
            continue
        return source
    return None


def _phrase_before(tokens: Tokens, group: int, begin: int) -> Source | None:
    """The noun phrase right before a verb, whose noun is in no table: [Supporters of the ferry] said; [others] said."""
    last = group - 1
    if last - 1 > begin and tokens.words[last] == "," and tokens.words[last - 2] == ",":
        last -= 3           # Forbes[, however,] says
    first = last + 1
    while first > begin and last + 1 - first < _PHRASE and _in_phrase(tokens, first - 1):
        first -= 1
    while first <= last and (tokens.lower[first] in _OPENERS or lexicon.is_adverb(tokens.lower[first])):
        first += 1
    words = tokens.lower[first:last + 1]
    if not words or first > begin and _goes_on(tokens, first - 1):
        return None
    if words[-1] in _NO_HEAD or words[0] in _GOVERNING:
        return None
    if any(word in lexicon.AUXILIARIES or word in lexicon.PRONOUNS or word in lexicon.SPEECH_VERBS for word in words):
        return None
    return Source(first, first, last, "unnamed", "")


def _goes_on(tokens: Tokens, at: int) -> bool:
    """Whether a phrase would go on to the left of this token, were it not too long."""
    return tokens.words[at][0].isalnum() and tokens.lower[at] not in _CLAUSE_WORDS and not (
        lexicon.is_adverb(tokens.lower[at]) or tokens.lower[at] in _OPENERS)


def _in_phrase(tokens: Tokens, at: int) -> bool:
    word = tokens.lower[at]
    return (word[0].isalnum() or word in ("'s", "-", "'", "%", "$")) and word not in _CLAUSE_WORDS


def _phrase_behind(tokens: Tokens, first: int, end: int) -> Source | None:
    """The phrase behind «according to», up to the next point: according to [early results of the polls]."""
    last = first - 1
    while last < min(end, first + _PHRASE + 3) and tokens.lower[last + 1] not in _POINTS:
        last += 1
    return Source(first, first, last, "unnamed", "") if last >= first else None
