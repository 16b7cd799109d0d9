"""Grammar: who reports, in sentences where more than one noun phrase could."""

from __future__ import annotations

import pytest

from indexer.attribution.parsed_article import ParsedArticle
from indexer.models import Article
from indexer.people import find_people
from tests.attribution.verbatim import annotate


def article(text: str) -> Article:
    return Article("a", "a.md", "", "", None, text)


def last_speaker(text: str) -> str | None:
    """Whose the last quotation of a text is."""
    return annotate(article(text)).quotations[-1].speaker


def sources(text: str) -> list[str]:
    """The names of the phrases of a text that are no person's and can speak."""
    found = ParsedArticle(article(text), find_people("", text)).paragraph(0).sources
    return [source.name for source in found if source.name and not source.inner]


# Whoever told it last speaks, not whoever passes it on.
INNERMOST = [
    ('Ada Finch, head of the growers\' club, says a farm worker told her "the frost took half of it."',
     "a farm worker"),
    ('Deputies say that she told her brother to "get off the ice" and ran.', None),
    ('Rangers counted nine boats, among them that of an old sailor who told us that the mast "came down in one piece."',
     "an old sailor"),
    ('Mr. Pardee recalls, "I let go," prompting somebody to ask him, "Where is the rope?"', "somebody"),
    ('That gave the Pardee camp a chance to say, "We were never asked."', "the Pardee camp"),
    ('Riders heard a recording saying "the bridge is up."', "a recording"),
    ('The Harbor Trust found that "half of it leaks," with chief engineer Ada Finch adding, "Half, and the pier."',
     "Ada Finch"),
    ('The weekly Tidewater prints the plans and carries quotes from engineer Ada Finch like "It was black down there."',
     "Ada Finch"),
    ('Ada Finch heard that Tim Fisk would be there, invited by a club to, per Tidewater, "speak for the river," and '
     'she stayed away.', "Tidewater"),
    ('It was, in the words of one ferryman, "a bad night for boats."', "one ferryman"),
]


@pytest.mark.parametrize(("text", "speaker"), INNERMOST, ids=[text[:60] for text, _ in INNERMOST])
def test_whoever_says_the_words_speaks(text: str, speaker: str | None) -> None:
    assert last_speaker(text) == speaker


# The subject, whatever stands between it and the verb.
FAR_SUBJECTS = [
    ('Yesterday, the Harbor Alliance called Fisk\'s plan "a fair start," and it passed.', "Harbor Alliance"),
    ('One West Coast sailing blog is tired of the little respect that Fisk is given, asking "has he ever sunk?"',
     "One West Coast sailing blog"),
    ('Harbor Commissioner Rod Kane defended the pilots, but Councilman Tim Fisk was not convinced: "It was too fast."',
     "Tim Fisk"),
    ('The harbor oath, which he took before two captains, four mates and a crowd, says, "I will keep her afloat."',
     "The harbor oath"),
    ('One diver (who gave up a desk for it) explained, "Nobody calls down there."', "One diver"),
    ('A "senior pilot" told the Mercury\'s Ada Finch, "The fog came first."', "senior pilot"),
    ('Mayor Theo Brooks\'s press chief Ada Finch took the wheel and joked, "Man, she is fast."', "Ada Finch"),
    ('Although the owner of Calloway\'s said the harbor was "not safe at all" that night, boats went out.',
     "the owner of Calloway's"),
    ('The suit, filed by Ada Finch, says that the pier is "a trap."', "Ada Finch"),
    ('According to a lawsuit filed by Ada Finch, the pier is "a trap."', "Ada Finch"),
]


@pytest.mark.parametrize(("text", "speaker"), FAR_SUBJECTS, ids=[text[:60] for text, _ in FAR_SUBJECTS])
def test_the_subject_speaks_whatever_is_between(text: str, speaker: str) -> None:
    assert last_speaker(text) == speaker


# Nouns that look like verbs of speech.
NO_REPORTS = [
    ('They fought over an "unmarked" object in Ada Finch\'s boat.', "object"),
    ('For the diver a visit to the clinic was in order.', "order"),
    ('A man seen after the 9th Street attack is described as a "person of note".', "attack"),
]


@pytest.mark.parametrize(("text", "noun"), NO_REPORTS)
def test_a_noun_reports_nothing(text: str, noun: str) -> None:
    paragraph = ParsedArticle(article(text), find_people("", text)).paragraph(0)

    assert noun in paragraph.tokens.lower
    assert noun not in [paragraph.tokens.lower[cue.first] for cue in paragraph.cues]


WHOLE_PHRASES = [
    ('Calder County police say it was "a robbery".', "Calder County police"),
    ('West 9th Street Boat Club president said, "Ban them."', "West 9th Street Boat Club president"),
    ('Then members of the Northern branch of Wexlers said "it leaks".', "members of the Northern branch of Wexlers"),
    ('Her house, which local news describes as a "palace", was sold.', "local news"),
    ('Fisk fans have raised money. "We want him back," they wrote.', "Fisk fans"),
    ('The trams went to the Saltmarsh Tramway Club in East Calder, CT. They "run like new".', "Saltmarsh Tramway Club"),
    ('"Calloway" also explains that "it leaks".', "Calloway"),
    ("Update: A Statement From Saltmarsh Tramways:", "A Statement From Saltmarsh Tramways"),
]


@pytest.mark.parametrize(("text", "phrase"), WHOLE_PHRASES)
def test_a_phrase_is_taken_whole(text: str, phrase: str) -> None:
    assert phrase in sources(text)


NO_SOURCES = [
    ('The trams went to a club in East Calder, CT. They "run like new".', "CT"),
    ('The Saltmarsh-based club says it "leaks".', "Saltmarsh-based"),
    ('"Yes" said Ada Finch.', "Yes"),
    ("Strangest Night On The River:", "Strangest Night On The River"),
    ("What Divers Think About Her Boats:", "What Divers Think About Her Boats"),
]


@pytest.mark.parametrize(("text", "word"), NO_SOURCES)
def test_what_names_nobody_is_no_source(text: str, word: str) -> None:
    assert word not in sources(text)
