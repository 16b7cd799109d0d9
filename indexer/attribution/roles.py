"""Who in an article bears a title or an age: the persons that "the mayor" and "the 28-year-old" mean."""

from __future__ import annotations

import re

from indexer.attribution.agreement import Agreement
from indexer.attribution.parsed_article import Reading
from indexer.language import lexicon
from indexer.models import Span


class Bearers:
    """The persons of one article by what it calls them."""

    def __init__(self, reading: Reading, agreement: Agreement) -> None:
        self._reading = reading
        self._agreement = agreement

    def called(self, noun: str, span: Span) -> int | None:
        """The person whose title or description holds a noun; of several, the one named last before."""
        if (
            noun in lexicon.ANYBODY
            or noun in lexicon.DOCUMENT_NOUNS | lexicon.ORGANISATION_NOUNS
            or noun not in lexicon.SPEAKING_NOUNS | lexicon.TITLES
        ):
            return None
        nouns = {noun} | lexicon.SAME_OFFICE.get(noun, frozenset())
        bearers = [
            number
            for number, person in enumerate(self._reading.people)
            if nouns & set(re.findall(r"[a-z-]+", (person.description or "").lower()))
            or nouns & self._agreement.title_words(number)
        ]
        if not bearers:
            return None
        return max(bearers, key=lambda number: self._last_named(number, span))

    def _last_named(self, number: int, span: Span) -> int:
        """Where a person is named last before a place in the text, -1 where not."""
        return max(
            (
                mention.span.start
                for mention in self._reading.people[number].mentions
                if mention.span and mention.span.start < span.start
            ),
            default=-1,
        )

    def aged(self, words: list[str]) -> int | None:
        """«the 28-year-old» is who was introduced with that age: Jane Roe, 28, or 28-year-old Jane Roe."""
        age = re.match(r"(\d+)-year-old$", words[-1])
        if not age:
            return None
        for number, person in enumerate(self._reading.people):
            for mention in person.mentions:
                if mention.span and (
                    re.match(rf",? \(?{age[1]}\b", self._reading.text[mention.span.end:mention.span.end + 8])
                    or re.search(
                        rf"\b{age[1]}-year-old\b",
                        self._reading.text[max(0, mention.span.start - 40):mention.span.start],
                    )
                ):
                    return number
        return None
