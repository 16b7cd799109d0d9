"""How reported speech is scored."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from benchmarks.reported import (
    Attribution, Counts, Example, lines, matched, read_annotated, read_polnear, right_speaker, score_one,
)
from benchmarks.scoring import score
from indexer.models import Article, Quotation, Span
from indexer.reading.archive import read_article
from training.annotations import AnnotatedQuotation, Annotation, text_hash, write

TEXT = "Ruth Adeyemi said the ferry would close in May. She hoped for rain. Haddad said: “No.”"


def place(words: str) -> list[int]:
    start = TEXT.index(words)
    return [start, start + len(words)]


def attributed(kind: str, content: str, source: str, cue: str) -> dict[str, Any]:
    return {"type": kind, "content": [place(content)], "source": [place(source)], "cue": [place(cue)]}


LINE = {"id": "ferry", "text": TEXT, "attributions": [
    attributed("indirect", "the ferry would close in May", "Ruth Adeyemi", "said"),
    attributed("indirect", "rain", "She", "hoped for"),
    attributed("direct", "No.", "Haddad", "said:"),
]}


@pytest.mark.parametrize("packed", [False, True])
def test_only_speech_without_marks_must_be_found(tmp_path: Path, packed: bool) -> None:
    """A hope may be found, what is between marks is another matter."""
    path = tmp_path / ("part.jsonl.xz" if packed else "part.jsonl")
    content = (json.dumps(LINE) + "\n").encode()
    path.write_bytes(lzma.compress(content) if packed else content)
    [example] = read_polnear(path)

    assert [(each.content, each.source, each.needed) for each in example.attributions] == [
        ("the ferry would close in May", "Ruth Adeyemi", True), ("rain", "She", False)]


@pytest.mark.parametrize(("source", "found", "right"), [
    ("Mayor Ruth Adeyemi", "Ruth Adeyemi", True),
    ("Adeyemi", "Ruth Adeyemi", True),
    ("Adeyemi", "Tom Haddad", False),
    ("Adeyemi", None, False),
    ("the ferry’s owners", "ferry owners", True),
    ("a spokesman for the council", "police", False),
    ("she", "Ruth Adeyemi", None),
    (None, None, True),
    (None, "Tom Haddad", False),
])
def test_speakers_are_compared_by_their_last_names(source: str | None, found: str | None, right: bool | None) -> None:
    """Descriptions by half of their words; whom a pronoun means is not known."""
    assert right_speaker(Attribution("it would close", source, True), found) is right


def test_other_forms_of_a_speaker_count() -> None:
    """Annotations may give several."""
    assert right_speaker(Attribution("it would close", "Ruth Adeyemi", True, ("the mayor",)), "The mayor")


def test_each_clause_is_matched_once() -> None:
    """The best pair first."""
    gold = [Attribution("the ferry would close in May", None, True), Attribution("the ferry would close", None, True)]

    assert matched(gold, ["the ferry would close", "the ferry would close in May", "rain"]) == {0: 1, 1: 0}


def test_figures_are_counted_over_articles() -> None:
    """One clause right, one wrong, one missed."""
    example = Example(Article("a", "a.md", "", "", None, TEXT), (
        Attribution("the ferry would close in May", "Adeyemi", True),
        Attribution("the bridge would open", "Roe", True)))
    total = Counts()
    score_one(total, example, [
        Quotation(Span(*place("the ferry would close in May")), "reported", "Ruth Adeyemi"),
        Quotation(Span(*place("for rain")), "reported", "Ruth Adeyemi"),
        Quotation(Span(*place("No.")), "direct", "Tom Haddad"),
    ])

    assert total.figures() == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "speakers": 1.0, "end_to_end": 0.5}
    assert [each[0] for each in total.errors] == ["missed", "not reported speech"]
    assert any("1 of 2 found" in line for line in lines(total, errors=1))


def test_annotations_without_words_are_read_with_their_articles(tmp_path: Path) -> None:
    """Only what is annotated as reported speech counts."""
    (tmp_path / "ferry.txt").write_text(TEXT, "utf-8")
    article = read_article(tmp_path / "ferry.txt", tmp_path)
    start = article.text.index("the ferry")
    said = [AnnotatedQuotation(Span(start, start + 28), "reported", "Ruth Adeyemi", "person"),
            AnnotatedQuotation(Span(0, 4), "direct", None, "unknown")]
    write(tmp_path / "said.jsonl", [Annotation("ferry.txt", text_hash(article), tuple(said), (), ())])
    [example] = read_annotated(f"{tmp_path / 'said.jsonl'}:{tmp_path}")

    assert [each.content for each in example.attributions] == ["the ferry would close in May"]


def test_quotations_are_scored_without_reported_speech() -> None:
    """Each has a benchmark of its own."""
    marked = {"text": "It is over", "kind": "direct", "speaker": "Ruth Adeyemi", "speaker_type": "person"}
    told = {"text": "the ferry would close", "kind": "reported", "speaker": "Ruth Adeyemi", "speaker_type": "person"}
    gold = {"path": "a.md", "quotes": [marked], "people": []}

    assert score([(gold, {"quotes": [told, marked], "people": []})]).figures()["quotations"] == 1.0
