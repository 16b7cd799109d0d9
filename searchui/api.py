"""The archive as JSON, with the parameters of the page; every endpoint says here what it takes and gives."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from flask import Blueprint, Response, abort, current_app, json, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException

from indexer import (
    FACETS, ClusterUnreachable, Engine, IndexMissing, IndexOutdated, Kind, NotFound, OnRecordError, QueryError,
    QueryTooSlow, Results, describe,
)
from searchui import openapi as document
from searchui.formats import ArticleWhole, PersonWhole, Problem, SearchAnswer, StatsAnswer, SuggestAnswer, answers
from searchui.openapi import NEVER_EMPTY, Endpoint
from searchui.request import FILTERS, PARAMETERS, Asked

api = Blueprint("api", __name__, url_prefix="/api")

_SEARCH = {**PARAMETERS, "facets": "1: count speakers, people named, authors, years and months over the whole answer"}
_OF_ONE_KIND = {name: help for name, help in _SEARCH.items() if name != "in"}
_OF_PEOPLE = {name: help for name, help in _OF_ONE_KIND.items() if name.removeprefix("not_") not in (
    "author", "year", "month", "method", "group", "all", "anywhere", "facets")}
_SUGGEST = {"q": "the beginning of any part of a name, or of an alias; one letter may be wrong",
            "limit": "how many people at most"}

ENDPOINTS = (
    Endpoint("/search", "Search articles, quotations or people", SearchAnswer, _SEARCH),
    Endpoint("/quotations", "Search quotations", SearchAnswer, _OF_ONE_KIND),
    Endpoint("/people", "Search people", SearchAnswer, _OF_PEOPLE),
    Endpoint("/people/{slug}", "One person: names, roles, counts by year, who is quoted with them", PersonWhole,
             {"slug": "the last part of the address of the person's page"}, (404,)),
    Endpoint("/articles/{id}", "One article: text, people named, quotations with their evidence", ArticleWhole,
             {"id": "the article's id, which may hold slashes"}, (404,)),
    Endpoint("/suggest", "People whom the beginning of a name may mean, most quoted first", SuggestAnswer, _SUGGEST),
    Endpoint("/stats", "What the archive holds", StatsAnswer, {}, ()),
    Endpoint("/openapi.json", "This document", None, {}, ()),
)


@api.get("/search")
def search() -> Response:
    return _answer(_found(_asked(_SEARCH)))


@api.get("/quotations")
def quotations() -> Response:
    return _answer(_found(_asked(_OF_ONE_KIND, "quotation")))


@api.get("/people")
def people() -> Response:
    return _answer(_found(_asked(_OF_PEOPLE, "person")))


@api.get("/people/<slug>")
def person(slug: str) -> Response:
    _known({})
    return _answer(answers.person_whole(_engine().get("person", slug)))


@api.get("/articles/<path:id>")
def article(id: str) -> Response:
    _known({})
    engine = _engine()
    return _answer(answers.article_whole(engine.get("article", id), engine.quotations_of(id)))


@api.get("/suggest")
def suggest() -> Response:
    args = _known(_SUGGEST)
    limit = args.get("limit") or "8"
    if not (limit.isascii() and limit.isdigit() and len(limit) < 4 and 1 <= int(limit) <= 50):
        abort(400, f"limit is a number from 1 to 50, not {limit[:40]!r}.")
    engine = _engine()
    found: SuggestAnswer = {
        "people": [answers.person(each) for each in engine.suggest(args.get("q", "")[:100], int(limit))],
        "build": engine.build_id,
    }
    return _answer(found)


@api.get("/stats")
def stats() -> Response:
    _known({})
    engine = _engine()
    counted = engine.stats()
    found: StatsAnswer = {
        "articles": counted["articles"], "quotations": counted["quotations"], "people": counted["people"],
        "first": counted["first"], "last": counted["last"], "bytes": counted["bytes"], "build": engine.build_id,
    }
    return _answer(found)


@api.get("/openapi.json")
def openapi() -> Response:
    server = request.script_root + "/api"
    return _answer(document.document(ENDPOINTS, _version(), server, current_app.config["LIMITS"]))


_EXAMPLES = {"/search": "q=ferry", "/quotations": "q=ferry&sort=newest", "/people": "q=ruth", "/suggest": "q=ruth",
             "/stats": "", "/openapi.json": ""}
_FORMATS = tuple(f"exports.as_{name}" for name in ("csv", "jsonl", "ris", "bib", "csl", "feed"))


@api.get("/")
def documentation() -> str:
    """The same for people to read."""
    root = url_for("api.documentation").rstrip("/")
    examples = {path: f"{root}{path}?{query}".rstrip("?") for path, query in _EXAMPLES.items()}
    shown = [(each, examples.get(each.path, "")) for each in ENDPOINTS]
    return render_template("api.html", root=root, endpoints=shown, formats=_FORMATS)


@api.before_app_request
def unknown() -> Response | None:
    """What is asked under /api at no address of ours, or to write, is answered in the one shape of errors."""
    error = request.routing_exception
    if error is None or isinstance(error, RoutingException) or not request.path.startswith("/api"):
        return None
    if error.code == 404:
        error.description = f"There is no {request.path[:80]}; see /api/openapi.json."
    return _http_error(error)


def _engine() -> Engine:
    engine: Engine = current_app.extensions["onrecord"].engine
    return engine


def _known(parameters: Mapping[str, str]) -> MultiDict[str, str]:
    """The parameters of the request; a misspelt one would otherwise silently answer another question."""
    unknown = sorted(set(request.args) - set(parameters))
    if unknown:
        abort(400, f"No parameter {unknown[0][:40]!r} here; there are {', '.join(parameters) or 'none'}.")
    empty = [name for name in NEVER_EMPTY if "" in request.args.getlist(name)]
    if empty:
        abort(400, f"{empty[0]} is empty.")
    return request.args


def _asked(parameters: Mapping[str, str], kind: Kind | None = None) -> Asked:
    asked = Asked.from_args(_known(parameters))
    if request.args.get("facets") not in (None, "0", "1"):
        abort(400, "facets is 0 or 1.")
    if asked.problems:
        abort(400, " ".join(asked.problems))
    if asked.error:
        raise asked.error
    return replace(asked, kind=kind) if kind else asked


def _found(asked: Asked) -> SearchAnswer:
    engine = _engine()
    counted = request.args.get("facets") == "1" and asked.kind != "person"
    start = time.perf_counter()
    results = engine.search(asked.sought, kind=asked.kind, filters=asked.filters, sort=asked.sort, page=asked.page,
                            per_page=asked.per_page, facets=tuple(FACETS) if counted else (), histogram=counted,
                            collapse=asked.collapse)
    return {
        "query": asked.typed,
        "understood": describe(asked.query),
        "repairs": [*asked.repairs],
        "filters": [("not " if excluded else "") + label for label, _, excluded in asked.filter_labels()],
        "kind": asked.kind,
        "sort": asked.sort,
        "page": asked.page,
        "per_page": asked.per_page,
        "total": results.total,
        "distinct": results.distinct or results.total,
        "relaxed": results.relaxed,
        "suggestion": results.suggestion,
        "build": results.build,
        "seconds": round(time.perf_counter() - start, 4),
        "url": asked.url(external=True, page=asked.page),
        "next": _next(asked, results),
        "hits": [answers.hit(each) for each in results.hits],
        "facets": {name: answers.facet(results.facets[field]) for name, field in FILTERS.items()
                   if field in results.facets},
        "histogram": dict(results.histogram),
    }


def _next(asked: Asked, results: Results) -> str | None:
    more = asked.page * asked.per_page < (results.distinct or results.total) and asked.page < asked.limits.pages
    if not more or not request.endpoint:
        return None
    values: dict[str, Any] = {**request.args.to_dict(flat=False), "page": asked.page + 1}
    return url_for(request.endpoint, _external=True, **values)


def _version() -> str:
    try:
        return version("onrecord")
    except PackageNotFoundError:
        return "0"


def _answer(found: Any, status: int = 200) -> Response:
    mimetype = "application/json" if status == 200 else "application/problem+json"
    return Response(json.dumps(found, ensure_ascii=False, sort_keys=False), status, mimetype=mimetype)


def _problem(status: int, detail: str, position: int | None = None) -> Response:
    found: Problem = {"status": status, "title": HTTPStatus(status).phrase, "detail": detail, "position": position}
    return _answer(found, status)


@api.errorhandler(QueryError)
def _query_error(error: QueryError) -> Response:
    return _problem(400, str(error), error.position)


@api.errorhandler(OnRecordError)
def _onrecord_error(error: OnRecordError) -> Response:
    if isinstance(error, NotFound):
        return _problem(404, str(error))
    later = isinstance(error, QueryTooSlow | IndexMissing | IndexOutdated | ClusterUnreachable)
    return _problem(503 if later else 500, str(error))


@api.errorhandler(HTTPException)
def _http_error(error: HTTPException) -> Response:
    response = _problem(error.code or 500, error.description or "")
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after"):
            response.headers[name] = value
    return response
