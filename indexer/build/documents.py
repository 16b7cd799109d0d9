"""Annotated articles become what an engine stores: a document for each article, each quotation and each person."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.attribution import initials_of, level_of
from indexer.build.census import Appearance, Census, Roll
from indexer.build.duplicates import quotation_group
from indexer.build.second_look import IdentityOf, seen_again
from indexer.identity import may_be_shown
from indexer.models import Annotated, Article, Identity, Person, Quotation, Span
from indexer.reading import original_address
from indexer.schema import ArticleDocument, PersonDocument, PersonInArticle, QuotationDocument
from indexer.search import matching, sentences_around

# Lines of the front matter that may say where the story first stood.
ADDRESS_KEYS = ("url", "link", "canonical", "permalink", "original", "original_url", "source_url", "source")
_KNOWN = {"day": None, "month": 7, "year": 4}      # how much of an ISO date that is


def documents(
    annotated: Iterable[Annotated], people: IdentityOf, groups: Mapping[str, str], indexed: Mapping[str, str],
    census: Census | None = None,
) -> Iterator[ArticleDocument | QuotationDocument | PersonDocument]:
    """The document of every article, each followed by those of its quotations, and at the end those of the people.

    groups: which articles are versions of one story; indexed: when each was first seen; census: the rolls of further
    articles, which are not among these.
    """
    census = Census() if census is None else census
    for each in (seen_again(each, people) for each in annotated):
        cast = _Cast(each, people)
        article = _article(each, cast, groups, indexed)
        quoted = [_quotation(each, said, id, cast, article) for id, said in _numbered(each)]
        census.add(article["id"], _roll(article, quoted, cast), cast.identities())
        yield article
        yield from quoted
    yield from census.documents()


def _numbered(annotated: Annotated) -> Iterator[tuple[str, Quotation]]:
    """What an article quotes and then what it reports, each with its id. The two are numbered apart, so that the
    addresses of quotations stay when more or less reported speech is found."""
    for letter, reported in (("q", False), ("r", True)):
        own = (each for each in annotated.quotations if each.is_reported == reported)
        yield from ((f"{annotated.article.id}#{letter}{number}", each) for number, each in enumerate(own, 1))


class _Cast:
    """The persons of an article and who they are in the archive."""

    def __init__(self, annotated: Annotated, people: IdentityOf) -> None:
        self._id = annotated.article.id
        self._people = people
        self._known: dict[str, tuple[Identity | None, Sequence[str]]] = {}
        self._places = sorted((each.span.start, each.span.end, number) for number, person in enumerate(annotated.people)
                              for each in person.mentions if each.span is not None)
        self.named = annotated.people
        self.persons = [(person, identity) for person in annotated.people if (identity := self.of(person.name))]

    def of(self, name: str | None) -> Identity | None:
        return self._look_up(name)[0] if name else None

    def speaker(self, said: Quotation) -> Identity | None:
        """The person who said it: named, or, if the archive knows who held it, by an office alone."""
        return self.of(said.speaker) if said.speaker_kind != "organisation" else None

    def known_as(self, name: str) -> Sequence[str]:
        """All names of the person meant, first the one that is shown; none if it is not known who that is."""
        return self._look_up(name)[1]

    def _look_up(self, name: str) -> tuple[Identity | None, Sequence[str]]:
        known = self._known.get(name)
        if known is None:
            identity = self._people.of(self._id, name)
            # Sorted, so that an article is not written anew only because another alias has become more frequent.
            names = (identity.name, *sorted(set(identity.aliases) - {identity.name})) if identity else ()
            known = self._known[name] = identity, names
        return known

    def identities(self) -> list[Identity]:
        """Everybody who was looked up."""
        return [identity for identity, _ in self._known.values() if identity]

    def present_in(self, span: Span) -> list[Person]:
        """The persons named in a part of the text."""
        numbers = set()
        for at in range(bisect_left(self._places, (span.start,)), len(self._places)):
            start, end, number = self._places[at]
            if start > span.end:
                break
            if end <= span.end:
                numbers.add(number)
        return [self.named[number] for number in sorted(numbers)]

    def names_of(self, persons: Iterable[Person]) -> list[str]:
        """Their names in the article and all their other names. A surname whose person is not known is one too."""
        return _distinct(name for person in persons for name in (person.name, *self.known_as(person.name)))

    def slugs_of(self, persons: Iterable[Person]) -> list[str]:
        return _distinct(identity.slug for person in persons if (identity := self.of(person.name)))


def _article(
    annotated: Annotated, cast: _Cast, groups: Mapping[str, str], indexed: Mapping[str, str]
) -> ArticleDocument:
    article, said = annotated.article, [each for each in annotated.quotations if not each.is_reported]
    speakers = [identity for each in said if (identity := cast.speaker(each))]
    date = date_of(article)
    return {
        "kind": "article", "id": article.id, "path": article.path, "title": article.title, "author": article.author,
        "date": date, "language": article.language, "text": article.text,
        "blocks": [(block.span.start, block.span.end, block.kind) for block in article.blocks],
        "links": [(link.span.start, link.span.end, link.url) for link in article.links],
        "url": _address(article),
        "people": [_person_in_article(person, identity) for person, identity in cast.persons],
        "quotations": len(said), "reported": len(annotated.quotations) - len(said),
        "speakers": _distinct(name for each in said for name in _names(each, cast)),
        "said": [each.span.of(article.text) for each in said],
        "mentioned": cast.names_of(cast.named),
        "speaker_id": _distinct(identity.slug for identity in speakers),
        "mentioned_id": cast.slugs_of(cast.named),
        "author_id": list(article.authors), "year": date[:4], "month": date[:7] if len(date) > 4 else "",
        "group": groups.get(article.id, article.id), "indexed": indexed.get(article.id, ""),
    }


def _quotation(
    annotated: Annotated, said: Quotation, id: str, cast: _Cast, document: ArticleDocument
) -> QuotationDocument:
    text = annotated.article.text
    context = _context(text, said)
    identity = cast.speaker(said)
    speaker = identity.name if identity else said.speaker or ""
    other = cast.of(said.stance_of)
    named = cast.present_in(context)
    words = said.span.of(text)
    return {
        "kind": "quotation", "id": id, "article_id": document["id"], "path": document["path"],
        "title": document["title"], "author": document["author"], "date": document["date"],
        "said": words, "start": said.span.start, "end": said.span.end,
        "context": context.of(text), "context_start": context.start, "quote_kind": said.kind,
        "speaker": speaker, "speaker_name": speaker,
        "speaker_kind": "person" if identity else said.speaker_kind or "",
        "speaker_id": identity.slug if identity else "",
        "inferred": bool(identity and identity.inferred),
        "identity": "inferred" if identity and identity.inferred else "printed",
        "names": _names(said, cast), "method": said.method,
        "certainty": said.certainty, "level": level_of(said.certainty), "note": said.note,
        "cue": (said.cue.start, said.cue.end) if said.cue else None,
        "source": (said.source.start, said.source.end) if said.source else None,
        "form": "reported" if said.is_reported else "quotation", "stance": said.stance,
        "stance_of": other.name if other else said.stance_of or "", "stance_of_id": other.slug if other else "",
        "mentioned": cast.names_of(named),
        "mentioned_id": cast.slugs_of(named),
        "author_id": document["author_id"], "year": document["year"], "month": document["month"],
        "group": quotation_group(words, id, said.is_reported), "indexed": document["indexed"],
    }


def _context(text: str, said: Quotation) -> Span:
    """What a quotation is read in: its paragraphs; of reported speech, of which there is much, only the sentence, with
    the verb that reports it if that is in the same paragraph."""
    paragraphs = paragraphs_around(text, said.span)
    if not said.is_reported:
        return paragraphs
    cue = said.cue if said.cue and said.cue in paragraphs else said.span
    told = Span(min(said.span.start, cue.start), max(said.span.end, cue.end))
    return sentences_around(text, told, paragraphs)


def paragraphs_around(text: str, span: Span) -> Span:
    """The whole paragraphs in which a span lies."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return Span(start, end if end >= 0 else len(text))


