"""The marked stretches of an article in their context: which are side by side, how long the others are, which words
come back without marks. Surveyed once for an article, so that each stretch only looks it up."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.attribution.parsed_article import ParsedArticle, QuotationCandidate

ECHO_WORDS = 6          # longer stretches come back nowhere by chance
_WORD = re.compile(r"[^\W_]+(?:['’-]\w+)*")
_JOINING = frozenset({",", "and", "or", "&", "but", "as", "well"})


@dataclass(frozen=True, slots=True)
class ParagraphContext:
    """A paragraph around its stretches: the tokens where its cues end and begin, the words of its two longest
    stretches, whether the reporter speaks as I or we, and whether the paragraph asks or supposes."""

    cues_end: list[int]
    cues_start: list[int]
    longest: tuple[int, int]
    first_person: bool
    supposes: bool


class MarkedContext:
    """An article's marked stretches among each other and among its words."""

    def __init__(self, parsed: ParsedArticle) -> None:
        self.parsed = parsed
        self.stretches = [quoted for quoted in parsed.quotation_candidates if not quoted.block]
        self._place = {quoted.span.start: number for number, quoted in enumerate(self.stretches)}
        self._cores = [core_words(quoted.span.of(parsed.text)) for quoted in self.stretches]
        self._marked = Counter(self._cores)
        self._plain = self._plain_echoes()
        self._paragraphs: dict[int, ParagraphContext] = {}

    def words(self, quoted: QuotationCandidate) -> int:
        """How many words a stretch has."""
        return len(self._cores[self._place[quoted.span.start]])

    def echoes(self, quoted: QuotationCandidate) -> tuple[bool, bool]:
        """Whether the same few words occur elsewhere between marks, and whether they occur without any."""
        core = self._cores[self._place[quoted.span.start]]
        if len(core) > ECHO_WORDS:
            return False, False
        return self._marked[core] > 1, core in self._plain

    def joined(self, quoted: QuotationCandidate) -> Iterator[QuotationCandidate]:
        """The stretches next to one that only a comma or an "and" keeps apart from it."""
        number = self._place[quoted.span.start]
        for other in self.stretches[max(number - 1, 0):number] + self.stretches[number + 1:number + 2]:
            if other.paragraph == quoted.paragraph:
                low, high = sorted((other.token, quoted.token))
                between = self.parsed.paragraph(quoted.paragraph).tokens.lower[low + 1:high]
                if between and all(word in _JOINING for word in between):
                    yield other

    def paragraph_of(self, quoted: QuotationCandidate) -> ParagraphContext:
        """The paragraph of a stretch, surveyed when first asked for."""
        if quoted.paragraph not in self._paragraphs:
            self._paragraphs[quoted.paragraph] = self._survey(quoted)
        return self._paragraphs[quoted.paragraph]

    def longest_other(self, quoted: QuotationCandidate) -> int:
        """The words of the longest other stretch of the paragraph; 0 if there is none."""
        first, second = self.paragraph_of(quoted).longest
        return second if self.words(quoted) == first else first

    def _survey(self, quoted: QuotationCandidate) -> ParagraphContext:
        paragraph = self.parsed.paragraph(quoted.paragraph)
        lengths = sorted(self._lengths(quoted.paragraph, self._place[quoted.span.start]))[-2:]
        words = paragraph.tokens.lower
        cues = [cue for cue in paragraph.cues if cue.strength != "weak"]
        return ParagraphContext(
            cues_end=sorted(cue.last for cue in cues),
            cues_start=sorted(cue.first for cue in cues),
            longest=(lengths[-1], lengths[0] if len(lengths) > 1 else 0),
            first_person="i" in words or "we" in words,
            supposes="if" in words or "?" in words,
        )

    def _lengths(self, paragraph: int, at: int) -> Iterator[int]:
        """The lengths of a paragraph's stretches; at is the number of one of them."""
        first = at
        while first > 0 and self.stretches[first - 1].paragraph == paragraph:
            first -= 1
        while first < len(self.stretches) and self.stretches[first].paragraph == paragraph:
            yield len(self._cores[first])
            first += 1

    def _plain_echoes(self) -> set[tuple[str, ...]]:
        """Those of the short stretches' words that also occur outside of all marks."""
        wanted = {core for core in self._cores if 0 < len(core) <= ECHO_WORDS}
        firsts: dict[str, set[int]] = {}
        for core in wanted:
            firsts.setdefault(core[0], set()).add(len(core))
        found: set[tuple[str, ...]] = set()
        for piece in self._unmarked():
            words = core_words(piece) if firsts else ()
            begins = [position for position, word in enumerate(words) if word in firsts]
            found.update(words[position:position + length] for position in begins for length in firsts[words[position]])
        return found & wanted

    def _unmarked(self) -> Iterator[str]:
        at = 0
        for quoted in self.stretches:
            yield self.parsed.text[at:quoted.outer.start]
            at = quoted.outer.end
        yield self.parsed.text[at:]


def core_words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without its points."""
    return tuple(_WORD.findall(text.lower().replace("’", "'")))


def distance_back(places: Sequence[int], at: int) -> int | None:
    """How far the last of some ordered places is before one; None if there is none."""
    number = bisect_left(places, at)
    return at - places[number - 1] if number else None


def distance_ahead(places: Sequence[int], at: int) -> int | None:
    """How far the first of some ordered places is behind one; None if there is none."""
    number = bisect_right(places, at)
    return places[number] - at if number < len(places) else None
