"""Clauses: where one begins, what interrupts it, and whose predicate a verb without a subject goes on with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from indexer.attribution.phrases import Source
from indexer.attribution.tokens import QUOTE, Tokens
from indexer.language import lexicon

_LONGEST = 80           # tokens that a clause is taken to have at most
_MOST_SUBJECTS = 12     # sources before a verb among which its subject is looked for
_ASIDE = 6              # tokens between two commas that only comment: Roe, for her part, said
_BRACKETS = 10          # tokens between brackets: Roe (D-Calder), said
_COMMENTING = lexicon.ADVERBS | frozenset("""
    though however too for his her its their part of course on the other hand as well in turn fact at first last least
    all people naturally
""".split())
# Words that open a sentence without being part of its subject: However, Roe; Meanwhile Roe.
_OPENING = frozenset("""
    however meanwhile still then besides also instead nevertheless nonetheless afterwards afterward later earlier plus
    thus anyway apparently reportedly
""".split())
# Words behind which a subject may come without a comma: last [night] Roe said; on [Monday] Roe said.
_TIMES = frozenset("""
    today yesterday tonight night morning afternoon evening week month year weekend monday tuesday wednesday thursday
    friday saturday sunday
""".split())
_PARTING = lexicon.CONJUNCTIONS | {",", ";", ":", "—", "–", "(", QUOTE, "that"}      # what is before a clause
_COORDINATING = frozenset("and but or then yet".split())
_SUBORDINATING = (
    (lexicon.CONJUNCTIONS | lexicon.RELATIVES | frozenset("after before since until as".split())) - _COORDINATING)
# Prepositions that open clauses too: after [Roe] left.
OPENING_CLAUSES = frozenset("after before since until as than like".split())
GOVERNING = lexicon.PREPOSITIONS - OPENING_CLAUSES       # prepositions whose noun is the subject of nothing
SUBJECT_PRONOUNS = frozenset("he she they it i we".split())


def starts_clause(tokens: Tokens, position: int) -> bool:
    """Whether a clause begins at a token."""
    before = tokens.lower[position - 1] if position else ""
    return (
        position == 0
        or tokens.sentences[position - 1] != tokens.sentences[position]
        or not before[0].isalnum()
        or before in lexicon.CONJUNCTIONS
        or before in ("that", "said", "to")
        or tokens.quotes[position - 1] >= 0
        or before in _TIMES
        or before.isdigit() and len(before) == 4
        or before in _OPENING and starts_clause(tokens, position - 1)
    )


def clause_start(tokens: Tokens, position: int) -> int:
    """The first token of the clause that contains a token."""
    words, start = tokens.lower, position
    first = bisect_left(tokens.sentences, tokens.sentences[position], max(position - _LONGEST, 0), position)
    while start > first and words[start - 1] not in _PARTING:
        start = _bracket_before(tokens, start - 1) if words[start - 1] == ")" else start - 1
    return start


def _bracket_before(tokens: Tokens, position: int) -> int:
    """The first token of the brackets that close at a token, that token if none does: the owner [(Roe rented a room)]
    said."""
    for back in range(position - 1, max(position - _BRACKETS, 0), -1):
        if tokens.words[back] == "(":
            return back
    return position


def before_aside(tokens: Tokens, left: int) -> int:
    """The token before what interrupts a clause and ends here: Roe [(D-Calder)] said; Roe[, though,] said. left itself
    if nothing does."""
    if left < 2 or tokens.words[left] not in (",", ")"):
        return left
    brackets = tokens.words[left] == ")"
    for back in range(left - 1, max(left - (_BRACKETS if brackets else _ASIDE), 0), -1):
        if tokens.words[back] == ("(" if brackets else ","):
            return back - 1 if left - back > 1 else left
        if tokens.quotes[back] >= 0 or not (brackets or _comments(tokens.words[back])):
            return left
    return left


def _comments(word: str) -> bool:
    return word in _COMMENTING or word.islower() and lexicon.is_adverb(word)


def shared_subject(tokens: Tokens, conjunction: int, sources: Sequence[Source]) -> int | None:
    """The number of the subject whose predicate goes on behind a conjunction: [Roe] opened the gate, and said; None if
    no conjunction is there."""
    if tokens.lower[conjunction] not in _COORDINATING:
        return None
    comma = conjunction > 0 and tokens.words[conjunction - 1] == ","
    return next((number for number in clause_subjects(tokens, conjunction, sources)
                 if not (comma and _is_subordinate(tokens, sources[number].first))), None)


def clause_subjects(tokens: Tokens, position: int, sources: Sequence[Source]) -> Iterator[int]:
    """The numbers of the sources before a token, of its sentence, that are subjects of a clause, the nearest first."""
    last = bisect_left(sources, position, key=lambda source: source.first) - 1
    for number in range(last, max(last - _MOST_SUBJECTS, -1), -1):
        source = sources[number]
        if source.last >= position or tokens.sentences[source.first] != tokens.sentences[position]:
            continue
        if not source.inner and is_subject(tokens, number, sources):
            yield number


def is_subject(tokens: Tokens, number: int, sources: Sequence[Source]) -> bool:
    """Whether a source is the subject of a clause, by what comes before and behind it."""
    source = sources[number]
    before = tokens.lower[source.first - 1] if source.first else ""
    after = tokens.lower[source.last + 1] if source.last + 1 < len(tokens.words) else "."
    if before in GOVERNING or after in ("'s", "'"):
        return False
    if source.kind == "pronoun":
        return tokens.lower[source.first] in SUBJECT_PRONOUNS
    if after == "," and before == "," and source.first > 1 and _ends_here(sources, number, source.first - 2):
        return False        # in apposition: Jo Roe, the chairman, was giddy
    return starts_clause(tokens, source.first) or after in lexicon.AUXILIARIES or after.endswith("ed")


def is_first_subject(tokens: Tokens, number: int, sources: Sequence[Source]) -> bool:
    """Whether no source before it in its sentence is the subject of a clause."""
    return next(clause_subjects(tokens, sources[number].first, sources), None) is None


def _ends_here(sources: Sequence[Source], number: int, last: int) -> bool:
    return any(other.last == last and not other.inner for other in sources[max(number - _MOST_SUBJECTS, 0):number])


def is_joined(tokens: Tokens, first: int) -> bool:
    """Whether a clause that begins with a token is joined to another on a par: Poe left, but [Roe] stayed."""
    return first > 0 and (tokens.lower[first - 1] in _COORDINATING or tokens.words[first - 1] == ";")


def _is_subordinate(tokens: Tokens, first: int) -> bool:
    """Whether a clause that begins with a token depends on another: when [Roe] left."""
    return first > 0 and tokens.lower[first - 1] in _SUBORDINATING


def is_reported(tokens: Tokens, first: int) -> bool:
    """Whether a clause that begins with a token is what another reports: Roe said [the ferry] was late."""
    before = tokens.lower[first - 1] if first else ""
    if before == "that" and first > 1:
        before = tokens.lower[first - 2]
    return before in lexicon.SPEECH_VERBS or before in lexicon.WEAK_VERBS
