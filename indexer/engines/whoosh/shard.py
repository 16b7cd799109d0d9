"""Documents into the Whoosh indexes of one folder, one for each kind; alone, or as a process that is fed."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, TypeAlias, get_args

from whoosh import fields, index

from indexer.engines.whoosh.codec import Packed, PackedWriter, Places
from indexer.schema import SCHEMA_VERSION
from indexer.search import Document, GatheredValues, Kind, analysis, matching, write_word_forms

FORMAT = f"whoosh packed 3, schema {SCHEMA_VERSION}"
KINDS: tuple[Kind, ...] = get_args(Kind)

Gathered: TypeAlias = Mapping[Kind, GatheredValues]


def read_batches(pipe: IO[bytes]) -> Iterator[Document]:
    """The documents that come through a pipe, until the end is announced; EOFError when it breaks before."""
    while (batch := pickle.load(pipe)) is not None:
        yield from batch


def write_shard(folder: Path, documents: Iterable[Document], tokens: int) -> Gathered:
    """Index the documents into one folder, with a new segment after so many tokens of a kind; what was gathered of
    each kind, in the order of the documents' numbers."""
    folder.mkdir(parents=True, exist_ok=True)
    writers = {kind: _KindWriter(folder, kind, tokens) for kind in KINDS}
    for document in documents:
        writers[document["kind"]].add(document)
    for writer in writers.values():
        writer.close()
    sync(folder)
    return {kind: writer.values for kind, writer in writers.items()}


class _KindWriter:
    """Writes the documents of one kind, a segment after the other, and beside them the forms of their words."""

    def __init__(self, folder: Path, kind: Kind, tokens: int) -> None:
        self.folder = folder
        self.kind = kind
        self.tokens = tokens
        self.fields = matching.indexed_fields(kind)
        schema = fields.Schema(document=fields.STORED(), **{name: Packed() for name in self.fields})
        self.index = index.create_in(str(folder), schema, indexname=kind)
        self.values = GatheredValues(kind)
        self.forms: set[str] = set()
        self.writer = PackedWriter(self.index)

    def add(self, document: Document) -> None:
        terms = {field: field_terms(document, field) for field in self.fields}
        self.values.add(document, {field: sum(map(len, found.values())) for field, found in terms.items()})
        self.writer.add(dict(document), terms)
        if self.writer.tokens > self.tokens:
            self._commit()
            self.writer = PackedWriter(self.index)

    def close(self) -> None:
        """Write the last segment, and the forms of words that all of them use."""
        self._commit()
        write_word_forms(self.folder / f"{self.kind}.words", FORMAT, self.forms)

    def _commit(self) -> None:
        texts = [field for field in self.fields if not matching.is_name(field)]
        self.forms.update(form for field in texts for form in self.writer.terms(field))
        if self.writer.docnum:
            self.writer.commit(merge=False)
        else:
            self.writer.cancel()


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
    """A shard's process: documents come in through standard input, what was gathered of them goes out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)             # the parent ends us by closing the pipe
    gc.disable()                                             # millions of small objects, none in a cycle
    try:
        gathered = write_shard(Path(sys.argv[1]), read_batches(sys.stdin.buffer), int(sys.argv[2]))
    except EOFError:
        raise SystemExit("The build that wanted this index is gone.") from None
    pickle.dump(gathered, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
