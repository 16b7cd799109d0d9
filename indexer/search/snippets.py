"""The passage of a text that answers a query, and the stretches of it that matched."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile
from math import fsum

from indexer.language import ABBREVIATIONS, SUFFIXES, form_of, words
from indexer.models import Span
from indexer.query import Near, Phrase, Prefix, Query, Words, words_of
from indexer.search.analysis import compounds_with, forms, forms_of, name_forms, stem, written
from indexer.search.engine import Snippet
from indexer.search.matching import stretches
from indexer.search.spellings import spelt

LONGEST_PASSAGE = 260              # characters
LONGEST_QUOTATION = 600
PASSAGES = 2
MARKS = 40                         # stretches that matched in one passage, at most
_TELLING = 5                       # letters at its beginning, at most, by which a word is looked for
KNOWN = 10_000                     # stretches between blanks that are remembered
LOOKED_AT = 100_000                # characters of a text in which passages are looked for

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|\n+")
# What is before a point that ends no sentence: a title, a month, a letter of a name or of a country.
_SHORT = (ABBREVIATIONS - SUFFIXES) | frozenset("jan feb mar apr jun jul aug sep sept oct nov dec vs ave blvd".split())
_APART = r"[^\sA-Za-z]*"            # what may be between two letters of a word
_LETTERS = re.compile(r"[A-HJ-Z]|[A-Z](?:\.[A-Z])+")
_BEFORE_POINT = re.compile(r"(?<![\w.])[\w.]{1,8}$")


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch that matched, and what it matched: equal keys are the same word."""

    span: Span
    key: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to mark in a text: words by stem and by form, beginnings, and runs of stems. by_form: in names, whose words
    are not stemmed."""

    stems: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    runs: tuple[tuple[str, ...], ...] = ()
    nears: tuple[tuple[tuple[str, ...], int], ...] = ()
    by_form: bool = False
    known: dict[str, list[Match]] = field(default_factory=dict, repr=False, compare=False)     # in single

    def marks(self, form: str) -> bool:
        """Whether a word is marked by itself, whatever is beside it."""
        return (form in self.exact or (bool(self.prefixes) and form.startswith(self.prefixes))
                or self.key(form) in self.stems)

    def key(self, form: str) -> str:
        """What is equal for words that match the same."""
        return form if self.by_form else stem(form)

    def words(self, text: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
        """The words of a text, each with its forms."""
        for word in (words if self.by_form else written)(text):
            yield Span(*word.span()), (form_of(word.group()),) if self.by_form else forms_of(word.group())

    def single(self, text: str) -> Iterator[Match]:
        """The words of a text that are marked by themselves."""
        known = self.known                       # articles have the same words often
        if len(known) > KNOWN:
            known.clear()
        for start, stretch in _where(text, (*self.stems, *self.exact, *self.prefixes)):
            if stretch not in known:
                known[stretch] = list(self._marked_in(stretch))
            for each in known[stretch]:
                yield Match(Span(start + each.span.start, start + each.span.end), each.key)

    def _marked_in(self, stretch: str) -> Iterator[Match]:
        for span, own in self.words(stretch):
            if marked := [form for form in own if self.marks(form)]:
                yield Match(span, self.key(marked[-1]))

    def together(self, text: str) -> bool:
        """Whether a text has all the words of a run, or of those that are to be near. Most have not, and to put all
        the words of a text in order takes long."""
        sought = [*map(frozenset, self.runs), *(frozenset(words) for words, _ in self.nears)]
        stretches = {stretch for _, stretch in _where(text, frozenset().union(*sought))}
        had = {self.key(form) for each in stretches for _, forms in self.words(each) for form in forms}
        return any(words <= had for words in sought)


def _where(text: str, starts: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Those stretches between two blanks, with their places, in which there can be a word with one of these stems, or
    that begins so. No word holds a blank: nothing else of the text need be read."""
    hints = _hints(frozenset(map(_beginning, starts)))
    end = 0
    for hint in hints.finditer(text) if hints else ():
        if hint.start() >= end:
            start = text.rfind(" ", 0, hint.start()) + 1
            end = text.find(" ", hint.end())
            end = end if end >= 0 else len(text)
            yield start, text[start:end]


def _beginning(stem: str) -> str:
    """What a word that has this stem begins with: all but the last letter is in it (happi, happy), but of a stem of
    three the first alone (die, dying)."""
    return stem[:min(len(stem) - 1, _TELLING) if len(stem) > 3 else 1]


