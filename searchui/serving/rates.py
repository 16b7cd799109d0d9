"""How often one client may search and export. Loopback may always: there sits whoever runs the server."""

from __future__ import annotations

import logging
from functools import cache
from importlib import import_module
from ipaddress import ip_address

from flask import Flask, request

from indexer import Limits

_log = logging.getLogger("onrecord")

_SEARCHES = ("pages.search", "pages.person", "pages.compare", "pages.people", "api.search", "api.quotations",
             "api.people")
_SUGGESTIONS = ("api.suggest", "exports.suggestions")
_EXPORTS = ("exports.as_csv", "exports.as_jsonl", "exports.as_ris", "exports.as_bib", "exports.as_csl",
            "exports.as_feed")
_KEYS_TYPED = 5                   # suggestions are asked for while people type: so many times as often as searches


def limit_rates(app: Flask, limits: Limits) -> None:
    """Counts the requests of each client, in memory, for each process by itself; 429 says when to come again."""
    if not (limits.searches or limits.exports):
        return
    try:
        extension = import_module("flask_limiter")
    except ImportError:
        app.before_request(_say_missing_to_others)
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


def _say_missing_to_others() -> None:
    """Whoever sits at the machine itself would not be counted anyway."""
    if not from_loopback():
        _say_missing()


@cache
def _say_missing() -> None:
    """Once for a process."""
    _log.warning("Flask-Limiter is not installed: clients may search and export as often as they like. "
                 "To limit them: pip install 'onrecord[server]'")


def client() -> str:
    """Who asks, as far as counting goes: an address, of IPv6 the network that one household has."""
    address = request.remote_addr or ""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else f"{int(parsed) >> 64:x}"


def from_loopback() -> bool:
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return not request.remote_addr          # a socket of this machine
