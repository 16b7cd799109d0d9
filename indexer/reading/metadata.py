"""What a story says of itself: the names of its fields, and those that the head of a saved page gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bs4 import BeautifulSoup

# By which names the fields of a story are known, the best first: in front matter, in heads of pages, in tables.
TITLES = ("title", "headline")
AUTHORS = ("authors", "author", "byline", "by", "creator")
DATES = ("date", "published", "published_at", "pubdate", "publishdate", "publish_date", "date_published", "datepublished", "created", "created_at", "date_text")

LONGEST_HEAD = 200_000       # characters: what is looked for stands near the start

# For each field, the names of <meta> that give it, the best first.
_META = {
    "title": ("og:title", "dc.title", "twitter:title", "headline"),
    "author": ("author", "article:author", "dc.creator", "byl", "parsely-author"),
    "date": ("article:published_time", "datepublished", "dc.date", "dc.date.issued", "pubdate", "date"),
    "url": ("og:url",),
}


def first_of(fields: Mapping[str, object], names: Iterable[str]) -> object:
    """The value of the best of these names that has one; "" where none has."""
    return next((fields[name] for name in names if fields.get(name)), "")


def head_fields(html: str) -> dict[str, str]:
    """Title, author, date and address, as far as the page gives them."""
    soup = BeautifulSoup("<!DOCTYPE html>" + html[:LONGEST_HEAD], "lxml")
    said: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            said.setdefault(str(name).lower(), str(meta["content"]).strip())
    fields = {field: next((said[name] for name in names if name in said), "") for field, names in _META.items()}
    for element in soup.find_all(["title", "link", "time"]):
        if element.name == "title":
            fields["title"] = fields["title"] or element.get_text()
        elif element.name == "link" and "canonical" in str(element.get("rel", "")):
            fields["url"] = str(element.get("href", "")) or fields["url"]
        elif element.name == "time":
            fields["date"] = fields["date"] or str(element.get("datetime", ""))
    return {field: value for field, value in fields.items() if value}
