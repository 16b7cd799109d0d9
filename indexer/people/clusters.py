"""Clusters: the mentions of each person of one article, joined by which names can be one individual's."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from indexer.language import (
    FEMALE_TITLES, LOWER_PARTICLES, MALE_TITLES, PRESIDENTS, Gender, given_gender, same_given_name, short_forms, usage,
)
from indexer.people.name_candidates import NameCandidate

GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))
# Before a surname these are said of somebody whom the article also names in full: King James, Big Mike.
_STYLES = frozenset("king prince princess queen pope lady lord saint judge captain big little old young".split())
_SLIP = 5             # letters that a given name needs for one wrong letter to be a slip of the pen
_USUAL = 4            # how usual a surname is, at least, that is rather another's than a slip
_LONG_SURNAME = 6     # the same of a surname
_MOST_SURNAMES = 200  # of one article, of which an unknown word may be a slip
_MOST_NAMESAKES = 40  # persons of one surname in one article, the latest are looked at: lists of names stay fast
_MOST_FORMS = 12      # of one person's name; beyond, the name no longer changes
_KIN = re.compile(r"\b(?:brother|sister|son|daughter|father|mother|mom|dad|wife|husband|cousin|uncle|aunt|nephew|niece"
                  r"|twin|grandson|granddaughter|grandfather|grandmother),? \Z", re.IGNORECASE)
_KIN_LENGTH = 16      # characters of the longest of these words, with a comma and a blank
# Before a name, what makes another person of somebody who is called nearly so: no relation to the boxer Ada Fisk.
_ANOTHER = re.compile(
    r"\b(?:(?:related|relation|confused|comparison) (?:to|of|with)|unlike|namesake,?)\b[^.;()\n]{0,30}\Z")
_ANOTHER_LENGTH = 60
_HONORIFICS = frozenset("mr mrs ms miss dr".split())      # go with a surname

PrintedName = tuple[tuple[str, ...], str]      # the words as keys, the name as printed


class Cluster:
    """One person of the article, as far as read: the words of the fullest form, and every mention."""

    __slots__ = ("words", "name", "suffix", "mentions", "_starts", "_printed")

    def __init__(self, candidate: NameCandidate, text: str) -> None:
        self.words = candidate.words
        self.name = candidate.name(text)
        self.suffix = suffix_of(candidate)
        self.mentions: list[NameCandidate] = []
        self._starts: list[int] = []
        self._printed: Counter[PrintedName] = Counter()
        self.add(candidate, text)

    def add(self, candidate: NameCandidate, text: str) -> None:
        """Take a mention in; the fullest form of all becomes the person's name."""
        self.mentions.append(candidate)
        insort(self._starts, candidate.start)
        self.suffix = self.suffix or suffix_of(candidate)
        if len(candidate.words) > 1:
            self._printed[candidate.words, candidate.name(text)] += 1
            if 1 < len(self._printed) <= _MOST_FORMS:
                self.words, self.name = max(self._printed, key=self._fullness)

    def _fullness(self, form: PrintedName) -> tuple[int, bool, int, int, int]:
        """More words are fuller, then Michael rather than Mike, then the spelling used most, then the longest."""
        words, name = form
        short = any(words[0] in short_forms().get(other[0], ()) or len(words[0]) == 1 < len(other[0])
                    for other, _ in self._printed)
        styled = words[0] in _STYLES and len(words) == 2
        return len(words), not short and not styled, self._printed[form], usage(words[0]).given, len(name)

    @property
    def first(self) -> int:
        """Where the first mention starts."""
        return self._starts[0]

    @property
    def gender(self) -> Gender | None:
        """By a title before one of the mentions, else by given name."""
        for mention in self.mentions:
            gender = title_gender(mention.title)
            if gender:
                return gender
        return given_gender(self.words[0]) if len(self.words) > 1 else None

    def salience(self, at: int) -> tuple[bool, int, int]:
        """How likely a mere surname means this person: named before rather than after, then often, then lately."""
        before = bisect_left(self._starts, at)
        if not before:
            return False, 0, -self.first
        return True, before, self._starts[before - 1]

    def is_named_by(self, candidate: NameCandidate) -> bool:
        """Whether two full names of one article are one person's."""
        one, other = self.words, candidate.words
        suffix = suffix_of(candidate)
        if self.suffix != suffix and (self.suffix and suffix or one[0] == other[0]):
            return False              # father and son
        if one == other or _begins(one, other) or _begins(other, one) or _ends(one, other) or _ends(other, one):
            return True
        if one[-1] != other[-1]:
            return one[:-1] == other[:-1] and _is_misprint(one[-1], other[-1])
        if candidate.tokens[0].nickname:
            return True               # "Sully" Sullenberger
        return _agree(one[0], other[0]) or other[0] in _STYLES and len(other) == 2


