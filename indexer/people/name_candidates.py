"""Candidates for names: stretches of capitalised words, each with the words and marks around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.language import (
    CALENDAR, CALLINGS, FUNCTION_WORDS, LOWER_PARTICLES, MONTH_NAMES, NATIONALITIES, NEVER_GIVEN, ORGANISATIONS,
    PERSON_VERBS, PLACES, POST_NOMINALS, ROLE_MODIFIERS, ROLES, SUFFIXES, TITLES_AND_NAMES, TITLES_IN_CAPITALS, UNKNOWN,
    is_known_person, is_well_known, key_of, usages,
)
from indexer.people.capital_runs import Token, capital_runs

_LEADING_PARTICLES = frozenset("de del della di da dos du der den van von la le bin el al".split())
_MARKS = " \t\u00a0\"'“”‘’„«»([{)]}—–-,;:!?…/|*<>=+~•·"
_OPENING_MARKS = "\"“"
_AFTER = re.compile(r"(['’]s?(?!\w))?([^\w\n]*)([\w'’-]*)")
# Words, besides adverbs and participles, that only open a sentence: Neither Roe nor Poe; Given Roe's age.
_OPENERS = frozenset("""
    compare either elsewhere enter expect given heard later meet neither otherwise soon
    """.split())
# What is only cried out: Haha, Roe.
_CRIES = frozenset("""
    alas aha congrats congratulations haha hahaha hey hmm hooray hurray kudos lol omg oops oof ouch phew psst ugh uh um
    whoa wow yay yikes yo
    """.split())
_COMMON = 3           # how usual a word is, at least, that only opens a sentence, or of which headlines are made
_MOST_WORDS = 5       # of a name, without particles and initials
# Of the words that are titles and names, those that hardly ever are a middle name.
_OFFICES = frozenset("mayor governor general sheriff chancellor minister captain sergeant constable".split())


@dataclass(slots=True)
class NameCandidate:
    """Words that may be a name; start and end count characters of the text."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    words: tuple[str, ...]        # keys of the tokens that are neither nickname nor Jr.
    title: tuple[str, ...]        # capitalised honorifics and roles before it, as keys
    lead: tuple[str, ...]         # other capitalised words of the same run before it, as keys
    tail: str                     # the capitalised word of the same run after it, as key
    possessive: bool
    opens: bool                   # it opens a sentence
    before: str                   # the word before it, in lower case
    mark_before: str              # what is between them: " ", ", ", " (", …
    after: str
    mark_after: str
    shared: str = ""              # the surname, if only the next name has it: "Imani and Theo Brooks"

    def name(self, text: str) -> str:
        """The name as printed, without brackets that an editor put in."""
        printed = f"{text[self.start:self.end]} {self.shared}".rstrip()
        printed = printed.replace("[", "").replace("]", "")
        return printed if "(" in printed else printed.replace(")", "")


def find_candidates(text: str) -> list[NameCandidate]:
    """Every stretch that may be a name, in the order of the text."""
    return [candidate for run in capital_runs(text) for candidate in _candidates(text, run)]


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4):start].rstrip(" \"'“”‘’([—–-")
    return not before or before[-1] in ".!?:\n;…"


def _candidates(text: str, run: list[Token]) -> Iterator[NameCandidate]:
    """The part of a run that may be a name: without title, sentence opener or day."""
    begin, end = 0, len(run)
    opens = _opens_sentence(text, run[0].start)
    begins = opens or text[run[0].start - 1] in _OPENING_MARKS
    title: tuple[str, ...] = ()
    lead: list[str] = []
    title_start: int | None = None
    for number, token in enumerate(run):
        rest = run[number + 1:end]
        if rest and _is_title(token, rest, run[begin:number]):
            title = tuple(each.key for each in run[begin:number + 1])
            title_start = run[begin].start
            begin = number + 1
        elif rest and number == begin and (_is_lead(token, rest, opens) or begins and _only_opens(token, rest[0])):
            lead.append(token.key)
            begin = number + 1
    while end > begin + 1 and _is_no_surname(text, run[end - 2], run[end - 1]):
        end -= 1
    if title and is_known_person(" ".join(token.key for token in run[begin - 1:end])):
        title, begin = title[:-1], begin - 1                # Lady Gaga, Queen Latifah
        title_start = title_start if title else None
    tokens = _without_particles(run[begin:end])
    if len(tokens) == 1 and tokens[0].key in FUNCTION_WORDS and not title:
        return
    yield _in_context(
        text, tokens, title=title, title_start=title_start, lead=tuple(lead),
        tail=run[end].key if end < len(run) else "", opens=opens and begin == 0,
    )


