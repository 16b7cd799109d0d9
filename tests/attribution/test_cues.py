"""Tokens, sources and cues of a paragraph: what attribution reads before it decides."""

from __future__ import annotations

import pytest

from indexer.attribution.cues import find_cues
from indexer.attribution.parsed_article import Paragraph, ParsedArticle
from indexer.attribution.tokens import QUOTE, read_paragraph
from indexer.models import Article, Span
from indexer.people.finder import find_people
from indexer.quotations import find_marked_spans


def read(text: str) -> tuple[Paragraph, list[str]]:
    """The first paragraph of a text, and what its sources are called."""
    people = find_people("", text)
    paragraph = ParsedArticle(Article("a", "a.md", "", "", None, text), people).paragraph(0)
    names = [source.name if source.person < 0 else people[source.person].name for source in paragraph.sources]
    return paragraph, names


def test_a_quotation_is_one_token() -> None:
    """The words between marks cannot be mistaken for those around them."""
    paragraph, _ = read('She said, "He said no," and left.')

    assert paragraph.tokens.words == ["She", "said", ",", QUOTE, "and", "left", "."]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He left. She stayed.", 2),
        ("Dr. Haddad left. She stayed.", 2),
        ("James R. O'Rourke left.", 1),
        ("The U.S. Navy left at 9 a.m. on Monday.", 1),
        ("Did he leave? She stayed!", 2),
        ('"Did he leave?" Inspector Ruth Adeyemi asked.', 1),
        ('"Did he leave?" Ruth Adeyemi left too.', 2),
        ('"Out!" Adeyemi\'s niece recalled.', 1),
        ('(They spoke of "mud.") Ruth Adeyemi left.', 2),
        ("She said no. He left.", 2),
        ("The ferry is No. 7 of nine.", 1),
    ],
)
def test_sentences_end_at_points_that_end_them(text: str, sentences: int) -> None:
    """Abbreviations and initials do not."""
    tokens = read_paragraph(text, Span(0, len(text)), list(enumerate(find_marked_spans(text))))

    assert tokens.sentences[-1] + 1 == sentences


SOURCES = [
    ("A neighbor told the Post that it rained.", ["A neighbor", "Post"]),
    ("Police sources said it rained.", ["Police sources"]),
    ("The Calder Transit Authority said it rained.", ["Calder Transit Authority"]),
    ("One worker who saw the crash said it rained.", ["One worker who saw the crash"]),
    ("The victim's sister said it rained.", ["The victim's sister"]),
    ("A spokesman for the Harbor Authority said it rained.", ["A spokesman for the Harbor Authority"]),
    ("One attendee said it rained.", ["One attendee"]),
    ("Another told the Post that it rained.", ["Another", "Post"]),
    ("Some say it rained, others said it snowed.", ["Some", "others"]),
    ("It rained, according to forecasters.", ["forecasters"]),
    ("It rained, according to stargazers.", ["stargazers"]),
    ("Word came from a woman in her 60s by the door.", ["a woman in her 60s"]),
    ('"It rained," said a man who would not be named.', ["a man who would not be named"]),
    ("A spokeswoman for Ruth Adeyemi said it rained.", ["A spokeswoman for Ruth Adeyemi"]),
    ("Then eastCalder said it rained.", ["eastCalder"]),
    ("Someone said it rained.", ["Someone"]),
    ("HELENA, a town - It rained.", []),
    ("Ruth Adeyemi, R-Maine, said it rained.", ["Ruth Adeyemi"]),
    ("In 2012 the river rose.", []),
    ("On Monday it rained.", []),
]


@pytest.mark.parametrize(("text", "expected"), SOURCES)
def test_sources_are_whole_phrases(text: str, expected: list[str]) -> None:
    """With determiners, possessors and modifiers; dates and openers are none."""
    paragraph, names = read(text)

    outer = [name for source, name in zip(paragraph.sources, names, strict=True) if not source.inner]
    assert outer[: len(expected)] == expected
    assert bool(outer) == bool(expected)


