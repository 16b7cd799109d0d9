"""The documents of an index as those of an archive of any size: fewer articles, or more, repeated with other ids, days
and surnames, so that terms and people grow with the articles.

What is read and understood once need not be read for each size: an engine is given documents, whoever made them.
Spans are not moved with the text, which no engine looks at.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from indexer.query.tree import EVERYTHING
from indexer.search.engine import Document, Engine, Kind

ENDINGS = ("son", "ova", "ez", "man", "ski", "well", "ton")
CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,}\b")
DAYS = 11                          # by which each copy is later than the one before
TEXTS = ("title", "author", "author_id", "text", "said", "context", "speaker", "name")
LISTS = ("speakers", "said", "mentioned", "names", "aliases")


def spool(engine: Engine, file: Path, articles: int | None) -> Counter[Kind]:
    """Write the documents of so many articles, their quotations and their people, a line of JSON each. Fewer than the
    index has are picked evenly. Returns how many there are of each kind."""
    counts: Counter[Kind] = Counter()
    stories = list(stories_of(engine))
    people = {str(hit.document["id"]): json.dumps(hit.document)
              for hit in engine.every(EVERYTHING, kind="person", sort="oldest")}
    alter = alteration(json.loads(person)["name"].split()[-1] for person in people.values())
    with file.open("w", encoding="utf-8") as lines:
        for copy, chosen in enumerate(parts(stories, articles or len(stories))):
            named: set[str] = set()
            for story in chosen:
                named.update(json.loads(story[0])["mentioned_id"] + json.loads(story[0])["speaker_id"])
            for line in [line for story in chosen for line in story] + [people[slug] for slug in sorted(named)]:
                document = alter(json.loads(line), copy)
                counts[document["kind"]] += 1
                lines.write(json.dumps(document) + "\n")
    return counts


def stories_of(engine: Engine) -> Iterator[list[str]]:
    """Each article with its quotations, as lines of JSON."""
    for hit in engine.every(EVERYTHING, kind="article", sort="oldest"):
        quotations = engine.quotations_of(str(hit.document["id"]))
        yield [json.dumps(document) for document in (hit.document, *quotations)]


def parts(stories: list[list[str]], articles: int) -> Iterator[list[list[str]]]:
    """What is in each copy: all of them, in the last the rest."""
    while articles > 0:
        taken = min(articles, len(stories))
        yield [stories[place * len(stories) // taken] for place in range(taken)]
        articles -= taken


def alteration(surnames: Iterator[str]) -> Callable[[dict[str, Any], int], Document]:
    """What makes of a document the same about other people; copy 0 stays as it is."""
    known = frozenset(surnames)

    def alter(document: dict[str, Any], copy: int) -> Document:
        if not copy:
            return document
        ending = ENDINGS[(copy - 1) % len(ENDINGS)] * (1 + (copy - 1) // len(ENDINGS))

        def renamed(text: str) -> str:
            return CAPITALISED.sub(lambda found: found[0] + ending if found[0] in known else found[0], text)

        for key in TEXTS:
            if isinstance(document.get(key), str):
                document[key] = renamed(document[key])
        for key in LISTS:
            if isinstance(document.get(key), list):
                document[key] = [renamed(each) for each in document[key]]
        _identify(document, copy)
        _postpone(document, timedelta(days=DAYS * copy))
        for person in document.get("people", ()):
            person.update(slug=f"{copy}-{person['slug']}", name=renamed(person["name"]))
        return document

    return alter


def _identify(document: dict[str, Any], copy: int) -> None:
    """Other ids; what was one story or one person in a copy stays one."""
    for key in ("id", "article_id", "path", "group"):
        if document.get(key):
            document[key] = f"{copy}-{document[key]}"
    for key in ("speaker_id", "mentioned_id"):
        slugs = document.get(key)
        if slugs:
            document[key] = f"{copy}-{slugs}" if isinstance(slugs, str) else [f"{copy}-{slug}" for slug in slugs]


def _postpone(document: dict[str, Any], later: timedelta) -> None:
    for key in ("date", "first", "last"):
        if document.get(key):
            day = date.fromisoformat(document[key][:10]) + later
            document[key] = f"{day}{document[key][10:]}"
    if document.get("date"):
        document.update(year=document["date"][:4], month=document["date"][:7])
