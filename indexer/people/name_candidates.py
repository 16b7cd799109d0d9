"""Text → stretches of capitalised words that may be somebody's name, each with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.language import (
    ABBREVIATIONS, ALWAYS_SPLIT, CALENDAR, CALLINGS, FUNCTION_WORDS, LOWER_PARTICLES, MONTH_NAMES, NATIONALITIES,
    NEVER_GIVEN, ORGANISATIONS, PLACES, ROLE_MODIFIERS, ROLES, SUFFIXES, TITLES_AND_NAMES, UNKNOWN, Usage,
    is_known_person, is_well_known, key_of, usages,
)

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
# A capitalised word with its inner hyphens, apostrophes and dots, and the dot that may follow it. A hyphen
# before a small letter ends it: "a Wexler-owned building" names Wexler.
_WORD = re.compile(
    rf"(?<![^\W_])(?<![@#_])(?:[{_UPPER}][^\W_]*"
    rf"(?:(?:-(?=[{_UPPER}])|['’](?=[^\W\d_])|\.(?=[{_UPPER}][\W.])|&(?=[{_UPPER}])|\$(?=[^\W\d_]))[^\W_]*)*\.?"
    r"|\d+ Cent\b)(?![^\W_])"
)
_PARTICLES = re.compile(r" (?:[a-z]{1,4} ){1,3}(?:al-)?| al-| de La | d['’]")
_LEADING_PARTICLES = frozenset("de del della di da dos du der den van von la le bin el al".split())
_MARKS = " \t\u00a0\"'“”‘’„«»([{)]}—–-,;:!?…/|*<>=+~•·"
_IN_ADDRESS = re.compile(r"(?:://|www\.|\.[a-z]{2,4}/)\S{0,60}\Z")
_NICKNAME = re.compile(r" [\"“'‘(]([^\W\d_][\w .-]{0,20}?)[\"”'’)] (?=[A-Z])")
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?$")
_AFTER = re.compile(r"(['’]s?(?!\w))?([^\w\n]*)([\w'’-]*)")
_OPENING_NICKNAME = frozenset((' "', " “", " '", " ‘", " ("))
_CLOSING_NICKNAME = frozenset(('" ', "” ", "' ", "’ ", ") "))
_LONGEST_RUN = 30      # words; no name is longer, and what shouts for pages is no name
_BRACKETS = frozenset((" [", "] "))
# Of the words that are titles and names, those that hardly ever are a middle name.
_OFFICES = frozenset("mayor governor general sheriff chancellor minister captain sergeant constable".split())


@dataclass(slots=True)
class Token:
    """A capitalised word, without the dot that ends its sentence and without its possessive s."""

    start: int
    end: int
    text: str
    key: str
    usage: Usage
    possessive: bool = False
    ends: bool = False            # a full stop follows that is no part of the word
    nickname: bool = False        # stood in quotation marks inside the name

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 or self.text[-1] == "." and _INITIALS.match(self.text) is not None

    @property
    def is_shouted(self) -> bool:
        return len(self.text) > 2 and self.text.isupper() and "." not in self.text


@dataclass(slots=True)
class Candidate:
    """Words that may be a name; start and end count characters of the text."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    words: tuple[str, ...]        # keys of the tokens that are neither nickname nor Jr.
    title: tuple[str, ...]        # honorifics and roles that stood capitalised before it, as keys
    lead: tuple[str, ...]         # other capitalised words of the same run before it, as keys
    tail: str                     # the capitalised word of the same run after it, as key
    possessive: bool
    opens: bool                   # it opens a sentence
    before: str                   # the word before it, in lower case
    mark_before: str              # what stands between them: " ", ", ", " (", …
    after: str
    mark_after: str
    shared: str = ""              # the surname that stands only with the next name: "Imani and Theo Brooks"

    def name(self, text: str) -> str:
        """The name as printed, without brackets that an editor put in."""
        printed = f"{text[self.start:self.end]} {self.shared}".rstrip()
        printed = printed.replace("[", "").replace("]", "")
        return printed if "(" in printed else printed.replace(")", "")


