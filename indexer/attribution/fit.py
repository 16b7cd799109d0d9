"""Fit: what speaks for a speaker of a quotation, wherever the article names it: the words that are said, and what the
article has said of it so far."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.attribution.coreference import Coreference
from indexer.attribution.parsed_article import ParsedArticle, QuotationCandidate
from indexer.attribution.recency import Spoken
from indexer.attribution.speakers import Speaker
from indexer.attribution.wording import wording_features, wording_of

_FAR_RANK = 4           # of a tie, from which on it says little


class Fit:
    """How speakers fit one quotation. rank is that of the closest tie of anybody to it."""

    def __init__(self, parsed: ParsedArticle, coreference: Coreference, quoted: QuotationCandidate, rank: int) -> None:
        self._parsed = parsed
        self._coreference = coreference
        self._quoted = quoted
        self._text = quoted.span.of(parsed.text)
        self._named = parsed.named_in(quoted.outer)
        self._linked = bool(parsed.links_in(quoted.outer))
        self._cued = "cued" if rank == 0 else "near" if rank < _FAR_RANK else "bare"
        self._words = wording_of(self._text, block=quoted.block)
        self._known: dict[str, tuple[str, ...]] = {}
        self.recent = coreference.recency.before(quoted)

    def features(self, speaker: Speaker, place: str) -> tuple[str, ...]:
        """What is true of a speaker whom the article names in such a place."""
        key = speaker.key
        if key not in self._known:
            self._known[key] = tuple(self._of_speaker(speaker))
        return *self._known[key], f"{self._coreference.outlets.kind_of(speaker)} {place} {self._words.manner}"

    def nobody(self) -> Iterator[str]:
        """What speaks for no speaker at all."""
        return self._of_kind("nobody", None)

    def _of_kind(self, kind: str, sex: str | None) -> Iterator[str]:
        yield from wording_features(self._words, kind, sex)
        yield f"{kind} {self._words.manner} {self._cued}"
        if self._linked:
            yield f"{kind} words linked"

    def _of_speaker(self, speaker: Speaker) -> Iterator[str]:
        kind, person = self._coreference.outlets.kind_of(speaker), speaker.person
        yield from self._of_kind(kind, self._coreference.agreement.gender(person) if person >= 0 else None)
        yield f"spoke so far {min(self._coreference.quotations_of(speaker), 2)}"
        if person in self._named or speaker.kind == "organisation" and speaker.name in self._text:
            yield f"{kind} named inside"
        if person >= 0:
            yield f"person named {_several(len(self._parsed.people[person].mentions))}"
        elif speaker.kind == "organisation":
            yield from self._of_organisation(speaker, kind)

    def _of_organisation(self, speaker: Speaker, kind: str) -> Iterator[str]:
        yield f"{kind} named {_several(self._coreference.organisations.count(speaker.name))}"
        if speaker.name in self._parsed.title:
            yield f"{kind} in title"
        if self._coreference.recency.opens(speaker):
            yield f"{kind} opens {self._cued}"
        recent = self.recent.get(speaker.key)
        if recent is None:
            yield f"{kind} not yet"
            return
        last, rank = recent.last, f"{kind} recent {min(recent.rank, 2)}"
        yield f"{rank} {last.role} {self._words.manner}"
        yield f"{rank} {self._cued} {min(self._quoted.paragraph - last.paragraph, 3)}"
        yield f"{rank} {self._cued} {self._words.manner}"
        yield f"{rank} {self._cued} {self._since(last, speaker)}"

    def _since(self, last: Spoken, speaker: Speaker) -> str:
        """Whether somebody spoke since an organisation was last named, or it was itself who spoke last."""
        spoken = self._coreference.spoken
        if not spoken or (spoken[-1][0].paragraph, spoken[-1][0].token) < (last.paragraph, last.token):
            return "open"
        by = spoken[-1][1]
        return "own" if by is not None and by.key == speaker.key else "other"


def _several(count: int) -> str:
    return "1" if count < 2 else "2-3" if count < 4 else "4+"
