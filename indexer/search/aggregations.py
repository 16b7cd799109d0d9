"""What is counted over a whole answer, in the aggregations of Elasticsearch, which OpenSearch and Tantivy understand.

Each part of an index, a shard or a segment, counts by itself, and gives so many values that none of the frequent ones
is missing when they are added up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer.search.doc_values import LISTS, iso_day
from indexer.search.engine import FacetValue, Kind
from indexer.search.searcher import Counts

VALUES = 300                       # values of a facet that an engine gives, of which the most frequent are taken
MONTHS = 10_000                    # and months; so many values are counted in each part of an index
_ENDS = (("first", "min"), ("last", "max"))


def wanted(counts: Counts, kind: Kind, day: str, each_part: str) -> dict[str, Any]:
    """Keyword fields with their most frequent values and the days of those, and months; nothing of people. day: the
    field of a document's day; each_part: the engine's name for how many values are counted in each part."""
    if kind == "person":
        return {}
    found: dict[str, Any] = {}
    for name in counts.facets:
        found[name] = {"terms": {"field": name, "size": VALUES, each_part: MONTHS}}
        if name not in LISTS[kind]:
            found[name]["aggs"] = {end: {which: {"field": day}} for end, which in _ENDS}
    if counts.histogram:
        found["month"] = {"terms": {"field": "month", "size": MONTHS, each_part: MONTHS}}
    return found


def facets(found: Mapping[str, Any], counts: Counts) -> dict[str, list[FacetValue]]:
    """The values of each facet, as an engine counted them."""
    return {name: list(map(_facet_value, _buckets(found, name))) for name in counts.facets}


def histogram(found: Mapping[str, Any], counts: Counts) -> dict[str, int]:
    """The months in their order, if they were asked for."""
    months = {each["key"]: each["doc_count"] for each in _buckets(found, "month")} if counts.histogram else {}
    return {month: months[month] for month in sorted(months)}


def _buckets(found: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    return [each for each in found.get(name, {}).get("buckets", ()) if each["key"]]


def _facet_value(bucket: Mapping[str, Any]) -> FacetValue:
    days = (iso_day(int(bucket[end]["value"] or 0)) for end, _ in _ENDS if end in bucket)
    return FacetValue(bucket["key"], bucket["key"], bucket["doc_count"], *days)
