"""How an article, or a quotation in it, is cited: the journalist is the author; the speaker, and how the speaker is
known, go into the note."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from flask import current_app
from markupsafe import Markup

from indexer import MONTHS, Document, is_institution
from searchui.formats.answers import permalink

_MLA_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_PARTICLES = frozenset("al bin da dal de del della den der di dos du el la le st ten ter van von".split())
_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())


@dataclass(frozen=True, slots=True)
class Name:
    """An author. Only family: a name of one word, or one that is not a person's."""

    family: str
    given: str = ""
    suffix: str = ""
    is_person: bool = True

    @property
    def inverted(self) -> str:
        return ", ".join(part for part in (self.family, self.given, self.suffix) if part)

    @property
    def natural(self) -> str:
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)

    @property
    def initials(self) -> str:
        """“Zhao, M.-L.”"""
        letters = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in self.given.split())
        return ", ".join(part for part in (self.family, letters, self.suffix) if part)


@dataclass(frozen=True, slots=True)
class Issued:
    """When something was published, as far as known; month and day are 0 where they are not."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def iso(self) -> str:
        return f"{self.year:04}" + "".join(f"-{part:02}" for part in (self.month, self.day) if part)


@dataclass(frozen=True, slots=True)
class Cited:
    """What a reference holds. published: None if undated; note: "" unless it is to a quotation."""

    id: str
    title: str
    authors: tuple[Name, ...]
    published: Issued | None
    publication: str
    url: str
    note: str = ""


def cited(document: Document, noted: bool = True) -> Cited:
    """The reference to an article, or to the place of a quotation. noted: with its note."""
    quotation = document["kind"] == "quotation"
    return Cited(
        id=document["id"],
        title=" ".join(document["title"].split()) or "[Untitled]",
        authors=authors(document["author_id"]),
        published=Issued(*map(int, document["date"][:10].split("-"))) if document["date"] else None,
        publication=current_app.config["NAME"],
        url=permalink(document) if quotation else document["url"] or permalink(document),
        note=note(document) if quotation and noted else "",
    )


def note(quotation: Document) -> str:
    """The speaker, the words, and how the speaker is known."""
    return f"{_whose(quotation)}: {words_of(quotation)} {attribution(quotation)}"


def words_of(quotation: Document) -> str:
    """The words on one line, between quotation marks only if they are the speaker's own."""
    said = _one_line(quotation["said"])
    return said if quotation["form"] == "reported" else f"“{said}”"


def _whose(quotation: Document) -> str:
    """Whose words they are, or would be."""
    if quotation["form"] == "reported":
        return f"{_speaking(quotation)}, paraphrased by the reporter"
    if quotation["stance"] == "said":
        return f"Quotation of {quotation['speaker'] or 'an unknown speaker'}"
    whose = f" of {quotation['stance_of']}" if quotation["stance_of"] else ""
    return f"Words{whose} that were not said, according to the article ({quotation['stance']})"


def _speaking(quotation: Document) -> str:
    if quotation["stance"] == "said":
        return f"Statement of {quotation['speaker'] or 'an unknown speaker'}"
    if quotation["speaker"]:
        return f"Denial of {quotation['speaker']}"
    whose = f" of {quotation['stance_of']}" if quotation["stance_of"] else ""
    return f"Statement{whose} that was not made, according to the article ({quotation['stance']})"


def attribution(quotation: Document) -> str:
    """How the speaker is known, and where that is not sure, how far to trust it. Words that nobody said have none."""
    if quotation["method"] == "corrected":
        stance = "" if quotation["stance"] == "said" else f"stance: {quotation['stance']}, "
        note = f": {quotation['note']}" if quotation["note"] else ""
        return f"({stance or 'attribution: '}corrected by the archive{note})"
    if quotation["stance"] != "said" and not quotation["speaker"]:
        return f"(stance: {quotation['stance']})"
    how = quotation["method"] + (", resolved over the archive" if quotation["inferred"] else "")
    doubt = f"; speaker {quotation['level']}: identified automatically"
    return f"(attribution: {how}{doubt if quotation['speaker'] and quotation['level'] != 'sure' else ''})"


def authors(names: Sequence[str]) -> tuple[Name, ...]:
    """The names of authors in their parts; an agency's or a paper's is one part."""
    return tuple(map(_name, names))


@lru_cache(1000)
def _name(full: str) -> Name:
    if is_institution(full):
        return Name(full, is_person=False)
    words = full.replace(",", " ").split()
    suffix = words.pop() if len(words) > 2 and words[-1].lower() in _SUFFIXES else ""
    if len(words) < 2:
        return Name(full)
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return Name(" ".join(words[at:]), " ".join(words[:at]), suffix)


# --- As text, ready to copy -------------------------------------------------------------------------------

def citation(document: Document, style: str) -> str:
    """The citation in one of STYLES, as plain text."""
    return _one_line(STYLES[style](cited(document)))


def _apa(item: Cited) -> str:
    """APA, 7th edition."""
    day = item.published
    when = f"({_listed(day.year, _month_day(day))})" if day else "(n.d.)"
    names = [name.initials for name in item.authors]
    by = ", ".join(names[:-1]) + (", & " if names[1:] else "") + names[-1] if names else ""
    head = f"{_ended(by)} {when}. {_ended(item.title)}" if by else f"{_ended(item.title)} {when}."
    return f"{head} {_ended(item.publication)} {item.url}{_last(item)}"


