"""The values by which an answer can be narrowed: each is counted, and can be chosen, excluded, or removed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer import Engine, Exact, FacetValue, NotFound, Results, all_of, facets_of, filter_named
from searchui.request import Filter, SearchRequest

_SHOWN = 5                        # values of a facet shown at once
UNFOLDED = 7                      # values shown when it is unfolded


@dataclass(frozen=True, slots=True)
class FacetLine:
    """A value to narrow by. state: "on" if it is chosen, "off" if it is excluded, else ""."""

    label: str
    name: str                     # for a screen reader, if the value is in use; else label and count are enough
    url: str
    count: int | None
    exclude: tuple[str, str] | None      # the parameter that excludes it, if it is not in use
    state: str = ""


@dataclass(frozen=True, slots=True)
class FacetBlock:
    """The values of one keyword field. more: those that are folded away."""

    field: str
    title: str
    people: bool
    lines: tuple[FacetLine, ...]
    more: tuple[FacetLine, ...]


def facet_blocks(engine: Engine, search: SearchRequest, results: Results, charted: bool) -> tuple[FacetBlock, ...]:
    """The facets of this kind of result that have values. charted: the bars of the chart are links to the years, so
    that of the years only what has no date is left to choose."""
    values = {**results.facets}
    if charted:
        values["year"] = tuple(value for value in values.get("year", ()) if not value.value)
    blocks = (_kinds(search, values.get(field, ())) if field == "form" else
              _facet(engine, search, field, values.get(field, ())) for field in facets_of(search.kind))
    return tuple(block for block in blocks if block.lines)


def _kinds(search: SearchRequest, values: Sequence[FacetValue]) -> FacetBlock:
    """The kinds of words: those that are searched are on, quotations if none was chosen, and each can be added or
    taken away. No lines if there is one kind alone."""
    chosen = search.forms
    lines = tuple(_kind(search, value, chosen) for value in values) if len(values) > 1 else ()
    return FacetBlock("form", filter_named("form").heading, False, lines, ())


def _kind(search: SearchRequest, value: FacetValue, chosen: Sequence[str]) -> FacetLine:
    on = value.value in chosen
    order = filter_named("form").values
    forms = [each for each in order if (each in chosen) != (each == value.value)] or [value.value]
    name = f"Leave out {value.label}" if on and len(chosen) > 1 else ""
    return FacetLine(value.label, name, search.of_forms(*forms).query_string(), value.count, None, "on" if on else "")


def _facet(engine: Engine, search: SearchRequest, field: str, values: Sequence[FacetValue]) -> FacetBlock:
    """The values in use first, then those with most hits; years and values of a fixed order in theirs."""
    used = [value for each, value in (*search.included, *search.excluded) if each == field]
    known = {value.value: value for value in values}
    rest = [value for value in values if value.value not in used][:UNFOLDED]
    order = filter_named(field).values
    if field == "year":
        rest.sort(key=lambda value: value.value, reverse=True)
    elif order:
        rest.sort(key=lambda value: order.index(value.value) if value.value in order else len(order))
    if order and len(rest) == 1 and not used:
        rest = []                 # all hits have it: there is nothing to choose
    if known:
        known.update({value: _counted(engine, search, field, value) for each, value in search.included
                      if each == field and value not in known})
    lines = [_used_line(engine, search, field, value, known.get(value)) for value in used]
    lines += [_line(search, field, value) for value in rest]
    shown = max(_SHOWN, len(used))
    title, people = filter_named(field).heading, filter_named(field).people
    return FacetBlock(field, title, people, tuple(lines[:shown]), tuple(lines[shown:]))


def _counted(engine: Engine, search: SearchRequest, field: str, value: str) -> FacetValue:
    """A value in use that is not among the most frequent, with its count."""
    label = person_name(engine, value) if filter_named(field).people else value
    filters = all_of((search.filter_query, Exact(value, field)))
    return FacetValue(value, label, engine.count(search.hit_query, kind=search.kind, filters=filters))


def _line(search: SearchRequest, field: str, value: FacetValue) -> FacetLine:
    label = value.label or "unknown"
    return FacetLine(label, "", search.including(field, value.value).query_string(), value.count,
                     (Filter(field, value.value, excluded=True).parameter, value.value))


def _used_line(
    engine: Engine, search: SearchRequest, field: str, value: str, found: FacetValue | None
) -> FacetLine:
    label = found.label if found else person_name(engine, value) if filter_named(field).people else value
    off = (field, value) in search.excluded
    name = f"Stop leaving out {label}" if off else f"Remove filter: {label}"
    count = found.count or None if found and not off else None
    return FacetLine(label, name, search.without(field, value).query_string(), count, None, "off" if off else "on")


def person_name(engine: Engine, slug: str) -> str:
    """The name of the person with this slug; the slug if there is none."""
    try:
        return str(engine.get("person", slug)["name"])
    except NotFound:
        return slug
