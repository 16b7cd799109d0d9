"""References as the formats that reference managers read: RIS, BibTeX, CSL-JSON."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from zlib import crc32

from searchui.formats.citations import Cited, Issued, Name

_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "{}%&#_$"}}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def ris(item: Cited, accessed: date) -> str:
    """A newspaper article. N1 holds the note."""
    day = item.published
    lines = [
        ("TY", "NEWS"), ("TI", item.title), *(("AU", name.inverted) for name in item.authors),
        ("T2", item.publication), ("PY", f"{day.year}" if day else ""), ("DA", _ris_date(day) if day else ""),
        ("UR", item.url), ("Y2", f"{accessed:%Y/%m/%d}/"), ("N1", item.note), ("ID", key(item)),
    ]
    record = "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in lines if value)
    return f"{record}ER  - \r\n\r\n"


def bibtex(item: Cited, accessed: date) -> str:
    """BibTeX has no type for newspapers: an article whose journal is the paper."""
    day = item.published
    fields = {
        "title": f"{{{_tex(item.title)}}}",
        "author": " and ".join(map(_tex_name, item.authors)),
        "journal": _tex(item.publication),
        "year": f"{day.year}" if day else "", "month": f"{day.month}" if day and day.month else "",
        "date": day.iso if day else "",
        "url": re.sub(r"[{}\\]", lambda sign: f"%{ord(sign.group()):X}", _one_line(item.url)),
        "urldate": accessed.isoformat(),
        "note": _tex(item.note),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@article{{{key(item)},\n{lines}\n}}\n\n"


def csl(item: Cited, accessed: date) -> dict[str, Any]:
    """A CSL-JSON item."""
    day = item.published
    found: dict[str, Any] = {
        "id": key(item), "type": "article-newspaper", "title": item.title, "container-title": item.publication,
        "author": [
            {"family": name.family, "given": name.given, **({"suffix": name.suffix} if name.suffix else {})}
            if name.given else {"literal": name.family} for name in item.authors
        ],
        "issued": {"date-parts": [[part for part in (day.year, day.month, day.day) if part]]} if day else None,
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]},
        "URL": item.url, "note": item.note,
    }
    return {name: value for name, value in found.items() if value}


def key(item: Cited) -> str:
    """Unique and stable: the last part of the id in plain letters, and a checksum of the whole id."""
    plain = re.sub(r"[^a-z0-9]+", "-", item.id.rpartition("/")[2].lower()).strip("-")[:60]
    return f"{plain or 'item'}-{crc32(item.id.encode(errors='replace')):08x}"


def _ris_date(day: Issued) -> str:
    """Year, month and day, each followed by a slash whether or not it is known."""
    return f"{day.year:04}/" + "".join(f"{part:02}/" if part else "/" for part in (day.month, day.day))


def _tex_name(name: Name) -> str:
    if not name.given:
        return f"{{{_tex(name.family)}}}"
    return ", ".join(_tex(part) for part in (name.family, name.suffix, name.given) if part)


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in _one_line(text))


def _one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())
