"""Reported speech: which clauses are found, how far they go, and whose they are."""

from __future__ import annotations

import pytest

from indexer.models import Annotated, Article, Block, Quotation, Span
from indexer.pipeline import annotate

WHO = "Ruth Adeyemi, the mayor of Calder, met the ferry council on Monday with the engineer Tom Haddad.\n"


def read(text: str, *blocks: Block) -> Annotated:
    return annotate(Article("a", "a.md", "", "", None, text, blocks))


def reported(text: str) -> list[Quotation]:
    """The reported speech of a text."""
    return [each for each in read(text).quotations if each.kind == "reported"]


# Sentence, the words that it reports, the speaker.
CONSTRUCTIONS = [
    # a clause behind the verb
    ("Adeyemi said the ferry would close in May.", "the ferry would close in May", "Ruth Adeyemi"),
    ("Adeyemi said that the ferry would close in May.", "the ferry would close in May", "Ruth Adeyemi"),
    ("Adeyemi told reporters that the ferry would close.", "the ferry would close", "Ruth Adeyemi"),
    ("Adeyemi told the Calder Post that she would run again.", "she would run again", "Ruth Adeyemi"),
    ("Haddad has repeatedly argued that the old pier is unsafe.", "the old pier is unsafe", "Tom Haddad"),
    ("Haddad, who designed the pier, said it was unsafe.", "it was unsafe", "Tom Haddad"),
    ("She said in an interview on Tuesday that the tolls would rise.", "the tolls would rise", "Ruth Adeyemi"),
    ("Police say the driver fled on foot.", "the driver fled on foot", "Police"),
    ("The council says it has run out of money.", "it has run out of money", None),
    # an infinitive
    ("Adeyemi promised to reopen the ferry by June.", "to reopen the ferry by June", "Ruth Adeyemi"),
    ("Adeyemi urged the council to close the pier.", "to close the pier", "Ruth Adeyemi"),
    # a question
    ("Haddad asked whether the pier would hold.", "whether the pier would hold", "Tom Haddad"),
    ("Haddad asked Adeyemi if she would resign.", "if she would resign", "Tom Haddad"),
    # a plan
    ("Adeyemi announced plans to close the pier in June.", "plans to close the pier in June", "Ruth Adeyemi"),
    # passives
    ("The council was told that the pier was unsafe.", "the pier was unsafe", ""),
    ("It was announced on Friday that the ferry would close.", "the ferry would close", ""),
    # before the verb
    ("The ferry would close in May, she said.", "The ferry would close in May", "Ruth Adeyemi"),
    ("The pier will be rebuilt next year, Haddad said.", "The pier will be rebuilt next year", "Tom Haddad"),
    ("The pier was built in 1911, according to Haddad.", "The pier was built in 1911", "Tom Haddad"),
    ("According to Haddad, the pier was built in 1911.", "the pier was built in 1911", "Tom Haddad"),
    # participles
    ("Adeyemi defended the plan, saying that the ferry lost money.", "the ferry lost money", "Ruth Adeyemi"),
    # nouns
    ("Haddad repeated his claim that the pier was unsafe.", "the pier was unsafe", "Tom Haddad"),
]


# Speaker "": nobody; None: not looked at.
@pytest.mark.parametrize(("sentence", "words", "speaker"), CONSTRUCTIONS)
def test_reported_clauses_are_found(sentence: str, words: str, speaker: str | None) -> None:
    """Each construction gives its clause, without the cue and who speaks."""
    found = {each.span.of(WHO + sentence): each for each in reported(WHO + sentence)}

    assert words in found
    if speaker is not None:
        assert (found[words].speaker or "") == speaker


