"""A slow, obvious engine: it keeps the documents in a list and reads every one of them for every query.

It is the judge of the others: the contract tests ask it and them the same questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import log
from typing import Any

from indexer.errors import NotFound
from indexer.language.folding import forms
from indexer.language.nicknames import OTHER_FORMS
from indexer.query.tree import (
    EVERYTHING, And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Range, Words, words_of,
)
from indexer.search import matching, ranking, snippets
from indexer.search.analysis import name_forms, name_positions, positions, stem
from indexer.search.doc_values import LISTS
from indexer.search.engine import Document, FacetValue, Hit, Kind, Results, Sort


class LinearEngine:
    """Implements indexer.engine.Engine over documents in memory."""

    build_id = "linear"

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = list(documents)

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
        query, filters = matching.meant(query), matching.meant(filters)
        answer = self._answer(query, kind, filters, sort)
        hits = collapsed(answer) if collapse else answer
        rest = self._partial(query, kind, filters, answer) if len(hits) < per_page else []
        shown = [*hits, *(collapsed(rest) if collapse else rest)[:per_page - len(hits)]] if rest else hits
        return Results(
            kind=kind,
            total=len(answer),
            hits=tuple(shown[(page - 1) * per_page:page * per_page]),
            facets={name: self._facet(name, answer) for name in facets if name != "month"},
            histogram=histogram(answer) if "month" in facets else {},
            relaxed=bool(rest),
            build=self.build_id,
            distinct=len(hits),
        )

    def count(self, query: Query, *, kind: Kind, filters: Query = EVERYTHING) -> int:
        return len(self._answer(matching.meant(query), kind, matching.meant(filters), "relevance"))

    def every(
        self, query: Query, *, kind: Kind, filters: Query = EVERYTHING, sort: Sort = "relevance"
    ) -> Iterator[Hit]:
        return iter(self._answer(matching.meant(query), kind, matching.meant(filters), sort))

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
        return [*right, *(person for person in nearly if person not in right)][:limit]

    def stats(self) -> Mapping[str, Any]:
        dates = sorted(matching.days(document)[0] for document in self._of("article") if document["date"])
        return {
            "articles": len(self._of("article")),
            "quotations": len(self._of("quotation")),
            "people": len(self._of("person")),
            "first": dates[0] if dates else "",
            "last": dates[-1] if dates else "",
            "bytes": 0,
        }

    def close(self) -> None:
        pass

    def _by_articles(self, query: Query) -> Query:
        """The query with the ids of the articles that answer, in place of what they must answer."""
        match query:
            case And(parts):
                return And(tuple(map(self._by_articles, parts)))
            case InArticle(part):
                found = [each["id"] for each in self._of("article") if holds(each, part)]
                return Or(tuple(Exact(id, field) for id in found for field in ("id", "article_id")))
        return query

    def _of(self, kind: Kind) -> list[Document]:
        return [document for document in self.documents if document["kind"] == kind]

    def _answer(self, query: Query, kind: Kind, filters: Query, sort: Sort) -> list[Hit]:
        filters = self._by_articles(filters)
        found = [document for document in self._of(kind) if holds(document, query) and holds(document, filters)]
        return ordered([hit(document, query, score(document, query)) for document in found], sort)

    def _partial(self, query: Query, kind: Kind, filters: Query, answer: list[Hit]) -> list[Hit]:
        """Hits that hold most of the words: of the speaker who is sought, or in stories that name the speaker."""
        filters = self._by_articles(filters)
        required, words = matching.loosened(query)
        unanswered = kind == "quotation" and not answer
        speakers = [part for part in required if unanswered and matching.is_about(part, "speaker")]
        if len(words) < 2 and not speakers:
            return []
        complete = {full.document["id"] for full in answer}
        rarity = {word: self._rarity(word, kind) for word in words}
        rest = []
        for document in self._of(kind):
            held = [word for word in words if holds(document, word, ranking.ALSO[kind])]
            worth = sum(map(rarity.__getitem__, held))
            missing = [part for part in required if not holds(document, part)]
            enough = worth >= ranking.SHARE_OF_WORDS * sum(rarity.values()) and (worth or not words)
            if document["id"] not in complete and enough and holds(document, filters) and all(
                    part in speakers and self._named(document, part) for part in missing):
                worth += ranking.SPEAKER * (not missing)
                rest.append(hit(document, And((*required, *held)), worth, partial=True))
        return ordered(rest, "relevance")

    def _named(self, quotation: Document, speaker: Query) -> bool:
        """Whether the quotation's article names who is sought."""
        article = self.get("article", quotation["article_id"])
        return holds(article, matching.in_other_fields(speaker, ("mentions", "text", "title")))

    def _rarity(self, word: Words, kind: Kind) -> float:
        """What a word is worth that some documents hold; nothing, when none does."""
        documents = self._of(kind)
        holding = sum(holds(document, word, ranking.ALSO[kind]) for document in documents)
        return log(1 + len(documents) / holding) if holding else 0.0

    def _facet(self, name: str, answer: Sequence[Hit]) -> tuple[FacetValue, ...]:
        """The values of a keyword field; people have none to count."""
        answer = [each for each in answer if each.document["kind"] != "person"]
        counts = Counter(value for each in answer for value in matching.keyword_values(each.document, name) if value)
        names = {person["id"]: person["name"] for person in self._of("person")}
        return tuple(
            FacetValue(value, names.get(value, value), count, *stretch(name, value, answer))
            for value, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        )


