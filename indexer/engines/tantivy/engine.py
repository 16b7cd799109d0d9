"""The engine for large archives: Tantivy, compiled, keeps terms, postings and values on the disk; what they mean is
decided here. It needs little memory whatever the archive's size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import finalize

from indexer.engines.tantivy.index import EVERYTHING, KindIndex, check_format
from indexer.engines.tantivy.name_completion import suggested
from indexer.engines.tantivy.scoring import Scorer
from indexer.engines.tantivy.searcher import TantivySearcher
from indexer.engines.tantivy.writer import KINDS
from indexer.errors import NotFound
from indexer.index_folder import size_of
from indexer.search import Deadline, Document, Kind, QueryEngine, doc_values

NAMES_IN_MEMORY = 10_000


class TantivyEngine(QueryEngine):
    """Implements search.Engine over the folder of one build. Safe from many threads."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.build_id = self.folder.name
        check_format(self.folder)
        self._kinds = {kind: KindIndex(self.folder, kind) for kind in KINDS}
        self._scorers = {kind: Scorer(each) for kind, each in self._kinds.items()}
        self._close = finalize(self, _close, tuple(self._kinds.values()))       # also when the last user is gone
        self._name_of = lru_cache(NAMES_IN_MEMORY)(_Names(self._kinds["person"]))

    def searcher(self, kind: Kind, deadline: Deadline) -> TantivySearcher:
        return TantivySearcher(self._kinds, self._scorers[kind], self._name_of, deadline)

    def get(self, kind: Kind, id: str) -> Document:
        for document in self._kinds[kind].identified("id", id, 1):
            return document
        raise NotFound(f"No {kind} “{id}” in this archive.")

    def quotations_of(self, article_id: str) -> Sequence[Document]:
        own = self._kinds["quotation"].identified("article_id", article_id)
        return sorted(own, key=lambda document: int(document["start"]))

    def suggest(self, typed: str, limit: int = 8) -> Sequence[Document]:
        return suggested(self._kinds["person"], typed, limit)

    def stats(self) -> Mapping[str, Any]:
        articles = self._kinds["article"]
        days = articles.aggregated(EVERYTHING, {name: {name: {"field": "day_number"}} for name in ("min", "max")})
        return {
            "articles": len(articles),
            **self.words_held(),
            "people": len(self._kinds["person"]),
            "first": doc_values.iso_day(int(days["min"]["value"] or 0)),
            "last": doc_values.iso_day(int(days["max"]["value"] or 0)),
            "bytes": size_of(self.folder),
        }

    def close(self) -> None:
        self._close()


class _Names:
    """What people are called, by slug."""

    def __init__(self, people: KindIndex) -> None:
        self._people = people

    def __call__(self, slug: str) -> str:
        return next((str(person["name"]) for person in self._people.identified("id", slug, 1)), slug)


def _close(kinds: Sequence[KindIndex]) -> None:
    for index in kinds:
        index.close()
