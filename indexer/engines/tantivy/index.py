"""Reading what writer wrote: the documents of one kind, found by Tantivy's queries."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tantivy
from tantivy import Occur, Query as Asking

from indexer.engines.tantivy.writer import FORMAT, FORMS, NUMBER, format_of
from indexer.errors import IndexMissing, IndexOutdated
from indexer.search import Document, Kind, matching

FLAGS = 24                         # powers of two that a score, a 32-bit float, adds without rounding

EVERYTHING = Asking.all_query()
NOTHING = Asking.empty_query()


@dataclass(frozen=True, slots=True)
class Found:
    """A document that was found: where it is, its number, its score, its moment, and its group's key."""

    address: tantivy.DocAddress
    number: int
    score: float
    last: int
    group: int | None


class Collection:
    """All documents of one kind. Reading is safe from many threads."""

    def __init__(self, folder: Path, kind: Kind) -> None:
        self.kind = kind
        self._links: TemporaryDirectory[str] | None = None
        index = self._open(folder / kind)
        self.schema = index.schema
        self.searcher = index.searcher()

    def _open(self, folder: Path) -> tantivy.Index:
        """Tantivy locks a file in the folder that it opens, even to read: where nothing may be written, it gets
        a folder of links."""
        if not os.access(folder, os.W_OK):
            self._links = TemporaryDirectory(prefix="onrecord-")
            for path in folder.iterdir():
                if path.suffix != ".lock":
                    (Path(self._links.name) / path.name).symlink_to(path.resolve())
            folder = Path(self._links.name)
        index = tantivy.Index.open(str(folder))
        index.config_reader("manual")            # a build never changes; nobody need watch it
        return index

    def close(self) -> None:
        if self._links:
            self._links.cleanup()

    def __len__(self) -> int:
        return self.searcher.num_docs

    def field(self, name: str) -> str:
        """The name under which a field is indexed."""
        return "speaker" if self.kind == "person" and name == "mentions" else name

    def forms_field(self, name: str) -> str:
        """Where the forms of a field are indexed: names are nothing else."""
        return self.field(name) if matching.is_name(name) else name + FORMS

    def term(self, field: str, value: str) -> Asking:
        return Asking.term_query(self.schema, field, value)

    def numbered(self, name: str, numbers: Iterable[int]) -> Asking:
        """The documents of which a number is one of these."""
        return Asking.term_set_query(self.schema, name + NUMBER, list(numbers))

    def between(self, name: str, least: int | None, most: int | None) -> Asking:
        return Asking.range_query(self.schema, name + NUMBER, tantivy.FieldType.Unsigned, least, most)

    def holding(self, field: str, term: str) -> int:
        """How many documents have a term in an indexed field."""
        return self.searcher.doc_freq(field, term)

    def beginning(self, field: str, letters: str, most: int) -> list[str]:
        """Terms of an indexed field that begin so, as many at most."""
        return [term for term, _ in self.searcher.terms_with_prefix(field, letters, limit=most)]

    def count(self, asking: Asking) -> int:
        result: Any = self.searcher.search(asking, limit=1)
        return int(result.count)

    def best(self, asking: Asking, most: int) -> list[Found]:
        """The documents with the highest scores."""
        hits = self.searcher.search(asking, limit=max(1, most), count=False).hits
        return self._found([address for _, address in hits], [score for score, _ in hits])

    def ranked(self, asking: Asking, by: str, most: int, ascending: bool = False) -> list[Found]:
        """The documents with the highest, or the lowest, of a number."""
        order = tantivy.Order.Asc if ascending else tantivy.Order.Desc
        addresses = [address for _, address in self.searcher.search(
            asking, limit=max(1, most), count=False, order_by_field=by + NUMBER, order=order).hits]
        return self._found(addresses, [0.0] * len(addresses))

    def numbers(self, asking: Asking, name: str, most: int | None = None) -> list[int]:
        """A number of each document."""
        most = most or max(1, len(self))
        hits = self.searcher.search(asking, limit=most, count=False, order_by_field=name + NUMBER).hits
        return [value for value, _ in hits if value is not None]

    def _found(self, addresses: list[tantivy.DocAddress], scores: Iterable[float]) -> list[Found]:
        number, last, group = (self.searcher.fast_field_values(name + NUMBER, addresses)
                               for name in ("number", "last", "group"))
        return list(map(Found, addresses, number, scores, last, group))      # type: ignore[arg-type]

    def document(self, address: tantivy.DocAddress) -> Document:
        """A document as it was given to be indexed, its tuples as lists."""
        found: Document = json.loads(self.searcher.doc(address).get_first("document") or b"{}")
        return found

    def identified(self, keyword: str, value: str, most: int = 10_000) -> list[Document]:
        """The documents with a value in a keyword field."""
        hits = self.searcher.search(self.term(keyword, value), limit=most, count=False).hits
        return [self.document(address) for _, address in hits]

    def holders(self, questions: Sequence[Asking], among: Sequence[int]) -> Mapping[int, int]:
        """Which of the questions each of the numbered documents answers: bit 1 for the first, 2, 4, …"""
        answered = dict.fromkeys(among, 0)
        inside = (Occur.Must, Asking.const_score_query(self.numbered("number", among), 0.0))
        for start in range(0, len(questions) if among else 0, FLAGS):
            flags = [(Occur.Should, Asking.const_score_query(each, float(1 << place)))
                     for place, each in enumerate(questions[start:start + FLAGS])]
            hits = self.searcher.search(Asking.boolean_query([inside, *flags]), limit=len(among), count=False).hits
            numbers = self.searcher.fast_field_values("number" + NUMBER, [address for _, address in hits])
            for number, (score, _) in zip(numbers, hits):
                answered[int(number or 0)] |= int(score) << start
        return answered

    def aggregated(self, asking: Asking, wanted: dict[str, Any]) -> dict[str, Any]:
        return self.searcher.aggregate(asking, wanted) if wanted else {}


def check_format(folder: Path) -> None:
    """IndexMissing where there is no index, IndexOutdated where it is another's."""
    found = format_of(folder)
    if found is None:
        raise IndexMissing(folder)
    if found != FORMAT:
        raise IndexOutdated(folder, found, FORMAT)


def all_of(parts: Sequence[Asking], excluded: Sequence[Asking] = ()) -> Asking:
    """The documents that answer all the parts and none of the excluded."""
    if len(parts) == 1 and not excluded:
        return parts[0]
    unwanted = [(Occur.MustNot, each) for each in excluded]
    return Asking.boolean_query([*((Occur.Must, each) for each in parts or [EVERYTHING]), *unwanted])


def any_of(parts: Sequence[Asking]) -> Asking:
    if len(parts) == 1:
        return parts[0]
    return Asking.boolean_query([(Occur.Should, each) for each in parts]) if parts else NOTHING
