"""What a saved page says of its story: in its head, in what is written for programs, and beside its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from lxml import etree, html as lxml_html

from indexer.reading.bylines import authors_of, is_byline, is_institution
from indexer.reading.dates import date_of_path, is_utc, read_date
from indexer.reading.html_text import fold_spaces, original_address
from indexer.reading.structured_data import structured

MAX_TREE = 5_000_000         # characters of a page that are looked through for its fields
LONGEST_CREDIT = 160         # of a byline or a date line
NEAR = 400                   # elements behind the headline among which its byline and date stand

# For each field, the names of <meta> that give it, the best first.
_META = {
    "title": (
        "og:title", "headline", "dc.title", "dcterms.title", "dc:title", "citation_title", "parsely-title",
        "sailthru.title", "hdl", "twitter:title", "title",
    ),
    "author": (
        "author", "authors", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "dc:creator",
        "byl", "byline", "citation_author", "parsely-author", "sailthru.author", "cxenseparse_author",
        "article.author", "rbauthors", "article:author_name", "shareaholic:article_author_name", "dcsext.author",
        "creator", "twitter:creator",
    ),
    "date": (
        "article:published_time", "og:article:published_time", "datepublished", "article:published",
        "article.published", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dc:date",
        "dc.date.created", "dcterms.created", "citation_publication_date", "citation_date", "parsely-pub-date",
        "sailthru.date", "cxenseparse_recs_publishtime", "pubdate", "pub_date", "publishdate", "publish-date",
        "publish_date", "publication_date", "publicationdate", "originalpublicationdate", "article_date_original",
        "published_date", "published-date", "bt:pubdate", "ptime", "displaydate", "datecreated", "date.created",
        "og:pubdate", "article:create_date", "shareaholic:article_published_time", "pdate", "cdate", "date",
    ),
    "url": ("og:url",),
    "site": ("og:site_name", "application-name"),
}
_BYLINE = re.compile(r"(?:^|[\s_-])(?:author|auth|contributor|writer)(?:s|name)?(?:$|[\s_-])|byline", re.IGNORECASE)
_DATED = re.compile(r"(?:^|[\s_-])(?:date|dateline|published|pubdate|posted|timestamp|time|datetime)(?:$|[\s_-])"
                    r"|publish|(?:entry|post|article)-?date", re.IGNORECASE)
_PAPER = re.compile(
    r"\s(?:Argus|Bulletin|Chronicle|Courier|Daily|Dispatch|Echo|Examiner|Gazette|Guardian|Herald|Independent|Inquirer"
    r"|Journal|Mail|Mercury|News|Observer|Post|Press|Record|Register|Standard|Star|Sun|Telegraph|Times|Tribune)$")
_TITLED = re.compile(r"(?:^|\s)(?:entry|post|article|story|node)[-_]?(?:title|headline)(?:$|\s)", re.IGNORECASE)
_AFTER_TITLE = re.compile(r"\s+(?:[|»·•]|::|[-–—])\s+")


def page_fields(page: str) -> dict[str, object]:
    """Title, authors, date and address, as far as a page gives them.

    What it says for programs (JSON-LD, <meta>) goes before what stands beside its headline. A stamp of Greenwich's time
    gives way to the day that the page itself shows, where that is the day before or after.
    """
    try:
        tree = lxml_html.document_fromstring(page[:MAX_TREE].encode("utf-8", "replace"), parser=_parser())
    except (etree.LxmlError, ValueError):
        return {}
    said = _Said(tree)
    fields: dict[str, object] = {
        "title": said.title(), "author": said.authors(), "date": said.date(), "url": said.address(),
    }
    return {name: value for name, value in fields.items() if value}


def _parser() -> Any:
    return lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)


class _Said:
    """What one page says, each in the order of trust."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._meta: dict[str, list[str]] = {}
        for meta in tree.iter("meta"):
            content = fold_spaces(meta.get("content") or "")
            for name in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
                if name and content:
                    self._meta.setdefault(name.strip().lower(), []).append(content)
        self._linked = structured(script.text or "" for script in tree.iter("script")
                                  if "ld+json" in (script.get("type") or "").lower())
        headings = [text for heading in tree.iter("h1") if (text := _words(heading))]
        self._heading = headings[0] if len(set(headings)) == 1 else ""
        self._near = list(_near_headline(tree))

    def title(self) -> str:
        named = [*self._linked.titles, *self._of_meta("title")[:1], *(_words(each) for each in self._with("headline"))]
        printed = (_words(each) for each in islice(self._tree.iter("title"), 1))
        for title in (*named, self._heading, self._titled(), *printed):
            if title:
                return self._without_site(fold_spaces(title))
        return ""

    def _titled(self) -> str:
        """The only lesser heading that is marked as a story's title."""
        found = {_words(each) for each in self._tree.iter("h2", "h3", "h4") if _TITLED.search(each.get("class") or "")}
        return next(iter(found)) if len(found) == 1 else ""

    def authors(self) -> list[str]:
        """The first source that names anybody, a paper only if none names more: addresses and handles are nobody."""
        first: list[str] = []
        for names in self._author_sources():
            found = [name for name in names if authors_of(name)]
            if any(" " in each and not self._is_paper(each) for name in found for each in authors_of(name)):
                return found
            first = first or found
        return first

    def _is_paper(self, name: str) -> bool:
        """Whether a page gives itself, or an agency, as its author: somebody may be named elsewhere."""
        site = next(iter(self._of_meta("site")), self._linked.publisher)
        return name.casefold() == site.casefold() or is_institution(name) or _PAPER.search(name) is not None

    def date(self) -> str:
        stamps = [*self._linked.dates, *self._of_meta("date"), *self._times()]
        found = next((stamp for stamp in stamps if read_date(stamp)), "")
        shown = [line for line in self._shown_dates() if read_date(line)]
        if found and is_utc(found):
            return next((line for line in shown if _is_other_day(found, line)), found)
        return found or next(iter(shown), "") or self._day_of_address()

    def address(self) -> str:
        links = (link.get("href") or "" for link in self._tree.iter("link")
                 if "canonical" in (link.get("rel") or "").lower())
        return next(filter(None, (*links, *self._of_meta("url"), *self._linked.addresses)), "").strip()

    def _of_meta(self, field: str) -> list[str]:
        return next((self._meta[name] for name in _META[field] if name in self._meta), [])

    def _author_sources(self) -> Iterator[list[str]]:
        yield self._linked.authors
        for name in _META["author"]:
            yield self._meta.get(name, [])
        yield [_words(each) for each in self._with("author")]
        yield [_words(each) for each in self._near if "author" in (each.get("rel") or "").lower().split()]
        yield [_words(each) for each in self._near
               if _BYLINE.search(_labels(each)) and each.tag not in ("body", "article")][:1]
        yield [line for each in self._near if each.tag in ("p", "div", "span", "address", "h2", "h3", "h4", "h5", "h6")
               and is_byline(line := _words(each))][:1]

    def _with(self, property: str) -> list[Any]:
        """Elements of the page that are marked up as that property."""
        found = (each for each in self._tree.iter(etree.Element)
                 if each.tag != "meta" and property in (each.get("itemprop") or "").lower().split())
        return [each for each in islice(found, 20) if len(_words(each)) <= LONGEST_CREDIT * 2]

    def _times(self) -> Iterator[str]:
        """<time> that is marked as the day of publication, then the first one behind the headline."""
        marked = [each for each in self._tree.iter(etree.Element)
                  if "datepublished" in (each.get("itemprop") or "").lower() or each.get("pubdate") is not None]
        near = [each for each in self._near if each.tag == "time"]
        for each in (*marked, *near):
            yield fold_spaces(each.get("datetime") or each.get("content") or "")
            yield _words(each)
        if not self._heading:
            yield from (fold_spaces(each.get("datetime") or "") for each in self._tree.iter("time"))

    def _shown_dates(self) -> Iterator[str]:
        """Date lines as the page shows them, behind its headline."""
        for each in self._near:
            if each.tag == "time" or _DATED.search(_labels(each)):
                yield _words(each)

    def _day_of_address(self) -> str:
        for address in (self.address(), *self._of_meta("url")):
            found = date_of_path(re.sub(r"^(?:https?:)?//[^/]*/", "", original_address(address)))
            if found and found.moment:
                return found.moment.strftime("%Y-%m-%d" if found.precision == "day" else "%Y-%m")
        return ""

    def _without_site(self, title: str) -> str:
        """“Ferry Sinks | The Dispatch” → “Ferry Sinks”, where the page's heading or the site's name says so."""
        parts = _AFTER_TITLE.split(title)
        if len(parts) < 2:
            return title
        site = next(iter(self._of_meta("site")), self._linked.publisher).casefold()
        for count in range(1, len(parts)):
            head = title[:[match.start() for match in _AFTER_TITLE.finditer(title)][count - 1]]
            rest = " ".join(parts[count:]).casefold()
            if head.casefold() == self._heading.casefold() or (site and rest == site):
                return head
        return title


