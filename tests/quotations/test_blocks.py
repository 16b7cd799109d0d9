"""Blocks: which words they quote, and whom their credits name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from indexer.models import Block, BlockKind, Span
from indexer.quotations.blocks import quoted_blocks, unwrapped
from indexer.quotations.credit_lines import dashed_end, dashed_line, lead_in, named_in

Found = list[tuple[str, str | None]]


def quoted(text: str, *blocks: tuple[BlockKind, str]) -> Found:
    """The words and the credit of each block of a text. The blocks are given by their words."""
    held = tuple(Block(Span(text.index(words), text.index(words) + len(words)), kind) for kind, words in blocks)
    return [(each.span.of(text), each.credit.of(text) if each.credit else None) for each in quoted_blocks(text, held)]


CREDITED = [
    ("Fog all day — Jane Roe (@roe) May 1, 2012", [("Fog all day", "Jane Roe")]),
    ("Fog all day - Jane Roe (@roe) May 1, 2012", [("Fog all day", "Jane Roe")]),
    ("Fog all day - and rain - Jane Roe (@roe) May 1, 2012", [("Fog all day - and rain", "Jane Roe")]),
    ("Fog all day\n— Pier 9 - Harbor Desk (@pier9) May 1, 2012", [("Fog all day", "Pier 9 - Harbor Desk")]),
    ("Fog — and rain — Gov. Jane Roe (@govroe) May 1, 2012", [("Fog — and rain", "Gov. Jane Roe")]),
    ("Fog all day\n— Jane Roe (@roe) 1 May 2012", [("Fog all day", "Jane Roe")]),
    ("Fog all day\nJane Roe (@roe) May 1, 2012", [("Fog all day", "Jane Roe")]),
    ("Fog all day\n— Jane Roe (@roe) il y a 2 heures", [("Fog all day", "Jane Roe")]),
    ("Fog — A. (@a) May 1\nRain — B. B. (@bb) May 2", [("Fog", "A."), ("Rain", "B. B.")]),
    ("Fog\n— Ann Low (@low) May 1, 2012\nRain all over", [("Fog", "Ann Low"), ("Rain all over", None)]),
    ("Pie! A post shared by Tern Cafe (@tern.cafe) on May 1, 2017",
     [("Pie! A post shared by Tern Cafe (@tern.cafe) on May 1, 2017", "Tern Cafe")]),
    ("Pie! A photo posted by @terncafe on May 1, 2016",
     [("Pie! A photo posted by @terncafe on May 1, 2016", "@terncafe")]),
    ("Fog all day, no name", [("Fog all day, no name", None)]),
    ("We rowed all night.\n— Petra Yardley", [("We rowed all night.", "Petra Yardley")]),
    ("We rowed all night.\n—Petra Yardley, cook of the Tern", [("We rowed all night.", "Petra Yardley")]),
    ("We rowed all night.\n-- Petra Yardley in the Harbor Bell, 1911", [("We rowed all night.", "Petra Yardley")]),
    ("We rowed all night.\n– Dr. P. Yardley Jr.", [("We rowed all night.", "Dr. P. Yardley Jr.")]),
    ("We rowed all night.\n— the Harbor Bell", [("We rowed all night.", "the Harbor Bell")]),
    ("We rowed all night.\n— a cook in Alder Street", [("We rowed all night.", "a cook in Alder Street")]),
    ("We rowed all night. — Petra Yardley", [("We rowed all night.", "Petra Yardley")]),
    ("We rowed all night—Petra Yardley", [("We rowed all night—Petra Yardley", None)]),
    ("We rowed all night — Petra Yardley", [("We rowed all night", "Petra Yardley")]),
    ("“We rowed all night.” —Yardley", [("We rowed all night.", "Yardley")]),
    ("“We rowed,” she said, “all night.”", [("“We rowed,” she said, “all night.”", None)]),
    ("One.\n— Ann Low\nTwo.\n— Bo Okoro, pilot", [("One.", "Ann Low"), ("Two.", "Bo Okoro")]),
    ("— Where is the boat?\n— Gone.", [("— Where is the boat?\n— Gone.", None)]),
    ("Where is the boat?\n— Gone.", [("Where is the boat?\n— Gone.", None)]),
    ("Where is the boat?\n— Jim, you never came back.", [("Where is the boat?\n— Jim, you never came back.", None)]),
    ("We saw a ship — the biggest of them all", [("We saw a ship — the biggest of them all", None)]),
    ("The list:\n- Milk\n- Eggs", [("The list:\n- Milk\n- Eggs", None)]),
    ("— Ann Low", [("— Ann Low", None)]),
]


@pytest.mark.parametrize(("text", "expected"), CREDITED)
def test_credit_in_block(text: str, expected: Found) -> None:
    """The line that says whose the words are is none of them, and names the speaker."""
    assert quoted(text, ("quotation", text)) == expected


MARKED = [
    ("We rowed all night.\nPetra Yardley", "Petra Yardley", [("We rowed all night.", "Petra Yardley")]),
    ("We rowed all night. Petra Yardley", "Petra Yardley", [("We rowed all night.", "Petra Yardley")]),
    ("We rowed all night.\n— Petra Yardley, cook", "Petra Yardley", [("We rowed all night.", "Petra Yardley")]),
    ("We rowed all night.\n— Petra Yardley, cook", "— Petra Yardley, cook", [("We rowed all night.", "Petra Yardley")]),
    ("We rowed all night —\nby Petra Yardley", "by Petra Yardley", [("We rowed all night", "Petra Yardley")]),
    ("Petra Yardley wrote:\nWe rowed all night.", "Petra Yardley wrote:", [("We rowed all night.", "Petra Yardley")]),
    ("I read Salt Year twice at sea.", "Salt Year", [("I read Salt Year twice at sea.", None)]),
]


@pytest.mark.parametrize(("text", "credit", "expected"), MARKED)
def test_credit_that_the_page_marks(text: str, credit: str, expected: Found) -> None:
    """A <cite> or <footer> at a block's end, or one that introduces the words; but not the title of a work in them."""
    assert quoted(text, ("quotation", text), ("credit", credit)) == expected