class Clusters:
    """The persons of one article, found by the first and the last word of their names."""

    def __init__(self, text: str) -> None:
        self.all: list[Cluster] = []
        self._text = text
        self._by_last: dict[str, list[Cluster]] = defaultdict(list)
        self._by_first: dict[str, list[Cluster]] = defaultdict(list)

    def take(self, candidate: NameCandidate) -> None:
        """A full name: another mention of somebody, or a new person."""
        same = [each for each in self._near(candidate) if each.is_named_by(candidate)]
        if _is_kin(candidate, self._text) or _is_another(candidate, self._text):
            same = [each for each in same if each.words[0] == candidate.words[0]]     # his sister, Jamie Stone
        if same:
            same[-1].add(candidate, self._text)
            self._enter(same[-1])
        else:
            self.open(candidate)

    def open(self, candidate: NameCandidate) -> Cluster:
        """A new person."""
        cluster = Cluster(candidate, self._text)
        self.all.append(cluster)
        self._enter(cluster)
        return cluster

    def _enter(self, cluster: Cluster) -> None:
        for index, word in ((self._by_last, cluster.words[-1]), (self._by_first, cluster.words[0])):
            if cluster not in index[word][-_MOST_NAMESAKES:]:
                index[word].append(cluster)

    def _near(self, candidate: NameCandidate) -> list[Cluster]:
        last = self._by_last.get(candidate.words[-1], [])[-_MOST_NAMESAKES:]
        first = self._by_first.get(candidate.words[0], [])[-_MOST_NAMESAKES:]
        return last + [each for each in first if each not in last]

    def misspelt(self, candidate: NameCandidate) -> Cluster | None:
        """The only person from whose surname an unknown word is one slip apart: Wexlre, Whitcom."""
        word = candidate.words[0]
        known = len(candidate.words) > 1 or len(word) < _LONG_SURNAME or any(usage(word)[1:])
        if known or len(self._by_last) > _MOST_SURNAMES:
            return None
        found = {id(each): each for last, persons in self._by_last.items()
                 if last[0] == word[0] and last != word and _is_slip(word, last)
                 for each in persons if len(each.words) > 1}
        return next(iter(found.values())) if len(found) == 1 else None

    def meant(self, candidate: NameCandidate) -> Cluster | None:
        """Of the persons with that surname or given name, the one who is most likely meant here."""
        words = candidate.words
        near = [each for each in self._near(candidate) if len(each.words) > len(words)]
        surname = [each for each in near if each.words[-len(words):] == words]
        given = [each for each in near if each.words[:1] == words] if not _HONORIFICS & {*candidate.title} else []
        matches = [each for each in surname or given if not self._is_relative_of(each, candidate)]
        president = PRESIDENTS.get(words[0]) if is_president(candidate) else None
        if president is not None:     # if Michelle Obama is named in full, President Obama is somebody else
            matches = [each for each in matches if same_given_name(each.words[0], president)]
        if len(matches) < 2:
            return matches[0] if matches else None
        gender = title_gender(candidate.title)
        fit = [each for each in matches if gender is None or each.gender in (None, gender)] or matches
        return max(fit, key=lambda each: each.salience(candidate.start))

    def _is_relative_of(self, person: Cluster, candidate: NameCandidate) -> bool:
        """Whether a mere surname with a title, ahead of the first mention of a person of that name who is introduced as
        somebody's relative, is rather whose relative it is: Rep. Brice and her mother Ada Brice."""
        first = min(person.mentions, key=lambda mention: mention.start)
        ahead = candidate.start < first.start and bool(candidate.title) and person.words[-1] == candidate.words[-1]
        return ahead and _is_kin(first, self._text)


