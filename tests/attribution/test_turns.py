"""Who has the word: turns of a dialogue, words reported by another, several with one voice."""

from __future__ import annotations

import pytest

from indexer.models import Article
from tests.attribution.verbatim import annotate


def speakers(text: str) -> list[str | None]:
    return [quotation.speaker for quotation in annotate(Article("a", "a.md", "", "", None, text)).quotations]


EXCHANGES = [
    (
        '"Where is the key?" Sheriff Nora Teale asked the porter, Gus Amory. "In the lake," he said.',
        ["Nora Teale", "Gus Amory"],
    ),
    (
        'Sheriff Nora Teale found the porter, Gus Amory, in the boathouse. "Where is the key?" she asked. '
        '"In the lake," Amory said.',
        ["Nora Teale", "Gus Amory"],
    ),
    (
        '"Where is the key?" Nora Teale asked Gus Amory. "In the lake," Amory said. "Which lake?" Teale asked. '
        '"The deep one," he said.',
        ["Nora Teale", "Gus Amory", "Nora Teale", "Gus Amory"],
    ),
    ('"It is broken," Nora Teale said. "It is not," said Gus Amory.', ["Nora Teale", "Gus Amory"]),
    ('"It is broken," Nora Teale said of the pump. "It works," her brother, Gus Amory, said.',
     ["Nora Teale", "Gus Amory"]),
    ('Nora Teale told Gus Amory to sit. "I would rather stand," he said.', ["Gus Amory"]),
    ('"Why did you come?" Nora Teale asked. "Why did you come alone?"', ["Nora Teale", "Nora Teale"]),
    ('"Where is the key?" Nora Teale asked Gus Amory. "In the lake."', ["Nora Teale", "Gus Amory"]),
    (
        '"Where is the key?" Nora Teale asked. "In the lake," Gus Amory said. "Which lake?" "The deep one." '
        '"How deep?" "Very."',
        ["Nora Teale", "Gus Amory", "Nora Teale", "Gus Amory", "Nora Teale", "Gus Amory"],
    ),
    (
        '"Where is the key?" Nora Teale asked. "In the lake," Gus Amory said. "Would I be wet otherwise?"',
        ["Nora Teale", "Gus Amory", "Gus Amory"],
    ),
    ('Nora Teale asked Gus Amory whether he had the key. "No."', ["Gus Amory"]),
    ('"Why would they sell it?" Nora Teale said. "It makes no sense."', ["Nora Teale", "Nora Teale"]),
]


@pytest.mark.parametrize(("text", "expected"), EXCHANGES, ids=[text[:60] for text, _ in EXCHANGES])
def test_turns_change_the_speaker(text: str, expected: list[str]) -> None:
    """A clause that closes one quotation does not introduce the next, and whoever is asked answers."""
    assert speakers(text) == expected


EMBEDDED = [
    ('The Tarnbrook Courier quoted Gus Amory as saying, "The lake took the key."', "Gus Amory"),
    ('Nora Teale recalled Gus Amory saying, "The lake took the key."', "Gus Amory"),
    ('Nora Teale said that Gus Amory told her, "The lake took the key."', "Gus Amory"),
    ('Witnesses heard Gus Amory shouting, "The lake took the key."', "Gus Amory"),
    ('The porter, Nora Teale, was told by Gus Amory, "The lake took the key."', "Gus Amory"),
    ('Nora Teale was asked by Gus Amory, "Did the lake take the key?"', "Gus Amory"),
    ('The Tarnbrook Courier reports that Gus Amory told the court, "The lake took the key."', "Gus Amory"),
    ('The Tarnbrook Courier quotes the porter Gus Amory: "The lake took the key."', "Gus Amory"),
    ('Nora Teale quoted her mother: "The lake took the key."', "her mother"),
    ('A letter in which Gus Amory wrote, "The lake took the key," was found.', "Gus Amory"),
    ('In the words of Gus Amory, the lake was "a thief with a wet pocket."', "Gus Amory"),
]


@pytest.mark.parametrize(("text", "speaker"), EMBEDDED, ids=[text[:60] for text, _ in EMBEDDED])
def test_the_inner_report_names_the_speaker(text: str, speaker: str) -> None:
    """Who passes words on did not say them."""
    assert speakers(text) == [speaker]


