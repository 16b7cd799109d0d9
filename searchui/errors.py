"""Every error, of this program or of HTTP, as a page that says what happened and what to do."""

from __future__ import annotations

from functools import partial

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from indexer import ClusterUnreachable, IndexMissing, IndexOutdated, NotFound, OnRecordError, QueryError, QueryTooSlow

_HTTP = {
    404: ("Not in this archive", "There is nothing at this address. Articles and people keep their addresses from "
                                 "build to build: perhaps this one was copied in part."),
    429: ("Too many searches at once", "Wait a minute, then try again."),
    500: ("Something went wrong", "The fault is ours. It was logged; trying again may help."),
}


def answer_errors(app: Flask) -> None:
    for kind, code, heading in _OURS:
        app.register_error_handler(kind, partial(_own_error, code, heading))
    app.register_error_handler(HTTPException, _http_error)


_OURS: tuple[tuple[type[OnRecordError], int, str], ...] = (
    (NotFound, 404, "Not in this archive"),
    (QueryError, 400, "That cannot be answered"),
    (QueryTooSlow, 503, "That took too long"),
    (IndexMissing, 503, "There is no index yet"),
    (IndexOutdated, 503, "The index must be built again"),
    (ClusterUnreachable, 503, "The index cannot be reached"),
    (OnRecordError, 500, "Something went wrong"),
)


def _own_error(code: int, heading: str, error: OnRecordError) -> Response:
    return _error_page(code, heading, str(error))


def _http_error(error: HTTPException) -> Response | HTTPException:
    """Every error that Flask raises as a page; redirections pass."""
    code = error.code or 500
    if code < 400:
        return error
    heading, message = _HTTP.get(code, (error.name, error.description or ""))
    response = _error_page(code, heading, message)
    response.headers.extend(header for header in error.get_headers() if header[0].lower() in ("allow", "retry-after"))
    return response


def _error_page(code: int, heading: str, message: str) -> Response:
    """What was typed stays in the box, so that it can be corrected."""
    typed = request.args.get("q", "")[:current_app.config["LIMITS"].query]
    page = render_template("error.html", heading=heading, message=message, typed=typed)
    return Response(page, code, mimetype="text/html")
