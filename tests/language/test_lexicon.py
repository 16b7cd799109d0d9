"""The tables of words, as data."""

from __future__ import annotations

import pytest

from indexer.language import PERSON_NOUNS, lexicon

TABLES = {name: table for name, table in vars(lexicon).items() if isinstance(table, frozenset) and name.isupper()}


@pytest.mark.parametrize("name", TABLES)
def test_words_are_lower_case(name: str) -> None:
    """Tables are looked up with folded words."""
    assert TABLES[name]
    assert all(word == word.lower() and word.strip() == word for word in TABLES[name])


@pytest.mark.parametrize(("plain", "forms"), [
    ("say", {"say", "said", "says", "saying"}),
    ("note", {"note", "noted", "notes", "noting"}),
    ("reply", {"reply", "replied", "replies", "replying"}),
    ("stress", {"stress", "stressed", "stresses", "stressing"}),
    ("slam", {"slam", "slammed", "slams", "slamming"}),
    ("write", {"write", "wrote", "written", "writes", "writing"}),
])
def test_verbs_have_all_their_forms(plain: str, forms: set[str]) -> None:
    """Regular, irregular, and with the last letter doubled."""
    assert set(lexicon.verb_forms(plain)) == forms


def test_a_verb_reports_strongly_or_weakly() -> None:
    """No verb is in both tables."""
    assert not lexicon.SPEECH_VERBS & lexicon.WEAK_VERBS


def test_documents_and_organisations_can_speak() -> None:
    """Whatever stands for an author or an organisation is a noun that speaks."""
    assert lexicon.DOCUMENT_NOUNS <= lexicon.SPEAKING_NOUNS
    assert lexicon.ORGANISATION_NOUNS <= lexicon.SPEAKING_NOUNS | {"band", "bakery", "brewery", "institution"}


@pytest.mark.parametrize(("noun", "plural"), [
    ("spokesman", "spokesmen"), ("lady", "ladies"), ("coach", "coaches"), ("wife", "wives"), ("rider", "riders"),
    ("child", "children"), ("boy", "boys"),
])
def test_people_have_a_plural(noun: str, plural: str) -> None:
    """By rule, or in a table."""
    assert lexicon.plural_of(noun) == plural
    assert lexicon.singular_of(plural) == lexicon.singular_of(noun) == noun


def test_whoever_is_a_person_can_speak() -> None:
    """One table of what people are serves names and speakers, in singular and plural."""
    assert PERSON_NOUNS | {lexicon.plural_of(noun) for noun in PERSON_NOUNS} <= lexicon.SPEAKING_NOUNS
