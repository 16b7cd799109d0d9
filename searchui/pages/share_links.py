"""Links for other programs and other people: exports, the feed, references, reports of mistakes."""

from __future__ import annotations

from urllib.parse import quote

from flask import current_app, url_for

from indexer import Document
from searchui.formats import note, permalink
from searchui.pages.search_page import Link
from searchui.request import KINDS, SearchRequest

_REFERENCES = (("RIS", "exports.as_ris"), ("BibTeX", "exports.as_bib"), ("CSL-JSON", "exports.as_csl"))
_TABLES = (("CSV", "exports.as_csv"), ("JSON lines", "exports.as_jsonl"))


def exports(search: SearchRequest) -> tuple[Link, ...]:
    """The address of each export; people cannot be cited."""
    formats = _TABLES if search.kind == "person" else _TABLES + _REFERENCES
    return tuple(Link(label, url_for(endpoint)) for label, endpoint in formats)


def export_fields(search: SearchRequest) -> tuple[tuple[str, str], ...]:
    """The parameters of an export: of the whole search, not of one page of it. From a page a table is mostly opened
    with Excel, which takes it for UTF-8 only by its mark."""
    return (*(each for each in search.params() if each[0] not in ("page", "per_page")), ("bom", "1"))


def feed(search: SearchRequest) -> str:
    return search.url("exports.as_feed")


def references(document: Document) -> tuple[Link, ...]:
    """The reference to one article or quotation in every format."""
    name = next(name for name, kind in KINDS.items() if kind == document["kind"])
    only = {"in": name, "id": document["id"]}
    return tuple(Link(label, url_for(endpoint, **only)) for label, endpoint in _REFERENCES)


def keeper_form(id: str) -> str:
    """The address at which the keeper corrects a quotation; "" unless the server runs in keeper's mode."""
    return url_for("keeper.correction", id=id) if "keeper" in current_app.blueprints else ""


def report_url(quotation: Document) -> str:
    """The address at which to report a wrong speaker, with the quotation filled in; "" if none is configured.

    The configured address is that of a mailbox (mailto:…) or of a form that takes title and body."""
    address = current_app.config["REPORT_URL"]
    if not address:
        return ""
    title = "subject" if address.startswith("mailto:") else "title"
    body = "\n".join((permalink(quotation), "", note(quotation), "", "The speaker should be: "))
    separator = "&" if "?" in address else "?"
    subject = quote(f"Wrong speaker: {quotation['id']}", safe="")
    return f"{address}{separator}{title}={subject}&body={quote(body, safe='')}"
