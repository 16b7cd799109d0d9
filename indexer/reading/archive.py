"""Files of an archive to articles: which files there are, what their bytes say, front matter, date, body."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from dateutil import parser as dates

from indexer.errors import ArticleError
from indexer.models import Article
from indexer.reading.html_text import Text, fold_spaces, plain_text, unescape
from indexer.reading.metadata import LONGEST_HEAD, head_fields

SUFFIXES = (".md", ".html", ".htm", ".txt")
MAX_BYTES = 20_000_000        # no newspaper story; a larger file is something else that lies there
MAX_FRONT_MATTER = 500        # lines
NO_TEXT = ("", "null", "none")     # programs that export an archive write an absent body so

_TAG = re.compile(r"</?(?:a|b|blockquote|body|br|center|div|em|figure|h[1-6]|html|i|iframe|img|li|ol|p|script|span"
                  r"|strong|table|u|ul)(?=[\s/>])[^<>]{0,2000}>", re.IGNORECASE)
_HEAD = re.compile(r"<(?:title|meta|link)[\s>]", re.IGNORECASE)
_KEY = re.compile(r"([A-Za-z][\w .-]{0,60}?)\s*:(?:\s|$)")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w-]{2,30})""", re.IGNORECASE)
_LOST_SEMICOLON = re.compile(r"&([A-Za-z]\w{0,20});")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_ITEM = re.compile(r"\s*(?:[-*•·]|\d{1,3}[.)])\s")


def read_article(path: str | Path, root: str | Path, max_bytes: int = MAX_BYTES) -> Article:
    """The article in a file of the archive at root; ArticleError where the file cannot be one."""
    return article_of(read_file(path, max_bytes)[0], Path(path), Path(root))


def read_file(path: str | Path, max_bytes: int = MAX_BYTES) -> tuple[bytes, os.stat_result]:
    """What a file holds, and what it was when it was read."""
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise ArticleError(path, "not a regular file")
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise ArticleError(path, error.strerror or "cannot be read") from error
    if len(data) > max_bytes:
        raise ArticleError(path, f"larger than {max_bytes:,} bytes")
    return data, status


def _without_waiting(path: str, flags: int) -> int:
    """A pipe that is named like an article would keep the reader for ever."""
    return os.open(path, flags | os.O_NONBLOCK)


def article_of(data: bytes, path: Path, root: Path) -> Article:
    """The article in what the file at that path holds."""
    source = _decoded(data, path)
    fields, body, line = _front_matter(source, path)
    if line is None and _HEAD.search(body, 0, LONGEST_HEAD):
        fields = head_fields(body)
    text, blocks, links = _text(body, path)
    if text.lower() in NO_TEXT:
        raise ArticleError(path, "no text", line)
    return Article(
        id=article_id(path, root),
        path=archive_path(path, root),
        title=repair_title(fields.pop("title", "")),
        author=fold_spaces(unescape(fields.pop("author", ""))),
        published=read_date(fields.pop("date", "")),
        text=text,
        blocks=blocks,
        links=links,
        extra=fields,
    )


