"""The server of the page: one port, one or several processes, and the address under which it is public."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from waitress.server import create_server
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer import Configuration
from searchui.serving.access_log import write_log
from searchui.serving.slow_clients import SlowClients

_log = logging.getLogger("onrecord")
_BODY = 16_384                    # bytes; no request needs a body
_HEADERS = 65_536
_CONNECTIONS = 500                # at once, for each process
_IDLE = 60                        # seconds until a silent connection is closed
_GRACE = 2.0                      # seconds, beyond those of a query, to finish answers after the server was stopped


class Address:
    """WSGI middleware: whatever host a request names, links lead to the configured address. A path in it, such as
    /news of https://calder.example/news, may or may not be part of the paths that are requested."""

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


def behind_proxies(app: Flask, configuration: Configuration) -> Flask:
    """The application, told about its proxies and its public address."""
    if configuration.base_address:
        app.wsgi_app = Address(app.wsgi_app, configuration.base_address)    # type: ignore[method-assign]
    if count := configuration.proxies:
        # Not x_prefix: proxies hand on what a client sends in it, and base_address says it anyway.
        app.wsgi_app = ProxyFix(                                     # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=0)
    return app


def serve(app: Flask, configuration: Configuration, ready: Callable[[int], None]) -> None:
    """Serve until SIGTERM or Ctrl-C, then finish what runs, within the time of a query; a second Ctrl-C ends it at
    once. ready is called with the port as soon as requests are accepted."""
    write_log(configuration.log)
    listening = _listening(configuration.host, configuration.port)
    ready(listening.getsockname()[1])
    if configuration.processes == 1:
        _serve(app, configuration, listening, (signal.SIGTERM, signal.SIGINT))
    else:
        _Processes(configuration.processes, lambda: _serve(app, configuration, listening, (signal.SIGTERM,))).run()


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


def _serve(app: Flask, configuration: Configuration, listening: socket.socket, ending: Iterable[int]) -> None:
    """ending: the signals that end it."""
    app.extensions["onrecord"].watch(prepare=True)
    server: Any = create_server(
        app, sockets=[listening], threads=configuration.threads, ident=None, asyncore_use_poll=True,
        connection_limit=_CONNECTIONS, channel_timeout=_IDLE, max_request_body_size=_BODY,
        max_request_header_size=_HEADERS, clear_untrusted_proxy_headers=not configuration.proxies,
    )
    slow = SlowClients(server, _CONNECTIONS)
    received: list[int] = []

    def stop(number: int, frame: object) -> None:
        received.append(number)
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_IGN)
        server.pull_trigger()

    for each in ending:
        signal.signal(each, stop)
    with suppress(KeyboardInterrupt):
        _run_until(received, server, slow, configuration.limits.seconds + _GRACE)


def _run_until(received: Sequence[int], server: Any, slow: SlowClients, grace: float) -> None:
    """Waitress's loop until a signal is received; then nothing new is accepted, connections are closed as soon as
    their answers are sent, and answers that take longer than grace seconds are dropped."""
    turn = partial(server.asyncore.loop, use_poll=True, map=server._map, count=1)
    while not received:
        turn(timeout=1.0)
        slow.look()
    server.accepting = False
    turn(timeout=0)                               # requests that had been sent already are read
    end = time.monotonic() + grace
    while server.active_channels and time.monotonic() < end:
        for channel in [*server.active_channels.values()]:
            channel.will_close = channel.will_close or not (channel.requests or channel.total_outbufs_len)
        turn(timeout=0.05)


class _Processes:
    """Child processes that serve; one that dies is replaced, and all end with their parent."""

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
                _log.error("Process %d %s; another takes its place.", child, _ended(status))
                time.sleep(1)                # one that fails at its start must not keep the machine busy

    def _start(self) -> None:
        parent = os.getpid()
        child = os.fork()
        if child:
            self._children.add(child)
            return
        status = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)              # the parent decides when to stop
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            _die_with(parent)
            self._work()
            status = 0
        finally:
            os._exit(status)

    def _stop(self, number: int, frame: object) -> None:
        at_once = self._stopping and number == signal.SIGINT
        self._stopping = True
        for child in self._children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL if at_once else signal.SIGTERM)


def _ended(status: int) -> str:
    """How a process ended, in words. SIGBUS is what it gets where a file of the index, which is mapped into memory, was
    cut short."""
    code = os.waitstatus_to_exitcode(status)
    return f"ended with status {code}" if code >= 0 else f"was killed by {signal.Signals(-code).name}"


def _die_with(parent: int) -> None:
    """Let Linux end this process when its parent ends, even if the parent is killed."""
    if sys.platform == "linux":
        from ctypes import CDLL

        CDLL(None).prctl(1, signal.SIGTERM)                                  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            os._exit(1)
