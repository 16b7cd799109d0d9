"""Of whom the archive knows the sex for certain."""

from __future__ import annotations

import pytest

from indexer.identity.named import ArticleNames
from indexer.identity.resolution import resolve
from indexer.language import Gender
from indexer.models import Mention, Person


@pytest.mark.parametrize(("name", "said", "known"), [
    ("Robin Hale", ["m", "m", "m"], "m"),
    ("Robin Hale", ["f"] * 9 + ["m"], "f"),                # one may be an error
    ("Robin Hale", ["f"] * 4 + ["m"], None),
    ("Robin Hale", ["m", "m"], None),                      # too few
    ("Robin Hale", [None, None, None], None),
    ("Michael Hale", [None], "m"), ("Michael Hale", ["m"], "m"), ("Michael Hale", ["f"], None),
    ("Michael Hale", ["f", "f", "f"], "f"),                # what articles say counts more than a name
    ("Osei Hale", [None], None),
])
def test_certain_sex(name: str, said: list[Gender | None], known: Gender | None) -> None:
    """By several articles, or by a most usual given name that none contradicts."""
    rows = [ArticleNames(f"a{number}", None, (Person(name, (Mention(None, name),), gender=gender),))
            for number, gender in enumerate(said)]
    identity, = resolve(rows).identities
    assert identity.gender == known


def test_one_person_of_several_forms() -> None:
    """What is said of one form is said of the others."""
    rows = [ArticleNames(f"a{number}", None, (Person(name, (Mention(None, name),), gender="f"),))
            for number, name in enumerate(["Robin Hale", "Robin B. Hale", "Robin B. Hale"])]
    identity, = resolve(rows).identities
    assert identity.gender == "f"
