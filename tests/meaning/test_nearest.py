"""The nearest documents: which, in which order, among which, and by which of their passages."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from indexer.meaning.archive_meaning import ArchiveMeaning, open_meaning
from indexer.meaning.encoder import Vectors
from indexer.meaning.extra import VECTORS
from indexer.meaning.nearest import PassageIndex
from indexer.meaning.passage_table import ENTRY, Part, PartTable, PassageTable
from indexer.meaning.vector_store import VectorWriter
from indexer.models import Span
from tests.meaning.test_encoding import STORIES, Archive
from tests.meaning.tiny_encoder import prepared

SIZE = 8


def part_index(folder: Path, passages: list[tuple[int, int]], part: Part = "stories", seed: int = 0) -> PassageIndex:
    """Passages given by article and quotation, each with a random vector; articles are called a0, a1, …"""
    rows = np.random.default_rng(seed).integers(-127, 128, (len(passages), SIZE)).astype(np.int8)
    keys = [str(number).zfill(16).encode() for number in range(len(passages))]
    with VectorWriter(folder / VECTORS / "e" / f"{part}-1", SIZE) as writer:
        writer.add(keys, Vectors(rows, np.full(len(passages), 0.01, np.float32)))
    entries = np.array([(article, number, place, place + 1, place)
                        for place, (article, number) in enumerate(passages)], ENTRY)
    articles = [f"a{number}" for number in range(1 + max((article for article, _ in passages), default=-1))]
    table = PassageTable("e", SIZE, articles, articles, {part: PartTable(f"{part}-1", len(passages), entries)})
    return PassageIndex(table, part, folder)


def test_a_document_is_as_near_as_its_nearest_passage(tmp_path: Path) -> None:
    index = part_index(tmp_path, [(0, 0), (0, 0), (0, 0), (1, 0), (2, 0), (2, 0)])
    sought = np.zeros(SIZE, np.float32)
    sought[0] = 1
    each = [index._store.vectors(np.array([place]))[0, 0] for place in range(6)]
    found = index.likeness(sought).nearest(10)

    assert {one.id: one.likeness for one in found} == pytest.approx(
        {"a0": max(each[:3]), "a1": each[3], "a2": max(each[4:])})
    assert [one.likeness for one in found] == sorted((one.likeness for one in found), reverse=True)
    assert {one.id: one.opening for one in found} == pytest.approx({"a0": each[0], "a1": each[3], "a2": each[4]})
    assert {one.id: one.several for one in found} == pytest.approx(
        {"a0": sum(each[:3]) / 3, "a1": each[3] / 3, "a2": sum(each[4:]) / 3})
    best = int(np.argmax(each[:3]))
    assert next(one.span for one in found if one.id == "a0") == Span(best, best + 1)


@settings(max_examples=60)
@given(st.integers(1, 30), st.integers(0, 40), st.sets(st.integers(0, 35)) | st.none(), st.integers(0, 5))
def test_the_nearest_are_those_of_all(
    tmp_path_factory: pytest.TempPathFactory, articles: int, most: int, among: set[int] | None, seed: int,
) -> None:
    """However few are asked for, and whatever may be found: the beginning of the whole order."""
    index = part_index(tmp_path_factory.mktemp("i"), [(number, 0) for number in range(articles)], seed=seed)
    likeness = index.likeness(np.full(SIZE, 0.3, np.float32))
    allowed = None if among is None else {f"a{number}" for number in among}
    whole = [each for each in likeness.nearest(1_000) if allowed is None or each.id in allowed]

    assert likeness.nearest(most, allowed) == whole[:most]
    assert len(likeness.nearest(1_000)) == articles


def test_equally_near_documents_stay_in_their_order(tmp_path: Path) -> None:
    index = part_index(tmp_path, [(number, 0) for number in range(9)])

    assert [each.id for each in index.likeness(np.zeros(SIZE, np.float32)).nearest(4)] == ["a0", "a1", "a2", "a3"]


def test_quotations_are_called_as_their_documents_are(tmp_path: Path) -> None:
    index = part_index(tmp_path, [(0, 1), (0, 2), (2, 1)], "quotations")
    likeness = index.likeness(np.ones(SIZE, np.float32))
    one = likeness.of("a0#q2")

    assert index.ids == ["a0#q1", "a0#q2", "a2#q1"]
    assert one and one.id == "a0#q2" and one.span == Span(1, 2)
    assert likeness.of("a1#q1") is None


def test_an_archive_without_quotations_has_none_that_is_near(tmp_path: Path) -> None:
    index = part_index(tmp_path, [], "quotations")

    assert index.likeness(np.ones(SIZE, np.float32)).nearest(5) == []
    assert len(index.vectors("a0#q1")) == 0


# ---- The meaning of a build


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("index")
    archive = Archive(folder, prepared(folder))
    archive.encode(STORIES | {
        "school": "The teachers of the school are on strike. “The strike has no end,” a teacher said.",
        "strike": "Teachers of the old school strike. “The strike has no end today,” the teachers said.",
    })
    return archive


def meaning_of(archive: Archive) -> ArchiveMeaning:
    found = open_meaning(archive.index, archive.last or Path())
    assert found
    return found


def test_what_means_the_same_is_found(built: Archive) -> None:
    likeness = meaning_of(built).likeness("school teachers strike", "stories")

    assert likeness and {each.id for each in likeness.nearest(2)} == {"school", "strike"}


def test_more_like_an_article_or_a_quotation(built: Archive) -> None:
    meaning = meaning_of(built)

    assert meaning.like("school", "stories", 2)[0].id == "strike"
    assert meaning.like("school#q1", "quotations", 1)[0].id == "strike#q1"
    assert len(meaning.like("school", "stories", 100)) == 4
    assert meaning.like("nobody", "stories", 3) == []


def test_a_build_without_meaning_has_none(tmp_path: Path) -> None:
    assert open_meaning(tmp_path, tmp_path) is None


@pytest.mark.parametrize("lost", ["models", "vectors"])
def test_what_is_damaged_finds_nothing_and_says_so_once(
    built: Archive, tmp_path: Path, lost: str, caplog: pytest.LogCaptureFixture,
) -> None:
    for folder in {"models", "vectors"} - {lost}:
        (tmp_path / folder).symlink_to(built.index / folder)
    meaning = open_meaning(tmp_path, built.last or Path())
    assert meaning
    with caplog.at_level(logging.WARNING):
        assert meaning.likeness("ferry", "stories") is None
        assert meaning.like("boat", "stories", 3) == []

    assert len(caplog.records) == 1
