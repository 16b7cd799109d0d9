"""A quotation as a line to paste: the words, who said them, how sure that is, and where they were printed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypedDict

from indexer import Document
from searchui.formats.answers import QuotationAnswer, quotation
from searchui.formats.citations import Cited, cited, spelled, words_of
from searchui.formats.references import ris


class CitedQuotation(QuotationAnswer):
    publication: str
    citation: str                 # a line to paste
    ris: str


class CitationsAnswer(TypedDict):
    """Quotations ready to be cited, in the order asked for. missing: ids that the archive does not have."""

    citations: list[CitedQuotation]
    missing: list[str]
    build: str


def cited_quotation(document: Document) -> CitedQuotation:
    item = cited(document)
    return {**quotation(document), "publication": item.publication, "citation": line_of(document, item),
            "ris": ris(item, datetime.now(UTC).date())}


def line_of(document: Document, item: Cited) -> str:
    """“Words,” Speaker (speaker likely; identified automatically), “Headline”, Paper, 4 March 2012, address."""
    day = spelled(item.published) if item.published else "undated"
    where = ", ".join((f"“{item.title}”", item.publication, day, item.url))
    return f"{words_of(document)} {speaker_of(document)}, {where}"


def speaker_of(document: Document) -> str:
    """The speaker, and how sure that is unless it is sure; and whether the words are the reporter's, or nobody's."""
    if document["stance"] != "said" and not document["speaker"]:
        return f"({document['stance']}: not said, according to the article)"
    if not document["speaker"]:
        return "(speaker not named)"
    notes = ["denied"] if document["stance"] == "denied" else []
    notes += ["paraphrased by the reporter"] if document["form"] == "reported" else []
    doubt = [f"speaker {document['level']}; identified automatically"] if document["level"] != "sure" else []
    noted = "; ".join(notes + doubt)
    return f"{document['speaker']} ({noted})" if noted else str(document["speaker"])
