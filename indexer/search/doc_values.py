"""What is known of every document of one kind without reading it: its dates, its lengths, its keywords.

A number or a few for each document, in a file that is mapped into memory (doc_values_writer wrote it), so that facets,
histograms, date ranges and sorting over all hits read no document, and opening an index reads nothing.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import cached_property
from heapq import heappushpop, nlargest, nsmallest
from itertools import accumulate, chain, compress
from operator import itemgetter, sub
from pathlib import Path
from typing import TypeVar, get_args

from indexer.schema import KEYWORD_FIELDS
from indexer.search import matching
from indexer.search.engine import FACET_VALUES, FacetValue, Kind
from indexer.search.mapped_file import MappedFile, Numbers
from indexer.search.string_table import StringTable

T = TypeVar("T")

MANY = 50                          # quotations; of more articles than one for so many, all quotations are gone through
BYTE = 256                         # the numbers below fit into one byte each
FEW = 12                            # documents of which there are more than one in so many are counted value by value
# Of the keyword fields of each kind, those that hold several values; and those that are kept here.
LISTS: Mapping[Kind, tuple[str, ...]] = {
    kind: tuple(each.name for each in KEYWORD_FIELDS if kind in each.many) for kind in get_args(Kind)
}
KEPT: Mapping[Kind, tuple[str, ...]] = {
    kind: tuple(each.name for each in KEYWORD_FIELDS if kind in each.kinds and each.name not in ("kind", "id"))
    for kind in get_args(Kind)
}
# Of people also their names, first the one that is shown, and the forms of the words in these.
NAMES, NAME_FORMS = "names", "name_forms"
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


def keyword_fields(kind: Kind) -> tuple[str, ...]:
    """The fields that are kept as keywords of a kind."""
    return (*KEPT[kind], NAMES, NAME_FORMS) if kind == "person" else KEPT[kind]


def in_order(id: str) -> tuple[str, str, int, str]:
    """An id so that quotation 10 of an article sorts behind its quotation 9, and reported speech behind both."""
    article, _, own = id.rpartition("#")
    letter, number = own[:1], own[1:]
    return (article, letter, len(number), number) if article and letter in "qr" and number.isdecimal() else (
        id, "", 0, "")


def picked(documents: Iterable[int]) -> Callable[[Sequence[T]], tuple[T, ...]]:
    """Takes the values of these documents out of a column, several times as fast as one by one."""
    numbers = tuple(documents)
    if len(numbers) > 1:
        return itemgetter(*numbers)
    return lambda column: tuple(column[each] for each in numbers)


def format_of(path: Path) -> str:
    """The format in which a file of doc values was written."""
    return MappedFile(path).format


class Keyword:
    """One keyword field: the values there are, and for each document the number of its value, or of all of them."""

    def __init__(self, file: MappedFile, name: str) -> None:
        self.values = StringTable(file, name)
        self.many = file.held(f"{name}.of_ends")
        self.of = file.numbers(f"{name}.of")            # of several values a document, one document after the other
        self.of_ends = file.numbers(f"{name}.of_ends") if self.many else None
        self.holders = file.numbers(f"{name}.holders")           # the documents of the first value, of the second, …
        self.holder_ends = file.numbers(f"{name}.holder_ends")

    def of_document(self, document: int) -> Numbers:
        """The numbers of a document's values, in its order."""
        if self.of_ends is None:
            return self.of[document:document + 1]
        return self.of[self.of_ends[document - 1] if document else 0:self.of_ends[document]]

    def documents(self, value: str) -> Sequence[int]:
        """The documents that have a value, those that are gone among them."""
        number = self.values.find(value)
        return () if number is None else self.holders_of(number)

    def holders_of(self, number: int) -> Numbers:
        """The same by the value's number."""
        return self.holders[self.holder_ends[number - 1] if number else 0:self.holder_ends[number]]

    def counts(self, documents: Iterable[int]) -> Counter[int]:
        """How many of the documents have each value, by the value's number."""
        of, ends = self.of, self.of_ends
        if ends is not None:                 # one slice at a time: many at once would set off Python's collector
            return Counter(chain.from_iterable(of[ends[each - 1] if each else 0:ends[each]] for each in documents))
        return _counted(self.row(documents))

    def row(self, documents: Iterable[int]) -> Sequence[int]:
        """The number of the value of each of the documents, which have one each; as bytes where that is possible,
        which are counted and searched at the speed of memory."""
        numbers = picked(documents)(self.of)
        return bytes(numbers) if len(self.values) <= BYTE else numbers

    def frequent(self, documents: Set[int], most: int) -> Mapping[int, int]:
        """The same, at least for so many of the most frequent values and those that are as frequent as the last."""
        if self.of_ends is None or len(documents) * FEW < len(self.of_ends):
            return self.counts(documents)
        return self._counts_by_value(frozenset(documents), most)

    def _counts_by_value(self, documents: frozenset[int], most: int) -> Mapping[int, int]:
        """Value by value, until a further one has fewer holders than the last of the most frequent has documents."""
        found: dict[int, int] = {}
        best = [0] * most                    # a heap of the greatest counts
        for number, held in self._most_held:
            if held < best[0]:
                break
            end = self.holder_ends[number]
            if count := len(documents.intersection(self.holders[end - held:end])):
                found[number] = count
                heappushpop(best, count)
        return found

    @cached_property
    def _most_held(self) -> Sequence[tuple[int, int]]:
        """The numbers of all values, each with how many documents have it, the most frequent first."""
        return sorted(self.held(), key=itemgetter(1), reverse=True)

    @cached_property
    def order(self) -> array[int]:
        """For the number of each value its place in the order of the values."""
        order = array("I", bytes(4 * len(self.values)))
        for place, number in enumerate(self.values.sorted):
            order[number] = place
        return order

    def held(self) -> Iterator[tuple[int, int]]:
        """The numbers of all values, each with how many documents have it, those that are gone among them."""
        return enumerate(map(sub, self.holder_ends, chain((0,), self.holder_ends)))


