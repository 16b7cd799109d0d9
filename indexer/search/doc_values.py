"""What is known of every document of one kind without reading it: its dates, its lengths, its keywords.

These values are in memory, a number or a few for each document, so that facets, histograms, date ranges and sorting
over all hits need no reading.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from itertools import chain
from typing import Any, get_args

from indexer.schema import KEYWORD_FIELDS
from indexer.search import matching
from indexer.search.engine import Document, Kind

FACET_VALUES = 100                 # the most frequent values of a facet that are given
# Of the keyword fields of each kind, those that hold several values; and those that are kept here.
LISTS: Mapping[Kind, tuple[str, ...]] = {
    kind: tuple(each.name for each in KEYWORD_FIELDS if kind in each.many) for kind in get_args(Kind)
}
KEPT: Mapping[Kind, tuple[str, ...]] = {
    kind: tuple(each.name for each in KEYWORD_FIELDS if kind in each.kinds and each.name not in ("kind", "id"))
    for kind in get_args(Kind)
}
NO_DAY = 0


def moment(when: str) -> int:
    """An ISO day or minute as a number that sorts: 2012-03-04T17:30 is 201203041730, undated 0. A month or year stands
    at its beginning."""
    digits = "".join(each for each in matching.first_day(when) if each.isdigit())[:12]
    return int(digits.ljust(12, "0")) if digits else NO_DAY


def hundredths(certainty: float) -> int:
    """A certainty as a whole number from 0 to 100."""
    return round(100 * certainty)


def iso_day(number: int) -> str:
    """The day of such a number, or of its first eight digits; "" for 0."""
    text = str(number)
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}" if number else ""


def in_order(id: str) -> tuple[str, str, int, str]:
    """An id so that quotation 10 of an article sorts behind its quotation 9, and reported speech behind both."""
    article, _, own = id.rpartition("#")
    letter, number = own[:1], own[1:]
    return (article, letter, len(number), number) if article and letter in "qr" and number.isdecimal() else (
        id, "", 0, "")


class Keyword:
    """One keyword field: the values there are, and for each document the number of its value, or of all of them."""

    def __init__(self, many: bool) -> None:
        self.values: list[str] = []
        self.numbers: dict[str, int] = {}
        self.many = many
        self.of: list[Any] = []       # for each document an int, or a tuple of ints
        self._documents: Mapping[int, tuple[int, ...]] | None = None      # by value, made when it is needed

    def number(self, value: str) -> int:
        known = self.numbers.get(value)
        if known is None:
            known = self.numbers[value] = len(self.values)
            self.values.append(value)
        return known

    def add(self, values: Sequence[str]) -> None:
        numbers = tuple(self.number(value) for value in dict.fromkeys(values))
        self.of.append(numbers if self.many else numbers[0] if numbers else self.number(""))

    def as_json(self) -> dict[str, Any]:
        return {"values": self.values, "of": self.of}

    def extend(self, stored: Mapping[str, Any]) -> None:
        """Add the documents of a further segment, whose values have other numbers."""
        new = [self.number(value) for value in stored["values"]]
        if self.many:
            self.of.extend(tuple(new[each] for each in numbers) for numbers in stored["of"])
        else:
            self.of.extend(map(new.__getitem__, stored["of"]))

    def documents(self, value: str) -> tuple[int, ...]:
        """The documents that have a value."""
        if self._documents is None:
            self._documents = self._inverted()
        return self._documents.get(self.numbers.get(value, -1), ())

    def _inverted(self) -> Mapping[int, tuple[int, ...]]:
        found: defaultdict[int, list[int]] = defaultdict(list)
        for document, numbers in enumerate(self.of):
            for number in numbers if self.many else (numbers,):
                found[number].append(document)
        return {number: tuple(documents) for number, documents in found.items()}

    def counts(self, documents: Iterable[int]) -> Counter[int]:
        """How many of the documents have each value, by the value's number."""
        found = map(self.of.__getitem__, documents)
        return Counter(chain.from_iterable(found) if self.many else found)


