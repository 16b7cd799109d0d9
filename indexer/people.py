"""Text → who is named in it: mentions, and the persons of one article that they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from indexer.candidates import Candidate, find_candidates
from indexer.models import Block, Mention, Person, Span
from indexer.names import Gender, given_gender, same_given_name, usage
from indexer.person_words import (
    CALENDAR, FAMOUS, FEMALE_TITLES, FUNCTION_WORDS, MALE_TITLES, NATIONALITIES, ORGANISATIONS, PLACES, ROLES,
    SUFFIXES, THING_ENDINGS, THING_OR_SURNAME,
)

_DESCRIPTION = re.compile(r",? ?(?:who is |who was )?((?:an?|the|his|her|their|one of) [^,.;\n\"“”()]{3,90})[,.]")
_AGE = re.compile(r",? \(?\d{1,3}\)?,")


def find_people(title: str, text: str, blocks: Sequence[Block] = ()) -> tuple[Person, ...]:
    """The persons that an article names, in order of their first mention, those of the headline first."""
    here = [each for each in find_candidates(text)]
    lower = frozenset(re.findall(r"(?<![\w'’])[a-z][a-z'’-]+", text))
    full = [each for each in here if len(_core(each)) > 1 and _is_full_name(each, lower)]
    clusters = _cluster(full, text)
    _add_single(clusters, here, full, text, lower)
    _add_title(clusters, title)
    return tuple(_person(cluster, text) for cluster in clusters if cluster.mentions)


class _Cluster:
    """Mentions gathered so far of one person."""

    __slots__ = ("words", "name", "mentions", "titles", "candidates")

    def __init__(self, words: tuple[str, ...], name: str) -> None:
        self.words = words
        self.name = name
        self.mentions: list[Mention] = []
        self.titles: list[tuple[str, ...]] = []
        self.candidates: list[Candidate] = []

    def add(self, candidate: Candidate, text: str) -> None:
        self.mentions.append(Mention(Span(candidate.start, candidate.end), candidate.name(text)))
        self.candidates.append(candidate)
        self.titles.append(candidate.title)


def _core(candidate: Candidate) -> tuple[str, ...]:
    return tuple(word for word in candidate.words if word not in SUFFIXES)


def _is_full_name(candidate: Candidate, lower: frozenset[str]) -> bool:
    """Whether two or more capitalised words are somebody's name."""
    return _full_score(candidate, lower) > 0


def _full_score(candidate: Candidate, lower: frozenset[str]) -> float:
    tokens = [token for token in candidate.tokens if token.key not in SUFFIXES and not token.nickname]
    if len(tokens) < 2 or len(tokens) > 5:
        return -9.0
    first, last = tokens[0], tokens[-1]
    known, end = usage(first.text), usage(last.text)
    score = -1.0
    score += (0, 1.2, 1.6, 2.0, 2.5, 2.8)[known.given] - (0, 0.4, 0.8, 1.2, 1.5)[known.word]
    score += (0.6 if not end.word else 0, 0.7, 0.8, 1.0, 1.1, 1.2)[end.surname] - (0, 0.3, 0.6, 1.0, 1.3)[end.word]
    if first.is_initial:
        score += 1.0
    if any(token.is_initial for token in tokens[1:-1]):
        score += 1.5
    if candidate.title:
        score += 1.5
    if any(token.key in ORGANISATIONS for token in tokens):
        score -= 3
    if last.key in THING_ENDINGS:
        score -= 2 if last.key in THING_OR_SURNAME else 4
    if first.key in PLACES or last.key in PLACES:
        score -= 1.0
    if first.key == "new" or any(token.key in CALENDAR or token.key in NATIONALITIES for token in tokens):
        score -= 1.5
    if any(token.key in FUNCTION_WORDS for token in tokens):
        score -= 1.0
    if any(len(token.text) > 2 and token.text.isupper() for token in tokens):
        score -= 1.0
    if candidate.before == "the":
        score -= 2.0
    if last.text.lower() in lower:
        score -= 0.5
    return score


def _cluster(full: Iterable[Candidate], text: str) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    for candidate in full:
        words = _core(candidate)
        same = next((each for each in clusters if _same_person(each.words, words)), None)
        if same is None:
            same = _Cluster(words, candidate.name(text))
            clusters.append(same)
        elif len(words) > len(same.words) or len(candidate.name(text)) > len(same.name):
            same.words, same.name = words, candidate.name(text)
        same.add(candidate, text)
    return clusters


