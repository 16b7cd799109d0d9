"""How cues tie sources to a quotation: the values that decisions are made by, and their names for the model."""

from __future__ import annotations

import pytest

from indexer.attribution.cue_features import Ties, cue_features, ties_of
from indexer.attribution.parsed_article import Paragraph, ParsedArticle, QuotationCandidate
from indexer.models import Article
from indexer.people.finder import find_people


def tied(text: str) -> tuple[Paragraph, QuotationCandidate, list[Ties]]:
    """The first paragraph of a text, its first quotation, and what ties each source to that."""
    parsed = ParsedArticle(Article("a", "a.md", "", "", None, text), find_people("", text))
    paragraph, quoted = parsed.paragraph(0), parsed.quotation_candidates[0]
    return paragraph, quoted, ties_of(paragraph, quoted, range(len(paragraph.sources)))


@pytest.mark.parametrize(("text", "relation", "place", "rank"), [
    ('"The wall will hold," said Constance Bligh.', "inverted", "behind-next", 0),
    ('"The wall will hold," Constance Bligh said.', "subject", "behind-next", 0),
    ('Constance Bligh said, "The wall will hold."', "subject", "before-next", 0),
    ('Constance Bligh told reporters at noon, "The wall will hold."', "subject", "before-led", 0),
    ('Constance Bligh praised what she called, and rightly so, the "wall of hope" there.', "subject", "before-same", 2),
    ('Constance Bligh said nothing. It rained all day. Then came "the wall of water."', "subject", "before-earlier", 6),
])
def test_the_closest_tie(text: str, relation: str, place: str, rank: int) -> None:
    """Of the person to the quotation: what she is to the cue, where the two are, how close."""
    paragraph, _, ties = tied(text)
    (number,) = (number for number, source in enumerate(paragraph.sources) if source.kind == "person")
    closest = ties[number].closest
    assert closest is not None
    assert (closest.relation, closest.place, closest.rank) == (relation, place, rank)


def test_who_is_told_is_no_speaker() -> None:
    """A listener is tied to the words as closely as the speaker, but not as one."""
    paragraph, _, ties = tied('Constance Bligh told the Calder Mercury, "The wall will hold."')
    speaker, listener = ties
    assert [source.name for source in paragraph.sources][1] == "Calder Mercury"
    assert speaker.closest is not None and speaker.closest.makes_speaker
    assert listener.closest is None and [tie.relation for tie in listener.all] == ["listener"]
    assert (speaker.feature, listener.feature) == ("tied 0 of 0", "tied 7 of 0")


def test_features_are_names_of_ties() -> None:
    """Each says one thing, once; without a tie that makes a speaker, that is said."""
    paragraph, quoted, (ties,) = tied('"The wall will hold," said Constance Bligh.')
    names = cue_features(paragraph, quoted, paragraph.sources[0], ties)
    assert "inverted speech behind-next ends same" in names and "said inverted behind-next" in names
    assert len(set(names)) == len(names)
    assert cue_features(paragraph, quoted, paragraph.sources[0], Ties((), None, 7, 7)) == ["no cue"]
