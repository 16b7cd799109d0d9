"""Sources: which noun phrases can speak, whatever their head noun, and where each begins and ends."""

from __future__ import annotations

import pytest

from indexer.attribution.parsed_article import ParsedArticle
from indexer.attribution.phrases import Source
from indexer.models import Article
from indexer.people import find_people
from tests.work import is_linear


def parsed(text: str) -> ParsedArticle:
    return ParsedArticle(Article("a", "a.md", "", "Nadia Okafor", None, text), find_people("", text))


def sources(text: str) -> list[Source]:
    return [source for source in parsed(text).paragraph(0).sources if not source.inner]


def names(text: str, kind: str = "unnamed") -> list[str]:
    return [source.name for source in sources(text) if source.kind == kind]


DAYS = [
    ('The Mercury on Monday called it "a leak".', ["Mercury"]),
    ('The Mail on Sunday called it "a leak".', ["Mail on Sunday"]),
    ('On Monday the Harbor Alliance called it "a leak".', ["Harbor Alliance"]),
    ('In a September 4 memo the Harbor Alliance called it "a leak".', ["Harbor Alliance"]),
    ('In February 1952 it was "a leak".', []),
    ('By mid-November it was "a leak".', []),
    ('The Sunday Mercury called it "a leak".', ["Sunday Mercury"]),
]


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_a_day_is_no_part_of_a_name(text: str, expected: list[str]) -> None:
    """But a paper's own Sunday is."""
    assert names(text, "organisation") == expected


PHRASES = [
    ('"It leaks," one ferrygoer said.', "one ferrygoer"),
    ('"It leaks," a spokeperson for the harbor said.', "a spokeperson for the harbor"),
    ('"It leaks," a contributor to the blog wrote.', "a contributor to the blog"),
    ('"It leaks," an aide to the mayor responded.', "an aide to the mayor"),
    ('"It leaks," said a source familiar with the matter.', "a source familiar with the matter"),
    ('"It leaks," one of her upstairs neighbors said.', "one of her upstairs neighbors"),
    ('"It leaks," said one of Adeyemi\'s lawyers.', "one of Adeyemi's lawyers"),
    ('The community board calendar says it is "under review".', "The community board calendar"),
    ('Another last month noted that it was "still leaking".', "Another"),
    ('"It leaks," another allegely said.', "another"),
    ('"It leaks," everybody said.', "everybody"),
    ('While one from Saltmarsh said, "It leaks."', "one from Saltmarsh"),
    ('Some are alleging that it "leaks badly".', "Some"),
    ('A few left, but one was pleased, "It leaks no more."', "one"),
    ('"It leaks," one 12-year-old enemy of silence told us.', "one 12-year-old enemy of silence"),
    ('One East Calder diving blog asks, "Does it leak?"', "One East Calder diving blog"),
    ('A Harbor Post reader tweeted, "It leaks."', "A Harbor Post reader"),
    ('A worker from Harbor Supply paint shop, at 9 Dock Road, said it "leaks".',
     "A worker from Harbor Supply paint shop"),
    ("A contributor to the Calder Courier's Salt Air blog said it \"leaks\".",
     "A contributor to the Calder Courier's Salt Air blog"),
    ('At the time the ferryman said it "leaks".', "the ferryman"),
    ('The tall bagpiper who lives by the pier on Dock Road was blunt: "It leaks."',
     "The tall bagpiper"),
    ('Nobody knows, but stargazers say it "leaks".', "stargazers"),
    ('Some reviews are kind ("It never leaks").', "Some reviews"),
    ('"It leaks," tweeted @calderferry, who rides it.', "@calderferry"),
    ('"It leaks," user ferryfan71 wrote.', "ferryfan71"),
    ('One rider Tweeted, "It leaks."', "One rider"),
    ('"It leaks," a colonel said.', "a colonel"),
    ('"It leaks," said another neighbor.', "another neighbor"),
    ('"It leaks," federal prosecutors say.', "federal prosecutors"),
]


@pytest.mark.parametrize(("text", "name"), PHRASES, ids=[text[:48] for text, _ in PHRASES])
def test_whoever_reports_is_a_source(text: str, name: str) -> None:
    """The whole phrase, whether its noun is in a table, misspelt, or no noun at all."""
    assert name in names(text)


@pytest.mark.parametrize(("text", "absent"), [
    ("He gave the mayor the number of a plumber and wrote a note.", "the number of a plumber and"),
    ("One rider Tweeted it.", "Tweeted"),
    ("She asked the crew to say nothing.", "the crew to say"),
    ("One of the Harbor Trust's boats sank.", "One of the Harbor Trust"),
    ("Others disputed the police.", "Others disputed the police"),
    ("The pick was quickly revealed.", "The pick"),
    ("They asked for the number of boats allowed there.", "the number of boats"),
])
def test_a_phrase_ends_where_its_verb_begins(text: str, absent: str) -> None:
    """A conjunction, a capitalised verb or an infinitive is no part of a source."""
    assert absent not in names(text) + names(text, "organisation")


@pytest.mark.parametrize(("text", "name"), [
    ("Later the Museum of the Calder Delta said no.", "Museum of the Calder Delta"),
    ("HarborWatch had a picture.", "HarborWatch"),
    ("Ferry50.com has a picture.", "Ferry50.com"),
])
def test_a_name_is_taken_whole(text: str, name: str) -> None:
    """Over «of the», and at the beginning of a sentence if it is written as no word is."""
    assert name in names(text, "organisation")


def test_what_follows_a_name_in_capitals_is_part_of_its_source() -> None:
    """Nothing comes between the name and its verb."""
    found = parsed('Constance Bligh QC said, "It leaks."').paragraph(0)

    assert [(found.sources[number].kind, relation) for cue in found.cues for number, relation in cue.subjects] == [
        ("person", "subject")]


def test_i_and_we_are_sources_where_they_report() -> None:
    """As one pronoun, which means the author."""
    assert names('I asked why. We told Bligh. I thought it was late.', "pronoun") == ["i", "i"]


def test_who_took_a_picture_does_not_speak() -> None:
    """A credit names nobody who says anything."""
    assert not sources("Photographs by Hank Sorensen")


def test_parts_of_parts_take_time_in_proportion() -> None:
    """One of some of two of …: as deep as nobody writes, and no deeper than the interpreter goes."""
    assert is_linear(lambda times: parsed("one of " * times + "her neighbors said so.").paragraph(0), 100)
    assert names("one of " * 3_000 + "her neighbors said so.")