class DocValues:
    """The values of all documents of one kind, in the order in which they were written. Those that an update has taken
    out or replaced keep their numbers and are in no answer."""

    def __init__(self, kind: Kind, path: Path) -> None:
        self.kind = kind
        file = MappedFile(path)
        self.numbers = file.numbers
        self.ids = StringTable(file, "ids")
        self.last = file.numbers("last")
        self.first = file.numbers("first") if kind == "person" else self.last       # of people, the first day
        self.lengths = {field: file.numbers(f"{field}.length") for field in matching.KEYS[kind]}
        self.mean_lengths: Mapping[str, float] = file.facts["mean_lengths"]
        self.keywords = {name: Keyword(file, name) for name in keyword_fields(kind)}
        if kind == "person":
            self.quotations = file.numbers("quotations")         # how often quoted
        elif kind == "quotation":
            self.certainty = file.numbers("certainty")           # in hundredths
            self.article = file.numbers("article")               # the number of the article; -1 without one
        self.oldest_first = file.numbers("oldest_first")         # the documents by date, and by id within a minute
        self.undated = int(file.facts["undated"])                # how many of those have no date
        self.recency = file.numbers("recency")          # decides between equal scores
        self.parts: Sequence[int] = file.facts["parts"]          # how many documents each part of the index has
        self._gone = file.numbers("gone")

    @cached_property
    def gone(self) -> frozenset[int]:
        """The documents that an update has taken out or replaced."""
        return frozenset(self._gone)

    @cached_property
    def everything(self) -> frozenset[int]:
        """All documents that are not gone."""
        return frozenset(self._oldest_first)

    @cached_property
    def _oldest_first(self) -> tuple[int, ...]:
        """All of them in the order of their dates, for what looks at each."""
        return tuple(self.oldest_first)

    def of_articles(self, articles: Set[int]) -> set[int]:
        """The quotations of articles, by their numbers, that are not gone."""
        if len(articles) * MANY > len(self):
            return set(compress(self._oldest_first, map(articles.__contains__, self._articles)))
        found, ends = self._by_article
        return set(chain.from_iterable([found[ends[each]:ends[each + 1]] for each in articles if each < len(ends) - 1]))

    @cached_property
    def _articles(self) -> array[int]:
        """The articles of all quotations that are not gone, the oldest first."""
        return array("i", picked(self._oldest_first)(self.article))

    @cached_property
    def _by_article(self) -> tuple[array[int], array[int]]:
        """The quotations in the order of the articles' numbers, and where those of each begin."""
        own = sorted((each for each in self.oldest_first if self.article[each] >= 0), key=self.article.__getitem__)
        counts = Counter(self.article[each] for each in own)
        most = max(counts, default=-1)
        return array("I", own), array("I", accumulate((counts[each] for each in range(most + 1)), initial=0))

    def living(self) -> int:
        """How many documents are not gone."""
        return len(self.oldest_first)

    def numbered(self) -> dict[str, int]:
        """The numbers of all documents that are not gone, by id."""
        return {self.ids[number]: number for number in self.oldest_first}

    def __len__(self) -> int:
        return len(self.last)

    def between(self, start: date | None, end: date | None) -> set[int]:
        """The documents of the days from start to end, both included. Undated documents have no day."""
        earliest = moment(start.isoformat()) if start else 1
        latest = moment(end.isoformat()) + 9999 if end else 999999999999
        first = bisect_left(self.oldest_first, earliest, self.undated, key=self.last.__getitem__)
        if self.kind == "person":
            return {each for each in self.oldest_first[first:] if NO_DAY < self.first[each] <= latest}
        return set(self.oldest_first[first:bisect_right(self.oldest_first, latest, first, key=self.last.__getitem__)])

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
        keyword = self.keywords.get("month")
        counts = keyword.counts(documents) if keyword else {}
        named = {keyword.values[number]: count for number, count in counts.items()} if keyword else {}
        return {month: named[month] for month in sorted(named) if month}

    def facet(
        self, name: str, documents: Set[int], oldest_first: Sequence[int], most: int = FACET_VALUES
    ) -> list[FacetValue]:
        """The most frequent values of a keyword field among the documents, and of a field with one value a document
        also the first and the last day. oldest_first: those of the documents that have a date."""
        keyword = self.keywords.get(name)
        if keyword is None:
            return []
        if keyword.many:
            counts = keyword.frequent(documents, most + 1)
            return [FacetValue(keyword.values[each], keyword.values[each], counts[each])
                    for each in _most_frequent(keyword, counts, most)]
        row = keyword.row(oldest_first)
        counts = _counted(row)
        if len(row) < len(documents):
            counts.update(keyword.counts(frozenset(documents).difference(oldest_first)))
        found = _most_frequent(keyword, counts, most)
        ends = _ends(row, found)
        days = {each: tuple(iso_day(self.last[oldest_first[place]]) for place in ends[each]) for each in ends}
        return [FacetValue(keyword.values[each], keyword.values[each], counts[each], *days.get(each, ()))
                for each in found]

    def ends(self) -> tuple[int, int]:
        """The first and the last moment of all documents, 0 if none has a date."""
        dated = self.oldest_first[self.undated:]
        return (self.last[dated[0]], self.last[dated[-1]]) if dated else (NO_DAY, NO_DAY)

    def groups(self, documents: Iterable[int]) -> list[int | None]:
        """For each document the number of its group of near-duplicates, None if it has none."""
        keyword = self.keywords.get("group")
        if keyword is None:
            return [None for _ in documents]
        alone = keyword.values.find("")
        return [None if (group := keyword.of[each]) == alone else group for each in documents]

    def group_sizes(self, documents: Set[int]) -> Counter[int]:
        """How many of the documents are in each group, of groups of several."""
        keyword = self.keywords.get("group")
        return keyword.counts(self._grouped & documents) if keyword else Counter()

    @cached_property
    def _grouped(self) -> frozenset[int]:
        """The documents whose group has others."""
        keyword = self.keywords["group"]
        alone = keyword.values.find("")
        several = (number for number, held in keyword.held() if held > 1 and number != alone)
        return frozenset(chain.from_iterable(map(keyword.holders_of, several)))

    def dated(self, documents: Set[int]) -> list[int]:
        """The documents that have a date, the oldest first."""
        if len(documents) * 8 > len(self):
            return list(filter(documents.__contains__, self._oldest_first[self.undated:]))
        return sorted((each for each in documents if self.last[each]), key=self.recency.__getitem__)


