"""Organisations of one article: what their initials and short names stand for, and whose an address is."""

from __future__ import annotations

import pytest

from indexer.attribution.organisations import Organisations, initials_of
from indexer.attribution.parsed_article import ParsedArticle
from indexer.models import Article
from indexer.people.finder import find_people


def organisations(text: str) -> Organisations:
    return Organisations(ParsedArticle(Article("a", "a.md", "", "", None, text), find_people("", text)))


@pytest.mark.parametrize(
    ("text", "printed", "full"),
    [
        ("The Department of Harbors (DOH) met. DOH left.", "DOH", "Department of Harbors"),
        ("The Department of Buildings met. The DOB left.", "DOB", "Department of Buildings"),
        ("The Calder Transit Authority met. Later CTA left.", "CTA", "Calder Transit Authority"),
        ("The Calder Transit Authority met. Later C.T.A. left.", "C.T.A.", "Calder Transit Authority"),
        ("The mayor met Carla Tessa Albright. CTA left.", "CTA", "CTA"),
        ("The Calder Press met. CP left.", "CP", "Calder Press"),
        ("Calder Park was closed. CP left.", "CP", "CP"),
        ("Gravel Property Group met. Gravel left.", "Gravel", "Gravel Property Group"),
        ("Gravel Road was closed. Gravel left.", "Gravel", "Gravel"),
        ("The Parks Department met. The Parks Dept. left.", "Parks Dept.", "Parks Department"),
        ("The Parks Dept. met.", "Parks Dept.", "Parks Dept."),
        ("The Harbor Trust met.", "Harbor Trust", "Harbor Trust"),
        ("The Saltmarsh Bay Alliance met. The Alliance left.", "Alliance", "Saltmarsh Bay Alliance"),
        ("He met the New York Harbor Alliance. The Alliance left.", "Alliance", "New York Harbor Alliance"),
        ("New Harbor Alliance rules came. The Alliance left.", "Alliance", "Harbor Alliance"),
        ("Then CD Courier and the Calder Courier met. The Courier left.", "Courier", "Courier"),
    ],
)
def test_short_names_are_spelled_out(text: str, printed: str, full: str) -> None:
    """By what the same article prints, and never by a person's initials."""
    assert organisations(text).full_name(printed) == full


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("http://www.calderdispatch.example/2012/ferry.html", ["Calder Dispatch"]),
        ("https://blog.cdispatch.example/", ["Calder Dispatch"]),
        ("http://elsewhere.example/calderdispatch", []),
        ("http://[calderdispatch", []),
        ("", []),
    ],
)
def test_an_address_belongs_to_who_is_named_in_its_host(url: str, names: list[str]) -> None:
    """The whole name or its initials with the last word; a broken address is nobody's."""
    found = organisations("Later the Calder Dispatch met the Harbor Trust.").at(url)

    assert [speaker.name for speaker in found] == names


@pytest.mark.parametrize(
    ("name", "short"),
    [("Department of Harbors", ["DOH"]), ("Calder Transit Authority", ["CTA"]), ("Calder Dispatch", []), ("CTA", [])],
)
def test_a_long_name_is_also_sought_by_its_initials(name: str, short: list[str]) -> None:
    """Whoever types the short form finds what the long one said."""
    assert initials_of(name) == short
