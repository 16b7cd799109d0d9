"""The default engine: Whoosh holds terms, postings and documents; what they mean is decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any
from weakref import finalize

from indexer import matching, ranking, snippets
from indexer.analysis import form_of, forms, stem
from indexer.columns import iso_day
from indexer.directory import Directory
from indexer.engine import Document, FacetValue, Hit, Kind, Results, Snippet, Sort
from indexer.errors import NotFound
from indexer.query import EVERYTHING, And, Query
from indexer.schema import FACETS
from indexer.spelling import neighbours, respelt
from indexer.whoosh_index import Collection, shards
from indexer.whoosh_matching import Deadline, Matcher
from indexer.whoosh_scoring import Scorer
from indexer.whoosh_writer import KINDS, WhooshWriter
from indexer.wording import to_text

__all__ = ["WhooshEngine", "WhooshWriter"]

FEW_HITS = 5                       # so few hits may come of a misspelling


class WhooshEngine:
    """Implements indexer.engine.Engine over the folder of one build. Safe from many threads."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.build_id = self.folder.name
        found = shards(self.folder)
        self._collections: dict[Kind, Collection] = {kind: Collection(found, kind) for kind in KINDS}
        self._scorers = {kind: Scorer(each) for kind, each in self._collections.items()}
        self._close = finalize(self, _close, tuple(self._collections.values()))   # also when the last user is gone
        people = self._collections["person"]
        self._directory = Directory(people.names, people.columns.quotations)
        self._called = {slug: names[0] for slug, names in zip(people.columns.ids, people.names)}

    def search(
        self,
        query: Query,
        *,
        kind: Kind = "article",
        filters: Query = EVERYTHING,
        sort: Sort = "relevance",
        page: int = 1,
        per_page: int = 20,
        facets: Sequence[str] = (),
        collapse: bool = True,
    ) -> Results:
        started = perf_counter()
        asked = _Asked(self._collections[kind], self._scorers[kind], matching.meant(query), filters)
        ordered, scores = asked.ordered(sort)
        groups = _Groups(self._collections[kind], ordered, collapse)
        shown = groups.page(page, per_page)
        partial: list[int] = []
        if len(groups.leaders) < per_page and page == 1:
            partial, more = asked.partial(per_page - len(shown), collapse)
            scores = {**scores, **more}
        hits = [asked.hit(each, scores.get(each, 0.0), groups.duplicates(each)) for each in shown]
        hits += [asked.partial_hit(each, scores[each]) for each in partial]
        return Results(
            kind=kind,
            total=len(ordered),
            hits=tuple(hits),
            facets={name: self._facet(asked, name) for name in facets if name != "month"},
            histogram=asked.collection.columns.histogram(asked.documents) if "month" in facets else {},
            relaxed=bool(partial),
            suggestion=self._suggestion(asked) if len(ordered) < FEW_HITS and page == 1 else None,
            build=self.build_id,
            seconds=perf_counter() - started,
            distinct=len(groups.leaders),
        )

    def count(self, query: Query, *, kind: Kind, filters: Query = EVERYTHING) -> int:
        return len(_Asked(self._collections[kind], self._scorers[kind], matching.meant(query), filters).documents)

    def every(
        self, query: Query, *, kind: Kind, filters: Query = EVERYTHING, sort: Sort = "relevance"
    ) -> Iterator[Hit]:
        asked = _Asked(self._collections[kind], self._scorers[kind], matching.meant(query), filters)
        ordered, scores = asked.ordered(sort)
        return (asked.bare_hit(each, scores.get(each, 0.0)) for each in ordered)

    def get(self, kind: Kind, id: str) -> Document:
        collection = self._collections[kind]
        for number in collection.numbered("id", id):
            return collection.document(number)
        raise NotFound(f"No {kind} “{id}” in this archive.")

    def quotations_of(self, article_id: str) -> Sequence[Document]:
        collection = self._collections["quotation"]
        own = map(collection.document, collection.numbered("article_id", article_id))
        return sorted(own, key=lambda document: int(document["start"]))

    def suggest(self, typed: str, limit: int = 8) -> Sequence[Document]:
        return [self._collections["person"].document(each) for each in self._directory.find(typed, limit)]

    def stats(self) -> Mapping[str, Any]:
        columns = self._collections["article"].columns
        dated = [columns.last[each] for each in columns.oldest_first[columns.undated:]]
        return {
            "articles": len(self._collections["article"]),
            "quotations": len(self._collections["quotation"]),
            "people": len(self._collections["person"]),
            "first": iso_day(dated[0]) if dated else "",
            "last": iso_day(dated[-1]) if dated else "",
            "bytes": sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file()),
        }

    def close(self) -> None:
        self._close()

    def _facet(self, asked: _Asked, name: str) -> tuple[FacetValue, ...]:
        columns = asked.collection.columns
        stretches = columns.stretches(name, columns.by_date(asked.documents, newest_first=False))
        return tuple(
            FacetValue(value, self._called.get(value, value) if name in _OF_PEOPLE else value, count,
                       *stretches.get(value, ("", "")))
            for value, count in columns.most_frequent(name, asked.documents)
        )

    def _suggestion(self, asked: _Asked) -> str | None:
        """The query respelt, where that finds more than it does now."""
        other = respelt(asked.query, lambda word, field: self._better(asked, word, field))
        if other is None:
            return None
        found = len(_Asked(asked.collection, asked.scorer, other, asked.filters).documents)
        return to_text(other) if found > len(asked.documents) else None

    def _better(self, asked: _Asked, word: str, field: str | None) -> str | None:
        """A word one letter away that is far more frequent; a word that the archive uses is left alone."""
        form = form_of(word)
        frequency = asked.frequency(form, field, self._directory)
        if frequency > FEW_HITS:
            return None
        best = max(neighbours(form), key=lambda each: asked.frequency(each, field, self._directory), default="")
        return best if best and asked.frequency(best, field, self._directory) > 4 * frequency + 1 else None


