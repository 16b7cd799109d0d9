"""The engine for archives over many machines: an OpenSearch cluster keeps terms, postings and documents; what they mean
is decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import finalize

from indexer.engines.opensearch.index import EVERYTHING, Index, KindIndex
from indexer.engines.opensearch.mapping import KINDS
from indexer.engines.opensearch.name_completion import suggested
from indexer.engines.opensearch.searcher import OpenSearchSearcher
from indexer.errors import NotFound
from indexer.search import Deadline, Document, Kind, QueryEngine, doc_values

NAMES_IN_MEMORY = 10_000


class OpenSearchEngine(QueryEngine):
    """Implements search.Engine over the index that the folder of a build names. Safe from many threads."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.build_id = self.folder.name
        self._index = Index(self.folder)
        self._kinds = {kind: KindIndex(self._index, kind) for kind in KINDS}
        self._names = _Names(self._kinds["person"])
        self._close = finalize(self, self._index.close)       # also when the last user is gone

    def searcher(self, kind: Kind, deadline: Deadline) -> OpenSearchSearcher:
        return OpenSearchSearcher(self._kinds[kind], self._names, deadline)

    def get(self, kind: Kind, id: str) -> Document:
        found = self._kinds[kind].named([id])[0]
        if found is None:
            raise NotFound(f"No {kind} “{id}” in this archive.")
        return found

    def quotations_of(self, article_id: str) -> Sequence[Document]:
        own = self._kinds["quotation"].of_article(article_id)
        return sorted(own, key=lambda document: int(document["start"]))

    def suggest(self, typed: str, limit: int = 8) -> Sequence[Document]:
        return suggested(self._kinds["person"], typed, limit)

    def stats(self) -> Mapping[str, Any]:
        articles = self._kinds["article"]
        days = articles.counted(EVERYTHING, {name: {name: {"field": "day"}} for name in ("min", "max")})
        return {
            "articles": len(articles),
            **self.words_held(),
            "people": len(self._kinds["person"]),
            "first": doc_values.iso_day(int(days["min"]["value"] or 0)),
            "last": doc_values.iso_day(int(days["max"]["value"] or 0)),
            "bytes": self._index.bytes(),
        }

    def close(self) -> None:
        self._close()


class _Names:
    """What people are called, by slug. Remembered, since the same people are counted again and again."""

    def __init__(self, people: KindIndex) -> None:
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
