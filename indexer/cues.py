"""The verbs and phrases that report speech, and who is their subject."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer import lexicon
from indexer.sources import Source
from indexer.tokens import QUOTE, Tokens

# How a source stands to a cue:
#   subject      Adeyemi said; Adeyemi has also said
#   apposition   Bligh, head of the Harbor Authority, told
#   beside       the phrase before the comma there: … at the New York Immigration Coalition, told
#   clause       the first source of the clause, other words between: Haddad was quick to point out
#   inverted     said Adeyemi
#   according    according to Adeyemi; per Adeyemi
#   listener     told the Post
#   object       praised Adeyemi
#   relative     a passerby who asked
#   agent        described by a customer as
#   infinitive   prompting him to admit
#   main         the subject of the main verb of a participle: Adeyemi praised them, adding
Relation = Literal[
    "subject",
    "apposition",
    "beside",
    "clause",
    "inverted",
    "according",
    "listener",
    "object",
    "relative",
    "agent",
    "infinitive",
    "main",
]
Strength = Literal["speech", "weak", "according", "participle"]

_MAX_APPOSITION = 45  # tokens between a name and its verb; relative clauses grow long
_MAX_CLAUSE = 80  # tokens that a clause is taken to have at most
_MAX_ROLE = 14  # tokens of a role between an inverted verb and the name
_SKIPPED = lexicon.ADVERBS | lexicon.AUXILIARIES


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue by its first and last token, with the sources that stand to it: (number of the source, relation)."""

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


def _verb(
    tokens: Tokens, position: int, sources: Sequence[Source], ends: dict[int, int], begins: dict[int, int]
) -> Cue | None:
    """A reporting verb, unless the word is a noun here ("the report", "a police statement")."""
    before = tokens.lower[position - 1] if position else ""
    if before in lexicon.DETERMINERS or before in lexicon.POSSESSIVE_PRONOUNS or before in ("the", "'s"):
        return None
    subjects = _subjects_behind(tokens, position, sources, begins)
    left = _left_of(tokens, position)
    infinitive = position > 0 and tokens.lower[position - 1] == "to"
    found = _subjects_before(tokens, left, position, sources, ends)
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
        found = _main_subjects(tokens, position, sources)
    return Cue(position, position, strength, tuple(subjects + found))


def _subjects_behind(
    tokens: Tokens, position: int, sources: Sequence[Source], begins: dict[int, int]
) -> list[tuple[int, Relation]]:
    """Who stands right behind a verb: the speaker of an inverted one, whatever the role, the listener, the object."""
    after = position + 1
    while after < len(tokens.words) and tokens.lower[after] in lexicon.ADVERBS:
        after += 1
    if (
        tokens.lower[after:after + 1] == ["by"]
        and tokens.lower[position].endswith(("ed", "en", "t"))
        and after + 1 in begins
    ):
        return [(begins[after + 1], "agent")]
    number = begins.get(after)
    relation = _relation_behind(tokens, position, sources[number]) if number is not None else "inverted"
    if _starts(tokens, position) and relation == "inverted":
        named = _named_behind(tokens, after, sources)
        if named is not None:
            return [(named, "inverted")]
    return [(number, relation)] if number is not None else []


def _named_behind(tokens: Tokens, after: int, sources: Sequence[Source]) -> int | None:
    """The person whose role begins at a token: said [chief engineer of the Harbor Authority's north office] Jo Roe."""
    for number, source in _near(sources, after):
        if source.kind == "person" and after <= source.head <= after + _MAX_ROLE:
            between = tokens.lower[after:source.head]
            broken = any(
                not (word[0].isalnum() or word in ("'s", "-", ".", "/", "&", "(", ")"))
                or word in lexicon.SPEECH_VERBS
                or word in lexicon.RELATIVES
                for word in between
            )
            led = source.first > after and tokens.lower[source.first - 1] in lexicon.PREPOSITIONS
            possessor = tokens.lower[source.last + 1:source.last + 2] == ["'s"]
            return None if broken or led or possessor else number
    return None


def _main_subjects(tokens: Tokens, position: int, sources: Sequence[Source]) -> list[tuple[int, Relation]]:
    """The subject of the clause that a participle hangs on: Adeyemi praised them, [adding]."""
    nearest = None
    for number, source in _near(sources, position):
        if source.last >= position or source.inner or tokens.sentences[source.first] != tokens.sentences[position]:
            continue
        if source.last == position - 1 and source.kind != "organisation":
            return [(number, "main")]  # he heard a woman screaming
        after = tokens.lower[source.last + 1]
        if (
            after == ","
            and source.kind != "pronoun"
            and source.first > 1
            and tokens.words[source.first - 1] == ","
            and any(other.last == source.first - 2 for _, other in _near(sources, position))
        ):
            continue  # in apposition: Jo Roe, the chairman, was giddy, saying
        if source.first and tokens.lower[source.first - 1] in lexicon.PREPOSITIONS:
            continue
        if (
            _starts_clause(tokens, source.first)
            or source.kind == "pronoun"
            or after in lexicon.AUXILIARIES
            or after.endswith("ed")
        ):
            nearest = number
    return [(nearest, "main")] if nearest is not None else []


