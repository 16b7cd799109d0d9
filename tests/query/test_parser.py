"""What people type, and what we take it to mean."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import get_args

import pytest
from hypothesis import given, strategies as st

from indexer.errors import QueryError, QueryTooLarge
from indexer.models import Level
from indexer.query.description import can_be_typed, chips, describe, to_text
from indexer.query.parser import LONGEST_QUERY, MOST_CLAUSES, parse
from indexer.query.tree import (
    EVERYTHING, And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Range, Words, all_of, any_of, negated,
    words_of,
)
from indexer.schema import FIELDS, TYPED_KEYWORDS
from indexer.search.spelling import respelt
from tests.work import is_linear, steps


def days(start: str | None, end: str | None) -> Range:
    return Range("date", date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)


FERRY, TOLL, RENT = Words("ferry"), Words("toll"), Words("rent")

UNDERSTOOD: list[tuple[str, Query]] = [
    # words, and how they are joined
    ("", EVERYTHING),
    ("  \t\n ", EVERYTHING),
    ("ferry", FERRY),
    ("ferry toll", And((FERRY, TOLL))),
    ("ferry AND toll", And((FERRY, TOLL))),
    ("ferry OR toll", Or((FERRY, TOLL))),
    ("rent ferry OR toll", And((RENT, Or((FERRY, TOLL))))),
    ("ferry AND toll OR rent", Or((And((FERRY, TOLL)), RENT))),
    ("ferry OR toll OR rent", Or((FERRY, TOLL, RENT))),
    ("ferry (toll rent)", And((FERRY, TOLL, RENT))),
    ("ferry (toll OR rent)", And((FERRY, Or((TOLL, RENT))))),
    ("(ferry toll) OR rent", Or((And((FERRY, TOLL)), RENT))),
    ("ferry or toll", And((FERRY, Words("or"), TOLL))),
    ("ferry and toll", And((FERRY, Words("and"), TOLL))),
    ("ferry, toll; rent?", And((FERRY, TOLL, RENT))),
    # without
    ("-ferry", Not(FERRY)),
    ("toll -ferry", And((TOLL, Not(FERRY)))),
    ("toll NOT ferry", And((TOLL, Not(FERRY)))),
    ("toll −ferry", And((TOLL, Not(FERRY)))),
    ("toll --ferry", And((TOLL, Not(FERRY)))),
    ("NOT NOT ferry", FERRY),
    ("-(ferry toll)", Not(And((FERRY, TOLL)))),
    ("-(-ferry)", FERRY),
    ('-"sea wall"', Not(Phrase("sea wall"))),
    ("-stop-and-frisk", Not(Phrase("stop-and-frisk"))),
    ("-speaker:Adeyemi", Not(Words("Adeyemi", "speaker"))),
    ("speaker:-Adeyemi", Not(Words("Adeyemi", "speaker"))),
    # phrases, nearness, open ends
    ('"sea wall"', Phrase("sea wall")),
    ("“sea wall”", Phrase("sea wall")),
    ("„sea wall“", Phrase("sea wall")),
    ("«sea  wall»", Phrase("sea wall")),
    ('"parks"', Phrase("parks")),
    ('"OR"', Phrase("OR")),
    ('"sea (wall: OR"', Phrase("sea (wall: OR")),
    ('ferry"sea wall"toll', And((FERRY, Phrase("sea wall"), TOLL))),
    ('"sea wall"~5', Near("sea wall", 5)),
    ('title:"sea wall"~0', Near("sea wall", 0, "title")),
    ("bloom*", Prefix("bloom")),
    ("title:bloom*", Prefix("bloom", "title")),
    # fields
    ("speaker:Adeyemi", Words("Adeyemi", "speaker")),
    ("Speaker:Adeyemi", Words("Adeyemi", "speaker")),
    ("speaker: Adeyemi", Words("Adeyemi", "speaker")),
    ('speaker:"Ruth Adeyemi" ferry', And((Phrase("Ruth Adeyemi", "speaker"), FERRY))),
    ("speaker:“Ruth Adeyemi”", Phrase("Ruth Adeyemi", "speaker")),
    ("title:(ferry toll)", And((Words("ferry", "title"), Words("toll", "title")))),
    ("title:(ferry OR -toll)", Or((Words("ferry", "title"), Not(Words("toll", "title"))))),
    ("title:(ferry said:toll)", And((Words("ferry", "title"), Words("toll", "said")))),
    ("ｔｉｔｌｅ：ｆｅｒｒｙ　ｔｏｌｌ", And((Words("ferry", "title"), TOLL))),
    ("title:10:30", Phrase("10:30", "title")),
    # days
    ("date:2012", days("2012-01-01", "2012-12-31")),
    ("date:2012-02", days("2012-02-01", "2012-02-29")),
    ("date:2012-03-04", days("2012-03-04", "2012-03-04")),
    ("date:2012/3/4", days("2012-03-04", "2012-03-04")),
    ("date:2009..2012", days("2009-01-01", "2012-12-31")),
    ("date:2009-2012", days("2009-01-01", "2012-12-31")),
    ("date:2009–2012", days("2009-01-01", "2012-12-31")),
    ("date:2012-03-04..2012-05", days("2012-03-04", "2012-05-31")),
    ("date:2012..", days("2012-01-01", None)),
    ("date:..2012", days(None, "2012-12-31")),
    ('date:"2012-03"', days("2012-03-01", "2012-03-31")),
    ("date: 2012", days("2012-01-01", "2012-12-31")),
    ("before:2012", days(None, "2011-12-31")),
    ("before:2012-03-04", days(None, "2012-03-03")),
    ("after:2012", days("2013-01-01", None)),
    ("after:2012-02", days("2012-03-01", None)),
    ("-date:2012", Not(days("2012-01-01", "2012-12-31"))),
    ("date:(2009 OR 2011)", Or((days("2009-01-01", "2009-12-31"), days("2011-01-01", "2011-12-31")))),
    ("certainty:sure", Exact("sure", "level")),
    ("Certainty:“Likely”", Exact("likely", "level")),
    ("-certainty:(likely OR unsure)", Not(Or((Exact("likely", "level"), Exact("unsure", "level"))))),
    # signs inside words
    ("stop-and-frisk", Phrase("stop-and-frisk")),
    ("02091-C-71", Phrase("02091-C-71")),
    ("and/or", Phrase("and/or")),
    ("AT&T", Phrase("AT&T")),
    ("1,000", Phrase("1,000")),
    ("don't", Words("don't")),
    ("O’Rourke", Words("O'Rourke")),
    ("'ferry'", FERRY),
    ("tenants'", Words("tenants")),
    ("U.S.", Phrase("U.S.")),
    ("A.J. Dunmore", And((Phrase("A.J."), Words("Dunmore")))),
    ("$680 #ferry @toll", And((Words("$680"), FERRY, TOLL))),
    ("cafe\u0301", Words("café")),
    ("fer\u00adry", FERRY),
    ("toll: a history", And((TOLL, Words("a"), Words("history")))),
    ("before: the storm", And((Words("before"), Words("the"), Words("storm")))),
]


@pytest.mark.parametrize(("typed", "query"), UNDERSTOOD, ids=[typed for typed, _ in UNDERSTOOD])
def test_is_understood_without_repairs(typed: str, query: Query) -> None:
    """These are the language, or so near to it that a remark would only disturb."""
    understood = parse(typed)
    assert understood.query == query
    assert understood.repairs in ((), ("“10:30” was read as a phrase: what is before its colon is no field.",))


REPAIRED: list[tuple[str, Query, str]] = [
    ('"sea wall', Phrase("sea wall"), "never closed"),
    ('ferry "', FERRY, "opens nothing"),
    ('12" toll', And((Words("12"), TOLL)), "opens nothing"),
    ('"" ferry', FERRY, "contains no word"),
    ("(ferry (toll OR rent", And((FERRY, Or((TOLL, RENT)))), "never closed"),
    ("ferry) toll", And((FERRY, TOLL)), "closes nothing"),
    ("() ferry", FERRY, "nothing inside"),
    ("-() ferry", FERRY, "nothing inside"),
    ("(" * 500, EVERYTHING, "deeper ones were left out"),
    ("(" * 50 + "ferry" + ")" * 50 + " OR toll", Or((FERRY, TOLL)), "deeper ones were left out"),
    ("OR ferry", FERRY, "OR with nothing beside it"),
    ("ferry OR OR toll", Or((FERRY, TOLL)), "OR with nothing beside it"),
    ("ferry AND", FERRY, "AND with nothing beside it"),
    ("AND AND NOT", EVERYTHING, "NOT with nothing after it"),
    ("ferry - toll", And((FERRY, TOLL)), "“-” contains no word"),
    ("ferry speaker:", FERRY, "speaker: with nothing after it"),
    ("speaker:OR ferry", FERRY, "speaker: with nothing after it"),
    ("ferry & toll", And((FERRY, TOLL)), "“&” contains no word"),
    ("🚲 ferry", FERRY, "“🚲” contains no word"),
    ("🚲", EVERYTHING, "Nothing to search for was left"),
    ("ferry\x00toll\x07", And((FERRY, TOLL)), "cannot be printed"),
    ("ferry \ud800", FERRY, "cannot be printed"),
    ("*", EVERYTHING, "“*” contains no word"),
    ("bl*", Words("bl"), "at least 3 letters"),
    ("o'b*", Words("o'b"), "at least 3 letters"),
    ("sea-wa*", Phrase("sea-wa"), "at least 3 letters of one word"),
    ("*ferry", FERRY, "before a word"),
    ("gara*ty", Prefix("gara"), "Only the end of a word"),
    ("wom?n", Prefix("wom"), "Only the end of a word"),
    ('"sea wal*"', Phrase("sea wal"), "inside quotation marks"),
    ('"ferry"~3', Phrase("ferry"), "one word is near nothing"),
    ('"sea wall"~9999999999', Near("sea wall", 100), "was read as ~100"),
    ("title:200[1-9]", Phrase("200 1 9", "title"), "[ ] has no meaning"),
    ("ferry^2 toll~", And((FERRY, TOLL)), "^ has no meaning"),
    ("+ferry", FERRY, "+ was left out"),
    ("10:30", Phrase("10:30"), "no field"),
    ("http://calderdispatch.example/ferry", Phrase("http://calderdispatch.example/ferry"), "no field"),
    ("date:2012..2009", days("2009-01-01", "2012-12-31"), "runs backwards"),
    ("ferry date:..", FERRY, "without a day"),
    ("certainty:total ferry", And((Words("total"), FERRY)), "certainty: is sure, likely or unsure"),
    ("certainty:sur*", Prefix("sur"), "“sur*” was read without it"),
    ("speaker:Ruth Adeyemi", And((Words("Ruth", "speaker"), Words("Adeyemi"))), 'write speaker:"Ruth Adeyemi"'),
]


@pytest.mark.parametrize(("typed", "query", "said"), REPAIRED, ids=[typed[:30] for typed, _, _ in REPAIRED])
def test_is_repaired_and_said(typed: str, query: Query, said: str) -> None:
    """What cannot be meant is left out or read as the nearest that can, and a repair names it."""
    understood = parse(typed)
    assert understood.query == query
    assert any(said in repair for repair in understood.repairs)


@pytest.mark.parametrize(("typed", "position", "reason"), [
    ("speeker:Adeyemi", 0, "No field 'speeker'; did you mean 'speaker'?"),
    ("ferry -(toll headline:x)", 13, "No field 'headline'; did you mean 'title'?"),
    ('quote:"sea wall"', 0, "No field 'quote'; did you mean 'said'?"),
    ("xyzzy:ferry", 0, "No field 'xyzzy'; there are title, text, author, speaker, said, mentions, kind, stance, "),
    ("ferry date:2012-02-30", 11, "There is no 2012-02-30"),
    ("date:2009..2012-13", 11, "There is no 2012-13"),
    ("date:soon", 5, "'soon' is no date"),
    ("date:[2009", 5, "'[2009' is no date"),
    ('date:"4 March"', 6, "'4 March' is no date"),
    ("before:0001", 7, "Nothing is older"),
    ("after:9999", 6, "Nothing is newer"),
    ("date:0000", 5, "There is no 0000"),
])
def test_is_refused_at_a_position(typed: str, position: int, reason: str) -> None:
    """Only a field or a day that does not exist stops a query, at the character where it stands."""
    with pytest.raises(QueryError, match="^" + reason.replace("?", r"\?").replace("[", r"\[")) as error:
        parse(typed)
    assert error.value.position == position


@pytest.mark.parametrize(("typed", "reason"), [
    ("ferry " * (MOST_CLAUSES + 1), "64 words and conditions; this one has 65"),
    ('"' + "sea wall " * 33 + '"', "64 words and conditions; this one has 66"),
    ("ferry " + "x" * LONGEST_QUERY, "1,000 characters; this one has 1,006"),
])
def test_too_much_is_refused(typed: str, reason: str) -> None:
    """By the same rule on the page, in the API and in the terminal; never read in part."""
    with pytest.raises(QueryTooLarge, match=reason):
        parse(typed)
    assert parse(typed, 10_000, 1_000).query


@pytest.mark.parametrize(("typed", "words"), [
    ("", "everything"),
    ("ferry toll", "ferry and toll"),
    ("ferry OR toll", "ferry or toll"),
    ("-toll ferry", "ferry, without toll"),
    ("rent (ferry OR toll) -fare -fee", "rent and (ferry or toll), without fare, without fee"),
    ('speaker:"Ruth Adeyemi" -speaker:Prentiss', "said by “Ruth Adeyemi”, not said by Prentiss"),
    ("title:bridge text:ferry", "bridge in the headline and ferry in the story"),
    ("said:rent", "rent inside quotation marks"),
    ('author:Okafor mentions:Adeyemi', "written by Okafor and naming Adeyemi"),
    ("bloom*", "bloom…"),
    ('"sea wall"~5', "“sea wall” in any order, at most 5 words between"),
    ("date:2012", "published in 2012"),
    ("date:2012-03", "published in March 2012"),
    ("date:2012-03-04", "published on 4 March 2012"),
    ("date:2009..2012", "published from 2009 to 2012"),
    ("date:2012-01..2012-05", "published from January 2012 to May 2012"),
    ("date:2012..2012-03-04", "published from 1 January 2012 to 4 March 2012"),
    ("before:2012", "published up to the end of 2011"),
    ("before:2012-03-04", "published up to 3 March 2012"),
    ("after:2012-03", "published from April 2012 on"),
    ("-date:2012", "not published in 2012"),
    ("ferry certainty:sure", "ferry and certainty: sure"),
    ("ferry -certainty:unsure", "ferry, without certainty: unsure"),
])
def test_says_itself_back(typed: str, words: str) -> None:
    """The line above the hits: a reader sees at once when we understood something else."""
    assert describe(parse(typed).query) == words


def test_says_back_what_cannot_be_typed() -> None:
    """Filters and the empty choice come from programs, not from the search box."""
    assert describe(Or(())) == "nothing"
    assert describe(Exact("ruth-adeyemi", "speaker_id")) == "speaker is ruth-adeyemi"
    assert describe(Exact("", "year")) == "year is unknown"
    with pytest.raises(ValueError, match="cannot be typed"):
        to_text(Exact("2012", "year"))


@pytest.mark.parametrize("query", [
    Exact("2012", "year"), And((FERRY, Or((TOLL, Not(Exact("a", "speaker_id")))))), InArticle(FERRY),
])
def test_what_cannot_be_typed_is_not_respelt(query: Query) -> None:
    """There would be no link to it."""
    assert not can_be_typed(query) and can_be_typed(FERRY)
    assert respelt(query, lambda word, field: "other") is None
    assert respelt(And((FERRY, Not(TOLL))), lambda word, field: "other") == And((Words("other"), Not(TOLL)))


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_has_its_wording(field: object) -> None:
    """The example of each field parses without repairs and says more than the words typed."""
    example = getattr(field, "example")
    understood = parse(example)
    assert not understood.repairs
    assert len(describe(understood.query)) > len(example.split(":")[1])
    assert " is " not in describe(understood.query)


def test_typed_values_are_those_of_the_models() -> None:
    """Each typed field of few values names a filter that has them."""
    assert TYPED_KEYWORDS["certainty"].values == get_args(Level)
    assert all(each.values and each.parameter == name for name, each in TYPED_KEYWORDS.items())


def test_chips_take_one_part_away() -> None:
    """Each part that must hold is a chip; its text is the query without it."""
    query = parse('speaker:"Ruth Adeyemi" (ferry OR toll) -fare').query
    assert [(chip.label, chip.without) for chip in chips(query)] == [
        ("said by “Ruth Adeyemi”", "(ferry OR toll) -fare"),
        ("ferry or toll", 'speaker:"Ruth Adeyemi" -fare'),
        ("without fare", 'speaker:"Ruth Adeyemi" (ferry OR toll)'),
    ]
    assert [(chip.label, chip.without) for chip in chips(FERRY)] == [("ferry", "")]
    assert chips(EVERYTHING) == ()


def test_words_to_mark_leave_out_what_is_excluded() -> None:
    """Every word keeps its field; days and what must be absent mark nothing."""
    query = parse('ferry (said:toll OR bloom*) -fare -(rent OR fee) "sea wall"~2 date:2012').query
    assert list(words_of(query)) == [FERRY, Words("toll", "said"), Prefix("bloom"), Near("sea wall", 2)]


SIGNS = '"“”\'’()-–—:*?~^+|&[]{}\\/.,#@ \t\n\x00\u00ad\u200b\u0301éﬁ²½🚲日본'
PIECES = ["OR", "AND", "NOT", "speaker:", "date:", "title:", "before:", "certainty:", "sure", "ferry", "2012", "..",
          "~5", "12-31", "Ruth"]
typed_texts = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=SIGNS + "abR0129", max_size=60),
    st.lists(st.sampled_from(PIECES + list(SIGNS)), max_size=30).map("".join),
    st.lists(st.sampled_from(PIECES + list(SIGNS)), max_size=30).map(" ".join),
)


@given(typed_texts)
def test_any_text_parses_or_is_refused_inside_the_text(typed: str) -> None:
    """Nothing else is raised, and what is understood can be typed again and means the same."""
    try:
        query = parse(typed).query
    except QueryError as error:
        assert 0 <= error.position < len(typed)
    else:
        assert parse(to_text(query)).query == query
        assert describe(query)
        "\n".join(parse(typed).repairs).encode()
        for chip in chips(query):
            parse(chip.without)


fields = st.sampled_from([None, *(each.name for each in FIELDS if each.type in ("text", "name"))])
plain_words = st.sampled_from(["ferry", "toll", "don't", "café", "日本", "2012", "or", "Ruth"])
phrases = st.lists(plain_words, min_size=2, max_size=4).map(" ".join)
leaves = st.one_of(
    st.builds(Words, plain_words, fields),
    st.builds(Phrase, plain_words | phrases, fields),
    st.builds(Prefix, st.sampled_from(["ferr", "bloom"]), fields),
    st.builds(Near, phrases, st.integers(0, 100), fields),
    st.builds(Exact, st.sampled_from(["sure", "likely", "unsure"]), st.just("level")),
    st.builds(lambda start, end: Range("date", min(start, end), max(start, end)), st.dates(), st.dates()),
    st.dates().map(lambda day: Range("date", day, None)),
    st.dates().map(lambda day: Range("date", None, day)),
)
trees = st.recursive(leaves, lambda parts: st.one_of(
    st.lists(parts, min_size=1, max_size=3).map(all_of),
    st.lists(parts, min_size=1, max_size=3).map(any_of),
    parts.map(negated),
), max_leaves=8)


@given(trees)
def test_text_of_a_query_parses_to_the_same_query(query: Query) -> None:
    """Canonical text loses nothing."""
    typed = to_text(query)
    assert parse(typed, 10_000, 1_000) == parse(typed + " ", 10_000, 1_000)
    assert parse(typed, 10_000, 1_000).query == query


@pytest.mark.parametrize("piece", [
    "(", ")", '"', "-", "a:", "title:", "OR ", "ferry ", "x*", "''", "\u0301", "~1", "NOT ", '"a"~', "a?", "^1.",
])
def test_hostile_text_is_little_work(piece: str) -> None:
    """The work grows with the text and no faster, and a megabyte is refused without looking at it."""
    def read(characters: int, longest: int = 20_000) -> None:
        with suppress(QueryError):
            parse(piece * (characters // len(piece)), longest, 100_000)

    assert is_linear(read, 500)
    assert steps(lambda: read(1_000_000, LONGEST_QUERY)) < 100