def find_candidates(text: str) -> list[Candidate]:
    """Every stretch that may be a name, in order of the text."""
    return [candidate for run in _runs(text) for part in _parts(run) for candidate in _candidates(text, part)]


def _tokens(text: str) -> Iterator[Token]:
    known = usages()
    for match in _WORD.finditer(text):
        word = match.group()
        start, end, ends, possessive = match.start(), match.end(), False, False
        if start and text[start - 1] == "/" and _IN_ADDRESS.search(text, max(0, start - 60), start):
            continue
        if word[-1] == "." and not _keeps_dot(word):
            word, end, ends = word[:-1], end - 1, True
        if len(word) > 2 and word[-2] in "'’" and word[-1] in "sS":
            word, end, possessive = word[:-2], end - 2, True
        elif word[-1] == "s" and text[end:end + 1] in ("'", "’") and text[end + 1:end + 2] == " ":
            possessive = True
        key = key_of(word)
        usage = known.get(key) or ("-" in key and _of_parts(key)) or UNKNOWN
        yield Token(start, end, word, key, usage, possessive, ends)


def _of_parts(key: str) -> Usage:
    """Of a double name: the given name of the first part, the surname of the last."""
    known = usages()
    first, last = known.get(key.partition("-")[0], UNKNOWN), known.get(key.rpartition("-")[2], UNKNOWN)
    return Usage(first.sex if first.given else "-", first.given, last.surname, min(first.word, last.word))


def _keeps_dot(word: str) -> bool:
    return word[:-1].lower() in ABBREVIATIONS or _INITIALS.match(word) is not None


def _runs(text: str) -> Iterator[list[Token]]:
    """Capitalised words that follow each other with nothing but a space, particles or a nickname between."""
    run: list[Token] = []
    for token in _tokens(text):
        if run and (len(run) == _LONGEST_RUN or not _joins(text, run, token)):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _joins(text: str, run: list[Token], token: Token) -> bool:
    last = run[-1]
    if last.ends:
        return False
    gap = text[last.end:token.start]
    if not gap and last.is_initial and len(run) == 1:        # K.Falco
        return True
    if gap == " ":
        token.nickname = last.nickname     # the second word of "Eater X"
        return True
    if gap in (", ", ","):
        return token.key in SUFFIXES and len(run) > 1
    if len(gap) > 26 or last.possessive or "\n" in gap:
        return False
    if gap in _BRACKETS:
        return text.find("]", last.start, token.end + 1) > 0 and _may_be_name(last) and _may_be_name(token)
    if _PARTICLES.fullmatch(gap):
        return all(word in LOWER_PARTICLES for word in gap.replace("al-", "al ").replace("'", " ").split())
    return _is_nickname(text, run, token, gap)


def _may_be_name(token: Token) -> bool:
    return token.usage.word < 3 or token.usage.given > 3 or token.key in ROLES


def _is_nickname(text: str, run: list[Token], token: Token, gap: str) -> bool:
    last = run[-1]
    if gap in _OPENING_NICKNAME:
        token.nickname = _NICKNAME.match(text, last.end) is not None and last.key not in FUNCTION_WORDS
        return token.nickname
    if gap not in _CLOSING_NICKNAME:
        return False
    if len(run) < 3 and run[0].start and text[run[0].start - 1] in "\"“'‘" and last.usage.given:
        for each in run:
            each.nickname = True      # "Mick" Garrity, "Big Mick" Garrity
    return last.nickname


def _parts(run: list[Token]) -> Iterator[list[Token]]:
    """A run cut after possessives, and at the small words that only headlines write large."""
    part: list[Token] = []
    for token in run:
        if token.key in ALWAYS_SPLIT and token.text[-1] != ".":
            if part:
                yield part
            part = []
            continue
        if part and part[-1].key in SUFFIXES and len(part) > 1 and token.key in ROLES:
            yield part                # Vincent Tagliaferro Jr. Mayor Adeyemi
            part = []
        part.append(token)
        if token.possessive:
            yield part
            part = []
    if part:
        yield part


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4):start].rstrip(" \"'“”‘’([—–-")
    return not before or before[-1] in ".!?:\n;…"


