"""The engine for archives over many machines: an OpenSearch cluster holds terms, postings and documents; what they mean
is decided here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import Any
from weakref import finalize

from indexer.engines.opensearch.execution import Asked, folded
from indexer.engines.opensearch.index import EVERYTHING as ALL, Answer, Collection, Found, Index
from indexer.engines.opensearch.mapping import KINDS
from indexer.engines.opensearch.name_completion import suggested
from indexer.engines.opensearch.writer import OpenSearchWriter
from indexer.errors import NotFound
from indexer.language import form_of
from indexer.query import EVERYTHING, Query, to_text, words_of
from indexer.search import LONGEST, SHORTEST, Document, FacetValue, Hit, Kind, Results, Sort, matching, respelt

__all__ = ["OpenSearchEngine", "OpenSearchWriter"]

_OF_PEOPLE = ("speaker_id", "mentioned_id")
FACET_VALUES = 100                 # the most frequent values of a facet that are given
FEW_HITS = 5                       # so few hits may come of a misspelling
NAMES_IN_MEMORY = 10_000
NEIGHBOURS = 50                    # words a letter away that are looked at in each field


class OpenSearchEngine:
    """Implements indexer.engine.Engine over the index that the folder of a build names. Safe from many threads."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.build_id = self.folder.name
        self._index = Index(self.folder)
        self._collections = {kind: Collection(self._index, kind) for kind in KINDS}
        self._names = _Names(self._collections["person"])
        self._close = finalize(self, self._index.close)       # also when the last user is gone

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
        answer, shown, distinct = _page(asked, sort, page, per_page, facets, collapse)
        partial = asked.incomplete(answer, per_page - len(shown), collapse) if distinct < per_page and page == 1 else []
        duplicates = asked.duplicates(shown) if collapse and distinct < answer.total else {}
        counted = {name: found["buckets"] for name, found in answer.counted.items() if name in facets}
        return Results(
            kind=kind,
            total=answer.total,
            hits=(*asked.shown(shown, duplicates), *asked.shown_incomplete(partial)),
            facets={name: self._facet(name, counted.get(name, ())) for name in facets if name != "month"},
            histogram={each["key"]: each["doc_count"] for each in _by_key(counted.get("month", ())) if each["key"]},
            relaxed=bool(partial),
            suggestion=self._suggestion(asked, answer.total) if answer.total < FEW_HITS and page == 1 else None,
            build=self.build_id,
            seconds=perf_counter() - started,
            distinct=distinct,
        )

    def _asked(self, query: Query, kind: Kind, filters: Query) -> Asked:
        return Asked(self._collections[kind], matching.meant(query), matching.meant(filters))

    def count(self, query: Query, *, kind: Kind, filters: Query = EVERYTHING) -> int:
        return self._asked(query, kind, filters).count()

    def every(
        self, query: Query, *, kind: Kind, filters: Query = EVERYTHING, sort: Sort = "relevance"
    ) -> Iterator[Hit]:
        return self._asked(query, kind, filters).bare_hits(sort)

    def get(self, kind: Kind, id: str) -> Document:
        found = self._collections[kind].named([id])[0]
        if found is None:
            raise NotFound(f"No {kind} “{id}” in this archive.")
        return found

    def quotations_of(self, article_id: str) -> Sequence[Document]:
        own = self._collections["quotation"].of_article(article_id)
        return sorted(own, key=lambda document: int(document["start"]))

    def suggest(self, typed: str, limit: int = 8) -> Sequence[Document]:
        return suggested(self._collections["person"], typed, limit)

    def stats(self) -> Mapping[str, Any]:
        articles = self._collections["article"]
        days = articles.counted(ALL, {name: {name: {"field": "day"}} for name in ("min", "max")})
        return {
            "articles": len(articles),
            "quotations": len(self._collections["quotation"]),
            "people": len(self._collections["person"]),
            "first": _iso(days["min"]["value"]),
            "last": _iso(days["max"]["value"]),
            "bytes": self._index.bytes(),
        }

    def close(self) -> None:
        self._close()

    def _facet(self, name: str, counted: Sequence[Mapping[str, Any]]) -> tuple[FacetValue, ...]:
        frequent = sorted((each for each in counted if each["key"]), key=lambda each: (-each["doc_count"], each["key"]))
        frequent = frequent[:FACET_VALUES]
        called = self._names([each["key"] for each in frequent]) if name in _OF_PEOPLE else {}
        return tuple(
            FacetValue(each["key"], called.get(each["key"], each["key"]), each["doc_count"],
                       *(_iso(each[end]["value"]) if end in each else "" for end in ("first", "last")))
            for each in frequent
        )

    def _suggestion(self, asked: Asked, total: int) -> str | None:
        """The query respelt, where that finds more than it does now."""
        asked.collection.learn(((name, form_of(word)) for part in words_of(asked.query) for word in part.text.split()
                                for name in asked.sought_in(part.field)), asked.deadline)
        other = respelt(asked.query, partial(_better, self._index, asked))
        if other is None:
            return None
        return to_text(other) if Asked(asked.collection, other, asked.filters).count() > total else None


class _Names:
    """What people are called, by slug. Remembered, since the same people are counted again and again."""

    def __init__(self, people: Collection) -> None:
        self._people = people
        self._known: dict[str, str] = {}
        self._lock = Lock()

    def __call__(self, slugs: Sequence[str]) -> Mapping[str, str]:
        known = {slug: name for slug in slugs if (name := self._known.get(slug)) is not None}
        todo = [slug for slug in slugs if slug not in known]
        for slug, person in zip(todo, self._people.named(todo)):
            known[slug] = str(person["name"]) if person else slug
        with self._lock:
            if len(self._known) > NAMES_IN_MEMORY:
                self._known.clear()
            self._known.update(known)
        return known


def _page(
    asked: Asked, sort: Sort, page: int, per_page: int, facets: Sequence[str], collapse: bool
) -> tuple[Answer, list[Found], int]:
    """The answer, what one page shows of it, and how many hits there are after folding. The order is read only as far
    as needed."""
    wanted, most = page * per_page, page * per_page + 20
    first = answer = asked.answer(sort, most, facets, collapse)
    while True:
        shown = folded(answer.found, collapse).leaders
        whole = len(answer.found) >= first.total
        if whole or len(shown) >= wanted:
            distinct = len(shown) if whole else asked.distinct(first) if collapse else first.total
            return first, shown[wanted - per_page:wanted], distinct
        most *= 2
        answer = asked.answer(sort, most)


def _better(index: Index, asked: Asked, word: str, field: str | None) -> str | None:
    """A word one letter away that is far more frequent; a word that the archive uses is left alone."""
    form = form_of(word)
    if not SHORTEST <= len(form) <= LONGEST:
        return None
    fields = asked.sought_in(field)
    frequency = sum(asked.collection.holding(each, form) for each in fields)
    if frequency > FEW_HITS:
        return None
    neighbours = index.neighbours(form, fields, NEIGHBOURS, asked.deadline)
    best = max(sorted(neighbours), key=neighbours.__getitem__, default="")
    return best if best and neighbours[best] > 4 * frequency + 1 else None


def _by_key(counted: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(counted, key=lambda each: str(each["key"]))


def _iso(day: float | None) -> str:
    """20120304 is 2012-03-04."""
    text = str(int(day)) if day else ""
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if text else ""
