"""Clients that take for ever: they keep neither a thread nor a connection from those who do not."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

from waitress.channel import HTTPChannel

ASKING = 20.0                     # seconds within which a request must have been sent
TAKING = 10.0                     # seconds in which a client must have taken
LEAST = 10_000                    # so many bytes of an answer that is ready for it
FULL, ENOUGH = 0.9, 0.8           # of the connections: from the one on, those that do nothing are closed to the other
EACH = 0.5                        # seconds between two looks


class Channel(HTTPChannel):
    """A connection that counts the bytes which its client has taken."""

    taken = 0

    def send(self, data: bytes, do_close: bool = True) -> int:
        sent: int = super().send(data, do_close=do_close)
        self.taken += sent
        return sent


class SlowClients:
    """Those of one server. look must be called again and again, by the thread that sends and receives."""

    def __init__(self, server: Any, connections: int) -> None:
        server.channel_class = Channel
        self._server, self._connections = server, connections
        self._asking: dict[Any, float] = {}                # since when a request is being sent
        self._taking: dict[Any, tuple[float, int]] = {}    # since when an answer waits to be taken, and what was then
        self._next = 0.0

    def look(self) -> None:
        """Close connections whose clients are too slow; and if there are too many, those on which nothing happens."""
        now = monotonic()
        if now < self._next:
            return
        self._next = now + EACH
        channels = [*self._server.active_channels.values()]
        self._asking = {each: self._asking.get(each, now) for each in channels if _is_asking(each)}
        self._taking = {each: self._since(each, now) for each in channels if each.total_outbufs_len}
        late = [each for each, since in self._asking.items() if since + ASKING < now]
        stalled = [each for each, (since, taken) in self._taking.items()
                   if since + TAKING <= now and each.taken - taken < LEAST]
        _close((*late, *stalled))
        if len(self._server.active_channels) > FULL * self._connections:
            idle = sorted((each for each in self._server.active_channels.values()
                           if not each.requests and not each.total_outbufs_len), key=_age)
            _close(idle[:len(channels) - int(ENOUGH * self._connections)])

    def _since(self, channel: Any, now: float) -> tuple[float, int]:
        since, taken = self._taking.get(channel, (now, channel.taken))
        return (now, channel.taken) if channel.taken - taken >= LEAST else (since, taken)


def _is_asking(channel: Any) -> bool:
    return channel.request is not None


def _age(channel: Any) -> float:
    created: float = channel.creation_time
    return created


def _close(channels: Sequence[Any]) -> None:
    """At once, and not when what is waiting is sent: whoever writes into the connection is told that it has ended."""
    for channel in channels:
        with suppress(OSError):
            channel.handle_close()
