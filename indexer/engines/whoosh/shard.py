"""Documents into the Whoosh indexes of one folder, one for each kind; alone, or as a process that is fed."""

from __future__ import annotations

import gc
import json
import os
import pickle
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, get_args

from whoosh import fields, index

from indexer.engines.whoosh.codec import Packed, PackedWriter, Places
from indexer.schema import SCHEMA_VERSION
from indexer.search import Document, Kind, analysis, doc_values, matching

FORMAT = f"whoosh packed 2, schema {SCHEMA_VERSION}"
KINDS: tuple[Kind, ...] = get_args(Kind)


def read_batches(pipe: IO[bytes]) -> Iterator[Document]:
    """The documents that come through a pipe, until the end is announced; EOFError when it breaks before."""
    while (batch := pickle.load(pipe)) is not None:
        yield from batch


def write_shard(folder: Path, documents: Iterable[Document], tokens: int) -> int:
    """Index the documents into one folder, with a new segment after so many tokens of a kind."""
    folder.mkdir(parents=True, exist_ok=True)
    writers = {kind: _KindWriter(folder, kind, tokens) for kind in KINDS}
    count = 0
    for count, document in enumerate(documents, 1):
        writers[document["kind"]].add(document)
    for writer in writers.values():
        writer.close()
    sync(folder)
    return count


class _KindWriter:
    """Writes the documents of one kind, a segment after the other, each with its doc values beside it."""

    def __init__(self, folder: Path, kind: Kind, tokens: int) -> None:
        self.folder = folder
        self.kind = kind
        self.tokens = tokens
        self.fields = matching.indexed_fields(kind)
        schema = fields.Schema(document=fields.STORED(), **{name: Packed() for name in self.fields})
        self.index = index.create_in(str(folder), schema, indexname=kind)
        self.segments = 0
        self._open()

    def _open(self) -> None:
        self.writer = PackedWriter(self.index)
        self.doc_values = doc_values.DocValues(self.kind)
        self.names: list[list[str]] = []

    def add(self, document: Document) -> None:
        terms = {field: field_terms(document, field) for field in self.fields}
        self.doc_values.add(document, {field: sum(map(len, found.values())) for field, found in terms.items()})
        self.writer.add(dict(document), terms)
        if self.kind == "person":
            self.names.append([document["name"], *document["aliases"]])
        if self.writer.tokens > self.tokens:
            self.close()
            self._open()

    def close(self) -> None:
        """Write the segment, and beside it a file of its number with the doc values, names and forms."""
        side = {"format": FORMAT, **self.doc_values.as_json(), "names": self.names, "words": self._words()}
        if not len(self.doc_values):
            self.writer.cancel()
            return
        self.writer.commit(merge=False)
        path = self.folder / f"{self.kind}-{self.segments}.json"
        path.write_text(json.dumps(side, separators=(",", ":"), ensure_ascii=False), encoding="utf-8")
        self.segments += 1

    def _words(self) -> dict[str, list[str]]:
        """Stems with the forms that the texts use."""
        texts = [field for field in self.fields if not matching.is_name(field)]
        forms = sorted({form for field in texts for form in self.writer.terms(field)})
        words: dict[str, list[str]] = {}
        for form in forms:
            words.setdefault(analysis.stem(form), []).append(form)
        return words


def field_terms(document: Mapping[str, Any], field: str) -> Places:
    """The terms of a field of a document: forms, to which the stems of a query are expanded."""
    texts = matching.values(document, field)
    return analysis.name_positions(texts) if matching.is_name(field) else analysis.positions(texts)


def sync(folder: Path) -> None:
    """Make sure that a folder and all its files are on the disk: Whoosh itself never does."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def main() -> None:
    """A shard's process: documents come in through standard input, how many there were goes out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)             # the parent ends us by closing the pipe
    gc.disable()                                             # millions of small objects, none in a cycle
    try:
        count = write_shard(Path(sys.argv[1]), read_batches(sys.stdin.buffer), int(sys.argv[2]))
    except EOFError:
        raise SystemExit("The build that wanted this index is gone.") from None
    print(count)
