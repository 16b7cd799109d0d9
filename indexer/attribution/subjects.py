"""Subjects: who reports speech with a verb, before it, behind it, across commas, clauses and lists."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Literal

from indexer.attribution.clauses import (
    before_aside, clause_start, clause_subjects, is_reported, shared_subject, starts_clause,
)
from indexer.attribution.phrases import Source
from indexer.attribution.tokens import QUOTE, Tokens
from indexer.language import lexicon

# What a source is to a cue:
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
#   owner        Adeyemi's claim that; a comment from Adeyemi
#   modifier     the phrase behind a preposition next to the verb: Weiss of the Health Department said
#   nested       next to the verb, but within the relative clause: Roe, who saw the crash, said
#   cited        whom somebody quotes: to quote Adeyemi; the Post quoted Adeyemi
#   raising      whoever says so of another: [the Post] quoted Adeyemi as saying
#   main         the subject of the main verb of a participle: Adeyemi praised them, adding
#   above        the same of the clause that reports that one: Adeyemi insisted that they were late, adding
#   acting       right before a participle: they heard Adeyemi shouting
#   purpose      whose aim it is: Adeyemi used the hearing to say
#   asked        whom the author asks: we asked Adeyemi whether; we called Adeyemi
#   shared       whose predicate goes on: Adeyemi opened the gate, and said
#   patient      whom a passive is about: Adeyemi was hailed as
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
    "above",
    "acting",
    "shared",
    "purpose",
    "asked",
    "patient",
    "owner",
    "modifier",
    "nested",
    "cited",
    "raising",
]

# They are talked to or about, or quote somebody else.
NO_SPEAKERS: frozenset[Relation] = frozenset({"listener", "object", "raising", "patient"})

_MAX_APPOSITION = 45  # tokens between a name and its verb; relative clauses grow long
_MAX_ROLE = 14  # tokens of a role between an inverted verb and the name
_MAX_RELATIVE = 25  # tokens of a relative clause without commas
_LINKS = frozenset({"of", "for", "from", "at", "with", "in"})
# What is behind these is part of another phrase: the hall of Calder, the things taken from Roe.
_MODIFYING = frozenset("of for from at with in on near by about into against outside inside behind under".split())
_BREAKING = lexicon.CONJUNCTIONS | {QUOTE, ";", ":"}
# Words behind which no verb of the same clause comes at once.
_OPENS_NONE = lexicon.PREPOSITIONS | lexicon.CONJUNCTIONS | lexicon.RELATIVES
# Words behind which a clause is no part of a noun: as [Roe] left; how [Roe] left; said [Roe] had left.
_OPENS_CLAUSES = _OPENS_NONE | lexicon.AUXILIARIES | lexicon.SPEECH_VERBS | {"how", "what", "why", "whether"}
_WHEN = frozenset("last this early late earlier later".split())    # said Adeyemi [last week]
# Verbs whose object does what follows: prompting Adeyemi to say.
_CAUSING = lexicon.all_forms("""
    prompt lead cause force get ask tell urge want invite inspire push press encourage compel persuade convince require
    order permit drive move enable allow beg instruct remind request
