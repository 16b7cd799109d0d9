"""Reading what writer wrote: the documents of one kind, their terms and doc values, over all segments."""

from __future__ import annotations

import json
from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import count, takewhile
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

from whoosh import index

from indexer.engines.whoosh import unpickling  # noqa: F401  (guards what Whoosh reads)
from indexer.engines.whoosh.codec import Postings, read_postings, terms_beginning
from indexer.engines.whoosh.shard import FORMAT
from indexer.errors import IndexMissing, IndexOutdated
from indexer.search import Document, Kind, doc_values, matching

POSTINGS_IN_MEMORY = 16_000_000    # bytes, for each kind
ENTRY = 200                        # bytes that each entry takes beside its value

GONE = "gone.json"
# Keyword fields and values that nearly every search asks for.
COMMON = (("form", "quotation"), ("form", "reported"))

Key = TypeVar("Key")
Value = TypeVar("Value")


class Cache(Generic[Key, Value]):
    """The values used last, as many as there is room for, in bytes; safe from many threads."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], tuple[Value, int]]) -> Value:
        """The value of a key, and if it is not kept, what makes it, with its size. Two threads may make the same value,
        which does no harm."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        value, size = make()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = value, size
                self._room -= size
            while self._room < 0 and len(self._kept) > 1:
                self._room += self._kept.popitem(last=False)[1][1]
        return value


