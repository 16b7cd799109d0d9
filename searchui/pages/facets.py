"""The values by which an answer can be narrowed: each counted, each to be shown alone, left out, or let go again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer import FACETS, Engine, FacetValue, Kind, NotFound, Results
from searchui.request import Asked, Filter

FACETS_OF: Mapping[Kind, tuple[str, ...]] = {"article": tuple(FACETS), "quotation": tuple(FACETS), "person": ()}
OF_PEOPLE = ("speaker_id", "mentioned_id")
_TOP = 5                          # values shown at once
_MOST = 7                         # values shown when unfolded


@dataclass(frozen=True, slots=True)
class FacetLine:
    """A value to narrow by. state: "on" where only it is shown, "off" where it is left out, else ""."""

    label: str
    name: str                     # what a screen reader says of a value in use; of others, label and count
    url: str
    count: int | None
    exclude: tuple[str, str] | None      # the parameter that leaves it out, where it is not in use
    state: str = ""


@dataclass(frozen=True, slots=True)
class FacetBlock:
    """The values of one keyword field. more: those that are folded away."""

    field: str
    title: str
    people: bool
    lines: tuple[FacetLine, ...]
    more: tuple[FacetLine, ...]


def facet_blocks(engine: Engine, asked: Asked, results: Results, charted: bool) -> tuple[FacetBlock, ...]:
    """The facets of this kind of result that hold anything. charted: each year is a bar with a link already, so that
    only what has no date is left to be chosen."""
    values = {**results.facets}
    if charted:
        values["year"] = tuple(value for value in values.get("year", ()) if not value.value)
    blocks = (_facet(engine, asked, field, values.get(field, ())) for field in FACETS_OF[asked.kind])
    return tuple(block for block in blocks if block.lines)


def _facet(engine: Engine, asked: Asked, field: str, values: Sequence[FacetValue]) -> FacetBlock:
    """The values in use first, then those with most hits; years in their order."""
    used = [value for each, value in (*asked.included, *asked.excluded) if each == field]
    known = {value.value: value for value in values}
    rest = [value for value in values if value.value not in used][:_MOST]
    if field == "year":
        rest.sort(key=lambda value: value.value, reverse=True)
    lines = [_used_line(engine, asked, field, value, known.get(value)) for value in used]
    lines += [_line(asked, field, value) for value in rest]
    top = max(_TOP, len(used))
    return FacetBlock(field, FACETS[field], field in OF_PEOPLE, tuple(lines[:top]), tuple(lines[top:]))


def _line(asked: Asked, field: str, value: FacetValue) -> FacetLine:
    label = value.label or "unknown"
    return FacetLine(label, "", asked.including(field, value.value).from_here(), value.count,
                     (Filter(field, value.value, excluded=True).parameter, value.value))


def _used_line(engine: Engine, asked: Asked, field: str, value: str, found: FacetValue | None) -> FacetLine:
    label = found.label if found else person_name(engine, value) if field in OF_PEOPLE else value
    off = (field, value) in asked.excluded
    name = f"Stop leaving out {label}" if off else f"Remove filter: {label}"
    count = found.count if found and not off else None
    return FacetLine(label, name, asked.without(field, value).from_here(), count, None, "off" if off else "on")


def person_name(engine: Engine, slug: str) -> str:
    try:
        return str(engine.get("person", slug)["name"])
    except NotFound:
        return slug
