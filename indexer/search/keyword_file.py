"""Writes one keyword field (doc_values.Keyword): what is kept of the build before, and further documents behind it."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, repeat
from operator import add

from indexer.search.doc_values import Keyword
from indexer.search.gathered_values import GatheredKeyword
from indexer.search.mapped_file import Arrays, joined
from indexer.search.string_table import table_arrays


@dataclass(frozen=True)
class KeywordFile:
    """One field on its way into a file. gathered: by the parts of an index that are new; before: the field in the build
    before, of which the first documents are kept, as many as first says; is_whole: all of them."""

    name: str
    gathered: Sequence[GatheredKeyword]
    before: Keyword | None = None
    first: int = 0
    is_whole: bool = False

    def arrays(self) -> Arrays:
        of, ends = self._of
        before = self.before.values if self.before else None
        yield from table_arrays(self.name, list(self._new), before, self._known)
        yield f"{self.name}.of", of
        if ends is not None:
            yield f"{self.name}.of_ends", ends
        yield from self._holders()

    def translated(self, numbers: Mapping[str, int]) -> array[int]:
        """For each document of a field with one value, the number that belongs to its value; -1 if none does."""
        before = self.before.values if self.before else None
        old = [] if before is None else [before[each] for each in range(self._known)]
        return array("i", map([numbers.get(value, -1) for value in (*old, *self._new)].__getitem__, self._of[0]))

    @property
    def _known(self) -> int:
        """How many values the build before has. They stay, whether or not a document still has them."""
        return len(self.before.values) if self.before else 0

    @cached_property
    def _new(self) -> dict[str, int]:
        """The numbers of the values that are new."""
        find = self.before.values.find if self.before else lambda value: None
        new = dict.fromkeys(value for each in self.gathered for value in each.numbers if find(value) is None)
        return {value: number for number, value in enumerate(new, self._known)}

    def _number(self, value: str) -> int:
        new = self._new.get(value)
        if new is None and self.before:
            new = self.before.values.find(value)
        assert new is not None
        return new

    @cached_property
    def _of(self) -> tuple[array[int], array[int] | None]:
        """The numbers of the values of all documents, and, if each has several, where those of each end."""
        old = self.before.of[:self._end_of(self.first)] if self.before else None
        more, ends, start = array("I"), array("I"), 0 if old is None else len(old)
        for each in self.gathered:
            numbers = list(map(self._number, each.numbers))
            ends.extend(end + start + len(more) for end in each.of_ends or ())
            more.extend(map(numbers.__getitem__, each.of))
        if self.gathered[0].of_ends is None:
            return joined(old, more), None
        old_ends = self.before.of_ends if self.before else None
        return joined(old, more), joined(None if old_ends is None else old_ends[:self.first], ends)

    def _end_of(self, documents: int) -> int:
        """How many values the first documents of the build before have."""
        if self.before is None or self.before.of_ends is None:
            return documents
        return int(self.before.of_ends[documents - 1]) if documents else 0

    def _holders(self) -> Arrays:
        """The documents of each value: those that the build before has for it, and then the new ones."""
        base = self.before if self.is_whole else None
        new = self._documents(self.first if base else 0)
        old, old_ends = (base.holders, base.holder_ends) if base else ((), ())
        found, done = array("I"), 0
        for number in sorted(new):
            end = old_ends[number] if number < len(old_ends) else len(old)
            found.extend(array("I", bytes(old[done:end])))
            found.extend(new[number])
            done = end
        found.extend(array("I", bytes(old[done:])))
        more = accumulate(len(new[number]) if number in new else 0 for number in range(self._known + len(self._new)))
        yield f"{self.name}.holders", found
        yield f"{self.name}.holder_ends", joined(None, list(map(add, chain(old_ends, repeat(len(old))), more)))

    def _documents(self, since: int) -> Mapping[int, list[int]]:
        """The documents of each value, of the document with this number and those after it."""
        of, ends = self._of
        found: defaultdict[int, list[int]] = defaultdict(list)
        if ends is None:
            for document, number in enumerate(of[since:], since):
                found[number].append(document)
            return found
        start = ends[since - 1] if since else 0
        for document, end in enumerate(ends[since:], since):
            for number in of[start:end]:
                found[number].append(document)
            start = end
        return found