class KindIndex:
    """The index of all documents of one kind, numbered from 0. Reading is safe from many threads."""

    articles: KindIndex | None = None          # of quotations, the index of their articles

    def __init__(self, folders: Sequence[Path], kind: Kind, gone: frozenset[int] = frozenset()) -> None:
        self.kind = kind
        self.gone = gone                       # documents that a later segment replaces, or that are no more
        self.doc_values = doc_values.DocValues(kind)
        self.names: list[tuple[str, ...]] = []      # of people, the name and the aliases
        self.forms: dict[str, tuple[str, ...]] = {}
        self._segments: list[tuple[Any, int]] = []
        self._common: dict[tuple[str, str], frozenset[int]] = {}
        self._lock = Lock()                    # Whoosh's readers share the position in their file
        # Kept as bytes and unpacked for each use, in microseconds: with tens of thousands of arrays each round of the
        # garbage collector would take a tenth of a second.
        self._postings: Cache[tuple[str, str], tuple[tuple[bytes, int], ...]] = Cache(POSTINGS_IN_MEMORY)
        for folder in folders:
            self._add(folder)
        self.doc_values.settle(gone)
        self.everything = frozenset(self.doc_values.oldest_first)
        self.names = [() if number in gone else names for number, names in enumerate(self.names)]

    def _add(self, folder: Path) -> None:
        """Add the segments of one folder, each with its doc values, in the order in which they were written."""
        sides = list(sides_of(folder, self.kind))
        if not index.exists_in(str(folder), self.kind):
            raise IndexMissing(folder)
        leaves = [leaf for leaf, _ in index.open_dir(str(folder), self.kind).reader().leaf_readers()]
        for leaf, side in zip(leaves, sides):
            self._segments.append((leaf, len(self.doc_values.ids)))
            self._add_side(side)

    def _add_side(self, side: Mapping[str, Any]) -> None:
        self.doc_values.extend(side)
        self.names.extend(map(tuple, side["names"]))
        for stem, forms in side["words"].items():
            known = self.forms.get(stem, ())
            self.forms[stem] = (*known, *(form for form in forms if form not in known))

    def __len__(self) -> int:
        return len(self.everything)

    @cached_property
    def article_numbers(self) -> array[int]:
        """For each quotation the number of its article."""
        numbers = self.articles.doc_values.numbers if self.articles else {}
        return array("q", [numbers.get(each.rpartition("#")[0], -1) for each in self.doc_values.ids])

    def close(self) -> None:
        for leaf, _ in self._segments:
            leaf.close()

    def document(self, number: int) -> Document:
        """A document as it was given to be indexed."""
        leaf, first = next(each for each in reversed(self._segments) if each[1] <= number)
        with self._lock:
            stored: Document = leaf.stored_fields(number - first)["document"]
        return stored

    def numbered(self, field: str, value: str) -> list[int]:
        """The documents with a value in a keyword field."""
        if field == "id" or (self.kind == "person" and field in ("speaker_id", "mentioned_id")):
            number = self.doc_values.numbers.get(value)
            return [] if number is None else [number]
        keyword = self.doc_values.keywords.get(field)
        return [number for number in keyword.documents(value) if number not in self.gone] if keyword else []

    def having(self, field: str, value: str) -> Set[int]:
        """The same as a set, kept for good if it may be most of all documents."""
        if (field, value) not in COMMON:
            return set(self.numbered(field, value))
        if (field, value) not in self._common:
            self._common[field, value] = frozenset(self.numbered(field, value))
        return self._common[field, value]

    def postings(self, field: str, term: str) -> list[tuple[Postings, int]]:
        """A term's postings in each segment that has it, with the number of the segment's first document."""
        field = matching.indexed_field(field, self.kind)
        packed = self._postings.get((field, term), lambda: self._read(field, term))
        return [(Postings.from_bytes(data), first) for data, first in packed]

    def _read(self, field: str, term: str) -> tuple[tuple[tuple[bytes, int], ...], int]:
        with self._lock:
            found = [(read_postings(leaf, field, term), first) for leaf, first in self._segments]
        postings = tuple((data, first) for data, first in found if data)
        return postings, ENTRY + sum(len(data) for data, _ in postings)

    def terms(self, field: str, word: str, exact: bool) -> Sequence[str]:
        """The terms that a word of a query matches in a field: itself, or all forms of its stem."""
        return (word,) if exact or matching.is_name(field) else self.forms.get(word, ())

    def places(self, field: str, terms: Sequence[str]) -> Callable[[int], Sequence[int]]:
        """Tells the positions of any of the terms in a document, ascending."""
        parts = [part for term in terms for part in self.postings(field, term)]

        def places_in(document: int) -> Sequence[int]:
            found: list[int] = []
            for postings, first in parts:
                if document >= first:
                    found.extend(postings.places_in(document - first))
            return sorted(found) if len(terms) > 1 else found
        return places_in

    def beginning(self, field: str, prefix: str) -> list[str]:
        """The terms of a field that begin so."""
        field = matching.indexed_field(field, self.kind)
        with self._lock:
            return sorted({term for leaf, _ in self._segments for term in terms_beginning(leaf, field, prefix)})

    def containing(self, field: str, terms: Iterable[str]) -> set[int]:
        """The documents that contain any of the terms in a field."""
        found: set[int] = set()
        for term in terms:
            for postings, first in self.postings(field, term):
                found.update([number + first for number in postings.ids] if first else postings.ids)
        return found - self.gone if self.gone else found

    def counts(self, field: str, terms: Iterable[str]) -> dict[int, int]:
        """The documents that contain any of the terms in a field, and how often."""
        total: dict[int, int] = {}
        for term in terms:
            for postings, first in self.postings(field, term):
                for number, often in zip(postings.ids, postings.counts):
                    total[number + first] = total.get(number + first, 0) + often
        for number in self.gone & total.keys():
            del total[number]
        return total


def shards(folder: Path) -> list[Path]:
    """The folders that a build was written to, in the order of their documents' numbers."""
    if not folder.is_dir():
        raise IndexMissing(folder)
    found = [path for path in folder.iterdir() if path.is_dir() and path.name.isdigit()]
    if not found:
        raise IndexMissing(folder)
    return sorted(found, key=lambda path: int(path.name))


def sides_of(folder: Path, kind: Kind) -> Iterator[dict[str, Any]]:
    """What is kept beside the segments of a kind in a shard, in the order in which they were written."""
    paths = (folder / f"{kind}-{number}.json" for number in count())
    for path in takewhile(Path.exists, paths):
        side: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if side["format"] != FORMAT:
            raise IndexOutdated(folder, side["format"], FORMAT)
        yield side


def ids_of(folder: Path, kind: Kind) -> list[str]:
    """The ids of a shard's documents of a kind, in the order of their numbers."""
    return [id for side in sides_of(folder, kind) for id in side["ids"]]


def gone_of(folder: Path, kind: Kind) -> frozenset[int]:
    """The numbers of a build's documents that an update has taken out or replaced."""
    try:
        return frozenset(json.loads((folder / GONE).read_text(encoding="utf-8"))[kind])
    except FileNotFoundError:
        return frozenset()