def _same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two full names of one article are one person's: surname equal, given names in agreement."""
    if one[-1] != other[-1]:
        return False
    return same_given_name(one[0], other[0]) or one[0][0] == other[0][0] and min(len(one[0]), len(other[0])) == 1


def _add_single(clusters: list[_Cluster], here: Iterable[Candidate], full: Sequence[Candidate], text: str,
                lower: frozenset[str]) -> None:
    taken = {id(each) for each in full}
    alone: dict[str, list[Candidate]] = {}
    for candidate in here:
        words = _core(candidate)
        if id(candidate) in taken:
            continue
        found = _by_part(clusters, candidate, words)
        if found is not None:
            found.add(candidate, text)
        elif len(words) == 1:
            alone.setdefault(words[0], []).append(candidate)
    for word, candidates in alone.items():
        if _is_single_name(word, candidates, lower):
            cluster = _Cluster((word,), candidates[0].name(text))
            for candidate in candidates:
                cluster.add(candidate, text)
            clusters.append(cluster)
    for cluster in clusters:
        cluster.mentions.sort(key=lambda mention: mention.span.start if mention.span else -1)
    clusters.sort(key=lambda cluster: cluster.mentions[0].span.start if cluster.mentions[0].span else -1)


def _by_part(clusters: Iterable[_Cluster], candidate: Candidate, words: tuple[str, ...]) -> _Cluster | None:
    """The nearest person before whose surname, particle included, or given name the words are."""
    joined = " ".join(words)
    matches = [each for each in clusters if len(each.words) > 1 and (
        " ".join(each.words).endswith(" " + joined) or len(words) == 1 and each.words[0] == joined)]
    if not matches:
        return None
    gender = _title_gender(candidate.title)
    fit = [each for each in matches if gender is None or gender_of(each) in (None, gender)] or matches
    before = [each for each in fit if each.candidates[0].start < candidate.start]
    return max(before, key=lambda each: max(c.start for c in each.candidates if c.start < candidate.start)) if before else fit[0]


def _is_single_name(word: str, candidates: Sequence[Candidate], lower: frozenset[str]) -> bool:
    known = usage(word)
    if word in PLACES or word in ORGANISATIONS or word in NATIONALITIES or word in CALENDAR or word in FUNCTION_WORDS:
        return False
    if any(len(each.tokens[0].text) > 4 and each.tokens[0].text.isupper() for each in candidates):
        return False
    if any(each.title and each.before != "the" for each in candidates):
        return known.word < 3 and word not in lower and word not in ROLES and word not in THING_ENDINGS
    if word in FAMOUS:
        return not any(each.before == "the" for each in candidates) and word not in lower
    return False


def _add_title(clusters: list[_Cluster], title: str) -> None:
    """Mentions in the headline: names that the text confirms, and full names that are beyond doubt."""
    low = title.lower()
    for cluster in clusters:
        pattern = rf"(?<!\w){re.escape(cluster.words[-1])}(?!\w)"
        if re.search(pattern, low):
            cluster.mentions.insert(0, Mention(None, cluster.name.split()[-1]))


def _title_gender(title: Iterable[str]) -> Gender | None:
    words = set(title)
    return "m" if words & MALE_TITLES else "f" if words & FEMALE_TITLES else None


def gender_of(cluster: _Cluster) -> Gender | None:
    for title in cluster.titles:
        gender = _title_gender(title)
        if gender:
            return gender
    return given_gender(cluster.words[0]) if len(cluster.words) > 1 else None


def gender(name: str) -> Gender | None:
    """The sex that a name gives away, by honorific (Mr. Wexler) or given name (Imani Brooks); else None."""
    words = [word.strip(".,\"“”'’").lower() for word in name.split()]
    for number, word in enumerate(words):
        if word in MALE_TITLES or word in FEMALE_TITLES:
            return "m" if word in MALE_TITLES else "f"
        if word not in ROLES and number + 1 < len(words) and len(word) > 1:
            return given_gender(word)
    return given_gender(words[0]) if words and usage(words[0]).given > 2 else None


def _person(cluster: _Cluster, text: str) -> Person:
    return Person(cluster.name, tuple(cluster.mentions), _description(cluster, text))


def _description(cluster: _Cluster, text: str) -> str | None:
    """The role that stands before the name, or the apposition behind it."""
    for candidate in cluster.candidates:
        after = _DESCRIPTION.match(text, candidate.end)
        if after is None:
            age = _AGE.match(text, candidate.end)
            after = _DESCRIPTION.match(text, age.end()) if age else None
        if after:
            return after.group(1).strip()
    return None
