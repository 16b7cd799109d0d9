"""Who said it: tables of sentences, a class of report each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from indexer.models import Annotated, Article, Block, Quotation, Span
from tests.attribution.verbatim import annotate


def story(text: str, *blocks: Block) -> Annotated:
    return annotate(Article("a", "a.md", "", "", None, text, blocks))


def said(text: str) -> list[tuple[str, str | None]]:
    """The quotations of a text with their speakers."""
    return [(quotation.span.of(text), quotation.speaker) for quotation in story(text).quotations]


def speakers(text: str) -> list[str | None]:
    return [speaker for _, speaker in said(text)]


TWO_ROLES = [
    ('"The wall will hold," explains Executive Director and spokeswoman Ada Finch.', "Ada Finch"),
    ('"The wall will hold," said CTA Chairman and CEO Thomas Pardee.', "Thomas Pardee"),
    ('"The wall will hold," said the author and critic Ada Finch.', "Ada Finch"),
    ('"The wall will hold," said Council Member and Minority Leader Theo Brooks.', "Theo Brooks"),
    ('Songwriter and guitarist Tim Fisk called it "a heap of wishes and paper."', "Tim Fisk"),
    ('"The wall will hold," the mayor and Councilman Theo Brooks said.', "the mayor and Theo Brooks"),
    ('"The wall will hold," a neighbor and Councilman Theo Brooks said.', "a neighbor and Theo Brooks"),
    ('"The wall will hold," police and Mayor Theo Brooks said.', "police and Theo Brooks"),
    ('"The wall will hold," said Ada Finch and Councilman Theo Brooks.', "Ada Finch and Theo Brooks"),
]


@pytest.mark.parametrize(("text", "speaker"), TWO_ROLES)
def test_two_roles_are_of_one_person_unless_each_is_opened(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


PLAIN = [
    ('"The wall will hold," Constance Bligh said.', "Constance Bligh"),
    ('"The wall will hold," said Constance Bligh.', "Constance Bligh"),
    ('Constance Bligh said, "The wall will hold until spring."', "Constance Bligh"),
    ('Constance Bligh told the Mercury, "The wall will hold until spring."', "Constance Bligh"),
    (
        'Constance Bligh told reporters at the harbor on Tuesday, "The wall will hold until spring."',
        "Constance Bligh",
    ),
    ('Constance Bligh: "The wall will hold until spring."', "Constance Bligh"),
    ('According to Constance Bligh, "the wall will hold until the spring tides come."', "Constance Bligh"),
    ('The wall will hold "until the spring tides come and go," according to Constance Bligh.', "Constance Bligh"),
    ('"The wall will hold," Constance Bligh, the head of the Harbor Authority, said.', "Constance Bligh"),
    ('"The wall will hold," Constance Bligh, who has run the port since 2009, told the Mercury.', "Constance Bligh"),
    ('"The wall will hold," said Harbor Authority chief engineer Constance Bligh.', "Constance Bligh"),
    ('"The wall will hold," said a visibly tired Constance Bligh.', "Constance Bligh"),
    ('"The wall will hold," added port director emeritus Constance Bligh.', "Constance Bligh"),
    ('"The wall will hold," Constance Bligh wrote in an email.', "Constance Bligh"),
    ('Constance Bligh tweeted, "The wall will hold until spring."', "Constance Bligh"),
    ('Constance Bligh called the plan "a wall made of wishes and paper."', "Constance Bligh"),
    ('Constance Bligh has repeatedly warned that "the wall will not hold another winter."', "Constance Bligh"),
    ('Constance Bligh went on to say, "The wall will hold until spring."', "Constance Bligh"),
    ('In a statement, Constance Bligh said, "The wall will hold until spring."', "Constance Bligh"),
    ('As Constance Bligh put it, "The wall will hold until spring."', "Constance Bligh"),
    ('Constance Bligh has put it this way: "The wall will hold until spring."', "Constance Bligh"),
    ('"The wall will hold," harbor chief of staff Constance Bligh said.', "Constance Bligh"),
    ('"The wall will hold," said head of security Constance Bligh.', "Constance Bligh"),
    ('"The wall will hold," said the bricklayer, Constance Bligh.', "Constance Bligh"),
    ('The wall was praised as "a monument to a century of patience" by Constance Bligh.', "Constance Bligh"),
    ('"The wall will hold," Constance Bligh explained. "It was built to hold for a century."', "Constance Bligh"),
    ('"Will the wall hold?" Constance Bligh asked.', "Constance Bligh"),
    ('"Will the wall hold?" asked Constance Bligh, looking at the water.', "Constance Bligh"),
    ('Constance Bligh praised the crew\'s "long nights of patient and cold work."', "Constance Bligh"),
    ('The plan was described by Constance Bligh as "a wall made of wishes and paper."', "Constance Bligh"),
    ('Constance Bligh defended the wall, saying, "It was built to hold for a century."', "Constance Bligh"),
    ('Constance Bligh walked out, adding that "nobody had asked the river what it wanted."', "Constance Bligh"),
]


@pytest.mark.parametrize(("text", "speaker"), PLAIN, ids=[text[:48] for text, _ in PLAIN])
def test_the_subject_of_the_cue_speaks(text: str, speaker: str) -> None:
    """In every order of cue, speaker and words, and through appositions, roles and adverbials."""
    found = speakers(text)

    assert found
    assert set(found) == {speaker}


LISTENERS = [
    ('Hank Sorensen told Constance Bligh, "You cannot argue with a river."', "Hank Sorensen"),
    ('"You cannot argue with a river," Hank Sorensen told Constance Bligh.', "Hank Sorensen"),
    ('Hank Sorensen asked Constance Bligh, "When did you last argue with a river?"', "Hank Sorensen"),
    ('"You cannot argue with a river," Hank Sorensen told the Daily Mercury\'s Dana Ruiz.', "Hank Sorensen"),
    ('Hank Sorensen informed Constance Bligh that "nobody can argue with a river like that."', "Hank Sorensen"),
]


@pytest.mark.parametrize(("text", "speaker"), LISTENERS, ids=[text[:48] for text, _ in LISTENERS])
def test_who_is_told_only_listens(text: str, speaker: str) -> None:
    """The object of told, asked and informed is not the speaker."""
    assert set(speakers(text)) == {speaker}


OTHERS = [
    ('A neighbor said, "We heard the boat before we saw it."', "A neighbor", "unnamed"),
    ('"We heard the boat before we saw it," said one neighbor.', "one neighbor", "unnamed"),
    ('"We heard the boat before we saw it," a police source told the Post.', "a police source", "unnamed"),
    (
        '"We heard the boat before we saw it," said a spokeswoman for the Harbor Authority.',
        "a spokeswoman for the Harbor Authority",
        "unnamed",
    ),
    (
        '"We heard the boat before we saw it," said a spokeswoman for Mayor Constance Bligh.',
        "a spokeswoman for Mayor Constance Bligh",
        "unnamed",
    ),
    (
        '"We heard the boat before we saw it," said a man in a Harbor College cap.',
        "a man in a Harbor College cap",
        "unnamed",
    ),
    (
        'An adviser of Mayor Constance Bligh\'s said, "We heard the boat before we saw it."',
        "An adviser of Mayor Constance Bligh's",
        "unnamed",
    ),
    (
        'Constance Bligh was not there. As Bligh\'s team put it: "We heard the boat before we saw it."',
        "Bligh's team",
        "unnamed",
    ),
    (
        '"We heard the boat before we saw it," one worker who saw the crash told the Eagle.',
        "one worker who saw the crash",
        "unnamed",
    ),
    ('"We heard the boat before we saw it," the victim\'s sister told the News.', "the victim's sister", "unnamed"),
    ('"We heard the boat before we saw it," one concertgoer said.', "one concertgoer", "unnamed"),
    ('"We heard the boat before we saw it," said an usher at the pier.', None, "unnamed"),
    ('The complaint says, "The defendant knew that the boat would sink."', "The complaint", "unnamed"),
    (
        'The Northbank Eagle reports, "The boat had been sinking since the morning."',
        "Northbank Eagle",
        "organisation",
    ),
    ('Loomly, the meal-kit charity, said: "We heard the boat before we saw it."', "Loomly", "organisation"),
    (
        'Sources close to Constance Bligh called it "a boat that wanted to be a submarine."',
        "Sources close to Constance Bligh",
        "unnamed",
    ),
    (
        '"We heard the boat before we saw it," said the mother of victim Constance Bligh.',
        "the mother of victim Constance Bligh",
        "unnamed",
    ),
    ('"We heard the boat before we saw it," said the union, Harbor Hands.', "Harbor Hands", "organisation"),
    ('The NTSB said, "The boat had been sinking since the morning."', "NTSB", "organisation"),
    (
        '"The boat had been sinking since the morning," the Harbor Authority said in a statement.',
        "Harbor Authority",
        "organisation",
    ),
    ('According to the Calder Times, "the boat had been sinking since the morning."', "Calder Times", "organisation"),
]


@pytest.mark.parametrize(("text", "speaker", "kind"), OTHERS, ids=[text[:48] for text, _, _ in OTHERS])
def test_organisations_and_unnamed_sources_speak(text: str, speaker: str | None, kind: str) -> None:
    """They are kept as the article describes them, with their modifiers."""
    found = story(text).quotations

    assert [quotation.speaker_kind for quotation in found] == [kind]
    if speaker is not None:
        assert found[0].speaker == speaker


RESOLVED = [
    (
        'The ferry will run. Constance Bligh, director of the Harbor Trust, who said the wall "will hold until the '
        'spring tides come and go," left early.',
        "Constance Bligh",
        "name",
    ),
    (
        'The Calder Transit Authority met on Monday. The CTA said, "We will run every ferry we have until the ice comes."',
        "Calder Transit Authority",
        "name",
    ),
    (
        'Constance Bligh met the press. In her letter to the council she was blunt. "The wall will not hold another '
        'winter," she wrote.',
        "Constance Bligh",
        "pronoun",
    ),
    ('Ruth Adeyemi opened the pier. "It is a fine pier," Adeyemi said.', "Ruth Adeyemi", "surname"),
    ('Ruth Adeyemi opened the pier. "It is a fine pier," she said.', "Ruth Adeyemi", "pronoun"),
    ('Patrick Mulcahy met Ruth Adeyemi at the pier. "It is a fine pier," she said.', "Ruth Adeyemi", "pronoun"),
    ('Patrick Mulcahy met Ruth Adeyemi at the pier. "It is a fine pier," he said.', "Patrick Mulcahy", "pronoun"),
    (
        'Mayor Ruth Adeyemi opened the pier in the rain. "It is a fine pier," the mayor said.',
        "Ruth Adeyemi",
        "description",
    ),
    (
        'Leonard Fisk, 61, opened the pier in the rain. "It is a fine pier," the 61-year-old said.',
        "Leonard Fisk",
        "description",
    ),
    (
        'The union Harbor Hands has closed the pier. "It is a fine pier," the union said.',
        "Harbor Hands",
        "description",
    ),
    (
        'Loomly Foods, a meal-kit startup in Calder, has bought the pier. "It is a fine pier," the startup said.',
        "Loomly Foods",
        "description",
    ),
    (
        'The Ministry of Tides has closed the pier. "It is a fine pier," the ministry said on Thursday.',
        "Ministry of Tides",
        "description",
    ),
    (
        'The Harbor Authority has closed the pier. "It is a fine pier," the agency said in a statement.',
        "Harbor Authority",
        "description",
    ),
]


@pytest.mark.parametrize(("text", "speaker", "method"), RESOLVED, ids=[text[:60] for text, _, _ in RESOLVED])
def test_the_speaker_is_resolved(text: str, speaker: str, method: str) -> None:
    """A surname, a pronoun or a description becomes the fullest name, and the method says which it was."""
    quotation = story(text).quotations[-1]

    assert (quotation.speaker, quotation.method) == (speaker, method)


JOINED = [
    ('"I was wrong," Ruth Adeyemi said. "The boat was right."', ["Ruth Adeyemi"] * 2),
    ('"I was wrong," Ruth Adeyemi said, "and the boat was right."', ["Ruth Adeyemi"] * 2),
    ('"I was wrong about the boat," Ruth Adeyemi said.\n"It was a good boat," she added.', ["Ruth Adeyemi"] * 2),
    (
        '"I was wrong about the boat," Ruth Adeyemi said. "It was a good boat." '
        'Hank Sorensen said, "It still is a good boat."',
        ["Ruth Adeyemi", "Ruth Adeyemi", "Hank Sorensen"],
    ),
    (
        '"I was wrong about the boat," Ruth Adeyemi said, while Hank Sorensen replied, "It still is a good boat."',
        ["Ruth Adeyemi", "Hank Sorensen"],
    ),
    ('Ruth Adeyemi began: "I was wrong about the boat.\n"I was wrong about the river, too."', ["Ruth Adeyemi"] * 2),
]


@pytest.mark.parametrize(("text", "expected"), JOINED, ids=[text[:60] for text, _ in JOINED])
def test_a_speaker_goes_on(text: str, expected: list[str]) -> None:
    """What follows an attributed quotation is the same speaker's until somebody else takes the word."""
    assert speakers(text) == expected


