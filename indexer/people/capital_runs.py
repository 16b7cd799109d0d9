"""Runs of capitalised words: the stretches of a text in which names are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.language import (
    ABBREVIATIONS, ALWAYS_SPLIT, COMPOUND_ENDINGS, FUNCTION_WORDS, LOWER_PARTICLES, ROLES, SUFFIXES, UNKNOWN, Usage,
    key_of, usages,
)

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽ"
# A capitalised word with its inner hyphens, apostrophes and dots, and the dot that may follow it. A hyphen
# before a small letter ends it: "a Wexler-owned building" names Wexler.
_WORD = re.compile(
    rf"(?<![^\W_])(?<![@#_])(?:(?:St\.(?=[{_UPPER}][a-z]))?[{_UPPER}][^\W_]*"
    rf"(?:(?:-(?=[{_UPPER}])|['’](?=[^\W\d_])|\.(?=[{_UPPER}][\W.])|&(?=[{_UPPER}])|\$(?=[^\W\d_]))[^\W_]*)*\.?"
    r"|\d+ Cent\b)(?![^\W_])"
)
# The small second half of a given name: Jean-luc, Dae-jung.
_SMALL_HALF = re.compile(r"-([a-z]{2,6})(?:['’]s)?(?![\w'’-])")
_LONG_HALF = 6          # letters that the first half of such a name does not have: Seo-jin
_USUAL = 3              # how usual a given name is that makes what is joined to it a name
_FOLLOWING = re.compile(r" ([^\W\d_]+)")
_PARTICLES = re.compile(r" (?:[a-z]{1,4} ){1,3}(?:al-)?| al-| de La | d['’]")
_OF_PARTY = re.compile(rf"[DRI]-[{_UPPER}]")        # Ada Finch, D-Calder, and Bo Lund (R-Orrin)
_IN_ADDRESS = re.compile(r"(?:://|www\.|\.[a-z]{2,4}/)\S{0,60}\Z")
_NICKNAME = re.compile(r" [\"“'‘(]([^\W\d_][\w .-]{0,20}?)[\"”'’)] (?=[A-Z])")
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?$")
_OPENING_NICKNAME = frozenset((' "', " “", " '", " ‘", " ("))
_CLOSING_NICKNAME = frozenset(('" ', "” ", "' ", "’ ", ") "))
_LONGEST_RUN = 30      # words; no name is longer, and what shouts for pages is no name
_BRACKETS = frozenset((" [", "] "))


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
    nickname: bool = False        # it was in quotation marks inside the name

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 or self.text[-1] == "." and _INITIALS.match(self.text) is not None

    @property
    def is_shouted(self) -> bool:
        return len(self.text) > 2 and self.text.isupper() and "." not in self.text


def capital_runs(text: str) -> Iterator[list[Token]]:
    """Every run of capitalised words in which there may be a name, in the order of the text."""
    for run in _runs(text):
        yield from _parts(run)


def _tokens(text: str) -> Iterator[Token]:
    known = usages()
    for match in _WORD.finditer(text):
        word = match.group()
        start, end, ends, possessive = match.start(), match.end(), False, False
        if start and text[start - 1] == "/" and _IN_ADDRESS.search(text, max(0, start - 60), start):
            continue
        if word[1:2] == "-" and _OF_PARTY.match(word) and text[max(start - 2, 0):start].endswith(("(", ", ")):
            continue
        if word[-1] == "." and not _keeps_dot(word):
            word, end, ends = word[:-1], end - 1, True
        elif text[end:end + 1] == "-" and (half := _small_half(text, start, end)):
            word, end = text[start:half], half
        if len(word) > 2 and word[-2] in "'’" and word[-1] in "sS":
            word, end, possessive = word[:-2], end - 2, True
        elif word[-1] == "s" and text[end:end + 1] in ("'", "’") and text[end + 1:end + 2] == " ":
            possessive = True
        key = key_of(word)
        usage = known.get(key) or ("-" in key and _of_parts(key)) or UNKNOWN
        yield Token(start, end, word, key, usage, possessive=possessive, ends=ends)


def _small_half(text: str, start: int, end: int) -> int:
    """Where a given name ends whose second half is small, with another name right before or behind it, and where its
    possessive s does; 0 if the hyphen makes a description: a Wexler-owned building, a Wexler-less town."""
    match = _SMALL_HALF.match(text, end)
    if match is None or match[1] in COMPOUND_ENDINGS or match[1].endswith(("ed", "ing", "er", "ern")):
        return 0
    following = _FOLLOWING.match(text, match.end())
    if following and following[1].istitle():
        return match.end() if usages().get(key_of(text[start:end]), UNKNOWN).given > 1 else 0
    before = text[max(start - 20, 0):start].rpartition(" ")[0].rpartition(" ")[2]
    named = text[start - 1:start] == " " and before.istitle() and 1 < end - start < _LONG_HALF
    return match.end() if named else 0


def _of_parts(key: str) -> Usage:
    """Of a double name: the given name of the first part, the surname of the last. Behind a usual given name the
    whole is no everyday word, though both parts may be: Lee-Roy, Rose-May."""
    known = usages()
    first, last = known.get(key.partition("-")[0], UNKNOWN), known.get(key.rpartition("-")[2], UNKNOWN)
    word = 0 if first.given > _USUAL else min(first.word, last.word)
    return Usage(first.sex if first.given else "-", first.given, last.surname, word)


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
