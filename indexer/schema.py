"""The fields of documents: one table each of those that are searched and of those that are counted and filtered by.

Engines' schemas, the query language, the help page, filters, facets and their parameters in addresses come from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypedDict

FieldType = Literal["text", "name", "keyword", "date"]

# Raised whenever documents change their keys or meaning: an index of another version is refused.
SCHEMA_VERSION = 5


@dataclass(frozen=True, slots=True)
class Field:
    """A field that people can type before a colon.

    type: text is stemmed words, name is folded words without stemming, date is a day, keyword is one of the values of
    the keyword field whose parameter has the same name.
    weights: for each kind of document in which bare words search this field, how much a match there counts.
    """

    name: str
    type: FieldType
    help: str
    example: str
    weights: Mapping[str, float] = field(default_factory=dict)


FIELDS = (
    Field("title", "text", "words of the headline", "title:bridge", {"article": 1.2}),
    Field("text", "text", "words of the story; of quotations, the paragraph around them", "text:ferry",
          {"article": 1.0}),
    Field("author", "name", "who wrote the story", 'author:"Nadia Okafor"'),
    Field("speaker", "name", "who said it, by any name the archive knows them by", 'speaker:"Ruth Adeyemi"',
          {"quotation": 1.0, "person": 1.0}),
    Field("said", "text", "words inside quotation marks", "said:rent", {"quotation": 1.0}),
    Field("mentions", "name", "who is named, whether or not they speak", "mentions:Adeyemi"),
    Field("kind", "keyword", "quotation, as it is by default, or reported: what somebody said in the reporter's words",
          "kind:reported"),
    Field("stance", "keyword", "said, denied or hypothetical: whether the article reports that it was said at all",
          "stance:denied"),
    Field("certainty", "keyword", "how sure it is who said it: sure, likely or unsure", "certainty:sure"),
    Field("identity", "keyword", "whose name it is: printed in the article, or inferred from the archive",
          "identity:inferred"),
    Field("date", "date", "when it was published: a day, a month, a year, or from..to", "date:2009..2012"),
)
FIELD_NAMES = tuple(each.name for each in FIELDS)
_BY_NAME = {each.name: each for each in FIELDS}


def field_named(name: str) -> Field:
    """The field of that name; KeyError if there is none."""
    return _BY_NAME[name]


@dataclass(frozen=True, slots=True)
class KeywordField:
    """A field of exact values, which filters name (query.Exact) and facets count.

    parameter: what filters by it in an address, "" if nothing does; help: what that means; label: such a filter in
    words; heading: that of its facet, "" if it is not counted as one. kinds: the kinds of document that hold it;
    many: those of them that hold a list of values. people: its values are slugs of people. values: all that there
    can be, in the order in which they are shown; none if they come from the archive.
    """

    name: str
    kinds: tuple[str, ...] = ("article", "quotation")
    many: tuple[str, ...] = ()
    parameter: str = ""
    help: str = ""
    label: str = "{}"
    heading: str = ""
    people: bool = False
    values: tuple[str, ...] = ()


# To add a facet: a line here, and in build/documents the values, if documents do not hold them yet.
KEYWORD_FIELDS = (
    KeywordField("kind", ("article", "quotation", "person")),
    KeywordField("id", ("article", "quotation", "person")),
    KeywordField("article_id", ("quotation",)),           # the article that a quotation is from
    # Slug of the speaker; an article holds those of all its quotations, not of what it only reports.
    KeywordField("speaker_id", many=("article",), parameter="speaker", heading="Speaker",
                 label="said by {}", people=True,
                 help="only what this person said, by slug; may be repeated, for any of them"),
    # The speaker's name as resolved, and models.SpeakerKind: what tells apart the sources that have no slug.
    KeywordField("speaker_name", ("quotation",), parameter="source", label="said by “{}”",
                 help="only quotations of the source with just this name, such as an organisation; may be repeated, "
                      "for any of them"),
    KeywordField("speaker_kind", ("quotation",)),
    # Slugs of the people named.
    KeywordField("mentioned_id", many=("article", "quotation"), parameter="mentions", heading="Mentioned",
                 label="naming {}", people=True,
                 help="only what names this person, by slug; may be repeated, for any of them"),
    # The name of each author.
    KeywordField("author_id", many=("article", "quotation"), parameter="author", heading="Author",
                 label="written by {}", help="only what this author wrote, by the name as printed"),
    # "2009"; "" if there is no date.
    KeywordField("year", parameter="year", heading="Year",
                 help="only what was published in this year; empty: what has no date"),
    # "2009-03", for the histogram; "" if only the year is known.
    KeywordField("month", parameter="month", help="only what was published in this month, as 2012-03"),
    # How the speaker of a quotation is known (models.Method).
    KeywordField("method", ("quotation",), parameter="method", label="speaker known by {}",
                 help="only quotations whose speaker is known in this way, such as name, surname or pronoun"),
    # How far its speaker can be trusted (models.Level).
    KeywordField("level", ("quotation",), parameter="certainty", heading="Certainty", label="certainty: {}",
                 help="only quotations whose speaker is this certain: sure, likely or unsure; may be repeated, "
                      "for any of them", values=("sure", "likely", "unsure")),
    # "inferred" if the archive, not the article, says whose the speaker's bare name or office is; else "printed".
    KeywordField("identity", ("quotation",), parameter="identity", heading="Name", label="name {}",
                 help="inferred: the archive says whose bare name or office the article gives; printed: all others",
                 values=("printed", "inferred")),
    # Whether the words are the speaker's own. A search of quotations that does not ask for it finds quotations alone.
    KeywordField("form", ("quotation",), parameter="kind", heading="Kind", label="kind: {}",
                 help="quotation: verbatim, as by default; reported: what somebody said in the reporter's words; "
                      "may be repeated, for any of them", values=("quotation", "reported")),
    # models.Stance: words that nobody said have no speaker, but reported denials have whoever denied.
    KeywordField("stance", ("quotation",), parameter="stance", label="stance: {}",
                 help="only words that the article reports as said, denied (never said), or hypothetical (only "
                      "imagined); may be repeated, for any of them", values=("said", "denied", "hypothetical")),
    # Slug of the person whose words they would be if they had been said.
    KeywordField("stance_of_id", ("quotation",), parameter="stance_of", label="not said by {}", people=True,
                 help="only words that this person is reported not to have said, or only imagined to say, by slug"),
    # Equal for near-duplicate articles, and for one quotation printed in many articles.
    KeywordField("group", parameter="group", label="nearly the same as one another",
                 help="only near-duplicates of one article, or printings of one quotation"),
)
KEYWORDS = tuple(each.name for each in KEYWORD_FIELDS)
FILTERS = tuple(each for each in KEYWORD_FIELDS if each.parameter)
_FILTERS = {each.name: each for each in FILTERS}
# The keyword fields that people can type a value of, by the name that they type.
TYPED_KEYWORDS: Mapping[str, KeywordField] = {
    field.name: next(each for each in FILTERS if each.parameter == field.name)
    for field in FIELDS if field.type == "keyword"
}
FACETS: Mapping[str, str] = {each.name: each.heading for each in KEYWORD_FIELDS if each.heading}


def filter_named(name: str) -> KeywordField:
    """The keyword field of that name by which answers are filtered; KeyError if there is none."""
    return _FILTERS[name]


def facets_of(kind: str) -> tuple[str, ...]:
    """The facets that documents of a kind can be counted by."""
    return tuple(each.name for each in KEYWORD_FIELDS if each.heading and kind in each.kinds)


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
    url: str                      # the article's own original address if the file gives one, else ""
    people: list[PersonInArticle]
    quotations: int               # how many quotation documents belong to it, reported speech not counted
    reported: int                 # and how many of reported speech
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
    id: str                       # "<article id>#q7", or "#r7" of reported speech, counted from 1 in the text's order
    article_id: str
    path: str
    title: str
    author: str
    date: str
    said: str                     # article.text[start:end]
    start: int
    end: int
    context: str                  # the paragraph or paragraphs around it; of reported speech, the sentence
    context_start: int            # where context starts in the article's text
    quote_kind: str               # models.QuotationKind
    speaker: str                  # resolved name, "" if unknown
    speaker_name: str             # the same as a word to count by
    speaker_kind: str             # models.SpeakerKind, "" if unknown
    speaker_id: str               # slug of a person; organisations and unnamed sources have none: ""
    inferred: bool                # the archive, not the article, says whose surname or office this is
    identity: Literal["printed", "inferred"]  # the same as a word to filter by
    names: list[str]              # the speaker's name, as printed, and aliases
    method: str                   # models.Method
    certainty: float              # the probability that the speaker is right, in hundredths
    level: str                    # models.Level
    form: Literal["quotation", "reported"]
    stance: str                   # models.Stance
    stance_of: str                # whose words they would be, resolved name; "" if they were said, or are nobody's
    stance_of_id: str             # slug, "" unless that is a person of the archive
    note: str                     # the keeper's, on a correction, or why a speaker was taken away; "" without one
    cue: tuple[int, int] | None
    source: tuple[int, int] | None
    mentioned: list[str]          # names of the people named in context
    mentioned_id: list[str]
    author_id: list[str]
    year: str
    month: str
    group: str                    # of the folded words: equal for the same quotation in many articles
    indexed: str                  # as its article


class PersonDocument(TypedDict):
    kind: Literal["person"]
    id: str                       # the slug
    name: str
    aliases: list[str]
    roles: list[str]              # offices, and what two authors call them, most frequent first, five at most
    offices: list[tuple[str, str, str]]       # of the roles, with the first and the last year in which articles give it
    quotations: int
    reported: int                 # passages that report what they said in other words
    articles: int                 # in how many articles named
    first: str                    # ISO days of the first and last article that names them, "" if undated
    last: str
    years: dict[str, tuple[int, int]]         # "2009" → (quotations, articles that name them)
    quoted_with: list[tuple[str, str, int]]   # slug, name, articles in which both are quoted; ten at most
