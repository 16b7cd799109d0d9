"""Who is who, kept with a build for the next one: where all articles name the same persons as before, as after most
edits of a text and most corrections of who said what, nothing is resolved anew."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from indexer.build.code_version import program_version
from indexer.build.corrected_articles import CorrectedArticles
from indexer.build.keeper_files import KeeperFiles
from indexer.build.sealed_file import read_sealed, write_sealed
from indexer.identity import Doubt, People, resolve
from indexer.index_folder import share_file
from indexer.models import Identity

PEOPLE = "people"                 # a line with all that the rest depends on, hashed, then JSON


@dataclass(frozen=True, slots=True)
class PeopleMemo:
    """What was worked out of the same names. names: equal as long as who is who is; before: the build that may have it,
    if any."""

    names: str
    before: Path | None

    @classmethod
    def of(cls, articles: CorrectedArticles, keeper: KeeperFiles, before: Path | None) -> PeopleMemo:
        parts = (articles.names_digest(), keeper.people_digest, program_version())
        return cls(hashlib.sha256("\n".join(parts).encode()).hexdigest(), before)

    def people(self, articles: CorrectedArticles, keeper: KeeperFiles) -> People:
        """Who is who in the archive."""
        return self.remembered() or resolve(articles.names(), keeper.overrides)

    def remembered(self) -> People | None:
        """As the build before had it; None if that had other names."""
        text = self._text()
        return _unpacked(json.loads(text)) if text else None

    def write(self, people: People, folder: Path) -> None:
        """Keep it with a build; what the one before has is the same file."""
        if self.before and self._text():
            share_file(self.before / PEOPLE, folder / PEOPLE)
        else:
            text = json.dumps(_packed(people), ensure_ascii=False, separators=(",", ":"))
            write_sealed(folder / PEOPLE, f"{self.names}\n{text}".encode())

    def _text(self) -> bytes:
        names, _, text = read_sealed(self.before / PEOPLE).partition(b"\n") if self.before else (b"", b"", b"")
        return text if names == self.names.encode() else b""


def _packed(people: People) -> Mapping[str, Any]:
    numbers: dict[Identity, int] = {}
    articles = {id: {name: numbers.setdefault(identity, len(numbers)) for name, identity in names.items()}
                for id, names in people.by_article.items()}
    identities = [(each.slug, each.name, each.aliases, each.inferred, each.gender) for each in numbers]
    return {"identities": identities, "articles": articles, "nobody": people.unresolved(None),
            "doubts": [*map(asdict, people.doubts)]}


def _unpacked(kept: Mapping[str, Any]) -> People:
    identities = [Identity(slug, name, tuple(aliases), *more) for slug, name, aliases, *more in kept["identities"]]
    by_article = {id: {name: identities[number] for name, number in names.items()}
                  for id, names in kept["articles"].items()}
    doubts = [Doubt(**{**each, "articles": tuple(each["articles"])}) for each in kept["doubts"]]
    return People(by_article, Counter(dict(kept["nobody"])), doubts)
