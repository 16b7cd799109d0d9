"""Recency: of which organisations an article spoke last before a quotation, and how.

A paper whose story an article retells stays in charge over sentences that do not name it again: «The Mercury has a
story on Roe. He lives above the ferry slip: "Gulls come to the window."»
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer.attribution.agreement import head_noun
from indexer.attribution.outlets import Outlets
from indexer.attribution.parsed_article import Paragraph, ParsedArticle, QuotationCandidate
from indexer.attribution.sources import Source
from indexer.attribution.speakers import Speaker
from indexer.attribution.subjects import NO_SPEAKERS
from indexer.language import lexicon

_LOOK_BACK = 6          # paragraphs before a quotation
_MOST = 60              # places of one paragraph, from the last back
_FROM = frozenset("via from over at in on by".split())
_DESCRIBED = lexicon.DOCUMENT_NOUNS | lexicon.ORGANISATION_NOUNS
_PUBLISHED = lexicon.DOCUMENT_NOUNS | lexicon.PAPER_NOUNS | {"interview", "profile", "feature", "piece", "reporter"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A place where an article speaks of an organisation: who that is, by its key too, of what kind, and in what role
    there."""

    speaker: Speaker
    key: str
    kind: str           # as Outlets.kind_of has it
    role: str           # says, hears, publishes, acts, from, named
    paragraph: int
    token: int


@dataclass(frozen=True, slots=True)
class Recent:
    """When an organisation was last spoken of before a quotation, and how many others of its kind were spoken of
    since."""

    last: Spoken
    rank: int


class Recency:
    """The organisations of one article in the order in which it speaks of them."""

    def __init__(
        self, parsed: ParsedArticle, outlets: Outlets, resolve: Callable[[Source, int], Speaker | None]
    ) -> None:
        self._parsed = parsed
        self._outlets = outlets
        self._resolve = resolve
        self._spoken: dict[int, tuple[Spoken, ...]] = {}
        self._first: frozenset[str] | None = None

    def before(self, quoted: QuotationCandidate) -> dict[str, Recent]:
        """Those spoken of before a quotation, by the key of the speaker, the last one first."""
        last: dict[str, Spoken] = {}
        for each in self._back_from(quoted):
            last.setdefault(each.key, each)
        ranks: dict[str, int] = {}
        found: dict[str, Recent] = {}
        for key, spoken in last.items():
            rank = ranks.get(spoken.kind, 0)
            ranks[spoken.kind] = rank + 1
            found[key] = Recent(spoken, rank)
        return found

    def opens(self, speaker: Speaker) -> bool:
        """Whether the article speaks of somebody in its first paragraph."""
        if self._first is None:
            self._first = frozenset(each.key for each in self._in(0))
        return speaker.key in self._first

    def _back_from(self, quoted: QuotationCandidate) -> Iterator[Spoken]:
        seen = 0
        for number in range(quoted.paragraph, -1, -1):
            if number != quoted.paragraph and not self._parsed.is_narrative(number):
                continue
            spoken = self._in(number)
            end = bisect_left(spoken, quoted.token, key=_token_of) if number == quoted.paragraph else len(spoken)
            yield from reversed(spoken[max(end - _MOST, 0):end])
            seen += 1
            if seen > _LOOK_BACK:
                return

    def _in(self, number: int) -> tuple[Spoken, ...]:
        """What a paragraph speaks of, in order."""
        if number not in self._spoken:
            read = self._parsed.paragraph(number)
            found = (self._of(read, number, index) for index in range(len(read.sources)))
            self._spoken[number] = tuple(filter(None, found))
        return self._spoken[number]

    def _of(self, read: Paragraph, number: int, index: int) -> Spoken | None:
        source = read.sources[index]
        described = source.kind == "unnamed" and head_noun(source.name) in _DESCRIBED
        if source.kind != "organisation" and not described:
            return None
        speaker = self._resolve(source, number)
        if speaker is None or speaker.kind != "organisation":
            return None
        kind, role = self._outlets.kind_of(speaker), _role(read, index)
        return Spoken(speaker, speaker.key, kind, role, number, source.first)


def _token_of(spoken: Spoken) -> int:
    return spoken.token


def _role(read: Paragraph, index: int) -> str:
    """What an organisation does where it is named."""
    source, words = read.sources[index], read.tokens.lower
    before = words[source.first - 1] if source.first else ""
    behind = words[source.last + 1:source.last + 5]
    relations = {relation for _, relation in read.cues_of[index]}
    if relations - NO_SPEAKERS:
        return "says"
    if "listener" in relations:
        return "hears"
    if behind[:1] in (["'s"], ["'"]) or _PUBLISHED & set(behind[:2]):
        return "publishes" if _PUBLISHED & set(behind) else "owns"
    if before in _FROM:
        return "from"
    opens = source.first == 0 or read.tokens.sentences[source.first - 1] != read.tokens.sentences[source.first]
    return "acts" if opens or behind[:1] and behind[0] in lexicon.AUXILIARIES else "named"
