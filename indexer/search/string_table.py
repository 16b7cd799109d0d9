"""Many texts in one array of bytes, numbered from 0, with an order in which they are looked up."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import accumulate
from typing import Any

from indexer.search.mapped_file import Arrays, MappedFile, joined

FEW = 0.05                         # share of an order; so few are put in one by one, more are sorted with it

# UTF-8 sorts as its characters do. Names of files may hold what is no character.
_ERRORS = "surrogatepass"


class StringTable:
    """Texts in a file that is mapped into memory. sorted: the numbers of those that are found, in the texts' order."""

    def __init__(self, file: MappedFile, name: str) -> None:
        self.text = file.numbers(f"{name}.text")
        self.ends = file.numbers(f"{name}.ends")
        self.sorted = file.numbers(f"{name}.sorted")

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> str:
        return str(self.text[self.ends[number - 1] if number else 0:self.ends[number]], "utf-8", _ERRORS)

    def encoded(self, number: int) -> bytes:
        """A text as the bytes by which it is sorted."""
        return bytes(self.text[self.ends[number - 1] if number else 0:self.ends[number]])

    def find(self, text: str) -> int | None:
        """The number of a text; None if it is not there."""
        sought = text.encode("utf-8", _ERRORS)
        at = bisect_left(self.sorted, sought, key=self.encoded)
        if at < len(self.sorted) and self.encoded(self.sorted[at]) == sought:
            return int(self.sorted[at])
        return None


def table_arrays(
    name: str, new: Sequence[str], before: StringTable | None = None, kept: int = 0, gone: Collection[int] = (),
) -> Arrays:
    """What StringTable reads: so many texts of the table before, and then new ones. gone: the numbers of those that
    are not to be found."""
    encoded = [text.encode("utf-8", _ERRORS) for text in new]
    size = before.ends[kept - 1] if before is not None and kept else 0
    yield f"{name}.text", b"".join([before.text[:size].tobytes() if before is not None else b"", *encoded])
    ends = list(accumulate(map(len, encoded), initial=size))[1:]
    yield f"{name}.ends", joined(before.ends[:kept] if before is not None else None, ends)

    def key(number: int) -> bytes:
        return before.encoded(number) if before is not None and number < kept else encoded[number - kept]

    order = [each for each in before.sorted if each < kept and each not in gone] if before is not None else []
    yield f"{name}.sorted", joined(None, merged(order, range(kept, kept + len(new)), key))


def merged(order: Sequence[int], new: Iterable[int], key: Callable[[int], Any]) -> list[int]:
    """Numbers in their order, with further ones put in where they belong."""
    found, further = list(order), list(new)
    if len(further) > FEW * len(found):
        return sorted([*found, *further], key=key)
    for each in further:
        insort(found, each, key=key)
    return found
