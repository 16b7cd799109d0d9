"""How every answer travels: headers that forbid scripts, caching by the build of the index, compression."""

from __future__ import annotations

import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, Response, abort, current_app, request, url_for

from indexer import OnRecordError, clear_time_limit, set_time_limit
from searchui.request import current_index

# No inline script or style, nothing from another host, no frame around the page. JSON-LD is data, not script.
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
_FOREVER = "public, max-age=31536000, immutable"
_REVALIDATE = "no-cache"
_DO_NOT_STORE = "no-store"
_OF_A_BUILD = ("pages", "api", "exports")     # blueprints whose answers change only with the index
_COMPRESSED = ("text/", "application/json", "application/atom+xml", "image/svg+xml")
_LEAST_COMPRESSED = 1000         # bytes; of smaller answers compression saves nothing


def deliver_responses(app: Flask) -> None:
    app.before_request(_limited)
    app.before_request(_unchanged)
    app.after_request(_with_headers)
    app.after_request(_compressed)          # the last to be registered is the first to be called
    app.teardown_request(lambda error: clear_time_limit())


def _limited() -> None:
    """Refuse endless addresses; and let all searches of one request share the time of one query."""
    limits = current_app.config["LIMITS"]
    if len(request.full_path) > limits.address:
        abort(414, f"An address can have {limits.address:,} characters here. Ask for less at once.")
    set_time_limit(limits.seconds, limits.expansions)


def _unchanged() -> Response | None:
    """304 if the browser has the page of this build and this program: there is no need to search again."""
    if request.blueprint not in _OF_A_BUILD or not request.if_none_match:
        return None
    return Response(status=304) if request.if_none_match.contains_weak(_version()) else None


def _version() -> str:
    """Equal as long as every address gives the same page; "" if there is no index."""
    try:
        build = current_index().engine.build_id
    except OnRecordError:
        return ""
    keepers = "-keeper" if current_app.config.get("KEEPER") else ""
    return f"{build}-{program_version()}{keepers}"


@cache
def program_version() -> str:
    """A checksum of the program's own files."""
    checksum = sha256()
    for path in sorted(Path(__file__).parents[1].rglob("*.*")):
        if path.suffix in (".py", ".html", ".css", ".js"):
            checksum.update(path.read_bytes())
    return checksum.hexdigest()[:10]


def static_address(name: str) -> str:
    """The address of a static file; it changes with the file, so that browsers may keep the file forever."""
    path = Path(str(current_app.static_folder)) / name
    return url_for("static", filename=name, v=_checksum(path, path.stat().st_mtime_ns))


@cache
def _checksum(path: Path, changed: int) -> str:
    return sha256(path.read_bytes()).hexdigest()[:10]


def _with_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static" and "v" in request.args:
        response.headers["Cache-Control"] = _FOREVER
    elif response.status_code >= 400:
        response.headers["Cache-Control"] = _DO_NOT_STORE
    elif request.blueprint in _OF_A_BUILD and response.status_code in (200, 304) and (version := _version()):
        response.headers["Cache-Control"] = _REVALIDATE
        response.set_etag(version, weak=True)
    return response


def _compressed(response: Response) -> Response:
    """Text as gzip for clients that accept it. Exports are streamed, and left as they are."""
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
