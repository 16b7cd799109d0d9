"""A slow, obvious engine: it keeps the documents in a list and reads every one of them for every query.

It is the judge of the others: the contract tests ask it and them the same questions. What a page shows is decided by
the same QueryExecution; what matches, how well, and every count is worked out here from the documents themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from math import log
from typing import Any

from indexer.errors import NotFound
from indexer.language.nicknames import OTHER_FORMS
from indexer.query.tree import And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Range, Words, words_of
from indexer.search import matching, ranking
from indexer.search.analysis import forms, name_forms, name_positions, positions, stem
from indexer.search.doc_values import LISTS, moment
from indexer.search.engine import Document, FacetValue, Kind, Results
from indexer.search.query_engine import QueryEngine
from indexer.search.searcher import Answer, Counts, Group, Order, RankedDocument, columns_of_documents, matched_words
from indexer.search.spelling import neighbours
from indexer.search.time_limit import Deadline


class LinearEngine(QueryEngine):
    """Implements search.Engine over documents in memory."""

    build_id = "linear"

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = list(documents)

    def searcher(self, kind: Kind, deadline: Deadline) -> LinearSearcher:
        people = {person["id"]: person["name"] for person in self._of("person")}
        articles = {article["id"]: article for article in self._of("article")}
        return LinearSearcher(kind, self._of(kind), articles, people)

    def search(self, *args: Any, **options: Any) -> Results:
        """Without the time it took, so that two answers can be equal."""
        return replace(super().search(*args, **options), seconds=0.0)

    def get(self, kind: Kind, id: str) -> Document:
        for document in self._of(kind):
            if document["id"] == id:
                return document
        raise NotFound(f"No {kind} “{id}” in this archive.")

    def quotations_of(self, article_id: str) -> Sequence[Document]:
        own = [document for document in self._of("quotation") if document["article_id"] == article_id]
        return sorted(own, key=lambda document: document["start"])

    def suggest(self, typed: str, limit: int = 8) -> Sequence[Document]:
        words = name_forms(typed)
        people = sorted(self._of("person"), key=lambda person: (-person["quotations"], person["name"]))
        right = [person for person in people if words and may_mean(words, person, str.startswith)]
        nearly = [person for person in people if words and may_mean(words, person, begins_nearly)]
        far = [person for person in people if words and may_mean(words, person, begins_farther)]
        return ([*right, *(person for person in nearly if person not in right)] or far)[:limit]

    def stats(self) -> Mapping[str, Any]:
        dates = sorted(matching.days(document)[0] for document in self._of("article") if document["date"])
        return {
            "articles": len(self._of("article")),
            **self.words_held(),
            "people": len(self._of("person")),
            "first": dates[0] if dates else "",
            "last": dates[-1] if dates else "",
            "bytes": 0,
        }

    def close(self) -> None:
        pass

    def _of(self, kind: Kind) -> list[Document]:
        return [document for document in self.documents if document["kind"] == kind]


@dataclass(frozen=True, slots=True)
class LinearSearcher:
    """Implements search.Searcher: what matches a tree is the list of the places of the documents in all."""

    kind: Kind
    all: Sequence[Document]
    articles: Mapping[str, Document]
    people: Mapping[str, str]

    def matching(self, query: Query) -> list[int]:
        return [place for place, document in enumerate(self.all) if self._matches(document, query)]

    def _matches(self, document: Document, query: Query, also: Iterable[str] = ()) -> bool:
        return matches(document, query, self.articles.get(document.get("article_id", ""), document), also)

    def count(self, documents: list[int]) -> int:
        return len(documents)

    def scores(self, query: Query) -> bool:
        return True

    def answer(
        self, documents: list[int], query: Query, order: Order, most: int, counts: Counts = Counts()
    ) -> Answer:
        """Always all of them."""
        found = [self.all[place] for place in documents]
        return Answer(
            list(self.every(documents, query, order)), len(documents),
            facets={name: facet(name, found) for name in counts.facets},
            histogram=histogram(found) if counts.histogram else {},
        )

    def every(self, documents: list[int], query: Query, order: Order) -> Iterator[RankedDocument]:
        scores = {place: score(self.all[place], query) if order == "best" else 0.0 for place in documents}
        return iter(self._ordered(scores, order))

    def _ordered(self, scores: Mapping[int, float], order: Order) -> list[RankedDocument]:
        """Best or surest first, the later first among equals; or by day, undated documents last."""
        places = sorted(scores, key=lambda place: in_order(self.all[place]))
        if order == "oldest":
            places.sort(key=lambda place: day(self.all[place]) or "9999")
        else:
            places.sort(key=lambda place: day(self.all[place]), reverse=True)
            places.sort(key=lambda place: -scores[place])
        if order == "certainty":
            places.sort(key=lambda place: -self.all[place]["certainty"])
        return [RankedDocument(place, scores[place], moment(day(self.all[place])), self.all[place].get("group") or None)
                for place in places]

    def rerank(self, found: Sequence[RankedDocument], words: Sequence[str]) -> Sequence[RankedDocument]:
        """Its scores are good enough for a judge."""
        return found

    def containing_enough(
        self, words: Sequence[Words], among: list[int], without: list[int], most: int
    ) -> Sequence[RankedDocument]:
        rarity = {word: self._rarity(word) for word in words}
        scores = {place: sum(rarity[word] for word in words if self._matches_also(self.all[place], word))
                  for place in among if place not in without}
        least = ranking.SHARE_OF_WORDS * sum(rarity.values())
        enough = {place: worth for place, worth in scores.items() if worth >= least and (worth or not words)}
        return self._ordered(enough, "best")

    def _matches_also(self, document: Document, word: Words) -> bool:
        """Whether it contains a word in a field in which incomplete hits may."""
        return self._matches(document, word, ranking.ALSO[self.kind])

    def _rarity(self, word: Words) -> float:
        """What a word is worth that some documents contain; nothing, when none does."""
        containing = sum(self._matches_also(document, word) for document in self.all)
        return log(1 + len(self.all) / containing) if containing else 0.0

    def matched(self, queries: Sequence[list[int]], found: Sequence[RankedDocument]) -> Sequence[Set[int]]:
        return [{each.number for each in found} & set(documents) for documents in queries]

    def containing_any(
        self, words: Sequence[Sequence[str]], found: Sequence[RankedDocument]
    ) -> Sequence[Set[int]]:
        return matched_words(self, words, found)

    def group_sizes(self, documents: list[int], groups: Sequence[Group]) -> Mapping[Group, int]:
        raise AssertionError("Whoever has the whole answer counts for himself.")

    def documents(self, found: Sequence[RankedDocument]) -> Iterable[Document]:
        return [self.all[each.number] for each in found]

    def columns(self, found: Sequence[RankedDocument], fields: Sequence[str]) -> Iterable[Sequence[str]]:
        return columns_of_documents(self, found, fields)

    def ids(self, found: Sequence[RankedDocument]) -> Sequence[str]:
        return [document["id"] for document in self.documents(found)]

    def rarity(self, words: Iterable[str]) -> Callable[[str], float]:
        return lambda word: 1.0

    def frequencies(self, words: Iterable[tuple[str, str | None]]) -> Mapping[tuple[str, str | None], int]:
        return {(form, field): self._frequencies([form], field)[form] for form, field in words}

    def neighbours(self, form: str, field: str | None) -> Mapping[str, int]:
        return self._frequencies(neighbours(form), field)

    def _frequencies(self, asked: Iterable[str], field: str | None) -> Mapping[str, int]:
        """In how many documents each form is, each field counted by itself."""
        held = [positions_in(document, each) for document in self.all for each in matching.fields(field, self.kind)]
        return {form: sum(form in each for each in held) for form in asked}

    def names(self, slugs: Sequence[str]) -> Mapping[str, str]:
        return self.people


def matches(document: Document, query: Query, article: Document, also: Iterable[str] = ()) -> bool:
    """Whether the document matches the whole query. article: the one that it is in, or itself; also: further fields
    that bare words search."""
    match query:
        case And(parts):
            return all(matches(document, part, article, also) for part in parts)
        case Or(parts):
            return any(matches(document, part, article, also) for part in parts)
        case Not(part):
            return not matches(document, part, article)
        case InArticle(part):
            return matches(article, part, article, also)
        case Exact(value, field):
            return value in matching.keyword_values(document, field)
        case Range(field, start, end):
            first, last = matching.days(document)
            return field == "date" and bool(first) and (not start or last >= start.isoformat()) and (
                not end or first <= end.isoformat())
        case Prefix(text):
            return any(form.startswith("".join(forms(text))) for field in fields(query, document, also)
                       for form in positions_in(document, field))
        case Words() | Phrase() | Near():
            return any(field_contains(document, field, query) for field in fields(query, document, also))


def fields(part: Words | Phrase | Near | Prefix, document: Document, also: Iterable[str]) -> list[str]:
    return [*matching.fields(part.field, document["kind"]), *(also if part.field is None else ())]


def positions_in(document: Document, field: str) -> dict[str, list[int]]:
    """The forms of a field and their positions."""
    found = matching.values(document, field)
    return name_positions(found) if matching.is_name(field) else positions(found)


def field_contains(document: Document, field: str, part: Words | Phrase | Near) -> bool:
    wanted = matching.proximity(part, field)
    if wanted is None or field == "date":
        return False
    return matching.contains(wanted, places(document, field, wanted.exact))


def places(document: Document, field: str, exact: bool) -> Callable[[str], list[int]]:
    found = positions_in(document, field)
    return lambda word: sorted(
        place for form, own in found.items() if (form if exact else stem(form)) == word for place in own)


def score(document: Document, query: Query) -> float:
    """How many of the parts the document contains in how many fields, by the fields' weights."""
    weights = matching.weights(document["kind"])
    popularity = ranking.popularity(document["quotations"]) if document["kind"] == "person" else 0.0
    return popularity + sum(
        weights.get(field, 1.0)
        for part in words_of(query) if not isinstance(part, Prefix)
        for field in fields(part, document, ()) if field_contains(document, field, part)
    ) + sum(
        any(form in positions_in(document, field) for field in searched)
        for form, searched in matching.exact_forms(query, document["kind"])
    )


