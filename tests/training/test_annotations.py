"""Stand-off annotations: written, read again, resolved against an archive, converted from those with words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from indexer.models import Article, Span
from training.annotations import (
    KINDS, SPEAKER_TYPES, STANCES, AnnotatedQuotation, Annotation, read, resolve, text_hash, write,
)
from training.convert import convert, main

ROOT = Path(__file__).parents[2]
TEXT = "“The wall will hold,” said Constance Bligh. She has called it “the wall” for years.\nThe wall will hold."
GOLD: dict[str, Any] = {
    "path": "bligh.md", "people": ["Constance Bligh"], "not_quotes": ["the wall"],
    "quotes": [{"text": "The wall  will hold,", "kind": "direct", "speaker": "Constance Bligh",
                "speaker_type": "person", "same": ["She"]}],
}


def article(text: str = TEXT) -> Article:
    return Article("bligh", "bligh.md", "", "", None, text)


SPANS = st.tuples(st.integers(0, 500), st.integers(1, 90)).map(lambda each: Span(each[0], each[0] + each[1]))
QUOTATIONS = st.builds(
    AnnotatedQuotation, SPANS, st.sampled_from(KINDS), st.none() | st.text(), st.sampled_from(SPEAKER_TYPES),
    st.lists(st.text(), max_size=2).map(tuple), st.sampled_from(STANCES),
)
ANNOTATIONS = st.builds(
    Annotation, st.text(), st.text(), st.lists(QUOTATIONS, max_size=3).map(tuple),
    st.lists(SPANS, max_size=2).map(tuple), st.lists(st.text(), max_size=2).map(tuple),
)


@given(st.lists(ANNOTATIONS, max_size=4))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, annotations: list[Annotation]) -> None:
    """Whatever names hold, line ends among them; in the order of the paths."""
    file = tmp_path_factory.getbasetemp() / "annotations.jsonl"
    write(file, annotations)
    assert read(file) == sorted(annotations, key=lambda each: each.path)


@pytest.mark.parametrize("change", [
    {"path": None}, {"kind": "song"}, {"speaker_type": "dog"}, {"stance": "sung"}, {"end": 3},
])
def test_a_damaged_line_is_named(tmp_path: Path, change: dict[str, Any]) -> None:
    """With its file and number; nothing is guessed."""
    file = tmp_path / "a.jsonl"
    write(file, [convert(GOLD, article())] * 2)
    first, second = file.read_text("utf-8").splitlines()
    entry = json.loads(second)
    if "path" in change:
        del entry["path"]
    else:
        entry["quotations"][0].update({"start": 3} | change)
    file.write_text(f"{first}\n{json.dumps(entry)}\n", "utf-8")
    with pytest.raises(ValueError, match=r"a\.jsonl, line 2: "):
        read(file)


def test_articles_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    """One is as it was annotated, one has another text, one is gone."""
    (tmp_path / "same.md").write_text("---\ntitle: A\n---\n<p>The same text.</p>", "utf-8")
    (tmp_path / "other.md").write_text("---\ntitle: A\n---\n<p>Another text.</p>", "utf-8")
    digest = text_hash(article("The same text."))
    annotations = [Annotation(path, digest, (), (), ()) for path in ("same.md", "other.md", "gone.md")]

    found = resolve(annotations, tmp_path)

    assert [annotation.path for annotation, _ in found.articles] == ["same.md"]
    assert (found.missing, found.changed) == (("gone.md",), ("other.md",))
    assert [line for line in found.lines() if "gone.md" in line or "other.md" in line] == list(found.lines())[1:]


def test_words_become_places() -> None:
    """Spacing is of no account; a stretch between marks goes before the same words elsewhere."""
    found = convert(GOLD, article())
    (quotation,) = found.quotations

    assert quotation.span.of(TEXT) == "The wall will hold,"
    assert (quotation.speaker, quotation.same, quotation.stance) == ("Constance Bligh", ("She",), "said")
    assert [span.of(TEXT) for span in found.not_quotations] == ["the wall"]
    assert found.not_quotations[0].start == TEXT.index("the wall”")


def test_stretches_may_be_given_by_number() -> None:
    """Where the annotation names the text in which they were numbered."""
    quote = {**GOLD["quotes"][0], "text": None, "id": "q0"}
    numbered = {**GOLD, "sha256": text_hash(article()), "quotes": [quote], "not_quotes": ["q1"]}
    assert convert(numbered, article()) == convert(GOLD, article())


@pytest.mark.parametrize(("change", "reason"), [
    ({"not_quotes": ["the ferry"]}, "not in the text"),
    ({"not_quotes": ["She has called", "She has called"]}, "not so often"),
    ({"sha256": "0" * 64}, "not the one that was annotated"),
    ({"quotes": [{**GOLD["quotes"][0], "text": "", "id": "q9"}]}, "no stretch q9"),
])
def test_what_cannot_be_placed_is_refused(change: dict[str, Any], reason: str) -> None:
    """An annotation that does not fit its article would teach what is wrong."""
    with pytest.raises(ValueError, match=reason):
        convert(GOLD | change, article())


def test_the_sample_is_converted_as_it_is_annotated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """training/annotations/sample.jsonl is tests/gold in stand-off form, and has none of its words."""
    out = tmp_path / "sample.jsonl"
    assert main(f"{ROOT / 'tests/gold'}:{ROOT / 'data'}", str(out)) == 0
    assert out.read_text("utf-8") == (ROOT / "training/annotations/sample.jsonl").read_text("utf-8")
    assert "83 articles" in capsys.readouterr().out
