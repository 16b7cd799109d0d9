"""Near-duplicates in an ordered answer, whatever the engine: folded into the first of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Folded(Generic[T]):
    """An ordered answer of which each group is shown as its first. groups: the group of each, in the same order;
    None where it stands alone. Without groups nothing is folded."""

    def __init__(self, ordered: Sequence[T], groups: Iterable[int | str | None] = ()) -> None:
        of = list(groups)
        self._sizes = Counter(of)
        self._sizes.pop(None, None)
        self.leaders = list(ordered)
        if any(size > 1 for size in self._sizes.values()):
            first = {group: at for at, group in reversed([*enumerate(of)])}
            self.leaders = [each for at, each in enumerate(ordered) if of[at] is None or first[of[at]] == at]

    def page(self, number: int, size: int) -> list[T]:
        return self.leaders[(number - 1) * size:number * size]

    def duplicates(self, group: int | str | None) -> int:
        """How many further documents were folded into the first of this group."""
        return max(0, self._sizes[group] - 1)
