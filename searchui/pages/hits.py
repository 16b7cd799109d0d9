"""A hit as the page shows it: with every address that it links to, and every text as it was published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from markupsafe import Markup

from indexer import MONTHS, Document, Hit, Snippet, measured_levels
from searchui.formats import coins
from searchui.pages.stances import NotSaid, not_said
from searchui.pages.story import marked
from searchui.request import Filter, SearchRequest

# What models.Method means: in a word or two, and in a sentence.
METHODS = {
    "name": ("named in full", "The article names the speaker beside these words."),
    "surname": ("by surname", "The article gives a surname here, and the full name elsewhere."),
    "pronoun": ("through a pronoun",
                "The article says he, she or they here, and speaks of this person just before."),
    "description": ("by description",
                    "The article describes the speaker here, and says elsewhere who that is."),
    "same speaker": ("continues the quotation before",
                     "These words follow others of this speaker, and nobody else is named between."),
    "block credit": ("by the credit line", "A line beside this block of text says whose words they are."),
    "corrected": ("corrected by the archive", "The archive’s keeper corrected what the program had found here."),
    "none": ("speaker not named", "The article does not say, in a way that we can follow, who spoke these words."),
}
# What a reader should make of each models.Level.
ADVICE = {
    "sure": "",
    "likely": "Check it before you quote it.",
    "unsure": "Read the passage before you believe it.",
}
INFERRED = " It prints only “{}”; who that is was inferred from the rest of the archive."


@dataclass(frozen=True, slots=True)
class Day:
    """When something was published: ISO for programs, in words for people; both "" if undated."""

    iso: str
    long: str


def day(date: str) -> Day:
    """"2012-03-04T17:30" → 4 March 2012; "2012-03" → March 2012, "2012" → 2012."""
    known = date[:10]
    try:
        read = datetime.fromisoformat(f"{known}-01-01"[:10])
    except ValueError:
        return Day("", "")
    parts = (f"{read.day}", MONTHS[read.month - 1], f"{read.year}")
    return Day(known, " ".join(parts[2 - known.count("-"):]))


def years(first: str, last: str) -> str:
    """Two ISO days as the years they span: 2009–2017."""
    found = sorted({each[:4] for each in (first, last) if each})
    return "–".join(found)


@dataclass(frozen=True, slots=True)
class ArticleHit:
    number: int
    id: str
    url: str
    title: Markup | str
    author: str
    date: Day
    snippets: tuple[Markup, ...]
    quotations: int
    speakers: tuple[tuple[str, str], ...]     # name, slug
    more_speakers: int
    duplicates: int
    duplicates_url: str
    by_meaning: bool
    coins: Markup


@dataclass(frozen=True, slots=True)
class QuotationHit:
    number: int
    id: str
    url: str
    said: Markup
    block: bool                               # set apart in print, and so without quotation marks of its own
    reported: bool                            # the words are the reporter's: before and after are the rest of their
    before: str                               # sentence; "" of quotations
    after: str
    not_said: NotSaid | None                  # None if the words were said
    speaker: str
    slug: str
    how: str
    level: str                                # how far to trust the speaker: sure, likely, unsure
    title: str
    author: str
    date: Day
    duplicates: int
    duplicates_url: str
    by_meaning: bool
    cite_url: str                             # its own page
    coins: Markup


@dataclass(frozen=True, slots=True)
class PersonHit:
    number: int
    url: str
    name: Markup
    role: str
    aliases: tuple[str, ...]
    quotations: int
    articles: int
    span: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A name in a list of people."""

    name: str
    slug: str
    role: str = ""
    quotations: int = 0


_SPEAKERS_SHOWN = 3
_ALIASES_SHOWN = 4
_MARKS = 12                       # marks of one passage


def article_url(id: str, typed: str = "", anchor: str | None = None, *, external: bool = False) -> str:
    """The permanent address of an article; with what was typed, so that its words are marked."""
    return url_for("pages.article", id=id, q=typed or None, _anchor=anchor, _external=external)


def quotation_url(id: str) -> str:
    """The page of a quotation: its number is the last part of the address."""
    article, _, number = id.rpartition("#")
    return url_for("pages.quotation", id=f"{article}/{number}")


def _same_group_url(hit: Hit) -> str:
    """The search for everything printed nearly the same, each hit shown separately; "" if that is nothing else."""
    if not hit.duplicates:
        return ""
    document = hit.document
    same = SearchRequest(kind=document["kind"], filters=(Filter("group", document["group"]),), collapse=False)
    return (same.of_forms("reported") if document.get("form") == "reported" else same).url()


