"""The progress of a build as one line of the terminal, and how it is stopped."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click

from indexer.commands.interruption import stop, stopped
from indexer.commands.terminal import is_dumb


@contextmanager
def progress() -> Iterator[ProgressLine]:
    """A line that shows how far some work is. SIGTERM stops it as cleanly as Ctrl-C; both print one line."""
    signal.signal(signal.SIGTERM, stop)
    line = ProgressLine()
    try:
        yield line
    except KeyboardInterrupt as interrupt:
        line.end()
        raise stopped(interrupt, " If there was an index, it still answers.") from None
    finally:
        line.end()


class ProgressLine:
    """The progress of a build as one line on stderr, redrawn ten times a second, and only if stderr is a terminal."""

    def __init__(self) -> None:
        self._visible = sys.stderr.isatty() and not is_dumb()
        self._step, self._total, self._done, self._words = "", 0, 0, 0
        self._began = self._drawn = time.monotonic()

    def begin(self, step: str, total: int) -> None:
        self.end()
        self._step, self._total, self._done, self._words = step, total, 0, 0
        self._began = time.monotonic()

    def advance(self, done: int = 1, words: int = 0) -> None:
        self._done += done
        self._words += words
        if self._visible and (time.monotonic() - self._drawn > 0.1 or self._done == self._total):
            self._drawn = time.monotonic()
            click.echo(f"\r\033[K{self.line(self._drawn - self._began)}", nl=False, err=True)

    def end(self) -> None:
        """Keep the last line and go on below it."""
        if self._visible and self._done:
            click.echo(err=True)
            self._done = 0

    def line(self, seconds: float) -> str:
        """reading  [#####.....]  9,800 of 19,616  412 a second, 61,000 words a second, 24 s left"""
        share = self._done / max(self._total, 1)
        rate = self._done / max(seconds, 0.001)
        bar = "#" * int(share * 20) + "." * (20 - int(share * 20))
        words = f", {self._words / max(seconds, 0.001):,.0f} words a second" if self._words else ""
        left = (self._total - self._done) / max(rate, 0.001)
        done = f"{self._done:,} of {self._total:,}"
        return f"{self._step}  [{bar}]  {done}  {rate:,.0f} a second{words}, {left:,.0f} s left"