@lru_cache(100)
def _hints(starts: frozenset[str]) -> re.Pattern[str] | None:
    """Finds where a word can be whose form, or stem, begins so; None if nothing is sought. A word of plain letters and
    figures is its own form and its stem begins like it, so that it can only be where no letter precedes, or in a
    compound; signs may come between its letters (U.S., wi-fi); words with other letters, and figures with letters
    (2nd), are all found. The pattern begins with all the characters that any of it can begin with: only so does it pass
    over the others at once."""
    if not starts:
        return None
    sought = sorted(filter(None, starts | compounds_with(starts)))
    first = re.escape("".join({letter for each in sought for letter in each[0].lower() + each[0].upper()}))
    ways = "|".join(_APART.join((f"(?<={re.escape(each[0])})", *map(re.escape, each[1:]))) for each in sought)
    return re.compile(rf"[{first}0-9\x80-\U0010ffff](?:(?<![A-Za-z].)(?i:{ways})|(?<=[0-9])[A-Za-z]"
                      r"|(?<=[^\W_A-Za-z0-9]))")


def wanted(query: Query, fields: Sequence[str], by_form: bool = False) -> Wanted:
    """What of a query may be marked in these fields. by_form: they hold names."""
    forms_in = name_forms if by_form else forms
    stems: set[str] = set()
    exact: set[str] = set()
    prefixes, runs, nears = [], [], []
    for part in words_of(spelt(query)):
        if part.field is not None and part.field not in fields:
            continue
        found = forms_in(part.text)
        stemmed = tuple(found) if by_form else tuple(map(stem, found))
        match part:
            case Prefix():
                prefixes.append("".join(found))
            case Near():
                nears.append((stemmed, part.distance))
            case Phrase() if len(found) == 1:
                exact.add(found[0])
            case Words() if len(found) == 1:
                stems.add(stemmed[0])
            case _:
                runs.append(stemmed)
    return Wanted(frozenset(stems), frozenset(exact), tuple(filter(None, prefixes)), tuple(runs), tuple(nears),
                  by_form)


def matches(text: str, want: Wanted) -> list[Match]:
    """The stretches of a text that match, in their order and without overlap."""
    hits = list(want.single(text))
    if want.together(text):
        counted = [(span, form) for span, forms in want.words(text) for form in forms if form]
        spans = [span for span, _ in counted]
        keys = [want.key(form) for _, form in counted]
        hits.extend(_runs(spans, keys, want.runs))
        hits.extend(_nears(spans, keys, want.nears))
    return _without_overlap(hits)


def _runs(spans: Sequence[Span], keys: Sequence[str], runs: Sequence[tuple[str, ...]]) -> list[Match]:
    return [
        Match(Span(spans[at].start, spans[at + len(run) - 1].end), " ".join(run))
        for run in runs
        for at in range(len(keys) - len(run) + 1)
        if keys[at] == run[0] and tuple(keys[at:at + len(run)]) == run
    ]


def _nears(spans: Sequence[Span], keys: Sequence[str], nears: Sequence[tuple[tuple[str, ...], int]]) -> list[Match]:
    hits: list[Match] = []
    for wanted_words, distance in nears:
        places: dict[str, list[int]] = {word: [] for word in wanted_words}
        for at, key in enumerate(keys):
            if key in places:
                places[key].append(at)
        for first, last in stretches(wanted_words, places.__getitem__, distance):
            hits.extend(Match(spans[at], keys[at]) for at in range(first, last + 1) if keys[at] in places)
    return hits


def _without_overlap(hits: list[Match]) -> list[Match]:
    """Of stretches that overlap, the longest; a phrase swallows its words."""
    kept: list[Match] = []
    for hit in sorted(hits, key=lambda hit: (hit.span.start, -hit.span.end)):
        if not kept or hit.span.start >= kept[-1].span.end:
            kept.append(hit)
    return kept


def marked(text: str, want: Wanted) -> Snippet:
    """The whole text with its marks."""
    return Snippet(text, tuple(hit.span for hit in matches(text, want)))


def quotation(text: str, want: Wanted) -> Snippet:
    """The whole quotation; one that is very long is cut to the sentences around what matched."""
    if len(text) <= LONGEST_QUOTATION:
        return marked(text, want)
    return passages(text, want, longest=LONGEST_QUOTATION, most=1)[0]


def passages(
    text: str,
    want: Wanted,
    rarity: Callable[[str], float] = lambda key: 1.0,
    longest: int = LONGEST_PASSAGE,
    most: int = PASSAGES,
) -> tuple[Snippet, ...]:
    """The passages that contain most of what matched, the rarer words first; the opening if nothing did. A further
    passage must show a word that those before it do not."""
    text = text[:LOOKED_AT]
    hits = matches(text, want)
    sentences = _sentences(text)
    if not sentences:
        return (Snippet(""),)
    if not hits:
        opening = _grown(sentences, 0, longest)
        return (_cut(text, Span(opening.start, min(opening.end, opening.start + longest))),)
    possible = list(_possible_passages(sentences, hits, longest))
    chosen: list[_Passage] = []
    seen: set[str] = set()
    while len(chosen) < most:
        best = max(possible, key=lambda each: each.worth(seen, rarity), default=None)
        if not (best and best.worth(seen, rarity)) or any(best.span.overlaps(other.span) for other in chosen):
            break
        chosen.append(best)
        seen.update(best.keys)
    chosen.sort(key=lambda passage: passage.span.start)
    return tuple(_cut(text, each.span, each.inside) for each in chosen)


