"""The OpenAPI 3.1 document, made from the descriptions of the endpoints and the types of their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from indexer import Limits
from searchui.formats import Problem
from searchui.request import KINDS, MOST_VALUES, SORTS, page_sizes

# Nothing, a year, a month, or a day that its month has.
_DAY = ("^$|^(?!0000)[0-9]{4}(-(0[1-9]|1[0-2])|-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
        "|-(0[469]|11)-(0[1-9]|[12][0-9]|30)|-02-(0[1-9]|1[0-9]|2[0-8]))?$")
_MANY = {"type": "array", "items": {"type": "string"}, "maxItems": MOST_VALUES}
# Parameters that are not one free text.
_SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "q": {"type": "string"},
    "id": {"type": "string"},
    "in": {"type": "string", "enum": [*KINDS], "default": "articles"},
    "sort": {"type": "string", "enum": [*SORTS], "default": "relevance"},
    "all": {"type": "string", "enum": ["0", "1"], "default": "0"},
    "anywhere": {"type": "string", "enum": ["0", "1"], "default": "0"},
    "as": {"type": "string", "enum": ["words", "question"], "default": "question"},
    "facets": {"type": "string", "enum": ["0", "1"], "default": "0"},
    "page": {"type": "integer", "minimum": 1, "default": 1},
    "per_page": {"type": "integer", "minimum": 1, "maximum": page_sizes.MOST_RESULTS, "default": page_sizes.RESULTS},
    "limit": {"type": "integer", "minimum": 1, "maximum": page_sizes.MOST_SUGGESTIONS,
              "default": page_sizes.SUGGESTIONS},
    "from": {"type": "string", "pattern": _DAY, "examples": ["2009", "2009-03", "2009-03-04"]},
    "to": {"type": "string", "pattern": _DAY, "examples": ["2012", "2012-03", "2012-03-04"]},
}
# Parameters that must not be empty; of the others, which are texts, an empty one is a text too.
NEVER_EMPTY = ("in", "as", "sort", "all", "anywhere", "facets", "page", "per_page", "limit", "order", "by")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address of the API. answer: the TypedDict it returns, or None for any object. parameters: name →
    what it means. path: as OpenAPI writes it. schemas: those of parameters that are another thing elsewhere."""

    path: str
    summary: str
    answer: type | None
    parameters: Mapping[str, str]
    errors: tuple[int, ...] = (400,)
    schemas: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def document(endpoints: Sequence[Endpoint], version: str, server: str, limits: Limits = Limits()) -> dict[str, Any]:
    """The whole OpenAPI document of a server with these limits."""
    schemas: dict[str, Any] = {}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord", "version": version,
            "description": "Search a news archive, and find who said what. Parameters are those of the page.",
        },
        "servers": [{"url": server}],
        "paths": {each.path: {"get": _operation(each, schemas, limits)} for each in endpoints},
        "components": {"schemas": schemas},
    }


def _operation(endpoint: Endpoint, schemas: dict[str, Any], limits: Limits) -> dict[str, Any]:
    answer = schema_of(endpoint.answer, schemas) if endpoint.answer else {"type": "object"}
    problem = schema_of(Problem, schemas)
    return {
        "summary": endpoint.summary,
        "operationId": endpoint.path.strip("/").replace("/", "_").replace("{", "").replace("}", "").replace(".", "_"),
        "parameters": [_parameter(name, help, endpoint, limits) for name, help in endpoint.parameters.items()],
        "responses": {
            "200": {"description": "The answer", "content": {"application/json": {"schema": answer}}},
            **{str(code): {"description": _ERRORS[code], "content": {"application/problem+json": {"schema": problem}}}
               for code in (*endpoint.errors, 429, 503)},
        },
    }


_ERRORS = {400: "What was asked means nothing", 404: "Nothing of that name", 429: "Too many requests for now",
           503: "Not now: too slow, or no index"}


def _parameter(name: str, help: str, endpoint: Endpoint, limits: Limits) -> dict[str, Any]:
    if f"{{{name}}}" in endpoint.path:
        return {"name": name, "in": "path", "required": True, "description": help,
                "schema": {"type": "string", "minLength": 1}}
    schema = endpoint.schemas.get(name) or {**_SCHEMAS.get(name, _MANY), **_limited(name, limits)}
    found: dict[str, Any] = {"name": name, "in": "query", "description": help, "schema": schema}
    return {**found, "style": "form", "explode": True} if schema["type"] == "array" else found


def _limited(name: str, limits: Limits) -> dict[str, Any]:
    """The configured limits of a parameter."""
    return {"page": {"maximum": limits.pages}, "q": {"maxLength": limits.query}}.get(name, {})


_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


def schema_of(kind: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    """The JSON schema of a type; TypedDicts become named schemas, all of whose keys are required."""
    if is_typeddict(kind):
        if kind.__name__ not in schemas:
            keys = get_type_hints(kind)
            schemas[kind.__name__] = {"type": "object", "required": [*keys], "additionalProperties": False}
            schemas[kind.__name__]["properties"] = {key: schema_of(value, schemas) for key, value in keys.items()}
        return {"$ref": f"#/components/schemas/{kind.__name__}"}
    if kind in _PLAIN:
        return {"type": _PLAIN[kind]}
    parts = get_args(kind)
    if get_origin(kind) is list:
        return {"type": "array", "items": schema_of(parts[0], schemas)}
    if get_origin(kind) is dict:
        return {"type": "object", "additionalProperties": schema_of(parts[1], schemas)}
    if get_origin(kind) is Literal:
        return {"enum": [*parts]}
    if get_origin(kind) in (Union, UnionType):
        return {"anyOf": [schema_of(part, schemas) for part in parts]}
    raise TypeError(f"no schema for {kind}")
