"""Bytes to text: by byte order mark, as UTF-8, by what a page declares, and else as Windows' Latin."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from indexer.errors import ArticleError

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w-]{2,30})""", re.IGNORECASE)


def decoded(data: bytes, path: Path) -> tuple[str, str]:
    """The text, its lines ended by "\\n", and the encoding. ArticleError where it is empty or no text."""
    if not data.strip():
        raise ArticleError(path, "empty")
    encoding = encoding_of(data)
    text = data.decode(encoding, "replace")
    if "\0" in text:
        raise ArticleError(path, "binary: it holds NUL bytes")
    return text.replace("\r\n", "\n").replace("\r", "\n"), encoding


def encoding_of(data: bytes) -> str:
    """The encoding that the bytes are most probably in."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    attempts = ["utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8", "cp1252"]
    if declared := _CHARSET.search(data[:4096]):
        attempts.insert(1, declared[1].decode("ascii").lower())
    for encoding in attempts:
        try:
            data.decode(encoding)
        except (ValueError, LookupError):
            continue
        return encoding
    return "latin-1"
