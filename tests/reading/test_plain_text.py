"""Plain text: headline, byline, day, and paragraphs however they are set."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from indexer.reading.plain_text import is_wrapped, opening_of, text_of

STORY = "The ferry was late again.\n\nNobody minded.\n"
BY = {"author": "By Ann Low"}


@pytest.mark.parametrize(("above", "fields"), [
    ("Ferry Late Again\nBy Ann Low\nMay 4, 1998\n\n", {"title": "Ferry Late Again", **BY, "date": "May 4, 1998"}),
    ("Ferry Late Again\n\nBy Ann Low\n\n4 May 1998\n\n", {"title": "Ferry Late Again", **BY, "date": "4 May 1998"}),
    ("FERRY LATE\nAGAIN\nBy Ann Low\n", {"title": "FERRY LATE AGAIN", **BY}),
    ("Is the Ferry Late?\nby Ann Low and Bo Ray, Staff Writers\n\n",
     {"title": "Is the Ferry Late?", "author": "by Ann Low and Bo Ray, Staff Writers"}),
    ("Ferry Late Again\nPublished: 4 May 1998\n\n", {"title": "Ferry Late Again", "date": "published 4 May 1998"}),
    ("Ferry Late Again\nBy Ann Low | May 4, 1998 at 5:15 pm\n\n",
     {"title": "Ferry Late Again", **BY, "date": "May 4, 1998 at 5:15 pm"}),
    ("# Ferry Late Again\n\n", {"title": "Ferry Late Again"}),
    ("Ferry Late Again\n================\n\n", {"title": "Ferry Late Again"}),
    ("Ferry Late Again\n\n", {"title": "Ferry Late Again"}),
    ("Title: Ferry Late: Again\nAuthor: Ann Low\nDate: 4 May 1998\n\n",
     {"title": "Ferry Late: Again", "author": "Ann Low", "date": "4 May 1998"}),
    ("Ferry Late Again\nAnn Low reports\n\n", {"title": "Ferry Late Again", "author": "Ann Low"}),
    ("By Ann Low\n\n", BY),
    ("4 May 1998\n", {"date": "4 May 1998"}),
])
def test_what_a_story_begins_with(above: str, fields: dict[str, object]) -> None:
    """The story below is left."""
    found, rest = opening_of(above + STORY)
    assert found == fields
    assert rest.strip() == STORY.strip()


@pytest.mark.parametrize("story", [
    STORY, "By Monday the ferry was late.\n\nNobody minded.", "Ferry Late Again",
    "Ann Low reports a late ferry.\n\nNobody minded.",
    "In May 1998 the ferry was\nlate.\n\nOften.",
    "“Late,” he said\n\nNobody minded.", "Late again, the ferry,\n\nthey said.", "By Ann Low", "- one\n\n- two",
])
def test_stories_that_begin_at_once(story: str) -> None:
    """A sentence is no headline, a day in it no date line."""
    assert opening_of(story) == ({}, story)


@pytest.mark.parametrize(("body", "text"), [
    ("One line.\nAnother.", "One line.\nAnother."),
    ("Wrapped\nlines.\n\nNext\nparagraph.", "Wrapped lines.\nNext paragraph."),
    ("Fares:\n\n- one\n- two", "Fares:\n- one\n- two"),
    ("Tom &amp; Ann, 5 < 6", "Tom & Ann, 5 < 6"),
    ("<b>as it stands</b>", "<b>as it stands</b>"),
    ("The coun-\ncil met on a Mon-\nday in the hall.", "The council met on a Monday in the hall."),
    ("The twenty-\none members of the well-\nknown board.", "The twenty-one members of the well-known board."),
    ("A ferry-boat, or a ferry-\nboat of its kind, went\ndown.",
     "A ferry-boat, or a ferry-boat of its kind, went down."),
    ("An Anglo-\nIrish pilot was on\nboard of her.", "An Anglo-Irish pilot was on board of her."),
    ("Pages 12-\n14 are lost to us\nfor ever.", "Pages 12-14 are lost to us for ever."),
    ("The ferry was late\nagain on Sunday, as\nit is.\nNobody on the quay\nminded it at all.",
     "The ferry was late again on Sunday, as it is.\nNobody on the quay minded it at all."),
    ("  The ferry was late\nagain on Sunday, as\nit usually is here.\n  Nobody on the quay\nminded it at all.",
     "The ferry was late again on Sunday, as it usually is here.\nNobody on the quay minded it at all."),
    ("x" * 101 + ".\n" + "y" * 101 + ".\n\nz.", "x" * 101 + ".\n" + "y" * 101 + ".\nz."),
])
def test_paragraphs(body: str, text: str) -> None:
    """Blank lines, wrapped lines, columns, one paragraph a line; words broken at a line's end are whole."""
    assert text_of(body) == (text, (), ())


@pytest.mark.parametrize(("lines", "wrapped"), [
    (["The ferry was late", "again on Sunday."], True), (["One line.", "Another."], False), (["One"], False), ([],
                                                                                                               False),
    (["A" * 120, "b"], False),
])
def test_wrapped_lines(lines: list[str], wrapped: bool) -> None:
    """Lines that end anywhere, and all at about the same place."""
    assert is_wrapped(lines) is wrapped


@given(st.text(max_size=300) | st.text("By -\n.AbJune 12,2013", max_size=200))
def test_any_text_is_read(body: str) -> None:
    """No letter is lost between opening and story."""
    fields, rest = opening_of(body)
    assert rest in body or rest.strip() in body
    assert text_of(body)[0].count("\n\n") == 0
    assert isinstance(fields, dict)
