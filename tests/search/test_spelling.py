"""Which spelling is suggested, on each engine."""

from __future__ import annotations

import pytest

from indexer.query import parse
from indexer.search.engine import Document, Engine
from tests.conftest import article_document


def documents() -> list[Document]:
    return [article_document("a/school", "School", "Every pre-k class has a match."),
            *(article_document(f"a/game-{number}", "Game", "Seen pre and post match, a prematch game.")
              for number in range(7))]


@pytest.mark.parametrize(("typed", "suggestion"), [
    ("matcj", "match"),
    ("pre-k", None),                  # in no article as one word, but in one as two
    ("prek", "pre"),
    ("pre-k matcj", '"pre-k" match'),
    ("pos-t", None),                  # the other way around
    ("gam-e", None),                  # in no article, but of short parts
    ("pre-matcj", '"prematch"'),
])
def test_suggestion(engine: Engine, typed: str, suggestion: str | None) -> None:
    assert engine.search(parse(typed).query).suggestion == suggestion
