"""How the cues of a paragraph tie its sources to a quotation: «Q, said Adeyemi», «Adeyemi said that Q».

A Tie is one cue between one source and the quotation. Its names as features are made here, for the model alone;
whatever the program itself decides, it decides by the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

from indexer.attribution.cues import Cue
from indexer.attribution.parsed_article import Paragraph, QuotationCandidate
from indexer.attribution.phrases import Source
from indexer.attribution.subjects import NO_SPEAKERS, Relation
from indexer.attribution.tokens import QUOTE, Tokens
from indexer.language import lexicon
from indexer.models import Span

# What a source is to a verb that says of the quotation beside it no more than that it speaks.
_PLAIN = frozenset({"subject", "inverted", "apposition", "according", "relative", "shared"})
UNTIED = 9              # the rank of a source that no cue ties to a quotation
SENTENCE = 120          # tokens that a sentence is taken to have at most
_LAST_RANK = 7          # features do not tell higher ranks apart
_LED = 14               # tokens of "… told reporters at City Hall on Thursday," that may lead to a quotation
_LINKING = frozenset(
    {",", ":", "-", "—", "–", "that", "how", "...", "…", "as", ".", "(", "the", "a", "an", "it", "just"}
)
_LISTENERS = frozenset({"him", "her", "them", "me", "us"})
_BREAKS = frozenset({QUOTE, ";", ":"})
_BEHIND = frozenset({",", "-", "—", "–", ".", "…", ")", "!", "?"})

# Where a cue and its subject are, seen from the quotation: behind or before it, with nothing between but points or
# linking words (next, led), within its sentence (same), in another (later, earlier), beyond other quotations (over),
# or on both sides of it (around). A clause that closes the quotation before (closed) need not introduce the next.
Place = Literal["behind-next", "behind-same", "behind-later", "behind-over",
                "before-next", "before-led", "before-same", "before-closed", "before-earlier", "before-over", "around"]


class Tie(NamedTuple):
    """A cue that ties a source to a quotation: what the source is to the cue, where the two are, in detail, and how
    closely they are tied (0 is closest)."""

    cue: Cue
    relation: Relation
    place: Place
    detail: str
    rank: int

    @property
    def makes_speaker(self) -> bool:
        """Whether the source does the talking here, rather than being talked to or about."""
        return self.relation not in NO_SPEAKERS

    @property
    def is_adjacent(self) -> bool:
        """Whether nothing of weight comes between the quotation and the cue with its source."""
        return self.place in ("behind-next", "before-next", "before-closed")


class Ties(NamedTuple):
    """What ties one source to a quotation: all its ties, the closest one that makes it the speaker, the rank of that,
    and the rank of the closest source of the same paragraph; ranks as far as features tell them apart."""

    all: tuple[Tie, ...]
    closest: Tie | None
    rank: int
    least: int

    @property
    def passes_on(self) -> bool:
        """Whether the source only reports another who speaks nearer to the words: [Roe] says that Poe told him, Q."""
        closest = self.closest
        return closest is not None and closest.place == "before-same" and closest.detail.endswith("framed")

    @property
    def speaks_next(self) -> bool:
        """Whether a verb of speech right before the words has the source for a subject: Poe told her, Q."""
        tie = self.closest
        return tie is not None and tie.rank == 0 and tie.place in ("before-next", "before-led") and (
            tie.cue.strength == "speech" and tie.relation in _PLAIN)

    @property
    def feature(self) -> str:
        """The rank among those of the paragraph."""
        return f"tied {self.rank} of {self.least}"


def ties_of(paragraph: Paragraph, quoted: QuotationCandidate, sources: Sequence[int]) -> list[Ties]:
    """What ties each source of a paragraph, given by number, to a quotation."""
    found = [[_tie(paragraph, quoted, number, cue, relation) for cue, relation in paragraph.cues_of[number]]
             for number in sources]
    closest = [_closest(ties) for ties in found]
    ranks = [min(tie.rank, _LAST_RANK) if tie else _LAST_RANK for tie in closest]
    least = min(ranks, default=_LAST_RANK)
    untied = Ties((), None, _LAST_RANK, least)      # as most sources are
    return [Ties(tuple(ties), tie, rank, least) if ties else untied
            for ties, tie, rank in zip(found, closest, ranks, strict=True)]


def _tie(paragraph: Paragraph, quoted: QuotationCandidate, number: int, cue: Cue, relation: Relation) -> Tie:
    """The tie between a source and a quotation that a cue makes. A paper that only reports the clause of the cue is
    tied less closely than the subject of it."""
    source = paragraph.sources[number]
    place, detail, rank = _place(paragraph, quoted, cue, source)
    return Tie(cue, relation, place, detail, rank + (relation == "above" and source.kind == "organisation"))


def _closest(ties: Sequence[Tie]) -> Tie | None:
    """The first of the closest ties that make a source the speaker; None if there is none worth the name."""
    closest, rank = None, UNTIED
    for tie in ties:
        if tie.rank < rank and tie.makes_speaker:
            closest, rank = tie, tie.rank
    return closest


def own_clauses(found: Iterable[tuple[str, Ties]]) -> Iterator[tuple[str, str]]:
    """The clauses that report nothing but a quotation, on each side the first, with the key of whoever speaks in it."""
    sides: dict[str, str] = {}
    for key, ties in found:
        tie = ties.closest
        if tie and tie.rank == 0 and tie.cue.strength in ("speech", "according") and tie.relation in _PLAIN:
            if tie.place != "behind-next" or tie.detail.startswith("ends"):
                sides.setdefault(tie.place, key)
    yield from sides.items()


def cue_span(paragraph: Paragraph, ties: Ties) -> Span | None:
    """Where the cue of the closest tie is in the text."""
    return paragraph.tokens.span(ties.closest.cue.first, ties.closest.cue.last) if ties.closest else None


@cache
def tie_names(kind: str, rank: int, least: int) -> tuple[str, str]:
    """How closely a source of some kind is tied to a quotation, by itself and beside the others of the paragraph."""
    return f"tied {rank} of {least}", f"{kind} tied {rank}"


def cue_features(paragraph: Paragraph, quoted: QuotationCandidate, source: Source, ties: Ties) -> list[str]:
    """The names of what ties a source to a quotation, each once."""
    if not ties.all:
        return ["no cue"]
    features: list[str] = []
    for tie in ties.all:
        relation, place = tie.relation, tie.place
        detailed = f"{place} {tie.detail}" if tie.detail else place
        features += [f"{relation} {tie.cue.strength} {detailed}", f"{relation} {place}",
                     f"{source.kind} {relation} {place}"]
        if place == "before-same":
            features.append(f"{place} {tie.detail.split()[-1]}")
        if place.startswith("before"):
            features.append(f"{relation} {detailed} {_depth(paragraph, tie.cue, source)}")
        features.append(f"{paragraph.tokens.lower[tie.cue.first]} {relation} {place}")
        if tie.rank == 0:
            features.append(f"{relation} {place} mark {quoted.last}")
    if ties.closest is None:
        features.append("no cue")
    return list(dict.fromkeys(features))


def _depth(paragraph: Paragraph, cue: Cue, source: Source) -> str:
    """Whether a cue is its sentence's first, or within what the first reports: police say [that he admitted]."""
    tokens = paragraph.tokens
    before = min(cue.first, source.first)
    earlier = [
        other
        for other in paragraph.cues_between(before - SENTENCE, before)
        if other.subjects
        and other.last < before
        and tokens.sentences[other.first] == tokens.sentences[cue.first]
        and other.strength in ("speech", "according")
    ]
    if not earlier:
        return "main"
    between = tokens.lower[earlier[-1].last + 1:source.first]
    return "reported" if "that" in between or not _BREAKS & set(between) else "second"


