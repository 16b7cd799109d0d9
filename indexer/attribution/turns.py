"""Turns: who has the word when a quotation follows a question.

«"Is it deep?" Roe asked. "Deep enough," Poe said. "How deep?" Roe asked. "Very."»
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.attribution.parsed_article import QuotationCandidate
from indexer.attribution.speakers import Speaker

_NEAR = 2       # paragraphs within which one turn answers another


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it may be, by the keys of speakers: who asked the question right before a quotation, and who had the
    word before that; "" for nobody."""

    asker: str = ""
    answerer: str = ""

    def features(self, key: str, cued: bool) -> Iterator[str]:
        """What the question says for a speaker; cued: a clause says who speaks."""
        if self.asker:
            role = "asker" if key == self.asker else "answerer" if key == self.answerer else "other"
            yield f"turn {role} {'cued' if cued else 'bare'}{' again' if self.answerer else ''}"


def turn_of(spoken: Sequence[tuple[QuotationCandidate, Speaker | None]], quoted: QuotationCandidate) -> Turn:
    """Whose turn a quotation may be, from those before it and their speakers."""
    if quoted.continued or quoted.block or not spoken:
        return Turn()
    question, asker = spoken[-1]
    if question.last != "?" or asker is None or not _is_near(question, quoted):
        return Turn()
    before = [speaker for earlier, speaker in spoken[-2:-1] if speaker and _is_near(earlier, question)]
    return Turn(asker.key, before[0].key if before and before[0].key != asker.key else "")


def _is_near(earlier: QuotationCandidate, later: QuotationCandidate) -> bool:
    return 0 <= later.paragraph - earlier.paragraph < _NEAR and earlier.in_block == later.in_block
