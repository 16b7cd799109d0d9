"""Outlets: what an article treats as a paper, a station, a site."""

from __future__ import annotations

import pytest

from indexer.attribution.outlets import Outlets


@pytest.mark.parametrize(("text", "name"), [
    ("", "Calder Mercury"),
    ("", "WZQK"),
    ("", "harborwatch.com"),
    ("Sorensen told Gullwire that it was late.", "Gullwire"),
    ("Sorensen told the Saltmarsh Lantern that it was late.", "Saltmarsh Lantern"),
    ("The blog Curbside Tales has pictures.", "Curbside Tales"),
    ("Gullwire reports that it was late.", "Gullwire"),
    ("[via Gullwire]", "Gullwire"),
])
def test_an_outlet_is_what_is_treated_as_one(text: str, name: str) -> None:
    """By its name, or by what the article lets it do."""
    assert name in Outlets(text)


@pytest.mark.parametrize(("text", "name"), [
    ("Sorensen met Gullwire.", "Gullwire"),
    ("Sorensen told the Harbor Department that it was late.", "Harbor Department"),
    ("Sorensen told the NYPD that it was late.", "NYPD"),
])
def test_bodies_that_are_told_things_are_no_outlets(text: str, name: str) -> None:
    """The police are told things, and print none of them."""
    assert name not in Outlets(text)
