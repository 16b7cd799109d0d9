"""Turns: who has the word when a quotation follows a question.

«"Is it deep?" Roe asked. "Deep enough," Poe said. "How deep?" Roe asked. "Very."»
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.attribution.parsed_article import Paragraph, QuotationCandidate
from indexer.attribution.speakers import Speaker
from indexer.attribution.tokens import QUOTE
from indexer.language import lexicon

_ASKING = lexicon.all_forms("ask inquire query wonder demand")
_INDIRECT = frozenset("if whether how what why when where who which".split())
_QUESTION = 40  # tokens of an indirect question
_CLAUSE = 12    # tokens of the clause that says who asked
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


def awaiting(
    spoken: Sequence[tuple[QuotationCandidate, Speaker | None]], quoted: QuotationCandidate, paragraph: Paragraph,
    *, answered: bool,
) -> str:
    """The key of who has just spoken and leaves the word to somebody else, "" for nobody: of words without a clause of
    their own that follow a question («How deep?» Roe asked. «Very.»), and of a question between an answer and the next
    answer («Deep,» Poe said. «How deep?» «Very.»). answered: other words follow a quotation at once."""
    if quoted.continued or quoted.block or not spoken:
        return ""
    (last, speaker), before = spoken[-1], spoken[-2] if len(spoken) > 1 else None
    if speaker is None or last.paragraph != quoted.paragraph:
        return ""
    other = before is not None and before[1] is not None and before[1].key != speaker.key and _is_near(before[0], last)
    between = range(last.token + 1, quoted.token)
    if last.last == "?" and len(between) <= _CLAUSE:
        asked = any(paragraph.tokens.lower[at] in _ASKING for at in between)
        listens = any(relation == "listener" for cue in paragraph.cues_between(last.token, quoted.token)
                      for _, relation in cue.subjects)
        return speaker.key if not between and other or asked and (other or listens) else ""
    asks_again = quoted.last == "?" and answered and before is not None and before[0].last == "?"
    return speaker.key if asks_again and other else ""


def asking_before(paragraph: Paragraph, quoted: QuotationCandidate) -> int | None:
    """The number of the source that asked what words without a clause of their own answer: Roe asked Poe how deep it
    was. «Very.» None if the sentence before is no such question, or asks nobody."""
    tokens, at = paragraph.tokens, quoted.token
    if quoted.continued or quoted.last == "?" or at < 2 or tokens.words[at - 1] != ".":
        return None
    sentence = tokens.sentences[at - 1]
    for cue in paragraph.cues_between(at - _QUESTION, at):
        relations = {relation: number for number, relation in cue.subjects}
        plain = QUOTE not in tokens.words[cue.first:at - 1] and not _INDIRECT.isdisjoint(tokens.lower[cue.last:at])
        if tokens.sentences[cue.first] == sentence and tokens.lower[cue.first] in _ASKING and plain:
            return relations.get("subject") if "listener" in relations else None
    return None


def _is_near(earlier: QuotationCandidate, later: QuotationCandidate) -> bool:
    return 0 <= later.paragraph - earlier.paragraph < _NEAR and earlier.in_block == later.in_block
