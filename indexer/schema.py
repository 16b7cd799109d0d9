"""The fields: one table drives the engines' schemas, the query language, the help page and its tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypedDict

FieldType = Literal["text", "name", "keyword", "date"]

# Raised whenever documents change their keys or meaning: an index of another version is refused.
SCHEMA_VERSION = 2


@dataclass(frozen=True, slots=True)
class Field:
    """A field that people can type before a colon.

    type: text is stemmed words, name is folded words as they stand (no stemming), keyword is one exact
    value, date is a day. weights: for each kind of document in which bare words search this field, how
    much a match there counts.
    """

    name: str
    type: FieldType
    help: str
    example: str
    weights: Mapping[str, float] = field(default_factory=dict)


FIELDS = (
    Field("title", "text", "words of the headline", "title:bridge", {"article": 1.2}),
    Field("text", "text", "words of the story; of quotations, the paragraph they stand in", "text:ferry",
          {"article": 1.0}),
    Field("author", "name", "who wrote the story", 'author:"Nadia Okafor"'),
    Field("speaker", "name", "who said it, by any name the archive knows them by", 'speaker:"Ruth Adeyemi"',
          {"quotation": 1.0, "person": 1.0}),
    Field("said", "text", "words inside quotation marks", "said:rent", {"quotation": 1.0}),
    Field("mentions", "name", "who is named, whether or not they speak", "mentions:Adeyemi"),
    Field("date", "date", "when it was published: a day, a month, a year, or from..to", "date:2009..2012"),
)

# Keyword fields that facets count and filters name (query.Exact), with the kinds that hold them.
#   speaker_id    slug of the speaker; an article holds those of all its quotations
#   mentioned_id  slugs of the people named
#   author_id     the name of each author
#   year          "2009"; "" where there is no date
#   month         "2009-03", for the histogram; "" where only the year is known
#   article_id    of a quotation: the article it stands in
#   group         equal for near-duplicate articles, and for one quotation printed in many articles
#   method        of a quotation: how we know the speaker (models.Method)
FACETS: Mapping[str, str] = {
    "speaker_id": "Speaker",
    "mentioned_id": "Mentioned",
    "author_id": "Author",
    "year": "Year",
}
KEYWORDS = ("kind", "id", "article_id", "speaker_id", "mentioned_id", "author_id", "year", "month", "group", "method")

FIELD_NAMES = tuple(each.name for each in FIELDS)


def field_named(name: str) -> Field:
    """The field of that name; KeyError where there is none."""
    return {each.name: each for each in FIELDS}[name]


# What documents hold. Engines store every key as it is given and give it back unchanged; they index the keys
# named in FIELDS and KEYWORDS under the names given there:
#   article    title→title  text→text  author→author  speakers→speaker  said→said  mentioned→mentions  date→date
#   quotation  title→title  context→text  author→author  names→speaker  said→said  mentioned→mentions  date→date
#   person     name, aliases→speaker (and mentions)


class ArticleDocument(TypedDict):
    kind: Literal["article"]
    id: str                       # Article.id
    path: str                     # Article.path
    title: str
    author: str
    date: str                     # ISO minutes "2012-03-04T17:30", as far as known: "2012-03", "2012", "" where undated
    language: str                 # ISO 639-1
    text: str
    blocks: list[tuple[int, int, str]]        # start, end, kind
    links: list[tuple[int, int, str]]         # start, end, address
    url: str                      # the article's own original address where the file gives one, else ""
    people: list[PersonInArticle]
    quotations: int               # how many quotation documents belong to it
    speakers: list[str]           # names and aliases of everybody quoted
    said: list[str]               # the words of its quotations
    mentioned: list[str]          # names and aliases of everybody named
    speaker_id: list[str]
    mentioned_id: list[str]
    author_id: list[str]
    year: str
    month: str
    group: str
    indexed: str                  # when the archive first held it, ISO seconds, UTC


class PersonInArticle(TypedDict):
    slug: str
    name: str                     # the fullest form used in this article
    description: str              # the role the article gives, or ""
    inferred: bool
    mentions: list[tuple[int, int]]           # spans in the text; those of the title are left out


class QuotationDocument(TypedDict):
    kind: Literal["quotation"]
    id: str                       # "<article id>#q7", counted from 1 in the order of the text
    article_id: str
    path: str
    title: str
    author: str
    date: str
    said: str                     # article.text[start:end]
    start: int
    end: int
    context: str                  # the paragraph or paragraphs it stands in
    context_start: int            # where context starts in the article's text
    quote_kind: str               # models.QuotationKind
    speaker: str                  # resolved name, "" where unknown
    speaker_kind: str             # models.SpeakerKind, "" where unknown
    speaker_id: str               # slug of a person; organisations and unnamed sources have none: ""
    inferred: bool                # the archive, not the article, says who bears this surname
    names: list[str]              # the speaker's name, as printed, and aliases
    method: str                   # models.Method
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    mentioned: list[str]          # names of those named in context
    mentioned_id: list[str]
    author_id: list[str]
    year: str
    month: str
    group: str                    # of the folded words: the same quotation in many articles
    indexed: str                  # as its article


class PersonDocument(TypedDict):
    kind: Literal["person"]
    id: str                       # the slug
    name: str
    aliases: list[str]
    roles: list[str]              # descriptions the articles give, most frequent first, five at most
    quotations: int
    articles: int                 # in how many articles named
    first: str                    # ISO days of the first and last article that names them, "" where undated
    last: str
    years: dict[str, tuple[int, int]]         # "2009" → (quotations, articles that name them)
    quoted_with: list[tuple[str, str, int]]   # slug, name, articles in which both are quoted; ten at most
