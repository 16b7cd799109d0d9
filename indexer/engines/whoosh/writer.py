"""A build of the Whoosh engine: written anew, by two processes if it is large, or as the one before with some
documents changed.

    0/, 1/, …        shards, each with the indexes of all kinds, searched together; an update adds one
    article.values   the doc values of all shards together, and so of the other kinds
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from queue import Full, Queue
from threading import Thread

from indexer.engines.whoosh.index import KindIndex, read_values, shards, values_path
from indexer.engines.whoosh.shard import FORMAT, KINDS, Gathered, sync, write_shard
from indexer.errors import OnRecordError
from indexer.index_folder import share_file
from indexer.search import Document, DocValues, Kept, Kind, write_doc_values

ONE_PROCESS = 4_000                # documents; for fewer, starting a second process takes longer than it saves
SHARDS = 2
BATCH = 250                        # documents handed to a process at a time
WAITING = 8                        # batches that may wait for a process, so that neither waits for the other
TOKENS_IN_MEMORY = 12_000_000      # then the segment is written out: some 300 MB

# When a build is better written anew, or its small shards as one: each word is looked up in every shard, and documents
# that are gone still take room.
MOST_SHARDS = 10
MOST_GONE = 0.2
MOST_MERGED = 0.15                 # of the documents, in the shards that are written as one when there are too many


class WhooshWriter:
    """Writes a new build into an empty folder; nothing answers from it before it is switched in."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    def write(self, documents: Iterable[Document]) -> int:
        """Index all the documents and say how many there were; on return they are safe on the disk."""
        stream = iter(documents)
        first = list(islice(stream, ONE_PROCESS))
        if len(first) < ONE_PROCESS:
            gathered = [write_shard(self.folder / "0", first, TOKENS_IN_MEMORY)]
        else:
            gathered = self._write_with_children(chain(first, stream))
        self._write_values(gathered)
        sync(self.folder)
        return sum(len(values) for each in gathered for values in each.values())

    def _write_values(self, gathered: Sequence[Gathered], kept: Mapping[Kind, Kept] = {}) -> None:
        """Write the doc values of what is kept of the build before, and of new shards."""
        articles: Mapping[str, int] = {}
        for kind in KINDS:
            path = values_path(self.folder, kind)
            write_doc_values(path, FORMAT, [each[kind] for each in gathered], kept.get(kind), articles)
            if kind == "article":
                articles = DocValues(kind, path).numbered()

    def _write_with_children(self, documents: Iterator[Document]) -> list[Gathered]:
        writing = [_Shard(self.folder / str(number)) for number in range(SHARDS)]
        try:
            for number, batch in enumerate(_by_article(documents)):
                writing[number % SHARDS].send(batch)
            for shard in writing:
                shard.send(None)
            return [shard.finish() for shard in writing]
        finally:
            for shard in writing:
                shard.stop()

    def update(self, previous: Path, documents: Iterable[Document], gone: Iterable[tuple[Kind, str]] = ()) -> bool:
        """Write what the previous build contains, without the documents named in gone, and with these, which replace
        those of the same kind and id. False, and nothing written, if a build anew is better.

        The shards of the previous build are shared by hard links: no file of a build ever changes. When there are
        many, the small ones that updates left are written as one.
        """
        before, changed = shards(previous), list(documents)
        values = {kind: read_values(previous, kind) for kind in KINDS}
        out = _out(values, {*gone, *((document["kind"], document["id"]) for document in changed)})
        if any(len(out[kind]) > MOST_GONE * len(each) for kind, each in values.items()):
            return False
        sizes = [sum(shard) for shard in zip(*(each.parts for each in values.values()), strict=True)]
        parts = _large(sizes) if len(before) >= MOST_SHARDS else len(before)
        if parts == len(before) >= MOST_SHARDS:
            return False
        for folder in before[:parts]:
            shutil.copytree(folder, self.folder / folder.name, copy_function=share_file)
        kept = {kind: Kept(each, parts, out[kind]) for kind, each in values.items()}
        taken_over = chain.from_iterable(_living(previous, each) for each in kept.values())
        name = str(int(before[-1].name) + 1)
        self._write_values([write_shard(self.folder / name, chain(taken_over, changed), TOKENS_IN_MEMORY)], kept)
        sync(self.folder)
        return True


def _large(sizes: list[int]) -> int:
    """Of shards of so many documents, how many at the beginning stay as they are: those after them contain few
    documents together."""
    kept = len(sizes)
    while kept > 1 and sum(sizes[kept - 1:]) <= MOST_MERGED * sum(sizes):
        kept -= 1
    return kept


def _out(values: Mapping[Kind, DocValues], named: Iterable[tuple[Kind, str]]) -> Mapping[Kind, set[int]]:
    """For each kind the numbers of the documents that are gone, the named ones among them."""
    out = {kind: set(each.gone) for kind, each in values.items()}
    for kind, id in named:
        if (number := values[kind].ids.find(id)) is not None:
            out[kind].add(number)
    return out


def _living(previous: Path, kept: Kept) -> Iterator[Document]:
    """The documents of a build that are not gone and not in the parts that are kept."""
    first = kept.documents
    if first == len(kept.values):
        return
    index = KindIndex(previous, kept.values.kind)
    for number in range(first, len(kept.values)):
        if number not in kept.gone:
            yield index.document(number)
    index.close()


def _by_article(documents: Iterator[Document]) -> Iterator[list[Document]]:
    """Batches in which an article and its quotations are together."""
    batch: list[Document] = []
    for document in documents:
        if len(batch) >= BATCH and document["kind"] != "quotation":
            yield batch
            batch = []
        batch.append(dict(document))
    yield batch


# An interrupt is for the one who builds, also while its child is still importing.
_SHARD = ("import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); "
          "from indexer.engines.whoosh.shard import main; main()")


class _Shard:
    """A process that writes one folder. It reads documents from a pipe and dies when the pipe breaks: a build
    that is killed leaves no process behind."""

    def __init__(self, folder: Path) -> None:
        package = str(Path(__file__).resolve().parents[3])
        paths = os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SHARD, str(folder), str(TOKENS_IN_MEMORY)],
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

    def finish(self) -> Gathered:
        """Wait until all is on the disk; what was gathered of the documents."""
        assert self._process.stdout
        answer = self._process.stdout.read()
        if self._process.wait():
            raise self._failure()
        gathered: Gathered = pickle.loads(answer)
        return gathered

    def _failure(self) -> OnRecordError:
        code = self._process.wait()
        return OnRecordError(f"A process that writes the index ended with status {code}; its message is above.")

    def stop(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()