def _near(sources: Sequence[Source], position: int) -> Iterator[tuple[int, Source]]:
    """The sources that one verb can concern, numbered, in order."""
    start = bisect_left(sources, position - _MAX_APPOSITION - 15, key=lambda source: source.first)
    for number in range(start, len(sources)):
        if sources[number].first > position + _MAX_ROLE + 15:
            return
        yield number, sources[number]


def _relation_behind(tokens: Tokens, position: int, source: Source) -> Relation:
    """What a source right behind a verb is to it: said [Adeyemi], told [the Post], praised [Adeyemi]."""
    verb = tokens.lower[position]
    before = tokens.words[position - 1] if position else ""
    if verb in lexicon.LISTENER_VERBS and (before != QUOTE or verb in ("told", "tells")):
        return "listener"
    return "inverted" if _starts(tokens, position) else "object"


def _starts(tokens: Tokens, position: int) -> bool:
    """Whether a verb opens its clause, as only an inverted one does: «Q, said», «Q — said», «… , said»."""
    before = tokens.words[position - 1] if position else ""
    return (
        position == 0
        or before in (",", QUOTE, "-", "—", "–", ")", "…", "?", "!")
        or tokens.sentences[position - 1] != tokens.sentences[position]
    )


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


def _subjects_before(
    tokens: Tokens, left: int, position: int, sources: Sequence[Source], ends: dict[int, int]
) -> list[tuple[int, Relation]]:
    """The sources that may be the subject of the verb at position; left is the token before it."""
    if left < 0 or tokens.sentences[left] != tokens.sentences[position]:
        return []
    if left in ends and tokens.quotes[left] < 0:
        return [(ends[left], "subject"), *_head_of_list(tokens, ends[left], sources)]
    if tokens.words[left] in (",", "-", "—", "–", ")"):
        return _before_comma(tokens, left, position, sources, ends)
    if tokens.lower[left] in ("who", "that", "which") and left:
        if left - 1 in ends:
            return [(ends[left - 1], "relative")]
        if tokens.words[left - 1] == ",":
            return [
                (number, "relative") for number, _ in _before_comma(tokens, left - 1, position, sources, ends)[-1:]
            ]
    clause = _clause_start(tokens, left)
    for number, source in _near(sources, position):
        if source.first >= clause and source.last < position and not source.inner and source.first - clause <= 3:
            return [(number, "clause")]
    return []


def _head_of_list(tokens: Tokens, number: int, sources: Sequence[Source]) -> list[tuple[int, Relation]]:
    """In "a doctor at Bellevue said" the phrase behind the preposition stands next to the verb, the doctor is meant."""
    source = sources[number]
    if source.first and tokens.lower[source.first - 1] in (
        "of",
        "for",
        "from",
        "at",
        "with",
        "in",
        "on",
        "and",
        "near",
    ):
        clause = _clause_start(tokens, source.first - 1)
        for other, candidate in _near(sources, source.first):
            if clause <= candidate.first and candidate.last < source.first and not candidate.inner:
                return [(other, "clause")]
    return []


def _before_comma(
    tokens: Tokens, left: int, position: int, sources: Sequence[Source], ends: dict[int, int]
) -> list[tuple[int, Relation]]:
    """«Bligh, head of the Authority, told»: whoever stands before the first of the two commas."""
    found: list[tuple[int, Relation]] = []
    if left - 1 in ends and tokens.quotes[left - 1] < 0:
        found.append((ends[left - 1], "beside"))
    for number, source in _near(sources, position):
        if source.inner or source.last >= left - 1 or position - source.last > _MAX_APPOSITION:
            continue
        after = source.last + 1
        if (
            tokens.sentences[source.first] == tokens.sentences[position]
            and tokens.words[after] in (",", "(", "—", "-", "–")
            and _starts_clause(tokens, source.first)
            and QUOTE not in tokens.words[after:left]
        ):
            found.append((number, "apposition"))
            break
    return found


def _starts_clause(tokens: Tokens, position: int) -> bool:
    return (
        position == 0
        or tokens.sentences[position - 1] != tokens.sentences[position]
        or not tokens.words[position - 1][0].isalnum()
        or tokens.lower[position - 1] in lexicon.CONJUNCTIONS
        or tokens.lower[position - 1] in ("that", "said", "to")
        or tokens.quotes[position - 1] >= 0
    )


def _clause_start(tokens: Tokens, position: int) -> int:
    """Where the clause begins that holds a token."""
    start = position
    while (
        start > max(position - _MAX_CLAUSE, 0)
        and tokens.sentences[start - 1] == tokens.sentences[position]
        and tokens.words[start - 1] not in (",", ";", ":", "—", "–", "(", QUOTE)
        and tokens.lower[start - 1] not in lexicon.CONJUNCTIONS | {"that"}
    ):
        start -= 1
    return start
