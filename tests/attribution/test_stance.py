"""Words that nobody said: tables of sentences, a way of saying so each."""

from __future__ import annotations

import pytest

from indexer.attribution import ParsedArticle, stance_of
from indexer.models import Article, Quotation
from tests.attribution.verbatim import annotate
from tests.work import steps


def quotations(text: str) -> tuple[Quotation, ...]:
    return tuple(annotate(Article("a", "a.md", "", "", None, text)).quotations)


DENIED = [
    ('Ferry captain Orla Dunn never said, "The engines can wait until spring."', "Orla Dunn"),
    ('Orla Dunn did not say that "the engines can wait until spring."', "Orla Dunn"),
    ('Orla Dunn hasn\'t said, "The engines can wait until spring."', "Orla Dunn"),
    ('Orla Dunn would not say that the engines were "a danger to passengers."', "Orla Dunn"),
    ('Orla Dunn refused to say that the engines were "a danger to passengers."', "Orla Dunn"),
    ('Orla Dunn declined to say that the engines were "a danger to passengers."', "Orla Dunn"),
    ('Orla Dunn denied saying that "the engines can wait until spring."', "Orla Dunn"),
    ('Orla Dunn denies ever telling the crew to "sail now and ask later."', "Orla Dunn"),
    ('Orla Dunn denied that she said "the engines can wait until spring."', "Orla Dunn"),
    ('Orla Dunn left the dock without saying, "We will be back by noon."', "Orla Dunn"),
    ('Orla Dunn stopped short of saying that the engines were "a danger to passengers."', "Orla Dunn"),
    ('Orla Dunn does not call the engines "a danger to passengers."', "Orla Dunn"),
    ('Nobody said, "The engines can wait until spring."', None),
    ('Neither Silas Crewe nor Orla Dunn would say, "The engines can wait until spring."', "Orla Dunn"),
    ('Neither Silas Crewe nor his mate, Orla Dunn, would say the engines were "a danger to us all."', "Orla Dunn"),
    ('Nor did Orla Dunn say that the engines were "a danger to passengers."', "Orla Dunn"),
    ('At no point did Orla Dunn say, "The engines can wait until spring."', "Orla Dunn"),
    ('Nobody has ever heard Orla Dunn say, "The engines can wait until spring."', "Orla Dunn"),
    ('Orla Dunn has yet to say, "The engines can wait until spring."', "Orla Dunn"),
    ('Orla Dunn was too polite to say, "The engines can wait until spring."', "Orla Dunn"),
    ('Orla Dunn disputes that she called the engines "a danger to passengers."', "Orla Dunn"),
    ('It is not true that Orla Dunn called the engines "a danger to passengers."', "Orla Dunn"),
    ('There is no record of Orla Dunn saying, "The engines can wait until spring."', "Orla Dunn"),
    ('Far from saying "the engines can wait until spring," Orla Dunn sold them.', None),
    ('Before Orla Dunn could say "the engines can wait," they stopped.', "Orla Dunn"),
    ('The words "the engines can wait until spring" are wrongly attributed to Orla Dunn.', "Orla Dunn"),
    ('No one told Orla Dunn, "The engines can wait until spring."', None),
]


# What is denied, wished or supposed is another clause than the one that reports the words.
SAID_ALL_THE_SAME = [
    ('Neither Silas Crewe nor his mate would comment, but a sailor said, "She is tired of it all."', "a sailor"),
    ('Orla Dunn admits she wishes she had sold, telling the Mercury, "The engines were old."', "Orla Dunn"),
    ('Orla Dunn doubted that many sailors would ask, calling the fare "a highly deceptive number."', "Orla Dunn"),
    ('Orla Dunn wrote that the Harbor Board didn\'t ask her to come back: "I mean nothing to them."', "Orla Dunn"),
    ('Orla Dunn never had any disputes with the two, and mate Piet Vos said, "She woke up at night."', "Piet Vos"),
    ('Sailors denied that the ferry was late and said it was "slow and lonely."', "Sailors"),
    ('Orla Dunn told the Mercury that it was over. Mate Piet Vos used to say, "The engines can wait."', "Piet Vos"),
    ('Orla Dunn said she had been told not to say the word. "The ferry is damp. It is old."', "Orla Dunn"),
    ('Sailors won\'t say anything except "the engines can wait."', "Sailors"),
    ('The city was stunned. Theresa May said, "The engines can wait until spring."', "Theresa May"),
    ('After Piet Vos was denied parole, a lawyer for the sailor said, "He is afraid."', "a lawyer for the sailor"),
    ('When he denied it, Orla Dunn said, "Yes, that is you on the deck."', "Orla Dunn"),
    ('Orla Dunn was furious that they left instead of calling the police: "It is hard to get help."', "Orla Dunn"),
    ('When he hears that "Tramp" is the captain, Piet Vos proclaims, "This is going to be easy!"', "Piet Vos"),
]


@pytest.mark.parametrize(("text", "speaker"), SAID_ALL_THE_SAME, ids=[text[:60] for text, _ in SAID_ALL_THE_SAME])
def test_what_another_clause_denies_is_said(text: str, speaker: str) -> None:
    found = quotations(text)[-1]

    assert (found.stance, found.speaker) == ("said", speaker)


@pytest.mark.parametrize(("text", "whose"), DENIED, ids=[text[:60] for text, _ in DENIED])
def test_what_is_denied_has_no_speaker(text: str, whose: str | None) -> None:
    """It is kept as a quotation, with whose words it would be."""
    found = quotations(text)

    assert [(each.stance, each.speaker, each.stance_of) for each in found] == [("denied", None, whose)]


