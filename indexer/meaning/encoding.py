"""The passages of an archive get their vectors, and a build the table of them: only what changed is read, and only what
was never encoded is encoded."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TypeAlias

import numpy as np

from indexer.errors import VectorsDamaged
from indexer.meaning.encoder import Encoder, Text, Vectors
from indexer.meaning.extra import VECTORS
from indexer.meaning.passage_table import ENTRY, PARTS, Part, PartTable, PassageTable, read_table
from indexer.meaning.passages import VERSION, Passage, passages_of
from indexer.meaning.related_words import relate_words
from indexer.meaning.vector_store import VectorStore, VectorWriter, key_of, keys_of
from indexer.models import Annotated, Span

AT_ONCE = 200                     # articles whose passages are encoded together: what a killed build loses
MOST_UNUSED = 0.4                 # share of a generation's rows that nothing refers to, before the next one begins

Array: TypeAlias = np.ndarray[Any, Any]
Entry: TypeAlias = tuple[int, int, int, int, int]          # the columns of passage_table.ENTRY
ArticlesOf: TypeAlias = Callable[[Collection[str]], Iterable[Annotated]]


class Progress(Protocol):
    """Is told how far a build is."""

    def begin(self, step: str, total: int) -> None: ...

    def advance(self, done: int = 1, words: int = 0) -> None: ...


def encode_archive(
    index: Path, build: Path, encoder: Encoder, versions: Mapping[str, str], annotated_of: ArticlesOf,
    before: Path | None, progress: Progress,
) -> int:
    """Write the table of a build's passages, after the vectors that it needs; how many had to be encoded.

    versions: of every article, by its id, in their order; annotated_of gives those of some ids, in any order. before:
    the folder of a build whose table is taken over where the version is the same.
    """
    relate_words(encoder)
    versions = {id: f"{version} {VERSION}" for id, version in versions.items()}
    held = _held(index, before, encoder)
    same = {id for id, version in zip(held.articles, held.versions) if versions.get(id) == version}
    changed = [id for id in versions if id not in same]
    numbers = {id: number for number, id in enumerate(versions)}
    progress.begin("encoding", len(changed))
    with ExitStack() as stack:
        writers = {part: stack.enter_context(VectorWriter(_generation(index, held, part), held.dimension))
                   for part in PARTS}
        had = {part: writer.length for part, writer in writers.items()}
        entries = _entries_of(annotated_of(changed), encoder, writers, numbers, progress)
        encoded = sum(writers[part].length - had[part] for part in PARTS)
    places = np.array([numbers.get(id, -1) if id in same else -1 for id in held.articles], np.int64)
    parts = {part: _part(_merged(held, part, places, entries[part]), writers[part], held.dimension) for part in PARTS}
    PassageTable(held.encoder, held.dimension, list(versions), list(versions.values()), parts).write(build)
    return encoded


def remove_unused(index: Path, builds: Iterable[Path]) -> None:
    """Remove the vectors to which none of these builds refers."""
    used = set()
    for build in builds:
        try:
            table = read_table(build)
        except VectorsDamaged:
            continue
        used |= {index / VECTORS / table.encoder / part.generation for part in table.parts.values()} if table else set()
    for folder in (index / VECTORS).glob("*/*"):
        if folder not in used:
            shutil.rmtree(folder, ignore_errors=True)


def _held(index: Path, before: Path | None, encoder: Encoder) -> PassageTable:
    """The table of the build before, if it is of the same encoder and its vectors are there; else an empty one."""
    nothing = PassageTable(encoder.about.key, encoder.about.dimension)
    try:
        held = read_table(before) if before else None
        if held is None or held.encoder != nothing.encoder:
            return nothing
        for part in held.parts.values():
            VectorStore(index / VECTORS / held.encoder / part.generation, held.dimension, part.length)
    except VectorsDamaged:
        return nothing
    return held


def _generation(index: Path, held: PassageTable, part: Part) -> Path:
    """The folder of the vectors to which rows are added: that of the table, else the latest there is."""
    folder = index / VECTORS / held.encoder
    if part in held.parts:
        return folder / held.parts[part].generation
    return max(folder.glob(f"{part}-*"), key=_number, default=folder / f"{part}-1")


def _number(generation: Path) -> int:
    number = generation.name.rpartition("-")[2]
    return int(number) if number.isdigit() else 0


def _entries_of(
    annotated: Iterable[Annotated], encoder: Encoder, writers: Mapping[Part, VectorWriter],
    numbers: Mapping[str, int], progress: Progress,
) -> Mapping[Part, list[Entry]]:
    """The entries of articles; vectors that are missing are added."""
    entries: dict[Part, list[Entry]] = {part: [] for part in PARTS}
    for some in _batches(annotated):
        passages = [(numbers[each.article.id], passage) for each in some for passage in passages_of(each)]
        _encode([passage for _, passage in passages], encoder, writers)
        for number, passage in passages:
            for part, quotation, span, key in _vectors_of(passage):
                entries[part].append((number, quotation, span.start, span.end, writers[part].numbers[key]))
        progress.advance(len(some))
    return entries


def _batches(annotated: Iterable[Annotated]) -> Iterator[Sequence[Annotated]]:
    left = iter(annotated)
    while some := tuple(islice(left, AT_ONCE)):
        yield some


def _vectors_of(passage: Passage) -> Iterator[tuple[Part, int, Span, bytes]]:
    """What of a passage has a vector: the part of the table it belongs to, the number of the quotation or 0, where it
    is in the article, and its key."""
    if passage.span:
        yield "stories", 0, passage.span, key_of(passage.text)
    for each in passage.parts:
        yield "quotations" if each.quotation else "stories", each.quotation, each.span, key_of(passage.text, each.place)


def _encode(passages: Sequence[Passage], encoder: Encoder, writers: Mapping[Part, VectorWriter]) -> None:
    """Add the vectors that passages lack."""
    lacking = [passage for passage in dict.fromkeys(passages)
               if any(key not in writers[part].numbers for part, _, _, key in _vectors_of(passage))]
    texts = [Text(passage.text, tuple(each.place for each in passage.parts)) for passage in lacking]
    new: dict[Part, dict[bytes, tuple[Vectors, int]]] = {part: {} for part in PARTS}
    for passage, vectors in zip(lacking, encoder.passages(texts)):
        first = 0 if passage.span else 1                 # the whole of a passage comes before its parts
        for at, (part, _, _, key) in enumerate(_vectors_of(passage), first):
            if key not in writers[part].numbers:
                new[part][key] = vectors, at
    for part, found in new.items():
        if found:
            rows = np.array([vectors.rows[at] for vectors, at in found.values()])
            scales = np.array([vectors.scales[at] for vectors, at in found.values()])
            writers[part].add(list(found), Vectors(rows, scales))


def _merged(held: PassageTable, part: Part, places: Array, new: Sequence[Entry]) -> Array:
    """The entries of articles that stayed, at their new places, and the new ones; all in the order of the articles."""
    parts = [np.array(list(new), ENTRY)]
    if part in held.parts:
        old = held.parts[part].entries
        moved = places[old["article"]]
        kept = np.array(old[moved >= 0])
        kept["article"] = moved[moved >= 0]
        parts.append(kept)
    entries = np.concatenate(parts)
    order = np.lexsort((-entries["end"].astype(np.int64), entries["start"], entries["quotation"], entries["article"]))
    return entries[order]                # the opening comes before its first sentence


def _part(entries: Array, writer: VectorWriter, dimension: int) -> PartTable:
    """The entries with their vectors, in a new generation if most of what is there is of no use any more."""
    used, at = np.unique(entries["row"], return_inverse=True)
    if writer.length - len(used) <= MOST_UNUSED * writer.length:
        return PartTable(writer.folder.name, writer.length, entries)
    store = VectorStore(writer.folder, dimension, writer.length)
    part, _, number = writer.folder.name.rpartition("-")
    folder = writer.folder.with_name(f"{part}-{int(number) + 1}")
    shutil.rmtree(folder, ignore_errors=True)            # of a build that was killed
    with VectorWriter(folder, dimension) as new:
        new.add(keys_of(writer.folder, used), store.rows(used))
    entries["row"] = at
    return PartTable(folder.name, len(used), entries)
