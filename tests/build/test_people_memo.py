"""Who is who is remembered for as long as the articles name the same persons, and is what would be found anew."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from indexer.build.corrected_articles import CorrectedArticles
from indexer.build.entries import Entry, FileRead
from indexer.build.keeper_files import KeeperFiles, read_keeper_files
from indexer.build.ledger import Ledger
from indexer.build.people_memo import PEOPLE, PeopleMemo
from indexer.build.serialization import pack, pack_people
from indexer.identity import People
from indexer.models import Annotated, Article, Mention, Person, Span

NAMES = ("Ruth Adeyemi", "Ruthie Adeyemi", "Ruth B. Adeyemi", "Adeyemi", "Mayor Adeyemi", "Samuel Adeyemi",
         "Søren Mølgaard", "Soren Molgaard", "Pelé", "Ken Falco Jr.", "Ken Falco", "Alone")
ROLES = st.sampled_from([None, "mayor of Calder", "baker", "midfielder"])
PERSONS = st.builds(lambda name, role, age: Person(name, (Mention(Span(0, 3), name),), role, age),
                    st.sampled_from(NAMES), ROLES, st.sampled_from([None, 9, 60]))
ARCHIVES = st.lists(st.lists(PERSONS, max_size=4, unique_by=lambda each: each.name), min_size=1, max_size=12)


def taken(ledger: Ledger, archive: Sequence[Sequence[Person]], text: str = "No.") -> None:
    """Make the ledger hold articles of these persons."""
    for number, people in enumerate(archive):
        id, day = f"a{number}", datetime(1950 + number * 7, 5, 1)
        article = Article(id, f"{id}.md", "No", "", day, text)
        packed = pack(Annotated(article, tuple(people), ()))
        entry = Entry(f"{id}.md", id, text, published=day.isoformat(), article=packed, people=pack_people(people),
                      fingerprint=(7, 8, 9), offices=("the mayor",) if number % 3 else ())
        ledger.store([entry, FileRead(f"{id}.md", id, 24, 5, text, stories=(id,))], "x")


def told(people: People, articles: int) -> object:
    """All that can be asked of who is who, in its order."""
    return ([[*people.in_article(f"a{number}").items()] for number in range(articles)], people.identities,
            people.doubts, people.unresolved(None))


@given(archive=ARCHIVES,
       correction=st.sampled_from(["", '[merge]\n"Ruth Adeyemi" = ["Adeyemi"]\n', 'ignore = ["Pelé"]\n']))
def test_what_is_remembered_is_what_would_be_found(archive: list[list[Person]], correction: str) -> None:
    """Whoever is named where, after the texts have changed."""
    with tempfile.TemporaryDirectory() as name, Ledger(Path(name) / "ledger.sqlite") as ledger:
        folder = Path(name)
        (folder / "people.toml").write_text(correction)
        (folder / "next").mkdir()
        keeper = read_keeper_files(folder)
        taken(ledger, archive)
        articles = CorrectedArticles(ledger, keeper.corrections)
        first = PeopleMemo.of(articles, keeper, None)
        people = first.people(articles, keeper)
        first.write(people, folder)
        taken(ledger, archive, "Yes.")
        again = PeopleMemo.of(articles, keeper, folder)
        remembered = again.remembered()
        assert remembered is not None and told(remembered, len(archive)) == told(people, len(archive))
        again.write(remembered, folder / "next")
        assert (folder / "next" / PEOPLE).read_bytes() == (folder / PEOPLE).read_bytes()


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Three articles, and who is who in them."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    taken(ledger, [[Person("Ruth Adeyemi", (Mention(Span(0, 3), "Ruth"),))], [], []])
    memo(ledger, tmp_path).write(memo(ledger, tmp_path).people(*read(ledger, tmp_path)), tmp_path)
    assert memo(ledger, tmp_path).remembered() is not None
    return ledger


def read(ledger: Ledger, folder: Path) -> tuple[CorrectedArticles, KeeperFiles]:
    keeper = read_keeper_files(folder)
    return CorrectedArticles(ledger, keeper.corrections), keeper


def memo(ledger: Ledger, folder: Path) -> PeopleMemo:
    return PeopleMemo.of(*read(ledger, folder), folder)


@pytest.mark.parametrize("person", [
    Person("Ruth Adeyemi", (Mention(Span(0, 3), "Ruth Adeyemi"),)),
    Person("Ruth Adeyem", (Mention(Span(0, 3), "Ruth"),)),
    Person("Ruth Adeyemi", (Mention(Span(0, 3), "Ruth"),), "mayor"), Person("Ruth Adeyemi", (), None, 61),
    Person("Ruth Adeyemi", (Mention(Span(0, 3), "Ruth"),), None, None, "f"),
])
def test_another_person_is_resolved_anew(ledger: Ledger, tmp_path: Path, person: Person) -> None:
    """Also where only what the article calls somebody has changed."""
    taken(ledger, [[person]])
    assert memo(ledger, tmp_path).remembered() is None


def test_other_articles_are_resolved_anew(ledger: Ledger, tmp_path: Path) -> None:
    """How many there are decides too, though the others name nobody."""
    ledger.forget(["a2.md"])
    assert memo(ledger, tmp_path).remembered() is None


def test_who_is_corrected_is_resolved_anew(ledger: Ledger, tmp_path: Path) -> None:
    """What people.toml says is followed at once; corrections.toml changes nobody unless it names somebody new."""
    (tmp_path / "corrections.toml").write_text("")
    assert memo(ledger, tmp_path).remembered() is not None
    (tmp_path / "people.toml").write_text('[rename]\n"Ruth Adeyemi" = "R. Adeyemi"\n')
    assert memo(ledger, tmp_path).remembered() is None


@pytest.mark.parametrize("damage", [b"", b"x\ny\n{}", b"\xff"])
def test_what_is_damaged_is_not_believed(ledger: Ledger, tmp_path: Path, damage: bytes) -> None:
    """Nor what is not there."""
    (tmp_path / PEOPLE).write_bytes(damage)
    assert memo(ledger, tmp_path).remembered() is None
    (tmp_path / PEOPLE).unlink()
    assert memo(ledger, tmp_path).remembered() is None
