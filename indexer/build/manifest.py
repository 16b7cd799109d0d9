"""What a build was made of, kept beside it: the next build writes only what would come out otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from indexer.build.census import Appearance, Census, Roll
from indexer.search import Kind
from indexer.build.ledger import Source
from indexer.models import Identity

CONTENTS = "contents"             # a line with a hash of the rest, then JSON


class Resolved(Protocol):
    """Who the persons of the articles are (identity.People)."""

    def in_article(self, article_id: str) -> Mapping[str, Identity]: ...


@dataclass(frozen=True, slots=True)
class Contents:
    """digests: for each article, by its id, a hash of all that its documents are made of. rolls: who is in it."""

    digests: Mapping[str, str] = field(default_factory=dict)
    rolls: Mapping[str, Roll] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        held = {id: (digest, *self.rolls[id]) for id, digest in self.digests.items()}
        text = json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()
        (folder / CONTENTS).write_bytes(_sum(text) + b"\n" + text)


def read_contents(folder: Path) -> Contents:
    """Those of a build; nothing where there are none, or where they are not as they were written."""
    path = folder / CONTENTS
    written, _, text = path.read_bytes().partition(b"\n") if path.exists() else (b"", b"", b"")
    if not text or written != _sum(text):
        return Contents()
    articles = json.loads(text)
    rolls = {id: Roll(day, quotations, [Appearance(*each) for each in people])
             for id, (_, day, quotations, people) in articles.items()}
    return Contents({id: digest for id, (digest, *_) in articles.items()}, rolls)


def _sum(text: bytes) -> bytes:
    return blake2b(text, digest_size=12).hexdigest().encode()


def digests(sources: Iterable[Source], people: Resolved, groups: Mapping[str, str]) -> dict[str, str]:
    """A hash for each article of what its documents are made of: the file, what read it, when it was first seen,
    its group, and who its persons are."""
    known: dict[tuple[str, bool], str] = {}

    def names(identity: Identity) -> str:
        key = identity.slug, identity.inferred
        return known.get(key) or known.setdefault(key, _names(identity))

    return {source.id: _digest([*source, groups.get(source.id, ""), *(
                part for name, identity in people.in_article(source.id).items() for part in (name, names(identity)))])
            for source in sources}


def _names(identity: Identity) -> str:
    """Equal for identities under which an article is indexed alike: the order of the aliases is of no account."""
    return _digest([identity.slug, identity.name, str(identity.inferred), *sorted(identity.aliases)])


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode(errors="surrogatepass"), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True)
class Changes:
    """What must be written for a build to hold what it should, when it starts as the one before."""

    articles: frozenset[str]             # new ones and those that come out otherwise
    gone: frozenset[str]
    census: Census                       # of the articles that stay, to be completed with the others


def changes(before: Contents, digests: Mapping[str, str], identities: Iterable[Identity]) -> Changes:
    """From what was to what should be: digests and identities are those of now.

    A person is counted anew who was or is in an article that changes: whoever is called otherwise than before is.
    """
    changed = frozenset(id for id, digest in digests.items() if before.digests.get(id) != digest)
    gone = frozenset(before.digests.keys() - digests.keys())
    stay = {id: roll for id, roll in before.rolls.items() if id not in changed and id not in gone}
    counted = {each.slug for id in changed | gone if id in before.rolls for each in before.rolls[id].people}
    return Changes(changed, gone, Census(identities, stay, counted))


def taken_out(before: Contents, changes: Changes) -> list[tuple[Kind, str]]:
    """The documents of the build before that are no longer true, by kind and id. To be asked for when the census is
    complete."""
    out: list[tuple[Kind, str]] = []
    for id in sorted((changes.articles | changes.gone) & before.digests.keys()):
        out.append(("article", id))
        out.extend(("quotation", f"{id}#q{number + 1}") for number in range(before.rolls[id].quotations))
    slugs = {each.slug for roll in before.rolls.values() for each in roll.people}
    return out + [("person", slug) for slug in sorted(slugs - changes.census.slugs())]
