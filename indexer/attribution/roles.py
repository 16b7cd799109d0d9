"""Who in an article has a title or an age: the persons whom "the mayor" and "the 28-year-old" mean."""

from __future__ import annotations

import re

from indexer.attribution.agreement import Agreement
from indexer.attribution.parsed_article import ParsedArticle
from indexer.language import lexicon
from indexer.models import Span

_UNTOLD = lexicon.ANYBODY | lexicon.DOCUMENT_NOUNS | lexicon.ORGANISATION_NOUNS | lexicon.GROUP_NOUNS
_MOST_PHRASES = 200     # descriptions of one article that are looked for beside names
_BESIDE = 90            # characters from a name to the end of what is beside it
_OF_WHAT = re.compile(r" (?:of|for|at|from|in|with|by|who|whose)\b")


class Roles:
    """The persons of one article by what it calls them."""

    def __init__(self, parsed: ParsedArticle, agreement: Agreement) -> None:
        self._parsed = parsed
        self._agreement = agreement
        self._text = parsed.text.lower()
        self._by_noun: dict[str, list[int]] = {}
        self._called: dict[int, set[str]] = {}
        self._by_phrase: dict[str, int | None] = {}

    def holder(self, noun: str, span: Span) -> int | None:
        """The number of the person whose title or description contains a noun; of several, of the one named last before
        the span. A victim or a suspect is meant only if the article calls no other so."""
        holders = self._holders_of(noun)
        if not holders or (noun in lexicon.PARTS_IN_A_STORY and len(holders) > 1):
            return None
        return max(holders, key=lambda number: self._last_named(number, span))

    def named_later(self, noun: str, span: Span) -> int | None:
        """The number of the only person with such a title or description, if the article names that person only behind
        the span: «a judge», whose name comes at the end."""
        holders = self._holders_of(noun)
        later = len(holders) == 1 and noun not in lexicon.PARTS_IN_A_STORY and self._last_named(holders[0], span) < 0
        return holders[0] if later else None

    def _holders_of(self, noun: str) -> list[int]:
        if noun not in self._by_noun:
            self._by_noun[noun] = self._holders(noun)
        return self._by_noun[noun]

    def _holders(self, noun: str) -> list[int]:
        """The numbers of the persons whom the article calls by a noun of person, office or calling."""
        if noun in _UNTOLD or noun not in lexicon.SPEAKING_NOUNS and noun not in lexicon.TITLES:
            return []
        nouns = {noun} | lexicon.SAME_OFFICE.get(noun, frozenset())
        return [
            number
            for number in range(len(self._parsed.people))
            if not nouns.isdisjoint(self._words_for(number))
        ]

    def _words_for(self, number: int) -> set[str]:
        """The words of a person's titles, and those of the description up to the first preposition: what the person is,
        not of what."""
        if number not in self._called:
            description = (self._parsed.people[number].description or "").lower()
            words = re.findall(r"[a-z-]+", _OF_WHAT.split(description)[0])
            self._called[number] = self._agreement.title_words(number).union(words)
        return self._called[number]

    def relative(self, noun: str) -> int | None:
        """The number of the person named beside «his lawyer», «Roe's husband», whatever the office is called there;
        None if several are, or nobody is."""
        nouns = "|".join(map(re.escape, (noun, *sorted(lexicon.SAME_OFFICE.get(noun, ())))))
        return self._beside(noun, rf"(?:his|her|their|\w+['’]s|\w+s['’]) (?:[\w-]+ ){{0,3}}(?:{nouns})")

    def introduced(self, phrase: str) -> int | None:
        """The number of the person named beside a whole description: «the head of the Trust, Jo Roe»; None if several
        are, or nobody is."""
        return self._beside(phrase, rf"(?:(?:the|an?|its) )?{re.escape(phrase)}")

    def _beside(self, phrase: str, pattern: str) -> int | None:
        """As _named_beside; what the article has once can be beside nobody else, if it has no other word for it."""
        if pattern not in self._by_phrase:
            least = 1 if phrase in lexicon.SAME_OFFICE else 2
            known = len(self._by_phrase) < _MOST_PHRASES and self._text.count(phrase.lower()) >= least
            self._by_phrase[pattern] = self._named_beside(pattern) if known and self._is_near(phrase.lower()) else None
        return self._by_phrase[pattern]

    def _is_near(self, phrase: str) -> bool:
        """Whether a phrase in small letters is near any name; to make a pattern of it takes longer than to see that."""
        text = self._parsed.text
        return any(
            phrase in text[max(mention.span.start - _BESIDE, 0):mention.span.end + _BESIDE].lower()
            for person in self._parsed.people for mention in person.mentions if mention.span)

    def _named_beside(self, pattern: str) -> int | None:
        """The number of the only person in apposition to what a pattern matches."""
        behind = re.compile(rf"\b{pattern},? (?:[A-Z][a-z]{{1,4}}\. )?\Z", re.IGNORECASE)
        ahead = re.compile(rf",? (?:who is )?{pattern}\b", re.IGNORECASE)
        text = self._parsed.text
        found = {
            number
            for number, person in enumerate(self._parsed.people)
            for mention in person.mentions
            if mention.span and (behind.search(text[max(mention.span.start - _BESIDE, 0):mention.span.start])
                                 or ahead.match(text, mention.span.end, mention.span.end + _BESIDE))
        }
        return found.pop() if len(found) == 1 else None

    def _last_named(self, number: int, span: Span) -> int:
        """Where a person is named last before a place in the text; -1 if nowhere."""
        return max(
            (
                mention.span.start
                for mention in self._parsed.people[number].mentions
                if mention.span and mention.span.start < span.start
            ),
            default=-1,
        )

    def of_age(self, words: list[str]) -> int | None:
        """«the 28-year-old» is the person introduced with that age: Jane Roe, 28, or 28-year-old Jane Roe."""
        age = re.match(r"(\d+)-year-old$", words[-1])
        if not age:
            return None
        for number, person in enumerate(self._parsed.people):
            for mention in person.mentions:
                if mention.span and (
                    re.match(rf",? \(?{age[1]}\b", self._parsed.text[mention.span.end:mention.span.end + 8])
                    or re.search(
                        rf"\b{age[1]}-year-old\b",
                        self._parsed.text[max(0, mention.span.start - 40):mention.span.start],
                    )
                ):
                    return number
        return None
