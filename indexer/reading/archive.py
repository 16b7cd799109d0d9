"""The files of an archive: which there are, what each is called, and what is in it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from indexer.errors import ArticleError
from indexer.models import Article
from indexer.reading.articles import readings
from indexer.reading.drafts import Options, Source, without_waiting
from indexer.reading.formats import LOOKED_AT, STORIES, SUFFIXES, format_that_begins, suffix_of

MAX_BYTES = 20_000_000        # no newspaper story; a larger file is something else that lies there
OURS = ("onrecord.toml", "people.toml", "corrections.toml")


def read_article(path: str | Path, root: str | Path, max_bytes: int = MAX_BYTES) -> Article:
    """The article in a file of the archive at root; ArticleError where the file cannot be one."""
    return article_of(read_file(path, max_bytes)[0], Path(path), Path(root))


def article_of(data: bytes, path: Path, root: Path) -> Article:
    """The article in what the file at that path holds, the first where there are several."""
    first = next(readings(source_of(data, path, root)), None)
    if first is None:
        raise ArticleError(path, "no text")
    if isinstance(first, ArticleError):
        raise first
    return first.article


def source_of(data: bytes | None, path: Path, root: Path, options: Options = Options()) -> Source:
    """A file of the archive at root, as readers take it."""
    return Source(path, archive_path(path, root), article_id(path, root), data, options)


def open_source(
    path: Path, root: Path, options: Options = Options(), max_bytes: int = MAX_BYTES
) -> tuple[Source, os.stat_result]:
    """A file, to be read, and what it was when it was opened. A file that is read a piece at a time may be as large as
    the options say, any other has at most max_bytes. ArticleError."""
    with _opened(path) as (file, status):
        beginning = file.read(LOOKED_AT)
        if format_that_begins(path, beginning).is_stream:
            if status.st_size > options.largest:
                raise ArticleError(path, f"larger than {options.largest:,} bytes")
            return source_of(None, path, root, options), status
        return source_of(_rest(file, beginning, path, max_bytes), path, root, options), status


def read_file(path: str | Path, max_bytes: int = MAX_BYTES) -> tuple[bytes, os.stat_result]:
    """What a file holds, and what it was when it was read."""
    with _opened(path) as (file, status):
        return _rest(file, b"", path, max_bytes), status


def _rest(file: BinaryIO, beginning: bytes, path: str | Path, max_bytes: int) -> bytes:
    data = beginning + file.read(max(0, max_bytes + 1 - len(beginning)))
    if len(data) > max_bytes:
        raise ArticleError(path, f"larger than {max_bytes:,} bytes")
    return data


@contextmanager
def _opened(path: str | Path) -> Iterator[tuple[BinaryIO, os.stat_result]]:
    try:
        with open(path, "rb", opener=without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ArticleError(path, "not a regular file")
            yield file, status
    except OSError as error:
        raise ArticleError(path, error.strerror or "cannot be read") from error


def walk(
    root: str | Path, on_error: Callable[[ArticleError], None] | None = None,
    on_unread: Callable[[Path], None] | None = None,
) -> Iterator[Path]:
    """The files under root that may hold articles, in the order of their paths.

    Links to folders are followed, each folder once. Hidden folders and files are left out, but for a file
    whose whole name is a suffix. A folder that cannot be read goes to on_error, a file of a kind that is not read to
    on_unread.
    """
    root = Path(root)
    if root.is_file():
        yield root
        return
    found: list[Path] = []
    seen: set[tuple[int, int]] = set()
    folders, linked = [root], []                # type: list[Path], list[Path]
    while folders or linked:
        folder = folders.pop() if folders else linked.pop()
        try:
            status = folder.stat()
            entries = [] if (status.st_dev, status.st_ino) in seen else sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError as error:
            if on_error:
                on_error(ArticleError(folder, error.strerror or "cannot be read"))
            continue
        seen.add((status.st_dev, status.st_ino))
        for entry in entries:
            if _is_folder(entry):
                (linked if entry.is_symlink() else folders).append(Path(entry.path))
            elif _may_hold_articles(entry.name):
                found.append(Path(entry.path))
            elif on_unread and not entry.name.startswith(".") and entry.name not in OURS:
                on_unread(Path(entry.path))
    yield from sorted(found, key=lambda each: each.parts)


def article_id(path: Path, root: Path) -> str:
    """Its path in the archive without the suffix. Of files that differ only in their suffix the first in the
    order of STORIES gets that; the others keep theirs, and so does one that is called like an article of a file of
    many ("export.csv#7.md")."""
    whole = archive_path(path, root)
    suffix = path.suffix.lower()
    if suffix not in STORIES:
        return whole
    rivals = STORIES[:STORIES.index(suffix)]
    if path.suffix != suffix:
        rivals += (suffix,)
    if any(path.with_suffix(rival).exists() for rival in rivals):
        return whole
    if "#" in path.name and path.with_name(path.name.partition("#")[0] or "#").exists():
        return whole
    return whole[:-len(suffix)]


def archive_path(path: Path, root: Path) -> str:
    """The path under the root; bytes that are no text are written as \\xff, for ids are text."""
    inside = path.relative_to(root) if path != root else Path(path.name)
    return os.fsencode(inside.as_posix()).decode("utf-8", "backslashreplace")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir() and not entry.name.startswith(".")
    except OSError:
        return False


def _may_hold_articles(name: str) -> bool:
    return suffix_of(Path(name)) in SUFFIXES and (name in SUFFIXES or not name.startswith("."))
