"""An article's text in pieces, cut wherever something begins or ends: links, people, quotations, matches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
    report: str                   # where a wrong attribution can be reported; "" if nowhere
    references: tuple[tuple[str, str], ...]   # names and addresses of files for reference managers
    correction: str = ""          # the line of people.toml that would correct it; "" if none would
    entry: str = ""               # the lines of corrections.toml that would correct it
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
    """The paragraphs of a text, which are its lines, without the empty ones."""
    found, start = [], 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            found.append(_passage(text, start, end, layers, notes))
        start = end + 1
    return found


def _passage(text: str, start: int, end: int, layers: Layers, notes: Mapping[str, Note]) -> Passage:
    quotations = _within(layers.quotations, start, end)
    runs = _runs(text, start, end, quotations, layers, notes)
    beginning = tuple(notes[each.value] for each in quotations if start <= each.start and each.value in notes)
    return Passage(_kind(layers.blocks, start, end), runs, _by_speaker(beginning))


def _by_speaker(notes: Iterable[Note]) -> tuple[Sayings, ...]:
    """The notes of each speaker together, in the place of the first of them."""
    together: dict[tuple[object, ...], list[Note]] = {}
    for note in notes:
        together.setdefault((note.speaker, note.slug, note.reported, note.not_said), []).append(note)
    return tuple(
        Sayings(each[0].speaker, each[0].slug, each[0].how, max((note.level for note in each), key=LEVELS.index),
                tuple(each)) for each in together.values())


def _runs(
    text: str, start: int, end: int, quotations: Sequence[Stretch], layers: Layers, notes: Mapping[str, Note],
) -> tuple[Run, ...]:
    groups = [_within(each, start, end) for each in (layers.links, layers.people, layers.matches, layers.styles)]
    edges = (edge for group in (*groups, quotations) for each in group for edge in (each.start, each.end))
    cuts = sorted({start, end}.union(edge for edge in edges if start < edge < end))
    cells = [(_saying(quotations, left), left, right) for left, right in zip(cuts, cuts[1:])]
    runs: list[Run] = []
    begun: set[str] = set()       # reported speech, which a quotation in it cuts in two
    begin = start                 # after the mark that closed the quotation before
    for quotation, cell in groupby(cells, key=lambda each: each[0]):
        stretches = [(max(left, begin), right) for _, left, right in cell if begin < right]
        pieces = tuple(_piece(text, left, right, groups) for left, right in stretches)
        if quotation is None:
            runs.append(Run("", pieces))
        elif stretches and is_reported(quotation.value):
            runs.append(Run(quotation.value, pieces, quotation.value not in begun, known=_is_known(quotation, notes)))
            begun.add(quotation.value)
        elif stretches:
            opens, closes = stretches[0][0] == quotation.start, stretches[-1][1] == quotation.end
            tail = _closing(text, quotation.end, end) if closes else ""
            begin = quotation.end + len(tail) if closes else begin
            runs.append(Run(quotation.value, pieces, opens, closes, _is_known(quotation, notes), tail))
    return tuple(runs)


def _saying(quotations: Sequence[Stretch], position: int) -> Stretch | None:
    """Whose words cover a position: of a quotation inside reported speech, the quotation."""
    told = [each for each in quotations if is_reported(each.value)]
    said = [each for each in quotations if not is_reported(each.value)]
    return _covering(said, position) or _covering(told, position)


def _is_known(quotation: Stretch, notes: Mapping[str, Note]) -> bool:
    return quotation.value not in notes or bool(notes[quotation.value].speaker)


def _closing(text: str, start: int, end: int) -> str:
    """The closing marks after a quotation, so that its number can follow them."""
    stop = start
    while stop < end and stop < start + 2 and text[stop] in "\"”’'»":
        stop += 1
    return text[start:stop]


def _piece(text: str, start: int, end: int, groups: Sequence[Sequence[Stretch]]) -> Piece:
    link, person, match, style = (_covering(group, start) for group in groups)
    return Piece(
        text[start:end],
        url=link.value if link else "",
        person=person.value if person and not link else "",
        match=match.value if match else 0,
        first=match is not None and match.start == start,
        style=style.value if style else "",
    )


def _within(stretches: Sequence[Stretch], start: int, end: int) -> list[Stretch]:
    """Those that cover any character of a paragraph."""
    return [each for each in stretches if each.start < end and start < each.end and each.start < each.end]


def _covering(stretches: Sequence[Stretch], position: int) -> Stretch | None:
    """The innermost of those that cover a position: the one that begins last."""
    covering = (each for each in stretches if each.start <= position < each.end)
    return max(covering, key=lambda each: each.start, default=None)


def _kind(blocks: Sequence[Stretch], start: int, end: int) -> str:
    """The kind of the innermost block that holds the whole paragraph."""
    holding = [each for each in blocks if each.start <= start and end <= each.end]
    return max(holding, key=lambda each: (each.start, -each.end)).value if holding else "paragraph"


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