def _candidates(text: str, run: list[Token]) -> Iterator[Candidate]:
    """The part of a run that may be a name: without title, sentence opener or day."""
    begin, end = 0, len(run)
    opens = _opens_sentence(text, run[0].start)
    title: tuple[str, ...] = ()
    lead: list[str] = []
    outer: int | None = None      # where the title starts
    for number, token in enumerate(run):
        rest = run[number + 1:end]
        if rest and _is_title(token, rest, number - begin, run[begin]):
            title = tuple(each.key for each in run[begin:number + 1])
            outer = run[begin].start
            begin = number + 1
        elif rest and number == begin and _is_lead(token, rest, opens):
            lead.append(token.key)
            begin = number + 1
    while end > begin + 1 and run[end - 1].key in CALENDAR and run[end - 1].key not in MONTH_NAMES:
        end -= 1
    if title and is_known_person(" ".join(token.key for token in run[begin - 1:end])):
        title, begin, outer = title[:-1], begin - 1, outer if len(title) > 1 else None     # Lady Gaga, Queen Latifah
    tokens = _without_particles(run[begin:end])
    if len(tokens) == 1 and tokens[0].key in FUNCTION_WORDS and not title:
        return
    yield _in_context(text, tokens, title, tuple(lead), opens and begin == 0, run[end].key if end < len(run) else "",
                      outer)


def _without_particles(tokens: list[Token]) -> list[Token]:
    """De Blasio is known by Blasio alone; the span takes the particle in again."""
    begin = 0
    while begin < len(tokens) - 1 and tokens[begin].key in NEVER_GIVEN:
        begin += 1
    return tokens[begin:]


def _is_title(token: Token, rest: Sequence[Token], number: int, first: Token) -> bool:
    """Whether a word is the office or rank of the name that follows it; number is its place in what is left."""
    key = token.key
    if key not in ROLES or rest[0].key in SUFFIXES or token.possessive or token.nickname:
        return False
    if key not in TITLES_AND_NAMES:
        return True
    if number and key in _OFFICES and len(rest) > 1 and (rest[0].usage.given > 2 or rest[0].is_initial):
        return True                   # Elizabeth Mayor Jo Roe: the mayor of Elizabeth
    if number:
        return key in CALLINGS and (first.usage.given < 2 or first.key in PLACES or first.key in ORGANISATIONS)
    return (len(rest) > 1 or token.usage.given < 3) and token.usage.given < 5


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


def _in_context(text: str, tokens: Sequence[Token], title: tuple[str, ...], lead: tuple[str, ...], opens: bool,
                tail: str, outer: int | None = None) -> Candidate:
    start, end = tokens[0].start, tokens[-1].end
    if len(tokens) == 1 and tokens[0].usage.word < 3:
        start = _with_particles(text, start)
    before, mark_before = _before(text, start if outer is None else outer)
    after = _AFTER.match(text, end, end + 40)
    assert after is not None      # every part of it may be empty
    words = tuple(token.key for token in tokens
                  if token.key not in SUFFIXES and (not token.nickname or token is tokens[0]))
    if tokens[0].nickname and len(tokens) > 1 and start and text[start - 1] in "\"“'‘":
        start -= 1
    return Candidate(
        start, end, tuple(tokens), words or (tokens[0].key,), title, lead, tail,
        tokens[-1].possessive or bool(after.group(1)), opens,
        before, mark_before, after.group(3).lower(), after.group(2),
    )


def candidate_at(text: str, start: int, end: int) -> Candidate:
    """The words between two places as a candidate, however they are written."""
    known = usages()
    tokens = [Token(start + match.start(), start + match.end(), match.group(), key_of(match.group()),
                    known.get(key_of(match.group()), UNKNOWN)) for match in re.finditer(r"\S+", text[start:end])]
    return _in_context(text, tokens, (), (), False, "")


def cut(text: str, candidate: Candidate, begin: int, end: int) -> Candidate:
    """The candidate that only some of its words make: those from begin up to end."""
    tokens = candidate.tokens
    lead = candidate.lead + tuple(token.key for token in tokens[:begin])
    tail = tokens[end].key if end < len(tokens) else candidate.tail
    return _in_context(text, tokens[begin:end], candidate.title if begin == 0 else (), lead,
                       candidate.opens and begin == 0, tail)
