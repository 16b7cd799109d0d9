"""Annotated articles to what an engine stores: a document each, one for every quotation, one for every person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Protocol

from indexer.duplicates import quotation_group
from indexer.html_text import original_address
from indexer.models import Annotated, Article, Identity, Person, Quotation, Span
from indexer.schema import ArticleDocument, PersonDocument, PersonInArticle, QuotationDocument

MOST_ROLES = 5
MOST_QUOTED_WITH = 10
MOST_IN_COMPANY = 60      # speakers of one article who are counted as quoted together; longer lists are lists

# Lines of the front matter that may say where the story first stood.
ADDRESS_KEYS = ("url", "link", "canonical", "permalink", "original", "original_url", "source")


class Resolved(Protocol):
    """Who the persons of single articles are (identity.People)."""

    def of(self, article_id: str, name: str) -> Identity | None: ...


def documents(
    annotated: Iterable[Annotated], people: Resolved, groups: Mapping[str, str], indexed: Mapping[str, str]
) -> Iterator[ArticleDocument | QuotationDocument | PersonDocument]:
    """The documents of every article, after each its quotations', and at the end those of the people.

    groups tells which articles are versions of one story, indexed when each was first seen.
    """
    directory: dict[str, _Entry] = {}
    for each in annotated:
        known = _Cast(each, people)
        article = _article(each, known, groups, indexed)
        quoted = [_quotation(each, said, number, known, article) for number, said in enumerate(each.quotations, 1)]
        _enter(directory, article, quoted, known)
        yield article
        yield from quoted
    for entry in sorted(directory.values(), key=lambda entry: entry.identity.slug):
        yield entry.document(directory)


class _Cast:
    """The persons of an article and who they are in the archive."""

    def __init__(self, annotated: Annotated, people: Resolved) -> None:
        self._id = annotated.article.id
        self._people = people
        self.named = annotated.people
        self.persons = [(person, identity) for person in annotated.people if (identity := self.of(person.name))]

    def of(self, name: str | None) -> Identity | None:
        return self._people.of(self._id, name) if name else None

    def present_in(self, span: Span) -> list[Person]:
        """Who is named in a part of the text."""
        return [
            person for person in self.named
            if any(each.span is not None and each.span in span for each in person.mentions)
        ]

    def names_of(self, persons: Iterable[Person]) -> list[str]:
        """As the article names them, and by all their other names. A bare surname that nobody claims is one."""
        return _distinct(name for person in persons for name in (person.name, *_known_as(self.of(person.name))))

    def slugs_of(self, persons: Iterable[Person]) -> list[str]:
        return _distinct(identity.slug for person in persons if (identity := self.of(person.name)))


def _article(
    annotated: Annotated, cast: _Cast, groups: Mapping[str, str], indexed: Mapping[str, str]
) -> ArticleDocument:
    article, said = annotated.article, annotated.quotations
    speakers = [identity for each in said if _is_person(each) and (identity := cast.of(each.speaker))]
    date = _date(article)
    return {
        "kind": "article", "id": article.id, "path": article.path, "title": article.title, "author": article.author,
        "date": date, "text": article.text,
        "blocks": [(block.span.start, block.span.end, block.kind) for block in article.blocks],
        "links": [(link.span.start, link.span.end, link.url) for link in article.links],
        "url": _address(article),
        "people": [_person_in_article(person, identity) for person, identity in cast.persons],
        "quotations": len(said),
        "speakers": _distinct(name for each in said for name in _names(each, cast)),
        "said": [each.span.of(article.text) for each in said],
        "mentioned": cast.names_of(cast.named),
        "speaker_id": _distinct(identity.slug for identity in speakers),
        "mentioned_id": cast.slugs_of(cast.named),
        "author_id": article.author, "year": date[:4], "month": date[:7],
        "group": groups.get(article.id, article.id), "indexed": indexed.get(article.id, ""),
    }


def _quotation(
    annotated: Annotated, said: Quotation, number: int, cast: _Cast, document: ArticleDocument
) -> QuotationDocument:
    text = annotated.article.text
    context = paragraphs_around(text, said.span)
    identity = cast.of(said.speaker) if _is_person(said) else None
    named = cast.present_in(context)
    id = f"{document['id']}#q{number}"
    words = said.span.of(text)
    return {
        "kind": "quotation", "id": id, "article_id": document["id"], "path": document["path"],
        "title": document["title"], "author": document["author"], "date": document["date"],
        "said": words, "start": said.span.start, "end": said.span.end,
        "context": context.of(text), "context_start": context.start, "quote_kind": said.kind,
        "speaker": identity.name if identity else said.speaker or "",
        "speaker_kind": (said.speaker_kind or "") if said.speaker else "",
        "speaker_id": identity.slug if identity else "",
        "inferred": bool(identity and identity.inferred),
        "names": _names(said, cast), "method": said.method,
        "cue": (said.cue.start, said.cue.end) if said.cue else None,
        "source": (said.source.start, said.source.end) if said.source else None,
        "mentioned": cast.names_of(named),
        "mentioned_id": cast.slugs_of(named),
        "author_id": document["author_id"], "year": document["year"], "month": document["month"],
        "group": quotation_group(words, id), "indexed": document["indexed"],
    }


def paragraphs_around(text: str, span: Span) -> Span:
    """The whole paragraphs that a span lies in."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return Span(start, end if end >= 0 else len(text))


