"""The fields: one table drives the engines' schemas, the query language, the help page and its tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

FieldType = Literal["text", "name", "keyword", "date"]

# Raised whenever documents change their keys or meaning: an index of another version is refused.
SCHEMA_VERSION = 1


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
    Field("text", "text", "words of the story; of quotations, the paragraph they stand in", "text:ferry", {"article": 1.0}),
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
#   author_id     the author's name as it stands
#   year          "2009"; "" where there is no date
#   month         "2009-03", for the histogram
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
