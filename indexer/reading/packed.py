"""Files in a ZIP file, as streams: no name in it is ever a path, and what unpacks beyond all measure is refused."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from indexer.errors import ArticleError

MOST_FILES = 100_000
LARGEST = 8_000_000_000       # bytes, unpacked, of all files together
DENSEST = 200                 # times that a file may grow; text becomes a tenth when it is packed, at best a fiftieth
SMALL = 10_000_000            # bytes that do no harm however they were packed

# What the library raises where a file is not as it should be, when it is opened or wherever it is read.
_TORN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError,
         RuntimeError, ValueError, OSError, EOFError)


@contextmanager
def opened(file: BinaryIO, path: Path) -> Iterator[zipfile.ZipFile]:
    """The ZIP file; ArticleError where it is none, or a bomb."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            if len(members) > MOST_FILES or sum(each.file_size for each in members) > LARGEST:
                raise ArticleError(path, "holds more than can be unpacked")
            yield archive
    except _TORN as error:
        raise ArticleError(path, f"a ZIP file that cannot be read: {error}") from None


def member(archive: zipfile.ZipFile, name: str, path: Path) -> BinaryIO:
    """A file of it, to be read a piece at a time."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise ArticleError(path, f"there is no {name} in it") from None
    if info.file_size > SMALL and info.file_size > DENSEST * max(info.compress_size, 1):
        raise ArticleError(path, f"{name[:80]!r} in it would unpack to {info.file_size:,} bytes")
    return cast(BinaryIO, archive.open(info))          # which ends at the size that it announces
