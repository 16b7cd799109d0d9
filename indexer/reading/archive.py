"""The files of an archive: which there are, what each is called, and what is in it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import product
from pathlib import Path
from typing import BinaryIO

from indexer.errors import ArticleError, Unreadable
from indexer.models import Article
from indexer.reading.drafts import Options, Source, without_waiting
from indexer.reading.formats import LOOKED_AT, STORIES, SUFFIXES, format_that_begins, suffix_of

MAX_BYTES = 20_000_000        # no newspaper story; a larger file is something else that lies there
OURS = ("onrecord.toml", "people.toml", "corrections.toml")
_WRITTEN_BYTE = re.compile(r"(\\x[89a-f][0-9a-f])")
LEADS_OUT = 'a link that leads out of the archive; it is read if onrecord.toml says [reading] links = "anywhere"'


def read_article(path: str | Path, root: str | Path, max_bytes: int = MAX_BYTES) -> Article:
    """The article in a file of the archive at root; ArticleError where the file cannot be one."""
    return article_of(read_file(path, max_bytes)[0], Path(path), Path(root))


def article_of(data: bytes, path: Path, root: Path) -> Article:
    """The article in what the file at that path holds, the first where there are several."""
    from indexer.reading.articles import readings      # here: who only walks needs no reader

    first = next(readings(source_of(data, path, root)), None)
    if first is None:
        raise ArticleError(path, "no text")
    if isinstance(first, ArticleError):
        raise first
    return first.article


def source_of(data: bytes | None, path: Path, root: Path, options: Options = Options()) -> Source:
    """A file of the archive at root, as readers take it."""
    name = archive_path(path, root)
    return Source(path, name, _id_of(name, path), data, options)


def open_source(
    path: Path, root: Path, options: Options = Options(), max_bytes: int = MAX_BYTES
) -> tuple[Source, os.stat_result]:
    """A file, to be read, and what it was when it was opened. A file that is read a piece at a time may be as large as
    the options say, any other has at most max_bytes. ArticleError."""
    with _opened(path) as (file, status):
        if not options.links_anywhere and _leads_out(path, root):
            raise ArticleError(path, LEADS_OUT)
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
        raise Unreadable(path, error.strerror or "cannot be read") from error


def walk(
    root: str | Path, on_error: Callable[[ArticleError], None] | None = None,
    on_unread: Callable[[Path], None] | None = None, links_anywhere: bool = False,
) -> Iterator[Path]:
    """The files under root that may hold articles, in the order of their paths: see walked."""
    yield from map(Path, walked(root, on_error, on_unread, links_anywhere))


def walked(
    root: str | Path, on_error: Callable[[ArticleError], None] | None = None,
    on_unread: Callable[[Path], None] | None = None, links_anywhere: bool = False,
) -> list[str]:
    """The names of the files under root that may hold articles, in the order of their paths. They are no Paths, which
    take longer to make of a large archive than to find its files.

    Links to folders are followed, each folder once, and links to files; those that lead out of root only if links may
    lead anywhere. Hidden folders and files are left out, but for a file whose whole name is a suffix. A folder that
    cannot be read goes to on_error as Unreadable, a link that is not followed as ArticleError, a file of a kind that is
    not read to on_unread.
    """
    root = Path(root)
    if root.is_file():
        return [os.fspath(root)]
    found: list[str] = []
    seen: set[tuple[int, int]] = set()
    folders, linked = [os.fspath(root)], list[str]()
    while folders or linked:
        folder = folders.pop() if folders else linked.pop()
        try:
            status = os.stat(folder)
            entries = [] if (status.st_dev, status.st_ino) in seen else sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError as error:
            if on_error:
                on_error(Unreadable(folder, error.strerror or "cannot be read"))
            continue
        seen.add((status.st_dev, status.st_ino))
        for entry in entries:
            is_folder = _is_folder(entry)
            is_wanted = is_folder or _may_hold_articles(entry.name)
            if is_wanted and entry.is_symlink() and not links_anywhere and _leads_out(entry.path, root):
                if on_error:
                    on_error(ArticleError(entry.path, LEADS_OUT))
            elif is_folder:
                (linked if entry.is_symlink() else folders).append(entry.path)
            elif is_wanted:
                found.append(entry.path)
            elif on_unread and not entry.name.startswith(".") and entry.name not in OURS:
                on_unread(Path(entry.path))
    return sorted(found, key=lambda each: each.split(os.sep))


def article_id(path: Path, root: Path) -> str:
    """Its path in the archive without the suffix. Of files that differ only in their suffix the first in the
    order of STORIES gets that; the others keep theirs, and so does one that is called like an article of a file of
    many ("export.csv#7.md"), or would be called like another file without it ("a.html.md")."""
    return _id_of(archive_path(path, root), path)


def _id_of(name: str, path: Path) -> str:
    """The same of a file by its path in the archive."""
    suffix = path.suffix.lower()
    if suffix not in STORIES:
        return name
    stem = os.fspath(path)[:-len(suffix)]
    if any(os.path.lexists(stem + rival) for rival in _rivals(path.suffix)):
        return name
    if "#" in path.name and path.with_name(path.name.partition("#")[0] or "#").exists():
        return name
    if suffix_of(Path(path.stem)) in SUFFIXES and os.path.lexists(stem):
        return name
    return name[:-len(suffix)]


@cache
def _rivals(suffix: str) -> tuple[str, ...]:
    """The suffixes that go before one: those of formats before it, and of the ways to write it in small and capital
    letters (.MD, .Md, .mD, .md) those before it."""
    small = suffix.lower()
    spellings = map("".join, product(*((each.upper(), each.lower()) for each in small)))
    return (*STORIES[:STORIES.index(small)], *(each for each in spellings if each < suffix))


def archive_path(path: Path | str, root: Path) -> str:
    """The path under the root; bytes that are no text are written as \\xff, for ids are text. A name in which that
    stands as it is, so that the two would be one, has its backslash doubled."""
    whole, top = os.fspath(path), f"{os.fspath(root).rstrip(os.sep)}{os.sep}"
    if whole.startswith(top) and whole.isascii() and "\\" not in whole:       # as nearly all are
        return whole[len(top):]
    path = Path(path)
    inside = path.relative_to(root) if path != root else Path(path.name)
    written = _WRITTEN_BYTE.sub(r"\\\1", inside.as_posix())
    return os.fsencode(written).decode("utf-8", "backslashreplace")


def _leads_out(path: str | Path, root: str | Path) -> bool:
    """Whether what a path means, all links followed, lies elsewhere than under root."""
    top, real = os.path.realpath(root), os.path.realpath(path)
    return real != top and not real.startswith(top.rstrip(os.sep) + os.sep)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir() and not entry.name.startswith(".")
    except OSError:
        return False


def _may_hold_articles(name: str) -> bool:
    at = name.rfind(".")
    if at > 0 and name[0] != "." and name[at:].lower() in SUFFIXES:            # as nearly all are
        return True
    return suffix_of(Path(name)) in SUFFIXES and (name in SUFFIXES or not name.startswith("."))
