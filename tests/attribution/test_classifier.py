"""Speech or label: which of the marked stretches of a sentence are somebody's words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from indexer.attribution.classifier import quotation_features
from indexer.attribution.coreference import Coreference
from indexer.attribution.decision import attribute, choose
from indexer.attribution.marked_context import MarkedContext
from indexer.attribution.model import load_model
from indexer.attribution.parsed_article import ParsedArticle
from indexer.attribution.speaker_candidates import speaker_candidates
from indexer.models import Article, Block, Span
from indexer.people.finder import find_people
from tests.work import is_linear


def article(text: str, title: str = "", blocks: tuple[Block, ...] = ()) -> Article:
    return Article("a", "a.md", title, "", None, text, blocks)


def parsed_article(text: str, title: str = "", blocks: tuple[Block, ...] = ()) -> ParsedArticle:
    return ParsedArticle(article(text, title, blocks), find_people(title, text, blocks))


def features(text: str, number: int = 0, title: str = "", blocks: tuple[Block, ...] = ()) -> list[str]:
    """The features of a text's stretch by its number."""
    parsed, model = parsed_article(text, title, blocks), load_model()
    quoted = [each for each in parsed.quotation_candidates if not each.block][number]
    candidates = speaker_candidates(parsed, Coreference(parsed, model), quoted)
    return quotation_features(MarkedContext(parsed), quoted, *choose(candidates, model))


def said(text: str) -> list[str]:
    """What a text reports as somebody's words."""
    return [each.span.of(text) for each in attribute(article(text), find_people("", text, ()))]


SPEECH = [
    '"The ferry will run again by June," said Mayor Ruth Adeyemi.',
    'Mayor Ruth Adeyemi said, "The ferry will run again by June."',
    '"I have never seen the river this high," Hank Sorensen told the Eagle.',
    "According to the police, the driver “was traveling at twice the limit when he struck the pole.”",
    'Councilwoman Mei-Ling Zhao tweeted, "We were promised a school and got a parking lot."',
    '"We are not leaving," she said. "We have nowhere to go."',
    'The lawsuit claims the landlord "removed the front door in January and left it in the yard."',
    'Imani Brooks called the plan "a love letter to developers."',
    'The agency said in a statement, "Service will resume when it is safe to do so."',
    '"Is anybody going to fix this?" asked Desmond Achebe-Stone.',
    "“Everything was gone,” recalled Farid Haddad, who lost his house.",
    'He insisted that the bridge "was never in any danger of falling down."',
    'Her lawyer, Priya Raman, said the charges "have no basis in fact."',
    'As one witness put it: "You could hear the glass break from the other side of the square."',
    '"No comment," said Ken Falco.',
    'The Times reports that residents "have been asking for a light at that corner since 1998."',
    'Patrick Mulcahy wrote in a letter, "I take full responsibility for the delay."',
    '"They just kept coming," said a neighbor who asked not to be named.',
]
FRAGMENTS = [
    'Police Commissioner Dolores Whitcomb said the shooting was "completely justified."',
    'Gordon Prentiss called the critics "spoiled children."',
    'The mayor described the vote as "a disgrace."',
    'Leonard Fisk told reporters he was "deeply disappointed" by the verdict.',
    'Whitcomb said there were "more than 680" complaints.',
    'Sorensen said he felt "sick and tired" after the trip.',
    'Brooks said the building was "falling apart" and that nobody came.',
    'She told the Eagle that the meeting was "a total waste."',
]
TITLES = [
    'The band closed with "Harbor Lights" and went home.',
    'Her novel "The Salt Year" is out in June.',
    'The show opens with a song called "Low Tide."',
    'Odalys sang "Winter Ferry" on the pier.',
    'The exhibit, titled "Bridges of the North," runs through May.',
    'He starred in the film "Night Boat to Calder" in 1988.',
    'The Lincoln Pilots played "Anchor Street" twice.',
    'There will be a screening of "The Last Conductor" at the Odeon.',
]
LABELS = [
    'The street is known as "Doctors Row" to the people there.',
    'The drink, dubbed the "Tannery Sour," costs fourteen dollars.',
    'Jimmy "The Anchor" Duggan ran the docks for years.',
    'The suspect goes by the nickname "Shrimp" in the neighborhood.',
    'A sign marked "Exit" hung over the stair.',
    'The word "ferry" comes from the north.',
    'The file is labeled "Miscellaneous" and is empty.',
    'Vincent "Vinny" Tagliaferro opened the place in 1974.',
]
SCARE = [
    'The so-called "express" bus takes two hours.',
    'Every "luxury" tower has the same gray lobby.',
    'These "artisanal" pickles come from a factory.',
    'The bar has a "speakeasy" theme and a line outside.',
    'The usual "experts" were nowhere to be found.',
    'It is one of those "concept" stores that sell three shirts.',
]


@pytest.mark.parametrize("text", SPEECH + FRAGMENTS)
def test_speech(text: str) -> None:
    """Words that the sentence reports as somebody's own are quotations, however few."""
    assert said(text)


@pytest.mark.parametrize("text", TITLES + LABELS + SCARE)
def test_no_speech(text: str) -> None:
    """Titles of works, nicknames, labels and scare quotes are nobody's words."""
    assert said(text) == []


