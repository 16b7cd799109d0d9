"""Reading what writer wrote: the documents of one kind, their terms and doc values, over all segments."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence, Set
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar

from whoosh import index

from indexer.engines.whoosh import unpickling  # noqa: F401  (guards what Whoosh reads)
from indexer.engines.whoosh.codec import Postings, ids_of, read_postings, terms_beginning
from indexer.engines.whoosh.shard import FORMAT
from indexer.errors import IndexMissing, IndexOutdated
from indexer.search import Document, DocValues, Kind, WordForms, doc_values, matching

POSTINGS_IN_MEMORY = 16_000_000    # bytes, for each kind
HOLDERS_IN_MEMORY = 16_000_000     # bytes of sets of documents, for each kind
NUMBER = 60                        # bytes that a number takes in a set
ENTRY = 200                        # bytes that each entry takes beside its value

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

    def kept(self, key: Key) -> Value | None:
        """The value of a key if it is kept."""
        with self._lock:
            return self._kept[key][0] if key in self._kept else None

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
    """The index of all documents of one kind in a build, numbered from 0. Nothing is read before it is needed. Reading
    is safe from many threads."""

    articles: KindIndex | None = None          # of quotations, the index of their articles

    def __init__(self, build: Path, kind: Kind) -> None:
        self.kind = kind
        self.doc_values = read_values(build, kind)
        self._folders = shards(build)
        self._words = [WordForms(folder / f"{kind}.words") for folder in self._folders]
        self._opened: list[tuple[Any, int]] = []
        self._common: dict[tuple[str, str], frozenset[int]] = {}
        self._lock = Lock()                    # Whoosh's readers share the position in their file
        # Kept as bytes and unpacked for each use, in microseconds: with tens of thousands of arrays each round of the
        # garbage collector would take a tenth of a second.
        self._postings: Cache[tuple[str, str], tuple[tuple[bytes, int], ...]] = Cache(POSTINGS_IN_MEMORY)
        self._holders: Cache[tuple[str, tuple[str, ...], bool], frozenset[int]] = Cache(HOLDERS_IN_MEMORY)

    def _segments(self) -> Sequence[tuple[Any, int]]:
        """Whoosh's readers in the order in which their segments were written, each with the number of its first
        document. The caller holds the lock."""
        if not self._opened:
            first = 0
            for folder in self._folders:
                leaves = [leaf for leaf, _ in index.open_dir(str(folder), self.kind).reader().leaf_readers()]
                for leaf in (each for each in leaves if each.doc_count_all()):
                    self._opened.append((leaf, first))
                    first += leaf.doc_count_all()
        return self._opened

    @property
    def gone(self) -> frozenset[int]:
        """Documents that a later segment replaces, or that are no more."""
        return self.doc_values.gone

    @property
    def everything(self) -> frozenset[int]:
        return self.doc_values.everything

    def __len__(self) -> int:
        return self.doc_values.living()

    def hold(self) -> None:
        """Open all the files of Whoosh's readers now; that of the documents they open with the first one asked for."""
        with self._lock:
            for leaf, _ in self._segments():
                leaf.stored_fields(0)

    def close(self) -> None:
        with self._lock:
            for leaf, _ in self._opened:
                leaf.close()

    def document(self, number: int) -> Document:
        """A document as it was given to be indexed."""
        with self._lock:
            leaf, first = next(each for each in reversed(self._segments()) if each[1] <= number)
            stored: Document = leaf.stored_fields(number - first)["document"]
        return stored

    def numbered(self, field: str, value: str) -> list[int]:
        """The documents with a value in a keyword field."""
        if field == "id" or (self.kind == "person" and field in ("speaker_id", "mentioned_id")):
            number = self.doc_values.ids.find(value)
            return [] if number is None else [number]
        keyword, gone = self.doc_values.keywords.get(field), self.gone
        found = keyword.documents(value) if keyword else ()
        return [number for number in found if number not in gone] if gone else list(found)

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
            found = [(read_postings(leaf, field, term), first) for leaf, first in self._segments()]
        postings = tuple((data, first) for data, first in found if data)
        return postings, ENTRY + sum(len(data) for data, _ in postings)

    def terms(self, field: str, word: str, exact: bool) -> Sequence[str]:
        """The terms that a word of a query matches in a field: itself, or all forms of its stem."""
        return (word,) if exact or matching.is_name(field) else self.forms(word)

    def forms(self, stem: str) -> Sequence[str]:
        """The forms of a stem that the texts use."""
        return list(dict.fromkeys(form for words in self._words for form in words.of(stem)))

    def places(self, field: str, terms: Sequence[str]) -> Callable[[int], Sequence[int]]:
        """Tells the positions of any of the terms in a document, ascending."""
        parts: dict[int, list[Postings]] = {}            # by the number of the first document of their segment
        for postings, first in (part for term in terms for part in self.postings(field, term)):
            parts.setdefault(first, []).append(postings)
        firsts = sorted(parts)

        def places_in(document: int) -> Sequence[int]:
            at = bisect_right(firsts, document) - 1
            if at < 0:
                return ()
            first = firsts[at]
            held = [places for each in parts[first] if (places := each.places_in(document - first))]
            return held[0] if len(held) == 1 else sorted(chain.from_iterable(held))
        return places_in

    def beginning(self, field: str, prefix: str) -> list[str]:
        """The terms of a field that begin so."""
        field = matching.indexed_field(field, self.kind)
        with self._lock:
            return sorted({term for leaf, _ in self._segments() for term in terms_beginning(leaf, field, prefix)})

    def containing(self, field: str, terms: Iterable[str]) -> set[int]:
        """The documents that contain any of the terms in a field."""
        found: set[int] = set()
        for term in terms:
            for postings, first in self.postings(field, term):
                found.update([number + first for number in postings.ids] if first else postings.ids)
        return found - self.gone if self.gone else found

    def holding(self, word: str, fields: tuple[str, ...], exact: bool, watch: Callable[[], None]) -> Set[int]:
        """The documents of which one of the fields holds what a word matches (terms). A page asks for those of one
        word several times. watch: called now and then while it takes long."""
        def made() -> tuple[frozenset[int], int]:
            found: set[int] = set()
            for field in fields:
                for term in self.terms(field, word, exact):
                    watch()
                    found |= self.containing(field, (term,))
            return frozenset(found), ENTRY + NUMBER * len(found)

        return self._holders.get((word, fields, exact), made)

    def holding_once(self, fields: Iterable[str], terms: Callable[[str], Iterable[str]]) -> set[int]:
        """The documents that contain any of the terms of one of the fields: for words asked about once, of which no
        postings are kept that a search would soon need again."""
        found: set[int] = set()
        for field in fields:
            for term in terms(field):
                key = matching.indexed_field(field, self.kind), term
                for data, first in self._postings.kept(key) or self._read(*key)[0]:
                    ids = ids_of(data)
                    found.update([number + first for number in ids] if first else ids)
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


def values_path(build: Path, kind: Kind) -> Path:
    """The file of the doc values of a kind."""
    return build / f"{kind}.values"


def read_values(build: Path, kind: Kind) -> DocValues:
    """The doc values of a kind; IndexMissing if there is no index, IndexOutdated if it has another format."""
    path = values_path(build, kind)
    if not path.exists():
        raise IndexOutdated(build, "an earlier format", FORMAT) if shards(build) else IndexMissing(build)
    found = doc_values.format_of(path)
    if found != FORMAT:
        raise IndexOutdated(build, found, FORMAT)
    return DocValues(kind, path)
