"""The default engine: Whoosh keeps terms, postings and documents; what they mean is decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import finalize

from indexer.engines.whoosh.index import KindIndex
from indexer.engines.whoosh.scoring import Scorer
from indexer.engines.whoosh.searcher import WhooshSearcher
from indexer.engines.whoosh.shard import KINDS
from indexer.errors import NotFound
from indexer.index_folder import size_of
from indexer.search import Deadline, Document, Kind, NameCompletion, QueryEngine, doc_values

NAMES_IN_MEMORY = 10_000


class WhooshEngine(QueryEngine):
    """Implements search.Engine over the folder of one build. Safe from many threads."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.build_id = self.folder.name
        self._kinds = {kind: KindIndex(self.folder, kind) for kind in KINDS}
        self._kinds["quotation"].articles = self._kinds["article"]
        self._scorers = {kind: Scorer(each) for kind, each in self._kinds.items()}
        self._close = finalize(self, _close, tuple(self._kinds.values()))       # also when the last user is gone
        self._completion = NameCompletion(self._kinds["person"].doc_values)
        self._name_of = lru_cache(NAMES_IN_MEMORY)(self._completion.name_of)

    def hold(self) -> None:
        for index in self._kinds.values():
            index.hold()

    def searcher(self, kind: Kind, deadline: Deadline) -> WhooshSearcher:
        return WhooshSearcher(self._kinds[kind], self._scorers[kind], self._completion, self._name_of, deadline)

    def get(self, kind: Kind, id: str) -> Document:
        index = self._kinds[kind]
        for number in index.numbered("id", id):
            return index.document(number)
        raise NotFound(f"No {kind} “{id}” in this archive.")

    def quotations_of(self, article_id: str) -> Sequence[Document]:
        index = self._kinds["quotation"]
        own = map(index.document, index.numbered("article_id", article_id))
        return sorted(own, key=lambda document: int(document["start"]))

    def suggest(self, typed: str, limit: int = 8) -> Sequence[Document]:
        return [self._kinds["person"].document(each) for each in self._completion.find(typed, limit)]

    def stats(self) -> Mapping[str, Any]:
        first, last = self._kinds["article"].doc_values.ends()
        return {
            "articles": len(self._kinds["article"]),
            **self.words_held(),
            "people": len(self._kinds["person"]),
            "first": doc_values.iso_day(first),
            "last": doc_values.iso_day(last),
            "bytes": size_of(self.folder),
        }

    def close(self) -> None:
        self._close()


def _close(kinds: Sequence[KindIndex]) -> None:
    for index in kinds:
        index.close()
