"""Which column of a table, or key of an object, is headline, byline, day and story; a row as a draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from indexer.errors import ArticleError
from indexer.reading.drafts import BodyKind, Draft, Options
from indexer.reading.keys import key_of
from indexer.reading.metadata import AUTHORS, DATES, TITLES

# By which names each is known besides those of front matter, the best first, without what is no letter or digit.
USUAL: Mapping[str, tuple[str, ...]] = {
    "id": tuple("""
        id uuid guid articleid storyid postid documentid docid recordid accessionnumber identifier key slug postname
    """.split()),
    "title": (*TITLES, *"title headline hed heading posttitle articletitle storytitle head".split()),
    "author": (*AUTHORS, *"""
        author authors byline by creator dccreator writer writers reporter journalist postauthor authorname
    """.split()),
    "date": (*DATES, *"""
        date datepublished published publishedat publicationdate publisheddate publishedon pubdate publishdate postdate
        firstpublished issuedate datetime dateline timestamp created createdat day year
    """.split()),
    "text": tuple("""
        text body content contenthtml bodyhtml fulltext articletext articlebody storytext story article maintext
        bodytext contenttext postcontent html markdown transcript paragraphs description summary excerpt
    """.split()),
    "url": tuple("""
        url link permalink canonical canonicalurl weburl articleurl sourceurl originalurl address href
    """.split()),
}
LONGEST_EXTRA = 2_000         # characters of a further column that are worth keeping beside an article

_TAG = re.compile(r"</?(?:a|b|blockquote|br|div|em|figure|h[1-6]|i|img|li|ol|p|span|strong|table|ul)(?=[\s/>])"
                  r"[^<>]{0,2000}>", re.IGNORECASE)
_IN_OBJECTS = ("rendered", "html", "text", "value", "name", "#text", "raw")


def chosen(names: Iterable[str], options: Options) -> dict[str, str]:
    """For "id", "title", "author", "date", "text", "url" the name that stands for it here, as far as there is one."""
    names = list(names)
    known = {_folded(name): name for name in reversed(names)}
    found = {}
    for field, usual in USUAL.items():
        configured = options.columns.get(field, "")
        if configured:
            name = configured if configured in names else known.get(_folded(configured), "")
        else:
            name = next((known[each] for each in map(_folded, usual) if each in known), "")
        if name:
            found[field] = name
    return found


def no_text(names: Iterable[str], path: Path, line: int | None = None) -> ArticleError:
    """Why a table, or an object, is none of articles."""
    there = ", ".join(list(names)[:12])[:200]
    return ArticleError(path, f"no column that is the story's text among: {there}; name it in onrecord.toml: "
                              '[columns] text = "…"', line)


def draft_of(
    row: Mapping[str, object], columns: Mapping[str, str], number: int, line: int | None, encoding: str = ""
) -> Draft:
    """The story of a row. number counts the rows from 1, for one that has no id of its own."""
    value = {field: row.get(name) for field, name in columns.items()}
    body = as_text(value.get("text"))
    fields: dict[str, object] = {
        name.strip().lower(): text for name, each in row.items()
        if name not in columns.values() and (text := as_text(each)) and len(text) <= LONGEST_EXTRA}
    fields |= {field: found for field, found in {
        "title": as_text(value.get("title")), "author": value.get("author"), "date": _date(value.get("date")),
        "url": as_text(value.get("url"))}.items() if found}
    key = key_of(value.get("id"), value.get("url")) or str(number)
    return Draft(body, _kind(body, columns["text"]), fields, key, line, encoding)


def as_text(value: object) -> str:
    """A value of JSON as text: of an object what it says under a usual name, of a list its parts, a paragraph each."""
    for _ in range(4):
        if not isinstance(value, Mapping):
            break
        value = next((value[name] for name in _IN_OBJECTS if value.get(name)), "")
    if isinstance(value, list):
        return "\n\n".join(str(each) for each in value if isinstance(each, str | int | float))
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _date(value: object) -> str:
    """Programs count seconds, or thousandths of them, from the beginning of 1970."""
    number = as_text(value).strip()
    if re.fullmatch(r"\d{9,10}|\d{12,13}", number):
        return datetime.fromtimestamp(int(number[:10] if len(number) < 12 else number[:-3]), UTC).isoformat()
    return number


def is_html(body: str) -> bool:
    """Whether a body holds a tag of HTML."""
    return _TAG.search(body) is not None


def _kind(body: str, name: str) -> BodyKind:
    if is_html(body):
        return "html"
    return "markdown" if _folded(name) == "markdown" else "text"


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name)).lower()