def test_each_agent_of_a_passive_speaks() -> None:
    """What is between marks is named by whoever comes behind "by", in a list too."""
    text = (
        'Her play was called "a lake without a bottom" by the Tarnbrook Courier and "a pond with a pump" by the '
        'Lowmoor Post.'
    )

    assert speakers(text) == ["Tarnbrook Courier", "Lowmoor Post"]


def test_a_verb_that_is_not_repeated() -> None:
    """«Roe described it as Q, and Poe as Q»."""
    text = 'Nora Teale described it as "a lake without a bottom," and Gus Amory as "a pond with a very old pump."'

    assert speakers(text) == ["Nora Teale", "Gus Amory"]


def test_a_pronoun_that_means_nobody_named() -> None:
    """What «he» says is not said by the only one who is named, a woman; somebody at the back is somebody."""
    assert speakers('Nora Teale stopped. "Sit down!" he shouted from the boat.') == [None]
    assert speakers('Nora Teale stopped. "Sit down!" shouted someone at the back.') == ["someone"]


def test_an_author_without_a_name_asks() -> None:
    """«I asked Amory» makes nobody of the article's people the one who asks."""
    text = '"Where is the key?" I asked Gus Amory, the porter. "In the lake," he said.'

    assert speakers(text) == [None, "Gus Amory"]


JOINT = [
    '"We own the lake," Nora Teale and Gus Amory said in a letter.',
    '"We own the lake," said Nora Teale and Gus Amory.',
    'Nora Teale and Gus Amory wrote that "the lake belongs to both of us."',
    'The lake is "the property of two families," according to Nora Teale and Gus Amory.',
]


@pytest.mark.parametrize("text", JOINT, ids=[text[:60] for text in JOINT])
def test_several_speak_with_one_voice(text: str) -> None:
    """They are one speaker, in the order of the text."""
    assert speakers(text) == ["Nora Teale and Gus Amory"]


APART = [
    ('Nora Teale met Gus Amory and said, "We own the lake from shore to shore."', "Nora Teale"),
    ('"We own the lake," said Nora Teale, who met Gus Amory and the mayor.', "Nora Teale"),
]


@pytest.mark.parametrize(("text", "speaker"), APART, ids=[text[:60] for text, _ in APART])
def test_who_is_beside_a_speaker_does_not_speak(text: str, speaker: str) -> None:
    """Only a list that is the whole subject is several speakers."""
    assert speakers(text) == [speaker]


@pytest.mark.parametrize(("opening", "closing"), [("“", "”"), ("‘", "’"), ('"', '"')])
def test_paragraphs_of_one_quotation_are_said_by_whom_its_end_names(opening: str, closing: str) -> None:
    """Each paragraph opens with a mark, only the last one closes."""
    text = (
        f"Gus Amory met Nora Teale at the lake.\n{opening}The key was mine, and I kept it dry.\n"
        f"{opening}The lake was mine too, and nobody asked.{closing} Teale told the court."
    )

    assert speakers(text) == ["Nora Teale", "Nora Teale"]


def test_paragraphs_of_one_quotation_whose_end_names_nobody() -> None:
    """They go on from whoever spoke before, if anybody did."""
    text = (
        'Gus Amory spoke first. “We kept it dry,” Amory said.\n“The key was mine.\n“The lake was mine too.”\n'
        "It rained for a week after that."
    )

    assert set(speakers(text)) <= {"Gus Amory", None}


ALONE = [
    ('Two fishermen watched. "It sank at once," one said.', "one fisherman"),
    ('"It sank at once," said one fisherman. "It floated for an hour," another said.', "another fisherman"),
    ('Several women saw it. "It sank at once," another told the Courier.', "another woman"),
]


@pytest.mark.parametrize(("text", "speaker"), ALONE, ids=[text[:60] for text, _ in ALONE])
def test_one_and_another_speak_without_a_noun(text: str, speaker: str) -> None:
    """They are one of those whom the article speaks of, in the singular."""
    assert speakers(text)[-1] == speaker