NOBODY = [
    'She ordered the "everything" bagel and two coffees.',
    'The band played "Harbor Song" twice.',
    'Frank "Knuckles" Moretti opened a bakery.',
    'The so-called "people\'s ferry" costs two dollars.',
    'He is 6\'2" tall and weighs very little.',
]


@pytest.mark.parametrize("text", NOBODY)
def test_marks_without_speech_are_nobodys_words(text: str) -> None:
    """Scare quotes, titles, nicknames, labels and inches are no quotations."""
    assert said(text) == []


def test_a_tweet_is_its_signers() -> None:
    """An embedded post belongs to the name in its credit line."""
    text = "The boat is late again.\nThe boat is late again. So am I. — Odalys (@odalys) February 12, 2012"
    start = text.index("\n") + 1

    found = story(text, Block(Span(start, len(text)), "tweet")).quotations

    assert [(quotation.kind, quotation.speaker) for quotation in found] == [("block", "Odalys")]
    assert found[0].method == "block credit"


def test_a_line_that_introduces_a_block_names_its_speaker() -> None:
    """From a paper, by a colon: the block is the paper's."""
    text = (
        "The Daily Mercury reports:\nThe boat left the pier at nine and was not seen again until the following noon."
    )
    start = text.index("\n") + 1

    found = story(text, Block(Span(start, len(text)), "quotation")).quotations

    assert [quotation.speaker for quotation in found] == ["Daily Mercury"]


