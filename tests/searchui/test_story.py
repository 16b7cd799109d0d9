"""An article cut into passages, runs and pieces: nothing lost, nothing added, everything marked where it stands."""

from __future__ import annotations

from hypothesis import given, strategies as st

from searchui.pages.story import Excerpted, Layers, Note, Stretch, _Covers, evidence, passages


def note(anchor: str, speaker: str = "Ruth Adeyemi", level: str = "sure") -> Note:
    return Note(anchor, speaker, "", "by surname", "", level, "", ())


def test_a_quotation_holds_its_links_people_and_matches() -> None:
    """Within one paragraph everything overlaps as it likes; the closing mark goes before the number."""
    text = 'She said: "The ferry stays," and left.'
    layers = Layers(
        links=[Stretch(4, 8, "https://example.org/")], people=[Stretch(0, 3, "ruth-adeyemi")],
        quotations=[Stretch(11, 27, "q1")], matches=[Stretch(15, 20, 1)],
    )
    (passage,) = passages(text, layers, {"q1": note("q1")})
    assert [(run.anchor, "".join(piece.text for piece in run.pieces), run.tail) for run in passage.runs] == [
        ("", 'She said: "', ""), ("q1", "The ferry stays,", '"'), ("", " and left.", "")]
    assert [(piece.text, piece.match, piece.first) for piece in passage.runs[1].pieces] == [
        ("The ", 0, False), ("ferry", 1, True), (" stays,", 0, False)]
    assert [piece.person for piece in passage.runs[0].pieces if piece.person] == ["ruth-adeyemi"]
    assert [piece.url for piece in passage.runs[0].pieces if piece.url] == ["https://example.org/"]
    assert [each.anchor for sayings in passage.notes for each in sayings.notes] == ["q1"]


def test_a_quotation_over_two_paragraphs_opens_and_closes_once() -> None:
    """Its note stands beside the paragraph in which it begins."""
    text = '"One.\n"Two," she said.'
    first, second = passages(text, Layers(quotations=[Stretch(1, 11, "q1")]), {"q1": note("q1")})
    assert [(run.opens, run.closes) for run in first.runs if run.anchor] == [(True, False)]
    assert [(run.opens, run.closes) for run in second.runs if run.anchor] == [(False, True)]
    assert (len(first.notes), len(second.notes)) == (1, 0)


def test_a_quotation_inside_reported_speech_stays_one() -> None:
    """Around it go on the reporter's words, which are numbered once, before their first."""
    text = 'She said the plan was "a disgrace" to all.'
    told = Stretch(9, len(text) - 1, "r1")
    notes = {"q1": note("q1"), "r1": note("r1")}
    (passage,) = passages(text, Layers(quotations=[told, Stretch(23, 33, "q1")]), notes)
    assert [(run.anchor, "".join(piece.text for piece in run.pieces) + run.tail) for run in passage.runs] == [
        ("", "She said "), ("r1", 'the plan was "'), ("q1", 'a disgrace"'), ("r1", " to all"), ("", ".")]
    assert [(run.reported, run.opens, run.number) for run in passage.runs if run.anchor] == [
        (True, True, "r1"), (False, True, "1"), (True, False, "r1")]
    assert [[each.anchor for each in sayings.notes] for sayings in passage.notes] == [["r1"], ["q1"]]


def test_the_notes_of_a_speaker_in_a_paragraph_are_one() -> None:
    """Each speaker once, in the order in which they first speak there; unknown speakers together too."""
    text = '"One," she said, "two." "Three," he said. "Four." "Five."'
    starts = [text.index(word) for word in ("One", "two", "Three", "Four", "Five")]
    quoted = [Stretch(start, start + 3, f"q{number}") for number, start in enumerate(starts, 1)]
    speakers = ["Ruth Adeyemi", "Ruth Adeyemi", "", "Ruth Adeyemi", ""]
    notes = {f"q{number}": note(f"q{number}", speaker) for number, speaker in enumerate(speakers, 1)}
    [passage] = passages(text, Layers(quotations=quoted), notes)
    assert [(each.speaker, [one.number for one in each.notes]) for each in passage.notes] == [
        ("Ruth Adeyemi", ["1", "2", "4"]), ("", ["3", "5"])]


def test_notes_together_are_as_sure_as_the_least_sure() -> None:
    """Nobody is shown as sure whose other words of the paragraph may be somebody else's."""
    text = '"One," she said, "two." "Three."'
    places = (("q1", "One"), ("q2", "two"))
    quoted = [Stretch(text.index(word), text.index(word) + 3, anchor) for anchor, word in places]
    [passage] = passages(text, Layers(quotations=quoted), {"q1": note("q1"), "q2": note("q2", level="likely")})
    assert [each.level for each in passage.notes] == ["likely"]


