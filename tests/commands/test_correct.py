"""The command correct: it shows the words, writes what is so, and says what to run next."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.build import refresh
from indexer.commands.cli import main
from tests.build.plain_annotation import at_once, examine_plainly

ARCHIVE = Path(__file__).parents[1] / "archive"
LEVY = "nadia-okafor/levy-passes"


@pytest.fixture(autouse=True)
def plain_annotation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who said what comes from a table."""
    monkeypatch.setattr(refresh, "examine", examine_plainly)
    monkeypatch.setattr(refresh, "share", at_once)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A copy of the small archive in data, and its index beside it."""
    shutil.copytree(ARCHIVE, tmp_path / "data")
    assert run("build", tmp_path / "data", "--index", tmp_path / "index", "--jobs", 1).exit_code == 0
    yield tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def correct(folder: Path, id: str, *options: str) -> Result:
    return run("correct", id, *options, "--index", folder / "index")


def test_a_correction_by_command_lasts(folder: Path) -> None:
    """The words, the speaker of now, the entry, and the next command; which makes it so."""
    result = correct(folder, f"{LEVY}#q1", "--speaker", "Hank Sorensen", "--note", "Heard on the tape.")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Ruth Adeyemi, ")
    assert "    Sodas are not a food group,\n" in result.stdout
    entry = (folder / "data/corrections.toml").read_text()
    assert f'Written to {folder / "data/corrections.toml"}:\n\n{entry}' in result.stdout
    assert 'speaker = "Hank Sorensen"' in entry
    assert f"onrecord update {folder / 'data'} --index {folder / 'index'}" in result.stdout
    built = run("update", folder / "data", "--index", folder / "index").stdout
    assert "1 quotation corrected by corrections.toml." in built
    said = run("quotes", "--by", "Sorensen", "sodas", "--index", folder / "index").stdout
    assert "Hank Sorensen" in said and "corrected by the archive" in said


def test_a_correction_is_withdrawn(folder: Path) -> None:
    """And only once."""
    correct(folder, f"{LEVY}#q1", "--unknown")
    assert "Taken out of" in correct(folder, f"{LEVY}#q1", "--withdraw").stdout
    assert (folder / "data/corrections.toml").read_text().strip() == ""
    again = correct(folder, f"{LEVY}#q1", "--withdraw")
    assert (again.exit_code, "has no correction of these words" in again.stderr) == (2, True)


@pytest.mark.parametrize(("id", "options", "status", "says"), [
    (f"{LEVY}#q1", (), 2, "needs speaker"),
    (f"{LEVY}#q1", ("--unknown", "--speaker", "A B"), 2, "only one of them can be"),
    (f"{LEVY}#q1", ("--withdraw", "--unknown"), 2, "leave the other options out"),
    (f"{LEVY}#q1", ("--speaker", "x" * 300), 2, "300 characters"),
    (f"{LEVY}#q1", ("--speaker", ""), 2, "speaker is empty"),
    (f"{LEVY}#q1", ("--stance", "sung"), 2, "is not one of"),
    (f"{LEVY}#q99", ("--unknown",), 1, "none is nadia-okafor/levy-passes#q99"),
    (f"{LEVY}#q0", ("--unknown",), 1, "none is"),
    (LEVY, ("--unknown",), 2, "is not the id of a quotation"),
    ("nadia-okafor/nothing#q1", ("--unknown",), 1, "nadia-okafor/nothing"),
])
def test_what_cannot_be_corrected(folder: Path, id: str, options: tuple[str, ...], status: int, says: str) -> None:
    """One line that says why; nothing is written."""
    result = correct(folder, id, *options)
    assert (result.exit_code, says in result.stderr) == (status, True), result.output
    assert not (folder / "data/corrections.toml").exists()


def test_build_and_stats_name_corrections_without_a_quotation(folder: Path) -> None:
    """With file and line, and exit status 0: the archive is built all the same."""
    (folder / "data/corrections.toml").write_text(
        f'[[quotation]]\narticle = "{LEVY}"\nwords = "Sodas are food"\nunknown = true\n')
    built = run("update", folder / "data", "--index", folder / "index")
    line = f"corrections.toml:1: {LEVY} does not hold a quotation of these words: Sodas are food."
    assert (built.exit_code, f"1 correction without a quotation:\n  {line}" in built.stdout) == (0, True)
    assert line in run("stats", "--index", folder / "index").stdout
    assert line in run("check", folder / "data", "--index", folder / "index").stdout


@pytest.mark.parametrize(("options", "says"), [
    (("--host", "0.0.0.0"), "serves this machine alone"),
    (("--host", "192.0.2.7"), "serves this machine alone"),
])
def test_the_keepers_mode_serves_this_machine_alone(folder: Path, options: tuple[str, ...], says: str) -> None:
    """Another host is refused before anything is served."""
    result = run("serve", "--keeper", *options, "--index", folder / "index")
    assert (result.exit_code, says in result.stderr) == (2, True)


@pytest.mark.parametrize("line", ["proxies = 1", 'base_address = "https://archive.example"'])
def test_the_keepers_mode_stands_behind_no_proxy(folder: Path, line: str) -> None:
    """What leads others here is refused."""
    (folder / "onrecord.toml").write_text(line + "\n")
    result = run("--config", folder / "onrecord.toml", "serve", "--keeper", "--index", folder / "index")
    assert (result.exit_code, "lead others here" in result.stderr) == (2, True)


def test_a_broken_file_is_named_before_the_keepers_mode_begins(folder: Path) -> None:
    """Nobody should fill in a form that cannot be written."""
    (folder / "data/corrections.toml").write_text("[[quotation]]\n")
    result = run("serve", "--keeper", "--port", 0, "--index", folder / "index")
    assert (result.exit_code, "corrections.toml:1: needs article" in result.stderr) == (1, True)