def in_order(document: Document) -> tuple[str, str, int]:
    """The tenth quotation of an article comes after its ninth, and reported speech after both."""
    if document["kind"] != "quotation":
        return document["id"], "", 0
    own = document["id"].removeprefix(document["article_id"])
    return document["article_id"], own[1], int(own[2:])


def day(document: Document) -> str:
    return str(document["last"]) if document["kind"] == "person" else matching.first_day(document["date"])


def facet(name: str, answer: Sequence[Document]) -> list[FacetValue]:
    """The values of a keyword field; people have none to count."""
    answer = [document for document in answer if document["kind"] != "person"]
    counts = Counter(value for document in answer for value in matching.keyword_values(document, name) if value)
    return [FacetValue(value, value, count, *stretch(name, value, answer)) for value, count in counts.items()]


def histogram(answer: Sequence[Document]) -> dict[str, int]:
    months = Counter(document.get("month", "") for document in answer)
    return {month: months[month] for month in sorted(months) if month}


def stretch(name: str, value: str, answer: Sequence[Document]) -> tuple[str, str]:
    """The first and last day of the documents that have this value, if a document can have only one value."""
    if any(name in LISTS[document["kind"]] for document in answer):
        return "", ""
    found = [matching.days(document) for document in answer if value in matching.keyword_values(document, name)]
    return min((first for first, _ in found if first), default=""), max((last for _, last in found), default="")


