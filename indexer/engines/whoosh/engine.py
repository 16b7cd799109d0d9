"""The default engine: Whoosh holds terms, postings and documents; what they mean is decided here."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any
from weakref import finalize

from indexer.engines.whoosh.execution import Asked, Library
from indexer.engines.whoosh.index import Collection, gone_of, shards
from indexer.engines.whoosh.scoring import Scorer
from indexer.engines.whoosh.shard import KINDS
from indexer.engines.whoosh.writer import WhooshWriter
from indexer.errors import NotFound
from indexer.language import form_of
from indexer.query import EVERYTHING, Query, to_text
from indexer.search import (
    Directory, Document, FacetValue, Hit, Kind, Results, Sort, iso_day, matching, neighbours, respelt,
)

__all__ = ["WhooshEngine", "WhooshWriter"]

_OF_PEOPLE = ("speaker_id", "mentioned_id")
FEW_HITS = 5                       # so few hits may come of a misspelling


class WhooshEngine:
    """Implements indexer.engine.Engine over the folder of one build. Safe from many threads."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.build_id = self.folder.name
        found = shards(self.folder)
        self._collections = {kind: Collection(found, kind, gone_of(self.folder, kind)) for kind in KINDS}
        self._collections["quotation"].articles = self._collections["article"]
        self._library = Library(self._collections, {kind: Scorer(each) for kind, each in self._collections.items()})
        self._close = finalize(self, _close, tuple(self._collections.values()))   # also when the last user is gone
        people = self._collections["person"]
        self._directory = Directory(people.names, people.columns.quotations)
        self._called = {slug: people.names[number][0] for slug, number in people.columns.numbers.items()}
        # What stands now stays: the garbage collector need not look through it again, which on 20,000 articles
        # stopped every thread for 30 to 180 ms, several times a second under load.
        gc.collect()
        gc.freeze()

    def search(
        self,
        query: Query,
        *,
        kind: Kind = "article",
        filters: Query = EVERYTHING,
        sort: Sort = "relevance",
        page: int = 1,
        per_page: int = 20,
        facets: Sequence[str] = (),
        collapse: bool = True,
    ) -> Results:
        started = perf_counter()
        asked = Asked(self._library, kind, matching.meant(query), matching.meant(filters))
        ordered, scores = asked.ordered(sort)
        folded = asked.folded(ordered, collapse)
        shown = folded.page(page, per_page)
        partial: Sequence[int] = []
        if len(folded.leaders) < per_page and page == 1:
            partial, more = asked.incomplete(per_page - len(shown), collapse)
            scores = {**scores, **more}
        hits = [asked.hit(each, scores.get(each, 0.0), folded.duplicates(group))
                for each, group in zip(shown, asked.groups(shown))]
        hits += [asked.incomplete_hit(each, scores[each]) for each in partial]
        return Results(
            kind=kind,
            total=len(ordered),
            hits=tuple(hits),
            facets={name: self._facet(asked, name) for name in facets if name != "month"},
            histogram=asked.collection.columns.histogram(asked.documents) if "month" in facets else {},
            relaxed=bool(partial),
            suggestion=self._suggestion(asked) if len(ordered) < FEW_HITS and page == 1 else None,
            build=self.build_id,
            seconds=perf_counter() - started,
            distinct=len(folded.leaders),
        )

    def count(self, query: Query, *, kind: Kind, filters: Query = EVERYTHING) -> int:
        return len(Asked(self._library, kind, matching.meant(query), matching.meant(filters)).documents)

    def every(
        self, query: Query, *, kind: Kind, filters: Query = EVERYTHING, sort: Sort = "relevance"
    ) -> Iterator[Hit]:
        asked = Asked(self._library, kind, matching.meant(query), matching.meant(filters))
        ordered, scores = asked.ordered(sort)
        return (asked.bare_hit(each, scores.get(each, 0.0)) for each in ordered)

    def get(self, kind: Kind, id: str) -> Document:
        collection = self._collections[kind]
        for number in collection.numbered("id", id):
            return collection.document(number)
        raise NotFound(f"No {kind} “{id}” in this archive.")

    def quotations_of(self, article_id: str) -> Sequence[Document]:
        collection = self._collections["quotation"]
        own = map(collection.document, collection.numbered("article_id", article_id))
        return sorted(own, key=lambda document: int(document["start"]))

    def suggest(self, typed: str, limit: int = 8) -> Sequence[Document]:
        return [self._collections["person"].document(each) for each in self._directory.find(typed, limit)]

    def stats(self) -> Mapping[str, Any]:
        columns = self._collections["article"].columns
        dated = [columns.last[each] for each in columns.oldest_first[columns.undated:]]
        return {
            "articles": len(self._collections["article"]),
            "quotations": len(self._collections["quotation"]),
            "people": len(self._collections["person"]),
            "first": iso_day(dated[0]) if dated else "",
            "last": iso_day(dated[-1]) if dated else "",
            "bytes": sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file()),
        }

    def close(self) -> None:
        self._close()

    def _facet(self, asked: Asked, name: str) -> tuple[FacetValue, ...]:
        asked.deadline.check()
        columns = asked.collection.columns
        found = columns.most_frequent(name, asked.documents)
        stretches = columns.stretches(name, (value for value, _ in found), asked.dated)
        called = self._called if name in _OF_PEOPLE else {}
        return tuple(FacetValue(value, called.get(value, value), count, *stretches.get(value, ("", "")))
                     for value, count in found)

    def _suggestion(self, asked: Asked) -> str | None:
        """The query respelt, where that finds more than it does now."""
        other = respelt(asked.query, lambda word, field: self._better(asked, word, field))
        if other is None:
            return None
        found = len(Asked(self._library, asked.kind, other, asked.filters).documents)
        return to_text(other) if found > len(asked.documents) else None

    def _better(self, asked: Asked, word: str, field: str | None) -> str | None:
        """A word one letter away that is far more frequent; a word that the archive uses is left alone."""
        form = form_of(word)
        frequency = asked.frequency(form, field, self._directory.bearers)
        if frequency > FEW_HITS:
            return None
        best = max(neighbours(form), key=lambda each: asked.frequency(each, field, self._directory.bearers), default="")
        return best if best and asked.frequency(best, field, self._directory.bearers) > 4 * frequency + 1 else None


def _close(collections: Sequence[Collection]) -> None:
    for collection in collections:
        collection.close()
