"""The kinds of words that a search of quotations is for: the speakers' own, by default, or what is only reported."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.query import EVERYTHING, And, Exact, Not, Or, Query, all_of, parts_of
from indexer.search.engine import FacetValue, Kind
from indexer.search.matching import asked_fields

FORMS = ("quotation", "reported")             # the values of the keyword field "form"
# What is found of quotations unless it is asked otherwise: the speakers' own words.
VERBATIM = Exact("quotation", "form")


def verbatim_unless_asked(query: Query, filters: Query, kind: Kind) -> Query:
    """The filters; of quotations that narrows the answer to verbatim ones, unless query or filters say of which kind
    they are to be."""
    if kind != "quotation" or "form" in asked_fields(query) | asked_fields(filters):
        return filters
    return all_of((filters, VERBATIM))


def forms_found(query: Query, filters: Query = EVERYTHING) -> tuple[str, ...]:
    """The kinds of words that a search of quotations finds: "quotation", "reported", or both."""
    whole = all_of((query, verbatim_unless_asked(query, filters, "quotation")))
    return tuple(form for form in FORMS if _allows(whole, form))


def _allows(part: Query, form: str) -> bool:
    """Whether words of this kind can match a part of a query, as far as it asks for that."""
    match part:
        case And(parts):
            return all(_allows(each, form) for each in parts)
        case Or(parts):
            return any(_allows(each, form) for each in parts)
        case Not(inner) if asked_fields(inner) == {"form"}:
            return not _allows(inner, form)
        case Exact(value, "form"):
            return value == form
    return True


def without_field(filters: Query, field: str) -> Query:
    """Filters without those that ask for the values of one field, or leave some out."""
    return all_of(part for part in parts_of(filters) if part == EVERYTHING or asked_fields(part) != {field})


def counted_forms(query: Query, filters: Query, own: int, count: Callable[[Query], int]) -> Sequence[FacetValue]:
    """How much of each kind there is, also of those that the filters leave out: what a switch shows. own: how many
    documents match query and filters; count: how many match the query with other filters. The answer is known: only
    what it is not must be counted."""
    others, asked = without_field(filters, "form"), forms_found(query, filters)
    if "form" in asked_fields(query) or not asked:
        counts = {form: count(all_of((others, Exact(form, "form")))) for form in FORMS}
    elif len(asked) == 1:
        rest = count(others) - own
        counts = {form: own if form in asked else rest for form in FORMS}
    else:
        reported = count(all_of((others, Exact("reported", "form"))))
        counts = {"quotation": own - reported, "reported": reported}
    return [FacetValue(form, form, counts[form]) for form in FORMS if counts[form]]
