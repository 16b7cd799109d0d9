"""One article as the page shows it: its passages with their quotations, its people, and how to cite it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from flask import url_for
from markupsafe import Markup

from indexer import Document, Engine, Exact, Query, QueryTooSlow, Span, matches, wanted
from searchui.formats import STYLES, citation, coins, dublin_core, json_ld
from searchui.pages.hits import Day, Quoted, article_url, day, how, quotation_url, trust, why
from searchui.pages.search_page import Link
from searchui.pages.share_links import keeper_form, references
from searchui.pages.stances import not_said
from searchui.pages.story import Layers, Note, Passage, Stretch, evidence, passages

# Matches past these are marked, but get no link of their own at the top of the page.
_MATCHES_LISTED = 30
_DUPLICATES = 12
_LANGUAGES = {
    "ar": "Arabic", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi", "hy": "Armenian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ka": "Georgian", "ko": "Korean", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ru": "Russian",
    "sv": "Swedish", "ta": "Tamil", "th": "Thai", "tr": "Turkish", "zh": "Chinese",
}


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything the page of an article shows."""

    title: str
    author: str
    date: Day
    language: str                 # ISO 639-1
    language_name: str            # in English; "" for English, in which speakers are found
    path: str
    address: str                  # the address at which it was published, "" if unknown
    permalink: str
    passages: tuple[Passage, ...]
    quotations: int
    reported: int
    people: tuple[Quoted, ...]
    duplicates: tuple[Link, ...]
    similar: tuple[Link, ...]
    typed: str
    matches: int
    matches_listed: int
    back_url: str
    citations: tuple[tuple[str, str], ...]
    formats: tuple[Link, ...]
    meta: tuple[tuple[str, str], ...]
    json_ld: dict[str, Any]
    coins: Markup


def article_page(engine: Engine, article: Document, typed: str, query: Query | None, back_url: str) -> ArticlePage:
    """query: the search whose words are marked; None if there is none or it cannot be understood."""
    quotations = engine.quotations_of(article["id"])
    found = matches(article["text"], wanted(query, ("text", "said"))) if query else []
    spans = [match.span for match in found]
    return ArticlePage(
        title=article["title"],
        author=article["author"],
        date=day(article["date"]),
        language=article["language"],
        language_name="" if article["language"] == "en" else _LANGUAGES.get(article["language"], "another language"),
        path=article["path"],
        address=safe_address(article["url"]),
        permalink=url_for("pages.article", id=article["id"], _external=True),
        passages=tuple(passages(article["text"], _layers(article, quotations, spans), _notes(article, quotations))),
        quotations=article["quotations"],
        reported=article["reported"],
        people=_people(article, quotations),
        duplicates=_duplicates(engine, article),
        similar=_similar(engine, article),
        typed=typed,
        matches=len(spans),
        matches_listed=min(len(spans), _MATCHES_LISTED),
        back_url=back_url,
        citations=tuple((style, citation(article, style)) for style in STYLES),
        formats=references(article),
        meta=dublin_core(article),
        json_ld=json_ld(article, quotations),
        coins=coins(article),
    )


def safe_address(url: str) -> str:
    """The address if it is one of the web, else "": an archived page may hold javascript: and worse."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return _encoded(url) if parts.scheme in ("http", "https") and parts.netloc else ""


_HALF_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def _encoded(url: str) -> str:
    """An address with the characters encoded that it may not hold: nobody has checked archived pages."""
    address, mark, fragment = _HALF_ESCAPE.sub("%25", url).partition("#")
    return quote(address, safe=_UNESCAPED) + mark + quote(fragment, safe=_UNESCAPED)


_UNESCAPED = "!$%&'()*+,/:;=?@~"


def anchor_of(quotation: Document) -> str:
    """Where a quotation is on the page of its article: q7 of "ben-castellan/ferry#q7"."""
    return str(quotation["id"].rpartition("#")[2])


def _layers(article: Document, quotations: Sequence[Document], found: Sequence[Span]) -> Layers:
    blocks = [Stretch(*block) for block in article["blocks"]]
    return Layers(
        links=[Stretch(start, end, address) for start, end, url in article["links"] if (address := safe_address(url))],
        people=[Stretch(start, end, each["slug"]) for each in article["people"] for start, end in each["mentions"]],
        quotations=[Stretch(each["start"], each["end"], anchor_of(each)) for each in quotations],
        matches=[Stretch(span.start, span.end, number) for number, span in enumerate(found, 1)],
        styles=[block for block in blocks if block.value in ("bold", "italic")],
        blocks=[block for block in blocks if block.value not in ("bold", "italic")],
    )


def _notes(article: Document, quotations: Sequence[Document]) -> dict[str, Note]:
    return {anchor_of(each): _note(article, each) for each in quotations}


def _note(article: Document, quotation: Document) -> Note:
    text = article["text"]
    return Note(
        anchor=anchor_of(quotation),
        speaker=quotation["speaker"],
        slug=quotation["speaker_id"],
        how=_how(text, quotation),
        why=why(quotation),
        level=quotation["level"],
        trust="" if quotation["method"] == "corrected" else trust(quotation["level"]),
        evidence=evidence(text, (quotation["cue"], quotation["source"])),
        form=keeper_form(quotation["id"]),
        cite_url=quotation_url(quotation["id"]),
        not_said=not_said(quotation),
    )


_LONGEST_SOURCE = 28              # characters


def _how(text: str, quotation: Document) -> str:
    """How the speaker is known, in a word or two: what the article calls the speaker, if that is short."""
    if quotation["method"] == "corrected":
        return how(quotation)
    if not quotation["speaker"]:
        return "why?"
    if quotation["method"] in ("surname", "pronoun", "description") and quotation["source"]:
        start, end = quotation["source"]
        if "\n" not in text[start:end] and 0 < end - start <= _LONGEST_SOURCE:
            return f"as “{text[start:end]}”"
    named = "named in full" if quotation["speaker_id"] else "as printed"
    return how(quotation) or named


def _people(article: Document, quotations: Sequence[Document]) -> tuple[Quoted, ...]:
    """Those who are quoted, the most quoted first; then the others in the order in which the article names them."""
    counts = Counter(each["speaker_id"] for each in quotations if each["form"] == "quotation")
    people = [Quoted(each["name"], each["slug"], each["description"], counts[each["slug"]])
              for each in article["people"]]
    return tuple(sorted(people, key=lambda each: -each.quotations))


def _duplicates(engine: Engine, article: Document) -> tuple[Link, ...]:
    if not article["group"]:
        return ()
    same = Exact(article["group"], "group")
    try:
        hits = engine.search(same, kind="article", sort="oldest", per_page=_DUPLICATES, collapse=False).hits
    except QueryTooSlow:                  # an article opens, however long it is
        return ()
    return tuple(_link(hit.document) for hit in hits if hit.document["id"] != article["id"])


def _similar(engine: Engine, article: Document) -> tuple[Link, ...]:
    """More stories like it, if the index knows what its stories mean: to find them by words would take longer than all
    the rest of the page."""
    return tuple(_link(each.document) for each in engine.similar("article", article["id"])) if engine.meaning else ()


def _link(article: Document) -> Link:
    named = (article["title"] or "Untitled", article["author"], day(article["date"]).long)
    return Link(", ".join(filter(None, named)), article_url(article["id"]))
