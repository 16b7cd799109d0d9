"""Writes what doc_values maps: the values of documents, and all that is derived from them, so that whoever opens an
index derives nothing.

An update begins with the values of the build before and copies most of them as they are.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from indexer.search.doc_values import NO_DAY, DocValues, in_order
from indexer.search.gathered_values import GatheredValues
from indexer.search.keyword_file import KeywordFile
from indexer.search.mapped_file import Arrays, joined, write_mapped
from indexer.search.string_table import merged, table_arrays

RECENCY = 1e-6                     # less than what tells scores apart: it decides between equal ones


@dataclass(frozen=True, slots=True)
class Kept:
    """What stays of the build before: the documents of its first parts, without those that are gone."""

    values: DocValues
    parts: int
    gone: Set[int]

    @property
    def documents(self) -> int:
        return sum(self.values.parts[:self.parts])


def write_doc_values(
    path: Path, format: str, gathered: Sequence[GatheredValues], kept: Kept | None = None,
    articles: Mapping[str, int] = {},
) -> None:
    """Write the values of one kind: what is kept of the build before, then what each new part of the index gathered.
    articles: of quotations, the number of each article."""
    writing = _Writing(gathered, kept, articles)
    write_mapped(path, format, dict(writing.arrays()), writing.facts())


@dataclass(frozen=True)
class _Writing:
    """The values of one kind on their way into a file."""

    gathered: Sequence[GatheredValues]
    kept: Kept | None
    articles: Mapping[str, int]

    def arrays(self) -> Arrays:
        ids = self.kept.values.ids if self.kept else None
        yield from self._numbers.items()
        yield from table_arrays("ids", self._new_ids, ids, self._first, self._gone)
        for name in self.gathered[0].keywords:
            keyword = self._keyword(name)
            yield from keyword.arrays()
            if name == "article_id":
                yield "article", keyword.translated(self.articles)
        yield "oldest_first", array("I", self._oldest_first)
        yield "recency", self._recency()
        yield "gone", array("I", sorted(self._gone))

    def facts(self) -> Mapping[str, Any]:
        before = self.kept.values.parts[:self.kept.parts] if self.kept else ()
        last = self._numbers["last"]
        return {
            "undated": bisect_right(self._oldest_first, NO_DAY, key=last.__getitem__),
            "mean_lengths": {name.removesuffix(".length"): self._mean(numbers)
                             for name, numbers in self._numbers.items() if name.endswith(".length")},
            "parts": [*before, *map(len, self.gathered)],
        }

    @cached_property
    def _first(self) -> int:
        """The number of the first new document."""
        return self.kept.documents if self.kept else 0

    @cached_property
    def _gone(self) -> frozenset[int]:
        return frozenset(each for each in self.kept.gone if each < self._first) if self.kept else frozenset()

    @cached_property
    def _new_ids(self) -> Sequence[str]:
        return [id for each in self.gathered for id in each.ids]

    @cached_property
    def _numbers(self) -> Mapping[str, array[Any]]:
        """The arrays with a number a document."""
        return {name: self._joined(name) for name in self.gathered[0].numbers}

    def _joined(self, name: str) -> array[Any]:
        new = array(self.gathered[0].numbers[name].typecode)
        for each in self.gathered:
            new.extend(each.numbers[name])
        before = self.kept.values.numbers(name)[:self._first] if self.kept else None
        return joined(before, new, new.typecode if new.typecode == "q" else "B")

    def _keyword(self, name: str) -> KeywordFile:
        gathered = [each.keywords[name] for each in self.gathered]
        if not self.kept:
            return KeywordFile(name, gathered)
        is_whole = self._first == len(self.kept.values)
        return KeywordFile(name, gathered, self.kept.values.keywords[name], self._first, is_whole)

    @cached_property
    def _oldest_first(self) -> Sequence[int]:
        """The documents that are not gone, by date, and by id within a minute: the quotations of an article keep the
        order of its text."""
        before = self.kept.values.oldest_first if self.kept else ()
        stay = [each for each in before if each < self._first and each not in self._gone]
        last, new = self._numbers["last"], range(self._first, self._first + len(self._new_ids))
        return merged(stay, new, lambda each: (last[each], *in_order(self._id(each))))

    def _id(self, number: int) -> str:
        if self.kept and number < self._first:
            return self.kept.values.ids[number]
        return self._new_ids[number - self._first]

    def _recency(self) -> array[float]:
        share = RECENCY / max(1, len(self._oldest_first))
        recency = array("d", bytes(8 * len(self._numbers["last"])))
        for place, document in enumerate(self._oldest_first):
            recency[document] = place * share
        return recency

    def _mean(self, lengths: array[int]) -> float:
        """The mean length of a field, over the documents that have it."""
        gone = [lengths[each] for each in self._gone]
        having = len(lengths) - lengths.count(0) - sum(map(bool, gone))
        return (sum(lengths) - sum(gone)) / max(1, having) or 1.0
