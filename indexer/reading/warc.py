"""Crawls: WARC files, and WACZ files, which hold several. Pages that a server gave as found are read as saved pages."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import Any, BinaryIO

from indexer.errors import ArticleError
from indexer.reading import packed, web_page
from indexer.reading.drafts import Found, Passed, Source
from indexer.reading.encodings import decoded
from indexer.reading.keys import key_of

LARGEST = 20_000_000          # bytes of a page, unpacked
_PAGES = ("text/html", "application/xhtml+xml")


def is_zip(beginning: bytes) -> bool:
    return beginning.startswith(b"PK\x03\x04")


def read(source: Source) -> Iterator[Found]:
    """The pages of a WARC file."""
    with source.open() as file:
        yield from _pages(file, source.path)


def read_packed(source: Source) -> Iterator[Found]:
    """The pages of all the WARC files in a WACZ file."""
    with source.open() as file, packed.opened(file, source.path) as archive:
        names = sorted(each.filename for each in archive.infolist()
                       if each.filename.lower().endswith((".warc", ".warc.gz")))
        if not names:
            raise ArticleError(source.path, "there is no WARC file in it")
        for name in names:
            with packed.member(archive, name, source.path) as inner:
                yield from _pages(inner, source.path)


def _pages(file: BinaryIO, path: Path) -> Iterator[Found]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise ArticleError(path, "needs warcio, which is not installed: pip install 'onrecord[warc]'") from None
    records, number = iter(ArchiveIterator(file)), 0
    while True:
        try:
            with redirect_stderr(StringIO()):             # where it speaks of what is wrong with a record
                found = _page(next(records), path)
        except StopIteration:
            break
        except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, LookupError, OverflowError, AttributeError,
                TypeError) as error:
            raise ArticleError(path, f"a WARC file that cannot be read on: {error}"[:300]) from None
        number += 1
        yield found
    if not number:
        raise ArticleError(path, "a WARC file that cannot be read on: there is no record in it")


def _page(record: Any, path: Path) -> Found:
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    if record.rec_type != "response" or record.http_headers is None:
        return Passed("records of a crawl that are no pages: requests, revisits and the like")
    if record.http_headers.get_statuscode() != "200":
        return Passed("pages that were not given: moved, missing, forbidden")
    kind, _, more = (record.http_headers.get_header("Content-Type") or "").partition(";")
    if kind.strip().lower() not in _PAGES:
        return Passed("images, styles, programs and other things that are no pages")
    data = record.content_stream().read(LARGEST + 1)
    if len(data) > LARGEST:
        return ArticleError(path, f"{address[:200]}: larger than {LARGEST:,} bytes")
    if getattr(record.raw_stream, "limit", 0) > 0:
        return ArticleError(path, f"{address[:200]}: cut off")
    try:
        text, encoding = _decoded(data, more, path)
        return web_page.page_draft(text, address, key_of(address) or "page", encoding)
    except ArticleError as error:
        return ArticleError(path, f"{address[:200]}: {error.reason}")
    except Exception as error:           # a mistake of ours: it costs this page and is named
        return ArticleError(path, f"{address[:200]}: could not be understood ({type(error).__name__}: {error})"[:500])


def _decoded(data: bytes, more: str, path: Path) -> tuple[str, str]:
    """By what the page's own bytes say; else by what the server said."""
    charset = more.lower().partition("charset=")[2].strip("\"' ")
    if charset and b"charset" not in data[:4_096]:
        try:
            return data.decode(charset).replace("\r\n", "\n"), charset
        except (LookupError, ValueError):
            pass
    return decoded(data, path)