def holds(document: Document, query: Query, also: Iterable[str] = ()) -> bool:
    """Whether the document answers the whole query."""
    match query:
        case And(parts):
            return all(holds(document, part, also) for part in parts)
        case Or(parts):
            return any(holds(document, part, also) for part in parts)
        case Not(part):
            return not holds(document, part)
        case InArticle(part):
            return holds(document, part, also)
        case Exact(value, field):
            return value in matching.keyword_values(document, field)
        case Range(field, start, end):
            first, last = matching.days(document)
            return field == "date" and bool(first) and (not start or last >= start.isoformat()) and (
                not end or first <= end.isoformat())
        case Prefix(text):
            return any(form.startswith("".join(forms(text))) for field in fields(query, document, also)
                       for form in standing(document, field))
        case Words() | Phrase() | Near():
            return any(field_holds(document, field, query) for field in fields(query, document, also))


def fields(part: Words | Phrase | Near | Prefix, document: Document, also: Iterable[str]) -> list[str]:
    return [*matching.fields(part.field, document["kind"]), *(also if part.field is None else ())]


def standing(document: Document, field: str) -> dict[str, list[int]]:
    """The forms of a field and their positions."""
    found = matching.values(document, field)
    return name_positions(found) if matching.is_name(field) else positions(found)


def field_holds(document: Document, field: str, part: Words | Phrase | Near) -> bool:
    together = matching.sequence(part, field)
    if together is None or field == "date":
        return False
    return matching.stands(together, places(document, field, together.exact))


def places(document: Document, field: str, exact: bool) -> Callable[[str], list[int]]:
    found = standing(document, field)
    return lambda word: sorted(
        place for form, standing in found.items() if (form if exact else stem(form)) == word for place in standing)


def score(document: Document, query: Query) -> float:
    """How many of the parts the document holds in how many fields, by the fields' weights."""
    weights = matching.weights(document["kind"])
    renown = ranking.renown(document["quotations"]) if document["kind"] == "person" else 0.0
    return renown + sum(
        weights.get(field, 1.0)
        for part in words_of(query) if not isinstance(part, Prefix)
        for field in fields(part, document, ()) if field_holds(document, field, part)
    )


def hit(document: Document, query: Query, worth: float, partial: bool = False) -> Hit:
    match document["kind"]:
        case "person":
            names = snippets.wanted(query, ("speaker", "mentions"), by_form=True)
            return Hit(document, worth, snippets.marked(document["name"], names, by_form=True), (), partial)
        case "quotation":
            heading = snippets.wanted(query if partial else only(query, "title"), ("title",))
            title = snippets.marked(document["title"], heading)
            said = snippets.quotation(document["said"], snippets.wanted(query, ("said",)))
            return Hit(document, worth, title, (said,), partial)
    title = snippets.marked(document["title"], snippets.wanted(query, ("title",)))
    text = snippets.passages(document["text"], snippets.wanted(query, ("text", "said")))
    return Hit(document, worth, title, text, partial)


def only(query: Query, field: str) -> Query:
    """The parts of a query that name this field."""
    return And(tuple(part for part in words_of(query) if part.field == field))


def ordered(hits: list[Hit], sort: Sort) -> list[Hit]:
    """Best first, the later first among equals; or by day, undated documents last."""
    def day(each: Hit) -> str:
        is_person = each.document["kind"] == "person"
        return str(each.document["last"]) if is_person else matching.first_day(each.document["date"])

    def place(each: Hit) -> tuple[str, int]:
        article, _, number = each.document["id"].partition("#q")
        return article, int(number or 0)

    hits = sorted(hits, key=place)
    if sort == "oldest":
        return sorted(hits, key=lambda each: day(each) or "9999")
    newest = sorted(hits, key=day, reverse=True)
    return newest if sort == "newest" else sorted(newest, key=lambda each: -each.score)


def collapsed(hits: Sequence[Hit]) -> list[Hit]:
    """One hit for each group of near-duplicates: the first, which counts the others."""
    groups = Counter(each.document.get("group") or each.document["id"] for each in hits)
    first: dict[str, Hit] = {}
    for each in hits:
        first.setdefault(each.document.get("group") or each.document["id"], each)
    return [Hit(each.document, each.score, each.title, each.snippets, each.partial, groups[group] - 1)
            for group, each in first.items()]


def histogram(answer: Sequence[Hit]) -> dict[str, int]:
    months = Counter(each.document.get("month", "") for each in answer)
    return {month: months[month] for month in sorted(months) if month}


def stretch(name: str, value: str, answer: Sequence[Hit]) -> tuple[str, str]:
    """The first and last day of the hits that hold this value, where a document has one value."""
    if any(name in LISTS[each.document["kind"]] for each in answer):
        return "", ""
    found = [matching.days(each.document) for each in answer if value in matching.keyword_values(each.document, name)]
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


def one_edit(left: str, right: str) -> bool:
    """Whether one letter more, less, other, or two exchanged make one word of the other."""
    if left == right:
        return False
    at = next((at for at, (one, other) in enumerate(zip(left, right)) if one != other), min(len(left), len(right)))
    left, right = left[at:], right[at:]
    return left[1:] == right or left == right[1:] or left[1:] == right[1:] or (
        left[:2] == right[1::-1] and left[2:] == right[2:])