BESIDE = [
    ("Lead.\nWe rowed.\n— Petra Yardley\nThe board met.", [("We rowed.", "Petra Yardley")]),
    ("Lead.\nWe rowed.\n— Petra Yardley (@petra) May 1, 2012\nThe board met.", [("We rowed.", "Petra Yardley")]),
    ("Lead.\nWe rowed.\n— Petra Yardley will row again on Monday.", [("We rowed.", None)]),
    ("Lead.\nWe rowed.\nPetra Yardley", [("We rowed.", None)]),
    ("And from Petra Yardley:\nWe rowed.\nEnd.", [("We rowed.", "Petra Yardley")]),
    ("From the Harbor Bell:\nWe rowed.\nEnd.", [("We rowed.", "the Harbor Bell")]),
    ("And this, from Petra Yardley, the cook:\nWe rowed.\nEnd.", [("We rowed.", "Petra Yardley")]),
    ("Petra Yardley came from Tarn:\nWe rowed.\nEnd.", [("We rowed.", None)]),
    ("From then on it rained:\nWe rowed.\nEnd.", [("We rowed.", None)]),
]


@pytest.mark.parametrize(("text", "expected"), BESIDE)
def test_credit_beside_block(text: str, expected: Found) -> None:
    """The paragraph behind a block, or the one that introduces it, may say whose it is."""
    assert quoted(text, ("quotation", "We rowed.")) == expected


def test_caption_of_a_block() -> None:
    """A credit in the figure of a block is that block's, and only that one's."""
    text = "One.\nAnn Low, pilot\nTwo.\nThree."
    assert quoted(text, ("quotation", "One."), ("credit", "Ann Low, pilot"), ("quotation", "Two.")) == [
        ("One.", "Ann Low"), ("Two.", None)]
    text = "Ann Low, pilot\nOne."
    assert quoted(text, ("quotation", "One."), ("credit", "Ann Low, pilot")) == [("One.", "Ann Low")]
    text = "One.\nSalt Year is a book."
    assert quoted(text, ("quotation", "One."), ("credit", "Salt Year")) == [("One.", None)]


def test_outer_takes_the_credit_in() -> None:
    """What the page set apart is no narrative, and neither is the line behind it that credits it."""
    text = "Lead.\n“We rowed.”\n— Petra Yardley\nEnd."
    block = quoted_blocks(text, (Block(Span(6, 17), "quotation"),))[0]
    assert block.span.of(text) == "We rowed."
    assert block.outer.of(text) == "“We rowed.”\n— Petra Yardley"