def _place(paragraph: Paragraph, quoted: QuotationCandidate, cue: Cue, source: Source) -> tuple[Place, str, int]:
    """Where a cue with its source is, seen from a quotation; the details; and a rank, the closer the lower."""
    tokens = paragraph.tokens
    first, last = min(cue.first, source.first), max(cue.last, source.last)
    if first > quoted.token:
        return _place_behind(tokens, quoted, first, last)
    if last < quoted.token:
        return _place_before(paragraph, quoted.token, cue, first, last)
    return "around", "", 3


def _place_behind(tokens: Tokens, quoted: QuotationCandidate, first: int, last: int) -> tuple[Place, str, int]:
    """«Q, said Adeyemi.» or «Q. Adeyemi said, Q»: what comes between, and whether the clause leads on to another."""
    at = quoted.token
    between = tokens.words[at + 1:first]
    quotes = between.count(QUOTE)
    if quotes:
        return "behind-over", f"{min(quotes, 3)}", 5 + quotes
    asks = quoted.last in ("?", "!") and not between    # «Q?» ends a sentence of its own, not the one that reports it
    same = asks or tokens.sentences[first] == tokens.sentences[at]
    if all(word in _BEHIND for word in between):
        ends = "leads-on" if _leads_to_quote(tokens, last) else "ends"
        return "behind-next", f"{ends} {'same' if same else 'new'}", 0
    if same:
        return "behind-same", "near" if len(between) < 6 else "far", 2
    return "behind-later", f"{min(tokens.sentences[first] - tokens.sentences[at], 3)}", 6