def _most_frequent(keyword: Keyword, counts: Mapping[int, int], most: int) -> list[int]:
    """The numbers of so many of the most frequent values but "", the most frequent first; of equals in the values'
    order."""
    least = nlargest(most + 1, counts.values())[-1] if counts else 0
    none = keyword.values.find("")
    more = [number for number, count in counts.items() if count > least and number != none]
    equal = (number for number, count in counts.items() if count == least and number != none)
    found = [*more, *nsmallest(most - len(more), equal, key=keyword.order.__getitem__)]
    return sorted(found, key=lambda each: (-counts[each], keyword.order[each]))[:most]


def _counted(row: Sequence[int]) -> Counter[int]:
    """How often each number is in a row."""
    return Counter({each: row.count(each) for each in set(row)}) if isinstance(row, bytes) else Counter(row)


def _ends(row: Sequence[int], wanted: Sequence[int]) -> dict[int, tuple[int, int]]:
    """The first and the last place in a row of each of these numbers that is there."""
    if isinstance(row, bytes):
        return {each: (row.find(each), row.rfind(each)) for each in wanted if each in row}
    first = dict(zip(reversed(row), range(len(row) - 1, -1, -1)))
    last = dict(zip(row, range(len(row))))
    return {each: (first[each], last[each]) for each in wanted if each in last}