HYPOTHETICAL = [
    ('If Warden Silas Crewe says "the gates stay shut" tomorrow, the boats will leave.', "Silas Crewe"),
    ('What Silas Crewe should have said was, "I forgot to open the gates."', "Silas Crewe"),
    ('Silas Crewe could have said, "I forgot to open the gates."', "Silas Crewe"),
    ('Silas Crewe might say, "I forgot to open the gates."', "Silas Crewe"),
    ('Silas Crewe opened his arms, as if to say, "I forgot to open the gates."', "Silas Crewe"),
    ('Unless Silas Crewe says, "I forgot to open the gates," nobody will forgive him.', "Silas Crewe"),
    ('Had Warden Silas Crewe said "sorry about the gates" in May, the boats would have stayed.', "Silas Crewe"),
    ('Did Silas Crewe say, "I forgot to open the gates"?', "Silas Crewe"),
    ('Sailors hoped that Silas Crewe would say, "I forgot to open the gates."', "Silas Crewe"),
    ('Sailors hoped that the warden, Silas Crewe, would say, "I forgot to open the gates."', "Silas Crewe"),
    ('Sailors urged Silas Crewe to say, "I forgot to open the gates."', "Silas Crewe"),
    ('Silas Crewe was told to say, "I forgot to open the gates."', "Silas Crewe"),
    ('You would expect a warden like Silas Crewe to say, "I forgot to open the gates."', "Silas Crewe"),
    ('I doubt that Silas Crewe said, "I forgot to open the gates."', "Silas Crewe"),
    ('Many would say, "He forgot to open the gates."', "Many"),
]


@pytest.mark.parametrize(("text", "whose"), HYPOTHETICAL, ids=[text[:60] for text, _ in HYPOTHETICAL])
def test_what_is_supposed_has_no_speaker(text: str, whose: str) -> None:
    """Words that somebody may say, or should have said, are nobody's yet."""
    found = quotations(text)

    assert [(each.stance, each.speaker) for each in found] == [("hypothetical", None)]
    assert found[0].stance_of in (whose, None)


SAID = [
    ('Silas Crewe never tires of saying, "The gates stay shut."', "Silas Crewe"),
    ('Silas Crewe hoped for rain and said, "The gates stay shut."', "Silas Crewe"),
    ('Silas Crewe was expected to resign, but he said, "The gates stay shut."', "Silas Crewe"),
    ('Why did Silas Crewe say, "The gates stay shut"?', "Silas Crewe"),
    ('Orla Dunn did not only say "the engines can wait," she also sold them.', "Orla Dunn"),
    ('Orla Dunn did not hesitate to say that the engines were "a danger to passengers."', "Orla Dunn"),
    ('Orla Dunn never tires of saying, "The engines can wait until spring."', "Orla Dunn"),
    ('Orla Dunn said she never slept on the ferry: "The engines sing all night long."', "Orla Dunn"),
    ('Orla Dunn said that she has not been paid "in more than seven months."', "Orla Dunn"),
    ('Orla Dunn said nobody had asked the crew and that she could "hear the engines cry at night."', "Orla Dunn"),
    ('"I never said that the engines could wait," Orla Dunn said.', "Orla Dunn"),
    ('"The engines cannot wait," said Orla Dunn, who was not told of the delay.', "Orla Dunn"),
    ('"The engines cannot wait until spring," Orla Dunn, who did not want to be photographed, said.', "Orla Dunn"),
    ('Orla Dunn did not hide her anger, saying, "The engines cannot wait until spring."', "Orla Dunn"),
    ('We asked Orla Dunn if the ferry would sail, and she said: "The engines can wait until spring."', "Orla Dunn"),
    ('Orla Dunn may be tired. "The engines can wait until spring," she said.', "Orla Dunn"),
    ('Orla Dunn wrote that the town should thank the crew: "They kept us afloat for a whole winter."', "Orla Dunn"),
    ('Asked whether the ferry would sail, Orla Dunn said, "The engines can wait until spring."', "Orla Dunn"),
]


@pytest.mark.parametrize(("text", "speaker"), SAID, ids=[text[:60] for text, _ in SAID])
def test_another_no_in_the_sentence_denies_nothing(text: str, speaker: str) -> None:
    """Only the verb that reports the words counts, and two denials say that something was said."""
    assert {(each.stance, each.speaker, each.stance_of) for each in quotations(text)} == {("said", speaker, None)}


def test_a_denied_speaker_is_not_carried_on() -> None:
    """What somebody did not say makes nobody the speaker of what follows."""
    denied, following = quotations(
        'Orla Dunn never said, "The engines can wait until spring." "We sail tonight," said mate Piet Vos.')

    assert (denied.speaker, following.speaker) == (None, "Piet Vos")


def test_the_cue_of_denied_words_is_shown() -> None:
    """The verb that is denied is the evidence for the stance."""
    text = 'Orla Dunn never said, "The engines can wait until spring."'
    (found,) = quotations(text)

    assert found.cue is not None and found.cue.of(text) == "said"
    assert found.source is not None and found.source.of(text) == "Orla Dunn"


def test_only_what_is_near_a_cue_is_looked_at() -> None:
    """However long a paragraph is, whether its last verb says that somebody spoke takes no longer to tell."""
    def taken(size: int) -> int:
        text = 'The owner, Orla Dunn, said so. ' * size
        paragraph = ParsedArticle(Article("a", "a.md", "", "", None, text), ()).paragraph(0)
        return steps(lambda: stance_of(paragraph, paragraph.cues[-1]))

    assert taken(400) < 1.5 * taken(100)