def _mla(item: Cited) -> str:
    """MLA, 9th edition."""
    day = item.published
    month = _MLA_MONTHS[day.month - 1] if day and day.month else ""
    when = " ".join(filter(None, (f"{day.day or ''}", month, f"{day.year}, "))) if day else ""
    names = item.authors
    others = ", et al." if len(names) > 2 else f", and {_ended(names[1].natural)}" if names[1:] else ""
    by = f"{names[0].inverted}{others} " if others else f"{_ended(names[0].inverted)} " if names else ""
    return f"{by}{_quoted(item.title)} {item.publication}, {when}{item.url}.{_last(item)}"


def _chicago(item: Cited) -> str:
    """Chicago, 17th edition, bibliography."""
    day = item.published
    when = (", ".join(("", _month_day(day), f"{day.year}")) if day and day.day else
            f", {_month_day(day)} {day.year}".replace("  ", " ") if day else "")
    names = [item.authors[0].inverted, *(name.natural for name in item.authors[1:])] if item.authors else []
    by = ", ".join(names[:-1]) + (", and " if names[1:] else "") + names[-1] if names else ""
    return f"{_ended(by)} {_quoted(item.title)} {item.publication}{when}. {item.url}.{_last(item)}"


def spelled(day: Issued) -> str:
    """“4 March 2012”, “March 2012”, “2012”."""
    return " ".join(filter(None, (f"{day.day or ''}", MONTHS[day.month - 1] if day.month else "", f"{day.year}")))


def _month_day(day: Issued) -> str:
    """“March 4”, “March”, or nothing."""
    return " ".join(filter(None, (MONTHS[day.month - 1] if day.month else "", f"{day.day or ''}")))


def _listed(*parts: object) -> str:
    return ", ".join(f"{part}" for part in parts if part)


STYLES: Mapping[str, Callable[[Cited], str]] = {"APA": _apa, "MLA": _mla, "Chicago": _chicago}


def _last(item: Cited) -> str:
    return f" {_ended(item.note)}" if item.note else ""


def _ended(text: str) -> str:
    """With a full stop, unless it has one already."""
    return text if not text or text[-1] in ".?!" else f"{text}."


def _quoted(title: str) -> str:
    """In quotation marks; those inside become single ones."""
    inner = re.sub(r'"([^"]*)"', r"‘\1’", title).replace("“", "‘").replace("”", "’").replace('"', "’")
    return f"“{_ended(inner)}”"


def _one_line(text: str) -> str:
    return " ".join(text.split())


# --- As data in the page ----------------------------------------------------------------------------------

# Characters that a reference cannot hold as they are; of the others none means anything in HTML.
_ENCODED = re.compile(r"[^A-Za-z0-9_.~/:,()!?* -]")
_OPENING = "ctx_ver=Z39.88-2004&amp;rft_val_fmt=info:ofi/fmt:kev:mtx:dc&amp;rft.type=newspaperArticle"


def coins(document: Document) -> Markup:
    """COinS: an empty element from which Zotero takes the reference. The words of a quotation are beside it anyway."""
    quotation = document["kind"] == "quotation"
    item = cited(document, noted=False)
    about = f"{_whose(document)} {attribution(document)}" if quotation else ""
    pairs = [
        ("rft.title", item.title), ("rft.source", item.publication), ("rft.identifier", item.url),
        ("rft.date", item.published.iso if item.published else ""), ("rft.description", about),
        *(("rft.au", name.inverted) for name in item.authors),
    ]
    written = "&amp;".join((_OPENING, *(f"{name}={_encoded(value)}" for name, value in pairs if value)))
    return Markup(f'<span class="Z3988" title="{written}"></span>')       # nosec B704: nothing but what is encoded


def _encoded(value: str) -> str:
    return _ENCODED.sub(lambda found: quote(found.group(), safe=""), value).replace(" ", "+")


def dublin_core(article: Document) -> tuple[tuple[str, str], ...]:
    """Names and contents of the meta elements by which reference managers recognise a newspaper article."""
    item = cited(article)
    pairs = [
        ("dc.type", "newsitem"), ("dc.title", item.title), *(("dc.creator", name.natural) for name in item.authors),
        ("dc.date", item.published.iso if item.published else ""), ("dc.publisher", item.publication),
        ("dc.identifier", item.url),
    ]
    return tuple(pair for pair in pairs if pair[1])


def json_ld(article: Document, quotations: Sequence[Document]) -> dict[str, Any]:
    """schema.org: the NewsArticle and its Quotations; the speaker is the creator, if known. What the article reports
    in its own words is no quotation, and what nobody said is nobody's."""
    item = cited(article)
    own = [each for each in quotations if each["form"] == "quotation" and each["stance"] == "said"]
    longest = min(_LONGEST_TEXT, _TEXTS // max(1, len(own)))
    found = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": item.title, "url": permalink(article),
        "datePublished": article["date"], "sameAs": article["url"], "isAccessibleForFree": True,
        "author": [{"@type": "Person" if name.is_person else "Organization", "name": name.natural}
                   for name in item.authors],
        "publisher": {"@type": "Organization", "name": item.publication},
        "hasPart": [_quotation_ld(each, longest) for each in own],
    }
    return {key: value for key, value in found.items() if value}


_LONGEST_TEXT = 500               # characters; the whole statement is on the page already, and would travel twice
_TEXTS = 2_500                    # characters of all of them together


def _quotation_ld(quotation: Document, longest: int) -> dict[str, Any]:
    said = quotation["said"]
    text = said if len(said) <= longest else said[:longest].rsplit(None, 1)[0] + " …"
    found = {"@type": "Quotation", "text": text, "url": permalink(quotation)}
    kind = {"person": "Person", "organisation": "Organization"}.get(quotation["speaker_kind"])
    return {**found, "creator": {"@type": kind, "name": quotation["speaker"]}} if kind else found
