"""The tables of the ledger, how they are opened, and how damage to them is seen."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from indexer.errors import LedgerDamaged

VERSION = 8          # of the tables below: a ledger of another is thrown away, but for when stories were first seen

# What is large stands apart: an update asks for the rest of every file, and must not read that over and over.
TABLES = (
    """
    CREATE TABLE files (
        path        TEXT PRIMARY KEY,     -- under the archive
        id          TEXT NOT NULL,        -- what the ids of its articles begin with
        sha256      TEXT NOT NULL,
        extractor   TEXT NOT NULL,        -- what read it
        problem     TEXT,                 -- why it was not read, or not to its end; NULL where it was
        passed      TEXT NOT NULL,        -- what in it is no article and was not meant to be one: reason -> number
        seal        TEXT NOT NULL,        -- a hash of the columns above
        size        INTEGER NOT NULL,
        mtime_ns    INTEGER NOT NULL,     -- 0 where the time proves nothing: look into the file
        ctime_ns    INTEGER NOT NULL,     -- changes with the content, whatever a program sets the other time to
        inode       INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE stories (
        id          TEXT PRIMARY KEY,
        path        TEXT NOT NULL,        -- of the file that it is in
        sha256      TEXT NOT NULL,        -- of what was read of it
        extractor   TEXT NOT NULL,        -- what read it
        indexed     TEXT NOT NULL,        -- when it was first seen, ISO seconds, UTC
        problem     TEXT,                 -- why it is no article; NULL where it is one
        words       INTEGER NOT NULL,
        quotations  INTEGER NOT NULL,
        reported    INTEGER NOT NULL,     -- passages of reported speech
        published   TEXT,
        encoding    TEXT,
        warnings    TEXT NOT NULL,        -- what of it could not be read
        day_order   TEXT NOT NULL,        -- which is the day in a date of figures alone that leaves no doubt
        taken_as    TEXT NOT NULL,        -- which was taken for the day in one that does
        fingerprint BLOB NOT NULL,        -- duplicates.pack_fingerprint
        seal        TEXT NOT NULL         -- a hash of the columns above
    ) WITHOUT ROWID
    """,
    "CREATE INDEX stories_of_files ON stories (path)",
    # When a story was first seen, kept when it is gone: it may only be away. seal: a hash of the two others.
    "CREATE TABLE seen (id TEXT PRIMARY KEY, indexed TEXT NOT NULL, seal TEXT NOT NULL) WITHOUT ROWID",
    # names: of the people, all that is read when it is found out who is who in the archive; offices: by which
    # speakers are named and by nothing else, as JSON
    "CREATE TABLE persons (id TEXT PRIMARY KEY, people BLOB NOT NULL, names BLOB NOT NULL, "
    "authors TEXT NOT NULL, offices TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE articles (id TEXT PRIMARY KEY, article BLOB NOT NULL) WITHOUT ROWID",
    "CREATE VIEW read AS SELECT * FROM stories LEFT JOIN articles USING (id) LEFT JOIN persons USING (id) "
    "WHERE problem IS NULL",
)


def seal(row: Sequence[str | int | None], more: bytes = b"") -> str:
    """A hash of a row of the ledger, by which damage is seen. It is worked out for every row in every update; that of
    first_seen is for rows that later versions read."""
    return hashlib.blake2b(ascii(row).encode() + more, digest_size=8).hexdigest()


@contextmanager
def intact(path: Path) -> Iterator[None]:
    """What SQLite says of a damaged file, as an error of ours. Without the table as we make it, no question of ours
    makes sense to it."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise LedgerDamaged(path) from error
    except sqlite3.DatabaseError as error:
        said = getattr(error, "sqlite_errorcode", 0) & 0xff
        if said in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR) or "decode" in str(error):
            raise LedgerDamaged(path) from error
        raise


def connected(path: Path, only_read: bool = False) -> sqlite3.Connection:
    """The tables in a file, made if there are none; LedgerDamaged where they are others."""
    database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro" if only_read else path, uri=only_read)
    try:
        with intact(path):
            version, = database.execute("PRAGMA user_version").fetchone()
            tables, = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if (tables or only_read) and version != VERSION:
                raise LedgerDamaged(path)
            if not tables and not only_read:
                with database, closing(database.cursor()) as cursor:
                    for each in TABLES:
                        cursor.execute(each)
                    cursor.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        database.close()
        raise
    return database
