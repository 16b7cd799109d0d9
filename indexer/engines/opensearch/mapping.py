"""What OpenSearch keeps of the documents: its fields, and the template by which every index is made.

All kinds are in one index, a quotation in the shard of its article, so that quotations can be found by the words of
their articles. Each kind has text fields of its own, so that a word is as rare as it is among its kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, get_args

from indexer.schema import FACETS, KEYWORDS, SCHEMA_VERSION
from indexer.search import Kind, analysis, matching, ranking

VERSION = 2                        # raised whenever the mapping changes
FORMAT = f"opensearch {VERSION}, schema {SCHEMA_VERSION}"
KINDS: tuple[Kind, ...] = get_args(Kind)

# A field is kept as the terms that can follow one another, with their positions, and again as forms, under its name
# with this ending. Terms are stems; of names, the words without their initials.
FORMS = "_forms"
COUNTED = (*FACETS, "month", "group", "kind")      # the keywords that are counted over whole answers
LONGEST_KEYWORD = 8_000            # characters; Lucene takes no longer terms

# join: of articles with their quotations. number: the place in the order of writing. first, last: moments
# (doc_values.moment), left out if undated, and so is day. repeat: 0 for at most one document of each group.
# quotations: how often a person is quoted. certainty: of a quotation, in hundredths.
JOIN = "join"
NUMBERS = {"number": "long", "first": "long", "last": "long", "day": "integer", "repeat": "byte",
           "quotations": "integer", "certainty": "byte"}


def field_name(kind: Kind, field: str) -> str:
    """The name under which a field of the kind is indexed."""
    return f"{kind}_{matching.indexed_field(field, kind)}"


def key(text: str) -> str:
    """A text of any length as a short name."""
    return blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def place(kind: Kind, id: str) -> tuple[str, str]:
    """The id under which a document is kept, and the key by which its shard is chosen: a quotation's by its article."""
    own = key(id)
    return kind[0] + own, key(id.rpartition("#")[0]) if kind == "quotation" else own


def template(prefix: str, shards: int, replicas: int, server: str) -> Mapping[str, Any]:
    """The template of every index whose name begins with the prefix and the version. server: the version of OpenSearch
    that the cluster runs."""
    return {
        "index_patterns": [f"{family(prefix)}-*"],
        "version": VERSION,
        "priority": 100 + VERSION,
        "_meta": {"description": f"onrecord, {FORMAT}"},
        "template": {"settings": settings(shards, replicas, server), "mappings": mappings()},
    }


def family(prefix: str) -> str:
    """What the names of all indices of this version begin with."""
    return f"{prefix}-v{VERSION}s{SCHEMA_VERSION}"


def settings(shards: int, replicas: int, server: str) -> Mapping[str, Any]:
    bm25 = "BM25" if server.startswith("2.") else "LegacyBM25"       # the same scores, whatever runs
    return {
        "index": {
            "number_of_shards": shards,
            "number_of_replicas": replicas,
            "refresh_interval": "-1",                # nothing answers before everything is written
            "codec": "best_compression",
            "max_regex_length": 10_000,              # a name of many letters, each of which may be wrong
            "similarity": {field: {"type": bm25, "k1": ranking.SATURATION, "b": share}
                           for field, share in ranking.LENGTH.items()},
        },
    }


def mappings() -> Mapping[str, Any]:
    fields: dict[str, Any] = {
        "document": {"type": "keyword", "index": False, "doc_values": False},
        JOIN: {"type": "join", "relations": {"article": "quotation"}},
    }
    for kind in KINDS:
        for field in matching.indexed_fields(kind):
            fields |= _text(kind, field)
    for keyword in KEYWORDS:
        fields[keyword] = {"type": "keyword", "doc_values": keyword in COUNTED, "ignore_above": LONGEST_KEYWORD}
    for name, type in NUMBERS.items():
        fields[name] = {"type": type}
    return {
        "dynamic": "strict",
        "_meta": {"format": FORMAT},
        "_source": {"includes": ["document"]},       # what is indexed need not be kept a second time
        "properties": fields,
    }


def _text(kind: Kind, field: str) -> Mapping[str, Any]:
    terms = {"type": "text", "analyzer": "whitespace", "similarity": field,
             "position_increment_gap": analysis.VALUE_GAP}
    forms = {"type": "text", "analyzer": "whitespace", "index_options": "docs", "norms": False}
    name = field_name(kind, field)
    return {name: terms | {"norms": not matching.is_name(field)}, name + FORMS: forms}
