"""Of which organisations an article spoke last before a quotation, and how."""

from __future__ import annotations

import pytest

from indexer.attribution.coreference import Coreference
from indexer.attribution.model import load_model
from indexer.attribution.parsed_article import ParsedArticle
from indexer.attribution.recency import Recent
from indexer.models import Article
from indexer.people import find_people


def recent(text: str) -> list[Recent]:
    """Those spoken of before the last quotation of a text, the last one first."""
    parsed = ParsedArticle(Article("a", "a.md", "", "", None, text), find_people("", text))
    return list(Coreference(parsed, load_model()).recency.before(parsed.quotation_candidates[-1]).values())


@pytest.mark.parametrize(("text", "role"), [
    ('The Mercury reports that it sank: "It sank."', "says"),
    ('Sorensen told the Mercury how it sank: "It sank."', "hears"),
    ('The Mercury has the story. This Mercury article is long: "It sank."', "publishes"),
    ('It was in the Mercury: "It sank."', "from"),
    ('The Mercury takes a closer look: "It sank."', "acts"),
    ('Here is the Mercury, and more: "It sank."', "named"),
    ('The Mercury met Jonas Sorensen.\nHe sat down.\nThen he stood: "It sank."', "acts"),
])
def test_an_organisation_has_a_role_where_it_is_named(text: str, role: str) -> None:
    """It says, hears, publishes, acts, is where something is from, or is only named."""
    assert [each.last.role for each in recent(text)] == [role]


def test_the_last_one_is_first_of_its_kind() -> None:
    """Outlets and other organisations are ranked apart; what comes behind a quotation does not count."""
    found = recent('The Mercury met the Harbor Trust. The Courier met Gravel Freight: "It sank." The Lantern did not.')

    assert [(each.last.speaker.name, each.rank) for each in found] == [
        ("Gravel Freight", 0), ("Courier", 0), ("Harbor Trust", 1), ("Mercury", 1)]


def test_what_is_far_is_forgotten() -> None:
    """An article of many paragraphs is about something else by then."""
    assert recent("The Mercury met Sorensen.\n" + "It rained.\n" * 12 + 'It was late: "It sank."') == []
