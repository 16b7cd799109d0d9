"""Ctrl-C and SIGTERM end what runs in order, with one line."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import click


def stopped(interrupt: KeyboardInterrupt, more: str = "") -> click.exceptions.Exit:
    """Says that somebody stopped the program; the status says by which signal, as shells do."""
    click.echo(f"Stopped.{more}", err=True)
    return click.exceptions.Exit(128 + (interrupt.args[0] if interrupt.args else signal.SIGINT))


def stop(number: int, frame: object) -> None:
    raise KeyboardInterrupt(number)


@contextmanager
def interruptible() -> Iterator[None]:
    """Within, Ctrl-C ends what runs in order, whatever it does outside."""
    outside = signal.getsignal(signal.SIGINT)
    if callable(outside):                # else it is ignored
        signal.signal(signal.SIGINT, stop)
    try:
        yield
    except KeyboardInterrupt as interrupt:
        raise stopped(interrupt) from None
    finally:
        signal.signal(signal.SIGINT, outside)
