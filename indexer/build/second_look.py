"""A second look at what an article quotes, once it is known who is who in the archive: what cannot be somebody's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from indexer.language import Gender
from indexer.models import Annotated, Identity, Quotation

_PRONOUNS: Mapping[str, Gender] = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_WORDS: dict[Gender, str] = {"m": "a man", "f": "a woman"}


class IdentityOf(Protocol):
    """Who a person of an article is (identity.People)."""

    def of(self, article_id: str, name: str) -> Identity | None: ...


def seen_again(annotated: Annotated, people: IdentityOf) -> Annotated:
    """The same, but nobody is the speaker of what "she" said if that was taken for somebody whom the archive knows as a
    man, and nobody of what was not said."""
    quotations = tuple(_owned(_of_one_sex(each, annotated, people)) for each in annotated.quotations)
    return annotated if quotations == annotated.quotations else replace(annotated, quotations=quotations)


def _of_one_sex(said: Quotation, annotated: Annotated, people: IdentityOf) -> Quotation:
    """A quotation; without its speaker if the pronoun that stands for them is not of their sex."""
    if said.speaker is None or said.source is None or said.speaker_kind != "person" or said.method == "corrected":
        return said
    words = said.source.of(annotated.article.text)
    gender = _PRONOUNS.get(words.casefold())
    who = people.of(annotated.article.id, said.speaker) if gender else None
    if who is None or who.gender is None or who.gender == gender:
        return said
    reason = f"Not {who.name}: the article says “{words}”, and the archive knows {who.name} as {_WORDS[who.gender]}."
    return replace(said, speaker=None, speaker_kind=None, method="none", certainty=0.0, note=reason)


def _owned(said: Quotation) -> Quotation:
    """A quotation; of one that was not said nobody is the speaker, whoever would be. Reported speech keeps whoever
    denied it: a denial is something said."""
    if said.stance == "said" or said.speaker is None:
        return said
    whose = said.stance_of or said.speaker
    if said.is_reported and said.stance == "denied":
        return replace(said, stance_of=whose)
    return replace(said, speaker=None, speaker_kind=None, stance_of=whose)
