"""An article is cut into the passages that are encoded: its opening with the headline, further stretches of the story,
and what is quoted beyond them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.models import Annotated, Span

VERSION = 3                       # raised when the same article would be cut otherwise
OPENING = 450                     # characters of the story that are encoded with the headline, at most
STRETCH = 500                     # characters of each further passage, at most
STRETCHES = 1                     # further passages: what a story is about is said early, and encoding takes long
QUOTED = 200                      # characters of a quotation farther on that are encoded

_PARAGRAPH_END = re.compile(r"\n+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class QuotedPart:
    """A quotation by its number in the article, counted from 1, and where it is: in the text of the passage, and in
    that of the article. Its vector is that of its tokens as they are read in the passage, so it also says what the
    talk was about."""

    number: int
    place: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that is encoded as a whole. span: the stretch of the article's text that it stands for; None if it is only
    encoded for the sake of what it quotes."""

    text: str
    span: Span | None
    quotations: tuple[QuotedPart, ...] = ()


def passages_of(annotated: Annotated) -> Iterator[Passage]:
    """The passages of an article. Every quotation is in exactly one of them; reported speech has no vectors of its own,
    the story around it does."""
    article = annotated.article
    quoted = [each.span for each in annotated.quotations if not each.is_reported]
    spans = list(_stretches(article.text))
    home = [_home(span, spans) for span in quoted]
    for at, span in enumerate(spans):
        before = f"{article.title}\n" if at == 0 and article.title else ""
        shift = len(before) - span.start
        yield Passage(before + span.of(article.text), span, tuple(
            QuotedPart(number, _moved(each, span, shift), each)
            for number, (each, place) in enumerate(zip(quoted, home), 1) if place == at))
    for number, (each, place) in enumerate(zip(quoted, home), 1):
        if place is None:
            text = each.of(article.text)[:QUOTED]
            yield Passage(text, None, (QuotedPart(number, Span(0, len(text)), each),))


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


def _moved(quotation: Span, span: Span, shift: int) -> Span:
    """Where the part of a quotation that is in a stretch is in the text of its passage."""
    return Span(max(quotation.start, span.start) + shift, min(quotation.end, span.end) + shift)