def _near_headline(tree: Any) -> Iterator[Any]:
    """The elements around the headline: those in its header or article from there on."""
    heading = next(iter(tree.iter("h1")), None)
    if heading is None:
        heading = next(tree.iter("article", "main", "h2"), None)
    if heading is None:
        return
    header = heading.getparent()
    if header is not None and header.tag in ("header", "hgroup", "div"):
        yield from islice(header.iter(etree.Element), 60)
    yield from islice((each for each in _following(heading) if isinstance(each.tag, str)), NEAR)


def _following(element: Any) -> Iterator[Any]:
    """What stands in an element and, in the order of the page, behind it."""
    yield from element.iter()
    while element is not None:
        for sibling in element.itersiblings():
            yield from sibling.iter()
        element = element.getparent()


def _words(element: Any) -> str:
    """An element's text, as far as a credit goes; "" for one that holds more."""
    parts, size = [], 0
    for text in element.itertext():
        parts.append(text)
        size += len(text)
        if size > 2_000:
            return ""
    words = fold_spaces(" ".join(parts))
    return words if len(words) <= 2 * LONGEST_CREDIT else ""


def _labels(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"


def _is_other_day(stamp: str, line: str) -> bool:
    """Whether a line shows the day before or after a stamp."""
    first, second = read_date(stamp), read_date(line)
    if not (first and second and first.moment and second.moment) or second.precision != "day":
        return False
    return abs(first.moment.date() - second.moment.date()) == timedelta(days=1)
