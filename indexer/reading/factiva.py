"""What Factiva gives to download as HTML: articles as they are shown, or as tables with a code for each field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from indexer.errors import ArticleError
from indexer.reading.drafts import Draft, Found, Source
from indexer.reading.encodings import decoded
from indexer.reading.keys import key_of
from indexer.reading.markup import as_html, page_of, text_of

_BEGINS = re.compile(rb"""class=["'][^"']{0,80}\b[a-z]{2}(?:Article|Headline)\b""")
_SURELY = (b"articleParagraph", b"<b>HD</b>", b"Factiva")
_ARTICLE = re.compile(r"\b(?:[a-z]{2}Article|article)\b")
_DOCUMENT = re.compile(r"Document ([A-Za-z0-9]{10,40})\s*$")
_DATE = re.compile(r"\d{1,2} [A-Z][a-z]+ (?:19|20)\d\d")
_WORDS = re.compile(r"[\d,.]+ words")
_CODES = {"HD": "title", "BY": "author", "PD": "date", "SN": "publication", "SE": "section", "AN": "identifier",
          "CR": "credit"}


def begins(beginning: bytes) -> bool:
    return _BEGINS.search(beginning) is not None and any(each in beginning for each in _SURELY)


def read(source: Source) -> Iterator[Found]:
    """The articles of a download."""
    text, encoding = decoded(source.data or b"", source.path)
    page = page_of(text)
    articles = [] if page is None else [
        each for each in page.iter("div") if _ARTICLE.search(each.get("class", ""))
        and not any(_ARTICLE.search(outer.get("class", "")) for outer in each.iterancestors("div"))]
    if not articles:
        raise ArticleError(source.path, "no articles in this download of Factiva")
    for number, article in enumerate(articles, 1):
        fields, body = _of_table(article) or _as_shown(article)
        if not body:
            yield ArticleError(source.path, f"article {number}: no text")
            continue
        key = key_of(fields.pop("identifier", ""), f"{fields.get('date', '')} {fields.get('title', '')}".lower())
        yield Draft(body, "html", {**fields}, key or str(number), encoding=encoding)


def _of_table(article: Any) -> tuple[dict[str, str], str] | None:
    """Rows of a code and what it is for; the story is in LP and TD."""
    fields: dict[str, str] = {}
    body = ""
    for row in article.iter("tr"):
        cells = list(row.iter("td"))
        code = text_of(cells[0]) if len(cells) > 1 else ""
        if code in ("LP", "TD"):
            body += as_html(cells[1])
        elif code in _CODES:
            fields[_CODES[code]] = " ".join(text_of(cells[1]).split())
    if not fields:
        return None
    return {**fields, "identifier": fields.get("identifier", "").removeprefix("Document ")}, body


def _as_shown(article: Any) -> tuple[dict[str, str], str]:
    """A headline, lines about the article, paragraphs, and at the end the number of the document."""
    fields: dict[str, str] = {}
    lines: list[str] = []
    body = ""
    for each in article.iter("div", "p", "span"):
        css, text = each.get("class", ""), " ".join(text_of(each).split())
        if "Headline" in css:
            fields.setdefault("title", text)
        elif css == "author":
            fields.setdefault("author", text)
        elif each.tag == "p" and (found := _DOCUMENT.match(text)):
            fields["identifier"] = found[1]
        elif each.tag == "p" and text:
            body += f"<p>{as_html(each)}</p>"
        elif each.tag == "div" and text and len(each) == 0 and not body:
            lines.append(text)
    dated = next((at for at, line in enumerate(lines) if _DATE.fullmatch(line)), None)
    if dated is not None:
        fields["date"] = lines[dated]
        after = [line for line in lines[dated + 1:] if not re.fullmatch(r"\d{1,2}:\d\d.*", line)]
        fields["publication"] = after[0] if after else ""
    return fields, body
