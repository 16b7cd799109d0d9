"""Traits: what an article says about a person besides the role, by which strangers of one name are told apart: the
age, and the sex that its pronouns give away."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from indexer.language import FUNCTION_WORDS, Gender, key_of
from indexer.people.name_candidates import NameCandidate

_OLDEST = 115
# "Ada Finch, 34," and "Ada Finch (34)", "aged 34", "a 34-year-old", "is 34 years old".
_AGE_BEHIND = re.compile(
    r", (?:aged? )?(\d{1,3})(?=[,.;:]|$)| \((?:aged? )?(\d{1,3})\)|,? (?:is |was )?an? (\d{1,3})[- ]years?[- ]old\b"
    r"|,? (?:who )?(?:is|was|turned) (\d{1,3})(?= years old| today|[,.;])", re.MULTILINE)
_AGE_BEFORE = re.compile(r"\b(\d{1,3})[- ]years?[- ]old ((?:[^\W\d_][\w'’-]* ){0,5})\Z")
_BEFORE = 80            # characters before a name in which its age may be
_PRONOUNS = re.compile(r"\b(?:(he|him|his|himself)|she|her|hers|herself)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"][^”\"\n]*[”\"]?")


def age_of(mentions: Iterable[NameCandidate], text: str) -> int | None:
    """The age in years that an article gives beside one of a person's names; mentions in the order of the text."""
    for mention in mentions:
        found = _AGE_BEHIND.match(text, mention.end) or _age_before(mention, text)
        if found and 0 < (age := int(next(filter(None, found.groups())))) <= _OLDEST:
            return age
    return None


def _age_before(mention: NameCandidate, text: str) -> re.Match[str] | None:
    """An age before a name: of the 41-year-old teacher Ann Poole; not of a 41-year-old who knows Ann Poole, nor of the
    41-year-old case of Ann Poole."""
    found = _AGE_BEFORE.search(text[max(0, mention.start - _BEFORE):mention.start])
    if found is None or text.startswith(("'s ", "’s "), mention.end):
        return None
    return None if any(key_of(word) in FUNCTION_WORDS for word in found.group(2).split()) else found


class Traits:
    """Age and sex of the persons of an article; persons: the mentions of each. A bare surname says nothing of its
    bearers if several persons have it, and he and she are a person's in paragraphs that name nobody else."""

    def __init__(self, text: str, persons: Sequence[Sequence[NameCandidate]]) -> None:
        self._text = text
        self._persons = persons
        self._ends = [found.start() for found in re.finditer("\n", text)]
        self._surnames = Counter(word for mentions in persons for word in {each.words[-1] for each in mentions})
        self._named: dict[int, set[int]] = defaultdict(set)
        for number, mentions in enumerate(persons):
            for mention in mentions:
                self._named[bisect_right(self._ends, mention.start)].add(number)
        self._counts: dict[int, Counter[Gender]] = defaultdict(Counter)
        for paragraph, numbers in self._named.items():
            if len(numbers) == 1:
                self._count(paragraph, *numbers)

    def of(self, number: int) -> tuple[int | None, Gender | None]:
        """The age and the sex of a person, as far as the article says them."""
        certain = sorted((each for each in self._persons[number]
                          if len(each.words) > 1 or self._surnames[each.words[-1]] < 2), key=lambda each: each.start)
        return age_of(certain, self._text), self._gender(number)

    def _count(self, paragraph: int, number: int) -> None:
        start = self._ends[paragraph - 1] + 1 if paragraph else 0
        end = self._ends[paragraph] if paragraph < len(self._ends) else len(self._text)
        for found in _PRONOUNS.finditer(_QUOTED.sub("", self._text[start:end])):
            self._counts[number]["m" if found.group(1) else "f"] += 1

    def _gender(self, number: int) -> Gender | None:
        """The one sex that they say; None if they say both or nothing."""
        said = tuple(self._counts[number])
        return said[0] if len(said) == 1 else None
