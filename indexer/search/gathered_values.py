"""The values of documents, gathered one document after the other, to be written (doc_values_file)."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indexer.search import matching
from indexer.search.analysis import name_forms
from indexer.search.doc_values import LISTS, NAME_FORMS, NAMES, hundredths, keyword_fields, moment
from indexer.search.engine import Document, Kind


class GatheredKeyword:
    """One keyword field: the values there are, and for each document the number of its value, or of all of them."""

    def __init__(self, many: bool) -> None:
        self.numbers: dict[str, int] = {}               # of each value
        self.of = array("I")                            # of several values a document, one document after the other
        self.of_ends = array("I") if many else None

    def number(self, value: str) -> int:
        return self.numbers.setdefault(value, len(self.numbers))

    def add(self, values: Sequence[str]) -> None:
        """The values of a further document."""
        if self.of_ends is None:
            self.of.append(self.number(values[0] if values else ""))
        else:
            self.of.extend(map(self.number, dict.fromkeys(values)))
            self.of_ends.append(len(self.of))


class GatheredValues:
    """The values of documents of one kind."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.ids: list[str] = []
        dates = ("first", "last") if kind == "person" else ("last",)
        further: Mapping[Kind, tuple[str, ...]] = {"quotation": ("certainty",), "person": ("quotations",)}
        lengths = (f"{field}.length" for field in matching.KEYS[kind])
        # Arrays with a number a document, by name.
        self.numbers: dict[str, array[Any]] = {
            **{name: array("q") for name in dates}, **{name: array("I") for name in (*further.get(kind, ()), *lengths)}}
        many = (*LISTS[kind], NAMES, NAME_FORMS)
        self.keywords = {name: GatheredKeyword(name in many) for name in keyword_fields(kind)}

    def __len__(self) -> int:
        return len(self.ids)

    def add(self, document: Document, lengths: Mapping[str, int]) -> None:
        """Add a further document; lengths are those of its fields, in words."""
        self.ids.append(document["id"])
        for name, number in self._dates(document):
            self.numbers[name].append(number)
        if self.kind == "person":
            self.numbers["quotations"].append(document["quotations"])
        elif self.kind == "quotation":
            self.numbers["certainty"].append(hundredths(document["certainty"]))
        for field in matching.KEYS[self.kind]:
            self.numbers[f"{field}.length"].append(lengths.get(field, 0))
        for name, keyword in self.keywords.items():
            keyword.add(_values(document, name))

    def _dates(self, document: Document) -> Iterable[tuple[str, int]]:
        if self.kind == "person":
            return ("first", moment(document["first"])), ("last", moment(document["last"]))
        return (("last", moment(document["date"])),)


def _values(document: Document, name: str) -> Sequence[str]:
    if name not in (NAMES, NAME_FORMS):
        return matching.keyword_values(document, name)
    names = [document["name"], *document["aliases"]]
    return names if name == NAMES else [form for each in names for form in name_forms(each)]
