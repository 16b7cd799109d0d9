"""Frames: a cue with its verb group, its subject and its listener, as one stretch of tokens around which the words
that it reports are found."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.attribution import QUOTE, Cue, Paragraph, Source, Tokens
from indexer.language import lexicon
from indexer.reported import verbs
from indexer.reported.subjects import Part, subject_of

_BEHIND: tuple[Part, ...] = ("inverted", "according", "owner", "agent")     # sources behind their cue
_OBJECTS = frozenset({"him", "her", "them", "me", "us", "reporters", "you"})
DASHES = frozenset({"-", "—", "–"})
COMMAS = DASHES | {","}                                           # between which something may be set in
_APPOSITION_ENDS = COMMAS | {")", QUOTE}
_POINTS = frozenset({".", "!", "?", ":", ";", ","}) | DASHES      # with which a sentence or a paragraph ends
_MAX_APPOSITION = 16        # tokens of «according to Adeyemi, the head of the council,»
_SENTENCE = 120             # tokens of a sentence that are looked at on either side of a cue
_LOOKED_AT = 6_000          # tokens on one side for all cues of a paragraph together, that prose stays far below
_FEWEST = 20
_GROUP = 6                  # tokens of a verb group before its verb


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue in its sentence, as numbers of tokens. first..last is the cue with all that belongs to it on both sides;
    group is the first token of its verb group, listener the last one of whoever is told (the cue's last if nobody
    is), begin..end the sentence, without the point that ends it. relation is what source is to the cue."""

    cue: Cue
    first: int
    last: int
    group: int
    listener: int
    begin: int
    end: int
    source: Source | None
    relation: Part | None
    stem: str

    @property
    def inverted(self) -> bool:
        return self.relation == "inverted"


def frames_of(paragraph: Paragraph) -> Iterator[Frame]:
    """The frames of a paragraph's cues that can report a clause, in order."""
    tokens = paragraph.tokens
    reach = max(min(_SENTENCE, _LOOKED_AT // max(len(paragraph.cues), 1)), _FEWEST)
    for cue in paragraph.cues:
        stem = verbs.stem_of(tokens.lower[cue.first])
        if cue.strength in ("according", "noun") or stem in verbs.REPORTING and not _is_placed(paragraph, cue):
            yield _frame(paragraph, cue, stem, reach)


def _is_placed(paragraph: Paragraph, cue: Cue) -> bool:
    """Whether a participle that opens a sentence only says where somebody speaks: [writing] in the Post, Roe."""
    tokens, after = paragraph.tokens, cue.last + 1
    opens = cue.first == 0 or tokens.sentences[cue.first - 1] != tokens.sentences[cue.first]
    return cue.strength == "participle" and opens and tokens.lower[after:after + 1] in (["in"], ["for"], ["on"])


def _frame(paragraph: Paragraph, cue: Cue, stem: str, reach: int) -> Frame:
    """The frame of a cue, so many tokens on either side of it at most."""
    tokens = paragraph.tokens
    sentence = tokens.sentences[cue.first]
    begin = bisect_left(tokens.sentences, sentence, lo=max(cue.first - reach, 0))
    end = bisect_right(tokens.sentences, sentence, hi=min(cue.last + reach, len(tokens.words))) - 1
    while end > cue.last and tokens.words[end] in _POINTS:
        end -= 1
    verb = cue.strength not in ("according", "noun")
    group = _group(tokens, cue.first, begin) if verb else cue.first
    source, relation = subject_of(paragraph, cue, group, begin, end)
    first, last = group, cue.last
    if source is not None and relation != "main":
        first = min(first, max(_with_description(paragraph, source), begin))
        last = max(last, source.last) if relation in _BEHIND else last
    if relation in ("inverted", "according") and last > cue.last:
        last = _with_apposition(tokens, last, end)
    return Frame(cue, first, last, group, _listener(paragraph, cue, end), begin, end, source, relation, stem)


def _group(tokens: Tokens, verb: int, begin: int) -> int:
    """The first token of the verb group that ends with a verb: has never [said], went on to [say]."""
    at = verb
    while at > max(begin, verb - _GROUP) and (
        tokens.lower[at - 1] in lexicon.AUXILIARIES or lexicon.is_adverb(tokens.lower[at - 1])
        or tokens.lower[at - 1] == "to" and at == verb
    ):
        at -= 1
    return at


def _with_description(paragraph: Paragraph, source: Source) -> int:
    """The first token of a source with the description before its name: [the harbor's chief engineer], Jo Roe, said."""
    words, last = paragraph.tokens.words, source.first - 2
    if last < 0 or words[last + 1] != "," or words[source.last + 1:source.last + 2] != [","]:
        return source.first
    near = (paragraph.sources[number] for number in paragraph.sources_near(last, _MAX_APPOSITION))
    described = (each.first for each in near if each.last == last and each.inner and each.kind == "unnamed")
    return next(described, source.first)


def _with_apposition(tokens: Tokens, last: int, end: int) -> int:
    """The last token of what follows a name between commas, or up to the end: said Adeyemi, [the mayor of Calder]."""
    after = last + 1
    if after > end or tokens.words[after] not in (",", "(") or after + 1 > end:
        return last
    opening = tokens.lower[after + 1]
    if tokens.words[after] == "," and opening not in verbs.OPENS_APPOSITION:
        return last
    for ahead in range(after + 1, min(end, last + _MAX_APPOSITION) + 1):
        if tokens.words[ahead] in _APPOSITION_ENDS:
            return ahead - 1 if tokens.words[ahead] != ")" else ahead
    return end if end <= last + _MAX_APPOSITION else last


def _listener(paragraph: Paragraph, cue: Cue, end: int) -> int:
    """The last token of whoever is told: told [reporters], urged [the council]."""
    tokens = paragraph.tokens
    if tokens.lower[cue.first] not in lexicon.LISTENER_VERBS:
        return cue.last
    for number, relation in cue.subjects:
        if relation == "listener":
            return min(paragraph.sources[number].last, end)
    after = cue.last + 1
    return after if after <= end and tokens.lower[after] in _OBJECTS else cue.last