def test_the_evidence_stands_where_it_says() -> None:
    """The cue and the words that name the speaker are slices of the text."""
    text = 'Michael Musa met the press. "It is a fine pier," Musa added.'
    quotation = story(text).quotations[0]

    assert quotation.cue is not None and quotation.cue.of(text) == "added"
    assert quotation.source is not None and quotation.source.of(text) == "Musa"


@pytest.mark.parametrize(
    "text",
    [
        'Somebody came. A letter from the woman said, "The wall will hold until spring." She left.',
        'A note by the man said that a note by the man said, "The wall will hold until spring."',
        "\n".join(["The woman saw the woman. " * 30] * 6) + 'The woman said, "The wall will hold until spring."',
        "She saw her letter to the woman's agency. " * 200 + 'The agency said, "The wall will hold until spring."',
    ],
    ids=["letter", "note", "woman", "agency"],
)
def test_descriptions_that_hang_on_each_other_come_to_an_end(text: str) -> None:
    """The letter is the woman's, and the woman may be who wrote it."""
    assert [words for words, _ in said(text)] == ["The wall will hold until spring."]


SUBJECTS = [
    ('"It will not happen again," said Francis\' lawyer, defense attorney Cary Loman, in court.', "Cary Loman"),
    ('"It began with a drum," explained Gehres\' husband Phil Pennock.', "Phil Pennock"),
    ('"It began with a drum," explained Roe\'s husband Phil Pennock.', "Phil Pennock"),
    ('"They will fast for fair pay," said harbor workers union HWU in a statement.', "HWU"),
    ('The landlord who let the flat (Vasko had rented a room) said, "It was always locked and dark."', "The landlord"),
    ('One person inside the ferry said, "I tried to get out by the window."', "One person inside the ferry"),
    ('Signs of spring show in our forecast. "It will rain on all of us," Ada Finch said.', "Ada Finch"),
    ('Loman was hurt in a fight, leading a cop to say, "It was loud, but it was not planned."', "a cop"),
    ('Reporter Ada Finch filmed it all, with two cooks and a man shouting, "I can smell the rubber from here."', "a man"),
    ('Law enforcement sources tell the Courier that it was "a planned and careful thing."', "Law enforcement sources"),
    ('Another digger, Theo Brooks, and harbor historian Ada Finch told the Courier, "It was full of rain."',
     "Theo Brooks and Ada Finch"),
    ('We reached out to the owners, and Theo Brooks told us, "He has never worked for us."', "Theo Brooks"),
    ('Colin Reed was told by his doctor that the leg was "as good as gone by now."', "his doctor"),
    ('The Rev. Walter Brooks led the prayer. "Lord, hold this wall," the pastor said.', "Walter Brooks"),
    ('We agree with reader ferryfan71, who demands: "Put the benches back before the summer."', "ferryfan71"),
]


