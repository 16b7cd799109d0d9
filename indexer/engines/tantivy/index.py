"""Reading what writer wrote: the documents of one kind, found by Tantivy's queries."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tantivy
from tantivy import Occur, Query as EngineQuery

from indexer.engines.tantivy.writer import FORMAT, FORMS, NUMBER, format_of
from indexer.errors import IndexMissing, IndexOutdated
from indexer.search import Document, Kind, RankedDocument, matching

FLAGS = 24                         # powers of two that a score, a 32-bit float, adds without rounding

EVERYTHING = EngineQuery.all_query()
NOTHING = EngineQuery.empty_query()


class KindIndex:
    """The index of all documents of one kind. Reading is safe from many threads."""

    def __init__(self, folder: Path, kind: Kind) -> None:
        self.kind = kind
        self._links: TemporaryDirectory[str] | None = None
        index = self._open(folder / kind)
        self.schema = index.schema
        self.searcher = index.searcher()

    def _open(self, folder: Path) -> tantivy.Index:
        """Tantivy locks a file in the folder that it opens, even to read: if nothing may be written there, it gets a
        folder of links."""
        if not os.access(folder, os.W_OK):
            self._links = TemporaryDirectory(prefix="onrecord-")
            for path in folder.iterdir():
                if path.suffix != ".lock":
                    (Path(self._links.name) / path.name).symlink_to(path.resolve())
            folder = Path(self._links.name)
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual")            # a build never changes: there is nothing to watch
        return index

    def close(self) -> None:
        if self._links:
            self._links.cleanup()

    def __len__(self) -> int:
        return self.searcher.num_docs

    def field(self, name: str) -> str:
        """The name under which a field is indexed."""
        return matching.indexed_field(name, self.kind)

    def forms_field(self, name: str) -> str:
        """The name under which the forms of a field are indexed: names are nothing but forms."""
        return self.field(name) if matching.is_name(name) else name + FORMS

    def term(self, field: str, value: str) -> EngineQuery:
        return EngineQuery.term_query(self.schema, field, value)

    def numbered(self, name: str, numbers: Iterable[int]) -> EngineQuery:
        """The documents of which a number is one of these."""
        return EngineQuery.term_set_query(self.schema, name + NUMBER, list(numbers))

    def between(self, name: str, least: int | None, most: int | None) -> EngineQuery:
        return EngineQuery.range_query(self.schema, name + NUMBER, tantivy.FieldType.Unsigned, least, most)

    def frequency(self, field: str, term: str) -> int:
        """How many documents contain a term in an indexed field."""
        return self.searcher.doc_freq(field, term)

    def beginning(self, field: str, letters: str, most: int) -> list[str]:
        """Terms of an indexed field that begin so, as many at most."""
        return [term for term, _ in self.searcher.terms_with_prefix(field, letters, limit=most)]

    def count(self, query: EngineQuery) -> int:
        result: Any = self.searcher.search(query, limit=1)
        return int(result.count)

    def best(self, query: EngineQuery, most: int) -> list[RankedDocument]:
        """The documents with the highest scores."""
        hits = self.searcher.search(query, limit=max(1, most), count=False).hits
        return self._ranked([address for _, address in hits], [score for score, _ in hits])

    def ranked(self, query: EngineQuery, by: str, most: int, ascending: bool = False) -> list[RankedDocument]:
        """The documents with the highest, or the lowest, of a number; of equals, as they were written."""
        order = tantivy.Order.Asc if ascending else tantivy.Order.Desc
        hits = self.searcher.search(
            query, limit=max(1, most), count=False, order_by_field=by + NUMBER, order=order).hits
        found = self._ranked([address for _, address in hits], [0.0] * len(hits))
        sign = 1 if ascending else -1
        placed = sorted(zip(hits, found), key=lambda each: (sign * (each[0][0] or 0), each[1].number))
        return [each for _, each in placed]

    def numbers(self, query: EngineQuery, name: str) -> list[int]:
        """A number of each document that has it."""
        hits = self.searcher.search(query, limit=max(1, len(self)), count=False, order_by_field=name + NUMBER).hits
        return [value for value, _ in hits if value is not None]

    def _ranked(self, addresses: list[tantivy.DocAddress], scores: Iterable[float]) -> list[RankedDocument]:
        number, last, group = (self.searcher.fast_field_values(name + NUMBER, addresses)
                               for name in ("number", "last", "group"))
        return list(map(RankedDocument, number, scores, last, group, addresses))      # type: ignore[arg-type]

    def document(self, address: tantivy.DocAddress) -> Document:
        """A document as it was given to be indexed, its tuples as lists."""
        found: Document = json.loads(self.searcher.doc(address).get_first("document") or b"{}")
        return found

    def identified(self, keyword: str, value: str, most: int = 10_000) -> list[Document]:
        """The documents with a value in a keyword field."""
        hits = self.searcher.search(self.term(keyword, value), limit=most, count=False).hits
        return [self.document(address) for _, address in hits]

    def matched(self, queries: Sequence[EngineQuery], among: Sequence[int]) -> Mapping[int, int]:
        """Which of the queries each of the numbered documents matches: bit 1 for the first, 2, 4, …"""
        found = dict.fromkeys(among, 0)
        inside = (Occur.Must, EngineQuery.const_score_query(self.numbered("number", among), 0.0))
        for start in range(0, len(queries) if among else 0, FLAGS):
            flags = [(Occur.Should, EngineQuery.const_score_query(each, float(1 << place)))
                     for place, each in enumerate(queries[start:start + FLAGS])]
            hits = self.searcher.search(EngineQuery.boolean_query([inside, *flags]), limit=len(among), count=False).hits
            numbers = self.searcher.fast_field_values("number" + NUMBER, [address for _, address in hits])
            for number, (score, _) in zip(numbers, hits):
                found[int(number or 0)] |= int(score) << start
        return found

    def aggregated(self, query: EngineQuery, wanted: dict[str, Any]) -> dict[str, Any]:
        """Tantivy's aggregations over all the documents."""
        return self.searcher.aggregate(query, wanted) if wanted else {}


def check_format(folder: Path) -> None:
    """IndexMissing if there is no index, IndexOutdated if it has another format."""
    found = format_of(folder)
    if found is None:
        raise IndexMissing(folder)
    if found != FORMAT:
        raise IndexOutdated(folder, found, FORMAT)


def all_of(parts: Sequence[EngineQuery], excluded: Sequence[EngineQuery] = ()) -> EngineQuery:
    """The documents that match all the parts and none of the excluded."""
    if len(parts) == 1 and not excluded:
        return parts[0]
    unwanted = [(Occur.MustNot, each) for each in excluded]
    return EngineQuery.boolean_query([*((Occur.Must, each) for each in parts or [EVERYTHING]), *unwanted])


def any_of(parts: Sequence[EngineQuery]) -> EngineQuery:
    if len(parts) == 1:
        return parts[0]
    return EngineQuery.boolean_query([(Occur.Should, each) for each in parts]) if parts else NOTHING
