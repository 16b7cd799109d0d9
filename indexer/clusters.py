"""Mentions → the persons of one article: which names are one individual's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from indexer.candidates import Candidate
from indexer.names import Gender, given_gender, same_given_name, short_forms, usage
from indexer.person_words import FEMALE_TITLES, LOWER_PARTICLES, MALE_TITLES

_STYLES = frozenset("king prince princess queen pope lady lord saint judge captain big little old young".split())
GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))
_SLIP = 5      # letters that a given name needs for one wrong letter to be a slip of the pen


class Cluster:
    """One person of the article, as far as read: the words of the fullest form, and every mention."""

    __slots__ = ("words", "name", "suffix", "mentions", "forms")

    def __init__(self, candidate: Candidate, text: str) -> None:
        self.words = candidate.words
        self.name = candidate.name(text)
        self.suffix = suffix_of(candidate)
        self.mentions: list[Candidate] = []
        self.forms: Counter[tuple[tuple[str, ...], str]] = Counter()
        self.add(candidate, text)

    def add(self, candidate: Candidate, text: str) -> None:
        """Take a mention in; the fullest form of all becomes the person's name."""
        self.mentions.append(candidate)
        self.suffix = self.suffix or suffix_of(candidate)
        if len(candidate.words) > 1:
            self.forms[candidate.words, candidate.name(text)] += 1
            if len(self.forms) > 1:
                self.words, self.name = max(self.forms, key=self._fullness)

    def _fullness(self, form: tuple[tuple[str, ...], str]) -> tuple[int, bool, int, int, int]:
        """More words are fuller, then Michael rather than Mike, then the spelling used most, then the longest."""
        words, name = form
        short = any(words[0] in short_forms().get(other[0], ()) or len(words[0]) == 1 < len(other[0])
                    for other, _ in self.forms)
        return len(words), not short, self.forms[form], usage(words[0]).given, len(name)

    @property
    def gender(self) -> Gender | None:
        """By a title that stands before one of the mentions, else by given name."""
        for mention in self.mentions:
            gender = title_gender(mention.title)
            if gender:
                return gender
        return given_gender(self.words[0]) if len(self.words) > 1 else None


def suffix_of(candidate: Candidate) -> str:
    """Jr., Sr. or a number, as key; "" where there is none."""
    last = candidate.tokens[-1].key
    return last if last in GENERATIONS and last not in candidate.words else ""


def title_gender(title: Iterable[str]) -> Gender | None:
    """The sex that an honorific or a calling gives away."""
    words = set(title)
    return "m" if words & MALE_TITLES else "f" if words & FEMALE_TITLES else None


def cluster_full(full: Iterable[Candidate], text: str) -> list[Cluster]:
    """Full names in the order of the text → persons."""
    clusters: list[Cluster] = []
    for candidate in full:
        same = [each for each in clusters if same_person(each, candidate)]
        if same:
            same[-1].add(candidate, text)
        else:
            clusters.append(Cluster(candidate, text))
    return clusters


def same_person(cluster: Cluster, candidate: Candidate) -> bool:
    """Whether two full names of one article are one person's."""
    one, other = cluster.words, candidate.words
    if cluster.suffix and suffix_of(candidate) not in ("", cluster.suffix):
        return False
    if one == other or _begins(one, other) or _begins(other, one) or _ends(one, other) or _ends(other, one):
        return True
    if _surname(one) != _surname(other) and one[-1] != other[-1]:
        return False
    return _agree(one[0], other[0]) or other[0] in _STYLES and len(other) == 2


def _begins(short: Sequence[str], long: Sequence[str]) -> bool:
    """Sarah Jessica begins Sarah Jessica Parker."""
    return 1 < len(short) < len(long) and tuple(long[:len(short)]) == tuple(short)


def _ends(short: Sequence[str], long: Sequence[str]) -> bool:
    """Van Bramer ends Jimmy Van Bramer."""
    return 1 < len(short) < len(long) and tuple(long[-len(short):]) == tuple(short)


def _surname(words: Sequence[str]) -> str:
    """The last word, and the particles before it."""
    start = len(words) - 1
    while start > 1 and words[start - 1] in LOWER_PARTICLES:
        start -= 1
    return " ".join(words[start:])


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


def _one_letter_apart(short: str, long: str) -> bool:
    """Whether one letter put in, left out or changed makes the one of the other."""
    if len(long) - len(short) > 1:
        return False
    at = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    return short[at:] == long[at + 1:] or short[at + 1:] == long[at + 1:]


def bearer(clusters: Iterable[Cluster], candidate: Candidate) -> Cluster | None:
    """Of the persons with that surname or given name, the one who is most likely meant here."""
    name = " ".join(candidate.words)
    full = [each for each in clusters if len(each.words) > 1]
    surname = [each for each in full if " ".join(each.words).endswith(" " + name)]
    given = [each for each in full if each.words[0] == name]
    matches = surname or given
    if len(matches) < 2:
        return matches[0] if matches else None
    gender = title_gender(candidate.title)
    fit = [each for each in matches if gender is None or each.gender in (None, gender)] or matches
    return max(fit, key=lambda each: _salience(each, candidate.start))


def _salience(cluster: Cluster, at: int) -> tuple[bool, int, int]:
    """Named before rather than after; then often and lately rather than once long ago."""
    before = [each.start for each in cluster.mentions if each.start < at]
    if not before:
        return False, 0, -min(each.start for each in cluster.mentions)
    near = sum(at - start < 400 for start in before)
    return True, near, max(before)
