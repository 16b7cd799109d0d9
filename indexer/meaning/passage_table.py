"""Which passage of which article has which row of the vectors: what one build knows of meaning.

    builds/<id>/meaning.json              the encoder, the generations, the articles with the version of each
                meaning-stories.npy       an entry a passage, in the order of the articles
                meaning-quotations.npy    an entry a quotation
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np

from indexer.errors import VectorsDamaged
from indexer.meaning.extra import TABLE

ENTRY = np.dtype([("article", "<u4"), ("quotation", "<u4"), ("start", "<u4"), ("end", "<u4"), ("row", "<u4")])

Part: TypeAlias = Literal["stories", "quotations"]
PARTS: tuple[Part, ...] = ("stories", "quotations")
Array: TypeAlias = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class PartTable:
    """The passages of one part. generation: the folder of its vectors; length: how many rows of that it refers to."""

    generation: str
    length: int
    entries: Array                # of ENTRY, by article and then by their order in it


@dataclass(frozen=True, slots=True)
class PassageTable:
    """The passages of a build. articles: ids in their order; versions: equal where an article has the same passages."""

    encoder: str                  # the key of the encoder
    dimension: int
    articles: Sequence[str] = ()
    versions: Sequence[str] = ()
    parts: Mapping[Part, PartTable] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Into the folder of a build."""
        for name, part in self.parts.items():
            np.save(folder / f"meaning-{name}.npy", part.entries)
        (folder / TABLE).write_text(json.dumps({
            "encoder": self.encoder, "dimension": self.dimension, "articles": list(self.articles),
            "versions": list(self.versions),
            "parts": {name: [part.generation, part.length] for name, part in self.parts.items()}}), "utf-8")


def read_table(folder: Path) -> PassageTable | None:
    """That of a build; None if the build knows nothing of meaning. VectorsDamaged if it is not as it was written."""
    try:
        about = json.loads((folder / TABLE).read_text("utf-8"))
        parts = {name: _part(folder, name, *about["parts"][name]) for name in PARTS}
        return _checked(PassageTable(about["encoder"], about["dimension"], about["articles"], about["versions"], parts))
    except FileNotFoundError as error:
        if Path(error.filename).name == TABLE:
            return None
        raise VectorsDamaged(folder) from error
    except (OSError, ValueError, TypeError, KeyError, EOFError) as error:
        raise VectorsDamaged(folder) from error


def _checked(table: PassageTable) -> PassageTable:
    """The table, if every entry is of an article and of a row that there is."""
    if len(table.articles) != len(table.versions):
        raise ValueError("another number of versions than of articles")
    for part in table.parts.values():
        if len(part.entries) and (part.entries["article"].max() >= len(table.articles)
                                  or part.entries["row"].max() >= part.length):
            raise ValueError("an entry beyond the end")
    return table


def _part(folder: Path, name: Part, generation: str, length: int) -> PartTable:
    entries: Array = np.load(folder / f"meaning-{name}.npy", mmap_mode="r", allow_pickle=False)
    if entries.dtype != ENTRY or entries.ndim != 1:
        raise ValueError("other columns")
    return PartTable(generation, length, entries)