@dataclass(slots=True)
class _Entry:
    """What the archive says of one person, counted article by article."""

    identity: Identity
    articles: int = 0
    quotations: int = 0
    dates: list[str] = field(default_factory=list)             # the first and the last day, once there is one
    roles: Counter[str] = field(default_factory=Counter)
    years: dict[str, tuple[int, int]] = field(default_factory=dict)
    company: Counter[str] = field(default_factory=Counter)

    def document(self, directory: Mapping[str, _Entry]) -> PersonDocument:
        company = sorted(self.company.items(), key=lambda each: (-each[1], each[0]))[:MOST_QUOTED_WITH]
        roles = sorted(self.roles.items(), key=lambda each: (-each[1], each[0]))[:MOST_ROLES]
        return {
            "kind": "person", "id": self.identity.slug, "name": self.identity.name,
            "aliases": [alias for alias in self.identity.aliases if alias != self.identity.name],
            "roles": [role for role, _ in roles],
            "quotations": self.quotations, "articles": self.articles,
            "first": self.dates[0] if self.dates else "", "last": self.dates[-1] if self.dates else "",
            "years": dict(sorted(self.years.items())),
            "quoted_with": [(slug, directory[slug].identity.name, count) for slug, count in company],
        }


def _enter(
    directory: dict[str, _Entry], article: ArticleDocument, quoted: list[QuotationDocument], cast: _Cast
) -> None:
    """Count an article for everybody in it."""
    said = Counter(each["speaker_id"] for each in quoted if each["speaker_id"])
    present = {identity.slug: identity for _, identity in cast.persons}
    for each in quoted:
        if each["speaker_id"] and each["speaker_id"] not in present and (speaker := cast.of(each["names"][-1])):
            present[speaker.slug] = speaker
    day = article["date"][:10]
    for slug, identity in present.items():
        entry = directory.setdefault(slug, _Entry(identity))
        entry.articles += 1
        entry.quotations += said[slug]
        if day:
            entry.dates = [min([*entry.dates[:1], day]), max([*entry.dates[-1:], day])]
            before = entry.years.get(article["year"], (0, 0))
            entry.years[article["year"]] = (before[0] + said[slug], before[1] + 1)
    for person, identity in cast.persons:
        if person.description:
            directory[identity.slug].roles[person.description] += 1
    for one, other in combinations(sorted(said)[:MOST_IN_COMPANY], 2):
        directory[one].company[other] += 1
        directory[other].company[one] += 1


def _person_in_article(person: Person, identity: Identity) -> PersonInArticle:
    return {
        "slug": identity.slug, "name": person.name, "description": person.description or "",
        "inferred": identity.inferred,
        "mentions": [(each.span.start, each.span.end) for each in person.mentions if each.span is not None],
    }


def _is_person(said: Quotation) -> bool:
    return said.speaker_kind in ("person", None)


def _names(said: Quotation, cast: _Cast) -> list[str]:
    """By what names its speaker can be searched, that of the article last."""
    if not said.speaker:
        return []
    identity = cast.of(said.speaker) if _is_person(said) else None
    names = [name for name in _known_as(identity) if name != said.speaker]
    return [*names, said.speaker]


def _known_as(identity: Identity | None) -> list[str]:
    return _distinct((identity.name, *identity.aliases)) if identity else []


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _date(article: Article) -> str:
    return article.published.isoformat(timespec="minutes") if article.published else ""


def _address(article: Article) -> str:
    """The story's own original address, where its front matter gives one."""
    found = (original_address(article.extra.get(key, "")) for key in ADDRESS_KEYS)
    return next(filter(None, found), "")
