"""What is counted over many documents is what they hold, in whichever of the two ways it is counted."""

from __future__ import annotations

from collections import Counter
from typing import Any
from random import Random

import pytest

from indexer.search.doc_values import BYTE, FEW, DocValues
from indexer.search.doc_values_file import write_doc_values
from indexer.search.engine import FacetValue
from indexer.search.gathered_values import GatheredValues
from tests.conftest import article_document

STORIES = 900
CAST = [f"person-{number:03}" for number in range(300)]


def story(number: int, chance: Random) -> dict[str, Any]:
    """One that names several people, the first ones of the cast far more often than the others."""
    named = {CAST[int(len(CAST) * chance.random() ** 3)] for _ in range(chance.randrange(6))}
    day = f"20{10 + number % 7}-03-{1 + number % 28:02}" if number % 50 else ""
    return {**article_document(f"a/{number}", "Ferry", "A fare."), "mentioned_id": sorted(named), "date": day,
            "year": day[:4], "month": day[:7], "group": f"twin-{number % 450}" if number % 450 < 20 else f"{number}"}


@pytest.fixture(scope="module")
def stories() -> list[dict[str, Any]]:
    chance = Random(4)
    return [story(number, chance) for number in range(STORIES)]


@pytest.fixture(scope="module")
def values(stories: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> DocValues:
    gathered = GatheredValues("article")
    for each in stories:
        gathered.add(each, {})
    path = tmp_path_factory.mktemp("values") / "article.values"
    write_doc_values(path, "", [gathered])
    return DocValues("article", path)


@pytest.fixture(params=[0.02, 0.9 / FEW, 1.1 / FEW, 0.6, 1.0])
def documents(request: pytest.FixtureRequest) -> set[int]:
    return set(Random(9).sample(range(STORIES), int(request.param * STORIES)))


def test_a_facet_gives_the_most_frequent_values(
    values: DocValues, stories: list[dict[str, Any]], documents: set[int],
) -> None:
    counts = Counter(slug for each in documents for slug in stories[each]["mentioned_id"])
    expected = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    for most in (1, 7, 100, 1000):
        found = values.facet("mentioned_id", documents, values.dated(documents), most)
        assert found == [FacetValue(slug, slug, count) for slug, count in expected[:most]]


def test_a_facet_of_one_value_a_document_gives_its_days(
    values: DocValues, stories: list[dict[str, Any]], documents: set[int],
) -> None:
    days: dict[str, list[str]] = {}
    for each in documents:
        days.setdefault(str(stories[each]["year"]), []).append(str(stories[each]["date"]))
    found = values.facet("year", documents, values.dated(documents))
    assert {each.value: (each.count, each.first, each.last) for each in found} == {
        year: (len(dates), min(dates), max(dates)) for year, dates in days.items() if year}


def test_so_do_values_too_many_for_a_byte(
    values: DocValues, stories: list[dict[str, Any]], documents: set[int],
) -> None:
    days: dict[str, list[str]] = {}
    for each in documents:
        days.setdefault(str(stories[each]["group"]), []).append(str(stories[each]["date"]))
    assert len(values.keywords["group"].values) > BYTE
    expected = sorted(days.items(), key=lambda each: (-len(each[1]), each[0]))[:30]
    found = values.facet("group", documents, values.dated(documents), 30)
    assert found == [FacetValue(group, group, len(dates), *_ends_of(list(filter(None, dates))))
                     for group, dates in expected]


def _ends_of(dates: list[str]) -> tuple[str, ...]:
    return (min(dates), max(dates)) if dates else ()


def test_only_groups_of_several_have_a_size(
    values: DocValues, stories: list[dict[str, Any]], documents: set[int],
) -> None:
    keyword = values.keywords["group"]
    sizes = Counter(str(stories[each]["group"]) for each in documents)
    assert {keyword.values[group]: size for group, size in values.group_sizes(documents).items()} == {
        group: size for group, size in sizes.items() if group.startswith("twin-")}
