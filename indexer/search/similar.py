"""Documents like one: more stories like an article, and others who said nearly what a quotation says.

Where the index knows what its documents mean, the nearest in meaning. Else those that have many of the same words:
articles that contain enough of the rare words of its headline and opening, quotations with nearly the same words in
the same order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic

from indexer.language import forms
from indexer.query import EVERYTHING, Exact, Not, Query, Words, all_of, any_of
from indexer.search import matching
from indexer.search.analysis import STOP_WORDS, stem
from indexer.search.engine import Document, Kind, Similar
from indexer.search.forms import VERBATIM
from indexer.search.fusion import PARTS
from indexer.search.likeness import Meaning
from indexer.search.searcher import EngineQuery, RankedDocument, Searcher
from indexer.search.shingles import near_duplicates

# Cosines from which on two documents are called alike.
LEAST: Mapping[Kind, float] = {"article": 0.5, "quotation": 0.6}
COMPARED = 60                     # of the nearest documents, from which duplicates and the like are left out
OPENING = 600                     # characters of a story that say what it is about, when words are compared
CHOSEN = 12                       # words of those by which others like it are found


@dataclass(frozen=True, slots=True)
class SimilarSearch(Generic[EngineQuery]):
    """What is like one document, among those of its kind."""

    searcher: Searcher[EngineQuery]
    document: Document
    meaning: Meaning | None

    def found(self, most: int) -> Sequence[Similar]:
        """As engine.Engine.similar says."""
        if self._kind not in PARTS:
            return ()
        near = self.meaning.like(self.document["id"], PARTS[self._kind], COMPARED) if self.meaning else ()
        if near:
            least = LEAST[self._kind]
            found = self._by_meaning({each.id: each.likeness for each in near if each.likeness >= least})
        else:
            found = self._by_words()
        return tuple(islice(_distinct(found), most))

    @property
    def _kind(self) -> Kind:
        kind: Kind = self.document["kind"]
        return kind

    def _by_meaning(self, likeness: Mapping[str, float]) -> list[Similar]:
        among = any_of(Exact(id, "id") for id in likeness)
        if among is None:
            return []
        others = self.searcher.matching(all_of((among, Not(self._own), self._sought)))
        found = self.searcher.answer(others, EVERYTHING, "newest", len(likeness)).found
        alike = [Similar(document, min(1.0, likeness[document["id"]]), True) for document in self._documents(found)]
        return sorted(alike, key=lambda each: -each.likeness)

    def _by_words(self) -> list[Similar]:
        rarity = self._words()
        if len(rarity) < 2:
            return []
        sought, own = self.searcher.matching(self._sought), self.searcher.matching(self._own)
        found = self.searcher.containing_enough(list(map(Words, rarity)), sought, own, COMPARED)[:COMPARED]
        documents = self._documents(found)
        if self._kind == "article":
            possible = sum(rarity.values())
            return [Similar(document, min(1.0, each.score / possible), False)
                    for each, document in zip(found, documents)]
        of = {each["id"]: each for each in documents}
        alike = near_duplicates(self.document["said"], ((id, each["said"]) for id, each in of.items()))
        return [Similar(of[each.id], each.shared, False) for each in alike]

    @property
    def _sought(self) -> Query:
        """What is sought: of quotations, the speakers' own words."""
        return VERBATIM if self._kind == "quotation" else EVERYTHING

    @property
    def _own(self) -> Query:
        """What is not sought: the document itself, what is printed nearly the same, and what else its speaker said."""
        fields = ["group"] if self._kind == "article" else ["group", "article_id", "speaker_id"]
        same = (Exact(self.document[field], field) for field in fields if self.document[field])
        return any_of((Exact(self.document["id"], "id"), *same)) or EVERYTHING

    def _words(self) -> Mapping[str, float]:
        """The words that say most of what the document is about, each with its rarity: they are rare or are there
        often, and others contain them, too."""
        text = (self.document["said"] if self._kind == "quotation"
                else f"{self.document['title']} {self.document['text'][:OPENING]}")
        words = Counter(word for word in forms(text) if word not in STOP_WORDS)
        containing = self.searcher.frequencies((word, None) for word in words)
        own = Counter(form for field in matching.fields(None, self._kind)
                      for form in set(forms(" ".join(matching.values(self.document, field)))))
        shared = [word for word in words if containing[word, None] > own[word]]
        rarity = self.searcher.rarity([stem(word) for word in shared])
        telling = sorted(shared, key=lambda word: -words[word] * rarity(stem(word)))[:CHOSEN]
        return {word: rarity(stem(word)) for word in telling}

    def _documents(self, found: Sequence[RankedDocument]) -> list[Document]:
        return list(self.searcher.documents(found))


def _distinct(found: Sequence[Similar]) -> Iterator[Similar]:
    """Of near-duplicates the first."""
    seen: set[str] = set()
    for each in found:
        group = each.document["group"]
        if group not in seen:
            yield each
        seen |= {group} - {""}