NOT_SPEECH = [
    'Haddad shouted "the pier is closed" before he left the meeting.',
    "Writing in the Calder Post, Adeyemi closed the matter.",
    '"The pier is sound," the ferry council\'s chief engineer, Lena Ost, said.',
    'Sailors hoped that the mayor, Ruth Adeyemi, would say, "The ferry stays."',
    "Adeyemi believes the ferry will close.",
    "Adeyemi wants the council to close the pier.",
    "Haddad hopes that the pier will hold.",
    "Haddad thought the plan was bold.",
    "The ferry closed in May, and the pier was sold.",
    "The council spoke for an hour about the budget.",
    'Adeyemi said, "The ferry will close in May."',
    '"The ferry will close in May," Adeyemi said.',
    "Adeyemi added two names to the list.",
    # only supposed
    "If Adeyemi says the ferry will close, nobody will mind.",
    "Haddad might say that the pier is unsafe.",
    "Haddad should have said that the pier was unsafe.",
    # not said, as the quotation inside already tells
    'Haddad denied telling the crew to "sink the pier."',
    'Haddad refused to say that the pier was "a danger to everybody."',
    # who is named there goes on to speak
    'Haddad said his deputy, Una Birk, had told him, "The pier is yours."',
]


@pytest.mark.parametrize("sentence", NOT_SPEECH)
def test_thoughts_wishes_and_quotations_are_none(sentence: str) -> None:
    """What people think, want or do is not what they said; words between marks are quotations."""
    assert reported(WHO + sentence) == []


def test_a_split_clause_keeps_both_halves() -> None:
    """Words on both sides of the cue are one slice of the text, as printed."""
    text = WHO + "The ferry would close in May, she said, if nobody paid for it."

    assert [each.span.of(text) for each in reported(text)] == [
        "The ferry would close in May, she said, if nobody paid for it"]


def test_a_mixed_clause_keeps_its_quotation() -> None:
    """A few words between marks are a quotation, and the clause around them is reported."""
    text = WHO + 'Adeyemi said the plan for the pier was "a disgrace" to the city.'
    found = [(each.kind, each.span.of(text)) for each in read(text).quotations]

    assert found == [("reported", 'the plan for the pier was "a disgrace" to the city'), ("fragment", "a disgrace")]


def test_denied_words_are_the_speakers_and_denied() -> None:
    """Whoever denies something speaks, of words that are not true."""
    text = WHO + "Haddad denied that the pier was unsafe."
    [found] = reported(text)

    assert (found.span.of(text), found.speaker, found.stance, found.stance_of) == (
        "the pier was unsafe", "Tom Haddad", "denied", None)


def test_words_that_were_never_said_have_no_speaker() -> None:
    """It is known whose they would be."""
    text = WHO + "Haddad never said that the pier was unsafe."
    found = [each for each in reported(text) if each.span.of(text) == "the pier was unsafe"]

    assert [(each.speaker, each.stance, each.stance_of) for each in found] == [(None, "denied", "Tom Haddad")]


def test_what_is_not_denied_was_said() -> None:
    """Two noes are a yes."""
    text = WHO + "Haddad did not deny that the pier was unsafe."

    assert {(each.speaker, each.stance) for each in reported(text)} <= {("Tom Haddad", "said")}


def test_the_cue_and_the_source_are_where_they_are_printed() -> None:
    """Cue and source are slices of the text, outside of the words."""
    text = WHO + "Haddad has repeatedly argued that the old pier is unsafe."
    [found] = reported(text)

    assert found.cue is not None and found.source is not None
    assert (found.cue.of(text), found.source.of(text)) == ("has repeatedly argued", "Haddad")
    assert not found.span.overlaps(found.cue) and not found.span.overlaps(found.source)


def test_captions_and_credits_report_nothing() -> None:
    """A picture's caption is set apart; so is what names its photographer."""
    text = WHO + "Adeyemi said the ferry would close in May."
    line = Span(len(WHO), len(text))

    assert [each for each in read(text, Block(line, "caption")).quotations if each.kind == "reported"] == []
    assert [each for each in read(text, Block(line, "quotation")).quotations if each.kind == "reported"] == []


def test_other_languages_are_not_read() -> None:
    """Clauses are found by English grammar only."""
    text = WHO + "Adeyemi said the ferry would close in May."

    assert annotate(Article("a", "a.md", "", "", None, text, language="fr")).quotations == ()


def test_quotations_are_in_the_order_of_the_text() -> None:
    """Quotations and reported speech are one list."""
    text = WHO + 'Adeyemi said the ferry would close. "It is over," she said. Haddad said the pier was unsafe.'
    found = read(text).quotations

    assert [each.kind for each in found] == ["reported", "fragment", "reported"]
    assert [each.span.start for each in found] == sorted(each.span.start for each in found)
