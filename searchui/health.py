"""Whether the server answers, for a monitor: which build, how old it is, how many documents it holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, json

from indexer import EVERYTHING, Engine, OnRecordError
from searchui.request import current_index

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Response:
    """200 while there is an index that answers, else 503 with the reason."""
    index = current_index()
    try:
        contents = index.cached("contents", contents_of)
        index.engine.count(EVERYTHING, kind="person")            # an index on other machines may have gone
        fields: dict[str, Any] = {"status": "ok", **contents, **_age(index.report)}
    except OnRecordError as error:
        return _answer({"status": "no index", "detail": str(error)}, 503)
    return _answer(fields, 200)


def contents_of(engine: Engine) -> dict[str, Any]:
    """The build, and how many documents of each kind it holds."""
    stats = engine.stats()
    return {"build": engine.build_id, "documents": {kind: stats[kind] for kind in ("articles", "quotations", "people")}}


def _age(report: Mapping[str, Any]) -> dict[str, Any]:
    """When the index was built, and how many seconds ago; empty if that is not known."""
    try:
        built = datetime.fromisoformat(str(report["built"]))
    except (KeyError, ValueError):
        return {}
    built = built if built.tzinfo else built.astimezone()
    age = (datetime.now(UTC) - built).total_seconds()
    return {"built": built.isoformat(timespec="seconds"), "age": max(0, round(age))}


def _answer(fields: Mapping[str, Any], status: int) -> Response:
    text = json.dumps(fields, ensure_ascii=False, sort_keys=False) + "\n"
    response = Response(text, status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