def test_both_in_one_sentence() -> None:
    """Of two stretches one can be a title and the other speech."""
    text = '"I wrote it on the ferry," said Odalys of her new song "Low Tide" on Friday.'
    assert said(text) == ["I wrote it on the ferry,"]


PRESENT = [
    # the verb that governs
    ('Brooks called it "ugly" and left.', "1 names active near"),
    ('It is widely called "the pit" here.', "2-4 names passive near"),
    ('The drink, dubbed "the pit" here, is cheap.', "2-4 names participle near"),
    ('It has been known as "the pit" since May.', "2-4 names passive near"),
    ('They have called it "the pit" since May.', "2-4 names active near"),
    ('Brooks said that it was "ugly" then.', "1 reports middle"),
    ('Brooks said. It was "ugly" then.', "1 behind point middle"),
    ('Here it is "ugly" now.', "1 no verb"),
    # neighbours
    ('The "express" bus is slow.', "modifies a noun"),
    ('"Go home," said Brooks.', "after speech verb"),
    ('The song "Go home" is old.', "before label word"),
    ('"Go home," said Brooks.', "2-4 between edge speech verb"),
    ('In Calder "home" is wet.', "1 behind capital word"),
    # the words themselves
    ('"I am going home to sleep," said Brooks.', "first person"),
    ('"We are late," said Brooks.', "verb"),
    ('The play "The Salt Year" is long.', "title case 3"),
    ('"Go. We follow," said Brooks.', "sentences"),
    ('A "no go" sign hung there.', "begins small"),
    ('He felt "sick of the" tide.', "2-4 last the"),
    ('He felt "of the tide" again.', "2-4 first of"),
    ('Read "EXIT" there.', "capitals"),
    # company
    ('Brooks found it "bad" and "very sad, so we left early" then.', "1 joined to 5-9"),
    ('Brooks found it "bad" and "very sad, so we left early" then.', "1 paragraph's longest 5-9"),
    ('The "pit" is deep. The "pit" is wet.', "1 marked again"),
    ('The "pit" is deep. No pit is wet.', "1 again without marks"),
    ('The "pit" is deep.', "1 paragraph's longest none"),
    # the sentence
    ('We think that "pit" is apt.', "1 reporter speaks"),
    ('If "pit" is apt, go.', "1 supposes"),
    # the page
    ('She said, "I will stay.', "unclosed"),
    ('The ferry is late," said Ana Ruiz.', "unopened"),
]


@pytest.mark.parametrize(("text", "feature"), PRESENT)
def test_feature(text: str, feature: str) -> None:
    """What is true of the first marked stretch is among its features."""
    assert feature in features(text)


ABSENT = [
    ('The "pit" is deep. The pits are wet.', "1 again without marks"),
    ('The "pit" is deep. "The pit is wet," said Brooks.', "1 again without marks"),
    ('The "express" of the north.', "modifies a noun"),
    ('"Go home," said Brooks.', "first person"),
    ('"Go home," said Brooks.', "unclosed"),
    ('It was "bad" for Brooks and "sad" then.', "1 joined to 1"),
]


@pytest.mark.parametrize(("text", "feature"), ABSENT)
def test_no_feature(text: str, feature: str) -> None:
    """What is not true is not among them."""
    assert feature not in features(text)


def test_in_blocks() -> None:
    """In a block it counts whether marks fill a paragraph, as where they only repeat that it is quoted."""
    text = 'She wrote:\nI will go.\n"I will go far."\nHe said "no" to me.'
    blocks = (Block(Span(11, len(text)), "quotation"),)
    assert "in block alone" in features(text, 0, blocks=blocks)
    assert "in block among words" in features(text, 1, blocks=blocks)
    assert "alone" in features('"I will go far."')


def test_page_features() -> None:
    """Captions, bold letters, italics and the headline leave their trace."""
    text = 'The "pit" is deep.'
    whole, inner = Span(0, len(text)), Span(5, 8)
    assert "in caption" in features(text, blocks=(Block(whole, "caption"),))
    assert "bold" in features(text, blocks=(Block(whole, "bold"),))
    assert "italic" in features(text, blocks=(Block(inner, "italic"),))
    assert "in title" in features(text, title="Into the Pit")


WORDS = st.sampled_from(['"', "“", "”", " ", "\n", "Ana Ruiz", "said", "he", "called", "it", ".", ",", "and", "the",
                         "pit", "is", "I", "?", "if"])


@given(st.lists(WORDS, max_size=50).map(" ".join) | st.text(max_size=60))
@settings(max_examples=150)
def test_any_text_has_features(text: str) -> None:
    """Every stretch of any text has features, none of them empty."""
    parsed = parsed_article(text)
    context, model = MarkedContext(parsed), load_model()
    coreference = Coreference(parsed, model)
    for quoted in parsed.quotation_candidates:
        if not quoted.block:
            candidates = speaker_candidates(parsed, coreference, quoted)
            found = quotation_features(context, quoted, *choose(candidates, model))
            assert found[0] == "bias" and all(found)


def test_surroundings_grow_with_the_text() -> None:
    """Four times the stretches in one paragraph take about four times the work to survey, not sixteen."""
    def survey(count: int) -> None:
        parsed = parsed_article('The "pit" and a "hole" is if it. ' * count)
        context = MarkedContext(parsed)
        for quoted in context.stretches:
            context.echoes(quoted)
            context.longest_other(quoted)
            list(context.joined(quoted))

    assert is_linear(survey, 50)
