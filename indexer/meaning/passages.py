"""An article is cut into the passages that are encoded: stretches of the story, each after the headline, which says
what it is about, and what is quoted beyond them. Vectors are of the opening as a whole, and of each sentence and each
quotation as it is read in its passage: somebody half remembers one sentence, seldom a whole stretch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.models import Annotated, Span

VERSION = 4                       # raised when the same article would be cut otherwise
OPENING = 450                     # characters of the story's first stretch, at most
STRETCH = 500                     # characters of each further one, at most
STRETCHES = 2                     # further ones: what a story is about is said early, and encoding takes long
SENTENCE = 40                     # characters that a sentence must have for a vector of its own: else it has its next's
QUOTED = 200                      # characters of a quotation farther on that are encoded

_PARAGRAPH_END = re.compile(r"\n+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class PassagePart:
    """A sentence, or a quotation by its number in the article, counted from 1, and where it is: in the text of the
    passage, and in that of the article. Its vector is that of its tokens as they are read in the passage, so it also
    says what the talk was about."""

    place: Span
    span: Span
    quotation: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that is read as a whole. span: the stretch of the article's text that its own vector stands for; None if
    it is only read for the sake of its parts."""

    text: str
    span: Span | None = None
    parts: tuple[PassagePart, ...] = ()


def passages_of(annotated: Annotated) -> Iterator[Passage]:
    """The passages of an article, the opening first. Every quotation is in exactly one of them; reported speech has no
    vectors of its own, the sentences that it is in do."""
    article = annotated.article
    quoted = [each.span for each in annotated.quotations if not each.is_reported]
    stretches = list(_stretches(article.text))
    home = [_home(span, stretches) for span in quoted]
    before = f"{article.title}\n" if article.title else ""
    for at, stretch in enumerate(stretches):
        shift = len(before) - stretch.start
        sentences = (PassagePart(_moved(each, stretch, shift), each) for each in _sentences(article.text, stretch))
        quotations = (PassagePart(_moved(each, stretch, shift), each, number)
                      for number, (each, place) in enumerate(zip(quoted, home), 1) if place == at)
        yield Passage(before + stretch.of(article.text), None if at else stretch, (*sentences, *quotations))
    for number, (each, place) in enumerate(zip(quoted, home), 1):
        if place is None:
            text = each.of(article.text)[:QUOTED]
            yield Passage(text, None, (PassagePart(Span(0, len(text)), each, number),))


def _sentences(text: str, stretch: Span) -> Iterator[Span]:
    """The sentences of a stretch, without overlap; short ones with those that follow them."""
    start = stretch.start
    ends = {match.end() for kind in (_SENTENCE_END, _PARAGRAPH_END)
            for match in kind.finditer(text, stretch.start, stretch.end)}
    for end in sorted(ends):
        if end - start >= SENTENCE and stretch.end - end >= SENTENCE:
            yield Span(start, start + len(text[start:end].rstrip()))
            start = end
    if start < stretch.end:
        yield Span(start, stretch.end)


def _stretches(text: str) -> Iterator[Span]:
    """The opening, then further stretches, without overlap."""
    opening = _stretch(text, 0, OPENING)
    yield opening
    start = opening.end
    for _ in range(STRETCHES):
        if not (span := _stretch(text, start, STRETCH)):
            return
        yield span
        start = span.end


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


def _home(quotation: Span, spans: Sequence[Span]) -> int | None:
    """The stretch that has most of a quotation; None if none has any of it."""
    shared = [min(quotation.end, span.end) - max(quotation.start, span.start) for span in spans]
    most = max(shared, default=0)
    return shared.index(most) if most > 0 else None


def _moved(part: Span, stretch: Span, shift: int) -> Span:
    """Where what of a part is in a stretch is in the text of its passage."""
    return Span(max(part.start, stretch.start) + shift, min(part.end, stretch.end) + shift)
