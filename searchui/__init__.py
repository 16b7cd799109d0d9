"""The pages on which people search the archive, as a Flask application."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException

from indexer import (
    ClusterUnreachable, IndexMissing, IndexOutdated, NotFound, OnRecordError, QueryError, QueryTooSlow, configured,
    work_by,
)
from searchui import views
from searchui.access_log import log_requests
from searchui.api import api
from searchui.archive import Archive, attach
from searchui.delivery import deliver, static_address
from searchui.exports import exports
from searchui.health import health
from searchui.rates import limit_rates
from searchui.serving import placed


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The application. config: CONFIGURATION, else what onrecord.toml and the environment say; above it INDEX, the
    folder that a build wrote; NAME, how the archive is called; REPORT_URL, where wrong attributions are told;
    LIMITS and LOG; ENGINE, an open engine in place of a folder."""
    app = Flask(__name__)
    configuration = (config or {}).get("CONFIGURATION") or configured()
    work_by(configuration)
    app.config.from_mapping(
        INDEX=str(configuration.index), NAME=configuration.name, REPORT_URL=configuration.report_url, ENGINE=None,
        LIMITS=configuration.limits, LOG=configuration.log,
    )
    app.config.from_mapping(config)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    log_requests(app, app.config["LOG"])
    attach(app, Archive(Path(app.config["INDEX"]), app.config["ENGINE"]), views.PREPARED)
    app.register_blueprint(views.pages)
    app.register_blueprint(api)
    app.register_blueprint(exports)
    app.register_blueprint(health)
    app.context_processor(_everywhere)
    deliver(app)
    _answer_errors(app)
    limit_rates(app, app.config["LIMITS"])
    return placed(app, configuration)


def _everywhere() -> dict[str, Any]:
    """What every template may use."""
    return {
        "archive_name": current_app.config["NAME"],
        "static": static_address,
    }


# --- Errors -----------------------------------------------------------------------------------------------

_SAID = {
    404: ("Not in this archive", "Nothing stands at this address. Articles and people keep their addresses from build "
                                 "to build: perhaps this one was copied in part."),
    429: ("Too many searches at once", "One reader after the other: wait a minute, then try again."),
    500: ("Something went wrong", "The fault is ours. It was logged; trying again may help."),
}


def _answer_errors(app: Flask) -> None:
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
    heading, message = _SAID.get(code, (error.name, error.description or ""))
    response = _error_page(code, heading, message)
    response.headers.extend(header for header in error.get_headers() if header[0].lower() in ("allow", "retry-after"))
    return response


def _error_page(code: int, heading: str, message: str) -> Response:
    """What was typed stays in the box, so that it can be mended."""
    typed = request.args.get("q", "")[:current_app.config["LIMITS"].query]
    page = render_template("error.html", heading=heading, message=message, typed=typed)
    return Response(page, code, mimetype="text/html")
