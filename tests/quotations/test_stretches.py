"""Stretches between marks, and blocks: which words stand between them, whatever the marks look like."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings, strategies as st

from indexer.models import Block, Span
from indexer.quotations.blocks import credit_of, quoted_blocks, unwrapped
from indexer.quotations.stretches import find_marked_spans, paragraphs


def stretches(text: str) -> list[str]:
    return [marked.span.of(text) for marked in find_marked_spans(text)]


PLAIN = [
    ('"The ferry is late," said Ana Ruiz.', ["The ferry is late,"]),
    ("“The ferry is late,” said Ana Ruiz.", ["The ferry is late,"]),
    ("„The ferry is late“, said Ana Ruiz.", ["The ferry is late"]),
    ("«The ferry is late», said Ana Ruiz.", ["The ferry is late"]),
    ("« The ferry is late », said Ana Ruiz.", ["The ferry is late"]),
    ("``The ferry is late,'' said Ana Ruiz.", ["The ferry is late,"]),
    ("''The ferry is late,'' said Ana Ruiz.", ["The ferry is late,"]),
    ("‘‘The ferry is late,’’ said Ana Ruiz.", ["The ferry is late,"]),
    ('"The ferry," she said, "is late."', ["The ferry,", "is late."]),
    ('The pier is "closed for good" and "a disgrace," he wrote.', ["closed for good", "a disgrace,"]),
    ('The list ("milk, eggs") hung there.', ["milk, eggs"]),
    ('He shouted—"Stop!"—and ran.', ["Stop!"]),
    ('One word, "no", was all.', ["no"]),
    ("Nobody said a word.", []),
    ('"" is nothing, and so is "...".', []),
]

MIXED = [
    ('“The ferry is late," said Ana Ruiz.', ["The ferry is late,"]),
    ('"The ferry is late,” said Ana Ruiz.', ["The ferry is late,"]),
    ("\"The ferry is late,'' said Ana Ruiz.", ["The ferry is late,"]),
    ("“The ferry is late,“ said Ana Ruiz.", ["The ferry is late,"]),
    ("”The ferry is late,” said Ana Ruiz.", ["The ferry is late,"]),
    ('“One," he said. "Two,” she said.', ["One,", "Two,"]),
    ('He called it " a waste of rope" on Monday.', ["a waste of rope"]),
    ('He called it "a waste of rope " on Monday.', ["a waste of rope"]),
    ('The mayor said,"No new piers."', ["No new piers."]),
    ('They had one worry."We want our stop back." That was all.', ["We want our stop back."]),
    ('"No,"said the pilot.', ["No,"]),
    ('She wrote: "Wait"; he did not.', ["Wait"]),
    ('*"The pier is shut"* read the note.', ["The pier is shut"]),
]

NESTED = [
    ("\"He said, 'Go home,' and I went,\" Ruiz recalled.", ["He said, 'Go home,' and I went,"]),
    ("“He said, ‘Go home,’ and I went,” Ruiz recalled.", ["He said, ‘Go home,’ and I went,"]),
    ('The note reads, "My last day on the "Blue Heron" and I cry."', ['My last day on the "Blue Heron" and I cry.']),
    ('The Eagle wrote that it "grows on you, a worthy heir to “Salt Year,” their debut."',
     ["grows on you, a worthy heir to “Salt Year,” their debut."]),
    ('“We sang "Harbor Lights" all night,” said Ruiz.', ['We sang "Harbor Lights" all night,']),
    ('There is a story ("It is said to have given us the phrase “ebb money” in 1911").',
     ["It is said to have given us the phrase “ebb money” in 1911"]),
    ("\"He shouted, 'Jump!'' and she jumped,\" the report says.", ["He shouted, 'Jump!'' and she jumped,"]),
    ("\"'Never again,' is what she told me,\" Ruiz said.", ["'Never again,' is what she told me,"]),
    ('"You sing the chorus ["Low Tide"] and weep," she said.', ['You sing the chorus ["Low Tide"] and weep,']),
]

INCHES = [
    ('The thief is 5\'8" and thin.', []),
    ('The thief, 5\'11", ran when she cried "stop thief" at him.', ["stop thief"]),
    ("“I have a 5'8\" daughter who cannot swim,” said Okoro.", ["I have a 5'8\" daughter who cannot swim,"]),
    ('"We sell a 12" pie to everybody," said the baker.', ['We sell a 12" pie to everybody,']),
    ('It measures 8" x 10" and hangs in the hall.', []),
    ('She flew on "Meridian 13" in May.', ["Meridian 13"]),
    ('"It was 1913," he said.', ["It was 1913,"]),
]

APOSTROPHES = [
    ("It's the dogs' park, isn't it, in the '90s sense?", []),
    ("Rock 'n' roll ain't dead, 'cause she's singin'.", []),
    ('"It\'s the dogs\' park," he said.', ["It's the dogs' park,"]),
    ("The neighbours' cat's name is O'Malley's choice.", []),
]

SINGLE = [
    ("'The ferry is late,' said Ana Ruiz. 'It always is.'", ["The ferry is late,", "It always is."]),
    ("‘The ferry is late,’ said Ana Ruiz. ‘It’s the tide.’", ["The ferry is late,", "It’s the tide."]),
    ("'He told me \"never\" twice,' she said. 'I laughed.'", ["He told me \"never\" twice,", "I laughed."]),
    ("'The boys' room is wet,' said Ruiz. 'Mop it.'", ["The boys' room is wet,", "Mop it."]),
    ("'It's all the pilots' fault,' said Ruiz.\n'Don't ask.'", ["It's all the pilots' fault,", "Don't ask."]),
]

UNCLOSED = [
    ('"The ferry is late, said Ana Ruiz. "It always is."', ["The ferry is late,", "It always is."]),
    ('"The ferry is late. She said. Nobody came.', ["The ferry is late."]),
    ('She told him, "I will watch over you.\nHe left.', ["I will watch over you."]),
    ('"The ferry is late.\n"It always is."', ["The ferry is late.", "It always is."]),
    ('“The pier fell in March.\n“It will fall again,” she said.', ["The pier fell in March.", "It will fall again,"]),
    ('"The pier fell in March.\nIt will fall again," she said.', ["The pier fell in March.", "It will fall again,"]),
    ('He listed the cases: We found three boats. We towed them home," said Okoro.',
     ["We found three boats. We towed them home,"]),
    ('Captain Sorensen added, This is as bad as the flood. It is worse."',
     ["This is as bad as the flood. It is worse."]),
    ('The ferry is late," said Ana Ruiz.', ["The ferry is late,"]),
    ("She saw him 'spy on someone. He looked over the wall.\"", ["spy on someone. He looked over the wall."]),
    ('A stray mark" in the middle of nothing.', []),
    ('"We sang "Low Tide" all night.\n"Then we slept," she said.', ['We sang "Low Tide" all night.', "Then we slept,"]),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN + MIXED + NESTED + INCHES + APOSTROPHES + SINGLE + UNCLOSED)
def test_marked(text: str, expected: list[str]) -> None:
    """The words between a mark that can open and the one that closes it, outermost ones only."""
    assert stretches(text) == expected


def test_chain_of_paragraphs() -> None:
    """A quotation that runs over paragraphs is one a paragraph; all but the last break off and go on."""
    text = '"One.\n"Two.\n"Three," she said.\n"Four."'
    assert [(marked.span.of(text), marked.closed, marked.continues) for marked in find_marked_spans(text)] == [
        ("One.", False, True), ("Two.", False, True), ("Three,", True, False), ("Four.", True, False)]


def test_outer_takes_marks_in() -> None:
    """outer holds the marks, span does not; without an opening mark both begin together."""
    text = 'Ruiz: "No." And this: Yes, of course," said Okoro.'
    first, second = find_marked_spans(text)
    assert first.outer.of(text) == '"No."'
    assert second.outer.of(text) == 'Yes, of course,"'


def test_paragraphs_that_hold_anything() -> None:
    """Lines of blanks are no paragraphs."""
    text = "One\n \n\nTwo "
    assert [line.of(text) for line in paragraphs(text)] == ["One", "Two "]


CREDITS = [
    ("Fog all day — Jane Roe (@roe) May 1, 2012", "Jane Roe"),
    ("Fog all day - Jane Roe (@roe) May 1, 2012", "Jane Roe"),
    ("Fog — and rain — Gov. Jane Roe (@govroe) May 1, 2012", "Gov. Jane Roe"),
    ("Fog — A. (@a) May 1\nRain — B. B. (@bb) May 2", "B. B."),
    ("Pie! A post shared by Tern Cafe (@tern.cafe) on May 1, 2017", "Tern Cafe"),
    ("Pie! A photo posted by @terncafe on May 1, 2016", "@terncafe"),
    ("Fog all day, no name", None),
]


@pytest.mark.parametrize(("text", "name"), CREDITS)
def test_credit(text: str, name: str | None) -> None:
    """The last credit line of an embedded post names who wrote it."""
    span = credit_of(text, Block(Span(0, len(text)), "tweet"))
    assert (span.of(text) if span else None) == name


def test_outermost_blocks() -> None:
    """Of blocks in blocks the outer one counts; captions and letters are no quotations."""
    text = "Lead\nInner outer words\nCaption"
    blocks = (Block(Span(5, 22), "quotation"), Block(Span(5, 10), "tweet"), Block(Span(23, 30), "caption"))
    assert [block.span.of(text) for block in quoted_blocks(text, blocks)] == ["Inner outer words"]


SIGNED = [
    ("Proud of the pier! — Gov. Jane Roe (@govroe) August 21, 2016", True),
    ("Proud of the pier! -- Jane Roe (@roe) Aug. 2, 2016", True),
    ("— Jane Roe (@roe) August 21, 2016", False),
    ("Follow Jane Roe (@roe) from August 21, 2016", False),
    ("A post shared by Tern Cafe (@tern.cafe) on May 1, 2017 at 8:55pm PDT", False),
]


@pytest.mark.parametrize(("line", "found"), SIGNED)
def test_signed_lines(line: str, found: bool) -> None:
    """A paragraph that is signed as a post is one, though the page sets nothing apart."""
    text = f"Before.\n{line}\nAfter."
    assert [block.span.of(text) for block in quoted_blocks(text, ())] == ([line] if found else [])


def test_credit_alone_is_no_block() -> None:
    """An embedded picture without words says only who shared it."""
    text = "A post shared by Tern Cafe (@tern.cafe) on May 1, 2017"
    assert quoted_blocks(text, (Block(Span(0, len(text)), "quotation"),)) == []


@pytest.mark.parametrize(("text", "expected"), [
    ('"All of it."', "All of it."), (" “All of it.” ", "All of it."), ("All of it.", "All of it."), ('"', '"'),
    ("", ""),
])
def test_unwrapped(text: str, expected: str) -> None:
    """The marks and blanks around the whole of a block are not its words."""
    assert unwrapped(text, Span(0, len(text))).of(text) == expected


PIECES = st.sampled_from(['"', "“", "”", "''", "'", "‘", "’", "«", "»", "„", "``", " ", "\n", "a", "B", "said",
                          " he said", ".", ",", "5'8\"", ": ", "—", "(", ")", "12", "é", "\u00a0", "(@a)",
                          "— A (@a) May 1, 2012"])


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80))
@settings(max_examples=400, deadline=None)
def test_stretches_lie_in_order(text: str) -> None:
    """On any text: spans in bounds and in order, never overlapping, never over a paragraph's end."""
    at = 0
    for marked in find_marked_spans(text):
        assert at <= marked.outer.start <= marked.span.start < marked.span.end <= marked.outer.end <= len(text)
        assert "\n" not in marked.outer.of(text)
        assert any(character.isalnum() for character in marked.span.of(text))
        assert not (marked.continues and marked.closed)
        at = marked.outer.end


