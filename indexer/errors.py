"""What can go wrong, one small class for each thing that a caller would do differently."""

from __future__ import annotations

from pathlib import Path


class OnRecordError(Exception):
    """Anything that onrecord knows how to explain; its text says where, what, and what to do."""


class ArticleError(OnRecordError):
    """A file that cannot be an article: empty, binary, without text, or with front matter that never ends."""

    def __init__(self, path: str | Path, reason: str, line: int | None = None) -> None:
        where = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{where}: {reason}")
        self.path = str(path)
        self.reason = reason
        self.line = line

    def __reduce__(self) -> tuple[type[ArticleError], tuple[str, str, int | None]]:
        """Errors travel between the build's processes; the default would lose the parts."""
        return type(self), (self.path, self.reason, self.line)


class Unreadable(ArticleError):
    """A file or folder that the system does not let us read now; what was read of it before is still known."""


class QueryError(OnRecordError):
    """A query that means nothing; position is the character at which it stops making sense, meant the word that was
    probably to stand there, "" where none suggests itself."""

    def __init__(self, reason: str, position: int = 0, meant: str = "") -> None:
        super().__init__(reason)
        self.position = position
        self.meant = meant


class QueryTooLarge(QueryError):
    """A query that is longer, has more parts, or stands for more words than one may ask."""


class QueryTooSlow(OnRecordError):
    """A query that was stopped because it took longer than the server allows."""


class IndexMissing(OnRecordError):
    """There is no index where one was looked for."""

    def __init__(self, index: str | Path) -> None:
        super().__init__(f"No index in {index}. Build one: onrecord build DATA --index {index}")


class IndexOutdated(OnRecordError):
    """The index was written by another version of onrecord, or by another engine."""

    def __init__(self, index: str | Path, found: str, expected: str) -> None:
        super().__init__(
            f"The index in {index} was written as {found}, this program reads {expected}. "
            f"Build it again: onrecord build DATA --index {index} --full"
        )


class IndexDamaged(OnRecordError):
    """A file of the index is not as it was written: the disk, or a copy that was cut short."""

    def __init__(self, index: str | Path, what: str) -> None:
        super().__init__(f"The index in {index} is damaged: {what}. "
                         f"Build it again: onrecord build DATA --index {index} --full")


class EngineMissing(OnRecordError):
    """The engine is one of ours, but what it is made of is not installed."""

    def __init__(self, engine: str, library: str) -> None:
        super().__init__(f"The engine {engine} needs {library}, which is not installed: "
                         f"pip install 'onrecord[{engine}]'")


class ClusterUnreachable(OnRecordError):
    """The machines that keep the index do not answer, are too busy, or refuse who asks."""


class IndexLocked(OnRecordError):
    """Another build holds the lock of this index."""


class LedgerDamaged(OnRecordError):
    """What was written down of the files cannot be relied on; a build reads them all again."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(f"{path}: damaged, or of another version; the next build reads every file again")


class BuildFailed(OnRecordError):
    """Nothing was built: no folder to read, no room on the disk. The index that was there still answers."""


class NotFound(OnRecordError):
    """No article or person of that name is in the index."""


class ConfigError(OnRecordError):
    """A mistake in a file that the user wrote (onrecord.toml, people.toml, corrections.toml), named by file and
    line."""

    def __init__(self, path: str | Path, reason: str, line: int | None = None) -> None:
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path = str(path)
        self.reason = reason
        self.line = line


class CorrectionError(OnRecordError):
    """A correction of a quotation that means nothing; key is what is wrong in it, "" if something is missing."""

    def __init__(self, reason: str, key: str = "") -> None:
        super().__init__(reason)
        self.key = key


class ExtraMissing(OnRecordError):
    """Something was asked for that needs an extra which is not installed."""

    def __init__(self, extra: str, why: str) -> None:
        super().__init__(f"The extra {extra} is not installed, but {why}: pip install 'onrecord[{extra}]'")


class ModelError(OnRecordError):
    """A sentence encoder that is missing, cannot be got, or may not be used."""


class VectorsDamaged(OnRecordError):
    """What was written of the meaning of passages cannot be relied on; words are searched without it."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(f"{path}: damaged; search by meaning is off. Build again: onrecord build --full")
