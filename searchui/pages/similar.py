"""Quotations like one: the same words printed elsewhere, nearly the same words, the same meant in other words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer import STOP_WORDS, Document, Engine, Exact, NotFound, Words, any_of, fold, near_duplicates
from searchui.request import page_sizes

_TELLING = 12                     # words of a quotation by which others are looked for
_SHORTEST = 4                     # characters of such a word
_LOOKED_AT = 60                   # quotations that share most of them
_PRINTED = 30                     # printings of the same words
_LIKE = 0.6                       # cosine; quotations less alike mean something else


def printed_also(engine: Engine, quotation: Document) -> list[Document]:
    """The same words in other places, the earliest first."""
    if not quotation["group"]:
        return []
    hits = engine.search(Exact(quotation["group"], "group"), kind="quotation", sort="oldest", per_page=_PRINTED,
                         collapse=False).hits
    return [hit.document for hit in hits if hit.document["id"] != quotation["id"]]


def nearly_said(engine: Engine, quotation: Document) -> list[Document]:
    """Quotations that share most of their runs of words with this one, but not all words; one of each wording."""
    query = any_of(Words(word, "said") for word in telling_words(quotation["said"]))
    if query is None:
        return []
    hits = engine.search(query, kind="quotation", per_page=_LOOKED_AT, collapse=True).hits
    others = {hit.document["id"]: hit.document for hit in hits if not _same(hit.document, quotation)}
    near = near_duplicates(quotation["said"], ((id, each["said"]) for id, each in others.items()))
    return [others[each.id] for each in near][:page_sizes.NEARLY_SAID]


def telling_words(said: str) -> list[str]:
    """The longest of its words, which are the rarest more often than not."""
    words = dict.fromkeys(word for word in fold(said).split() if len(word) >= _SHORTEST and word not in STOP_WORDS)
    return sorted(words, key=lambda word: (-len(word), word))[:_TELLING]


def meant_alike(engine: Engine, quotation: Document, without: Iterable[Document]) -> list[Document]:
    """The nearest by what they mean, besides those named; none without the extra that knows meanings."""
    likeness = engine.meaning.likeness(quotation["said"], "quotations") if engine.meaning else None
    if likeness is None:
        return []
    groups = {quotation["group"], *(each["group"] for each in without)}
    near = [each.id for each in likeness.nearest(3 * page_sizes.NEARLY_SAID) if each.likeness >= _LIKE]
    found = []
    for document in _read(engine, near):
        if document["id"] != quotation["id"] and document["group"] not in groups:
            groups.add(document["group"])
            found.append(document)
    return found[:page_sizes.NEARLY_SAID]


def _read(engine: Engine, ids: Sequence[str]) -> Iterable[Document]:
    for id in ids:
        try:
            yield engine.get("quotation", id)
        except NotFound:                     # the vectors may be of another build
            continue


def _same(one: Document, other: Document) -> bool:
    return one["id"] == other["id"] or bool(one["group"]) and one["group"] == other["group"]
