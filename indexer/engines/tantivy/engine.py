"""The engine for large archives: Tantivy, compiled, holds terms, postings and columns on the disk; what they mean is
decided here. It needs little memory whatever the archive's size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import Any
from weakref import finalize

from indexer.engines.tantivy.execution import FACET_VALUES, Asked, Library, folded
from indexer.engines.tantivy.index import EVERYTHING as ALL, Collection, Found, check_format
from indexer.engines.tantivy.name_completion import suggested
from indexer.engines.tantivy.scoring import Scorer
from indexer.engines.tantivy.writer import KINDS, TantivyWriter
from indexer.errors import NotFound
from indexer.index_folder import size_of
from indexer.language import form_of
from indexer.query import EVERYTHING, Query, to_text
from indexer.search import Document, FacetValue, Hit, Kind, Results, Sort, matching, neighbours, respelt

__all__ = ["TantivyEngine", "TantivyWriter"]

_OF_PEOPLE = ("speaker_id", "mentioned_id")
FEW_HITS = 5                       # so few hits may come of a misspelling
NAMES_IN_MEMORY = 10_000


class TantivyEngine:
    """Implements indexer.engine.Engine over the folder of one build. Safe from many threads."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.build_id = self.folder.name
        check_format(self.folder)
        self._collections = {kind: Collection(self.folder, kind) for kind in KINDS}
        self._library = Library(self._collections, {kind: Scorer(each) for kind, each in self._collections.items()})
        self._close = finalize(self, _close, tuple(self._collections.values()))   # also when the last user is gone
        self._called = lru_cache(NAMES_IN_MEMORY)(_Names(self._collections["person"]))

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
        asked = self._asked(query, kind, filters)
        shown, distinct = _page(asked, sort, page, per_page, collapse)
        partial = asked.incomplete(per_page - len(shown), collapse) if distinct < per_page and page == 1 else []
        duplicates = asked.duplicates(shown) if collapse and distinct < asked.total else {}
        hits = [asked.hit(each, duplicates.get(each.group or 0, 0)) for each in shown]
        counted = asked.counted(facets)
        return Results(
            kind=kind,
            total=asked.total,
            hits=(*hits, *map(asked.incomplete_hit, partial)),
            facets={name: self._facet(name, counted.get(name, [])) for name in facets if name != "month"},
            histogram={each["key"]: each["doc_count"] for each in _by_key(counted.get("month", []))},
            relaxed=bool(partial),
            suggestion=self._suggestion(asked) if asked.total < FEW_HITS and page == 1 else None,
            build=self.build_id,
            seconds=perf_counter() - started,
            distinct=distinct,
        )

    def _asked(self, query: Query, kind: Kind, filters: Query) -> Asked:
        return Asked(self._library, kind, matching.meant(query), matching.meant(filters))

    def count(self, query: Query, *, kind: Kind, filters: Query = EVERYTHING) -> int:
        return self._asked(query, kind, filters).total

    def every(
        self, query: Query, *, kind: Kind, filters: Query = EVERYTHING, sort: Sort = "relevance"
    ) -> Iterator[Hit]:
        return self._asked(query, kind, filters).bare_hits(sort)

    def get(self, kind: Kind, id: str) -> Document:
        for document in self._collections[kind].identified("id", id, 1):
            return document
        raise NotFound(f"No {kind} “{id}” in this archive.")

    def quotations_of(self, article_id: str) -> Sequence[Document]:
        own = self._collections["quotation"].identified("article_id", article_id)
        return sorted(own, key=lambda document: int(document["start"]))

    def suggest(self, typed: str, limit: int = 8) -> Sequence[Document]:
        return suggested(self._collections["person"], typed, limit)

    def stats(self) -> Mapping[str, Any]:
        articles = self._collections["article"]
        days = articles.aggregated(ALL, {name: {name: {"field": "day_number"}} for name in ("min", "max")})
        return {
            "articles": len(articles),
            "quotations": len(self._collections["quotation"]),
            "people": len(self._collections["person"]),
            "first": _iso(days["min"]["value"]),
            "last": _iso(days["max"]["value"]),
            "bytes": size_of(self.folder),
        }

    def close(self) -> None:
        self._close()

    def _facet(self, name: str, counted: Sequence[Mapping[str, Any]]) -> tuple[FacetValue, ...]:
        frequent = sorted(counted, key=lambda each: (-each["doc_count"], each["key"]))[:FACET_VALUES]
        return tuple(
            FacetValue(each["key"], self._called(each["key"]) if name in _OF_PEOPLE else each["key"], each["doc_count"],
                       *(_iso(each[end]["value"]) if end in each else "" for end in ("first", "last")))
            for each in frequent
        )

    def _suggestion(self, asked: Asked) -> str | None:
        """The query respelt, where that finds more than it does now."""
        other = respelt(asked.query, lambda word, field: _better(asked, word, field))
        if other is None:
            return None
        return to_text(other) if Asked(self._library, asked.kind, other, asked.filters).total > asked.total else None


class _Names:
    """What people are called, by slug."""

    def __init__(self, people: Collection) -> None:
        self._people = people

    def __call__(self, slug: str) -> str:
        return next((str(person["name"]) for person in self._people.identified("id", slug, 1)), slug)


def _page(asked: Asked, sort: Sort, page: int, per_page: int, collapse: bool) -> tuple[list[Found], int]:
    """What one page shows, and how many hits there are after folding. The order is read only as far as needed."""
    wanted, most = page * per_page, page * per_page + 20
    while True:
        ordered = asked.ordered(sort, most)
        leaders = folded(ordered, collapse).leaders
        whole = len(ordered) >= asked.total
        if whole or len(leaders) >= wanted:
            distinct = len(leaders) if whole else asked.distinct() if collapse else asked.total
            return leaders[wanted - per_page:wanted], distinct
        most *= 2


def _better(asked: Asked, word: str, field: str | None) -> str | None:
    """A word one letter away that is far more frequent; a word that the archive uses is left alone."""
    form = form_of(word)
    frequency = asked.frequency(form, field)
    if frequency > FEW_HITS:
        return None
    best = max(neighbours(form), key=lambda each: asked.frequency(each, field), default="")
    return best if best and asked.frequency(best, field) > 4 * frequency + 1 else None


def _by_key(counted: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(counted, key=lambda each: str(each["key"]))


def _iso(day: float | None) -> str:
    """20120304 is 2012-03-04."""
    text = str(int(day)) if day else ""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if text else ""


def _close(collections: Sequence[Collection]) -> None:
    for collection in collections:
        collection.close()