def walk(root: str | Path, on_error: Callable[[ArticleError], None] | None = None) -> Iterator[Path]:
    """The files under root that may be articles, in the order of their paths.

    Links to folders are followed, each folder once. Hidden folders and files are left out, but for a file
    whose whole name is a suffix. A folder that cannot be read goes to on_error.
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
            elif _may_be_article(entry.name):
                found.append(Path(entry.path))
    yield from sorted(found, key=lambda each: each.parts)


def article_id(path: Path, root: Path) -> str:
    """Its path in the archive without the suffix. Of files that differ only in their suffix the first in the
    order of SUFFIXES gets that; the others keep theirs."""
    whole = archive_path(path, root)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        return whole
    rivals = SUFFIXES[:SUFFIXES.index(suffix)]
    if path.suffix != suffix:
        rivals += (suffix,)
    if any(path.with_suffix(rival).exists() for rival in rivals):
        return whole
    return whole[:-len(suffix)]


def archive_path(path: Path, root: Path) -> str:
    """The path under the root; bytes that are no text are written as \\xff, for ids are text."""
    inside = path.relative_to(root) if path != root else Path(path.name)
    return os.fsencode(inside.as_posix()).decode("utf-8", "backslashreplace")


def read_date(text: str) -> datetime | None:
    """A date line of any usual shape as plain local time; None where it cannot be read or names no year."""
    text = fold_spaces(text)[:80]
    if not any(map(str.isdigit, text)):
        return None
    try:
        published = dates.parse(text, ignoretz=True, default=datetime(1, 1, 1))
    except (ValueError, OverflowError, TypeError):
        return None
    return published if published.year > 1 else None


def repair_title(title: str) -> str:
    """Entities resolved, however often they were escaped; "M&M;s" loses the semicolon an entity would have."""
    return _LOST_SEMICOLON.sub(r"&\1", fold_spaces(unescape(title)))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir() and not entry.name.startswith(".")
    except OSError:
        return False


def _may_be_article(name: str) -> bool:
    stem, suffix = os.path.splitext(name)
    return name in SUFFIXES or (suffix.lower() in SUFFIXES and not name.startswith("."))


def _decoded(data: bytes, path: Path) -> str:
    if not data.strip():
        raise ArticleError(path, "empty")
    text = data.decode(encoding_of(data), "replace")
    if "\0" in text:
        raise ArticleError(path, "binary: it holds NUL bytes")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def encoding_of(data: bytes) -> str:
    """By its byte order mark, as UTF-8, by what a page declares, and else as Windows' Latin."""
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


def _front_matter(source: str, path: Path) -> tuple[dict[str, str], str, int | None]:
    """The fields, the rest of the file, and the line on which that starts."""
    opening = re.match(r"\s*---[^\S\n]*\n", source)
    if not opening or not _starts_fields(source, opening.end()):
        return {}, source, None
    first = source.count("\n", 0, opening.end())
    fields: dict[str, str] = {}
    key, position = "", opening.end()
    for count in range(MAX_FRONT_MATTER):
        end = source.find("\n", position)
        line = source[position:end if end >= 0 else len(source)]
        if line.rstrip() in ("---", "..."):
            return _unquoted(fields), source[position + len(line):], first + count + 2
        if end < 0:
            break
        if match := _KEY.match(line):
            key = match[1].strip().lower()
            fields[key] = line[match.end():].strip()
        elif key and line.strip():
            fields[key] = f"{fields[key]} {line.strip()}".strip()
        position = end + 1
    else:
        raise ArticleError(path, f"front matter of more than {MAX_FRONT_MATTER} lines", first)
    raise ArticleError(path, "front matter without end: no second line of three dashes", first)


def _starts_fields(source: str, position: int) -> bool:
    """Three dashes may also be a rule drawn above a story."""
    start = source[position:position + 200].lstrip()
    return start.startswith("---") or _KEY.match(start) is not None


def _unquoted(fields: dict[str, str]) -> dict[str, str]:
    """Marks around a value are syntax where the author's or the date's wear them too; a headline may begin
    and end with its own."""
    def is_quoted(value: str) -> bool:
        return len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"

    if not any(is_quoted(fields.get(key, "")) for key in ("author", "date")):
        return fields
    return {key: value[1:-1].replace(f"\\{value[0]}", value[0]) if is_quoted(value) else value
            for key, value in fields.items()}


def _text(body: str, path: Path) -> Text:
    if path.suffix.lower() != ".txt" and (path.suffix.lower() in (".html", ".htm") or _TAG.search(body)):
        return plain_text(body)
    return "\n".join(_paragraphs(unescape(body))), (), ()


def _paragraphs(body: str) -> Iterator[str]:
    """Blank lines part paragraphs, whose lines may be wrapped; where there are none, a line is a paragraph."""
    parts = _BLANK_LINE.split(body.strip())
    if len(parts) == 1:
        parts = parts[0].split("\n")
    for part in parts:
        lines = part.split("\n")
        is_list = len(lines) > 1 and all(map(_ITEM.match, lines))
        yield from filter(None, map(fold_spaces, lines if is_list else [part]))
