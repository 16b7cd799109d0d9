"""What is mapped into memory: what was written comes back, and nothing that is not there is ever read."""

from __future__ import annotations

import json
from array import array
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
from hypothesis import given, settings, strategies as st

from indexer.search.doc_values import DocValues
from indexer.search.doc_values_file import write_doc_values
from indexer.search.engine import Kind
from indexer.search.gathered_values import GatheredValues
from indexer.search.mapped_file import MappedFile, joined, write_mapped
from indexer.search.string_table import StringTable, merged, table_arrays
from indexer.search.word_forms import WordForms, write_word_forms
from tests.conftest import archive

TYPES = {"B": (0, 255), "H": (0, 65_535), "I": (0, 2**32 - 1), "q": (-2**63, 2**63 - 1), "i": (-2**31, 2**31 - 1)}
arrays = st.dictionaries(st.text(max_size=8), st.sampled_from([*TYPES]).flatmap(
    lambda code: st.lists(st.integers(*TYPES[code]), max_size=9).map(lambda numbers: array(code, numbers))), max_size=5)


@settings(deadline=None)
@given(held=arrays, facts=st.dictionaries(st.text(max_size=5), st.integers()))
def test_what_was_written_comes_back(held: dict[str, array[Any]], facts: dict[str, int]) -> None:
    """Numbers of every type, under any name."""
    with TemporaryDirectory() as folder:
        write_mapped(path := Path(folder) / "file", "one", held, facts)
        file = MappedFile(path)
        assert (file.format, file.facts) == ("one", facts)
        assert all(file.numbers(name).tolist() == numbers.tolist() for name, numbers in held.items())


@settings(deadline=None, max_examples=300)
@given(data=st.data())
def test_rubbish_is_refused(data: st.DataObject) -> None:
    """A file that is cut short, or of which bytes are others, gives an error of Python's or numbers, and no crash."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        write_mapped(path, "one", {"a": array("I", range(9)), **dict(table_arrays("t", ["ferry", "fare"]))}, {})
        content = bytearray(path.read_bytes())
        for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
            content[at] = data.draw(st.integers(0, 255))
        path.write_bytes(content[:data.draw(st.integers(0, len(content)))])
        try:
            file = MappedFile(path)
            numbers, table = file.numbers("a"), StringTable(file, "t")
            list(numbers)
            table.find("ferry")
            [table[number] for number in range(min(len(table), 9))]
        except (ValueError, IndexError, KeyError, TypeError, AttributeError):
            pass


@pytest.mark.parametrize("where", [
    ["I", 1_000_000_000, 4], ["I", 0, 10**12], ["I", -8, 4], ["I", 0, -4], ["I", 4, 2], ["I", 10**30, 10**30],
])
def test_an_array_lies_within_its_file(tmp_path: Path, where: list[object]) -> None:
    """Whatever the contents say, nothing beyond the file, or before the arrays, is read."""
    write_mapped(tmp_path / "file", "one", {"a": array("I", range(64))}, {})
    content = (tmp_path / "file").read_bytes()
    true = json.dumps(["I", 0, 64]).encode()
    other = json.dumps(where).encode()
    assert true in content
    head = len(content[:content.index(true)]) - 16
    contents = content[16:16 + int.from_bytes(content[8:16], "little")].replace(true, other)
    assert head > 0
    whole = content[:8] + len(contents).to_bytes(8, "little") + contents
    (tmp_path / "file").write_bytes(whole.ljust(-(-len(whole) // 8) * 8, b"\0") + bytes(256))
    with pytest.raises(ValueError, match="a is not all there"):
        MappedFile(tmp_path / "file").numbers("a")


@given(before=st.lists(st.integers(0, 300)), more=st.lists(st.integers(0, 70_000)))
def test_joined(before: list[int], more: list[int]) -> None:
    """The smallest type that both need."""
    code = "B" if max(before, default=0) < 256 else "H"
    found = joined(memoryview(array(code, before)), more)
    assert found.tolist() == [*before, *more]
    assert found.itemsize >= array(code).itemsize


texts = st.lists(st.text(st.characters(), max_size=6), max_size=12, unique=True)


@settings(deadline=None)
@given(old=texts, new=texts, gone=st.sets(st.integers(0, 11)))
def test_texts_are_found_by_their_numbers_and_numbers_by_their_texts(
    old: list[str], new: list[str], gone: set[int]
) -> None:
    """Also when further ones were added, whatever characters they have; but for those that are gone."""
    new = [each for each in new if each not in old]
    with TemporaryDirectory() as folder:
        write_mapped(Path(folder) / "1", "", dict(table_arrays("t", old)), {})
        before = StringTable(MappedFile(Path(folder) / "1"), "t")
        write_mapped(Path(folder) / "2", "", dict(table_arrays("t", new, before, len(old), gone)), {})
        table = StringTable(MappedFile(Path(folder) / "2"), "t")
        assert [table[number] for number in range(len(table))] == [*old, *new]
        assert [table.find(each) for each in (*old, *new)] == [
            None if number in gone and number < len(old) else number for number in range(len(table))]
        assert table.find("no such text") is None


@given(order=st.lists(st.integers(0, 50), unique=True).map(sorted), further=st.lists(st.integers(0, 99), unique=True))
def test_merged(order: list[int], further: list[int]) -> None:
    """However few or many are added."""
    assert merged(order, further, lambda each: each) == sorted([*order, *further])


def test_word_forms(tmp_path: Path) -> None:
    """All forms of a stem that the texts use."""
    write_word_forms(tmp_path / "words", "", {"ferry", "ferries", "wall", "über"})
    forms = WordForms(tmp_path / "words")
    assert (forms.of("ferri"), forms.of("wall"), forms.of("goat")) == (["ferries", "ferry"], ["wall"], ())


def test_values_of_documents(tmp_path: Path) -> None:
    """Every value of every document can be read again, and who has it."""
    for kind in get_args(Kind):
        documents = [each for each in archive() if each["kind"] == kind]
        gathered = GatheredValues(kind)
        for each in documents:
            gathered.add(each, {})
        write_doc_values(tmp_path / kind, "", [gathered])
        values = DocValues(kind, tmp_path / kind)
        assert [values.ids.find(each["id"]) for each in documents] == [*range(len(documents))]
        for name in set(values.keywords) & set(documents[0]):
            keyword = values.keywords[name]
            for number, each in enumerate(documents):
                own = each[name] if isinstance(each[name], list) else [each[name]]
                assert [keyword.values[found] for found in keyword.of_document(number)] == list(dict.fromkeys(own))
                assert all(number in keyword.documents(value) for value in own)