@pytest.mark.parametrize(("text", "speaker"), SUBJECTS, ids=[text[:48] for text, _ in SUBJECTS])
def test_the_subject_of_the_verb_speaks(text: str, speaker: str) -> None:
    """Whatever comes between them, whoever else is named beside the verb."""
    assert speakers(text) == [speaker]


def test_initials_stand_for_all_of_a_name() -> None:
    text = ('The Centers for Harbor Care and Rescue recalled the boats. Three sank. '
            '"They leak at the bow," according to the CHC.')

    assert speakers(text) == ["Centers for Harbor Care and Rescue"]


def test_kinds_follow_length() -> None:
    """An attributed quotation of fewer than five words is a fragment."""
    text = 'Ruth Adeyemi said "more than 680" boats came. "All of them were on time for once," she said.'

    assert [quotation.kind for quotation in story(text).quotations] == ["fragment", "direct"]


@settings(max_examples=150)
@given(st.text(alphabet='AaBb "“”\'’.,:\n()—said he she Joe the told', max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Whatever the text, every span lies in it, in order, and nothing breaks."""
    found: tuple[Quotation, ...] = story(text).quotations

    for quotation in found:
        for span in (quotation.span, quotation.cue, quotation.source):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert (quotation.speaker is None) == (quotation.speaker_kind is None)
    assert list(found) == sorted(found, key=lambda each: each.span.start)
