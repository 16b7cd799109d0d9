"""Drafts to articles: the one place where what readers found becomes title, authors, day and text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from indexer.errors import ArticleError
from indexer.models import Article
from indexer.reading import html_text, markdown, plain_text, web_page
from indexer.reading.bylines import authors_of, byline_of
from indexer.reading.dates import Published, published_of
from indexer.reading.drafts import Draft, Found, Source
from indexer.reading.encodings import composed, without_halves
from indexer.reading.formats import format_of
from indexer.reading.html_text import Text, fold_spaces, unescape
from indexer.reading.languages import language_of
from indexer.reading.metadata import AUTHORS, DATES, SUMMARIES, TITLES, first_of

NO_TEXT = ("", "null", "none")     # programs that export an archive write an absent body so

LONGEST_TITLE = 1_000              # characters
LONGEST_FIELD = 10_000             # characters of any further field: what is longer is no field

_LOST_SEMICOLON = re.compile(r"&([A-Za-z]\w{0,20});")
_LETTERING = re.compile(r"</?(?:a|b|br|cite|code|em|i|mark|q|s|small|span|strong|sub|sup|u|wbr)(?:\s[^<>]{0,500})?/?>",
                        re.IGNORECASE)
_TEXT_OF = {
    "page": web_page.text_of, "html": html_text.plain_text, "markdown": markdown.text_of, "text": plain_text.text_of,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, and how it was read."""

    article: Article
    published: Published
    encoding: str
    warnings: tuple[str, ...] = ()


def stories(source: Source) -> Iterator[Found]:
    """What is in a file, each story with a key of its own. ArticleError where the file cannot be read, or not to its
    end; what came before that is read all the same."""
    taken: dict[str, int] = {}
    for found in format_of(source).read(source):
        yield _encodable(replace(found, key=_own_key(found.key, taken))) if isinstance(found, Draft) else found


def _own_key(key: str, taken: dict[str, int]) -> str:
    """The key, with a number behind it if another story of the file has it. taken: how often each was taken."""
    number = taken.get(key, 0) + 1
    while number > 1 and f"{key}~{number}" in taken:
        number += 1
    taken[key] = number
    if number == 1:
        return key
    taken[f"{key}~{number}"] = 1
    return f"{key}~{number}"


def _encodable(draft: Draft) -> Draft:
    """The same draft, of which everything can be written."""
    fields = {without_halves(name): _encodable_value(value) for name, value in draft.fields.items()}
    return replace(draft, body=without_halves(draft.body), fields=fields)


def _encodable_value(value: object) -> object:
    if isinstance(value, str):
        return without_halves(value)
    if isinstance(value, Mapping):
        return {without_halves(str(name)): _encodable_value(each) for name, each in value.items()}
    return list(map(_encodable_value, value)) if isinstance(value, list | tuple) else value


def id_of(draft: Draft, source: Source) -> str:
    """The id of the article that a draft is."""
    return f"{source.id}#{draft.key}" if draft.key else source.id


def readings(source: Source) -> Iterator[Reading | ArticleError]:
    """The articles of a file, and why one of them cannot be read. ArticleError where the file cannot be, or not to its
    end."""
    for found in stories(source):
        if isinstance(found, Draft):
            yield attempted(found, source)
        elif isinstance(found, ArticleError):
            yield found


def attempted(draft: Draft, source: Source) -> Reading | ArticleError:
    """The article that a draft is, or why it is none."""
    try:
        return reading_of(draft, source)
    except ArticleError as error:
        return ArticleError(error.path, f"{draft.key}: {error.reason}", error.line) if draft.key else error


def reading_of(draft: Draft, source: Source) -> Reading:
    """The article that a draft is; ArticleError where it holds no text."""
    text, blocks, links = _text(draft, source)
    published = published_of(draft.fields, source.name, source.options)
    authors = authors_of(first_of(draft.fields, AUTHORS))
    article = Article(
        id=id_of(draft, source),
        path=source.name,
        title=repair_title(as_line(first_of(draft.fields, TITLES))[:LONGEST_FIELD])[:LONGEST_TITLE].rstrip(),
        author=byline_of(authors),
        published=published.moment,
        text=text,
        blocks=blocks,
        links=links,
        extra={name: composed(as_line(value)[:LONGEST_FIELD]) for name, value in draft.fields.items()
               if name not in (*TITLES, *AUTHORS, *DATES)},
        authors=authors,
        precision=published.precision,
        language=language_of(text),
    )
    return Reading(article, published, draft.encoding, (*draft.warnings, *filter(None, [published.warning])))


def repair_title(title: str) -> str:
    """Entities resolved, however often they were escaped, and lettering dropped; "M&M;s" loses the semicolon an entity
    would have."""
    return _LOST_SEMICOLON.sub(r"&\1", fold_spaces(_LETTERING.sub("", unescape(title))))


def as_line(value: object) -> str:
    """A field's value as one text: a list with commas, a mapping with its names."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {as_line(each)}" for name, each in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(as_line, value)))
    return "" if value is None else str(value)


def _text(draft: Draft, source: Source) -> Text:
    """The body's text; where there is none, for it stands elsewhere, what the fields say of it. ArticleError where
    there is neither."""
    for body in (draft.body, as_line(first_of(draft.fields, SUMMARIES))):
        found = _TEXT_OF[draft.kind](body)
        if found[0].lower() not in NO_TEXT:
            return found
    raise ArticleError(source.path, "no text", draft.line)