def test_outermost_blocks() -> None:
    """Of blocks in blocks the outer one counts; captions and letters are no quotations."""
    text = "Lead\nInner outer words\nCaption"
    assert quoted(text, ("quotation", "Inner outer words"), ("tweet", "Inner"), ("caption", "Caption")) == [
        ("Inner outer words", None)]


SIGNED = [
    ("Proud of the pier! — Gov. Jane Roe (@govroe) August 21, 2016", "Proud of the pier!"),
    ("Proud of the pier! -- Jane Roe (@roe) Aug. 2, 2016", "Proud of the pier!"),
    ("Proud of the pier!\n— Jane Roe (@roe) August 2, 2016", "Proud of the pier!"),
    ("Follow Jane Roe (@roe) from August 21, 2016", None),
    ("A post shared by Tern Cafe (@tern.cafe) on May 1, 2017 at 8:55pm PDT", None),
]


@pytest.mark.parametrize(("lines", "words"), SIGNED)
def test_signed_lines(lines: str, words: str | None) -> None:
    """A paragraph that is signed as a post is one, though the page sets nothing apart."""
    text = f"Before.\n{lines}\nAfter."
    assert [each.span.of(text) for each in quoted_blocks(text, ())] == ([words] if words else [])


def test_credit_alone_is_no_block() -> None:
    """An embedded picture without words says only who shared it."""
    text = "A post shared by Tern Cafe (@tern.cafe) on May 1, 2017"
    assert quoted_blocks(text, (Block(Span(0, len(text)), "quotation"),)) == []


@pytest.mark.parametrize(("text", "expected"), [
    ('"All of it."', "All of it."), (" “All of it.” ", "All of it."), ("All of it.", "All of it."), ('"', '"'),
    ('"All" of "it."', '"All" of "it."'), ("»All of it.«", "All of it."), ('"One.\n"Two."', 'One.\n"Two.'), ("", ""),
])
def test_unwrapped(text: str, expected: str) -> None:
    """The marks and blanks around the whole of a block are not its words."""
    assert unwrapped(text, Span(0, len(text))).of(text) == expected


PIECES = st.sampled_from(['"', "“", "”", "'", " ", "\n", "a", "Bo", "Ann Low", "said", ".", ",", ": ", "—", " — ", "- ",
                          "(@a)", "— A (@a) May 1, 2012", "A photo posted by @a on", "from ", "Jr.", "the ", "wrote:"])
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)
KINDS: st.SearchStrategy[BlockKind] = st.sampled_from(["quotation", "quotation", "tweet", "credit", "caption"])


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, tuple[Block, ...]]:
    """A text and blocks of it that follow each other, and one in or around them, as a page has them."""
    text = draw(TEXTS)
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = [Span(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False) if start < end]
    spans += [Span(span.start + 1, span.end) for span in spans[:1] if len(span) > 1]
    return text, tuple(Block(span, draw(KINDS)) for span in spans)


@given(pages())
@settings(max_examples=400)
def test_blocks_of_any_text(page: tuple[str, tuple[Block, ...]]) -> None:
    """On any text and blocks: words in order, never empty or overlapping, within what was set apart; credits in the
    text."""
    text, blocks = page
    at = 0
    for block in quoted_blocks(text, blocks):
        assert at <= block.outer.start <= block.span.start < block.span.end <= block.outer.end <= len(text)
        assert block.credit is None or block.credit.of(text).strip()
        assert block.credit is None or not block.credit.overlaps(block.span) or "A photo" in block.span.of(text)
        at = block.outer.end


@given(TEXTS, st.integers(0, 40), st.integers(0, 40))
@settings(max_examples=300)
def test_credits_of_any_text(text: str, start: int, length: int) -> None:
    """On any text: a name is a slice of the line that it was found in."""
    span = Span(min(start, len(text)), min(start + length, len(text)))
    for found in (dashed_line(text, span), dashed_end(text, span)):
        assert found is None or (found.line in span and found.name in found.line and len(found.name))
    name = named_in(text, span)
    assert name is None or name in span
    if len(span):
        led = lead_in(text, span)
        assert led is None or led in span