@given(st.lists(PIECES, max_size=40).map("".join), st.integers(0, 40), st.integers(1, 40))
@settings(max_examples=200, deadline=None)
def test_blocks_of_any_text(text: str, start: int, length: int) -> None:
    """On any text and block: blocks in order, none in another, credits and unwrapped spans within them."""
    blocks = [Block(Span(min(start, len(text)), min(start + length, len(text))), "quotation")]
    found = quoted_blocks(text, blocks)
    for one, other in zip(found, found[1:], strict=False):
        assert one.span.start <= other.span.start and other.span not in one.span
    for block in found:
        credit = credit_of(text, block)
        assert credit is None or credit in block.span
        assert unwrapped(text, block.span) in block.span


HOSTILE = ['"', ' "', '" ', "“", "”", '\n"', '"a ', 'a" ', "'a ", "a.' ", '"a "b', '" "', "''", '5\'8" ',
           ': a." ', '"a, he said. "b" ', "- ", "— a (@", "said, ", "word "]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text(piece: str) -> None:
    """Twenty times the marks take about twenty times as long, whatever they are; were it quadratic, 400 times."""
    def seconds(characters: int) -> float:
        text = piece * (characters // len(piece))
        block = Block(Span(0, len(text)), "tweet")
        best = 9.0
        for _ in range(2):
            began = time.process_time()
            find_marked_spans(text)
            credit_of(text, block)
            best = min(best, time.process_time() - began)
        return best

    assert seconds(60_000) < 100 * seconds(3_000) + 0.05
