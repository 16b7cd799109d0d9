"""What pages and commands need of a search engine, and no more: what goes in, and what comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias

from indexer.models import Span
from indexer.query import EVERYTHING, Query
from indexer.search.likeness import Meaning

Kind: TypeAlias = Literal["article", "quotation", "person"]
# "certainty" is of quotations: those whose speakers are surest come first; other kinds have the newest first.
Sort: TypeAlias = Literal["relevance", "newest", "oldest", "certainty"]

PER_PAGE = 20                      # hits of a page, if nothing else is asked for
SIMILAR = 5                        # documents that are like one
FACET_VALUES = 100                 # values of a facet, the most frequent ones

# What an engine stores and gives back unchanged: a schema.ArticleDocument, QuotationDocument or PersonDocument.
Document: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage, and the stretches of it that matched, counted in characters of the passage."""

    text: str
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that answers. partial: it contains most of the words, not all (see Results.relaxed).
    duplicates: how many further hits say the same; this one is shown for all of them. by_meaning: its meaning, not its
    words, is why it is found; then it is also partial."""

    document: Document
    score: float
    title: Snippet
    snippets: tuple[Snippet, ...]
    partial: bool = False
    duplicates: int = 0
    by_meaning: bool = False


@dataclass(frozen=True, slots=True)
class Similar:
    """A document that is like another. likeness: above 0 and at most 1; by_meaning: it is the cosine of what both mean,
    else the share of their words that both have. So only the likenesses of one answer can be compared."""

    document: Document
    likeness: float
    by_meaning: bool


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value, what it is called on the page, and how many of the hits have it."""

    value: str
    label: str
    count: int
    first: str = ""               # ISO days of the earliest and the latest of those hits; "" if a document can have
    last: str = ""                # several values


@dataclass(frozen=True, slots=True)
class Results:
    """An answer. total counts what answers the whole query; if that is less than a page, hits that contain most of
    the words, or that mean the same, follow (Hit.partial, Hit.by_meaning), and relaxed says so. A speaker who is asked
    for said all the hits: what others said of it, in articles that name the speaker, is apart, in others."""

    kind: Kind
    total: int
    hits: tuple[Hit, ...]
    others: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    histogram: Mapping[str, int] = field(default_factory=dict)      # "2009-03" → hits of that month
    relaxed: bool = False
    suggestion: str | None = None     # another spelling that finds more
    build: str = ""                   # the index's build id
    seconds: float = 0.0
    distinct: int = 0                 # hits of the whole answer when duplicates are collapsed: what paging counts


class Engine(Protocol):
    """A search engine over one built index. Reading is safe from many threads."""

    build_id: str
    meaning: Meaning | None

    def search(
        self,
        query: Query,
        *,
        kind: Kind = "article",
        filters: Query = EVERYTHING,
        sort: Sort = "relevance",
        page: int = 1,
        per_page: int = PER_PAGE,
        facets: Sequence[str] = (),
        facet_values: int = FACET_VALUES,
        histogram: bool = False,
        collapse: bool = True,
        relax: bool = True,
    ) -> Results:
        """The hits of one page. Of quotations, those that are the speakers' own words, unless query or filters ask for
        the field "form"; its facet counts all of them. filters narrow the answer but neither score nor mark. facets:
        the keyword fields to count over the whole answer (schema.FACETS); facet_values: so many of the most frequent
        values of each. histogram: whether to count its months.
        relax: whether, when a page is not full, hits that contain most of the words follow, what others said, and a
        suggestion."""
        ...

    def hold(self) -> None:
        """Open all that answers are read from: a server goes on answering from a build that newer ones have removed."""
        ...

    def count(self, query: Query, *, kind: Kind, filters: Query = EVERYTHING) -> int:
        """How many documents answer the whole query: what tabs show."""
        ...

    def every(
        self, query: Query, *, kind: Kind, filters: Query = EVERYTHING, sort: Sort = "relevance"
    ) -> Iterator[Hit]:
        """The whole answer, in the order of search, for exports: every document by itself, without relaxing,
        its title unmarked, without snippets."""
        ...

    def columns(
        self, query: Query, fields: Sequence[str], *, kind: Kind, filters: Query = EVERYTHING, most: int
    ) -> Iterator[tuple[str, Sequence[str]]]:
        """What tables are counted of: for each document that answers, the newest first and at most so many, its ISO
        day, "" if undated, and its values of keyword fields that hold one value each. Engines that keep these beside
        the documents read none of them."""
        ...

    def get(self, kind: Kind, id: str) -> Document:
        """One document by its id; NotFound if there is none."""
        ...

    def quotations_of(self, article_id: str) -> Sequence[Document]:
        """The quotation documents of one article, reported speech among them, in the order of the text."""
        ...

    def similar(self, kind: Kind, id: str, most: int = SIMILAR) -> Sequence[Similar]:
        """The articles most like an article, or the quotations of others that say nearly what a quotation says, the
        nearest first; none for people. NotFound if there is no such document.

        Left out are the near-duplicates of the document itself, which its group names, and of all others but the
        nearest; for a quotation also those of the same article and of the same speaker.
        """
        ...

    def suggest(self, typed: str, limit: int = 8) -> Sequence[Document]:
        """The documents of the people whom typed may mean: any part of the name or of an alias, one letter wrong, the
        most quoted first."""
        ...

    def stats(self) -> Mapping[str, Any]:
        """Counts of documents by kind (articles, quotations, reported, people), first and last day, size in bytes."""
        ...

    def close(self) -> None: ...


class EngineWriter(Protocol):
    """Writes a new build into an empty folder; nothing answers from it before it is switched in."""

    def write(self, documents: Iterable[Document]) -> int:
        """Write all the documents, and say how many there were."""
        ...

    def update(self, previous: Path, documents: Iterable[Document], gone: Iterable[tuple[Kind, str]] = ()) -> bool:
        """Write what the build in the folder previous contains, without the documents named in gone by kind and id,
        and with these, which replace those of the same kind and id. All answers are those of a build written anew.
        False, and nothing written, if a build anew is better or this engine cannot update one.
        """
        ...
