"""Names and words as people type them: titles, short forms, misspellings, places in a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, strategies as st

from indexer.language.nicknames import OTHER_FORMS
from indexer.query.tree import And, Not, Phrase, Query, Range, Words
from indexer.search.doc_values import DocValues
from indexer.search.doc_values_file import write_doc_values
from indexer.search.engine import Document
from indexer.search.gathered_values import GatheredValues
from indexer.search.matching import runs, within
from indexer.search.name_completion import NameCompletion
from indexer.search.name_variants import variants
from indexer.search.spelling import neighbours, respelt
from tests.conftest import person_document
from tests.engines.linear_engine import one_edit


@pytest.mark.parametrize(("typed", "meant", "not_meant"), [
    ("Mike Garrity", ["Mike Garrity", "michael garrity"], ["garrity", "michelle garrity"]),
    ("Mayor Adeyemi", ["Mayor Adeyemi", "adeyemi"], []),
    ("Mayor Ruth Adeyemi", ["ruth adeyemi", "ruthie adeyemi"], ["adeyemi"]),
    ("Deputy Police Commissioner Jim O'Rourke", ["james orourke"], ["jim"]),
    ("Dr. John", ["Dr. John"], ["john"]),
    ("Prince Harry", ["Prince Harry"], ["harry"]),
    ("Wexler", ["Wexler"], ["saul wexler"]),
    ("Will Park", ["william park"], ["park"]),
])
def test_variants(typed: str, meant: list[str], not_meant: list[str]) -> None:
    """A title before a name is left out, and a given name stands for its other forms; a name stays a name."""
    assert set(meant) <= set(variants(typed))
    assert not set(not_meant) & set(variants(typed))
    assert variants(typed)[0] == typed


def test_nicknames_go_both_ways() -> None:
    """Whoever is a form of another, the other is a form of."""
    assert all(name in OTHER_FORMS[other] for name, others in OTHER_FORMS.items() for other in others)
    assert all(name.isalpha() and name.islower() for name in OTHER_FORMS)


@given(st.text(alphabet="abcd", min_size=4, max_size=7))
def test_neighbours_are_one_edit_away(word: str) -> None:
    """All of them, but for those that change the first letter."""
    found = set(neighbours(word))
    assert all(one_edit(word, each) or each == word for each in found)
    others = {word[:at] + letter + word[at:] for at in range(1, len(word) + 1) for letter in "abcd"}
    others |= {word[:at] + word[at + 1:] for at in range(1, len(word))}
    assert others <= found


@pytest.mark.parametrize("word", ["", "a", "the", "x" * 200])
def test_short_and_endless_words_have_no_neighbours(word: str) -> None:
    """Short ones have too many, endless ones are no words."""
    assert list(neighbours(word)) == []


@pytest.mark.parametrize(("query", "expected"), [
    (Words("feryr"), Words("ferry")),
    (And((Words("feryr"), Words("fares"))), And((Words("ferry"), Words("fares")))),
    (And((Words("fares"), Not(Words("feryr")))), None),
    (Phrase("feryr point", "said"), Phrase("ferry point", "said")),
    (Words("fares"), None),
    (Range("date", None, None), None),
])
def test_respelt(query: Query, expected: Query | None) -> None:
    """Better words take their place in the query as it is; what is excluded is left alone."""
    assert respelt(query, lambda word, field: {"feryr": "ferry"}.get(word)) == expected


@given(st.text(alphabet="abc", max_size=12), st.text(alphabet="abc", min_size=2, max_size=4), st.integers(0, 4))
def test_within(text: str, words: str, distance: int) -> None:
    """A stretch is found exactly where the words stand with at most so many others between them."""
    places = {word: [at for at, each in enumerate(text) if each == word] for word in "abc"}
    longest = len(words) + distance
    holds = any(not Counter(words) - Counter(text[at:at + longest]) for at in range(len(text)))
    found = within(words, places.__getitem__, distance)
    assert (found is not None) == holds
    if found:
        assert not Counter(words) - Counter(text[found[0]:found[1] + 1]) and found[1] - found[0] < longest


@given(st.text(alphabet="ab", max_size=12), st.text(alphabet="ab", min_size=2, max_size=4))
def test_runs(text: str, words: str) -> None:
    """Every place at which the words stand in this order."""
    places = {word: [at for at, each in enumerate(text) if each == word] for word in "ab"}
    assert runs(words, places.__getitem__) == {at for at in range(len(text)) if text.startswith(words, at)}


def person(slug: str, name: str, quotations: int) -> Document:
    return {**person_document("ruth-adeyemi", quotations), "id": slug, "name": name, "aliases": []}


@pytest.fixture(scope="module")
def many_people(tmp_path_factory: pytest.TempPathFactory) -> NameCompletion:
    """As many people as a large archive has."""
    given_names, middle = ("Ada", "Ben", "Cleo", "Dov", "Esra", "Finn", "Gus", "Hana"), "abcdefghijklmnopqrstuvwxyz"
    names = [f"{name} {one}{two}{three}son" for name in given_names for one in "BDFGKLMNPRST" for two in "aeiouy"
             for three in middle for _ in range(3)]
    people = GatheredValues("person")
    for number, name in enumerate(names):
        people.add(person(f"p{number}", name, number), {})
    path = tmp_path_factory.mktemp("people") / "person.values"
    write_doc_values(path, "", [people])
    return NameCompletion(DocValues("person", path))


@pytest.mark.parametrize("typed", ["a", "ada", "ben ba", "hana kitson", "hana kitsno", "esra mox", "zz", "finn z q"])
def test_suggestions_come_while_typing(
    many_people: NameCompletion, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many people there are, few words and names of theirs are looked at."""
    looked_at: list[object] = []
    beginning, matches = NameCompletion._beginning, NameCompletion._matches

    def counted_beginning(self: NameCompletion, word: str) -> Iterator[str]:
        for form in beginning(self, word):
            looked_at.append(form)
            yield form

    def counted_matches(self: NameCompletion, person: int, forms: Sequence[frozenset[str]]) -> bool:
        looked_at.append(person)
        return matches(self, person, forms)

    monkeypatch.setattr(NameCompletion, "_beginning", counted_beginning)
    monkeypatch.setattr(NameCompletion, "_matches", counted_matches)
    found = many_people.find(typed, 8)
    assert len(looked_at) < 200
    assert found == many_people.find(typed, 20)[:8]