def _is_no_surname(text: str, given: Token, token: Token) -> bool:
    """Whether the last word of a run is a day, a season, a verb, or what follows a name: Jo Roe QC. A season is a
    surname if the article lets it act by itself: Edward Fall, and later «Fall told»."""
    if token.key in POST_NOMINALS:
        return token.is_shouted or token.text.isupper()
    if token.key in PERSON_VERBS and token.key.endswith("ed") and not token.usage.surname:
        return True                   # Roe Tweeted
    if token.key not in CALENDAR or token.key in MONTH_NAMES:
        return False
    if given.usage.given < 3 or token.text.isupper():
        return True
    acts = (match[1] for match in re.finditer(rf"\b{re.escape(token.text)} ([a-z]+)", text))
    return not any(verb in PERSON_VERBS and not verb.startswith("who") for verb in acts)


def _without_particles(tokens: list[Token]) -> list[Token]:
    """De Blasio is known as Blasio; the span takes the particle in again."""
    begin = 0
    while begin < len(tokens) - 1 and tokens[begin].key in NEVER_GIVEN:
        begin += 1
    return tokens[begin:]


def _is_title(token: Token, rest: Sequence[Token], before: Sequence[Token]) -> bool:
    """Whether a word is the office or rank of the name that follows it. before: what is left of the run before it."""
    key = token.key
    if key in ("member", "members") and before:
        return not token.possessive       # Harbor Board Member Roe, Council Members Jo Roe and Al Poe
    if key not in ROLES or rest[0].key in SUFFIXES or token.possessive or token.nickname:
        return False
    if key in TITLES_IN_CAPITALS and not token.text[:2].isupper():
        return False                  # Ada Roe is a name, ADA Jo Roe an assistant district attorney
    if key not in TITLES_AND_NAMES:
        return True
    if not before:
        return (len(rest) > 1 or token.usage.given < 3) and token.usage.given < 5
    begins_name = len(rest) > 1 and (rest[0].usage.given > 0 or rest[0].is_initial)
    if begins_name and before[-1].usage.given < 2 and before[-1].usage.word > 1:
        return True                   # Harbor College Dean Jo Roe, Elizabeth Fire Chief Jo Roe
    if key in _OFFICES and begins_name and (rest[0].usage.given > 2 or rest[0].is_initial):
        return True                   # Elizabeth Mayor Jo Roe: the mayor of Elizabeth
    first = before[0]
    return key in CALLINGS and (first.usage.given < 2 or first.key in PLACES or first.key in ORGANISATIONS)


def _is_lead(token: Token, rest: Sequence[Token], opens: bool) -> bool:
    """Whether a word at the start of a run is no part of the name that follows it."""
    key, known, following = token.key, token.usage, rest[0]
    if opens and len(rest) == 1 and known.word > 0 and is_well_known(following.key):
        return not is_known_person(f"{key} {following.key}")      # Will Bloomberg run?
    if key in FUNCTION_WORDS and token.text[-1] != ".":
        return not (known.given > 2 and len(rest) == 1 and following.usage.surname > following.usage.word)
    if key in NATIONALITIES and known.given < 3:
        return True
    if len(rest) < 2 or known.given > 2:
        return key in CALENDAR and known.given == 0
    if key in ROLE_MODIFIERS or key in CALENDAR:
        return True
    begins_name = following.usage.given > 1 and following.usage.word < 3 or following.is_initial
    if key in PLACES or key in ORGANISATIONS or token.is_shouted or known.word > 1:
        return begins_name
    return begins_name and opens and known.word > 0


def _only_opens(token: Token, following: Token) -> bool:
    """Whether a word before a name can only be the first one of its sentence: Apparently, Following, Neither."""
    known = token.usage
    if is_known_person(f"{token.key} {following.key}"):
        return False
    return token.key in _CRIES or known.word >= _COMMON and (
        token.key in _OPENERS and known.given < 2 or known.given == 0 and token.key.endswith(("ly", "ing")))


def is_phrase(tokens: Sequence[Token]) -> bool:
    """Whether capitalised words are a headline, a list or a thing rather than a name, though they may end in one: two
    of them are everyday words that hardly anybody is called, or they are too many."""
    if is_known_person(" ".join(token.key for token in tokens)):
        return False
    plain = words_in(tokens)
    return len(plain) > _MOST_WORDS or sum(map(is_everyday, plain)) > 1


