"""What other programs and other people take from a page: exports, the feed, references, reports of mistakes."""

from __future__ import annotations

from urllib.parse import quote

from flask import current_app, url_for

from indexer import Document
from searchui.formats import note, permalink
from searchui.pages.search_page import Link
from searchui.request import KINDS, Asked

_REFERENCES = (("RIS", "exports.as_ris"), ("BibTeX", "exports.as_bib"), ("CSL-JSON", "exports.as_csl"))
_TABLES = (("CSV", "exports.as_csv"), ("JSON lines", "exports.as_jsonl"))


def exports(asked: Asked) -> tuple[Link, ...]:
    """Where a form sends the search for each format; people cannot be cited."""
    formats = _TABLES if asked.kind == "person" else _TABLES + _REFERENCES
    return tuple(Link(label, url_for(endpoint)) for label, endpoint in formats)


def export_fields(asked: Asked) -> tuple[tuple[str, str], ...]:
    """What that form sends along, so that the export is of this search and not of one page of it."""
    return tuple(each for each in asked.params() if each[0] not in ("page", "per_page"))


def feed(asked: Asked) -> str:
    return asked.url("exports.as_feed")


def references(document: Document) -> tuple[Link, ...]:
    """The reference to one article or quotation in every format."""
    name = next(name for name, kind in KINDS.items() if kind == document["kind"])
    only = {"in": name, "id": document["id"]}
    return tuple(Link(label, url_for(endpoint, **only)) for label, endpoint in _REFERENCES)


def report_url(quotation: Document) -> str:
    """Where to tell of a wrong speaker, with what is known filled in; "" where the archive names no place.

    The configured address is that of a mailbox (mailto:…) or of a form that takes title and body."""
    address = current_app.config["REPORT_URL"]
    if not address:
        return ""
    title = "subject" if address.startswith("mailto:") else "title"
    body = "\n".join((permalink(quotation), "", note(quotation), "", "The speaker should be: "))
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{title}={quote('Wrong speaker: ' + quotation['id'], safe='')}&body={quote(body, safe='')}"
