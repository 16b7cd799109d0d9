"""The archive as JSON, with the parameters of the page; endpoints says what each address takes and gives."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeVar

from flask import Blueprint, Response, abort, current_app, json, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RoutingException

from indexer import (
    FILTERS, ClusterUnreachable, Document, Engine, IndexMissing, IndexOutdated, Kind, NotFound, OnRecordError,
    QueryError, QueryTooSlow, Results, describe, facets_of,
)
from searchui import openapi
from searchui.endpoints import ENDPOINTS, PARAMETERS_OF
from searchui.formats import (
    CitationsAnswer, Problem, SearchAnswer, SimilarAnswer, StatsAnswer, SuggestAnswer, answers, cited_quotation,
)
from searchui.openapi import NEVER_EMPTY
from searchui.pages import (
    LINE_ORDERS, SOURCE_ORDERS, TEXTS, UNITS, Concordance, asked_trends, concordance_of, months, sources_of, trends_of,
)
from searchui.request import KINDS, SearchRequest, best_of, current_index, namesakes_of, page_sizes
from searchui.research_answers import lines_answer, sources_answer, trends_answer

Name = TypeVar("Name", bound=str)

api = Blueprint("api", __name__, url_prefix="/api")


@api.get("/search", endpoint="search")
def articles_quotations_or_people() -> Response:
    return _answer(_search_answer(_search_request("/search")))


@api.get("/quotations")
def quotations() -> Response:
    return _answer(_search_answer(_search_request("/quotations", "quotation")))


@api.get("/people")
def people() -> Response:
    return _answer(_search_answer(_search_request("/people", "person")))


@api.get("/people/<slug>")
def person(slug: str) -> Response:
    _known("/people/{slug}")
    return _answer(answers.person_whole(current_index().engine.get("person", slug)))


@api.get("/articles/<path:id>")
def article(id: str) -> Response:
    _known("/articles/{id}")
    engine = current_index().engine
    return _answer(answers.article_whole(engine.get("article", id), engine.quotations_of(id)))


@api.get("/similar")
def similar() -> Response:
    args = _known("/similar")
    kind = args.get("in", "articles")
    if kind not in KINDS:
        abort(400, f"in is one of {', '.join(KINDS)}, not {kind[:40]!r}.")
    engine = current_index().engine
    alike = engine.similar(KINDS[kind], args.get("id", ""), _limit(args))
    found: SimilarAnswer = {
        "similar": [answers.similar(each) for each in alike],
        "build": engine.build_id,
    }
    return _answer(found)


def _limit(args: Mapping[str, str]) -> int:
    limit, most = args.get("limit") or str(page_sizes.SUGGESTIONS), page_sizes.MOST_SUGGESTIONS
    if not (limit.isascii() and limit.isdigit() and len(limit) < 4 and 1 <= int(limit) <= most):
        abort(400, f"limit is a number from 1 to {most}, not {limit[:40]!r}.")
    return int(limit)


@api.get("/suggest")
def suggest() -> Response:
    args = _known("/suggest")
    engine = current_index().engine
    found: SuggestAnswer = {
        "people": [answers.person(each) for each in engine.suggest(args.get("q", "")[:100], _limit(args))],
        "build": engine.build_id,
    }
    return _answer(found)


@api.get("/citations")
def citations() -> Response:
    ids = [*dict.fromkeys(_known("/citations").getlist("id"))]
    if len(ids) > page_sizes.CITED:
        abort(400, f"At most {page_sizes.CITED} quotations can be cited at once, not {len(ids)}.")
    engine = current_index().engine
    found = {id: document for id in ids if (document := _quotation(engine, id))}
    cited: CitationsAnswer = {
        "citations": [cited_quotation(each) for each in found.values()],
        "missing": [id for id in ids if id not in found], "build": engine.build_id,
    }
    return _answer(cited)


def _quotation(engine: Engine, id: str) -> Document | None:
    try:
        return engine.get("quotation", id)
    except NotFound:
        return None


@api.get("/sources")
def sources() -> Response:
    _one_of(TEXTS, "in")
    search, engine = _search_request("/sources"), current_index().engine
    order = _one_of(SOURCE_ORDERS, "order")
    found = sources_of(engine, search)
    url, following = _address("pages.sources"), _page_after(search)
    return _answer(sources_answer(search, found, order, engine.build_id, url, following))


@api.get("/trends")
def trends() -> Response:
    args = _known("/trends")
    _one_of(TEXTS, "in")
    if len(args.getlist("q")) > page_sizes.COMPARED_SERIES:
        abort(400, f"q can be given at most {page_sizes.COMPARED_SERIES} times, not {len(args.getlist('q'))}.")
    asked, searches = asked_trends(args)
    for each in (asked, *searches):
        if each.error:
            raise each.error
    engine = current_index().engine
    found = trends_of(engine, searches, _one_of(UNITS, "by"), current_index().cached("months", months))
    return _answer(trends_answer(searches, found, engine.build_id, _address("pages.trends")))


@api.get("/lines")
def lines() -> Response:
    _one_of(TEXTS, "in")
    search, engine = _search_request("/lines"), current_index().engine
    found = concordance_of(engine, search) if search.typed else Concordance((), 0, 0)
    by, url, following = _one_of(LINE_ORDERS, "by"), _address("pages.lines"), _page_after(search)
    return _answer(lines_answer(search, found, by, engine.build_id, url, following))


def _one_of(names: Iterable[Name], parameter: str) -> Name:
    """The name that a parameter gives, the first if it is not there."""
    known = [*names]
    asked = request.args.get(parameter, known[0])
    if asked not in known:
        abort(400, f"{parameter} is one of {', '.join(known)}, not {asked[:40]!r}.")
    return known[known.index(asked)]


@api.get("/stats")
def stats() -> Response:
    _known("/stats")
    engine = current_index().engine
    counted = engine.stats()
    found: StatsAnswer = {
        "articles": counted["articles"], "quotations": counted["quotations"],
        "reported": counted["reported"], "people": counted["people"],
        "first": counted["first"], "last": counted["last"], "bytes": counted["bytes"], "build": engine.build_id,
    }
    return _answer(found)


@api.get("/openapi.json", endpoint="openapi")
def openapi_document() -> Response:
    server = request.script_root + "/api"
    return _answer(openapi.document(ENDPOINTS, _version(), server, current_app.config["LIMITS"]))


_EXAMPLES = {"/search": "q=ferry", "/quotations": "q=ferry&sort=newest", "/people": "q=ruth", "/suggest": "q=ruth",
             "/stats": "", "/openapi.json": ""}
_FORMATS = tuple(f"exports.as_{name}" for name in ("csv", "jsonl", "ris", "bib", "csl", "feed"))


@api.get("/")
def documentation() -> str:
    """The description for people to read."""
    root = url_for("api.documentation").rstrip("/")
    examples = {path: f"{root}{path}?{query}".rstrip("?") for path, query in _EXAMPLES.items()}
    shown = [(each, examples.get(each.path, "")) for each in ENDPOINTS]
    return render_template("api.html", root=root, endpoints=shown, formats=_FORMATS)


@api.before_app_request
def unknown() -> Response | None:
    """The one shape of errors also for addresses under /api that do not exist, and for other methods."""
    error = request.routing_exception
    if error is None or isinstance(error, RoutingException) or not request.path.startswith("/api"):
        return None
    if error.code == 404:
        error.description = f"There is no {request.path[:80]}; see /api/openapi.json."
    return _http_error(error)


def _known(path: str) -> MultiDict[str, str]:
    """The parameters of a request to an endpoint. A misspelt one is an error: it would silently make another search."""
    parameters = PARAMETERS_OF[path]
    unknown = sorted(set(request.args) - set(parameters))
    if unknown:
        abort(400, f"No parameter {unknown[0][:40]!r} here; there are {', '.join(parameters) or 'none'}.")
    empty = [name for name in NEVER_EMPTY if "" in request.args.getlist(name)]
    if empty:
        abort(400, f"{empty[0]} is empty.")
    return request.args


def _search_request(path: str, kind: Kind | None = None) -> SearchRequest:
    search = SearchRequest.from_args(_known(path))
    if request.args.get("facets") not in (None, "0", "1"):
        abort(400, "facets is 0 or 1.")
    if search.problems:
        abort(400, " ".join(search.problems))
    if search.error:
        raise search.error
    return (replace(search, kind=kind) if kind else search).understood(current_index().engine)


def _search_answer(search: SearchRequest) -> SearchAnswer:
    engine = current_index().engine
    facets = facets_of(search.kind) if request.args.get("facets") == "1" else ()
    start = time.perf_counter()
    results = engine.search(
        search.hit_query, kind=search.kind, filters=search.filter_query, sort=search.sort, page=search.page,
        per_page=search.per_page, facets=facets, histogram=bool(facets), collapse=search.collapse)
    best = best_of(search, engine, results)
    return {
        "query": search.box,
        "read_as": search.interpretation.in_words() if search.interpretation else None,
        "understood": describe(search.query),
        "repairs": [*search.repairs],
        "filters": search.filters_in_words(),
        "kind": search.kind,
        "sort": search.sort,
        "page": search.page,
        "per_page": search.per_page,
        "total": results.total,
        "distinct": results.distinct or results.total,
        "relaxed": results.relaxed,
        "suggestion": results.suggestion,
        "build": results.build,
        "seconds": round(time.perf_counter() - start, 4),
        "url": search.url(external=True, page=search.page),
        "next": _next(search, results),
        "hits": [answers.hit(each) for each in results.hits],
        "others": [answers.quotation_hit(each) for each in results.others],
        "best_quotations": [answers.quotation_hit(each) for each in (best.hits if best else ())],
        "namesakes": [answers.person(each) for each in namesakes_of(search, engine, results)],
        "facets": {each.parameter: answers.facet(results.facets[each.name]) for each in FILTERS
                   if each.name in results.facets},
        "histogram": dict(results.histogram),
    }


def _next(search: SearchRequest, results: Results) -> str | None:
    more = search.page * search.per_page < (results.distinct or results.total) and search.page < search.limits.pages
    return _page_after(search) if more else None


def _page_after(search: SearchRequest) -> str:
    """The address of this request for the next page."""
    return _address(str(request.endpoint), page=search.page + 1)


def _address(endpoint: str, **changes: int) -> str:
    """The same question at an endpoint."""
    values: dict[str, Any] = {**request.args.to_dict(flat=False), **changes}
    return url_for(endpoint, _external=True, **values)


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