def _leads_to_quote(tokens: Tokens, last: int) -> bool:
    """Whether the words behind a clause introduce the next quotation."""
    for ahead in range(last + 1, min(last + 8, len(tokens.words))):
        if tokens.words[ahead] == QUOTE:
            return True
        if tokens.words[ahead] in (".", "!", "?", ";"):
            return False
    return False


def _place_before(paragraph: Paragraph, at: int, cue: Cue, first: int, last: int) -> tuple[Place, str, int]:
    """«Adeyemi said, Q», «Adeyemi praised their Q», «Adeyemi took the stand: Q»."""
    tokens = paragraph.tokens
    between = tokens.words[last + 1:at]
    quotes = between.count(QUOTE)
    colon = "colon" if between and between[-1] == ":" else "plain"
    if quotes:
        joined = all(word == QUOTE or word in (",", "and", "or", "&", "-", "—") for word in between)
        return "before-over", f"{'joined' if joined else min(quotes, 3)} {colon}", 3 + quotes
    away = sentence_of(tokens, at, introduced=colon == "colon") - tokens.sentences[last]
    if away == 1 and colon == "plain" and _closes(tokens, first):
        return "before-closed", "" if len(between) < 2 else "far", 1
    if away <= 1 and all(word.lower() in _LINKING for word in _behind_listener(paragraph, cue, last, between)):
        return "before-next", f"{colon} {min(away, 1)}", 0
    if away <= 0:
        way = _way(paragraph, cue, last, at)
        leads = between[-1] in (",", ":", "that", "to") and len(between) <= _LED
        if way == "clear" and leads and paragraph.subject_before(at) <= last:
            return "before-led", "to" if between[-1] == "to" else colon, 0
        size = "near" if len(between) < 5 else "middle" if len(between) < 12 else "far"
        return "before-same", f"{size} {colon} {way}", 1 if way in ("clear", "shared") else 2
    return "before-earlier", f"{min(away, 3)} {colon}", 4 + away


def _behind_listener(paragraph: Paragraph, cue: Cue, last: int, between: Sequence[str]) -> Sequence[str]:
    """The words between a cue and a quotation, without whom the cue says the words are told: told [her] "Q"."""
    listeners = (paragraph.sources[number] for number, relation in cue.subjects if relation == "listener")
    told = next((each.last - last for each in listeners if each.first == last + 1), 0)
    pronoun = between[:1] and between[0] in _LISTENERS and paragraph.tokens.lower[cue.last] in lexicon.LISTENER_VERBS
    return between[1 if pronoun else told:]


def _closes(tokens: Tokens, first: int) -> bool:
    """Whether a clause says who spoke the quotation right before it: «"Q," [Adeyemi said]. "…"»."""
    before = first - 1
    while before >= 0 and tokens.words[before] in _BEHIND:
        before -= 1
    return before >= 0 and tokens.words[before] == QUOTE and tokens.sentences[before] == tokens.sentences[first]


def _way(paragraph: Paragraph, cue: Cue, last: int, at: int) -> str:
    """Whether the way from a cue to the quotation is clear of other cues, or holds one with the same subject (shared),
    another who speaks (framed: the Post reports that [Adeyemi said]), or another of whom something else is said."""
    others = [
        other
        for other in paragraph.cues_between(last, at)
        if any(relation not in NO_SPEAKERS for _, relation in other.subjects)
    ]
    if not others:
        return "clear"
    own = {subject for subject, relation in cue.subjects if relation not in NO_SPEAKERS}
    if all({subject for subject, _ in other.subjects} & own for other in others):
        return "shared"
    return "framed" if any(map(_has_speaker, others)) else "crossed"


def _has_speaker(cue: Cue) -> bool:
    return cue.strength in ("speech", "according", "participle") and any(
        relation in _PLAIN or relation == "main" for _, relation in cue.subjects)


def sentence_of(tokens: Tokens, at: int, *, introduced: bool) -> int:
    """The number of a token's sentence. A block, whose token is behind the last one, follows the last sentence, or
    belongs to it if it is introduced by it."""
    if at < len(tokens.sentences):
        return tokens.sentences[at]
    return (tokens.sentences or [0])[-1] + (0 if introduced else 1)
