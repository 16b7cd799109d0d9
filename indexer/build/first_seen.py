"""When stories were first seen: all in a ledger that cannot be found out again, taken out of one that is given up."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path


def seal_of(row: Iterable[object]) -> str:
    """A hash of a row of the ledger, by which damage is seen."""
    return hashlib.blake2b(json.dumps([*row]).encode(), digest_size=8).hexdigest()


def _opened(path: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True))


def seen_in(path: Path) -> dict[str, str]:
    """What a ledger says, of any version, that may be damaged: stories with a seal that fits."""
    found: dict[str, str] = {}
    for question in ("SELECT * FROM stories", "SELECT * FROM seen"):
        with suppress(sqlite3.Error, UnicodeDecodeError, TypeError), _opened(path) as database:
            rows = database.execute(question)
            names = [column for column, *_ in rows.description]
            for *row, seal in rows:
                if seal == seal_of(row):
                    held = dict(zip(names, row))
                    found[held["id"]] = held["indexed"]
    return found


def discard(path: Path) -> dict[str, str]:
    """Without its ledger, the next build reads every file again. Returns when each story was first seen, as far as that
    can be read: it is all that cannot be found out again."""
    seen = seen_in(path)
    for leaving in (path, *path.parent.glob(f"{path.name}-*")):
        leaving.unlink(missing_ok=True)
    return seen
