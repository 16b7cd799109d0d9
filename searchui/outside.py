"""What other programs take from a page: exports, the feed, citations. Empty where that part is not installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from indexer import Document
from searchui.asked import Asked
from searchui.pages import Link


def exports(asked: Asked) -> tuple[Link, ...]:
    return ()


def feed(asked: Asked) -> str:
    return ""


def citation_span(document: Document) -> Markup:
    return Markup("")


def citations(article: Document) -> tuple[tuple[str, str], ...]:
    return ()


def formats(article: Document) -> tuple[Link, ...]:
    return ()


def article_meta(article: Document) -> tuple[tuple[str, str], ...]:
    return ()


def json_ld(article: Document, quotations: Sequence[Document]) -> dict[str, Any]:
    return {}


def report_url(quotation: Document) -> str:
    return ""