def test_a_block_gives_its_passages_their_kind() -> None:
    """The innermost block that holds a whole paragraph says what it is; empty lines are no passages."""
    text = "Head\n\nA tweet in a quotation\nThe rest"
    blocks = [Stretch(0, 4, "heading"), Stretch(6, 28, "quotation"), Stretch(6, 28, "tweet")]
    kinds = [passage.kind for passage in passages(text, Layers(blocks=blocks), {})]
    assert kinds[0] == "heading"
    assert kinds[1] in ("quotation", "tweet")
    assert kinds[2] == "paragraph"


def test_evidence_is_cut_between_words_and_stays_in_its_paragraph() -> None:
    """A little of the text around the words that show who spoke."""
    text = "Far above.\nThe long and winding sentence says that she said so and goes on for ever and ever.\nBelow."
    start = text.index("said so")
    (excerpt,) = evidence(text, [(start, start + 4), None])
    assert excerpt == (
        Excerpted("The long and winding sentence says that she "), Excerpted("said", telling=True),
        Excerpted(" so and goes on for ever and ever."))
    assert evidence(text, [None, None]) == ()


def test_evidence_that_stands_close_is_one_excerpt() -> None:
    """The words that report and the name, in one stretch where they are near, else in two; long ones are cut."""
    near = "“No,” said the mayor, who is Ruth Adeyemi."
    ((*_, last),) = evidence(near, [(near.index("Ruth"), len(near) - 1), (6, 10)])
    assert last == Excerpted(".")
    assert [each.words for each in evidence(near, [(29, 41), (6, 10)])[0] if each.telling] == ["said", "Ruth Adeyemi"]
    far = "Ruth Adeyemi spoke. " + "And so on it went. " * 20 + "She said no."
    first, second = evidence(far, [(0, 12), (far.index("She said") + 4, far.index("She said") + 8)])
    assert first[0] == Excerpted("Ruth Adeyemi", telling=True)
    assert first[-1].words.endswith(" …")
    assert second[0].words.startswith("…")


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


def stretches(spans: list[tuple[int, int]], length: int) -> list[Stretch]:
    inside = sorted((min(pair), min(max(pair), length)) for pair in spans)
    return [Stretch(start, end, f"{'qr'[number % 2]}{number}") for number, (start, end) in enumerate(inside, 1)]


@given(text=st.text(alphabet='ab "”\n', max_size=60), quotations=SPANS, links=SPANS, matches=SPANS, people=SPANS)
def test_pieces_are_the_text_and_nothing_else(
    text: str, quotations: list[tuple[int, int]], links: list[tuple[int, int]], matches: list[tuple[int, int]],
    people: list[tuple[int, int]],
) -> None:
    """However spans overlap, the pieces and the marks behind them put together again are the published text."""
    layers = Layers(
        links=[stretch._replace(value="https://example.org/") for stretch in stretches(links, len(text))],
        people=[stretch._replace(value="a") for stretch in stretches(people, len(text))],
        quotations=stretches(quotations, len(text)), matches=stretches(matches, len(text)),
    )
    found = passages(text, layers, {})
    shown = ["".join("".join(piece.text for piece in run.pieces) + run.tail for run in passage.runs)
             for passage in found]
    assert shown == [line for line in text.split("\n") if line.strip()]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12))),
       st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9))))
def test_what_covers_a_place_is_found_in_one_go(given: list[tuple[int, int]], asked: list[tuple[int, int]]) -> None:
    """As if all stretches were looked through each time: the one that begins last, of several the shortest."""
    stretches = [Stretch(start, start + length, "") for start, length in given]
    covers = _Covers(stretches)
    for start, length in sorted(asked):
        holding = [each for each in stretches if each.start <= start and start + length <= each.end]
        expected = max(holding, key=lambda each: (each.start, -each.end), default=None)
        found = covers.innermost(start, start + length)
        assert found == expected


class Counted(int):
    """A place in the text that counts how often places are compared."""

    compared = 0

    def __lt__(self, other: int) -> bool:
        Counted.compared += 1
        return int(self) < int(other)

    def __le__(self, other: int) -> bool:
        Counted.compared += 1
        return int(self) <= int(other)


def test_a_paragraph_of_nothing_but_links_is_no_dearer_than_many() -> None:
    """Four times the links are compared little more than four times as often."""
    counts = []
    for number in (500, 2_000):
        links = [Stretch(Counted(3 * at), Counted(3 * at + 2), "/") for at in range(number)]
        Counted.compared = 0
        (passage,) = passages("ab " * number, Layers(links=links, people=links, styles=links), {})
        assert sum(len(run.pieces) for run in passage.runs) == 2 * number
        counts.append(Counted.compared)
    assert counts[1] < 6 * counts[0]
