"""Where an export comes from: the search, its filters, how much there is, which build of the index, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from indexer import Kind
from searchui.request import KINDS

# Characters that open something in one of the formats, and what a comment has in their place.
_OPENING = {ord('"'): "'", ord("@"): " at ", ord("{"): "(", ord("}"): ")"}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an export comes from, in words and as an address. time is UTC."""

    kind: Kind
    query: str
    understood: str
    filters: tuple[str, ...]
    total: int
    exported: int
    build: str
    time: datetime
    url: str

    def lines(self) -> list[str]:
        """The same as lines of a comment, without characters that would open something in any of the formats."""
        noun = next(name for name, kind in KINDS.items() if kind == self.kind)
        count = f"{self.total}" if self.exported == self.total else f"the first {self.exported} of {self.total}"
        lines = [f"onrecord, {count} {noun} for: {self.understood}"]
        lines += [f"Filters: {'; '.join(self.filters)}"] if self.filters else []
        lines += [f"Address: {self.url}", f"Index build {self.build}, exported {self._time}"]
        return [" ".join(line.translate(_OPENING).split()) for line in lines]

    def values(self) -> dict[str, Any]:
        return {
            "query": self.query, "understood": self.understood, "filters": [*self.filters], "total": self.total,
            "exported": self.exported, "build": self.build, "time": self._time, "url": self.url,
        }

    @property
    def _time(self) -> str:
        return f"{self.time:%Y-%m-%dT%H:%M:%SZ}"