def article_hit(hit: Hit, number: int, typed: str) -> ArticleHit:
    document = hit.document
    speaking = speakers(document)
    return ArticleHit(
        number=number,
        id=document["id"],
        url=article_url(document["id"], typed),
        title=of_snippet(hit.title),
        author=document["author"],
        date=day(document["date"]),
        snippets=tuple(map(of_snippet, hit.snippets)),
        quotations=document["quotations"],
        speakers=tuple(speaking[:_SPEAKERS_SHOWN]),
        more_speakers=max(0, len(speaking) - _SPEAKERS_SHOWN),
        duplicates=hit.duplicates,
        duplicates_url=_same_group_url(hit),
        by_meaning=hit.by_meaning,
        coins=coins(document),
    )


def quotation_hit(hit: Hit, number: int, typed: str) -> QuotationHit:
    document = hit.document
    anchor = document["id"].rpartition("#")[2]
    before, after = _around(document)
    return QuotationHit(
        number=number,
        id=document["id"],
        url=article_url(document["article_id"], typed, anchor),
        said=of_snippet(_shown(document, hit.snippets[0] if hit.snippets else Snippet(document["said"]))),
        block=document["quote_kind"] == "block",
        reported=document["form"] == "reported",
        before=before,
        after=after,
        not_said=not_said(document),
        speaker=document["speaker"],
        slug=document["speaker_id"],
        how=how(document),
        level=document["level"],
        title=document["title"],
        author=document["author"],
        date=day(document["date"]),
        duplicates=hit.duplicates,
        duplicates_url=_same_group_url(hit),
        by_meaning=hit.by_meaning,
        cite_url=quotation_url(document["id"]),
        coins=coins(document),
    )


def _around(quotation: Document) -> tuple[str, str]:
    """The rest of the sentence before and after reported speech; of a quotation nothing."""
    if quotation["form"] != "reported":
        return "", ""
    start = quotation["start"] - quotation["context_start"]
    return quotation["context"][:start], quotation["context"][start + len(quotation["said"]):]


def _shown(quotation: Document, said: Snippet) -> Snippet:
    return said if quotation["form"] == "reported" else without_comma(said)


def quotation_hits(hits: Iterable[Hit], first: int, typed: str) -> tuple[QuotationHit, ...]:
    """Quotations as the page shows them, numbered from first."""
    return tuple(quotation_hit(hit, number, typed) for number, hit in enumerate(hits, first))


def person_hit(hit: Hit, number: int) -> PersonHit:
    document = hit.document
    return PersonHit(
        number=number,
        url=url_for("pages.person", slug=document["id"]),
        name=of_snippet(hit.title),
        role=next(iter(document["roles"]), ""),
        aliases=tuple(document["aliases"][:_ALIASES_SHOWN]),
        quotations=document["quotations"],
        articles=document["articles"],
        span=years(document["first"], document["last"]),
    )


def of_snippet(snippet: Snippet) -> Markup:
    """A passage with its matches marked; in a list with a word in every line, the first matches are enough."""
    return marked(snippet.text, ((mark.start, mark.end) for mark in snippet.marks[:_MARKS]))


def without_comma(said: Snippet) -> Snippet:
    """Without a comma at its end, which belongs to the sentence around the quotation, not shown here."""
    text = said.text.removesuffix(",")
    return Snippet(text, tuple(mark for mark in said.marks if mark.end <= len(text)))


def how(quotation: Document) -> str:
    """How the speaker is known, in a few words; none if the article gives the full name, as people expect."""
    if quotation["inferred"]:
        return f"“{quotation['names'][-1]}” in print; person inferred"
    return "" if quotation["method"] in ("name", "none") else METHODS.get(quotation["method"], ("", ""))[0]


def why(quotation: Document) -> str:
    """The same as a sentence, and what the keeper says of a correction, or why it is nobody's."""
    method = METHODS.get(quotation["method"], METHODS["none"])[1]
    if quotation["note"]:
        return f"{method} {'The keeper’s note: ' if quotation['method'] == 'corrected' else ''}{quotation['note']}"
    return method + (INFERRED.format(quotation["names"][-1]) if quotation["inferred"] else "")


def trust(level: str) -> str:
    """How far a speaker of this level can be trusted, as measured: “In tests, 84 in 100 such answers were right …”."""
    right = measured_levels().get(level)
    measured = f"In tests, {100 * right:.0f} in 100 such answers were right." if right else ""
    return " ".join(filter(None, (measured, ADVICE[level])))


def speakers(article: Document) -> list[tuple[str, str]]:
    """The people quoted in an article, in the order in which it names them: name, slug."""
    quoted = set(article["speaker_id"])
    return [(each["name"], each["slug"]) for each in article["people"] if each["slug"] in quoted]
