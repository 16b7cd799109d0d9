"""An article's text in pieces, cut wherever something begins or ends: links, people, quotations, matches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from searchui.pages.stances import NotSaid

LEVELS = ("sure", "likely", "unsure")      # of models.Level, the surest first


class Stretch(NamedTuple):
    """The characters from start up to, but not including, end, and what they are."""

    start: int
    end: int
    value: Any


@dataclass(frozen=True, slots=True)
class Piece:
    """Text inside of which nothing begins or ends."""

    text: str
    url: str = ""                 # where it linked to
    person: str = ""              # slug of the person named
    match: int = 0                # number of the search's match; 0 is none
    first: bool = False           # the match begins here
    style: str = ""               # "bold" or "italic"


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces of one quotation or of reported speech, by its anchor ("q7", "r2"), or of none (""). opens: it begins
    here; closes: it ends here, and tail is its closing mark. known: its speaker is known."""

    anchor: str
    pieces: tuple[Piece, ...]
    opens: bool = False
    closes: bool = False
    known: bool = True
    tail: str = ""

    @property
    def reported(self) -> bool:
        return is_reported(self.anchor)

    @property
    def number(self) -> str:
        return number_of(self.anchor)


def is_reported(anchor: str) -> bool:
    """Whether an anchor is one of reported speech."""
    return anchor.startswith("r")


def number_of(anchor: str) -> str:
    """What a reader sees of an anchor: 7 of the quotation q7, r2 of reported speech."""
    return anchor.removeprefix("q")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph and the quotations that begin in it. kind: paragraph, heading, quotation, tweet or caption."""

    kind: str
    runs: tuple[Run, ...]
    notes: tuple[Sayings, ...]


@dataclass(frozen=True, slots=True)
class Excerpted:
    """Words of an excerpt. telling: they are what shows who speaks."""

    words: str
    telling: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Who says a quotation, or whose reported speech it is, and how that is known."""

    anchor: str
    speaker: str                  # "" if unknown
    slug: str                     # "" if not a person of the archive
    how: str                      # in a word or two
    why: str                      # in a sentence
    level: str                    # how far to trust it: sure, likely, unsure
    trust: str                    # the same in a sentence
    evidence: tuple[tuple[Excerpted, ...], ...]   # excerpts of the article
    form: str = ""                # where the keeper can correct it; "" unless this is the keeper's mode
    not_said: NotSaid | None = None
    cite_url: str = ""            # the page of the quotation

    @property
    def reported(self) -> bool:
        return is_reported(self.anchor)

    @property
    def number(self) -> str:
        return number_of(self.anchor)


@dataclass(frozen=True, slots=True)
class Sayings:
    """The quotations of one speaker that begin in a paragraph, or what it reports of one: one note in its margin."""

    speaker: str
    slug: str
    how: str                      # of the first
    level: str                    # of the least sure
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """Everything that may cover characters of the text, in the order of the starts."""

    links: Sequence[Stretch] = ()
    people: Sequence[Stretch] = ()
    quotations: Sequence[Stretch] = ()
    matches: Sequence[Stretch] = ()
    styles: Sequence[Stretch] = ()
    blocks: Sequence[Stretch] = ()


def passages(text: str, layers: Layers, notes: Mapping[str, Note]) -> list[Passage]:
    """The paragraphs of a text, which are its lines, without the empty ones. In time linear in the text and what covers
    it, but for a logarithm: both are read once, from the beginning to the end."""
    found, start, sweep = [], 0, _Sweep(text, layers, notes)
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            found.append(sweep.passage(start, end))
        start = end + 1
    return found


class _Sweep:
    """What covers the text where it is being read."""

    def __init__(self, text: str, layers: Layers, notes: Mapping[str, Note]) -> None:
        groups = (layers.links, layers.people, layers.matches, layers.styles)
        self._text, self._notes = text, notes
        self._groups = tuple(map(_Covers, groups))
        self._said = _Covers([each for each in layers.quotations if not is_reported(each.value)])
        self._reported = _Covers([each for each in layers.quotations if is_reported(each.value)])
        self._blocks = _Covers(layers.blocks)
        self._quotations = [each for each in layers.quotations if each.start < each.end]
        self._starts = [each.start for each in self._quotations]
        self._edges = sorted({edge for group in (*groups, layers.quotations) for each in group
                              if each.start < each.end for edge in (each.start, each.end)})

    def passage(self, start: int, end: int) -> Passage:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        beginning = tuple(self._notes[each.value] for each in self._quotations[first:last]
                          if each.value in self._notes)
        block = self._blocks.innermost(start, end)
        return Passage(block.value if block else "paragraph", self._runs(start, end), _by_speaker(beginning))

    def _runs(self, start: int, end: int) -> tuple[Run, ...]:
        cuts = [start, *self._edges[bisect_right(self._edges, start):bisect_left(self._edges, end)], end]
        cells = [(self._saying(left), left, right) for left, right in zip(cuts, cuts[1:])]
        runs: list[Run] = []
        begun: set[str] = set()       # reported speech, which a quotation in it cuts in two
        begin = start                 # after the mark that closed the quotation before
        for quotation, cell in groupby(cells, key=lambda each: each[0]):
            stretches = [(max(left, begin), right) for _, left, right in cell if begin < right]
            pieces = tuple(self._piece(left, right) for left, right in stretches)
            if quotation is None:
                runs.append(Run("", pieces))
            elif stretches and is_reported(quotation.value):
                opens = quotation.value not in begun
                runs.append(Run(quotation.value, pieces, opens, known=self._is_known(quotation)))
                begun.add(quotation.value)
            elif stretches:
                opens, closes = stretches[0][0] == quotation.start, stretches[-1][1] == quotation.end
                tail = _closing(self._text, quotation.end, end) if closes else ""
                begin = quotation.end + len(tail) if closes else begin
                runs.append(Run(quotation.value, pieces, opens, closes, self._is_known(quotation), tail))
        return tuple(runs)

    def _saying(self, position: int) -> Stretch | None:
        """Whose words cover a position: of a quotation inside reported speech, the quotation."""
        said, reported = (each.innermost(position, position + 1) for each in (self._said, self._reported))
        return said or reported

    def _is_known(self, quotation: Stretch) -> bool:
        return quotation.value not in self._notes or bool(self._notes[quotation.value].speaker)

    def _piece(self, start: int, end: int) -> Piece:
        link, person, match, style = (group.innermost(start, start + 1) for group in self._groups)
        return Piece(
            self._text[start:end],
            url=link.value if link else "",
            person=person.value if person and not link else "",
            match=match.value if match else 0,
            first=match is not None and match.start == start,
            style=style.value if style else "",
        )


