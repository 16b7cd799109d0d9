"""Stretches between marks, and blocks: which words stand between them, whatever the marks look like."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from indexer.models import Block, Span
from indexer.quotations.blocks import quoted_blocks
from indexer.quotations.stretches import find_marked_spans, paragraphs
from tests.work import is_linear


def stretches(text: str) -> list[str]:
    return [marked.span.of(text) for marked in find_marked_spans(text)]


PLAIN = [
    ('"The ferry is late," said Ana Ruiz.', ["The ferry is late,"]),
    ("“The ferry is late,” said Ana Ruiz.", ["The ferry is late,"]),
    ("„The ferry is late“, said Ana Ruiz.", ["The ferry is late"]),
    ("«The ferry is late», said Ana Ruiz.", ["The ferry is late"]),
    ("»The ferry is late«, said Ana Ruiz. »Late again!«", ["The ferry is late", "Late again!"]),
    ("»The ferry is late», said Ana Ruiz.", ["The ferry is late"]),
    ("„The ferry is late“, said Ana Ruiz. „Late.”", ["The ferry is late", "Late."]),
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
    ("In the '90s the gulls' bowls were by the cats' door at five o'clock.", []),
    ("We gave 'em the boys' boats, and 'twas fine 'til noon.", []),
    ("Rock 'n' roll was the rowers' music in the summer of '69, said Okoro.", []),
    ("The girls' and boys' crews, and the gulls' home, won.", []),
    ("She is 5' tall, or 5'2\" in her brothers' boots.", []),
    ("The '68 team's coach said the lads' bus broke down in '72.", []),
    ("He lives in the 'hood. The dogs' home is near.", []),
    ("The ‘90s were the gulls’ years.", []),
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
    ("'The tide was early,' said Ana Ruiz.", ["The tide was early,"]),
    ("Ruiz called the plan 'wet, cold and dear'. She left at noon.", ["wet, cold and dear"]),
    ("Ruiz called the plan ‘wet’ and the pier ‘dear’, and left.", ["wet", "dear"]),
    ("'She cried \"Man overboard!\" and jumped,' said Ruiz.", ["She cried \"Man overboard!\" and jumped,"]),
    ("‘“Overboard” was all she said,’ Ruiz recalled.", ["“Overboard” was all she said,"]),
    ("\"She cried 'Overboard!' and jumped,\" said Ruiz.", ["She cried 'Overboard!' and jumped,"]),
    ("‘It’s the gulls’ pier now and it’s been theirs since May,’ said Ruiz.",
     ["It’s the gulls’ pier now and it’s been theirs since May,"]),
    ("'They're liars', he said.", ["They're liars"]),
    ("'It's the gulls' pier and they are thieves', Ruiz said.", ["It's the gulls' pier and they are thieves"]),
    ("'I was rowin', bailin' and swearin',' said Ruiz.", ["I was rowin', bailin' and swearin',"]),
    ("'We sail at six o'clock,' said Ruiz. The girls' crew won.", ["We sail at six o'clock,"]),
    ("'We don't row 'em, we tow 'em,' said Ruiz.", ["We don't row 'em, we tow 'em,"]),
    ("'Cause I said so,' said Ruiz.", ["Cause I said so,"]),
    ("'Why?' he asked. 'Because,' she said, 'it's the '90s.'", ["Why?", "Because,", "it's the '90s."]),
    ("‘£5 is too much,’ said Ruiz.", ["£5 is too much,"]),
    ("'12 boats sank,' said Ruiz.", ["12 boats sank,"]),
    ("‘The first boat sank.\n‘The second followed,’ said Ruiz.", ["The first boat sank.", "The second followed,"]),
    ("'The first boat sank.\n'The second followed.\n'The third lay over,' said Ruiz.",
     ["The first boat sank.", "The second followed.", "The third lay over,"]),
    ("'The well is dry, said Okoro. 'It was never deep.'", ["The well is dry,", "It was never deep."]),
    ("The song 'Low Tide' is \"a wave,\" said Ruiz. \"It rolls.\"", ["a wave,", "It rolls."]),
    ("‘We waited,’ said Ruiz. ‘Nobody came.’ The sign said \"Closed\".", ["We waited,", "Nobody came.", "Closed"]),
]

ANGLED = [
    ("»Die Fähre ist spät«, sagte Ana. »Sehr spät.«", ["Die Fähre ist spät", "Sehr spät."]),
    ("»Färjan är sen», sade Ana.", ["Färjan är sen"]),
    ("Elle a dit : « Le bac est en retard », hier.", ["Le bac est en retard"]),
    ("(«Tarde», dijo Ana.) «Muy tarde».", ["Tarde", "Muy tarde"]),
    ("Er nannte es „teuer“ und „nass“.", ["teuer", "nass"]),
    ("Ona powiedziała: „Prom się spóźnia”.", ["Prom się spóźnia"]),
    ("„The ferry, said Ana. “Late,” said Bo.", ["The ferry,", "Late,"]),
]

UNCLOSED = [
    ('"The mast is gone, said Ana Ruiz. "We lost it twice."', ["The mast is gone,", "We lost it twice."]),
    ("“We rowed for the doctor, Bo Okoro said. “She never came.”", ["We rowed for the doctor,", "She never came."]),
    ('"The hull is dry, said Bo Okoro, the cook.\n"It is wet," said Ana Ruiz.', ["The hull is dry,", "It is wet,"]),
    ('Ana Ruiz said, "The deck is gone. "And the mast is next," she added.',
     ["The deck is gone.", "And the mast is next,"]),
    ('Ruiz said, "The deck is gone. Okoro told the board nothing.', ["The deck is gone."]),
    ('Ruiz said, "The deck is gone. We built it ourselves. The board declined to comment.',
     ["The deck is gone. We built it ourselves."]),
    ('Ruiz said, "Mr. J. Okoro built it. The board says that it did.', ["Mr. J. Okoro built it."]),
    ('Ruiz said, "The deck is gone. The mast lies in the sand.', ["The deck is gone. The mast lies in the sand."]),
    ('He saw the "Heron and the "Tern" sail.', ["Tern"]),
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


@pytest.mark.parametrize(
    ("text", "expected"), PLAIN + MIXED + NESTED + INCHES + APOSTROPHES + SINGLE + ANGLED + UNCLOSED)
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


PIECES = st.sampled_from(['"', "“", "”", "''", "'", "‘", "’", "«", "»", "„", "``", " ", "\n", "a", "B", "said",
                          " he said", ".", ",", "5'8\"", ": ", "—", "(", ")", "12", "é", "\u00a0", "'em ",
                          "'90s ", "s' ", "'n' ", ",' ", "o'", "´´"])


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80))
@settings(max_examples=400)
def test_stretches_lie_in_order(text: str) -> None:
    """On any text: spans in bounds and in order, never overlapping, never over a paragraph's end."""
    at = 0
    for marked in find_marked_spans(text):
        assert at <= marked.outer.start <= marked.span.start < marked.span.end <= marked.outer.end <= len(text)
        assert "\n" not in marked.outer.of(text)
        assert any(character.isalnum() for character in marked.span.of(text))
        assert not (marked.continues and marked.closed)
        at = marked.outer.end


HOSTILE = [
    '"', ' "', '" ', "“", "”", '\n"', '"a ', 'a" ', "'a ", "a' ", "s' ", "a.' ", " 's", "'a.' ", '"a "b', '" "', "''",
    "5'8\" ", "´´O'A ", '"a," said Aa. ', "'a,' said Aa. ", "'a\n", ': a." ', '"a, he said. "b" ', '"A. ', ", Aa Aa",
    "“'a' ", "said, ", "»", "«a» ", "— Aa", "— a (@", "A photo posted by @a", "- ", " — Aa (@a) May 1, 2012 ",
    "\n— Aa", "from ", "word ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_grows_with_the_text_and_no_faster(piece: str) -> None:
    """Four times the marks take about four times the work, whatever they are; were it quadratic, sixteen times."""
    def find(characters: int) -> None:
        text = piece * (characters // len(piece))
        lines = [Block(line, "quotation") for line in paragraphs(text)]
        credits = [Block(Span(line.end, line.end), "credit") for line in paragraphs(text)]
        find_marked_spans(text)
        quoted_blocks(text, [*lines, *credits])
        quoted_blocks(text, [Block(Span(0, len(text)), "tweet")])

    assert is_linear(find, 1_000)
