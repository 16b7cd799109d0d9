"""A line for each request: when, which page, which status, how long it took. Never from whom."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from flask import Flask, Response, current_app, g, request

from indexer import Log

_requests = logging.getLogger("onrecord.requests")
_errors = logging.getLogger("onrecord")


def log_requests(app: Flask, log: Log) -> None:
    """Log every request; write_log decides where the loggers write."""
    app.config["LOG"] = log
    app.before_request(_begin)
    app.after_request(_end)
    app.log_exception = _log_error                                               # type: ignore[method-assign]


def _begin() -> None:
    g.started = perf_counter()


def _end(response: Response) -> Response:
    log: Log = _log()
    if log.requests and _requests.isEnabledFor(logging.INFO):
        _requests.info("%s %s %d", request.method, _address(log), response.status_code, extra={"fields": {
            "method": request.method, "path": _address(log), "status": response.status_code,
            "milliseconds": round(1000 * (perf_counter() - g.get("started", perf_counter())), 1),
            "bytes": response.content_length, "build": g.build.engine.build_id if "build" in g else None,
        }})
    return response


def _log() -> Log:
    found: Log = current_app.config["LOG"]
    return found


def _address(log: Log) -> str:
    """The path, with the query only if the log may hold queries. Nothing in it can begin a new line."""
    path = request.full_path.rstrip("?") if log.queries else request.path
    return "".join(each if each.isprintable() else "\ufffd" for each in path)[:2000]


def _log_error(exc_info: Any) -> None:
    """An error of the program: where it happened. Its message may hold what was searched, so it is left out."""
    kind, error, trace = exc_info
    message = f": {error}" if _log().queries else ""
    lines = "".join(traceback.format_tb(trace))
    _errors.error("%s on %s %s%s\n%s", kind.__name__, request.method, _address(_log()), message, lines)


class Lines(logging.Formatter):
    """A line for people: time, message, milliseconds."""

    def format(self, record: logging.LogRecord) -> str:
        fields = getattr(record, "fields", None)
        time = f" {fields['milliseconds']:.0f} ms" if fields else ""
        error = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{_moment(record)} {record.getMessage()}{time}{error}"


class Objects(logging.Formatter):
    """A JSON object a line, for programs."""

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, Any] = {"time": _moment(record), "level": record.levelname.lower(), "logger": record.name}
        fields.update(getattr(record, "fields", None) or {"message": record.getMessage()})
        if record.exc_info:
            fields["error"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def write_log(log: Log) -> None:
    """Write what the program and the web server log to standard error, in the configured form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Objects() if log.form == "json" else Lines())
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)      # it logs every request that waits a moment
    for name, level in (("onrecord", logging.INFO), ("waitress", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
