"""The pages on which people search the archive, as a Flask application."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, current_app

from indexer import load_configuration, set_configuration
from searchui import views
from searchui.api import api
from searchui.errors import answer_errors
from searchui.exports import exports, limit_exports
from searchui.health import health
from searchui.keeper import keep
from searchui.request import Application, OpenIndex, attach
from searchui.serving import behind_proxies, deliver_responses, limit_rates, log_requests, static_address


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The application. config: CONFIGURATION, by default that of onrecord.toml and the environment; these keys
    override it: INDEX, the folder that a build wrote; NAME, the name of the archive; REPORT_URL, where readers report
    wrong attributions; LIMITS and LOG; ENGINE, an open engine in place of a folder; KEEPER, what lets this server write
    corrections, None for a server that only reads."""
    app = Application(__name__)
    configuration = (config or {}).get("CONFIGURATION") or load_configuration()
    set_configuration(configuration)
    app.config.from_mapping(
        INDEX=str(configuration.index), NAME=configuration.name, REPORT_URL=configuration.report_url, ENGINE=None,
        KEEPER=None, LIMITS=configuration.limits, LOG=configuration.log,
    )
    app.config.from_mapping(config)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    log_requests(app, app.config["LOG"])
    attach(app, OpenIndex(Path(app.config["INDEX"]), app.config["ENGINE"]), views.PREPARED)
    app.register_blueprint(views.pages)
    app.register_blueprint(api)
    app.register_blueprint(exports)
    app.register_blueprint(health)
    if app.config["KEEPER"]:
        keep(app, app.config["KEEPER"])
    app.context_processor(_template_values)
    deliver_responses(app)
    answer_errors(app)
    limit_rates(app, app.config["LIMITS"])
    limit_exports(app, configuration.threads)
    return behind_proxies(app, configuration)


def _template_values() -> dict[str, Any]:
    """What every template may use."""
    return {
        "archive_name": current_app.config["NAME"],
        "navigation": views.NAVIGATION,
        "keepers": current_app.config["KEEPER"] is not None,
        "static": static_address,
    }
