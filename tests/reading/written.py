"""Files of formats that no text editor writes: crawls, Word files, ZIP files; and what a reader finds in a file."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from indexer.errors import ArticleError
from indexer.reading.archive import open_source
from indexer.reading.articles import id_of, stories
from indexer.reading.drafts import Draft, Found, Options, Source

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def found_in(path: Path, options: Options = Options()) -> tuple[Source, list[Found], str | None]:
    """A file with what its reader yields, and with what it ends if not well."""
    source, _ = open_source(path, path.parent, options)
    found: list[Found] = []
    try:
        for each in stories(source):
            found.append(each)
    except ArticleError as error:
        return source, found, error.reason
    return source, found, None


def ids(source: Source, found: Sequence[Found]) -> list[str]:
    return [id_of(each, source) for each in found if isinstance(each, Draft)]


def zipped(members: Mapping[str, bytes]) -> bytes:
    """A ZIP file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def word_file(paragraphs: Sequence[str]) -> bytes:
    """A Word file, as far as reading goes."""
    inner = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    document = f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>'
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def warc(*records: tuple[str, str, str, bytes], packed: bool = True, kind: str = "response") -> bytes:
    """A crawl of these pages: address, status, type, content."""
    written: list[bytes] = []
    for address, status, content_type, content in records:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n\r\n".encode() + content
        head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2012-03-28T12:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:{len(written)}>\r\nContent-Type: application/http; msgtype={kind}\r\n"
                f"Content-Length: {len(answer)}\r\n\r\n").encode()
        written.append(head + answer + b"\r\n\r\n")
    return b"".join(gzip.compress(each) if packed else each for each in written)
