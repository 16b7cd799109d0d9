"""The folder of an index: which of its builds answers, who builds, and the switch from one build to the next.

    index/CURRENT              the id of the build that answers
    index/builds/<id>/         a build: what the engine wrote, and report.json, written last
    index/reports/<id>.json    the report of every build, also of those that are gone
    index/ledger.sqlite        what every file of the archive was when it was last read
    index/unchanged            a hash of what the last build saw, by which an update sees that nothing has changed
    index/lock                 locked while a build runs; that the file exists means nothing
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from stat import S_ISREG, S_ISVTX, S_IWOTH
from typing import IO, Any

from indexer.errors import IndexLocked, IndexMissing, OnRecordError

REPORT = "report.json"
_held: set[IO[Any]] = set()              # the lock files that this process has locked
_NOT_OURS = ("belongs to another user or can be written by anybody: opening an index that others could change can run "
             "their code.")


def current_build(index: str | Path) -> str:
    """The id of the build that answers; IndexMissing if none does."""
    try:
        build = (Path(index) / "CURRENT").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise IndexMissing(index) from None
    if not build or "/" in build or build.startswith(".") or not build_folder(index, build).is_dir():
        raise IndexMissing(index)
    return build


def build_folder(index: str | Path, build: str) -> Path:
    return Path(index) / "builds" / build


def ledger_path(index: str | Path) -> Path:
    return Path(index) / "ledger.sqlite"


def report_of(index: str | Path, build: str) -> dict[str, Any]:
    """The report that was written when a build was made; empty if it cannot be read."""
    try:
        report = json.loads((build_folder(index, build) / REPORT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return report if isinstance(report, dict) else {}


def check_owner(index: str | Path, build: str) -> None:
    """Refuse an index that others could have written or could change: it may hold pickles, which can run code when they
    are opened. Every file and folder of the build must be ours or root's, and no folder above may be anybody's."""
    folder = build_folder(index, build)
    above = Path(index).resolve()
    for path in (Path(index), Path(index) / "CURRENT", folder.parent, folder, *folder.rglob("*")):
        status = path.stat()
        if status.st_uid not in (os.geteuid(), 0) or status.st_mode & S_IWOTH:
            raise OnRecordError(f"{path} {_NOT_OURS} Build your own, or take it over: chown -R $USER {index}; "
                                f"chmod -R o-w {index}")
    for parent in above.parents:
        mode = parent.stat().st_mode
        if mode & S_IWOTH and not mode & S_ISVTX:
            raise OnRecordError(f"{parent} {_NOT_OURS} Move the index, or: chmod o-w {parent}")


def files_of(folder: Path, before: Path | None = None, known: Mapping[str, Any] = {}) -> dict[str, list[Any]]:
    """Size and hash of every file of a build. What it has in common with the build before, the same file on the disk,
    keeps the hash that is known from there."""
    found: dict[str, list[Any]] = {}
    for path in sorted(folder.rglob("*")):
        name, status = path.relative_to(folder).as_posix(), path.stat()
        if S_ISREG(status.st_mode) and name != REPORT and not name.lower().endswith("lock"):
            old = known.get(name)
            is_same = before is not None and old and old[0] == status.st_size and _is_same_file(before / name, status)
            found[name] = [status.st_size, old[1] if old and is_same else _hash(path)]
    return found


def damaged(folder: Path, report: Mapping[str, Any], thorough: bool = False) -> Iterator[str]:
    """What is wrong with the files of a build, in words: the size of one, or, if looked at thoroughly, its content."""
    for name, (size, digest) in report.get("files", {}).items():
        path = folder / name
        found = path.stat().st_size if path.is_file() else -1
        if found < 0:
            yield f"{name} is missing"
        elif found != size:
            yield f"{name} has {found:,} bytes and was written with {size:,}"
        elif thorough and _hash(path) != digest:
            yield f"{name} is not what was written"


def _is_same_file(path: Path, status: os.stat_result) -> bool:
    try:
        return os.path.samestat(path.stat(), status)
    except OSError:
        return False


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]


@contextmanager
def locked(index: str | Path) -> Iterator[None]:
    """Let one process build at a time. The system releases the lock when its holder ends, however it ends."""
    Path(index).mkdir(parents=True, exist_ok=True)
    with open(Path(index) / "lock", "a+", encoding="utf-8") as file:
        if not take_lock(file):
            file.seek(0)
            raise IndexLocked(_held_by(index, file.read(500))) from None
        file.truncate(0)
        since = datetime.now().isoformat(" ", "seconds")
        file.write(json.dumps({"process": os.getpid(), "host": socket.gethostname(), "since": since}))
        file.flush()
        _held.add(file)
        try:
            yield
        finally:
            _held.remove(file)


def _let_go() -> None:
    """A copy of this process, which shares its open files, would keep an index locked until it ends too."""
    for file in _held:
        file.close()
    _held.clear()


os.register_at_fork(after_in_child=_let_go)


def take_lock(file: IO[Any]) -> bool:
    """Lock an open file until it is closed or the process ends; False if another process holds the lock."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def remove_unfinished(index: str | Path) -> None:
    """Remove what is left of builds that were killed or ran out of disk space."""
    for folder in _builds(index):
        if not (folder / REPORT).exists():
            shutil.rmtree(folder, ignore_errors=True)


def new_build(index: str | Path, build: str) -> Path:
    """An empty folder to write a build into."""
    folder = build_folder(index, build)
    folder.mkdir(parents=True)
    return folder


def share_file(source: str | Path, target: str | Path) -> None:
    """A further name for the same file; a copy if the file system has no such thing."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def switch_to(index: str | Path, build: str) -> None:
    """Let this build answer. Everything is on the disk before the switch, which is one rename."""
    folder = build_folder(index, build)
    for path in (*folder.rglob("*"), folder, folder.parent):
        _fsync(path)
    pointer = Path(index) / "CURRENT.new"
    pointer.write_text(build + "\n", "utf-8")
    _fsync(pointer)
    os.replace(pointer, Path(index) / "CURRENT")
    _fsync(Path(index))


def remove_old(index: str | Path, keep: str, *also: str | None) -> None:
    """Remove every build but keep and those in also: a server may still be finishing requests on one of them."""
    for folder in _builds(index):
        if folder.name != keep and folder.name not in also:
            shutil.rmtree(folder, ignore_errors=True)


def size_of(folder: Path) -> int:
    """Bytes of all the files under a folder; what several builds share counts once."""
    files = {(status.st_dev, status.st_ino): status.st_size for status in map(Path.stat, folder.rglob("*"))
             if S_ISREG(status.st_mode)}
    return sum(files.values())


def _builds(index: str | Path) -> list[Path]:
    folder = Path(index) / "builds"
    return [path for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []


def _held_by(index: str | Path, note: str) -> str:
    try:
        holder = json.loads(note)
        who = f"process {holder['process']} on {holder['host']} since {holder['since']}"
    except (ValueError, KeyError, TypeError):
        who = "another process"
    return f"The index in {index} is being built by {who}. Wait for it to end, or stop that process, then try again."


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
