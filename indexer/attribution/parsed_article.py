"""An article parsed for attribution: paragraphs with their sources and cues, and what in them may be a quotation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.attribution.clauses import clause_subjects
from indexer.attribution.cues import Cue, find_cues
from indexer.attribution.phrases import Source
from indexer.attribution.sources import find_sources
from indexer.attribution.spans import Spans
from indexer.attribution.subjects import NO_SPEAKERS, Relation
from indexer.attribution.tokens import Tokens, read_paragraph
from indexer.models import Article, Link, Person, Span
from indexer.quotations import BlockQuotation, MarkedSpan, find_marked_spans, paragraphs, quoted_blocks

_NEAREST = 64           # sources: a paragraph of prose has fewer
_CANDIDATES = 8_000     # sources for all quotations of an article together, that prose stays far below
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A parsed paragraph: its tokens, sources and cues."""

    line: Span
    tokens: Tokens
    sources: list[Source]
    cues: list[Cue]
    cues_of: list[list[tuple[Cue, Relation]]]  # for each source, its cues and what it is to each
    people: list[int]  # the first tokens of the persons named
    reporters: frozenset[int]  # the sources, by number, that speak by some cue
    source_firsts: list[int]  # the first tokens of the sources, and those of the cues
    cue_firsts: list[int]

    def people_between(self, first: int, last: int) -> int:
        """How many persons are named behind one token and before another."""
        return max(bisect_left(self.people, last) - bisect_right(self.people, first), 0)

    def cues_between(self, first: int, last: int) -> list[Cue]:
        """The cues that begin behind one token and before another, in order."""
        start = bisect_right(self.cue_firsts, first)
        return self.cues[start:bisect_left(self.cue_firsts, last, lo=start)]

    def subject_before(self, token: int) -> int:
        """The first token of the last subject of a clause before a token, in its sentence; -1 if there is none."""
        last = min(token, len(self.tokens.words) - 1)       # a block comes behind the last token
        number = next(clause_subjects(self.tokens, last, self.sources), None)
        return -1 if number is None else self.sources[number].first

    def sources_near(self, token: int, reach: int, most: int | None = None) -> range:
        """The numbers of the sources that begin within so many tokens of one; of more than most, half before it and
        half behind it."""
        first = bisect_left(self.source_firsts, token - reach)
        last = bisect_right(self.source_firsts, token + reach)
        if most is not None and last - first > most:
            here = bisect_left(self.source_firsts, token)
            first, last = max(first, here - most // 2), min(last, here + most // 2)
        return range(first, last)


def _start_of(link: Link) -> int:
    return link.span.start


def _start_of_block(block: BlockQuotation) -> int:
    return block.outer.start


@dataclass(frozen=True, slots=True)
class QuotationCandidate:
    """What may be a quotation: a marked stretch or a block, with the paragraph and the token that it is. A block is
    read as if it were the last token of the paragraph before it (-1 if there is none)."""

    span: Span
    outer: Span  # with the marks
    paragraph: int
    token: int
    block: bool = False
    credit: Span | None = None  # the name in the credit line of a block
    closed: bool = True
    continued: bool = False  # the paragraph before broke off inside the same quotation
    continues: bool = False
    in_block: bool = False
    last: str = ""  # the point it ends with, if any; behind a comma a cue is likely


class ParsedArticle:
    """An article parsed for attribution; paragraphs are parsed when first asked for."""

    def __init__(self, article: Article, people: Sequence[Person]) -> None:
        self.text = article.text
        self.title = article.title
        self.author = article.author
        self.people = people
        self.lines = list(paragraphs(article.text))
        self.blocks = quoted_blocks(article.text, article.blocks)
        self.captions = Spans(block.span for block in article.blocks if block.kind == "caption")
        self.bold = Spans(block.span for block in article.blocks if block.kind in ("bold", "heading"))
        self.italic = Spans(block.span for block in article.blocks if block.kind == "italic")
        self.set_apart = [block.span for block in article.blocks if block.kind not in ("bold", "italic")]
        self._links = sorted(article.links, key=_start_of)
        self._link_starts = [link.span.start for link in self._links]
        self._marked = find_marked_spans(article.text)
        self._named = sorted(
            (mention.span.start, mention.span.end, number)
            for number, person in enumerate(people)
            for mention in person.mentions
            if mention.span
        )
        self._parsed: dict[int, Paragraph] = {}
        self._marked_in = self._marked_by_line()
        self._block_lines = frozenset(number for number, line in enumerate(self.lines) if self._in_block(line))
        self._lines_outside = [number for number in range(len(self.lines)) if number not in self._block_lines]
        self.quotation_candidates = self._find_quotation_candidates()
        self.most_sources = _most_sources(len(self.quotation_candidates))

    def paragraph(self, number: int) -> Paragraph:
        """A paragraph's tokens, sources and cues."""
        if number not in self._parsed:
            self._parsed[number] = self._parse(number)
        return self._parsed[number]

    def _parse(self, number: int) -> Paragraph:
        line = self.lines[number]
        tokens = read_paragraph(self.text, line, self._marked_in[number])
        first = bisect_left(self._named, (line.start, 0, 0))
        named = self._named[first:bisect_left(self._named, (line.end, 0, 0), lo=first)]
        sources = find_sources(tokens, self.text, named)
        cues = find_cues(tokens, sources)
        cues_of: list[list[tuple[Cue, Relation]]] = [[] for _ in sources]
        for cue in cues:
            for subject, relation in cue.subjects:
                cues_of[subject].append((cue, relation))
        people = [source.first for source in sources if source.kind == "person" and not source.inner]
        reporters = frozenset(
            subject for cue in cues for subject, relation in cue.subjects if relation not in NO_SPEAKERS)
        return Paragraph(
            line, tokens, sources, cues, cues_of=cues_of, people=people, reporters=reporters,
            source_firsts=[source.first for source in sources], cue_firsts=[cue.first for cue in cues])

    def links_in(self, span: Span) -> list[Link]:
        """The links that overlap a span."""
        first = bisect_left(self._link_starts, span.start)
        first -= bool(first and self._links[first - 1].span.overlaps(span))
        last = bisect_left(self._link_starts, span.end, lo=first)
        return [link for link in self._links[first:last] if link.span.overlaps(span)]

    def named_in(self, span: Span) -> frozenset[int]:
        """The numbers of the persons named within a span."""
        first = bisect_left(self._named, (span.start, 0, 0))
        last = bisect_left(self._named, (span.end, 0, 0), lo=first)
        return frozenset(number for _, end, number in self._named[first:last] if end <= span.end)

    def is_narrative(self, number: int) -> bool:
        """Whether a paragraph is the reporter's own: in no block quotation and no caption."""
        return number not in self._block_lines and not self.captions.contains(self.lines[number])

    def _in_block(self, line: Span) -> bool:
        return any(line in block.outer or block.outer in line for block in self._blocks_near(line))

    def _marked_by_line(self) -> list[list[tuple[int, MarkedSpan]]]:
        of_line: list[list[tuple[int, MarkedSpan]]] = [[] for _ in self.lines]
        line = 0
        for number, stretch in enumerate(self._marked):
            while self.lines[line].end < stretch.span.end:
                line += 1
            of_line[line].append((number, stretch))
        return of_line

    def _find_quotation_candidates(self) -> list[QuotationCandidate]:
        """Marked stretches and blocks in the order of the text, a block before what it contains."""
        found = [candidate for number in range(len(self.lines)) for candidate in self._stretches_in(number)]
        found += [self._block(number) for number in range(len(self.blocks))]
        return sorted(found, key=lambda candidate: (candidate.outer.start, -candidate.outer.end))

    def _stretches_in(self, line: int) -> list[QuotationCandidate]:
        marks = [(index, stretch) for index, stretch in self._marked_in[line] if not self._wraps_block(stretch)]
        if not marks:
            return []
        tokens = {index: token for token, index in enumerate(self.paragraph(line).tokens.quotes)}
        return [self._stretch(line, index, stretch, tokens[index]) for index, stretch in marks]

    def _wraps_block(self, stretch: MarkedSpan) -> bool:
        """Whether marks only repeat what the block says already: that these words are quoted."""
        first = stretch.outer.start
        runs_on = not stretch.closed and self.text[max(first - 1, 0):first] in ("", "\n")
        return any(
            first <= block.span.start + 1
            and block.span.end <= stretch.outer.end + 1
            or (runs_on and stretch.span in block.outer)
            for block in self._blocks_near(stretch.outer)
        )

    def _stretch(self, line: int, index: int, stretch: MarkedSpan, token: int) -> QuotationCandidate:
        before = self._marked[index - 1] if index else None
        starts_line = stretch.outer.start == self.lines[line].start
        return QuotationCandidate(
            stretch.span,
            stretch.outer,
            line,
            token,
            closed=stretch.closed,
            continued=bool(before and before.continues and starts_line),
            continues=stretch.continues,
            in_block=line in self._block_lines,
            last=_last_point(self.text, stretch),
        )

    def _block(self, number: int) -> QuotationCandidate:
        block = self.blocks[number]
        before = bisect_right(self._lines_outside, block.outer.start, key=self._end_of) - 1
        lead = self._lines_outside[before] if before >= 0 else -1
        token = len(self.paragraph(lead).tokens.words) if lead >= 0 else 0
        return QuotationCandidate(block.span, block.outer, lead, token, block=True, credit=block.credit)

    def _end_of(self, number: int) -> int:
        return self.lines[number].end

    def _blocks_near(self, span: Span) -> Sequence[BlockQuotation]:
        """The blocks that may overlap a span; blocks are in order."""
        first = bisect_right(self.blocks, span.start, key=_start_of_block) - 1
        return self.blocks[max(first, 0):bisect_right(self.blocks, span.end, lo=max(first, 0), key=_start_of_block)]


def _most_sources(quotations: int) -> int:
    """How many sources of one paragraph are looked at for each quotation, at most: the fewer the more quotations there
    are, so that the time for all of them is bounded."""
    return min(_NEAREST, max(_FEWEST, _CANDIDATES // max(quotations, 1)))


def _last_point(text: str, stretch: MarkedSpan) -> str:
    """The point at the end of a stretch, inside the marks or right behind them."""
    inside = text[stretch.span.end - 1]
    behind = text[stretch.outer.end:stretch.outer.end + 1]
    return inside if inside in ".,!?-—…" else behind if behind in (",", ".") else ""
