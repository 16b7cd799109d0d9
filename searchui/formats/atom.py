"""The Atom feed of a search, and the description with which browsers add the archive to their search boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from flask import current_app, url_for

from indexer import Document, Engine, describe
from searchui.formats.answers import permalink
from searchui.formats.citations import attribution, authors, words_of
from searchui.request import SearchRequest, current_index

_ATOM = "http://www.w3.org/2005/Atom"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
# Characters that XML cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SUMMARY = 400                    # characters


def feed_of(search: SearchRequest, documents: Iterable[Document], total: int, engine: Engine) -> bytes:
    """The feed, newest first. Entries keep their ids from build to build, so that readers show only new ones."""
    built = _built(engine)
    entries = [_entry(document, built) for document in documents]
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xmlns:os": _OPENSEARCH})
    _add(feed, "title", f"{describe(search.query)}, {current_app.config['NAME']}")
    about = [f"{total} answers, index build {engine.build_id}", *search.filters_in_words()]
    _add(feed, "subtitle", ". ".join(about))
    _add(feed, "id", search.url("exports.as_feed", external=True))
    _add(feed, "updated", max([built, *(each.findtext("updated", "") for each in entries)], key=_instant))
    _add(feed, "generator", "onrecord")
    _add(feed, "link", rel="self", type="application/atom+xml", href=search.url("exports.as_feed", external=True))
    _add(feed, "link", rel="alternate", type="text/html", href=search.url(external=True))
    _add(feed, "link", rel="search", type="application/opensearchdescription+xml",
         href=url_for("exports.opensearch", _external=True))
    _add(feed, "os:totalResults", str(total))
    _add(feed, "os:startIndex", "1")
    _add(feed, "os:itemsPerPage", str(search.per_page))
    feed.extend(entries)
    return _bytes(feed)


def _entry(document: Document, built: str) -> ElementTree.Element:
    entry = ElementTree.Element("entry")
    url = permalink(document)
    _add(entry, "title", _heading(document))
    _add(entry, "id", url)
    _add(entry, "link", rel="alternate", type="text/html", href=url)
    published = _moment(document["date"]) if document.get("date") else ""
    _add(entry, "updated", _moment(document["indexed"]) if document.get("indexed") else published or built)
    if published:
        _add(entry, "published", published)
    for name in authors(document.get("author_id", ())) or (None,):
        _add(_add(entry, "author"), "name", name.natural if name else current_app.config["NAME"])
    _add(entry, "summary", _summary(document))
    return entry


def _heading(document: Document) -> str:
    if document["kind"] == "person":
        return str(document["name"])
    if document["kind"] == "quotation":
        return f"{_whose(document)}: {words_of({**document, 'said': _shortened(document['said'], 100)})}"
    return document["title"] or "Untitled"


def _whose(quotation: Document) -> str:
    """The speaker, and whether the words are the reporter's, or were never said."""
    manner = ", paraphrased" if quotation["form"] == "reported" else ""
    if quotation["stance"] == "said":
        return f"{quotation['speaker'] or 'Unknown speaker'}{manner}"
    if quotation["speaker"]:
        return f"Denied by {quotation['speaker']}{manner}"
    whose = f" by {quotation['stance_of']}" if quotation["stance_of"] else ""
    return f"{quotation['stance'].capitalize()}, not said{whose}{manner}"


def _summary(document: Document) -> str:
    if document["kind"] == "person":
        reported = f" and {document['reported']} reported" if document["reported"] else ""
        return f"{document['quotations']} quotations{reported}, named in {document['articles']} articles"
    if document["kind"] == "quotation":
        manner = "Paraphrased by the reporter: " if document["form"] == "reported" else ""
        return f"{manner}{words_of(document)} In: {document['title'] or 'Untitled'} {attribution(document)}"
    return _shortened(document["text"], _SUMMARY)


def _shortened(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rpartition(" ")[0] + "…"


def _built(engine: Engine) -> str:
    """When the index was built; where nobody says it, the last day that it holds."""
    built = current_index().report.get("built", "")
    return _moment(built or engine.stats()["last"] or "1970-01-01")


def _instant(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def _moment(date: str) -> str:
    """A plain local date as Atom wants it; the archive knows no time zones."""
    moment = datetime.fromisoformat(f"{date}-01-01"[:10] if len(date) < 10 else date)
    moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.isoformat().replace("+00:00", "Z")


def description_of(name: str) -> bytes:
    """OpenSearch 1.1."""
    root = ElementTree.Element("OpenSearchDescription", {"xmlns": _OPENSEARCH})
    _add(root, "ShortName", name[:16])
    _add(root, "LongName", name[:48])
    _add(root, "Description", f"Search {name}, and find who said what"[:1024])
    _add(root, "InputEncoding", "UTF-8")
    for kind, endpoint in (("text/html", "pages.search"), ("application/atom+xml", "exports.as_feed"),
                           ("application/x-suggestions+json", "exports.suggestions")):
        _add(root, "Url", type=kind, template=f"{url_for(endpoint, _external=True)}?q={{searchTerms}}")
    _add(root, "Url", type="application/opensearchdescription+xml", rel="self",
         template=url_for("exports.opensearch", _external=True))
    return _bytes(root)


def _add(parent: ElementTree.Element, tag: str, text: str = "", **attributes: Any) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, tag, {key: _FORBIDDEN.sub("", value) for key, value in attributes.items()})
    if text:
        element.text = _FORBIDDEN.sub("", text)
    return element


def _bytes(root: ElementTree.Element) -> bytes:
    found: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return found
