"""What the archive's keeper wrote beside the articles: who is who (people.toml), who said what (corrections.toml)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.corrections import CORRECTIONS_FILE, Corrections, read_corrections
from indexer.identity import Overrides, read_overrides

OVERRIDES = "people.toml"


@dataclass(frozen=True, slots=True)
class KeeperFiles:
    """Both files as they were read. digest: equal as long as neither is changed; people_digest: as long as who is who
    is not."""

    overrides: Overrides
    corrections: Corrections
    digest: str
    people_digest: str


def read_keeper_files(data: Path, overrides: Path | None = None) -> KeeperFiles:
    """The files in the folder of the articles; overrides: another people.toml. Raises ConfigError."""
    people, corrections = overrides or data / OVERRIDES, data / CORRECTIONS_FILE
    of_people, of_both = (hashlib.sha256(b"\0".join(path.read_bytes() if path.exists() else b"" for path in paths))
                          for paths in ((people,), (people, corrections)))
    return KeeperFiles(
        read_overrides(people), read_corrections(corrections), of_both.hexdigest(), of_people.hexdigest())


def changed_since(data: Path, moment: float) -> Iterator[str]:
    """Those of the files that were written after a moment, in seconds of the epoch."""
    return (name for name in (OVERRIDES, CORRECTIONS_FILE)
            if (data / name).exists() and (data / name).stat().st_mtime > moment)
