"""Near-duplicates in a list of hits, whatever the engine: the first of each group is shown for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class CollapsedHits(Generic[T]):
    """Hits in their order, of each group only the first. groups: the group of each hit, in the same order, None for
    a hit without one. Without groups nothing is collapsed."""

    def __init__(self, ordered: Sequence[T], groups: Iterable[int | str | None] = ()) -> None:
        of = list(groups)
        self._sizes = Counter(of)
        self._sizes.pop(None, None)
        self.leaders = list(ordered)
        if any(size > 1 for size in self._sizes.values()):
            first = {group: at for at, group in reversed([*enumerate(of)])}
            self.leaders = [each for at, each in enumerate(ordered) if of[at] is None or first[of[at]] == at]

    def page(self, number: int, size: int) -> list[T]:
        """One page of so many hits, counted from 1."""
        return self.leaders[(number - 1) * size:number * size]

    def duplicates(self, group: int | str | None) -> int:
        """How many further hits the first of this group is shown for."""
        return max(0, self._sizes[group] - 1)
