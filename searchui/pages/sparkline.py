"""Counts over the years as a chart the size of a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

HEIGHT = 16                       # of the drawing, in its own units
BAR = 4                           # width of a year
_GAP = 1


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Bars as one path, a year each. text: the same in words."""

    width: int
    path: str
    text: str


def sparkline(counts: Mapping[str, int], years: Sequence[int]) -> Sparkline | None:
    """Bars to the scale of the highest; None for fewer than two years, in which nothing can rise or fall."""
    if len(years) < 2 or not counts:
        return None
    most = max(counts.values())
    bars = "".join(_bar(at * BAR, round(HEIGHT * counts[str(year)] / most) or 1)
                   for at, year in enumerate(years) if counts.get(str(year)))
    return Sparkline(len(years) * BAR, bars, ", ".join(f"{year}: {count}" for year, count in sorted(counts.items())))


def _bar(left: int, height: int) -> str:
    return f"M{left} {HEIGHT}v-{height}h{BAR - _GAP}v{height}z"
