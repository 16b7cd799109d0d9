"""Who in an article has a title or an age: the persons whom "the mayor" and "the 28-year-old" mean."""

from __future__ import annotations

import re

from indexer.attribution.agreement import Agreement
from indexer.attribution.parsed_article import ParsedArticle
from indexer.language import lexicon
from indexer.models import Span


class Roles:
    """The persons of one article by what it calls them."""

    def __init__(self, parsed: ParsedArticle, agreement: Agreement) -> None:
        self._parsed = parsed
        self._agreement = agreement

    def holder(self, noun: str, span: Span) -> int | None:
        """The number of the person whose title or description contains a noun; of several, of the one named last before
        the span."""
        if (
            noun in lexicon.ANYBODY
            or noun in lexicon.DOCUMENT_NOUNS | lexicon.ORGANISATION_NOUNS
            or noun not in lexicon.SPEAKING_NOUNS | lexicon.TITLES
        ):
            return None
        nouns = {noun} | lexicon.SAME_OFFICE.get(noun, frozenset())
        holders = [
            number
            for number, person in enumerate(self._parsed.people)
            if nouns & set(re.findall(r"[a-z-]+", (person.description or "").lower()))
            or nouns & self._agreement.title_words(number)
        ]
        if not holders:
            return None
        return max(holders, key=lambda number: self._last_named(number, span))

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
