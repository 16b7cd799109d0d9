"""The pages on which people search the archive, as a Flask application."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask, current_app, render_template
from werkzeug.exceptions import HTTPException

from indexer import IndexMissing, IndexOutdated, NotFound, OnRecordError, QueryTooSlow
from searchui import views
from searchui.api import api
from searchui.archive import Archive, attach
from searchui.delivery import deliver, static_address
from searchui.exports import exports


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The application. config: INDEX, the folder that a build wrote, else the environment's ONRECORD_INDEX,
    else index/; NAME, how the archive is called; REPORT_URL, where wrong attributions are told; ENGINE, an open
    engine in place of a folder."""
    app = Flask(__name__)
    app.config.from_mapping(
        INDEX=os.environ.get("ONRECORD_INDEX", "index"), NAME=os.environ.get("ONRECORD_NAME", "A news archive"),
        REPORT_URL=os.environ.get("ONRECORD_REPORT_URL", ""), ENGINE=None,
    )
    app.config.from_mapping(config)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    attach(app, Archive(Path(app.config["INDEX"]), app.config["ENGINE"]))
    app.register_blueprint(views.pages)
    app.register_blueprint(api)
    app.register_blueprint(exports)
    app.context_processor(_everywhere)
    deliver(app)
    _answer_errors(app)
    return app


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
    500: ("Something went wrong", "The fault is ours. It was logged; trying again may help."),
}


def _answer_errors(app: Flask) -> None:
    for kind, code, heading in _OURS:
        app.register_error_handler(kind, partial(_own_error, code, heading))
    app.register_error_handler(HTTPException, _http_error)


_OURS: tuple[tuple[type[OnRecordError], int, str], ...] = (
    (NotFound, 404, "Not in this archive"),
    (QueryTooSlow, 503, "That took too long"),
    (IndexMissing, 503, "There is no index yet"),
    (IndexOutdated, 503, "The index must be built again"),
    (OnRecordError, 500, "Something went wrong"),
)


def _own_error(code: int, heading: str, error: OnRecordError) -> tuple[str, int]:
    return _error_page(code, heading, str(error))


def _http_error(error: HTTPException) -> tuple[str, int] | HTTPException:
    """Every error that Flask raises as a page; redirections pass."""
    code = error.code or 500
    if code < 400:
        return error
    heading, message = _SAID.get(code, (error.name, error.description or ""))
    return _error_page(code, heading, message)


def _error_page(code: int, heading: str, message: str) -> tuple[str, int]:
    return render_template("error.html", heading=heading, message=message), code
