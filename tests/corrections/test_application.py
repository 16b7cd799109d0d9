"""Corrections laid over an article: what a quotation is then, and which corrections mean none."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.corrections import Correction, Corrections, apply, quotation_key
from indexer.models import Annotated, Article, Mention, Person, Quotation, Span

TEXT = ("“The tide waits,” said Ada Lovage. “Yes,” she added. “Yes,” said the harbor board. Ben Castor never said "
        "“drain the bay”. A “tide table” hung there.")
FOUND = (("The tide waits,", "Ada Lovage", "person"), ("Yes,", "Ada Lovage", "person"),
         ("Yes,", "the harbor board", "organisation"), ("drain the bay", "Ben Castor", "person"),
         ("tide table", None, None))


def annotated() -> Annotated:
    """The article, as it was read."""
    quotations, at = [], 0
    for words, speaker, kind in FOUND:
        start = TEXT.index(words, at)
        at = start + len(words)
        quotations.append(Quotation(
            Span(start, at), "direct", speaker, kind, "name" if speaker else "none",  # type: ignore[arg-type]
            Span(at + 2, at + 6), Span(at + 7, at + 9), 0.7))
    people = tuple(Person(name, (Mention(None, name),)) for name in ("Ada Lovage", "Ben Castor"))
    return Annotated(Article("a", "a.md", "", "", None, TEXT), people, tuple(quotations))


def correction(words: str, **more: Any) -> Correction:
    return Correction("a", words, **more)


def said(*corrections: Correction) -> list[tuple[str, str | None, str | None, str, str]]:
    """Words, speaker, kind, stance and method of all quotations."""
    return [(each.span.of(TEXT), each.speaker or each.stance_of, each.speaker_kind, each.stance, each.method)
            for each in apply(annotated(), corrections).annotated.quotations]


BEFORE = said()


@pytest.mark.parametrize(("corrected", "number", "after"), [
    (correction("the tide waits", speaker="Ben Castor"), 0, ("Ben Castor", "person", "said")),
    (correction("The tide waits,", speaker="the harbor board"), 0, ("the harbor board", "organisation", "said")),
    (correction("The tide waits,", speaker="a sailor"), 0, ("a sailor", "unnamed", "said")),
    (correction("The tide waits,", speaker="Tide Watch", speaker_kind="organisation"), 0,
     ("Tide Watch", "organisation", "said")),
    (correction(f"hash:{quotation_key('The tide waits')}", unknown=True), 0, (None, None, "said")),
    (correction("drain the bay", stance="denied"), 3, ("Ben Castor", None, "denied")),
    (correction("drain the bay", stance="denied", speaker="Ada Lovage"), 3, ("Ada Lovage", None, "denied")),
    (correction("drain the bay", stance="hypothetical", unknown=True), 3, (None, None, "hypothetical")),
    (correction("Yes.", occurrence=2, speaker="Ada Lovage"), 2, ("Ada Lovage", "person", "said")),
])
def test_one_quotation_is_corrected(
    corrected: Correction, number: int, after: tuple[str | None, str | None, str]
) -> None:
    """It, and no other; the certainty is that of who knows."""
    found = said(corrected)
    assert found[number][1:] == (*after, "corrected")
    assert [each for at, each in enumerate(found) if at != number] == [
        each for at, each in enumerate(BEFORE) if at != number]
    quotation = apply(annotated(), [corrected]).annotated.quotations[number]
    assert (quotation.certainty, quotation.span) == (1.0, annotated().quotations[number].span)


def test_all_of_the_same_words_are_meant_but_for_one() -> None:
    """What means one of them goes before what means all, in whatever order they stand."""
    one, rest = correction("Yes", occurrence=2, unknown=True), correction("Yes", speaker="Ben Castor")
    assert said(one, rest) == said(rest, one)
    assert [each[1] for each in said(one, rest)[1:3]] == ["Ben Castor", None]


def test_what_is_no_quotation_is_left_out() -> None:
    """The others keep their order, and what the correction says can be seen nowhere else."""
    assert said(correction("tide table", not_a_quotation=True)) == BEFORE[:-1]
    assert apply(annotated(), [correction("tide table", not_a_quotation=True)]).corrected == 1


def test_evidence_is_that_of_the_speaker() -> None:
    """Words that name somebody else do not tell of the new speaker."""
    other, same = (apply(annotated(), [correction("The tide waits", speaker=name)]).annotated.quotations[0]
                   for name in ("Ben Castor", "Ada Lovage"))
    assert (other.cue, other.source) == (None, None)
    assert (same.cue, same.source) == (annotated().quotations[0].cue, annotated().quotations[0].source)


@pytest.mark.parametrize(("corrected", "added"), [
    (correction("The tide waits", speaker="Cora Dunmore"), ["Cora Dunmore"]),
    (correction("The tide waits", speaker="Cora Dunmore", stance="denied"), ["Cora Dunmore"]),
    (correction("The tide waits", speaker="Ben Castor"), []),
    (correction("The tide waits", speaker="a sailor"), []),
    (correction("The tide waits", speaker="the harbor board"), []),
    (correction("The tide waits", speaker="Tide Watch", speaker_kind="organisation"), []),
    (correction("The tide waits", unknown=True), []),
])
def test_a_speaker_whom_the_article_does_not_name(corrected: Correction, added: list[str]) -> None:
    """A person is among those of the article then, so that the archive knows who is meant."""
    found = apply(annotated(), [corrected]).annotated.people
    assert [each.name for each in found] == ["Ada Lovage", "Ben Castor", *added]


@pytest.mark.parametrize(("corrected", "is_gone"), [
    (correction("The tide waited", speaker="Ben Castor"), True),
    (correction("Yes", speaker="Ben Castor", occurrence=3), True),
    (correction("hung there", unknown=True), True),
    (correction("hung there", not_a_quotation=True), False),       # it is not taken for one
    (correction("hang there", not_a_quotation=True), True),
    (correction("Yes", speaker="Ben Castor", occurrence=2), False),
])
def test_corrections_whose_words_are_gone(corrected: Correction, is_gone: bool) -> None:
    """They change nothing, and are given back."""
    applied = apply(annotated(), [corrected])
    assert applied.gone == ((corrected,) if is_gone else ())
    assert (said(corrected) == BEFORE) is (applied.corrected == 0)


def test_the_digest_of_an_article_is_that_of_its_corrections() -> None:
    """Neither the line nor the spelling of the words makes another; what is said does."""
    digests = {Corrections([each]).digest("a") for each in (
        correction("Yes", unknown=True), correction("Yes,", unknown=True, line=7),
        correction(f"hash:{quotation_key('yes')}", unknown=True))}
    assert len(digests) == 1
    assert Corrections([correction("Yes", unknown=True, note="x")]).digest("a") not in digests
    assert Corrections([correction("Yes", unknown=True)]).digest("b") == ""


def test_which_quotation_is_meant_beside_corrections() -> None:
    """Those that were taken out are counted, and a correction is found again."""
    held = Corrections([correction("Yes", not_a_quotation=True, occurrence=1), correction("So", speaker="Ben Castor")])
    assert held.meant("a", ["So.", "Yes."], 2) == (2, None)
    assert held.meant("a", ["So.", "Yes."], 1) == (0, correction("So", speaker="Ben Castor"))
    assert held.meant("b", ["So."], 1) == (0, None)