def words_in(tokens: Sequence[Token]) -> list[Token]:
    """The words of a name without nicknames, initials, particles and Jr."""
    return [token for token in tokens if not (
        token.nickname or token.is_initial or token.key in SUFFIXES or token.key in LOWER_PARTICLES)]


def is_everyday(token: Token) -> bool:
    """Whether a word is an everyday one, and hardly anybody's name."""
    known = token.usage
    return known.word >= _COMMON and known.given < 2 and known.surname < 3


def _with_particles(text: str, start: int) -> int:
    """Where a surname starts with its particles: "van der Berg"."""
    if text[max(0, start - 3):start] == "al-":
        return start - 3
    while start > 2 and text[start - 1] == " ":
        word = text[max(0, start - 7):start - 1].rpartition(" ")[2].rpartition("\n")[2]
        if word.lower() not in _LEADING_PARTICLES:
            break
        start -= len(word) + 1
    return start


def _before(text: str, start: int) -> tuple[str, str]:
    """The word before, in lower case, and the marks between; both empty at the start of a line."""
    passage = text[max(0, start - 30):start]
    words = passage.rstrip(_MARKS)
    pieces = words.split()
    if not pieces or words[-1] == "\n":
        return "", passage[len(words):]
    return pieces[-1].lstrip(_MARKS).lower(), passage[len(words):]


def words_of(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The keys by which a name is compared: without Jr., and without a nickname unless it opens the name."""
    words = tuple(token.key for token in tokens
                  if token.key not in SUFFIXES and (not token.nickname or token is tokens[0]))
    return words or (tokens[0].key,)


def _in_context(
    text: str, tokens: Sequence[Token], *, title: tuple[str, ...] = (), title_start: int | None = None,
    lead: tuple[str, ...] = (), tail: str = "", opens: bool = False,
) -> NameCandidate:
    """The candidate that some words of a run make; what is around them in the run is given as in NameCandidate."""
    start, end = tokens[0].start, tokens[-1].end
    if len(tokens) == 1 and tokens[0].usage.word < 3:
        start = _with_particles(text, start)
    before, mark_before = _before(text, start if title_start is None else title_start)
    after = _AFTER.match(text, end, end + 40)
    assert after is not None      # every part of it may be empty
    if tokens[0].nickname and len(tokens) > 1 and start and text[start - 1] in "\"“'‘":
        start -= 1
    return NameCandidate(
        start=start, end=end, tokens=tuple(tokens), words=words_of(tokens), title=title, lead=lead, tail=tail,
        possessive=tokens[-1].possessive or bool(after.group(1)), opens=opens, before=before,
        mark_before=mark_before, after=after.group(3).lower(), mark_after=after.group(2),
    )


def candidate_at(text: str, start: int, end: int) -> NameCandidate:
    """The words between two places as a candidate, however they are written."""
    known = usages()
    tokens = []
    for match in re.finditer(r"\S+", text[start:end]):
        key = key_of(match.group())
        usage = known.get(key, UNKNOWN)
        tokens.append(Token(start + match.start(), start + match.end(), match.group(), key=key, usage=usage))
    return _in_context(text, tokens)


def cut(text: str, candidate: NameCandidate, begin: int, end: int) -> NameCandidate:
    """The candidate that only some of its words make: those from begin up to end."""
    tokens = candidate.tokens
    return _in_context(
        text, tokens[begin:end],
        title=candidate.title if begin == 0 else (),
        lead=candidate.lead + tuple(token.key for token in tokens[:begin]),
        tail=tokens[end].key if end < len(tokens) else candidate.tail,
        opens=candidate.opens and begin == 0,
    )


def same_part(one: NameCandidate, part: tuple[int, int], other: NameCandidate) -> tuple[int, int] | None:
    """The part of another mention that has the same words as a part of one, since nicknames and Jr. may be left out
    of either; None if it has none."""
    if [token.key for token in one.tokens] == [token.key for token in other.tokens]:
        return part
    wanted, tokens = words_of(one.tokens[slice(*part)]), other.tokens
    for begin in range(len(tokens) - 1, -1, -1):
        for end in range(len(tokens), begin, -1):
            if words_of(tokens[begin:end]) == wanted:
                return begin, end
    return None
