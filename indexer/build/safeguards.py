"""What a build is kept from: losing what is only away for a while, and errors that explain nothing."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import BuildFailed, OnRecordError

MOST_LOST = 0.1                  # share of the articles that a build may lose; more is no editing: a disk is away
FEWEST_LOST = 10                 # articles; fewer may always go


def refuse_loss(lost: int, held: int, most: float, data: Path) -> None:
    """BuildFailed where more of the articles that are held would be lost than may be."""
    if lost >= FEWEST_LOST and lost > most * held:
        raise BuildFailed(f"{lost:,} of {held:,} articles are gone from {data}: more than {most:.0%}. Is a disk away? "
                          "The index answers as before. If they are to go, build with --allow-loss.")


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the garbage collector, which would go through millions of values again and again and find no cycles: a
    quarter of the time of an update."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def explained(index: Path) -> Iterator[None]:
    """Turn errors of the disk into a BuildFailed that explains them; the index goes on answering."""
    try:
        yield
    except OnRecordError:
        raise
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        where = f" ({error.filename})" if isinstance(error, OSError) and error.filename else ""
        raise BuildFailed(f"The index in {index} could not be built: {reason}{where}. "
                          "If there was one, it still answers.") from error
