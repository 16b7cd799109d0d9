"""How postings are stored in a Whoosh segment: a term's documents, counts and positions as three packed arrays.

Whoosh's own codec pickles and zips the positions of each document by themselves: some 2 µs to read each document of a
term, and 8 to write it. Packed, a term is read whole at C speed. Terms, stored documents, segments and their table of
contents are Whoosh's own.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate
from typing import Any

from whoosh import fields, formats
from whoosh.analysis import IDAnalyzer
from whoosh.codec.base import PostingsWriter
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo
from whoosh.matching import ListMatcher
from whoosh.reading import TermNotFound
from whoosh.writing import SegmentWriter

_HEADER = struct.Struct("=4sIIccc")       # magic, documents, positions, and the item types of the three arrays
_MAGIC = b"orp1"
_TYPES = (("B", 0xFF), ("H", 0xFFFF), ("I", 0xFFFFFFFF))

Places = Mapping[str, Sequence[int]]      # the terms of a field of one document with their positions


class Postings:
    """The documents that contain a term, ascending, how often each does, and at which positions."""

    __slots__ = ("ids", "counts", "places", "_ends")

    def __init__(self) -> None:
        self.ids = array("I")
        self.counts = array("I")
        self.places = array("I")          # of all documents, one after the other
        self._ends: array[int] | None = None

    @classmethod
    def gathered(cls, flat: array[int]) -> Postings:
        """From what the writer gathered: for each document its number, the count, and as many positions."""
        postings, at = cls(), 0
        while at < len(flat):
            count = flat[at + 1]
            postings.ids.append(flat[at])
            postings.counts.append(count)
            postings.places.extend(flat[at + 2:at + 2 + count])
            at += 2 + count
        return postings

    def places_in(self, document: int) -> Sequence[int]:
        """The positions of the term in a document, ascending; none if it does not contain the term."""
        at = bisect_left(self.ids, document)
        if at == len(self.ids) or self.ids[at] != document:
            return ()
        if self._ends is None:
            self._ends = array("I", accumulate(self.counts))
        return self.places[self._ends[at] - self.counts[at]:self._ends[at]]

    def to_bytes(self) -> bytes:
        packed = [smallest(each) for each in (self.ids, self.counts, self.places)]
        header = _HEADER.pack(_MAGIC, len(self.ids), len(self.places), *(each.typecode.encode() for each in packed))
        return header + b"".join(each.tobytes() for each in packed)

    @classmethod
    def from_bytes(cls, data: bytes) -> Postings:
        documents, positions, *types = _header(data)
        postings, at = cls(), _HEADER.size
        for name, length, kind in zip(("ids", "counts", "places"), (documents, documents, positions), types):
            part = array(kind.decode())
            part.frombytes(data[at:at + length * part.itemsize])
            setattr(postings, name, part)
            at += length * part.itemsize
        return postings


def ids_of(data: bytes) -> array[int]:
    """The documents alone of what Postings.to_bytes gave."""
    documents, _, kind, *_ = _header(data)
    ids = array(kind.decode())
    ids.frombytes(data[_HEADER.size:_HEADER.size + documents * ids.itemsize])
    return ids


def _header(data: bytes) -> Sequence[Any]:
    magic, *header = _HEADER.unpack_from(data)
    if magic != _MAGIC:
        raise ValueError("These are no postings of onrecord's.")
    return header


def smallest(numbers: Collection[int]) -> array[int]:
    """The same numbers in the smallest type that is large enough."""
    largest = max(numbers, default=0)
    code = next(code for code, most in _TYPES if largest <= most)
    return array(code, numbers)


class PackedPostings(PostingsWriter):                          # type: ignore[misc]
    """Writes postings that were gathered beforehand, a term at a time."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._info: Any = None

    def start_postings(self, format_: Any, terminfo: Any) -> None:
        self._info = terminfo

    def write(self, postings: Postings) -> None:
        data = postings.to_bytes()
        count = float(len(postings.places))
        self._info = W3TermInfo(weight=count, df=len(postings.ids), minlength=0, maxweight=count,
                                minid=postings.ids[0], maxid=postings.ids[-1])
        self._info.set_extent(self._file.tell(), len(data))
        self._file.write(data)

    def finish_postings(self) -> Any:
        return self._info


class PackedCodec(W3Codec):                                    # type: ignore[misc]
    """Whoosh's codec with packed postings."""

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        return PackedPostings(dbfile)

    def postings_reader(self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None) -> Any:
        postings = Postings.from_bytes(_postings_at(dbfile, terminfo))
        return ListMatcher(list(postings.ids), list(map(float, postings.counts)), format=format_, scorer=scorer,
                           term=term, terminfo=terminfo)


class Packed(fields.FieldType):                                # type: ignore[misc]
    """A field whose terms come ready-made: analysis is onrecord's own."""

    indexed = True
    stored = False
    scorable = False

    def __init__(self) -> None:
        self.analyzer = IDAnalyzer()
        self.format = formats.Frequency()
        self.column_type = None


class PackedWriter(SegmentWriter):                             # type: ignore[misc]
    """Writes one segment: documents with terms that are given, gathered in memory until the commit."""

    def __init__(self, index: Any) -> None:
        super().__init__(index, codec=PackedCodec(), compound=False)     # Whoosh would read one file whole
        self._gathered: dict[str, dict[str, array[int]]] = {}        # field → term → see Postings.gathered
        self.tokens = 0

    def add(self, stored: Mapping[str, Any], fields: Mapping[str, Places]) -> None:
        """One document: what it gives back, and for each field its terms with their positions."""
        self.perdocwriter.start_doc(self.docnum)
        self.perdocwriter.add_field("document", self.schema["document"], stored, 0)
        self.perdocwriter.finish_doc()
        for field, terms in fields.items():
            gathered = self._gathered.setdefault(field, {})
            for term, places in terms.items():
                if term not in gathered:
                    gathered[term] = array("I")
                gathered[term].extend((self.docnum, len(places), *places))
                self.tokens += len(places)
        self._added = True
        self.docnum += 1

    def terms(self, field: str) -> Collection[str]:
        """The terms gathered for a field."""
        return self._gathered.get(field, {})

    def _flush_segment(self) -> None:
        """Whoosh calls this at the commit."""
        self.perdocwriter.close()
        for field in sorted(self._gathered):
            self.fieldwriter.start_field(field, self.schema[field])
            for key, flat in sorted((term.encode(), each) for term, each in self._gathered.pop(field).items()):
                self.fieldwriter.start_term(key)
                self.fieldwriter._postwriter.write(Postings.gathered(flat))
                self.fieldwriter.finish_term()
            self.fieldwriter.finish_field()
        self.fieldwriter.close()


def _postings_at(file: Any, info: Any) -> bytes:
    offset, length = info.extent()
    size = length[0] if isinstance(length, tuple) else length         # Whoosh forgets to unpack what it reads
    return bytes(file.get(offset, size))


def read_postings(reader: Any, field: str, term: str) -> bytes | None:
    """A term's postings in one segment, packed; None if none of its documents contains the term."""
    terms = reader._terms
    try:
        return _postings_at(terms._postfile, terms.term_info(field, term.encode()))
    except TermNotFound:
        return None


def terms_beginning(reader: Any, field: str, prefix: str) -> list[str]:
    """The terms of a field in one segment that begin so."""
    key, found = prefix.encode(), []
    for name, term in reader._terms.terms_from(field, key):
        if name != field or not term.startswith(key):
            break
        found.append(term.decode())
    return found
