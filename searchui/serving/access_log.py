"""A line for each request: when, which page, how it went, how long it took. Never who asked."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from flask import Flask, Response, g, request

from indexer import Log

_requests = logging.getLogger("onrecord.requests")
_errors = logging.getLogger("onrecord")


def log_requests(app: Flask, log: Log) -> None:
    """Every request is told to the loggers of the program; write_log says where they write."""
    app.config["LOG"] = log
    app.before_request(_begin)
    app.after_request(_end)
    app.log_exception = _fault                                               # type: ignore[method-assign]


def _begin() -> None:
    g.begun = perf_counter()


def _end(response: Response) -> Response:
    log: Log = _log()
    if log.requests and _requests.isEnabledFor(logging.INFO):
        _requests.info("%s %s %d", request.method, _asked(log), response.status_code, extra={"told": {
            "method": request.method, "path": _asked(log), "status": response.status_code,
            "milliseconds": round(1000 * (perf_counter() - g.get("begun", perf_counter())), 1),
            "bytes": response.content_length, "build": g.archive.engine.build_id if "archive" in g else None,
        }})
    return response


def _log() -> Log:
    from flask import current_app
    found: Log = current_app.config["LOG"]
    return found


def _asked(log: Log) -> str:
    """The path; a query only where it may be written down. Nothing in it can begin a new line."""
    path = request.full_path.rstrip("?") if log.queries else request.path
    return "".join(each if each.isprintable() else "\ufffd" for each in path)[:2000]


def _fault(exc_info: Any) -> None:
    """A fault of ours: where it happened. What it says may hold what was searched for, so it stays out."""
    kind, error, where = exc_info
    said = f": {error}" if _log().queries else ""
    lines = "".join(traceback.format_tb(where))
    _errors.error("%s on %s %s%s\n%s", kind.__name__, request.method, _asked(_log()), said, lines)


class Lines(logging.Formatter):
    """A line for people: time, message, milliseconds."""

    def format(self, record: logging.LogRecord) -> str:
        told = getattr(record, "told", None)
        after = f" {told['milliseconds']:.0f} ms" if told else ""
        fault = f"\n{self.formatException(record.exc_info)}" if record.exc_info else ""
        return f"{_moment(record)} {record.getMessage()}{after}{fault}"


class Objects(logging.Formatter):
    """A JSON object a line, for programs."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {"time": _moment(record), "level": record.levelname.lower(), "logger": record.name}
        told.update(getattr(record, "told", None) or {"message": record.getMessage()})
        if record.exc_info:
            told["fault"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def write_log(log: Log) -> None:
    """From now on, what the program and the web server say goes to standard error, in the form asked for."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Objects() if log.form == "json" else Lines())
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)      # a line for each request that waits for a moment
    for name, level in (("onrecord", logging.INFO), ("waitress", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
