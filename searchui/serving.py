"""The server of the page: one port, one or several processes, and the addresses that the world sees."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from waitress.server import create_server
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer import Configuration
from searchui.access_log import write_log

_BODY = 16_384                    # bytes; nothing here reads what is sent
_HEADERS = 65_536
_CONNECTIONS = 500                # at once, for each process
_IDLE = 60                        # seconds until a silent connection is closed


class Address:
    """WSGI middleware: whatever host a request names, links lead to the address that was configured. What stands
    before our paths in it, such as /news of https://calder.example/news, may or may not be sent along."""

    def __init__(self, app: Callable[..., Iterable[bytes]], address: str) -> None:
        parts = urlsplit(address)
        self._app = app
        self._scheme, self._host, self._root = parts.scheme, parts.netloc, parts.path.rstrip("/")

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ["wsgi.url_scheme"], environ["HTTP_HOST"], environ["SCRIPT_NAME"] = self._scheme, self._host, self._root
        path = environ.get("PATH_INFO", "")
        if self._root and (path == self._root or path.startswith(f"{self._root}/")):
            environ["PATH_INFO"] = path[len(self._root):]
        return self._app(environ, start_response)


def placed(app: Flask, configuration: Configuration) -> Flask:
    """The application behind its proxies and under its address."""
    if configuration.base_address:
        app.wsgi_app = Address(app.wsgi_app, configuration.base_address)    # type: ignore[method-assign]
    if count := configuration.proxies:
        app.wsgi_app = ProxyFix(                                     # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count)
    return app


def serve(app: Flask, configuration: Configuration, ready: Callable[[int], None]) -> None:
    """Serves until SIGTERM or Ctrl-C; ready is called with the port when it can be asked."""
    write_log(configuration.log)
    listening = _listening(configuration.host, configuration.port)
    ready(listening.getsockname()[1])
    if configuration.processes == 1:
        _serve(app, configuration, listening)
    else:
        _Processes(configuration.processes, lambda: _serve(app, configuration, listening)).run()


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens; every process accepts from it."""
    found_at = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, _, _, _, address = found_at[0]
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    found.bind(address)
    found.setblocking(False)
    found.listen(1024)
    return found


def _serve(app: Flask, configuration: Configuration, listening: socket.socket) -> None:
    app.extensions["onrecord"].watch(prepare=True)
    server = create_server(
        app, sockets=[listening], threads=configuration.threads, ident=None, asyncore_use_poll=True,
        connection_limit=_CONNECTIONS, channel_timeout=_IDLE, max_request_body_size=_BODY,
        max_request_header_size=_HEADERS, clear_untrusted_proxy_headers=not configuration.proxies,
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server.run()


class _Processes:
    """Children that serve; one that dies is replaced, and all end with their parent."""

    def __init__(self, count: int, work: Callable[[], None]) -> None:
        self._count = count
        self._work = work
        self._children: set[int] = set()
        self._stopping = False

    def run(self) -> None:
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._stop)
        while not self._stopping or self._children:
            while not self._stopping and len(self._children) < self._count:
                self._start()
            try:
                child, status = os.wait()
            except ChildProcessError:
                break
            self._children.discard(child)
            if status and not self._stopping:
                time.sleep(1)                # one that cannot even begin must not keep the machine busy

    def _start(self) -> None:
        parent = os.getpid()
        child = os.fork()
        if child:
            self._children.add(child)
            return
        status = 1
        try:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            _die_with(parent)
            self._work()
            status = 0
        finally:
            os._exit(status)

    def _stop(self, *_: Any) -> None:
        self._stopping = True
        for child in self._children:
            try:
                os.kill(child, signal.SIGTERM)
            except ProcessLookupError:
                pass


def _die_with(parent: int) -> None:
    """A parent that is killed leaves nobody behind: Linux ends the child with it."""
    if sys.platform == "linux":
        from ctypes import CDLL

        CDLL(None).prctl(1, signal.SIGTERM)                                  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)