def _is_kin(candidate: NameCandidate, text: str) -> bool:
    """Whether a name is introduced as that of somebody's relative."""
    return _KIN.search(text, max(0, candidate.start - _KIN_LENGTH), candidate.start) is not None


def _is_another(candidate: NameCandidate, text: str) -> bool:
    """Whether a name is said to be another's than the one it is like."""
    return _ANOTHER.search(text, max(0, candidate.start - _ANOTHER_LENGTH), candidate.start) is not None


def suffix_of(candidate: NameCandidate) -> str:
    """Jr., Sr. or a number, as key; "" if there is none."""
    last = candidate.tokens[-1].key
    return last if last in GENERATIONS and last not in candidate.words else ""


def is_president(candidate: NameCandidate) -> bool:
    """Whether a title says so, or that somebody will be or was one: the President-elect."""
    return "president" in candidate.title or candidate.before in ("president-elect", "ex-president")


def title_gender(title: Iterable[str]) -> Gender | None:
    """The gender that an honorific or a calling implies."""
    words = set(title)
    return "m" if words & MALE_TITLES else "f" if words & FEMALE_TITLES else None


def _begins(short: Sequence[str], long: Sequence[str]) -> bool:
    """Sarah Jessica begins Sarah Jessica Parker."""
    return 1 < len(short) < len(long) and tuple(long[:len(short)]) == tuple(short)


def _ends(short: Sequence[str], long: Sequence[str]) -> bool:
    """Van Bramer ends Jimmy Van Bramer."""
    return 1 < len(short) < len(long) and tuple(long[-len(short):]) == tuple(short) and (
        short[0] in LOWER_PARTICLES or usage(short[0]).given < 3)


def _agree(one: str, other: str) -> bool:
    """Whether two given names can be one person's: equal, short form, initial, or one letter wrong."""
    if same_given_name(one, other):
        return True
    short, long = sorted((one.replace(".", ""), other.replace(".", "")), key=len)
    if len(short) == 1:
        return long.startswith(short)
    return (len(short) >= _SLIP - 1 and len(long) >= _SLIP and _one_letter_apart(short, long)
            and not _both_known(one, other))


def _both_known(one: str, other: str) -> bool:
    """Marina and Marisa are two names; Russel beside Russell is a slip."""
    first, second = usage(one), usage(other)
    return first.given > 2 and second.given > 2 and one[-1] != other[-1]


def _is_slip(word: str, surname: str) -> bool:
    """Whether a word is a surname with a letter missing, added or wrong, or with letters exchanged."""
    short, long = sorted((word, surname), key=len)
    return _one_letter_apart(short, long) or sorted(short) == sorted(long)


def _is_misprint(one: str, other: str) -> bool:
    """Whether two surnames of one given name are one, in which a letter is wrong: hardly anybody has one of them."""
    unusual = min(usage(one).surname, usage(other).surname) < _USUAL
    return unusual and min(len(one), len(other)) >= _SLIP and _is_slip(one, other)


def _one_letter_apart(short: str, long: str) -> bool:
    """Whether one letter put in, left out or changed makes the one of the other."""
    if len(long) - len(short) > 1:
        return False
    at = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    return short[at:] == long[at + 1:] or short[at + 1:] == long[at + 1:]
