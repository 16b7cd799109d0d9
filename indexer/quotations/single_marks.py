"""Single marks, as British papers print speech, told from apostrophes.

An apostrophe that begins a word ('90s, 'em) or is within one (o'clock) neither opens nor closes. One behind a word may
end a quotation or a plural (the dogs' bowls): the surest of the marks before the next opening one closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from indexer.models import Span
from indexer.quotations.marks import Mark, Pair

_OPENING = re.compile(r"(?<![^\s(\[{/—–\"“-])['‘](?=[\w\[(.…“\"$£€#@])")
_CLOSING = re.compile(r"(?<=[^\s(\[{/'’‘`´])['’](?![\w'’])")
_MARK = re.compile(f"(?P<opens>{_OPENING.pattern})|{_CLOSING.pattern}")

# Words that begin with an apostrophe for what they lost.
_CLIPPED = re.compile(r"""(?:
    \d\d(?:s|ers?)?(?![\d,.%:]*\d)
    | em | n | til | till | tis | tisn | twas | twasn | twere | twill | twould | twixt | cause | cos | coz | cuz | bout
    | round | neath | gainst | mongst | midst | fraid | nother | nuff | spose | scuse | cept | pon | hood | burbs | tude
    | s | d | ll | re | ve | m | t
)(?![\w])""", re.VERBOSE | re.IGNORECASE)
# Before the mark: a plural or a name in s, x, z; a dropped g; a clipped word; feet.
_PERHAPS_APOSTROPHE = re.compile(r"(?:[sSxXzZ]|[a-z]{2}in|(?<!\w)(?:o|th|ol|wi|an|lil|po)|\d)\Z", re.IGNORECASE)
_N = re.compile(r"(?<!\w)['’‘][nN]\Z")                   # rock 'n' roll
_POINTS = frozenset(".,!?…—–-")
_SENTENCE_ENDS = re.compile(r"(?<![A-Z])[.!?…]\s+[\"“'‘(]?[A-Z]")
_SPEECH_BEFORE = re.compile(r"(?:^|[.!?:,—–\"”’'] ?)\Z")

Sureness = Literal[1, 2, 3]


def single_pairs(text: str, line: Span) -> list[Pair]:
    """The pairs of single marks of a paragraph in order. A mark that opens the paragraph and is never closed is one
    without a closing mark; one that closes behind a point before any opens is one without an opening mark."""
    found: list[Pair] = []
    opening: Mark | None = None
    closing: list[Mark] = []
    for mark in _marks(text, line):
        if mark.role == "closes":
            closing.append(mark)
            continue
        found += _settled(text, line, opening, closing)
        opening, closing = mark, []
    return found + _settled(text, line, opening, closing)


def is_speech(text: str, pair: Pair) -> bool:
    """Whether a pair closes behind a point, as speech does."""
    return pair.closing is not None and _sureness(text, pair.closing) == 3


def is_sure(text: str, pair: Pair) -> bool:
    """Whether a pair is one beyond doubt, and not two apostrophes."""
    return pair.closing is not None and _sureness(text, pair.closing) > 1


def _marks(text: str, line: Span) -> Iterator[Mark]:
    """The single marks that open or close something, and those that begin a clipped word where nothing else can have
    opened what the next mark closes: 'Cause I said so,' she said."""
    waiting: Mark | None = None
    opened = False
    for match in _MARK.finditer(text, line.start, line.end):
        opens = match["opens"] is not None
        mark = Mark(match.start(), match.end(), match.group(), "opens" if opens else "closes")
        if opens and _CLIPPED.match(text, match.end(), line.end):
            if not opened and _SPEECH_BEFORE.search(text, max(line.start, mark.start - 2), mark.start):
                waiting = waiting or mark
            continue
        if not opens and _N.search(text, max(line.start, mark.start - 2), mark.start):
            continue
        if not opens and not opened and waiting and _sureness(text, mark) == 3:
            yield waiting
        if opens or _sureness(text, mark) > 1:
            waiting, opened = None, opens
        yield mark


def _settled(text: str, line: Span, opening: Mark | None, closing: Sequence[Mark]) -> list[Pair]:
    """What an opening mark and the closing ones before the next come to."""
    sure = [mark for mark in closing if _sureness(text, mark) == 3]
    if opening is None:
        return [Pair(None, sure[0])] if sure else []
    best = max(closing, key=lambda mark: _sureness(text, mark), default=None)       # the first of the surest
    if best is not None and _closes(text, opening, best):
        return [Pair(opening, best)]
    return [Pair(opening, None)] if opening.start == line.start else []


def _closes(text: str, opening: Mark, mark: Mark) -> bool:
    """Whether a mark closes what was opened: a plural's apostrophe may within the sentence only."""
    if mark.start <= opening.end:
        return False
    return _sureness(text, mark) > 1 or _SENTENCE_ENDS.search(text, opening.end, mark.start) is None


def _sureness(text: str, mark: Mark) -> Sureness:
    """How surely a mark behind words ends a quotation: 3 behind a point, 2 before one and behind most words, 1 where it
    is an apostrophe as well."""
    before = text[mark.start - 1]
    if before in _POINTS or before in "\"”" and text[mark.start - 2:mark.start - 1] in _POINTS:
        return 3
    if not _PERHAPS_APOSTROPHE.search(text, max(0, mark.start - 4), mark.start):
        return 2
    after = text[mark.end:mark.end + 1]
    return 2 if after in ("", "\n") or after in ".,;:!?)]—–" and before not in "0123456789" else 1
