"""The passage that answers, and what is marked in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from indexer.language import names
from indexer.models import Span
from indexer.query.tree import And, Near, Not, Or, Phrase, Prefix, Query, Words
from indexer.search.analysis import forms, forms_of, stem, written
from indexer.search.engine import Snippet
from indexer.search.matching import stretches, within
from indexer.search.snippets import LONGEST_PASSAGE, LONGEST_QUOTATION, marked, matches, passages, quotation, wanted

FLOOD = (
    "The river rose at noon. By two o'clock the ferry had stopped, and the captain sat in the café on Alder Street.\n"
    "Nobody on the street had seen such water since the old bridge fell. \"My stairs are gone,\" said a neighbour of "
    "forty years, who had carried her cat and a lamp to the roof. The council met by candle and voted for sandbags.\n"
    "A week later the mayor promised a sea wall. It would take four years, she said, and cost what it would cost; the "
    "harbor authority asked for six. Engineers walked the shore with poles and flags, and children walked after them.\n"
    "The ferry sails again on Monday. Its captain, Hank Sorensen, wants a higher pier and a lower fare."
)


def shown(snippet: Snippet) -> str:
    """The snippet with brackets around its marks."""
    text, at = "", 0
    for span in snippet.marks:
        text += f"{snippet.text[at:span.start]}[{span.of(snippet.text)}]"
        at = span.end
    return text + snippet.text[at:]


@pytest.mark.parametrize(("text", "query", "expected"), [
    ("The ferries sail; a ferry sank.", Words("ferry"), "The [ferries] sail; a [ferry] sank."),
    ("The ferries sail; a ferry sank.", Phrase("ferry"), "The ferries sail; a [ferry] sank."),
    ("A sea wall by the sea.", Phrase("sea wall"), "A [sea wall] by the sea."),
    ("A sea-wall, sea walls.", Phrase("sea wall"), "A [sea-wall], [sea walls]."),
    ("A wall by the sea.", Phrase("sea wall"), "A wall by the sea."),
    ("The wall by the sea, the wall inland.", Near("sea wall", 2), "The [wall] by the [sea], the wall inland."),
    ("A fare, fares, a farewell.", Prefix("fare"), "A [fare], [fares], a [farewell]."),
    ("Ferry and wall.", And((Words("ferry"), Not(Words("wall")))), "[Ferry] and wall."),
    ("Ferry and wall.", Or((Words("boat"), Words("wall"))), "Ferry and [wall]."),
    ("Ferry and wall.", And((Words("ferry", "title"), Words("wall"))), "Ferry and [wall]."),
    ("O’Rourke's café", And((Words("orourke"), Words("CAFE"))), "[O’Rourke's] [café]"),
    ("The sea wall", And((Words("sea"), Phrase("sea wall"))), "The [sea wall]"),
    ("<b>ferry</b> & wall", Words("ferry"), "<b>[ferry]</b> & wall"),
])
def test_marks(text: str, query: Query, expected: str) -> None:
    """Only what matched is marked: forms of a word, a phrase as one, the nearest words of a nearness."""
    assert shown(marked(text, wanted(query, ("text",)))) == expected


@pytest.mark.parametrize(("query", "expected"), [
    (Words("council"), ["The council met by candle"]),
    (Words("sorensen"), ["Its captain, Hank Sorensen"]),
    (And((Words("sea"), Words("pier"))), ["promised a sea wall", "higher pier"]),
    (And((Words("ferry"), Words("captain"))), ["ferry"]),
    (Words("zeppelin"), ["The river rose at noon."]),
])
def test_passages(query: Query, expected: list[str]) -> None:
    """The passages that show most of the words, two where one cannot; the opening where none matched."""
    found = passages(FLOOD, wanted(query, ("text",)))
    assert len(found) == len(expected)
    for snippet, words in zip(found, expected):
        assert words in snippet.text


@pytest.mark.parametrize(("text", "sentences"), [
    ("It was opened by Sen. Odalys Brandt. She waved.", ["It was opened by Sen. Odalys Brandt.", "She waved."]),
    ("Mr. Park met Mrs. Zhao. They sat.", ["Mr. Park met Mrs. Zhao.", "They sat."]),
    ("At St. Brendan's, Dr. E. F. Wu spoke. Nobody left.",
     ["At St. Brendan's, Dr. E. F. Wu spoke.", "Nobody left."]),
    ("A U.S. Marshal came. He went.", ["A U.S. Marshal came.", "He went."]),
    ("On Sept. 11 it rained. On 12 Oct. 2001 it did not.", ["On Sept. 11 it rained.", "On 12 Oct. 2001 it did not."]),
    ("So did I. The boat left.", ["So did I.", "The boat left."]),
    ("He was \"a Gen.\" Nobody knew which.", ["He was \"a Gen.\"", "Nobody knew which."]),
    ("They wanted ten. Then none.", ["They wanted ten.", "Then none."]),
    ("Vincent Tagliaferro Jr. He is 12.", ["Vincent Tagliaferro Jr.", "He is 12."]),
])
def test_no_sentence_ends_with_an_abbreviation(text: str, sentences: list[str]) -> None:
    """Titles, months, initials and countries keep their point; a person called Junior may end a sentence, and so
    may I."""
    found = [passages(text, wanted(Words(words[-1]), ("text",)), longest=len(each), most=1)[0].text
             for each in sentences if (words := re.findall(r"\w{2,}", each))]
    assert found == sentences


def test_rare_words_are_shown_first() -> None:
    """Where not all can be shown, the rarer words are."""
    query = And((Words("ferry"), Words("street"), Words("pier")))
    want = wanted(query, ("text",))
    [snippet] = passages(FLOOD, want, rarity=lambda key: 9.0 if key == "pier" else 0.1, most=1)
    assert "[pier]" in shown(snippet)


def test_of_passages_with_the_same_words_the_first_is_shown() -> None:
    """Although 0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1."""
    want = wanted(And((Words("pier"), Words("ferry"), Words("tide"))), ("text",))
    worth = {"pier": 0.1, "ferri": 0.2, "tide": 0.3}
    between = "Nothing else was said that day. " * 12
    text = f"The pier, the ferry and the tide. {between}The tide, the ferry, the pier."
    for order in (text, text.replace("The pier, the ferry and the tide", "The tide, the ferry and the pier")):
        [snippet] = passages(order, want, rarity=worth.__getitem__, longest=40, most=1)
        assert order.startswith(snippet.text.removesuffix(" …"))


def test_long_sentences_are_cut_between_words() -> None:
    """A sentence without an end is cut around what matched, and dots say so."""
    text = "salt " * 400 + "ferry " + "mud " * 400
    [snippet] = passages(text, wanted(Words("ferry"), ("text",)))
    assert snippet.text.startswith("… salt") and snippet.text.endswith("mud …")
    assert len(snippet.text) < LONGEST_PASSAGE + 40 and "[ferry]" in shown(snippet)


def test_a_quotation_is_shown_whole() -> None:
    """Word for word, however long, up to a few hundred characters."""
    said = FLOOD[:LONGEST_QUOTATION - 100]
    assert quotation(said, wanted(Words("ferry"), ("said",))).text == said


def test_a_very_long_quotation_is_cut_to_what_matched() -> None:
    """To whole sentences of it."""
    snippet = quotation(FLOOD, wanted(Words("sorensen"), ("said",)))
    assert len(snippet.text) <= LONGEST_QUOTATION + 4 and "[Sorensen]" in shown(snippet)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "ferry"])
def test_texts_of_nearly_nothing(text: str) -> None:
    """Every text gives a snippet."""
    [snippet] = passages(text, wanted(Words("ferry"), ("text",)))
    assert snippet.text.strip("… ") == text.strip("… \n")


@given(st.text(alphabet="ab .\n\"'!é-", max_size=800), st.integers(1, 60))
def test_any_text(text: str, longest: int) -> None:
    """Passages are cut out of the text, and marks stand on words that match."""
    for snippet in passages(text, wanted(And((Words("a"), Phrase("b b"), Prefix("ab"))), ("text",)), longest=longest):
        assert snippet.text.removeprefix("… ").removesuffix(" …").strip() in text
        for span in snippet.marks:
            word = span.of(snippet.text).lower()
            assert word[:1] in "ab" and 0 <= span.start < span.end <= len(snippet.text)


def test_words_that_are_near_again_and_again_are_found_in_one_go() -> None:
    """The places that are left are not gone through again for each stretch: four times the text, four times the
    places."""
    asked = 0

    class Places(list[int]):
        def __iter__(self) -> Iterator[int]:
            nonlocal asked
            for each in super().__iter__():
                asked += 1
                yield each

    places = {"ferry": Places(range(0, 6_000, 3)), "late": Places(range(1, 6_000, 3))}
    found = list(stretches(["ferry", "late"], places.__getitem__, 20))
    assert len(found) == 2_000 and asked <= 4_000
    assert within(["ferry", "late"], places.__getitem__, 20) == found[0] == (0, 1)


@given(st.lists(st.sampled_from("abcx"), max_size=40), st.lists(st.sampled_from("abc"), min_size=1, max_size=4),
       st.integers(0, 5))
def test_every_stretch_is_the_first_behind_the_one_before(text: list[str], wanted_words: list[str], far: int) -> None:
    """As if they were sought one by one."""
    def places_behind(last: int) -> dict[str, list[int]]:
        return {word: [at for at, each in enumerate(text) if each == word and at > last] for word in "abc"}

    expected, last = [], -1
    while stretch := within(wanted_words, places_behind(last).__getitem__, far):
        expected.append(stretch)
        last = stretch[1]
    assert list(stretches(wanted_words, places_behind(-1).__getitem__, far)) == expected


WRITTEN = st.lists(st.one_of(
    st.sampled_from("wi-fi wifi wi-fi's ma$ter park's-ing Park parks, parking “dying” dies lie lying. O’Rourke's "
                    "o'rourke F.B.I. FBI U.S. us 2nd second "
                    "e-mail emailed high-rise highrise rowhouses, house Ærø aero $5 5 C++ c# skies sky row\nhouse "
                    "PARK’S 1,000 1000 p\u0301ark pa\u0301rk p.ark (park)/park_park _park 3park s2nd 10th".split(" ")),
    st.text(max_size=8)), max_size=20)
TYPED = st.sampled_from(
    "park die lie wifi wi-fi master o'rourke fbi u.s. second email house aero $5 c++ c# sky rise us 1000 10th s2nd "
    "p".split())


@settings(deadline=None, max_examples=300)
@given(WRITTEN, TYPED, st.booleans())
def test_no_word_that_matches_is_overlooked(words: list[str], typed: str, is_exact: bool) -> None:
    """What is marked is what would be if each word of the text were looked at."""
    text = " ".join(words)
    want = wanted(Phrase(typed) if is_exact else Words(typed), ("text",))
    each = [Span(*word.span()) for word in written(text) if any(map(want.marks, forms_of(word.group())))]
    if not want.runs:
        assert [match.span for match in matches(text, want)] == each


@settings(deadline=None, max_examples=300)
@given(WRITTEN, TYPED, TYPED, st.integers(0, 3))
def test_no_words_that_follow_one_another_are_overlooked(words: list[str], one: str, other: str, between: int) -> None:
    """They are where they would be found if every text were read whole."""
    text = " ".join(words)
    keys = [stem(form) for word in written(text) for form in forms_of(word.group()) if form]
    sought = [stem(form) for form in forms(f"{one} {other}")]
    at = [[place for place, key in enumerate(keys) if key == each] for each in sought]

    follow = any(keys[first:first + len(sought)] == sought for first in at[0])
    assert bool(matches(text, wanted(Phrase(f"{one} {other}"), ("text",)))) == follow
    near = within(sought, dict(zip(sought, at)).__getitem__, between) is not None
    assert bool(matches(text, wanted(Near(f"{one} {other}", between), ("text",)))) == near


def test_stems_begin_like_their_words() -> None:
    """With all letters but the last, or, if the stem is very short, with one: that of dying is die."""
    known = (Path(names.__file__).parent / "names.txt").read_text("utf-8").split()
    plain = {word.lower() for word in (*known, "dying", "skies") if word.isascii() and word.isalpha() and len(word) > 2}
    assert len(plain) > 10_000
    assert [word for word in plain if stem(word)[:1] != word[:1]] == []
    assert [word for word in plain if len(stem(word)) > 3 and not word.startswith(stem(word)[:-1])] == []