def may_mean(typed: Sequence[str], person: Document, begins: Callable[[str, str], bool]) -> bool:
    """Whether every word typed is the beginning of a word of one of the names."""
    return any(
        all(any(begins(word, each) for word in name_forms(name)) for each in typed)
        for name in (person["name"], *person["aliases"])
    )


def begins_nearly(word: str, typed: str) -> bool:
    """Whether the word begins with what was typed or with something one letter off (short words must be right), or
    is another form of the same given name."""
    if word.startswith(typed) or word in OTHER_FORMS.get(typed, ()):
        return True
    if len(typed) < 4 or typed[0] != word[0]:
        return False
    return any(one_edit(typed, word[:length]) for length in (len(typed) - 1, len(typed), len(typed) + 1))


def begins_farther(word: str, typed: str) -> bool:
    """The same, or a long word two letters off, each wrong letter by itself."""
    return begins_nearly(word, typed) or (len(typed) >= 9 and word[0] == typed[0] and any(
        one_edit(word, other) for other in neighbours(typed)))


def one_edit(left: str, right: str) -> bool:
    """Whether one letter more, less, other, or two exchanged make one word of the other."""
    if left == right:
        return False
    at = next((at for at, (one, other) in enumerate(zip(left, right)) if one != other), min(len(left), len(right)))
    left, right = left[at:], right[at:]
    return left[1:] == right or left == right[1:] or left[1:] == right[1:] or (
        left[:2] == right[1::-1] and left[2:] == right[2:])