def _roll(article: ArticleDocument, quoted: Sequence[QuotationDocument], cast: _Cast) -> Roll:
    """Who counts as being in an article: the persons whom it names, and speakers whom it does not name."""
    said, reported = (Counter(each["speaker_id"] for each in quoted if each["speaker_id"] and each["form"] == form)
                      for form in ("quotation", "reported"))
    roles: dict[str, list[str]] = {identity.slug: [] for _, identity in cast.persons}
    for person, identity in cast.persons:
        if person.description and not identity.inferred:       # of a bare name the role may be a namesake's
            roles[identity.slug].append(person.description)
    people = [Appearance(slug, said[slug], roles.get(slug, []), reported[slug])
              for slug in dict.fromkeys([*roles, *said, *reported])]
    return Roll(matching.first_day(article["date"])[:10], article["quotations"], people, article["author"],
                article["reported"])


def _person_in_article(person: Person, identity: Identity) -> PersonInArticle:
    role = person.description or ""
    return {
        "slug": identity.slug, "name": person.name, "description": role if may_be_shown(role) else "",
        "inferred": identity.inferred,
        "mentions": [(each.span.start, each.span.end) for each in person.mentions if each.span is not None],
    }


def _names(said: Quotation, cast: _Cast) -> list[str]:
    """The names by which its speaker can be searched, last the one in the article."""
    if not said.speaker:
        return []
    known_as = cast.known_as(said.speaker) if cast.speaker(said) else ()
    short = initials_of(said.speaker) if said.speaker_kind == "organisation" else ()
    return [*(name for name in known_as if name != said.speaker), *short, said.speaker]


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def date_of(article: Article) -> str:
    """The date of an article in ISO, no more of it than is known."""
    if article.published is None:
        return ""
    whole = article.published.isoformat(timespec="minutes")
    return whole[:_KNOWN[article.precision]]


def _address(article: Article) -> str:
    """The address at which the story was published, if its front matter gives one."""
    found = (original_address(article.extra.get(key, "")) for key in ADDRESS_KEYS)
    return next(filter(None, found), "")