def stretch(text: str, span: Span, longest: int = LONGEST_PASSAGE) -> Snippet:
    """A stretch of a text as a passage, unmarked; of a long one the beginning."""
    return _cut(text, Span(span.start, min(span.end, span.start + longest)))


def sentences_around(text: str, span: Span, within: Span) -> Span:
    """The whole sentences in which a span lies, as far as they are in a stretch of the text around it."""
    found = (Span(within.start + each.start, within.start + each.end) for each in _sentences(within.of(text)))
    touched = [each for each in found if each.overlaps(span)]
    return Span(touched[0].start, touched[-1].end) if touched else span


def _sentences(text: str) -> list[Span]:
    """The sentences of a text, without the white space around them."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text) if not _is_short(text, match)]
    spans = []
    for start, end in zip([0, *ends], [*ends, len(text)]):
        stretch = text[start:end]
        lead = len(stretch) - len(stretch.lstrip())
        if stretch.strip():
            spans.append(Span(start + lead, start + len(stretch.rstrip())))
    return spans


def _is_short(text: str, end: re.Match[str]) -> bool:
    """Whether what looks like the end of a sentence is the point of an abbreviation."""
    at = end.start()
    word = _BEFORE_POINT.search(text, max(0, at - 9), at) if end.group().rstrip() == "." else None
    return word is not None and (word.group().lower() in _SHORT or _LETTERS.fullmatch(word.group()) is not None)


def _grown(sentences: Sequence[Span], first: int, longest: int) -> Span:
    """A passage that opens with this sentence and goes on with the next ones while there is room."""
    end = sentences[first].end
    for sentence in sentences[first + 1:]:
        if sentence.end - sentences[first].start > longest:
            break
        end = sentence.end
    return Span(sentences[first].start, end)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch that may be shown, and what matched in it: keys tells the words apart."""

    span: Span
    inside: Sequence[Match]
    keys: Sequence[str]

    def worth(self, seen: Collection[str], rarity: Callable[[str], float]) -> float:
        """What it shows that has not been seen; 0 if that is nothing. Equal words are worth the same in any order."""
        new = fsum(rarity(key) for key in self.keys if key not in seen)
        return new + 0.01 * len(self.inside) if new else 0.0


def _possible_passages(sentences: Sequence[Span], hits: Sequence[Match], longest: int) -> Iterator[_Passage]:
    """The passages that open with each sentence in which something matched."""
    at = 0
    for first, sentence in enumerate(sentences):
        while at < len(hits) and hits[at].span.start < sentence.start:
            at += 1
        if at == len(hits):
            return
        if hits[at].span.start >= sentence.end:
            continue
        span = _narrowed(_grown(sentences, first, longest), hits[at].span, longest)
        near = takewhile(lambda hit: hit.span.start < span.end, hits[at:at + MARKS])
        inside = [hit for hit in near if hit.span in span]
        yield _Passage(span, inside, tuple(dict.fromkeys(hit.key for hit in inside)))


def _narrowed(span: Span, hit: Span, longest: int) -> Span:
    """A sentence longer than a passage is cut around the first stretch that matched."""
    if len(span) <= longest:
        return span
    start = max(span.start, min(hit.start - longest // 3, span.end - longest))
    return Span(start, min(span.end, max(start + longest, hit.end)))


def _cut(text: str, span: Span, inside: Sequence[Match] = ()) -> Snippet:
    """The passage as a snippet. It is cut between words, and dots show that a sentence was cut."""
    start, end = _between_words(text, span, inside)
    opening = "… " if _goes_on(text[:start].rstrip(" ")[-1:]) else ""
    closing = " …" if _goes_on(text[end - 1:end]) and text[end:].lstrip(" ")[:1] not in ("", "\n") else ""
    shift = len(opening) - start
    marks = tuple(Span(hit.span.start + shift, hit.span.end + shift) for hit in inside
                  if start <= hit.span.start and hit.span.end <= end)
    return Snippet(opening + text[start:end] + closing, marks)


def _between_words(text: str, span: Span, inside: Sequence[Match]) -> tuple[int, int]:
    """The ends of a passage, moved inwards to the nearest space, but not over what matched."""
    start, end = span.start, span.end
    first, last = (inside[0].span.start, inside[-1].span.end) if inside else (end, start)
    if start and text[start - 1].isalnum() and text[start].isalnum():
        start = text.find(" ", start, first) + 1 or start
    if end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        space = text.rfind(" ", last, end)
        end = space if space > start else end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _goes_on(before: str) -> bool:
    """Whether a sentence goes on after this character."""
    return before.isalnum() or before in (",", ";", ":", "—", "–", "-")
