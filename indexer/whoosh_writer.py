"""Documents into Whoosh indexes: one index for each kind, in one folder or, for larger archives, in two that
two processes fill at the same time and that are searched together."""

from __future__ import annotations

import gc
import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from queue import Full, Queue
from threading import Thread
from typing import IO, Any, get_args

from whoosh import fields, index

from indexer import matching
from indexer.analysis import name_positions, positions, stem
from indexer.columns import Columns
from indexer.engine import Document, Kind
from indexer.errors import OnRecordError
from indexer.schema import SCHEMA_VERSION
from indexer.whoosh_codec import Packed, PackedWriter, Places

FORMAT = f"whoosh packed 1, schema {SCHEMA_VERSION}"
KINDS: tuple[Kind, ...] = get_args(Kind)

ONE_PROCESS = 4_000                # documents; up to so many a second process costs more than it saves
SHARDS = 2
BATCH = 250                        # documents handed to a process at a time
WAITING = 8                        # batches that may wait for a process, so that neither waits for the other
TOKENS_IN_MEMORY = 12_000_000      # then the segment is written out: some 300 MB


class WhooshWriter:
    """Writes a new build into an empty folder; nothing answers from it before it is switched in."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    def write(self, documents: Iterable[Document]) -> int:
        """Index all the documents and say how many there were; on return they are safe on the disk."""
        stream = iter(documents)
        first = list(islice(stream, ONE_PROCESS))
        if len(first) < ONE_PROCESS:
            count = write_shard(self.folder / "0", first, TOKENS_IN_MEMORY)
        else:
            count = self._write_with_children(chain(first, stream))
        sync(self.folder)
        return count

    def _write_with_children(self, documents: Iterator[Document]) -> int:
        shards = [_Shard(self.folder / str(number)) for number in range(SHARDS)]
        try:
            for number, batch in enumerate(_by_article(documents)):
                shards[number % SHARDS].send(batch)
            for shard in shards:
                shard.send(None)
            return sum(shard.finish() for shard in shards)
        finally:
            for shard in shards:
                shard.stop()


def _by_article(documents: Iterator[Document]) -> Iterator[list[Document]]:
    """Batches that keep an article and its quotations together."""
    batch: list[Document] = []
    for document in documents:
        if len(batch) >= BATCH and document["kind"] != "quotation":
            yield batch
            batch = []
        batch.append(dict(document))
    yield batch


class _Shard:
    """A process that writes one folder. It reads documents from a pipe and dies when the pipe breaks: a build
    that is killed leaves no process behind."""

    def __init__(self, folder: Path) -> None:
        package = str(Path(__file__).resolve().parent.parent)
        paths = os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "indexer.whoosh_writer", str(folder), str(TOKENS_IN_MEMORY)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths})

        self._waiting: Queue[list[Document] | None] = Queue(WAITING)
        self._sender = Thread(target=self._send_waiting, daemon=True)
        self._sender.start()

    def send(self, batch: list[Document] | None) -> None:
        """Hand over a batch; None says that there are no more."""
        while self._sender.is_alive():
            try:
                return self._waiting.put(batch, timeout=1.0)
            except Full:
                continue
        raise self._failure()

    def _send_waiting(self) -> None:
        """Runs in a thread of its own; ends after the last batch, or when the process is gone."""
        assert self._process.stdin
        try:
            while (batch := self._waiting.get()) is not None:
                pickle.dump(batch, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            pickle.dump(None, self._process.stdin)
            self._process.stdin.flush()
        except (OSError, ValueError):                        # broken, or closed by stop()
            return

    def finish(self) -> int:
        """Wait until all is on the disk; how many documents there were."""
        assert self._process.stdout
        answer = self._process.stdout.read()
        if self._process.wait():
            raise self._failure()
        return int(answer)

    def _failure(self) -> OnRecordError:
        code = self._process.wait()
        return OnRecordError(f"A process that writes the index ended with status {code}; its message stands above.")

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()


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
    """Writes the documents of one kind, a segment after the other, each with its columns beside it."""

    def __init__(self, folder: Path, kind: Kind, tokens: int) -> None:
        self.folder = folder
        self.kind = kind
        self.tokens = tokens
        self.fields = tuple(field for field in matching.KEYS[kind] if kind != "person" or field == "speaker")
        schema = fields.Schema(document=fields.STORED(), **{name: Packed() for name in self.fields})
        self.index = index.create_in(str(folder), schema, indexname=kind)
        self.segments = 0
        self._open()

    def _open(self) -> None:
        self.writer = PackedWriter(self.index)
        self.columns = Columns(self.kind)
        self.names: list[list[str]] = []

    def add(self, document: Document) -> None:
        terms = {field: field_terms(document, field) for field in self.fields}
        self.columns.add(document, {field: sum(map(len, found.values())) for field, found in terms.items()})
        self.writer.add(dict(document), terms)
        if self.kind == "person":
            self.names.append([document["name"], *document["aliases"]])
        if self.writer.tokens > self.tokens:
            self.close()
            self._open()

    def close(self) -> None:
        """Write the segment; its columns are named by its place."""
        side = {"format": FORMAT, **self.columns.as_json(), "names": self.names, "words": self._words()}
        if not len(self.columns):
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
            words.setdefault(stem(form), []).append(form)
        return words


def field_terms(document: Mapping[str, Any], field: str) -> Places:
    """The terms of a field of a document: forms, which a query's stem is expanded to."""
    texts = matching.values(document, field)
    return name_positions(texts) if matching.is_name(field) else positions(texts)


def sync(folder: Path) -> None:
    """Put a folder and all its files on the disk: Whoosh itself never does."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def main() -> None:
    """A shard's process: documents come in through standard input, their number goes out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)             # the parent ends us by closing the pipe
    gc.disable()                                             # millions of small objects, none in a cycle
    try:
        count = write_shard(Path(sys.argv[1]), read_batches(sys.stdin.buffer), int(sys.argv[2]))
    except EOFError:
        raise SystemExit("The build that wanted this index is gone.") from None
    print(count)


if __name__ == "__main__":
    main()
