"""Text → stretches of capitalised words that may be somebody's name, each with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.names import usage
from indexer.person_words import (
    ABBREVIATIONS, CALENDAR, FUNCTION_WORDS, LOWER_PARTICLES, NATIONALITIES, PLACES, ROLE_MODIFIERS, ROLES, SUFFIXES,
)

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
# A capitalised word with its inner hyphens, apostrophes and dots, and the dot that may follow it.
_WORD = re.compile(rf"(?<![^\W_])(?<![@#/])(?:[{_UPPER}][^\W_]*(?:(?:[-'’.&][^\W_]|\$[^\W\d_])[^\W_]*)*\.?|\d+ Cent\b)")
_PARTICLES = re.compile(r" (?:[a-z]{1,4} ){1,3}")
_NICKNAME = re.compile(r" [\"“'‘(]([^\W\d_][\w .-]{0,20}?)[\"”'’)] (?=[A-Z])")
_POSSESSIVE = re.compile(r"['’]s$")
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?$")
_BEFORE = re.compile(r"([\w'’.&-]+)?([^\w\s]*)\s*$")
_AFTER = re.compile(r"(['’]s?(?!\w))?\s*([^\w\s]*)\s*([\w'’-]*)")


@dataclass(slots=True)
class Token:
    """A capitalised word, without the dot that ends its sentence and without its possessive s."""

    start: int
    end: int
    text: str
    possessive: bool = False
    ends: bool = False            # a full stop follows that is no part of the word
    nickname: bool = False        # stood in quotation marks inside the name

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def key(self) -> str:
        return self.text.lower().rstrip(".")

    @property
    def is_initial(self) -> bool:
        return _INITIALS.match(self.text) is not None or len(self.text) == 1


@dataclass(slots=True)
class Candidate:
    """Words that may be a name; start and end count characters of the text."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    title: tuple[str, ...] = ()   # honorifics and roles that stood capitalised before it, in lower case
    lead: str = ""                # other capitalised words of the same run before it
    tail: str = ""                # the capitalised word of the same run after it
    possessive: bool = False
    opens: bool = False           # it opens a sentence
    before: str = ""              # the word before it, in lower case; "" where punctuation stands between
    mark_before: str = ""
    after: str = ""
    mark_after: str = ""
    words: tuple[str, ...] = field(default=())

    def name(self, text: str) -> str:
        return text[self.start:self.end]


def _tokens(text: str) -> Iterator[Token]:
    for match in _WORD.finditer(text):
        word = match.group()
        start, end, ends = match.start(), match.end(), False
        if word[-1] == "." and not _keeps_dot(word):
            word, end, ends = word[:-1], end - 1, True
        possessive = False
        if len(word) > 2 and word[-1] == "s" and word[-2] in "'’":
            word, end, possessive = word[:-2], end - 2, True
        elif text[end:end + 1] in ("'", "’") and word[-1] == "s" and not text[end + 1:end + 2].isalpha():
            possessive = text[end + 1:end + 2] == " "
        yield Token(start, end, word, possessive, ends)


def _keeps_dot(word: str) -> bool:
    return word[:-1].lower() in ABBREVIATIONS or _INITIALS.match(word) is not None


def _runs(text: str) -> Iterator[list[Token]]:
    """Capitalised words that follow each other with nothing but a space, particles or a nickname between."""
    run: list[Token] = []
    for token in _tokens(text):
        if run and not _joins(text, run, token):
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
    if gap == " ":
        return True
    if gap == ", " or gap == ",":
        return token.key in SUFFIXES and len(run) > 1
    if len(gap) > 26 or last.possessive:
        return False
    if _PARTICLES.fullmatch(gap):
        return all(word in LOWER_PARTICLES for word in gap.split()) and not gap.startswith((" the ", " y ", " e "))
    return _is_nickname(text, last, token, gap)