class _Covers:
    """Stretches of one kind, asked from the beginning of the text to its end which of them covers what."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._coming = deque(sorted(enumerate(stretches), key=lambda each: each[1].start))
        self._open: list[tuple[int, int, int, Stretch]] = []

    def innermost(self, start: int, end: int) -> Stretch | None:
        """Of those that cover all of this, the one that begins last; of several, the shortest. No later question may
        begin before this one."""
        while self._coming and self._coming[0][1].start <= start:
            number, stretch = self._coming.popleft()
            heappush(self._open, (-stretch.start, stretch.end, number, stretch))
        waiting: list[tuple[int, int, int, Stretch]] = []
        while self._open and self._open[0][1] < end:
            if self._open[0][1] > start:
                waiting.append(self._open[0])
            heappop(self._open)
        found = self._open[0][3] if self._open else None
        for each in waiting:
            heappush(self._open, each)
        return found


def _by_speaker(notes: Iterable[Note]) -> tuple[Sayings, ...]:
    """The notes of each speaker together, in the place of the first of them."""
    together: dict[tuple[object, ...], list[Note]] = {}
    for note in notes:
        together.setdefault((note.speaker, note.slug, note.reported, note.not_said), []).append(note)
    return tuple(
        Sayings(each[0].speaker, each[0].slug, each[0].how, max((note.level for note in each), key=LEVELS.index),
                tuple(each)) for each in together.values())


def _closing(text: str, start: int, end: int) -> str:
    """The closing marks after a quotation, so that its number can follow them."""
    stop = start
    while stop < end and stop < start + 2 and text[stop] in "\"”’'»":
        stop += 1
    return text[start:stop]


_AROUND = 60                     # characters shown on each side of the words that tell
_TOGETHER = 160                  # spans no further apart than this are shown in one excerpt


def evidence(text: str, spans: Iterable[Sequence[int] | None]) -> tuple[tuple[Excerpted, ...], ...]:
    """Excerpts of the article that hold these spans, each within its paragraph and cut between words."""
    excerpts: list[list[tuple[int, int]]] = []
    for start, end in sorted({(span[0], span[1]) for span in spans if span}):
        last = excerpts[-1][-1][1] if excerpts else -1
        if excerpts and last <= start <= last + _TOGETHER and "\n" not in text[last:start]:
            excerpts[-1].append((start, end))
        elif start >= last:
            excerpts.append([(start, end)])
    return tuple(_excerpt(text, each) for each in excerpts)


def _excerpt(text: str, spans: Sequence[tuple[int, int]]) -> tuple[Excerpted, ...]:
    start, end = spans[0][0], spans[-1][1]
    left = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    stop = text.find("\n", end)
    right = min(stop if stop >= 0 else len(text), end + _AROUND)
    shown = [Excerpted(_begun(text, left, start))]
    for (_, before), (at, to) in zip([(0, start), *spans], spans):
        shown += [Excerpted(text[before:at]), Excerpted(text[at:to], telling=True)]
    return tuple(each for each in (*shown, Excerpted(_ended(text, end, right))) if each.words)


def _begun(text: str, left: int, start: int) -> str:
    """The text before the words that tell, from its first whole word on."""
    words = text[left:start]
    return words if left == 0 or text[left - 1] == "\n" else "…" + words[words.find(" ") + 1:]


def _ended(text: str, end: int, right: int) -> str:
    """The text after them, up to its last whole word."""
    words = text[end:right]
    return words if right == len(text) or text[right] == "\n" else words[:words.rfind(" ") + 1].rstrip() + " …"


def marked(text: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """Escape, then mark: the only place at which markup is put around text of the archive."""
    parts, at = [], 0
    for start, end in sorted(marks):
        start, end = max(start, at), min(end, len(text))
        if start < end:
            parts += [escape(text[at:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
            at = end
    parts.append(escape(text[at:]))
    return Markup("").join(parts)