CUES = [
    ("Ruth Adeyemi said it rained.", "said", "subject"),
    ("Ruth Adeyemi, the mayor of Calder, said it rained.", "said", "apposition"),
    ('"It rained," said Ruth Adeyemi.', "said", "inverted"),
    ('"It rained," added town clerk emeritus Ruth Adeyemi.', "added", "inverted"),
    ("According to Ruth Adeyemi, it rained.", "According", "according"),
    ("Hank told Ruth Adeyemi that it rained.", "told", "listener"),
    ("The plan was praised by Ruth Adeyemi.", "praised", "agent"),
    ("It was Ruth Adeyemi who said it rained.", "said", "relative"),
    ("Ruth Adeyemi left, saying it rained.", "saying", "main"),
    ("They asked Ruth Adeyemi to explain the rain.", "explain", "infinitive"),
    ("As for Ruth Adeyemi's latest claim that it rained, it did.", "claim", "owner"),
    ("A comment from Ruth Adeyemi came late.", "comment", "owner"),
    ("Ruth Adeyemi of the Harbor Authority said it rained.", "said", "subject"),
    ("Ruth Adeyemi, who saw the flood said it rained.", "said", "apposition"),
    ("The Post quoted Ruth Adeyemi as saying it rained.", "saying", "subject"),
    ("They heard the mayor, Ruth Adeyemi, shouting that it rained.", "shouting", "subject"),
    ("To quote Ruth Adeyemi, it rained.", "quote", "cited"),
    ("Ruth Adeyemi quoted Hank as saying it rained.", "quoted", "raising"),
    ("Ruth Adeyemi was told that it rained.", "told", "listener"),
    ("They were told by the mayor, Ruth Adeyemi, that it rained.", "told", "agent"),
    ("However Ruth Adeyemi (D-Calder) said it rained.", "said", "subject"),
    ("Ruth Adeyemi, though, tweeted that it rained.", "tweeted", "subject"),
    ("Ruth Adeyemi, for her part, said it rained.", "said", "subject"),
    ("At the pier today Ruth Adeyemi, the mayor, said it rained.", "said", "apposition"),
    ("Ruth Adeyemi, who was once a diver, says the ride costs a dollar.", "says", "apposition"),
    ("Ruth Adeyemi has seen the pier, and told them that it rained.", "told", "shared"),
    ("Ruth Adeyemi left when the hall closed, and said it rained.", "said", "shared"),
    ("Ruth Adeyemi thanked the crew and quotes Hank Sorensen as a friend.", "quotes", "raising"),
    ("The Courier reports that Ruth Adeyemi went on to say that it rained.", "say", "subject"),
    ("Ruth Adeyemi used the hearing to say it rained.", "say", "purpose"),
    ("Ruth Adeyemi insisted that the drivers were late, adding that it rained.", "adding", "above"),
    ("Ruth Adeyemi sent a letter to tenants explaining that it rained.", "explaining", "main"),
    ("They saw Ruth Adeyemi shouting that it rained.", "shouting", "acting"),
    ("Ruth Adeyemi was hailed for the plan.", "hailed", "patient"),
    ("Ruth Adeyemi is said to be late.", "said", "patient"),
    ("They asked Roe, and a note led Ruth Adeyemi to say it rained.", "say", "infinitive"),
    ("The doctors invited by Hank from Ruth Adeyemi included a diver.", "included", "modifier"),
    ("We reached out to Ruth Adeyemi, but it rained.", "reached", "asked"),
    ("We asked the mayor, Ruth Adeyemi, whether it rained.", "asked", "asked"),
]


@pytest.mark.parametrize(("text", "verb", "relation"), CUES)
def test_cues_know_their_subjects(text: str, verb: str, relation: str) -> None:
    """Each way in which Ruth Adeyemi can stand to a verb of speech."""
    paragraph, names = read(text)

    found = {
        (paragraph.tokens.words[cue.first], names[number], how)
        for cue in find_cues(paragraph.tokens, paragraph.sources)
        for number, how in cue.subjects
    }
    assert (verb, "Ruth Adeyemi", relation) in found


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Hank Sorensen, who was once a diver, says the ride costs a dollar.", "says"),
        ("Nadia Okafor, head of the trust, says Ruth Adeyemi has left.", "says"),
    ],
)
def test_who_is_behind_a_verb_may_open_what_it_reports(text: str, verb: str) -> None:
    """Only the one before the comma says it."""
    paragraph, _ = read(text)

    [cue] = [cue for cue in paragraph.cues if paragraph.tokens.words[cue.first] == verb]
    assert [relation for _, relation in cue.subjects] == ["apposition"]


def test_a_name_in_ly_is_no_adverb() -> None:
    """It is Kelly who said it."""
    paragraph, names = read("Then Maura Kelly said it rained.")

    [cue] = paragraph.cues
    assert [(names[number], relation) for number, relation in cue.subjects] == [("Maura Kelly", "subject")]


@pytest.mark.parametrize(
    "text",
    ["The report came late.", "Officers responded to a 911 call.", "A police statement came late.",
     "Their plans came late."],
)
def test_nouns_that_look_like_verbs_are_no_cues(text: str) -> None:
    """A report is a thing when a determiner stands before it."""
    paragraph, _ = read(text)

    assert [cue for cue in paragraph.cues if cue.subjects] == []
