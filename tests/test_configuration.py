"""onrecord.toml: every key, every mistake with its line, and the environment above it."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from indexer.configuration import KEYS, Configuration, Key, Limits, load_configuration
from indexer.errors import ConfigError

DOCUMENT = Path(__file__).parent.parent / "docs/deploy.md"


def file(folder: Path, text: str) -> Path:
    path = folder / "onrecord.toml"
    path.write_text(text, "utf-8")
    return path


def another(key: Key) -> tuple[str, Any]:
    """A value that a key takes and that is not its default, as TOML and as Python."""
    if key.choices:
        return f'"{key.choices[-1]}"', key.choices[-1]
    if key.type is bool:
        return str(not key.default).lower(), not key.default
    if key.type in (int, float):
        value = key.type(key.most) if key.default != key.most else key.type(key.least)
        return str(value), value
    if key.name == "base_address":
        return '"https://archive.example/news"', "https://archive.example/news"
    return '"elsewhere"', "elsewhere"


def value_of(found: Configuration, name: str) -> Any:
    section, _, key = name.rpartition(".")
    return getattr(getattr(found, section) if section else found, key)


def test_without_a_file_everything_has_a_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody must write a file to begin."""
    monkeypatch.chdir(tmp_path)
    assert load_configuration(environment={}) == Configuration()


def test_the_file_in_this_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And another where ONRECORD_CONFIG names one."""
    monkeypatch.chdir(tmp_path)
    file(tmp_path, 'name = "The Calder Dispatch"\n')
    (tmp_path / "other.toml").write_text('name = "Saltmarsh Weekly"\n')
    assert load_configuration(environment={}).name == "The Calder Dispatch"
    assert load_configuration(environment={"ONRECORD_CONFIG": "other.toml"}).name == "Saltmarsh Weekly"


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_every_key_is_read_from_file_and_environment(tmp_path: Path, key: Key) -> None:
    """The variable stands above the file; paths of a file start at its folder."""
    text, value = another(key)
    section, _, name = key.name.rpartition(".")
    path = file(tmp_path, f"[{section}]\n{name} = {text}\n" if section else f"{name} = {text}\n")
    expected = tmp_path / value if key.type is Path else value
    assert value_of(load_configuration(path, {}), key.name) == expected
    usual = str(key.default).lower() if key.type is bool else str(key.default)
    default = load_configuration(path, {key.variable: usual})
    assert value_of(default, key.name) == key.default
    assert key.help and key.help[-1] not in ".!"


def test_folders_are_beside_the_file_that_was_named(tmp_path: Path) -> None:
    """Wherever the command is run; those of the environment are where it is run."""
    found = load_configuration(file(tmp_path, ""), {"ONRECORD_INDEX": "here"})
    assert (found.data, found.index) == (tmp_path / "data", Path("here"))


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_every_key_refuses_another_type(tmp_path: Path, key: Key) -> None:
    """A list is no value of any key; the error names file, line, key and what it must be."""
    section, _, name = key.name.rpartition(".")
    path = file(tmp_path, f"# a comment\n[{section}]\n{name} = [1]\n" if section else f"# a comment\n{name} = [1]\n")
    with pytest.raises(ConfigError) as caught:
        load_configuration(path, {})
    assert caught.value.line == (3 if section else 2)
    shown = "" if key.secret else ", not [1]"
    assert str(caught.value) == f"{path}:{caught.value.line}: {key.name} must be {key.kind}{shown}"


@pytest.mark.parametrize("text, line, said", [
    ("nmae = 1\n", 1, "no such key 'nmae'; there are data, index, engine"),
    ("name = 'x'\n\n[limits]\nquerry = 1\n", 4, "no such key 'querry'; there are query, clauses"),
    ("limits = 3\n", 1, "limits is a section: write [limits]"),
    ("name = 'x'\nlimits.query = 'y'\n", 2, "limits.query must be a whole number from 20 to 20,000, not 'y'"),
    ("[limits]\nseconds = 0\n", 2, "limits.seconds must be a number from 0.1 to 60, not 0"),
    ("[limits]\nseconds = nan\n", 2, "not nan"),
    ("port = true\n", 1, "port must be a whole number from 0 to 65,535, not True"),
    ("port = 80.5\n", 1, "not 80.5"),
    ("[log]\nform = 'xml'\n", 2, 'log.form must be "text" or "json", not \'xml\''),
    ("base_address = 'javascript:alert(1)'\n", 1, "base_address must be like https://archive.example"),
    ("index = ''\n", 1, "index must be a path, not ''"),
    ("name = 'x'\nname = 'y'\n", 2, "Cannot overwrite a value"),
    ("name = 'x\n", 1, "Expected"),
    ("[log\n", 1, ""),
    ("# deep\nname = " + "[" * 5000, 2, "too deep"),
    ("# long\nport = " + "9" * 5000, 2, "a number or a date that there cannot be"),
    ('# escaped\n[limits]\n"\\u0071uerry" = 1\n', 2, "no such key 'querry'"),
    ("\ufeff\n[limits.query]\nx = 1\n", 2, "must be a whole number"),
])
def test_a_mistake_names_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    """Whoever wrote the file is led to the place."""
    with pytest.raises(ConfigError) as caught:
        load_configuration(file(tmp_path, text), {})
    assert said in caught.value.reason
    assert caught.value.line == line


def test_a_mistake_in_the_environment_names_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no line to name."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match="ONRECORD_PORT: port must be a whole number from 0 to 65,535, not 'http'"):
        load_configuration(environment={"ONRECORD_PORT": "http"})


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    """A wrong path is no reason to go on with defaults."""
    with pytest.raises(ConfigError, match="cannot be read"):
        load_configuration(tmp_path / "none.toml", {})
    with pytest.raises(ConfigError, match="cannot be read"):
        load_configuration(environment={"ONRECORD_CONFIG": str(tmp_path)})
    (tmp_path / "latin.toml").write_bytes(b'name = "caf\xe9"')
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_configuration(tmp_path / "latin.toml", {})


def test_the_guide_documents_every_key() -> None:
    """A row a key in the table of docs/deploy.md, with default, variable and meaning."""
    text = DOCUMENT.read_text("utf-8")
    for key in KEYS:
        assert row(key) in text, f"\n{row(key)}"
    assert [each for each in text.splitlines() if each.startswith("| `ONRECORD_")] == []


def row(key: Key) -> str:
    """How the guide tells of a key."""
    default = str(key.default).lower() if key.type is bool else str(key.default) or "empty"
    return f"| `{key.name}` | `{default}` | {key.help} ({key.kind}) | `{key.variable}` |"


def test_limits_are_named_in_the_table() -> None:
    """Sections are tables of their own kind."""
    assert {f"limits.{each.name}" for each in fields(Limits)} <= {key.name for key in KEYS}


@settings(max_examples=80)
@given(st.text(max_size=60) | st.sampled_from(["[limits]\n", "port=", "x.y.z=1", "[[limits]]"]))
def test_any_text_is_read_or_refused(tmp_path: Path, text: str) -> None:
    """Nothing that stands in the file is a fault of ours."""
    path = tmp_path / "any.toml"
    path.write_text(text, "utf-8", errors="surrogatepass" if text.isascii() else "ignore")
    try:
        assert load_configuration(path, {}).port >= 0
    except ConfigError as error:
        assert str(error).startswith(f"{path}:") and error.reason
