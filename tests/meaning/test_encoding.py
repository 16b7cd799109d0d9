"""Vectors of an archive: what is encoded, what is taken over, and what is left after changes, kills and damage."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from indexer.errors import VectorsDamaged
from indexer.meaning import encoding
from indexer.meaning.encoder import Encoder, Vectors
from indexer.meaning.encoding import encode_archive, remove_unused
from indexer.meaning.nearest import PassageIndex
from indexer.meaning.passage_table import PARTS, read_table
from indexer.meaning.vector_store import VectorStore, VectorWriter, complete_rows, key_of
from indexer.models import Annotated, Article, Quotation, Span
from tests.meaning.tiny_encoder import prepared


@dataclass
class Watched:
    """A progress that remembers."""

    begun: list[tuple[str, int]] = field(default_factory=list)
    done: int = 0

    def begin(self, step: str, total: int) -> None:
        self.begun.append((step, total))

    def advance(self, done: int = 1, words: int = 0) -> None:
        self.done += done


@dataclass
class Archive:
    """An index folder, and the stories of which builds are made: id → text; what stands in “” is a quotation."""

    index: Path
    encoder: Encoder
    last: Path | None = None

    def encode(self, stories: Mapping[str, str], full: bool = False, progress: Watched | None = None) -> int:
        build = self.index / "builds" / str(len(list(self.index.glob("builds/*"))))
        build.mkdir(parents=True)

        def annotated_of(ids: Collection[str]) -> Iterable[Annotated]:
            return [annotated(id, stories[id]) for id in sorted(ids)]

        versions = {id: str(hash(text)) for id, text in sorted(stories.items())}
        found = encode_archive(self.index, build, self.encoder, versions, annotated_of,
                               None if full else self.last, progress or Watched())
        self.last = build
        return found

    def vectors(self) -> Mapping[str, Sequence[Sequence[float]]]:
        """The vectors of every document, by its id."""
        table = read_table(self.last) if self.last else None
        assert table
        indices = [PassageIndex(table, part, self.index) for part in PARTS]
        return {id: index.vectors(id).tolist() for index in indices for id in index.ids}


def annotated(id: str, text: str) -> Annotated:
    starts = [place + 1 for place, sign in enumerate(text) if sign == "“"]
    quotations = tuple(Quotation(Span(start, text.index("”", start)), "direct") for start in starts)
    return Annotated(Article(id, f"{id}.md", id.title(), "", None, text), (), quotations)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    return prepared(tmp_path_factory.mktemp("encoder"))


@pytest.fixture
def archive(tmp_path: Path, encoder: Encoder) -> Archive:
    return Archive(tmp_path, encoder)


STORIES = {
    "boat": "The ferry sank. “It was old,” the mayor said. “Very old,” she said.",
    "cake": "The bakery closed. No quotation here.",
    "tree": "A tree fell on a cat. “Poor cat,” they said.",
}


def test_every_story_and_quotation_has_its_vectors(archive: Archive) -> None:
    progress = Watched()

    assert archive.encode(STORIES, progress=progress) == 3 + 3 + 3     # openings, sentences, quotations
    assert progress == Watched([("encoding", 3)], 3)
    assert sorted(archive.vectors()) == ["boat", "boat#q1", "boat#q2", "cake", "tree", "tree#q1"]


def test_only_what_changed_is_encoded_anew(archive: Archive) -> None:
    archive.encode(STORIES)

    assert archive.encode(STORIES) == 0
    later = STORIES | {"cake": "The bakery opened. “Bread!”", "dog": "A dog ran."}
    assert archive.encode(later) == 2 + 2 + 1
    assert archive.encode(later, full=True) == 0


def test_articles_are_cut_anew_if_they_are_cut_otherwise(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.encode(STORIES)
    monkeypatch.setattr(encoding, "VERSION", -1)
    progress = Watched()
    archive.encode(STORIES, progress=progress)

    assert progress.done == 3


def test_what_comes_back_is_not_encoded_again(archive: Archive) -> None:
    archive.encode(STORIES)
    archive.encode({id: text for id, text in STORIES.items() if id != "tree"})

    assert archive.encode(STORIES) == 0


def test_equal_stories_have_equal_vectors_once(archive: Archive) -> None:
    """But for the headline, which belongs to each stretch: of so much snow, the second and the third are equal."""
    far = "snow " * 400
    archive.encode({"one": far + "“No,” he said."})

    assert archive.encode({"one": far + "“No,” he said.", "two": far + "“No,” he said."}) == 2 + 1
    assert archive.vectors()["one#q1"] == archive.vectors()["two#q1"]


@settings(max_examples=15)
@given(data=st.data())
def test_an_update_is_what_a_build_from_nothing_would_be(
    data: st.DataObject, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory,
) -> None:
    texts = st.sampled_from([*STORIES.values(), "", "“Yes,” she said. “No,” he said. “Perhaps.”", "snow " * 300])
    archives = st.dictionaries(st.sampled_from("abcdefg"), texts, min_size=1)
    updated = Archive(tmp_path_factory.mktemp("updated"), encoder)
    for _ in range(3):
        stories = data.draw(archives)
        updated.encode(stories)
    anew = Archive(tmp_path_factory.mktemp("anew"), encoder)
    anew.encode(stories)

    assert updated.vectors() == anew.vectors()
    assert list(updated.vectors()) == list(anew.vectors())


def test_vectors_of_what_is_gone_are_dropped_when_they_are_many(archive: Archive) -> None:
    archive.encode({f"story {number}": f"A train {number} ran." for number in range(20)})
    before = archive.last
    archive.encode({f"story {number}": f"A train {number} ran." for number in range(5)})
    archive.encode({f"story {number}": f"A train {number} ran." for number in range(5)})
    table = read_table(archive.last) if archive.last else None

    assert table and (table.parts["stories"].generation, table.parts["stories"].length) == ("stories-2", 10)
    assert {folder.name for folder in archive.index.glob("vectors/*/*")} >= {"stories-1", "stories-2"}

    assert before and archive.last
    remove_unused(archive.index, [archive.last])

    assert {folder.name for folder in archive.index.glob("vectors/*/*")} == {"stories-2", "quotations-1"}
    assert len(archive.vectors()) == 5


def test_another_encoder_encodes_everything(archive: Archive, tmp_path: Path) -> None:
    archive.encode(STORIES)
    archive.encoder = prepared(tmp_path / "other", seed=2)

    assert archive.encode(STORIES) == 9


def test_a_build_killed_between_two_files_is_mended(archive: Archive) -> None:
    """Rows without a key are no rows."""
    archive.encode(STORIES)
    right = archive.vectors()
    rows = next(archive.index.glob("vectors/*/stories-1/rows"))
    with rows.open("ab") as file:
        file.write(b"half a row")

    assert archive.encode(STORIES | {"dog": "A dog ran."}) == 2
    assert {id: each for id, each in archive.vectors().items() if id != "dog"} == right


def test_lost_vectors_are_encoded_again(archive: Archive) -> None:
    archive.encode(STORIES)
    right = archive.vectors()
    next(archive.index.glob("vectors/*/stories-1/keys")).write_bytes(b"")

    with pytest.raises(VectorsDamaged):
        archive.vectors()
    assert archive.encode(STORIES) == 6
    assert archive.vectors() == right


@pytest.mark.parametrize(("name", "content"), [
    ("meaning.json", b"{"), ("meaning.json", b"[]"), ("meaning.json", b'{"encoder": "x"}'),
    ("meaning-stories.npy", b"rubbish"), ("meaning-stories.npy", None), ("meaning-quotations.npy", b""),
])
def test_a_damaged_table_is_noticed_and_made_anew(archive: Archive, name: str, content: bytes | None) -> None:
    archive.encode(STORIES)
    assert archive.last
    path = archive.last / name
    path.unlink() if content is None else path.write_bytes(content)

    with pytest.raises(VectorsDamaged, match="Build again"):
        read_table(archive.last)
    assert archive.encode(STORIES) == 0
    assert len(archive.vectors()) == 6


def test_entries_that_point_nowhere_are_damage(archive: Archive) -> None:
    archive.encode(STORIES)
    assert archive.last
    path = archive.last / "meaning-stories.npy"
    entries = np.load(path)
    entries["row"][0] = 99
    np.save(path, entries)

    with pytest.raises(VectorsDamaged):
        read_table(archive.last)


def test_a_build_without_meaning_has_no_table(tmp_path: Path) -> None:
    assert read_table(tmp_path) is None


# ---- The files of vectors


def test_cosines_are_exact(tmp_path: Path) -> None:
    draw = np.random.default_rng(3)
    rows, scales = draw.integers(-127, 128, (3_000, 16)).astype(np.int8), draw.random(3_000).astype(np.float32)
    with VectorWriter(tmp_path, 16) as writer:
        writer.add([key_of(str(number)) for number in range(3_000)], Vectors(rows, scales))
    vector = draw.normal(size=16).astype(np.float32)
    store = VectorStore(tmp_path, 16, 3_000)

    assert store.cosines(vector) == pytest.approx(rows.astype(float) @ vector * scales, rel=1e-4, abs=1e-4)
    assert store.vectors(np.array([5, 2])) == pytest.approx(rows[[5, 2]] * scales[[5, 2], None])


def test_a_store_may_be_empty(tmp_path: Path) -> None:
    with VectorWriter(tmp_path / "new", 16) as writer:
        assert writer.length == 0 and writer.numbers == {}

    assert complete_rows(tmp_path / "new", 16) == 0
    assert VectorStore(tmp_path / "new", 16, 0).cosines(np.zeros(16, np.float32)).shape == (0,)
