"""Arrays of numbers, each with a name, in one file that is mapped into memory: opened without being read, whatever its
size, and in memory once, however many processes have it open.

    the magic, which also tells the order of bytes, and the length of the contents
    the contents as JSON: the format, facts, and of each array its type, the place where it begins, how many numbers
    the arrays, each at a multiple of eight bytes
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct
from typing import Any, TypeAlias

# An array as it is mapped: indexing outside of it is an IndexError, as in a list.
Numbers: TypeAlias = "memoryview[Any]"
# Arrays to be written, by name; bytes are an array of type B.
Arrays: TypeAlias = Iterator[tuple[str, "array[Any] | bytes"]]

_START = Struct("=QQ")             # a number, so that another order of bytes is another magic
_MAGIC = int.from_bytes(b"onrecord", "big")
_SIZES = {"B": 1, "H": 2, "I": 4, "Q": 8, "i": 4, "q": 8, "d": 8}
_LARGEST = {"B": 0xFF, "H": 0xFFFF, "I": 0xFFFF_FFFF, "Q": 0xFFFF_FFFF_FFFF_FFFF}
_ALIGNED = 8


class MappedFile:
    """What write_mapped wrote. ValueError where that is something else, or not all there. facts: what was given."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
        contents, self._first = _contents(self._data, path)
        self.format = str(contents["format"])
        self.facts: Mapping[str, Any] = contents["facts"]
        self._arrays: Mapping[str, tuple[str, int, int]] = contents["arrays"]

    def numbers(self, name: str) -> Numbers:
        """An array, not copied."""
        code, start, count = self._arrays[name]
        start, size = start + self._first, count * _SIZES[code]
        if not self._first <= start <= start + size <= len(self._data) or start % _ALIGNED:
            raise ValueError(f"{name} is not all there")
        return self._data[start:start + size].cast(code)            # type: ignore[call-overload, no-any-return]

    def held(self, name: str) -> bool:
        """Whether there is an array of this name."""
        return name in self._arrays


def _contents(data: Numbers, path: Path) -> tuple[dict[str, Any], int]:
    """The contents, and where the arrays begin."""
    magic, length = _START.unpack_from(data) if len(data) >= _START.size else (0, 0)
    if magic != _MAGIC or length > len(data):
        raise ValueError(f"{path.name} is no file of onrecord's")
    end = _START.size + length
    return json.loads(bytes(data[_START.size:end])), _aligned(end)


def write_mapped(path: Path, format: str, arrays: Mapping[str, array[Any] | bytes], facts: Mapping[str, Any]) -> None:
    """Write arrays under their names. facts: any JSON, for what is no array."""
    held = {name: each if isinstance(each, array) else array("B", each) for name, each in arrays.items()}
    ends = list(accumulate(_aligned(len(each) * each.itemsize) for each in held.values()))
    where = {name: (each.typecode, start, len(each)) for (name, each), start in zip(held.items(), [0, *ends])}
    contents = json.dumps({"format": format, "facts": facts, "arrays": where}).encode()
    with path.open("wb") as file:
        file.write(_padded(_START.pack(_MAGIC, len(contents)) + contents))
        for each in held.values():
            file.write(_padded(each.tobytes()))


def joined(before: Numbers | None, more: Sequence[int] | array[Any], code: str = "B") -> array[Any]:
    """The numbers of an array that is mapped, and further ones. code: the type if there is none before; a larger one
    is taken where a number needs it."""
    code = before.format if before is not None else code
    largest = max(more, default=0)
    wider = code if largest <= _LARGEST.get(code, largest) else next(
        each for each, most in _LARGEST.items() if largest <= most)
    if before is None or wider != code:
        found = array(wider, before if before is not None else ())
    else:
        found = array(code, before.tobytes())
    found.extend(more if not isinstance(more, array) or more.typecode == wider else array(wider, more))
    return found


def _aligned(place: int) -> int:
    return -(-place // _ALIGNED) * _ALIGNED


def _padded(data: bytes) -> bytes:
    return data.ljust(_aligned(len(data)), b"\0")
