"""Articles, quotations and people as API and exports give them: plain values, each with its address.

The classes are the one list of what is given: columns of CSV, keys of JSON and the OpenAPI document come from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypedDict

from flask import url_for

from indexer import Document, FacetValue, Hit, Similar, Snippet


class Passage(TypedDict):
    """Text, and the spans of it that matched, in characters from start up to end."""

    text: str
    marks: list[list[int]]


class ArticleAnswer(TypedDict):
    id: str
    path: str
    title: str
    author: str
    authors: list[str]            # each one's name
    language: str                 # ISO 639-1
    published: str                # ISO, local time, as far as known: "2012-03", "2012"; "" where undated
    url: str                      # its page here
    source_url: str               # where it was published, "" if the file does not say
    quotations: int
    reported: int                 # passages that report speech in other words
    speakers: list[str]           # slugs of the people it quotes
    mentioned: list[str]          # slugs of the people it names


class QuotationAnswer(TypedDict):
    id: str
    article_id: str
    path: str
    text: str                     # as published, without its marks
    kind: Literal["direct", "fragment", "block", "reported"]      # reported: in the reporter's words
    stance: Literal["said", "denied", "hypothetical"]             # whether the article reports that it was said
    stance_of: str                # whose words they would be if they had been said; "" if they were, or are nobody's
    stance_of_id: str             # slug, "" unless a person of the archive
    speaker: str                  # "" if unknown
    speaker_id: str               # slug, "" unless a person of the archive
    speaker_kind: str
    method: str                   # how the speaker is known
    certainty: float              # the probability that the speaker is right, 0 to 1
    level: Literal["sure", "likely", "unsure"]    # how far to trust the speaker
    inferred: bool                # the archive, not the article, says whose surname or office this is
    corrected: bool               # the archive's keeper corrected what was found
    note: str                     # what the keeper says of that, or why a speaker was taken away, or ""
    context: str                  # the paragraph it stands in; of reported speech, the sentence
    title: str
    author: str
    published: str
    url: str


class PersonAnswer(TypedDict):
    slug: str
    name: str
    aliases: list[str]
    roles: list[str]
    quotations: int
    reported: int                 # passages that report what they said in other words
    articles: int
    first: str                    # ISO days of the first and last article that names them
    last: str
    url: str


class ArticleHit(ArticleAnswer):
    score: float
    partial: bool                 # it holds most of the words, not all
    by_meaning: bool              # it was found by what it means, not by its words
    duplicates: int               # further hits that say the same, left out
    heading: Passage
    snippets: list[Passage]


class QuotationHit(QuotationAnswer):
    score: float
    partial: bool
    by_meaning: bool
    duplicates: int
    snippets: list[Passage]


class PersonHit(PersonAnswer):
    score: float
    heading: Passage


class FacetAnswer(TypedDict):
    value: str
    label: str
    count: int
    first: str
    last: str


class OfficeAnswer(TypedDict):
    role: str                     # one of the roles
    first: str                    # the years of the first and the last article that gives it
    last: str


class PersonWhole(PersonAnswer):
    offices: list[OfficeAnswer]
    years: dict[str, list[int]]   # quotations, and articles that name them
    quoted_with: list[FacetAnswer]
    quotations_url: str


class PersonNamed(TypedDict):
    slug: str
    name: str
    description: str
    inferred: bool
    mentions: list[list[int]]     # in characters of the text


class QuotationInArticle(QuotationAnswer):
    start: int                    # in characters of the article's text
    end: int
    cue: list[int] | None         # the verb or phrase that reports the words
    source: list[int] | None      # the words that name the speaker


class ArticleWhole(TypedDict):
    id: str
    path: str
    title: str
    author: str
    authors: list[str]
    language: str
    published: str
    url: str
    source_url: str
    text: str
    people: list[PersonNamed]
    quotations: list[QuotationInArticle]


class SearchAnswer(TypedDict):
    """One page of an answer, and all that is needed to make the search again."""

    query: str                    # as typed
    read_as: str | None           # in plain words, how a question was read; null if words are searched for
    understood: str               # in plain words
    repairs: list[str]            # what had to be repaired to understand it
    filters: list[str]            # in plain words
    kind: Literal["article", "quotation", "person"]
    sort: Literal["relevance", "newest", "oldest", "certainty"]
    page: int
    per_page: int
    total: int                    # how many match the whole query
    distinct: int                 # how many hits that is without near-duplicates: what paging counts
    relaxed: bool                 # hits that hold most of the words, not all, follow
    suggestion: str | None        # another spelling that finds more
    build: str                    # the index's build id
    seconds: float
    url: str                      # the same search on the page
    next: str | None
    hits: list[ArticleHit | QuotationHit | PersonHit]
    others: list[QuotationHit]    # what others said, in articles that name the speaker who is asked for
    best_quotations: list[QuotationHit]       # of a search for articles, the best that answer it
    namesakes: list[PersonAnswer]             # who else may be meant by a name that several have, or that is misspelt
    facets: dict[str, list[FacetAnswer]]      # by the parameter that filters by them
    histogram: dict[str, int]     # "2009-03" → hits of that month


class SuggestAnswer(TypedDict):
    people: list[PersonAnswer]
    build: str


class SimilarArticle(ArticleAnswer):
    likeness: float               # above 0, at most 1; only those of one answer can be compared
    by_meaning: bool              # it means nearly the same; else it shares many words


class SimilarQuotation(QuotationAnswer):
    likeness: float
    by_meaning: bool


class SimilarAnswer(TypedDict):
    similar: list[SimilarArticle | SimilarQuotation]
    build: str


class StatsAnswer(TypedDict):
    articles: int
    quotations: int
    reported: int                 # passages of reported speech, not among the quotations
    people: int
    first: str
    last: str
    bytes: int
    build: str


class Problem(TypedDict):
    """What went wrong (RFC 9457). position: the character of q at which it stops making sense."""

    status: int
    title: str
    detail: str
    position: int | None


def article(document: Document) -> ArticleAnswer:
    return {
        "id": document["id"], "path": document["path"], "title": document["title"], "author": document["author"],
        "authors": list(document["author_id"]), "language": document["language"],
        "published": document["date"], "url": permalink(document), "source_url": document["url"],
        "quotations": document["quotations"], "reported": document["reported"],
        "speakers": list(document["speaker_id"]),
        "mentioned": list(document["mentioned_id"]),
    }


def quotation(document: Document) -> QuotationAnswer:
    return {
        "id": document["id"], "article_id": document["article_id"], "path": document["path"], "text": document["said"],
        "kind": document["quote_kind"], "stance": document["stance"], "stance_of": document["stance_of"],
        "stance_of_id": document["stance_of_id"],
        "speaker": document["speaker"], "speaker_id": document["speaker_id"],
        "speaker_kind": document["speaker_kind"], "method": document["method"], "certainty": document["certainty"],
        "level": document["level"], "inferred": document["inferred"],
        "corrected": document["method"] == "corrected", "note": document["note"],
        "context": document["context"], "title": document["title"], "author": document["author"],
        "published": document["date"], "url": permalink(document),
    }


def person(document: Document) -> PersonAnswer:
    return {
        "slug": document["id"], "name": document["name"], "aliases": list(document["aliases"]),
        "roles": list(document["roles"]), "quotations": document["quotations"],
        "reported": document["reported"], "articles": document["articles"],
        "first": document["first"], "last": document["last"], "url": permalink(document),
    }


def plain(document: Document) -> Mapping[str, object]:
    """The answer for a document of any kind."""
    if document["kind"] == "person":
        return person(document)
    return quotation(document) if document["kind"] == "quotation" else article(document)


def hit(found: Hit) -> ArticleHit | QuotationHit | PersonHit:
    document = found.document
    if document["kind"] == "person":
        return {**person(document), "score": found.score, "heading": passage(found.title)}
    if document["kind"] == "quotation":
        return quotation_hit(found)
    snippets = [passage(each) for each in found.snippets]
    return {**article(document), "score": found.score, "partial": found.partial, "by_meaning": found.by_meaning,
            "duplicates": found.duplicates, "heading": passage(found.title), "snippets": snippets}


def quotation_hit(found: Hit) -> QuotationHit:
    return {**quotation(found.document), "score": found.score, "partial": found.partial,
            "by_meaning": found.by_meaning, "duplicates": found.duplicates,
            "snippets": [passage(each) for each in found.snippets]}


def similar(found: Similar) -> SimilarArticle | SimilarQuotation:
    document, likeness = found.document, round(found.likeness, 4)
    if document["kind"] == "quotation":
        return {**quotation(document), "likeness": likeness, "by_meaning": found.by_meaning}
    return {**article(document), "likeness": likeness, "by_meaning": found.by_meaning}


def passage(snippet: Snippet) -> Passage:
    return {"text": snippet.text, "marks": [[mark.start, mark.end] for mark in snippet.marks]}


def facet(values: Sequence[FacetValue]) -> list[FacetAnswer]:
    return [{"value": each.value, "label": each.label, "count": each.count, "first": each.first, "last": each.last}
            for each in values]


def person_whole(document: Document) -> PersonWhole:
    return {
        **person(document),
        "offices": [{"role": role, "first": first, "last": last} for role, first, last in document["offices"]],
        "years": {year: list(counts) for year, counts in document["years"].items()},
        "quoted_with": [{"value": slug, "label": name, "count": count, "first": "", "last": ""}
                        for slug, name, count in document["quoted_with"]],
        "quotations_url": url_for("api.quotations", speaker=document["id"], _external=True),
    }


def article_whole(document: Document, quotations: Sequence[Document]) -> ArticleWhole:
    return {
        "id": document["id"], "path": document["path"], "title": document["title"], "author": document["author"],
        "authors": list(document["author_id"]), "language": document["language"],
        "published": document["date"], "url": permalink(document), "source_url": document["url"],
        "text": document["text"],
        "people": [
            {"slug": each["slug"], "name": each["name"], "description": each["description"],
             "inferred": each["inferred"], "mentions": [list(span) for span in each["mentions"]]}
            for each in document["people"]
        ],
        "quotations": [
            {**quotation(each), "start": each["start"], "end": each["end"],
             "cue": list(each["cue"]) if each["cue"] else None,
             "source": list(each["source"]) if each["source"] else None}
            for each in quotations
        ],
    }


def permalink(document: Document) -> str:
    """The address of a document of any kind, which stays the same from build to build."""
    if document["kind"] == "person":
        return url_for("pages.person", slug=document["id"], _external=True)
    if document["kind"] == "article":
        return url_for("pages.article", id=document["id"], _external=True)
    anchor = str(document["id"])[len(document["article_id"]) + 1:]
    return url_for("pages.article", id=document["article_id"], _anchor=anchor, _external=True)
