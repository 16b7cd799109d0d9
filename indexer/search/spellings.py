"""The ways in which what is sought may be written: St, Saint or Street; co-ed or coed; $5 or 5 dollars.

What can be made one word in texts and queries alike is that already (analysis.forms); here are the others, of which
any answers. A word between quotation marks is sought as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice, product

from indexer.query import And, InArticle, Not, Or, Phrase, Query, Words, any_of
from indexer.schema import field_named
from indexer.search.analysis import forms

MOST = 8                           # ways of writing one phrase

_SAME: Mapping[str, tuple[str, ...]] = {
    "st": ("saint", "street"), "saint": ("st",), "street": ("st",), "ave": ("avenue",), "avenue": ("ave",),
    "us": ("u.s",), "it": ("i.t",),
}
_MONEY = {"$": "dollars", "£": "pounds", "€": "euros"}
_HYPHENS = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)+")
# Beginnings that are also written with a hyphen, before any word or before this letter.
_PREFIX = re.compile(r"(?:(non|anti|multi|semi|mid|ultra)|(re|pre)(?=e)|(co)(?=o))([^\W\d_]{3,})")


def spelt(query: Query) -> Query:
    """The query that is also answered by other ways of writing its words."""
    match query:
        case And(parts):
            return And(tuple(map(spelt, parts)))
        case Or(parts):
            return Or(tuple(map(spelt, parts)))
        case Not(part):
            return Not(spelt(part))
        case InArticle(part):
            return InArticle(spelt(part))
        case Words(_, field) | Phrase(_, field) if field is None or field_named(field).type == "text":
            return any_of(dict.fromkeys((query, *_others(query)))) or query
    return query


def other_words(query: Words | Phrase) -> list[str]:
    """The forms of those other ways."""
    return [form for other in _others(query) for form in forms(other.text) if form not in forms(query.text)]


def _others(query: Words | Phrase) -> Iterator[Words | Phrase]:
    written = forms(query.text)
    if isinstance(query, Words) and len(written) == 1:
        yield from (Words(other, query.field) for other in _of_word(written[0]) if " " not in other)
        yield from (Phrase(other, query.field) for other in _of_word(written[0]) if " " in other)
    elif len(written) > 1:
        ways = product(*((form, *_SAME.get(form, ())) for form in written))
        yield from (Phrase(" ".join(way), query.field) for way in islice(ways, 1, MOST))
    if len(written) > 1 and _HYPHENS.fullmatch(query.text.strip()):
        yield Words("".join(written), query.field)


def _of_word(form: str) -> Iterator[str]:
    yield from _SAME.get(form, ())
    if form[0].isdigit():
        yield from (sign + form for sign in _MONEY)
    elif form[0] in _MONEY:
        yield f"{form[1:]} {_MONEY[form[0]]}"
    elif match := _PREFIX.fullmatch(form):
        yield " ".join(filter(None, match.groups()))