def _is_nickname(text: str, last: Token, token: Token, gap: str) -> bool:
    if gap in (' "', ' “', " '", " ‘", " ("):
        match = _NICKNAME.match(text, last.end)
        token.nickname = match is not None and last.key not in FUNCTION_WORDS
        return token.nickname
    return last.nickname and gap in ('" ', '” ', "' ", "’ ", ") ")


def find_candidates(text: str) -> list[Candidate]:
    """Every stretch that may be a name, in order of the text."""
    found: list[Candidate] = []
    for run in _runs(text):
        opens = _opens_sentence(text, run[0].start)
        for part in _split_possessive(run):
            candidate = _candidate(text, part, opens and part[0] is run[0])
            if candidate is not None:
                found.append(candidate)
    return found


def _split_possessive(run: list[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in run:
        part.append(token)
        if token.possessive:
            yield part
            part = []
    if part:
        yield part


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4):start].rstrip(" \"'“”‘’([—–-")
    return not before or before[-1] in ".!?:\n;…"


def _candidate(text: str, run: list[Token], opens: bool) -> Candidate | None:
    """The part of a run that may be a name: without title, sentence opener or day."""
    begin, end = 0, len(run)
    title: list[str] = []
    lead: list[str] = []
    for number, token in enumerate(run[:-1] if not run[-1].nickname else run):
        rest = run[number + 1:end]
        if _is_title(token, rest, number, begin, opens):
            title = [each.key for each in run[begin:number + 1]]
            begin = number + 1
        elif number == begin and _is_lead(token, rest, opens):
            lead.append(token.text)
            begin = number + 1
    while end > begin + 1 and run[end - 1].key in CALENDAR and run[end - 1].key not in ("may", "april", "june", "august"):
        end -= 1
    tokens = run[begin:end]
    if not tokens:
        return None
    if len(tokens) == 1 and tokens[0].key in FUNCTION_WORDS and not title:
        return None
    return _with_context(text, run, tokens, title, lead, opens and begin == 0, end)


def _is_title(token: Token, rest: Sequence[Token], number: int, begin: int, opens: bool) -> bool:
    key = token.key
    if key not in ROLES or not rest or rest[0].key in SUFFIXES:
        return False
    if key in ("st", "saint") and len(rest) == 1:
        return False
    known = usage(token.text)
    if (known.given > 2 or known.surname > 3) and number > begin:
        return key in ("judge", "king", "mayor", "chief", "captain", "major", "president", "governor", "bishop") and number == begin
    if known.given > 3 and number == begin:
        return False
    return True


def _is_lead(token: Token, rest: Sequence[Token], opens: bool) -> bool:
    """Whether a word at the start of a run is no part of the name that follows it."""
    key = token.key
    known = usage(token.text)
    if key in FUNCTION_WORDS:
        return not (known.given > 2 and len(rest) == 1 and usage(rest[0].text).word == 0 and usage(rest[0].text).surname)
    if key in ROLE_MODIFIERS and known.given < 3:
        return len(rest) > 1
    if len(rest) >= 2 and (key in NATIONALITIES or key in PLACES or token.text.isupper() and len(token.text) > 2):
        return usage(rest[0].text).given > 0 and known.given < 4
    if key in NATIONALITIES or key in CALENDAR and known.given == 0:
        return True
    return False


def _with_context(text: str, run: Sequence[Token], tokens: Sequence[Token], title: Sequence[str], lead: Sequence[str],
                  opens: bool, stop: int) -> Candidate:
    start, end = tokens[0].start, tokens[-1].end
    before = _BEFORE.search(text, max(0, start - 30), start)
    after = _AFTER.match(text, end, end + 40)
    assert before is not None and after is not None
    return Candidate(
        start, end, tuple(tokens), tuple(title), " ".join(lead), run[stop].text if stop < len(run) else "",
        tokens[-1].possessive or bool(after.group(1)), opens,
        (before.group(1) or "").lower(), before.group(2), after.group(3).lower(), after.group(2),
        tuple(token.key for token in tokens),
    )
