"""What an article does with its marks as a whole: how many there are, whose neighbours they are, which words
come back without them. Computed once for an article, so that each stretch looks it up."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from indexer.attribution.parsed_article import Paragraph, Quoted, Reading
from indexer.models import Span

ECHO_WORDS = 6          # longer stretches come back nowhere by chance
_WORD = re.compile(r"[^\W_]+(?:['’-]\w+)*")
_JOINING = frozenset({",", "and", "or", "&", "but", "as", "well"})


class Spans:
    """Stretches of a text, to be asked often which of them hold another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in self._spans]
        self._furthest = list(accumulate((span.end for span in self._spans), max))

    def hold(self, span: Span) -> bool:
        """Whether one of them holds the whole of a span."""
        number = bisect_right(self._starts, span.start)
        return number > 0 and self._furthest[number - 1] >= span.end

    def within(self, span: Span) -> Iterator[Span]:
        """Those that lie in a span."""
        for number in range(bisect_left(self._starts, span.start), bisect_right(self._starts, span.end)):
            if self._spans[number].end <= span.end:
                yield self._spans[number]


@dataclass(frozen=True, slots=True)
class Around:
    """The paragraph around a stretch: where its cues stand, how long its stretches are, whether the reporter
    speaks as I or we, and whether the paragraph asks or supposes."""

    cues_end: list[int]
    cues_start: list[int]
    longest: tuple[int, int]
    first_person: bool
    supposes: bool


class Surroundings:
    """An article's marked stretches among each other and among its words."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.stretches = [quoted for quoted in reading.quoted if not quoted.block]
        self.captions, self.bold, self.italic = Spans(reading.captions), Spans(reading.bold), Spans(reading.italic)
        self._place = {quoted.span.start: number for number, quoted in enumerate(self.stretches)}
        self._cores = [core_words(quoted.span.of(reading.text)) for quoted in self.stretches]
        self._marked = Counter(self._cores)
        self._plain = self._plain_echoes()
        self._around: dict[int, Around] = {}

    def words(self, quoted: Quoted) -> int:
        """How many words a stretch holds."""
        return len(self._cores[self._place[quoted.span.start]])

    def echoes(self, quoted: Quoted) -> tuple[bool, bool]:
        """Whether the same few words stand between marks elsewhere, and whether they do without any."""
        core = self._cores[self._place[quoted.span.start]]
        if len(core) > ECHO_WORDS:
            return False, False
        return self._marked[core] > 1, core in self._plain

    def joined(self, quoted: Quoted) -> Iterator[Quoted]:
        """The stretches next to one that only a comma or an "and" keeps apart from it."""
        number = self._place[quoted.span.start]
        for other in self.stretches[max(number - 1, 0):number] + self.stretches[number + 1:number + 2]:
            if other.paragraph == quoted.paragraph:
                low, high = sorted((other.token, quoted.token))
                between = self.reading.paragraph(quoted.paragraph).tokens.lower[low + 1:high]
                if between and all(word in _JOINING for word in between):
                    yield other

    def around(self, quoted: Quoted) -> Around:
        """The paragraph of a stretch."""
        if quoted.paragraph not in self._around:
            number = self._place[quoted.span.start]
            self._around[quoted.paragraph] = self._survey(self.reading.paragraph(quoted.paragraph), quoted.paragraph, number)
        return self._around[quoted.paragraph]

    def longest_other(self, quoted: Quoted) -> int:
        """The words of the longest other stretch of the paragraph; 0 where there is none."""
        first, second = self.around(quoted).longest
        return second if self.words(quoted) == first else first

    def _survey(self, paragraph: Paragraph, number: int, at: int) -> Around:
        lengths = sorted(self._lengths(number, at))[-2:]
        words = paragraph.tokens.lower
        cues = [cue for cue in paragraph.cues if cue.strength != "weak"]
        return Around(sorted(cue.last for cue in cues), sorted(cue.first for cue in cues),
                      (lengths[-1], lengths[0] if len(lengths) > 1 else 0),
                      "i" in words or "we" in words, "if" in words or "?" in words)

    def _lengths(self, paragraph: int, at: int) -> Iterator[int]:
        """The lengths of a paragraph's stretches, one of which has number at."""
        first = at
        while first > 0 and self.stretches[first - 1].paragraph == paragraph:
            first -= 1
        while first < len(self.stretches) and self.stretches[first].paragraph == paragraph:
            yield len(self._cores[first])
            first += 1

    def _plain_echoes(self) -> set[tuple[str, ...]]:
        """Those of the short stretches' words that also stand outside of all marks."""
        wanted = {core for core in self._cores if 0 < len(core) <= ECHO_WORDS}
        firsts: dict[str, set[int]] = {}
        for core in wanted:
            firsts.setdefault(core[0], set()).add(len(core))
        found: set[tuple[str, ...]] = set()
        for piece in self._unmarked():
            words = core_words(piece) if firsts else ()
            for position, word in enumerate(words):
                for length in firsts.get(word, ()):
                    if words[position:position + length] in wanted:
                        found.add(words[position:position + length])
        return found

    def _unmarked(self) -> Iterator[str]:
        at = 0
        for quoted in self.stretches:
            yield self.reading.text[at:quoted.outer.start]
            at = quoted.outer.end
        yield self.reading.text[at:]


def core_words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without its points."""
    return tuple(_WORD.findall(text.lower().replace("’", "'")))


def distance_back(places: Sequence[int], at: int) -> int | None:
    """How far the last of some ordered places stands before one."""
    number = bisect_left(places, at)
    return at - places[number - 1] if number else None


def distance_ahead(places: Sequence[int], at: int) -> int | None:
    """How far the first of some ordered places stands behind one."""
    number = bisect_right(places, at)
    return places[number] - at if number < len(places) else None


@lru_cache(maxsize=2)
def surroundings_of(reading: Reading) -> Surroundings:
    """The surroundings of the article that is being read; the last ones are kept."""
    return Surroundings(reading)