class DocValues:
    """The values of all documents of one kind, in the order in which they were added."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.ids: list[str] = []
        self.first = array("q")       # of people, the first day; of others the same as last
        self.last = array("q")
        self.lengths: dict[str, array[int]] = {field: array("I") for field in matching.KEYS[kind]}
        self.keywords = {name: Keyword(name in LISTS[kind]) for name in KEPT[kind]}
        self.quotations = array("I")  # of people, how often quoted
        self.certainty = array("B")   # of quotations, in hundredths

    def add(self, document: Document, lengths: Mapping[str, int]) -> None:
        """Add a further document; lengths are those of its fields, in words."""
        self.ids.append(document["id"])
        if self.kind == "person":
            self.first.append(moment(document["first"]))
            self.last.append(moment(document["last"]))
            self.quotations.append(document["quotations"])
        elif self.kind == "quotation":
            self.certainty.append(hundredths(document["certainty"]))
        if self.kind != "person":
            self.first.append(moment(document["date"]))
            self.last.append(moment(document["date"]))
        for field, values in self.lengths.items():
            values.append(lengths.get(field, 0))
        for name, keyword in self.keywords.items():
            keyword.add(matching.keyword_values(document, name))

    def as_json(self) -> dict[str, Any]:
        return {
            "ids": self.ids,
            "first": list(self.first) if self.kind == "person" else [], "last": list(self.last),
            "lengths": {field: list(values) for field, values in self.lengths.items()},
            "keywords": {name: keyword.as_json() for name, keyword in self.keywords.items()},
            "quotations": list(self.quotations), "certainty": list(self.certainty),
        }

    def extend(self, stored: Mapping[str, Any]) -> None:
        """Add the documents of a further segment."""
        self.ids.extend(stored["ids"])
        self.last.extend(stored["last"])
        self.first.extend(stored["first"] or stored["last"])
        self.quotations.extend(stored["quotations"])
        self.certainty.extend(stored["certainty"])
        for field, values in self.lengths.items():
            values.extend(stored["lengths"][field])
        for name, keyword in self.keywords.items():
            keyword.extend(stored["keywords"][name])

    def settle(self, gone: frozenset[int]) -> None:
        """To be called when all segments are in: sorts the documents once by date, and by id within a minute; those
        that are gone are left out. The quotations of an article keep the order of its text."""
        living = [number for number in range(len(self.ids)) if number not in gone]
        self.numbers = {self.ids[number]: number for number in living}
        self.oldest_first = array("I", sorted(living, key=lambda each: (self.last[each], *in_order(self.ids[each]))))
        self._dates = [self.last[each] for each in self.oldest_first]
        self.undated = bisect_right(self._dates, NO_DAY)
        share = 1e-6 / max(1, len(living))
        self.recency = array("d", bytes(8 * len(self.last)))      # decides between equal scores
        for place, document in enumerate(self.oldest_first):
            self.recency[document] = place * share

    def __len__(self) -> int:
        return len(self.last)

    def between(self, start: date | None, end: date | None) -> set[int]:
        """The documents of the days from start to end, both included. Undated documents have no day."""
        earliest = moment(start.isoformat()) if start else 1
        latest = moment(end.isoformat()) + 9999 if end else 999999999999
        first = max(self.undated, bisect_left(self._dates, earliest))
        if self.kind == "person":
            return {each for each in self.oldest_first[first:] if NO_DAY < self.first[each] <= latest}
        return set(self.oldest_first[first:bisect_right(self._dates, latest)])

    def by_date(self, documents: Set[int], newest_first: bool) -> list[int]:
        """The documents in the order of their dates, undated ones last; within a minute by id, either way."""
        dated = self.dated(documents)
        if newest_first:
            dated.sort(key=self.last.__getitem__, reverse=True)
        undated = [each for each in self.oldest_first[:self.undated] if each in documents]
        return dated + undated

    def by_certainty(self, documents: Set[int]) -> list[int]:
        """Quotations, those with the surest speakers first; of equals the newest."""
        return sorted(self.by_date(documents, newest_first=True), key=self.certainty.__getitem__, reverse=True)

    def histogram(self, documents: Iterable[int]) -> dict[str, int]:
        """Months with the number of documents of each."""
        months = self.keywords["month"] if "month" in self.keywords else Keyword(False)
        counts = months.counts(documents) if months.values else {}
        named = {months.values[number]: count for number, count in counts.items()}
        return {month: named[month] for month in sorted(named) if month}

    def most_frequent(self, name: str, documents: Iterable[int]) -> list[tuple[str, int]]:
        """The most frequent values of a keyword field among the documents, with their counts."""
        keyword = self.keywords.get(name)
        if keyword is None:
            return []
        counts = keyword.counts(documents)
        least = sorted(counts.values(), reverse=True)[:FACET_VALUES + 1][-1] if counts else 0
        found = [(keyword.values[number], count) for number, count in counts.items() if count >= least]
        return sorted((each for each in found if each[0]), key=lambda each: (-each[1], each[0]))[:FACET_VALUES]

    def stretches(self, name: str, values: Iterable[str], oldest_first: Sequence[int]) -> dict[str, tuple[str, str]]:
        """For values of a field with one value a document, the first and the last day among these documents."""
        keyword = self.keywords.get(name)
        if keyword is None or keyword.many:
            return {}
        numbers = list(map(keyword.of.__getitem__, oldest_first))
        first = dict(zip(reversed(numbers), reversed(oldest_first)))
        last = dict(zip(numbers, oldest_first))
        found = {value: keyword.numbers[value] for value in values}
        return {value: (iso_day(self.last[first[number]]), iso_day(self.last[last[number]]))
                for value, number in found.items() if number in last}

    def ends(self) -> tuple[int, int]:
        """The first and the last moment of all documents, 0 if none has a date."""
        dated = [self.last[each] for each in self.oldest_first[self.undated:]]
        return (dated[0], dated[-1]) if dated else (NO_DAY, NO_DAY)

    def groups(self, documents: Iterable[int]) -> list[int | None]:
        """For each document the number of its group of near-duplicates, None if it has none."""
        keyword = self.keywords.get("group")
        if keyword is None:
            return [None for _ in documents]
        alone = keyword.numbers.get("")
        return [None if (group := keyword.of[each]) == alone else group for each in documents]

    def group_sizes(self, documents: Iterable[int]) -> Counter[int]:
        """How many of the documents are in each group."""
        keyword = self.keywords.get("group")
        if keyword is None:
            return Counter()
        sizes = keyword.counts(documents)
        sizes.pop(keyword.numbers.get("", -1), None)
        return sizes

    def dated(self, documents: Set[int]) -> list[int]:
        """The documents that have a date, the oldest first."""
        if len(documents) * 8 > len(self):
            return [each for each in self.oldest_first[self.undated:] if each in documents]
        return sorted((each for each in documents if self.last[each]), key=self.recency.__getitem__)
