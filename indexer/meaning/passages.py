"""An article is cut into the passages that have a vector: its opening with the headline, stretches of the story, and
its quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.models import Annotated, Article, Span

OPENING = 450                     # characters of the story that are encoded with the headline
STRETCH = 600                     # characters of each further passage, at most
STRETCHES = 400                   # further passages of one article, at most: a book in one file is not an article
LONGEST_QUOTATION = 600           # characters of a quotation that are encoded

_PARAGRAPH_END = re.compile(r"\n+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of an article and the text by which it is found. quotation: its number in the article, counted from
    1; 0 for a stretch of the story."""

    quotation: int
    span: Span
    text: str


def story_passages(article: Article) -> Iterator[Passage]:
    """The opening with the headline, then the rest of the story without overlap."""
    opening = _stretch(article.text, 0, OPENING)
    yield Passage(0, opening, f"{article.title}\n{opening.of(article.text)}".strip())
    start = opening.end
    for _ in range(STRETCHES):
        span = _stretch(article.text, start, STRETCH)
        if not span:
            return
        yield Passage(0, span, span.of(article.text))
        start = span.end


def quotation_passages(annotated: Annotated) -> Iterator[Passage]:
    """Every quotation, in the order of the text. Reported speech has no vectors: the story around it does."""
    for number, each in enumerate((each for each in annotated.quotations if not each.is_reported), 1):
        yield Passage(number, each.span, each.span.of(annotated.article.text)[:LONGEST_QUOTATION])


def _stretch(text: str, start: int, longest: int) -> Span:
    """From here on at most so many characters, to the end of a paragraph if that is not much shorter, else of a
    sentence, else of a word; without the white space around it."""
    while start < len(text) and text[start].isspace():
        start += 1
    end = start + longest
    if end < len(text):
        ends = (_last_end(kind, text, start + longest // 2, end) for kind in (_PARAGRAPH_END, _SENTENCE_END, _SPACE))
        end = next(filter(None, ends), end)
    return Span(start, start + len(text[start:end].rstrip()))


def _last_end(kind: re.Pattern[str], text: str, first: int, last: int) -> int:
    """Where the last end of that kind is between two places; 0 if there is none."""
    found = 0
    for match in kind.finditer(text, first, last):
        found = match.end()
    return found
