"""Vectors by the text they are of, in files that only grow: what has been encoded once is never encoded again.

    vectors/<encoder>/<part>-<generation>/rows      int8, a vector a row
                                          scales    float32, what a row is multiplied by
                                          keys      16 bytes a row, a hash of the passage's text

The files lie beside the builds, which say which passage has which row, and are mapped into memory, so that processes
share them. A row never changes: an older build still answers while a newer one adds rows. When many rows belong to
passages that are gone, the others begin a new generation.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from indexer.errors import VectorsDamaged
from indexer.meaning.encoder import Vectors
from indexer.models import Span

KEY = 16                          # bytes
AT_ONCE = 1_024                   # rows that are multiplied together: as fractions they still fit into a core's cache

Array: TypeAlias = np.ndarray[Any, Any]


def key_of(text: str, part: Span | None = None) -> bytes:
    """Equal for equal texts, or for the same part of equal texts."""
    place = f"{part.start} {part.end}" if part else ""
    return blake2b(f"{place}\n{text}".encode(errors="surrogatepass"), digest_size=KEY).digest()


def complete_rows(folder: Path, dimension: int) -> int:
    """How many rows are whole: a build that was killed may have left parts of more."""
    sizes = {"rows": dimension, "scales": 4, "keys": KEY}
    return min((folder / name).stat().st_size // size if (folder / name).is_file() else 0
               for name, size in sizes.items())


class VectorStore:
    """The rows of one generation that a build refers to. Safe from many threads."""

    def __init__(self, folder: Path, dimension: int, length: int) -> None:
        """length: how many rows. VectorsDamaged if there are fewer."""
        if complete_rows(folder, dimension) < length:
            raise VectorsDamaged(folder)
        self.length = length
        self._rows = _mapped(folder / "rows", np.int8, (length, dimension))
        self._scales = _mapped(folder / "scales", np.float32, (length,))

    def rows(self, numbers: Array) -> Vectors:
        """Rows as they are stored."""
        return Vectors(self._rows[numbers], self._scales[numbers])

    def vectors(self, numbers: Array) -> Array:
        """Rows as vectors of length 1."""
        found: Array = self._rows[numbers].astype(np.float32) * self._scales[numbers][:, None]
        return found

    def cosines(self, vector: Array) -> Array:
        """The cosine of every row with a vector of length 1, exactly: a product of matrices, in blocks."""
        found = np.empty(self.length, np.float32)
        space = np.empty((AT_ONCE, len(vector)), np.float32)
        for start in range(0, self.length, AT_ONCE):
            rows = self._rows[start:start + AT_ONCE]
            block = space[:len(rows)]
            block[...] = rows
            np.dot(block, vector, out=found[start:start + len(rows)])
        found *= self._scales
        return found


class VectorWriter:
    """Adds rows to a generation; they are safe on the disk when it is closed. Only the holder of the index's lock may
    write."""

    def __init__(self, folder: Path, dimension: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.length = complete_rows(folder, dimension)
        self._files = {name: _opened(folder / name, self.length * size)
                       for name, size in (("rows", dimension), ("scales", 4), ("keys", KEY))}
        self._files["keys"].seek(0)
        packed = self._files["keys"].read()
        self.numbers = {packed[at:at + KEY]: at // KEY for at in range(0, len(packed), KEY)}

    def __enter__(self) -> VectorWriter:
        return self

    def __exit__(self, *error: object) -> None:
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
            file.close()

    def add(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Rows for keys that have none. The keys are written last: a row is whole with its key."""
        for name, data in (("rows", vectors.rows.tobytes()), ("scales", vectors.scales.tobytes()),
                           ("keys", b"".join(keys))):
            self._files[name].write(data)
            self._files[name].flush()
        self.numbers.update(zip(keys, range(self.length, self.length + len(keys))))
        self.length += len(keys)


def keys_of(folder: Path, numbers: Array) -> list[bytes]:
    """The keys of rows."""
    packed = (folder / "keys").read_bytes()
    return [packed[number * KEY:(number + 1) * KEY] for number in numbers.tolist()]


def _mapped(path: Path, kind: Any, shape: tuple[int, ...]) -> Array:
    return np.memmap(path, kind, "r", shape=shape) if shape[0] else np.zeros(shape, kind)


def _opened(path: Path, size: int) -> Any:
    """A file to add to, of which only the whole rows are kept."""
    file = path.open("r+b" if path.exists() else "w+b")
    file.truncate(size)
    file.seek(0, os.SEEK_END)
    return file
