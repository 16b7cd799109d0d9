"""One quotation: who said it and how surely, how to cite it, where else it was printed, who said nearly the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from indexer import Correction, Document, Engine, Exact, correction_entry, occurrence_of, written_words
from searchui.formats import STYLES, citation, cited_quotation, coins, permalink, words_of
from searchui.pages.hits import Day, article_url, day, quotation_url, trust, why
from searchui.pages.search_page import Link
from searchui.pages.share_links import keeper_form, references, report_url
from searchui.pages.stances import NotSaid, not_said
from searchui.request import page_sizes

_TITLE = 70                       # characters of the words in the title of the page
_LONG = 240                       # characters; longer words are not set as large
_PRINTED = 30                     # printings of the same words


@dataclass(frozen=True, slots=True)
class Alike:
    """Another quotation."""

    said: str
    block: bool
    reported: bool
    speaker: str
    slug: str
    level: str
    title: str
    url: str
    date: Day


@dataclass(frozen=True, slots=True)
class Mending:
    """What corrects a wrong speaker for good. entry: the lines of corrections.toml; person: the line of people.toml by
    which another person of that name is meant in this article, "" if none; form: where the keeper corrects it, ""
    unless this is the keeper's mode."""

    entry: str
    person: str
    form: str


@dataclass(frozen=True, slots=True)
class QuotationPage:
    """Everything the page of a quotation, or of reported speech, shows. said: the words without a comma at their end;
    opening, words, closing: their paragraph; of reported speech, its sentence."""

    title: str
    own_url: str
    said: str
    block: bool
    reported: bool
    speaker: str
    slug: str
    level: str
    trust: str
    why: str
    not_said: NotSaid | None
    date: Day
    headline: str
    author: str
    url: str
    permalink: str
    opening: str
    words: str
    closing: str
    line: str
    citations: tuple[tuple[str, str], ...]
    formats: tuple[Link, ...]
    report: str
    mending: Mending
    printed: tuple[Alike, ...]
    nearly: tuple[Alike, ...]
    meant: tuple[Alike, ...]
    coins: Markup

    @property
    def long(self) -> bool:
        return len(self.said) > _LONG

    @property
    def in_context(self) -> bool:
        """Whether its paragraph says more than the quotation; of reported speech the sentence is shown anyway."""
        return not self.reported and any(map(str.isalnum, self.opening + self.closing))


def id_of(path: str) -> str:
    """The id of a quotation from its address: a/b/q7 → a/b#q7."""
    article, _, number = path.rpartition("/")
    return f"{article}#{number}"


def quotation_page(engine: Engine, quotation: Document) -> QuotationPage:
    printed = printed_also(engine, quotation)
    alike = engine.similar("quotation", quotation["id"], page_sizes.NEARLY_SAID)
    start = quotation["start"] - quotation["context_start"]
    context = quotation["context"]
    said = " ".join(quotation["said"].split())
    short = said if len(said) <= _TITLE else said[:_TITLE].rsplit(" ", 1)[0] + "…"
    manner = ", paraphrased" if quotation["form"] == "reported" else ""
    return QuotationPage(
        title=f"{quotation['speaker'] or 'Speaker unknown'}{manner}: {words_of({**quotation, 'said': short})}",
        own_url=quotation_url(quotation["id"]),
        said=quotation["said"].removesuffix(","),
        block=quotation["quote_kind"] == "block",
        reported=quotation["form"] == "reported",
        speaker=quotation["speaker"],
        slug=quotation["speaker_id"],
        level=quotation["level"],
        trust=trust(quotation["level"]),
        why=why(quotation),
        not_said=not_said(quotation),
        date=day(quotation["date"]),
        headline=quotation["title"],
        author=quotation["author"],
        url=article_url(quotation["article_id"], "", quotation["id"].rpartition("#")[2]),
        permalink=permalink(quotation),
        opening=context[:start],
        words=quotation["said"],
        closing=context[start + len(quotation["said"]):],
        line=cited_quotation(quotation)["citation"],
        citations=tuple((style, citation(quotation, style)) for style in STYLES),
        formats=references(quotation),
        report=report_url(quotation),
        mending=_mending(engine, quotation),
        printed=_alike(printed),
        nearly=_alike([each.document for each in alike if not each.by_meaning]),
        meant=_alike([each.document for each in alike if each.by_meaning]),
        coins=coins(quotation),
    )


def _mending(engine: Engine, quotation: Document) -> Mending:
    """The name is to be filled in."""
    all_said = engine.quotations_of(quotation["article_id"])
    number = next((at for at, each in enumerate(all_said, 1) if each["id"] == quotation["id"]), 0)
    occurrence = occurrence_of([each["said"] for each in all_said], number) if number else 1
    correction = Correction(quotation["article_id"], written_words(quotation["said"]), occurrence, speaker="…")
    name, id = (json.dumps(quotation[each], ensure_ascii=False) for each in ("speaker", "article_id"))
    person = f'{name} = [{{ name = "…", articles = [{id}] }}]' if quotation["speaker_id"] else ""
    return Mending(correction_entry(correction, quotation["said"]), person, keeper_form(quotation["id"]))


def printed_also(engine: Engine, quotation: Document) -> list[Document]:
    """The same words in other places, the earliest first."""
    if not quotation["group"]:
        return []
    same = Exact(quotation["group"], "group")
    hits = engine.search(same, kind="quotation", filters=Exact(quotation["form"], "form"), sort="oldest",
                         per_page=_PRINTED, collapse=False).hits
    return [hit.document for hit in hits if hit.document["id"] != quotation["id"]]


def _alike(documents: Sequence[Document]) -> tuple[Alike, ...]:
    return tuple(
        Alike(each["said"], each["quote_kind"] == "block", each["form"] == "reported", each["speaker"],
              each["speaker_id"], each["level"], each["title"], quotation_url(each["id"]), day(each["date"]))
        for each in documents
    )
