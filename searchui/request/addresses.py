"""The addresses that pages link to. A page links to a hundred, most of which the pages before it linked to as well."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask import Flask, Request, has_request_context, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

KNOWN = 20_000                     # addresses that are remembered


class Application(Flask):
    """An application that works an address out once: it depends on nothing but what is asked for and the root under
    which the application is reached."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._known = lru_cache(KNOWN)(self._worked_out)

    def url_for(self, endpoint: str, **values: Any) -> str:
        """As Flask's, whose options are among the values."""
        if not has_request_context() or endpoint.startswith("."):
            return super().url_for(endpoint, **values)
        asked = tuple(values.items())
        try:
            return self._known(request.root_url, endpoint, asked)
        except TypeError:                    # a value that is a list cannot be looked up
            return super().url_for(endpoint, **values)

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """As Flask's; the page that refuses a host that cannot be one has links all the same, to this machine."""
        try:
            return super().create_url_adapter(request)
        except HTTPException as refused:
            if request is None:
                raise
            request.routing_exception = refused
            return self.url_map.bind("localhost")

    def _worked_out(self, root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return super().url_for(endpoint, **dict(values))
