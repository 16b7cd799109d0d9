"""The manifest of a build: what it was made from, so that the next build writes only what has changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from indexer.build.census import Appearance, Census, Roll
from indexer.build.ledger import Source
from indexer.build.sealed_file import read_sealed, write_sealed
from indexer.models import Identity
from indexer.search import Kind

MANIFEST = "manifest"


class Identities(Protocol):
    """Who the persons of the articles are (identity.People)."""

    def in_article(self, article_id: str) -> Mapping[str, Identity]: ...


@dataclass(frozen=True, slots=True)
class Manifest:
    """digests: for each article, by its id, a hash of all that its documents are made from. rolls: who is in it."""

    digests: Mapping[str, str] = field(default_factory=dict)
    rolls: Mapping[str, Roll] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        articles = {id: (digest, *self.rolls[id]) for id, digest in self.digests.items()}
        write_sealed(folder / MANIFEST, json.dumps(articles, ensure_ascii=False, separators=(",", ":")).encode())


def read_manifest(folder: Path) -> Manifest:
    """The manifest in the folder of a build; an empty one if there is none or if it is damaged."""
    text = read_sealed(folder / MANIFEST)
    if not text:
        return Manifest()
    articles = json.loads(text)
    rolls = {id: Roll(day, quotations, [Appearance(*each) for each in people], *more)
             for id, (_, day, quotations, people, *more) in articles.items()}
    return Manifest({id: digest for id, (digest, *_) in articles.items()}, rolls)


def digests(sources: Iterable[Source], people: Identities, groups: Mapping[str, str]) -> dict[str, str]:
    """For each article a hash of what its documents are made from: the file, the code that read it, when it was
    first seen, its group, and who its persons are."""
    known: dict[tuple[str, bool], str] = {}

    def names(identity: Identity) -> str:
        key = identity.slug, identity.inferred      # one identity of a build differs in nothing else
        return known.get(key) or known.setdefault(key, _names(identity))

    return {source.id: _digest([*source, groups.get(source.id, ""), *(
                part for name, identity in people.in_article(source.id).items() for part in (name, names(identity)))])
            for source in sources}


def _names(identity: Identity) -> str:
    """Equal for identities with which an article is indexed alike: the order of the aliases makes no difference."""
    inferred, gender = str(identity.inferred), identity.gender or ""
    return _digest([identity.slug, identity.name, inferred, gender, *sorted(identity.aliases)])


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode(errors="surrogatepass"), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Changes:
    """What must be written to turn the previous build into the next."""

    articles: frozenset[str]             # new ones, and those whose documents change
    gone: frozenset[str]
    census: Census                       # of the articles that stay; those that are written are added


def changes(previous: Manifest, digests: Mapping[str, str], identities: Iterable[Identity]) -> Changes:
    """The changes from the previous build to one of these digests and identities.

    Whoever was or is in an article that changes is counted anew: that includes everybody whose name changes.
    """
    changed = frozenset(id for id, digest in digests.items() if previous.digests.get(id) != digest)
    gone = frozenset(previous.digests.keys() - digests.keys())
    stay = {id: roll for id, roll in previous.rolls.items() if id not in changed and id not in gone}
    recounted = {each.slug for id in changed | gone if id in previous.rolls for each in previous.rolls[id].people}
    return Changes(changed, gone, Census(identities, stay, recounted))


def outdated(previous: Manifest, changes: Changes) -> list[tuple[Kind, str]]:
    """The documents of the previous build that are no longer true, by kind and id. Call it when the census is
    complete."""
    found: list[tuple[Kind, str]] = []
    for id in sorted((changes.articles | changes.gone) & previous.digests.keys()):
        found.append(("article", id))
        found.extend(("quotation", each) for each in _quotation_ids(id, previous.rolls[id]))
    slugs = {each.slug for roll in previous.rolls.values() for each in roll.people}
    return found + [("person", slug) for slug in sorted(slugs - changes.census.slugs())]


def _quotation_ids(article_id: str, roll: Roll) -> Iterator[str]:
    """The ids of all that an article quotes or reports (documents numbers them)."""
    for letter, count in (("q", roll.quotations), ("r", roll.reported)):
        yield from (f"{article_id}#{letter}{number}" for number in range(1, count + 1))
