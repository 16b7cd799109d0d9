"""How often one client may search and export. Requests from this machine itself are not limited."""

from __future__ import annotations

import logging
from functools import cache
from importlib import import_module
from ipaddress import IPv4Address, IPv6Address, ip_address

from flask import Flask, request

from indexer import Limits

_log = logging.getLogger("onrecord")

_SEARCHES = ("pages.search", "pages.article", "pages.person", "pages.compare", "pages.people", "pages.sources",
             "pages.trends", "pages.lines", "pages.quotation", "api.search", "api.quotations", "api.people",
             "api.similar", "api.citations")
_SUGGESTIONS = ("api.suggest", "exports.suggestions")
_EXPORTS = ("exports.as_csv", "exports.as_jsonl", "exports.as_ris", "exports.as_bib", "exports.as_csl",
            "exports.as_feed", "exports.sources_csv", "exports.trends_csv")
_KEYS_TYPED = 5                   # suggestions come with every key: so many of them for each search


def limit_rates(app: Flask, limits: Limits) -> None:
    """Count the requests of each client, in the memory of each process; 429 says when to try again."""
    if not (limits.searches or limits.exports):
        return
    try:
        extension = import_module("flask_limiter")
    except ImportError:
        app.before_request(_warn_of_others)
        return
    limiter = extension.Limiter(client, app=app, headers_enabled=True, storage_uri="memory://",
                                strategy="moving-window")
    for endpoints, most, scope in (
        (_SEARCHES, limits.searches, "search"),
        (_SUGGESTIONS, limits.searches * _KEYS_TYPED, "suggest"),
        (_EXPORTS, limits.exports, "export"),
    ):
        limit = limiter.shared_limit(f"{most} per minute", scope=scope, exempt_when=from_loopback)
        for endpoint in endpoints if most else ():
            app.view_functions[endpoint] = limit(app.view_functions[endpoint])


def _warn_of_others() -> None:
    """Nobody is limited: log that, unless the request comes from this machine, which would not be anyway."""
    if not from_loopback():
        _warn()


@cache
def _warn() -> None:
    """Once in each process."""
    _log.warning("Flask-Limiter is not installed: clients may search and export as often as they like. "
                 "To limit them: pip install 'onrecord[server]'")


def client() -> str:
    """What counts as one client: an IPv4 address, or the IPv6 network of one household."""
    parsed = _address()
    if parsed is None:
        return request.remote_addr or ""
    return str(parsed) if parsed.version == 4 else f"{int(parsed) >> 64:x}"


def from_loopback() -> bool:
    parsed = _address()
    return parsed.is_loopback if parsed else not request.remote_addr          # a Unix socket has no address


def _address() -> IPv4Address | IPv6Address | None:
    """Whence the request comes; an IPv4 address also where the server listens for both kinds and writes it as IPv6."""
    try:
        parsed = ip_address(request.remote_addr or "")
    except ValueError:
        return None
    return parsed.ipv4_mapped or parsed if isinstance(parsed, IPv6Address) else parsed
