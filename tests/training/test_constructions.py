"""Constructions: invented texts to learn from, each with its speakers."""

from __future__ import annotations

from indexer.models import Span
from training.constructions import FILE, annotated, constructions, named


def test_names_are_put_in() -> None:
    """Full names, surnames, and the beginnings of paragraphs."""
    assert named("$A met $x. / $a left.", {"A": "Al Roe", "X": "Bo Poe"}) == "Al Roe met Poe.\nRoe left."


def test_what_marks_a_speaker_is_no_part_of_the_text() -> None:
    """The annotation has the speaker, the text only the quotation."""
    annotation, article = annotated("c", '"Yes," [[Susan Keller]] she said. "No." [[-]]')

    assert article.text == '"Yes," she said. "No."'
    assert [(each.span, each.speaker, each.speaker_type) for each in annotation.quotations] == [
        (Span(1, 5), "Susan Keller", "person"), (Span(18, 21), None, "unknown")]


def test_every_construction_is_whole() -> None:
    """Each has quotations, and neither a name nor a mark is left open."""
    made = list(constructions())
    assert len(made) == 2 * sum(bool(line) and line[0] != "#" for line in FILE.read_text("utf-8").splitlines())
    for annotation, article in made:
        assert annotation.quotations and not set("$[]/") & set(article.text), article.text
        assert article.text.count('"') == 2 * len(annotation.quotations), article.text
        for each in annotation.quotations:
            assert each.speaker is None or not set("$[]") & set(each.speaker), article.text


def test_speakers_are_named_in_their_texts() -> None:
    """By a full name, or by the words of the text."""
    for annotation, article in constructions():
        for each in annotation.quotations:
            words = (each.speaker or "").lower().split()
            assert all(word in article.text.lower() for word in words), (each.speaker, article.text)
