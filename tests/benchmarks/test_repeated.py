"""Archives for measurements, made larger by repetition: what grows, and what stays one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.repeated import alteration, parts, spool
from indexer.search.engine import Document
from tests.engines.linear_engine import LinearEngine

ARTICLE: dict[str, Any] = {
    "kind": "article", "id": "quarry", "path": "quarry.md", "title": "Quarles Closes the Quarry", "author": "Ines Vale",
    "date": "2011-12-30T09:00", "year": "2011", "month": "2011-12", "group": "quarry",
    "text": "Wendell Quarles closed it on Monday.", "people": [{"slug": "wendell-quarles", "name": "Wendell Quarles"}],
    "speaker_id": ["wendell-quarles"], "mentioned_id": ["wendell-quarles"], "mentioned": ["Wendell Quarles"],
}
PERSON: Document = {"kind": "person", "id": "wendell-quarles", "name": "Wendell Quarles", "aliases": ["W. Quarles"],
                    "first": "2011-12-30", "last": "2011-12-30", "quotations": 1}


def altered(copy: int) -> dict[str, Any]:
    return dict(alteration(iter(["Quarles"]))(json.loads(json.dumps(ARTICLE)), copy))


def test_the_first_copy_is_as_it_was() -> None:
    """Nothing is renamed in it."""
    assert altered(0) == ARTICLE


def test_a_copy_is_another_story_about_other_people() -> None:
    """Ids, days and surnames differ; words that are nobody's surname do not."""
    copy = altered(1)
    assert copy["id"] == copy["group"] == "1-quarry"
    assert (copy["date"], copy["year"], copy["month"]) == ("2012-01-10T09:00", "2012", "2012-01")
    assert copy["text"] == "Wendell Quarlesson closed it on Monday."
    assert copy["people"] == [{"slug": "1-wendell-quarles", "name": "Wendell Quarlesson"}]
    assert copy["speaker_id"] == copy["mentioned_id"] == ["1-wendell-quarles"]


def test_no_two_copies_share_a_name() -> None:
    """However many there are."""
    assert len({altered(copy)["text"] for copy in range(40)}) == 40


def test_every_size_is_reached() -> None:
    """By picking evenly, or by whole copies and a rest."""
    stories = [[str(number)] for number in range(10)]
    assert [[story[0] for story in part] for part in parts(stories, 5)] == [["0", "2", "4", "6", "8"]]
    assert [len(part) for part in parts(stories, 23)] == [10, 10, 3]


def test_people_come_with_their_stories(tmp_path: Path) -> None:
    """Each copy brings its own, and only those whom it names."""
    stranger = {**PERSON, "id": "odile-marsh", "name": "Odile Marsh"}
    counts = spool(LinearEngine([ARTICLE, PERSON, stranger]), tmp_path / "documents.jsonl", 3)
    assert counts == {"article": 3, "person": 3}
    lines = (tmp_path / "documents.jsonl").read_text("utf-8").splitlines()
    ids = [json.loads(line)["id"] for line in lines]
    assert ids == ["quarry", "wendell-quarles", "1-quarry", "1-wendell-quarles", "2-quarry", "2-wendell-quarles"]
