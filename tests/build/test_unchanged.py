"""An update of an archive in which nothing has changed does not open the ledger; whatever changes is seen."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.build import next_build
from indexer.build.builder import build
from indexer.build.ledger import Ledger
from indexer.build.report import BuildReport
from indexer.index_folder import build_folder, current_build, ledger_path
from indexer.reading import Options

STORY = """---
title: Ferry Fares Rise
author: Nadia Okafor
date: 2012-03-04
---

<p>“Too much, it is too much,” Ruth Adeyemi said.</p>
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two stories and a picture, all written long ago."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("fares.md", "sea-wall.md", "map.png"):
        (folder / name).write_text(STORY.replace("Ferry", name))
    return folder


@pytest.fixture(autouse=True)
def some_time_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files were not written just now."""
    monkeypatch.setattr("indexer.build.unchanged.FRESH_NS", -1_000_000_000_000)
    monkeypatch.setattr("indexer.build.refresh.FRESH_NS", -1_000_000_000_000)


def updated(data: Path, **settings: object) -> BuildReport:
    return build(data, data.parent / "index", jobs=1, **settings)               # type: ignore[arg-type]


@pytest.fixture
def ledgers(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The ledgers that were opened."""
    opened: list[Path] = []

    def noted(path: Path) -> Ledger:
        opened.append(path)
        return Ledger(path)

    monkeypatch.setattr(next_build, "Ledger", noted)
    return opened


def test_nothing_changed(data: Path, ledgers: list[Path]) -> None:
    """The same is said as by an update that reads the ledger, and nothing is written."""
    first = updated(data)
    (data.parent / "index/unchanged").unlink()
    compared = updated(data)
    ledgers.clear()
    before = {path: path.stat().st_mtime_ns for path in (data.parent / "index").rglob("*") if path.name != "lock"}
    report = updated(data)
    assert not ledgers and not report.changed
    assert report.said == compared.said == first.said and report.articles == 2
    assert {path: path.stat().st_mtime_ns for path in before} == before


def change(path: Path) -> None:
    path.write_text(path.read_text().replace("too much", "too little"))


def change_back_the_time(path: Path) -> None:
    status = path.stat()
    change(path)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file": lambda data: change(data / "fares.md"),
    "a file, its size, not its time": lambda data: change_back_the_time(data / "fares.md"),
    "a new file": lambda data: (data / "new.md").write_text((data / "fares.md").read_text()),
    "a file is gone": lambda data: (data / "fares.md").unlink(),
    "another name": lambda data: (data / "fares.md").rename(data / "fare.md"),
    "a file that is not read": lambda data: (data / "plan.pdf").write_text("%PDF"),
    "people.toml": lambda data: (data / "people.toml").write_text('ignore = ["Ruth Adeyemi"]\n'),
    "the ledger": lambda data: os.utime(ledger_path(data.parent / "index")),
    "a link that leads out": lambda data: (data / "out.md").symlink_to("/etc/passwd"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_seen(data: Path, ledgers: list[Path], what: str) -> None:
    """Whatever changes, the ledger is asked again."""
    updated(data)
    updated(data)
    ledgers.clear()
    CHANGES[what](data)
    updated(data)
    assert ledgers


@pytest.mark.parametrize("settings", [{"full": True}, {"max_bytes": 5_000}, {"options": Options(day_order="day")}])
def test_other_settings(data: Path, ledgers: list[Path], settings: dict[str, object]) -> None:
    """What would be built otherwise is looked at."""
    updated(data)
    ledgers.clear()
    updated(data, **settings)
    assert ledgers


def test_a_damaged_index(data: Path, ledgers: list[Path]) -> None:
    """Nor is it enough that no file has changed if the index is not whole."""
    build_id = updated(data).build
    values = build_folder(data.parent / "index", build_id) / "article.values"
    values.write_bytes(values.read_bytes()[:-1])
    assert updated(data).changed and current_build(data.parent / "index") != build_id


def test_files_that_have_just_changed(data: Path, ledgers: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """They may change again within the same tick of the clock: their times prove nothing."""
    monkeypatch.setattr("indexer.build.unchanged.FRESH_NS", 60_000_000_000)
    os.utime(data / "fares.md", ns=(time.time_ns(), time.time_ns()))
    updated(data)
    ledgers.clear()
    assert not updated(data).changed and ledgers


def test_nothing_changed_loads_nothing(data: Path) -> None:
    """No reader, no grammar, no engine and no ledger: to import them takes longer than to look at the files."""
    long_ago = time.time() - 100
    for path in data.iterdir():
        os.utime(path, (long_ago, long_ago))
    program = ("import sys; from indexer.build import build, unchanged; unchanged.FRESH_NS = -10 ** 15; "
               "report = build(sys.argv[1], sys.argv[2], jobs=1); "
               "print(report.changed, *sorted({'bs4', 'yaml', 'whoosh', 'indexer.attribution', 'indexer.build.ledger', "
               "'indexer.build.next_build', 'indexer.reading.articles'} & {*sys.modules}))")
    updated(data)
    done = subprocess.run([sys.executable, "-c", program, str(data), str(data.parent / "index")], text=True,
                          capture_output=True, cwd=Path(__file__).parents[2])
    assert (done.stdout, done.stderr) == ("False\n", "")
