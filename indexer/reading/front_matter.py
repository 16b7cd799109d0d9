"""The lines between dashes above a story: what it says of itself, and where its body begins."""

from __future__ import annotations

import re
from pathlib import Path

from indexer.errors import ArticleError

MAX_FRONT_MATTER = 500        # lines

_KEY = re.compile(r"([A-Za-z][\w .-]{0,60}?)\s*:(?:\s|$)")


def split(source: str, path: Path) -> tuple[dict[str, object], str, int | None]:
    """The fields, the rest of the file, and the line on which that starts; None where there is no front matter."""
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


def _unquoted(fields: dict[str, str]) -> dict[str, object]:
    """Marks around a value are syntax where the author's or the date's wear them too; a headline may begin
    and end with its own."""
    def is_quoted(value: str) -> bool:
        return len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"

    if not any(is_quoted(fields.get(key, "")) for key in ("author", "date")):
        return {**fields}
    return {key: value[1:-1].replace(f"\\{value[0]}", value[0]) if is_quoted(value) else value
            for key, value in fields.items()}
