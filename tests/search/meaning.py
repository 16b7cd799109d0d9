"""A meaning as a test says it, for the searches and the likenesses that it helps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.models import Span
from indexer.search.likeness import Part

LEVY, FERRY, WALL, AGAIN, SCHOOLS, BIKES, GOAT, NOTE = (
    "nadia-okafor/levy-passes", "ben-castellan/ferry-fares", "nadia-okafor/sea-wall", "jonah-reyes/sea-wall-update",
    "priscilla-wu/school-closing", "margit-solheim/bike-lane", "terrence-boyle/goat", "lost/note")


@dataclass(frozen=True)
class Near:
    """A document that is said to be near, by its first words."""

    id: str
    likeness: float
    span: Span = Span(0, 12)

    @property
    def opening(self) -> float:
        return self.likeness

    @property
    def several(self) -> float:
        return self.likeness


@dataclass(frozen=True)
class Said:
    """How near which documents are."""

    near: Mapping[str, float]
    asked: list[tuple[str, Part]]
    alike: Mapping[str, Sequence[str]] = field(default_factory=dict)          # and related words

    def likeness(self, text: str, part: Part) -> Said | None:
        self.asked.append((text, part))
        return self

    def related(self, word: str) -> Sequence[str]:
        return self.alike.get(word, ())

    def warm(self) -> None:
        """It is open."""

    def nearest(self, most: int, among: Collection[str] | None = None) -> Sequence[Near]:
        found = [Near(id, near) for id, near in self.near.items() if among is None or id in among]
        return sorted(found, key=lambda each: -each.likeness)[:most]

    def like(self, id: str, part: Part, most: int) -> Sequence[Near]:
        return self.nearest(most, self.near.keys() - {id})

    def of(self, id: str) -> Near | None:
        return Near(id, self.near[id]) if id in self.near else None
