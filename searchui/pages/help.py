"""Help that teaches the query language with searches that run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer import FIELDS, FILTERS, Kind
from searchui.pages.example_words import ExampleWords
from searchui.pages.hits import ADVICE, METHODS, trust
from searchui.pages.search_page import Link
from searchui.request import SearchRequest


@dataclass(frozen=True, slots=True)
class Lesson:
    """A table of searches that run: what to type, and what it finds."""

    title: str
    lines: tuple[tuple[Link, str], ...]


@dataclass(frozen=True, slots=True)
class HelpPage:
    groups: tuple[Lesson, ...]
    methods: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]      # how far to trust a speaker: in a word, and in sentences


_FORMS = (
    ("ferry fares", "both words, in any of their forms"),
    ("ferry OR bridge", "either word"),
    ("ferry -bridge", "the first word, without the second"),
    ('"sea wall"', "these words, in this order"),
    ('"fares"', "exactly this form of the word"),
    ("flood*", "every word that begins like this"),
    ('"ferry fares"~5', "both words, with at most five others between them"),
    ("(ferry OR bridge) -toll", "parentheses group words"),
)
_QUESTIONS = (
    ("who said ferry", "quotations about it, whoever is quoted"),
    ("what did Adeyemi say about ferries",
     "what this person said about it; any of their names will do, even with a letter wrong, and so will an office or "
     "an organisation"),
    ("Adeyemi on ferries, 2010 to 2014", "the same, in those years; also “in 2011”, “since 2010”, “in March 2012”"),
    ("Adeyemi's words about rent", "the same; also “did … ever mention …”, or just the name and a few words"),
)
_DATES = (
    ("date:2012", "a year"),
    ("date:2012-10", "a month"),
    ("date:2010..2014", "from the beginning of the first to the end of the last"),
    ("before:2011", "before that year began"),
    ("after:2015-06", "after that month ended"),
)


def help_page(words: ExampleWords = ExampleWords()) -> HelpPage:
    """The fields come from schema.FIELDS, so that none is left out; the words of the examples from the archive."""
    fields = tuple((_run(words.in_place(field.example), _kind_with(field.name, field.weights)), field.help)
                   for field in FIELDS)
    return HelpPage(
        groups=(
            Lesson("Words", tuple((_run(words.in_place(typed)), meaning) for typed, meaning in _FORMS)),
            Lesson("Questions", tuple((_run(words.in_place(typed)), meaning) for typed, meaning in _QUESTIONS)),
            Lesson("Fields", fields),
            Lesson("Dates", tuple((_run(words.in_place(typed)), meaning) for typed, meaning in _DATES)),
        ),
        methods=tuple((short or ("speaker unknown" if name == "none" else name), long)
                      for name, (short, long) in METHODS.items()),
        levels=tuple((level, trust(level)) for level in ADVICE),
    )


def _kind_with(field: str, weights: Mapping[str, float]) -> Kind:
    """The kind of document that a field is for: quotations, if only they have it, or if bare words look into it in
    quotations and not in articles."""
    only_theirs = any(each.parameter == field and each.kinds == ("quotation",) for each in FILTERS)
    return "quotation" if only_theirs or weights and "article" not in weights else "article"


def _run(typed: str, kind: Kind = "article") -> Link:
    return Link(typed, SearchRequest(typed=typed, kind=kind).url())
