"""The pages on which people search the archive, as a Flask application."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from indexer import configured, work_by
from searchui import views
from searchui.api import api
from searchui.errors import answer_errors
from searchui.exports import exports
from searchui.health import health
from searchui.request import Archive, attach
from searchui.serving import deliver, limit_rates, log_requests, placed, static_address


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
    answer_errors(app)
    limit_rates(app, app.config["LIMITS"])
    return placed(app, configuration)


def _everywhere() -> dict[str, Any]:
    """What every template may use."""
    return {
        "archive_name": current_app.config["NAME"],
        "static": static_address,
    }
