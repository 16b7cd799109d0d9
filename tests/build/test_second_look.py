"""What cannot be somebody's once it is known who is who."""

from __future__ import annotations

import pytest

from indexer.build.second_look import seen_again
from indexer.language import Gender
from indexer.models import Annotated, Article, Identity, Method, Quotation, Span

TEXT = '"No," she said. "Yes," he said. "Never," her lawyer said.'


class Known:
    """One person of the archive, of this sex."""

    def __init__(self, gender: Gender | None) -> None:
        self._identity = Identity("robin-hale", "Robin Hale", gender=gender)

    def of(self, article_id: str, name: str) -> Identity | None:
        return self._identity if name == "Hale" else None


def seen(source: str, gender: Gender | None, speaker: str = "Hale", method: Method = "pronoun") -> Quotation:
    start = TEXT.index(source)
    said = Quotation(Span(1, 4), "direct", speaker, "person", method, None, Span(start, start + len(source)), 0.9)
    article = Article("a", "a.md", "", "", None, TEXT)
    return seen_again(Annotated(article, (), (said,)), Known(gender)).quotations[0]


@pytest.mark.parametrize(("source", "gender"), [("she", "m"), ("he", "f"), ("her", "m")])
def test_a_pronoun_of_the_other_sex(source: str, gender: Gender) -> None:
    """Nobody is the speaker, which is far from sure, and the reason is told."""
    found = seen(source, gender)
    assert (found.speaker, found.speaker_kind, found.method, found.certainty) == (None, None, "none", 0.0)
    assert found.note == (f"Not Robin Hale: the article says “{source}”, and the archive knows Robin Hale as "
                          f"{'a man' if gender == 'm' else 'a woman'}.")


@pytest.mark.parametrize(("source", "gender", "speaker", "method"), [
    ("she", "f", "Hale", "pronoun"), ("she", None, "Hale", "pronoun"), ("she", "m", "Quist", "pronoun"),
    ("her lawyer", "m", "Hale", "description"),            # whose he may well be
    ("she", "m", "Hale", "corrected"),                     # the keeper knows better
])
def test_what_stays(source: str, gender: Gender | None, speaker: str, method: Method) -> None:
    """Whoever may have said it, as far as the archive knows."""
    found = seen(source, gender, speaker, method)
    assert (found.speaker, found.certainty, found.note) == (speaker, 0.9, "")


def test_without_a_source() -> None:
    """Where no words name the speaker, none speak against one."""
    said = Quotation(Span(1, 4), "direct", "Hale", "person", "same speaker")
    annotated = Annotated(Article("a", "a.md", "", "", None, TEXT), (), (said,))
    assert seen_again(annotated, Known("m")) is annotated
