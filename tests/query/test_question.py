"""Questions as people word them, and text that is none. The names are not looked up here."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from indexer.query import Question, names_and_words, read_question


@pytest.mark.parametrize(("typed", "who", "topic"), [
    ("What did Ruth Adeyemi say about the ferry?", "Ruth Adeyemi", "the ferry"),
    ("what does adeyemi think of skating", "adeyemi", "skating"),
    ("What has Captain Sorensen told reporters about fares", "Captain Sorensen", "fares"),
    ("what Adeyemi said about the wall", "Adeyemi", "the wall"),
    ("how did zhao describe the boat", "zhao", "the boat"),
    ("did Adeyemi ever mention the goat", "Adeyemi", "the goat"),
    ("Has Garrity talked about chalk?", "Garrity", "chalk"),
    ("everything Adeyemi ever said about rent", "Adeyemi", "rent"),
    ("Adeyemi’s words about rent", "Adeyemi", "rent"),
    ("Ruth Adeyemi quotes on goats", "Ruth Adeyemi", "goats"),
    ("quotations by Renée O'Rourke about stairs", "Renée O'Rourke", "stairs"),
    ("what's Zhao's position on parks", "Zhao", "parks"),
    ("tell me what Zhao thinks about parks", "Zhao", "parks"),
    ('what did Zhao say about "sea wall"', "Zhao", '"sea wall"'),
    ("what did Zhao say", "Zhao", ""),
    ("who said the lobster is overrated", "", "the lobster is overrated"),
    ("who has talked about sharks", "", "sharks"),
    ("who is quoted on sharks", "", "sharks"),
    ("did anyone mention sharks?", "", "sharks"),
    ("who has complained about sharks", "", "sharks"),
    ("what was said about sharks", "", "sharks"),
    ("any quotes by Zhao?", "Zhao", ""),
    ("what was Zhao's position on parks", "Zhao", "parks"),
    ("has Zhao ever said anything about parks", "Zhao", "parks"),
    ("what did Zhao and Adeyemi say about parks", "Zhao and Adeyemi", "parks"),
    ("quotes about sharks", "", "sharks"),
    ("all statements of Zhao about parks", "Zhao", "parks"),
    ("how did Zhao respond to Adeyemi", "Zhao", "Adeyemi"),
    ("Zhao talking about parks", "Zhao", "parks"),
    ("according to Zhao, on parks", "Zhao", "parks"),
    ("what did the harbor police say about sharks", "the harbor police", "sharks"),
])
def test_questions(typed: str, who: str, topic: str) -> None:
    """Wordings that leave no doubt: who is asked about, and what of."""
    assert read_question(typed) == Question(who, topic)


@pytest.mark.parametrize(("typed", "who", "topic"), [
    ("Adeyemi on the ferry", "Adeyemi", "the ferry"),
    ("cars on broadway", "cars", "broadway"),
    ("Zhao promised a new park", "Zhao", "a new park"),
    ("Mei-Ling Zhao quotes", "Mei-Ling Zhao", ""),
])
def test_questions_only_if_it_is_a_name(typed: str, who: str, topic: str) -> None:
    """The archive has to know the name."""
    assert read_question(typed) == Question(who, topic, asked=False)


@pytest.mark.parametrize(("typed", "topic", "start", "end"), [
    ("Adeyemi on parks, 2009 to 2012", "parks", "2009", "2012"),
    ("Adeyemi on parks 2012–2009", "parks", "2009", "2012"),
    ("what did Adeyemi say about parks in 2011?", "parks", "2011", "2011"),
    ("what did Adeyemi say about parks 2011", "parks", "2011", "2011"),
    ("what did Adeyemi say about the 2030 plan", "the 2030 plan", "", ""),
    ("what did Adeyemi say about snow between 2009 and 2012", "snow", "2009", "2012"),
    ("In 2011, what did Adeyemi say about snow", "snow", "2011", "2011"),
    ("what has Adeyemi said about snow since 2010", "snow", "2010", ""),
    ("what did Adeyemi say about snow before 2010", "snow", "", "2009"),
    ("what did Adeyemi say about snow after March 2011", "snow", "2011-04", ""),
    ("what did Adeyemi say about snow before January 2011", "snow", "", "2010-12"),
    ("what did Adeyemi say about snow until 2012", "snow", "", "2012"),
    ("what did Adeyemi say in March 2014", "", "2014-03", "2014-03"),
    ("who talked about snow from March 2009 to May 2010", "snow", "2009-03", "2010-05"),
    ("Adeyemi on room 2012b", "room 2012b", "", ""),
    ("what did Adeyemi say about snow on October 29, 2012", "snow", "2012-10-29", "2012-10-29"),
    ("what did Adeyemi say about snow on the 3rd of May 2012", "snow", "2012-05-03", "2012-05-03"),
    ("what did Adeyemi say about snow on 2012-05-03", "snow", "2012-05-03", "2012-05-03"),
    ("what did Adeyemi say about snow, Sept. 2012", "snow", "2012-09", "2012-09"),
    ("what did Adeyemi say about snow in early 2012", "snow", "2012", "2012"),
    ("what did Adeyemi say about snow in the spring of 2011", "snow", "2011-03", "2011-05"),
    ("what did Adeyemi say about snow in the 1990s", "snow", "1990", "1999"),
    ("what did Adeyemi say about snow from January to March 2011", "snow", "2011-01", "2011-03"),
    ("what did Adeyemi say about snow after 31 December 2011", "snow", "2012-01-01", ""),
    ("what did Adeyemi say since 2010 about snow", "snow", "2010", ""),
    ("Adeyemi before 2008 on snow", "snow", "", "2007"),
    ("Adeyemi on snow before the end of 2012", "snow", "", "2012"),
    ("Adeyemi on snow between 2009 & 2012", "snow", "2009", "2012"),
    ("what did Adeyemi say about snow on 31 February 2011", "snow on 31 February", "2011", "2011"),
    ("what did Adeyemi say about the budget for 2012 and beyond", "the budget for 2012 and beyond", "", ""),
])
def test_days(typed: str, topic: str, start: str, end: str) -> None:
    """Years and months at the end or at the beginning are when it was said."""
    found = read_question(typed)
    assert found and (found.topic, found.start, found.end) == (topic, start, end)


@pytest.mark.parametrize("typed", [
    "", "?", "ferry", "sea wall", "who", "who said", "what is a levy", "speaker:Adeyemi on parks", "Adeyemi on -parks",
    'speaker:"Ruth Adeyemi" parks', "what did Adeyemi say about (parks OR snow)", "Adeyemi on par*",
    '"Adeyemi" on parks',
    "nofield:x what did Adeyemi say", "what did Adeyemi say about parks " * 20,
])
def test_words(typed: str) -> None:
    """No question, or one that says in the signs of the query language what it wants."""
    assert read_question(typed) is None


@pytest.mark.parametrize(("typed", "denied"), [
    ("Zhao denies", True), ("who denied it", True), ("did Zhao deny the deal", True),
    ("what has Zhao denied", True), ("Zhao denied knowing of the deal", True),
    ("what did Zhao say about the denied permit", False), ("did Zhao say she would deny it", False),
])
def test_denials(typed: str, denied: bool) -> None:
    """It is asked what somebody denied; a denial in the topic is another matter."""
    found = read_question(typed)
    assert found and found.denied == denied


def test_names_beside_words() -> None:
    """Long names first, at the beginning before the end; days belong to neither, and may be all that is beside it."""
    found = [(each.who, each.topic) for each in names_and_words("ruth adeyemi sea 2009-2012")]
    assert found == [("ruth adeyemi sea", ""), ("ruth adeyemi", "sea"), ("adeyemi sea", "ruth"),
                     ("ruth", "adeyemi sea"), ("sea", "ruth adeyemi")]
    lone = [(each.who, each.topic, each.start) for each in names_and_words("adeyemi 2011")]
    assert lone == [("adeyemi", "", "2011"), ("adeyemi", "2011", ""), ("2011", "adeyemi", "")]
    assert {(each.start, each.end) for each in names_and_words("adeyemi sea 2009-2012")} == {("2009", "2012")}
    assert list(names_and_words("ferry")) == list(names_and_words('adeyemi "sea wall"')) == []


@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(
    "what did who said says Adeyemi on about 's words in since 2009 2012 - to and March ? ever mention , the".split()),
    max_size=14).map(" ".join)))
def test_any_text(typed: str) -> None:
    """Whatever is typed, a question asks for somebody's words or for words about something, of days that exist."""
    found = read_question(typed)
    assert found is None or found.who or found.topic
    for each in (*([found] if found else []), *names_and_words(typed)):
        assert not each.start or not each.end or each.start <= each.end
