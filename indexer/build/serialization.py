"""Annotated articles as compact bytes, and back: what the ledger keeps, and what travels between processes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from indexer.models import Annotated, Article, Block, Link, Mention, Person, Quotation, Span

LEVEL = 1          # of compression: the fastest halves the size already


def pack(annotated: Annotated) -> bytes:
    """The article and its quotations; its people are packed apart, for they are read without it."""
    article = annotated.article
    return packed({
        "id": article.id, "path": article.path, "title": article.title, "author": article.author,
        "published": article.published and article.published.isoformat(), "text": article.text,
        "blocks": [(*_ends(block.span), block.kind) for block in article.blocks],
        "links": [(*_ends(link.span), link.url) for link in article.links],
        "extra": dict(article.extra), "authors": article.authors, "precision": article.precision,
        "language": article.language,
        "quotations": [
            (*_ends(each.span), each.kind, each.speaker, each.speaker_kind, each.method,
             _ends(each.cue), _ends(each.source), each.certainty, *_stance(each))
            for each in annotated.quotations
        ],
    })


def unpack(packed: bytes, people: tuple[Person, ...]) -> Annotated:
    """What was packed, with the people who were packed apart."""
    held = unpacked(packed)
    article = Article(
        id=held["id"], path=held["path"], title=held["title"], author=held["author"],
        published=datetime.fromisoformat(held["published"]) if held["published"] else None, text=held["text"],
        blocks=tuple(Block(Span(start, end), kind) for start, end, kind in held["blocks"]),
        links=tuple(Link(Span(start, end), url) for start, end, url in held["links"]),
        extra=held["extra"], authors=tuple(held["authors"]), precision=held["precision"], language=held["language"],
    )
    quotations = tuple(
        Quotation(Span(start, end), kind, speaker, speaker_kind, method, _span(cue), _span(source), certainty, *stance)
        for start, end, kind, speaker, speaker_kind, method, cue, source, certainty, *stance in held["quotations"]
    )
    return Annotated(article, people, quotations)


def pack_people(people: Sequence[Person]) -> bytes:
    """The persons of one article."""
    return packed([
        (person.name, person.description, person.age, person.gender,
         [(_ends(each.span), each.name) for each in person.mentions])
        for person in people
    ])


def unpack_people(packed: bytes) -> tuple[Person, ...]:
    """The persons that were packed."""
    return tuple(
        Person(name, tuple(Mention(_span(span), written) for span, written in mentions), description, age, gender)
        for name, description, age, gender, mentions in unpacked(packed)
    )


def names_packed(people: bytes) -> bytes:
    """Of packed persons each form of a name once and without its places; nothing of a person's only name."""
    found = []
    for name, description, age, gender, mentions in unpacked(people):
        written = list(dict.fromkeys(form for _, form in mentions))
        found.append((name, description, age, gender, written if written != [name] else 0))
    return packed(found)


def unpack_names(packed: bytes) -> tuple[Person, ...]:
    """The persons of whom the names were packed, with mentions that are nowhere."""
    return tuple(
        Person(name, (_nowhere(name),) if written == 0 else tuple(map(_nowhere, written)), description, age, gender)
        for name, description, age, gender, written in unpacked(packed)
    )


@lru_cache(100_000)
def _nowhere(written: str) -> Mention:
    return Mention(None, written)


def packed(value: Any) -> bytes:
    """A value of JSON as compact bytes."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), LEVEL)


def unpacked(data: bytes) -> Any:
    """The value that was packed; ValueError where a single bit is another."""
    try:
        return json.loads(zlib.decompress(data))
    except (zlib.error, TypeError) as error:
        raise ValueError(f"damaged: {error}") from error


def _stance(quotation: Quotation) -> tuple[str | None, ...]:
    """The stance and whose it is; nothing of words that were said, as nearly all are."""
    return () if quotation.stance == "said" else (quotation.stance, quotation.stance_of)


def _ends(span: Span | None) -> tuple[int, ...]:
    return (span.start, span.end) if span is not None else ()


def _span(ends: Sequence[int] | None) -> Span | None:
    return Span(*ends) if ends else None
