"""What is to be built, from what, and how; and who is told how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from indexer.build.code_version import program_version
from indexer.build.keeper_files import KeeperFiles
from indexer.reading import Options

TIMEOUT = 60.0           # seconds of the processor that reading an article may take


class Progress(Protocol):
    """Is told how far a build is."""

    def begin(self, step: str, total: int) -> None: ...

    def advance(self, done: int = 1, words: int = 0) -> None: ...


class Silence:
    """For builds that nobody watches."""

    def begin(self, step: str, total: int) -> None:
        pass

    def advance(self, done: int = 1, words: int = 0) -> None:
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildPlan:
    """One build, as it was asked for."""

    data: Path
    index: Path
    jobs: int
    full: bool
    engine: str
    keeper: KeeperFiles
    timeout: float
    max_bytes: int
    annotations: Path | None
    options: Options
    encoder: Path | None
    progress: Progress
    started: float                # time.monotonic()
    most_lost: float

    @property
    def takes_what_is_there(self) -> bool:
        """Whether nothing is to be done if nothing has changed."""
        return not self.full and not self.annotations

    @property
    def settings(self) -> str:
        """Equal if of the same files the same index is built."""
        parts = (self.data.resolve(), self.engine, program_version(), self.keeper.digest, self.max_bytes, self.options,
                 self.encoder)
        return repr(parts)