def _close(collections: Sequence[Collection]) -> None:
    for collection in collections:
        collection.close()


_OF_PEOPLE = tuple(name for name in FACETS if name in ("speaker_id", "mentioned_id"))


class _Asked:
    """One query of one collection while it is answered."""

    def __init__(self, collection: Collection, scorer: Scorer, query: Query, filters: Query) -> None:
        self.collection = collection
        self.scorer = scorer
        self.query = query
        self.filters = filters
        self.matcher = Matcher(collection, Deadline())

    @cached_property
    def narrowed(self) -> Set[int]:
        """What the filters leave."""
        return self.matcher.documents(self.filters)

    @cached_property
    def documents(self) -> Set[int]:
        """The documents that answer the whole query."""
        found = self.matcher.documents(self.query)
        return found if self.filters == EVERYTHING else found & self.narrowed

    def ordered(self, sort: Sort) -> tuple[Sequence[int], Mapping[int, float]]:
        """The whole answer in its order, and the scores where they made it."""
        if sort != "relevance" or not matching.positive(self.query):
            return self.collection.columns.by_date(self.documents, sort != "oldest"), {}
        scores = self.scorer.complete(self.query, self.documents)
        words = [form for part in matching.positive(self.query) if part.field is None for form in forms(part.text)]
        scores = self.scorer.weighed_again(scores, words)
        return self.scorer.best(scores, len(scores)), scores

    def partial(self, most: int, collapse: bool) -> tuple[list[int], Mapping[int, float]]:
        """The best documents that hold many of the words, and their scores."""
        required, words = matching.loosened(self.query)
        if len(words) < 2:
            return [], {}
        among = self.matcher.documents(And((*required, self.filters)))
        scores = self.scorer.incomplete(words, among - self.documents)
        scores = self.scorer.weighed_again(scores, [word.text for word in words])
        best = self.scorer.best(scores, most + ranking.WEIGHED_AGAIN)
        return list(_Groups(self.collection, best, collapse).page(1, most)), scores

    def hit(self, number: int, score: float, duplicates: int) -> Hit:
        return replace(made(self.collection.document(number), score, self.query, self.rarity), duplicates=duplicates)

    def partial_hit(self, number: int, score: float) -> Hit:
        required, words = matching.loosened(self.query)
        query = And((*required, *words))
        return replace(made(self.collection.document(number), score, query, self.rarity), partial=True)

    def bare_hit(self, number: int, score: float) -> Hit:
        document = self.collection.document(number)
        title = document["name"] if self.collection.kind == "person" else document["title"]
        return Hit(document, score, Snippet(title), ())

    def rarity(self, key: str) -> float:
        """What a matched word is worth in a snippet; a phrase is worth its words."""
        weights = matching.weights(self.collection.kind)
        return sum(self.scorer.word(word, weights).rarity for word in key.split())

    def frequency(self, form: str, field: str | None, directory: Directory) -> int:
        """How many documents have a word where it is sought."""
        known = matching.KEYS[self.collection.kind]
        fields = [each for each in matching.fields(field, self.collection.kind) if each in known]
        written = form in self.collection.forms.get(stem(form), ())
        return sum(
            len(postings.ids) for each in fields if (directory.bearers(form) if matching.is_name(each) else written)
            for postings, _ in self.collection.postings(each, form)
        )


class _Groups:
    """An ordered answer in which near-duplicates are folded into the first of them."""

    def __init__(self, collection: Collection, ordered: Sequence[int], collapse: bool) -> None:
        self.leaders = ordered
        self._group: Mapping[int, int] = {}
        self._sizes: Mapping[int, int] = {}
        groups = collection.columns.keywords.get("group")
        if groups and collapse:
            none = groups.numbers.get("")
            self._group = {each: groups.of[each] for each in ordered if groups.of[each] != none}
            self._sizes = Counter(self._group.values())
            if len(self._sizes) < len(self._group):
                first = {self._group[each]: each for each in reversed(ordered) if each in self._group}
                self.leaders = [each for each in ordered if each == first.get(self._group.get(each, -1), each)]

    def page(self, number: int, size: int) -> Sequence[int]:
        return self.leaders[(number - 1) * size:number * size]

    def duplicates(self, document: int) -> int:
        """How many further documents were folded into this one."""
        return self._sizes[self._group[document]] - 1 if document in self._group else 0


def made(document: Document, score: float, query: Query, rarity: Any) -> Hit:
    """A document as a hit: its title and passages with what matched."""
    match document["kind"]:
        case "person":
            names = snippets.wanted(query, ("speaker", "mentions"), by_form=True)
            return Hit(document, score, snippets.marked(document["name"], names, by_form=True), ())
        case "quotation":
            heading = snippets.wanted(_naming(query, "title"), ("title",))
            said = snippets.quotation(document["said"], snippets.wanted(query, ("said",)))
            return Hit(document, score, snippets.marked(document["title"], heading), (said,))
    title = snippets.marked(document["title"], snippets.wanted(query, ("title",)))
    text = snippets.passages(document["text"], snippets.wanted(query, ("text", "said")), rarity)
    return Hit(document, score, title, text)


def _naming(query: Query, field: str) -> Query:
    """The parts of a query that name a field."""
    return And(tuple(part for part in matching.positive(query) if part.field == field))
