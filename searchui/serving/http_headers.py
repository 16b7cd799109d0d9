"""How every answer travels: headers that hold scripts down, caching by the index's build, compression."""

from __future__ import annotations

import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, current_app, request, url_for

from indexer import OnRecordError, clear_time_limit, set_time_limit
from searchui.request import archive
from searchui.serving.minification import lean_script, lean_style

# No inline script or style anywhere, nothing from another host, no frame around us. JSON-LD is data, not script.
_POLICY = "; ".join((
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
))
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_NEVER = "no-store"
_OF_A_BUILD = ("pages", "api", "exports")     # blueprints whose answers stay the same until the index changes
_COMPRESSED = ("text/", "application/json", "application/atom+xml", "image/svg+xml")
_LEAST_COMPRESSED = 1000         # bytes; below, the header costs more than it saves


def deliver(app: Flask) -> None:
    app.before_request(_limited)
    app.before_request(_unchanged)
    app.after_request(_with_headers)
    app.after_request(_compressed)
    app.after_request(_lean)       # the last to be registered is the first to be called
    app.teardown_request(lambda error: clear_time_limit())


def _limited() -> None:
    """No endless address; and all that one request asks of the index shares the time of one query."""
    limits = current_app.config["LIMITS"]
    if len(request.full_path) > limits.address:
        abort(414, f"An address can have {limits.address:,} characters here. Ask for less at once.")
    set_time_limit(limits.seconds, limits.expansions)


def _unchanged() -> Response | None:
    """What a browser holds of a page stays right until the index or the program changes: no need to search again."""
    if request.blueprint not in _OF_A_BUILD or not request.if_none_match:
        return None
    return Response(status=304) if request.if_none_match.contains_weak(_version()) else None


def _version() -> str:
    """The same for as long as every address gives the same page; "" where there is no index to give any."""
    try:
        build = archive().engine.build_id
    except OnRecordError:
        return ""
    return f"{build}-{program_version()}"


@cache
def program_version() -> str:
    """A sum over the program's own files."""
    sums = sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.*")):
        if path.suffix in (".py", ".html", ".css", ".js"):
            sums.update(path.read_bytes())
    return sums.hexdigest()[:10]


def static_address(name: str) -> str:
    """The address of a file of ours; it changes with the file, so browsers may keep it for good."""
    path = Path(str(current_app.static_folder)) / name
    return url_for("static", filename=name, v=_sum_of(path, path.stat().st_mtime_ns))


@cache
def _sum_of(path: Path, changed: int) -> str:
    return sha256(path.read_bytes()).hexdigest()[:10]


def _with_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static" and "v" in request.args:
        response.headers["Cache-Control"] = _FOR_GOOD
    elif response.status_code >= 400:
        response.headers["Cache-Control"] = _NEVER
    elif request.blueprint in _OF_A_BUILD and response.status_code in (200, 304) and (version := _version()):
        response.headers["Cache-Control"] = _ASK_AGAIN
        response.set_etag(version, weak=True)
    return response


def _lean(response: Response) -> Response:
    """Our stylesheet and script without what only their readers need."""
    lean = {"text/css": lean_style, "text/javascript": lean_script}.get(response.mimetype or "")
    if request.endpoint == "static" and lean and response.status_code == 200:
        response.direct_passthrough = False
        response.set_data(lean(response.get_data(as_text=True)))
    return response


def _compressed(response: Response) -> Response:
    """Text as gzip for those who take it. Exports stream and are left alone."""
    if not (response.mimetype or "").startswith(_COMPRESSED) or response.status_code != 200:
        return response
    response.vary.add("Accept-Encoding")
    if response.is_streamed and request.endpoint != "static" or "Content-Encoding" in response.headers:
        return response
    if request.accept_encodings["gzip"] <= 0:
        return response
    response.direct_passthrough = False
    data = response.get_data()
    if len(data) >= _LEAST_COMPRESSED:
        response.set_data(gzip.compress(data, 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
        etag, _ = response.get_etag()
        if etag:
            response.set_etag(etag, weak=True)
    return response