""")
# Verbs and nouns by which somebody comes to speak: it gave Adeyemi a chance to say.
_LETTING = _CAUSING | lexicon.all_forms("give offer allow hand lend")
_CHANCES = frozenset("chance opportunity occasion excuse platform moment opening reason".split())
# Words before "to" that only say how somebody comes to speak: went on to say, continued to say.
_GOING_ON = lexicon.all_forms("continue proceed begin start") | frozenset("on ahead quick eager happy known".split())


def subjects_behind(
    tokens: Tokens, position: int, sources: Sequence[Source], begins: dict[int, int]
) -> list[tuple[int, Relation]]:
    """The source right behind a verb: the speaker of an inverted one, whatever the role, the listener, the object."""
    after = position + 1
    while after < len(tokens.words) and tokens.lower[after] in lexicon.ADVERBS:
        after += 1
    if (
        tokens.lower[after:after + 1] == ["by"]
        and tokens.lower[position].endswith(("ed", "en", "t", "told"))
    ):
        agent = whole_phrase(tokens, after + 1, sources, begins)
        return [(agent, "agent")] if agent is not None else []
    number = begins.get(after)
    relation = _relation_behind(tokens, position, sources[number]) if number is not None else "inverted"
    if _starts(tokens, position) and relation == "inverted":
        named = _named_behind(tokens, after, sources)
        if named is None and number is None:
            named = whole_phrase(tokens, after, sources, begins)
        if named is not None and not _opens_clause(tokens, position, sources[named]):
            return [(named, "inverted")]
    if number is None or relation == "inverted" and _opens_clause(tokens, position, sources[number]):
        return []
    return [(number, relation)]


def _opens_clause(tokens: Tokens, position: int, source: Source) -> bool:
    """Whether a source behind a verb is the subject of what the verb reports: Bligh, the chief, says [the ferry] costs
    too much."""
    after = source.last + 1
    if tokens.words[position - 1:position] != [","] or tokens.words[position - 2:position - 1] == [QUOTE]:
        return False
    word = tokens.lower[after] if after < len(tokens.words) else "."
    if not word[0].isalnum():
        return word == "'s" and source.kind == "pronoun"
    return word in lexicon.AUXILIARIES or not (
        word in _OPENS_NONE or lexicon.is_adverb(word) or word in _WHEN)


def whole_phrase(tokens: Tokens, after: int, sources: Sequence[Source], begins: dict[int, int]) -> int | None:
    """Whom the phrase that begins at a token is about: told by [the publisher, Jo Roe]; described by [a customer]."""
    named = _named_behind(tokens, after, sources)
    if named is not None:
        return named
    for _, source in sources_around(sources, after):
        if source.first == after and source.inner and source.kind != "pronoun":
            return begins.get(source.last + 2)      # «the publisher» is part of «the publisher, Jo Roe»
    return begins.get(after)


def _named_behind(tokens: Tokens, after: int, sources: Sequence[Source]) -> int | None:
    """The person whose role begins at a token: said [chief engineer of the Harbor Authority's north office] Jo Roe."""
    for number, source in sources_around(sources, after):
        if source.kind == "person" and after <= source.head <= after + _MAX_ROLE:
            between = tokens.lower[after:source.head]
            broken = any(
                not (word[0].isalnum() or word in ("'s", "-", ".", "/", "&", "(", ")"))
                or word in lexicon.SPEECH_VERBS
                or word in lexicon.RELATIVES
                for word in between
            )
            led = source.first > after and tokens.lower[source.first - 1] in lexicon.PREPOSITIONS
            if not broken and tokens.lower[source.last + 1:source.last + 2] == ["'s"]:
                continue        # said [Roe's husband Jo Poe]
            return None if broken or led else number
    return None


def sources_ending(sources: Sequence[Source], last: int, *, inner: bool = False) -> Iterator[int]:
    """The numbers of the sources, pronouns too, that end with a token; inner: also of those within others."""
    return (number for number, source in sources_around(sources, last)
            if source.last == last and (inner or not source.inner))


def main_subjects(tokens: Tokens, position: int, sources: Sequence[Source]) -> list[tuple[int, Relation]]:
    """The subject of the clause that a participle hangs on: Adeyemi praised them, [adding]; if that clause is what
    another reports, also the subject of that other: Adeyemi insisted that they were late, [adding]."""
    found: list[tuple[int, Relation]] = []
    for number in sources_ending(sources, position - 1):
        first = sources[number].first
        before = tokens.lower[first - 1] if first else ""
        absolute = before == "with" and tokens.words[first - 2] in (",", QUOTE)      # …, with [Roe] saying
        if sources[number].kind != "organisation" and (
                before == "of" or absolute or before not in lexicon.PREPOSITIONS):
            found.append((number, "acting"))
    if tokens.lower[position - 1:position] == ["as"]:
        quoted = next(sources_ending(sources, position - 2), None)
        if quoted is not None:
            return [(quoted, "main")]      # they quoted a woman as saying
    if any(_is_described(tokens, sources[number]) for number, _ in found):
        return found
    above = False
    for number in clause_subjects(tokens, position, sources):
        if sources[number].last == position - 1:
            continue
        first = sources[number].first
        opens, reported = starts_clause(tokens, first), is_reported(tokens, first)
        if not (above or opens or reported) and _is_within(tokens, number, sources):
            continue        # the respect [Roe] gets; the ferry that [Roe] took
        found.append((number, "above" if above else "main"))
        if above or opens and not reported:
            break
        above = True
    return found


def _is_within(tokens: Tokens, number: int, sources: Sequence[Source]) -> bool:
    """Whether a source is within a clause that a noun takes without a word, as part of another clause: Poe, given [the
    respect Roe gets]."""
    first = sources[number].first
    before = tokens.lower[first - (2 if tokens.lower[first - 1] == "that" else 1)]
    if before in _OPENS_CLAUSES or before.endswith(("ing", "ed", "ly")):
        return False
    return any(starts_clause(tokens, sources[each].first) and "," not in tokens.words[sources[each].last:first]
               for each in clause_subjects(tokens, first, sources))


def _is_described(tokens: Tokens, source: Source) -> bool:
    """Whether a participle behind somebody can only say what that one does: two cops and [a man] shouting."""
    person = source.kind == "person" or source.kind == "unnamed" and tokens.lower[source.last] not in lexicon.NO_PERSONS
    return person and tokens.lower[source.first - 1:source.first] in (["and"], ["of"], ["including"], ["with"])


def sources_around(sources: Sequence[Source], position: int) -> Iterator[tuple[int, Source]]:
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


def subjects_before(
    tokens: Tokens, left: int, position: int, sources: Sequence[Source], ends: dict[int, int]
) -> list[tuple[int, Relation]]:
    """The sources that may be the subject of the verb at position; left is the token before it."""
    if left < 0 or tokens.sentences[left] != tokens.sentences[position]:
        return []
    left = before_aside(tokens, left)
    if left in ends:
        return _beside_verb(tokens, ends[left], sources, ends)
    if tokens.words[left] in (",", "-", "—", "–", ")"):
        return _before_comma(tokens, left, position, sources, ends)
    if tokens.lower[left] in ("who", "that", "which") and left:
        if left - 1 in ends:
            return [(ends[left - 1], "relative")]
        if tokens.words[left - 1] == ",":
            found = _before_comma(tokens, left - 1, position, sources, ends)
            nearest = tokens.lower[left] == "which"     # Roe opened the hotel's website, [which] calls it
            return [(number, "relative") for number, _ in (found[:1] if nearest else found[-1:])]
    shared = shared_subject(tokens, left, sources)
    if shared is not None:
        return [(shared, "shared")]
    clause = clause_start(tokens, left)
    for number, source in sources_around(sources, position):
        if source.first >= clause and source.last < position and not source.inner and source.first - clause <= 3:
            return [(number, "clause")]
    return []


def _beside_verb(
    tokens: Tokens, number: int, sources: Sequence[Source], ends: dict[int, int]
) -> list[tuple[int, Relation]]:
    """Who says it if a source is right before the verb: that source, unless it only modifies another."""
    source = sources[number]
    for back in range(source.first - 1, max(source.first - _MAX_RELATIVE, 0), -1):
        lower = tokens.lower[back]
        if lower == QUOTE or tokens.sentences[back] != tokens.sentences[source.first] or lower in (";", ":"):
            break
        clear = "," not in tokens.words[back:source.first]
        if lower == "who" and tokens.words[back - 1] == "," and back - 2 in ends and clear:
            return [(ends[back - 2], "apposition"), (number, "nested")]
    before = source.first - 1
    if before > 0 and tokens.lower[before] in _LINKS:
        head = ends.get(before - 1)
        if head is not None and sources[head].kind == "person":
            return [(head, "subject"), (number, "modifier")]
    if before > 0 and tokens.lower[before] in _MODIFYING:
        whole = next(clause_subjects(tokens, source.first, sources), None)
        if whole is not None and not _BREAKING & set(tokens.lower[sources[whole].last + 1:source.first]):
            return [(whole, "clause"), (number, "modifier")]
    if before > 0 and tokens.lower[before] == "and":
        return [(number, "subject"), *_first_of_list(tokens, number, sources)]
    return [(number, "subject")]


def _first_of_list(tokens: Tokens, number: int, sources: Sequence[Source]) -> list[tuple[int, Relation]]:
    """In "Roe and Poe said" Poe is next to the verb, but Roe speaks too."""
    first = sources[number].first
    clause = clause_start(tokens, first - 1)
    return [(other, "clause") for other, candidate in sources_around(sources, first)
            if clause <= candidate.first and candidate.last < first and not candidate.inner][:1]


def infinitive_subjects(
    tokens: Tokens, left: int, position: int, sources: Sequence[Source], ends: dict[int, int]
) -> list[tuple[int, Relation]]:
    """The sources that an infinitive may be said of: went on to say, used the day to say, prompting Adeyemi to say.
    left is the token before "to"."""
    if left < 0 or tokens.sentences[left] != tokens.sentences[position]:
        return []
    beside = ends.get(_before_chance(tokens, left))
    found: list[tuple[int, Relation]] = [] if beside is None else [(beside, "infinitive")]
    if beside is not None and tokens.lower[sources[beside].first - 1] in _LETTING:
        return found
    relation: Relation = "subject" if tokens.lower[left] in _GOING_ON else "purpose"
    return found + [(number, relation) for number in clause_subjects(tokens, left + 1, sources) if number != beside][:1]


def _before_chance(tokens: Tokens, left: int) -> int:
    """The token before what somebody is given to speak: gave Roe [a chance] to say; left itself if there is none."""
    return left - 2 if tokens.lower[left] in _CHANCES and tokens.lower[left - 1] in lexicon.DETERMINERS else left


def _before_comma(
    tokens: Tokens, left: int, position: int, sources: Sequence[Source], ends: dict[int, int]
) -> list[tuple[int, Relation]]:
    """«Bligh, head of the Authority, told»: whoever comes before the first of the two commas."""
    found: list[tuple[int, Relation]] = []
    if left - 1 in ends and tokens.quotes[left - 1] < 0:
        beside = sources[ends[left - 1]]
        placed = beside.first > 0 and (
            tokens.lower[beside.first - 1] in _MODIFYING or tokens.words[beside.first - 1].isdigit())
        found.append((ends[left - 1], "modifier" if placed else "beside"))
    for number, source in sources_around(sources, position):
        if source.inner or source.last >= left - 1 or position - source.last > _MAX_APPOSITION:
            continue
        after = source.last + 1
        if (
            tokens.sentences[source.first] == tokens.sentences[position]
            and tokens.words[after] in (",", "(", "—", "-", "–")
            and starts_clause(tokens, source.first)
            and QUOTE not in tokens.words[after:left]
        ):
            found.append((number, "apposition"))
            break
    return found
