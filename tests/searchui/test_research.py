"""Sources, trends, lines, one quotation and its citation, and what distinguishes a person's words."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from html import unescape

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings, strategies as some

from searchui import create_app
from searchui.pages.concordance import AROUND
from searchui.pages.keyness import distinguishing, z_score
from searchui.pages.line_chart import HEIGHT, WIDTH, line_chart, nice_step
from searchui.pages.sparkline import HEIGHT as SPARK, sparkline
from tests.conftest import archive, article_document, person_document, quotation_document
from tests.engines.linear_engine import LinearEngine


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(line + "\n" for line in text.splitlines() if not line.startswith("#")))))


@pytest.fixture(scope="module")
def client(linear_engine: LinearEngine) -> FlaskClient:
    return create_app({"ENGINE": linear_engine, "TESTING": True, "NAME": "The Calder Dispatch"}).test_client()


# ---- Sources

def test_sources_of_articles_are_all_who_are_quoted_in_them(client: FlaskClient) -> None:
    """Of articles that hold a word everybody quoted counts, of quotations only who says it."""
    whole = text_of(client.get("/sources?q=ferry").text)
    assert "3 sources of 5 quotations in articles that match." in whole and "Mei-Ling Zhao" in whole
    narrow = text_of(client.get("/sources?q=ferry&in=quotations").text)
    assert "1 source of 1 quotation that match." in narrow and "Mei-Ling Zhao" not in narrow


def test_the_table_of_sources_says_what_the_page_does(client: FlaskClient) -> None:
    """Name, counts, first and last day, how sure, years."""
    head, *rows = table(client.get("/sources.csv").text)
    found = {row[0]: dict(zip(head, row)) for row in rows}
    assert list(found)[0] == "Ruth Adeyemi"
    hank = found["Hank Sorensen"]
    assert (hank["quotations"], hank["articles"], hank["first"], hank["last"]) == ("2", "2", "2010-05-02", "2012-03-28")
    assert (hank["sure"], hank["likely"], hank["unsure"], hank["years"]) == ("0", "1", "1", "2010: 1; 2012: 1")
    assert hank["url"].endswith("/person/hank-sorensen")


@pytest.mark.parametrize(("order", "first"), [
    ("most", "Ruth Adeyemi"), ("name", "Ruth Adeyemi"), ("first", "Michael Garrity"), ("last", "Renée O'Rourke"),
    ("nonsense", "Ruth Adeyemi"),
])
def test_sources_come_in_the_order_asked_for(client: FlaskClient, order: str, first: str) -> None:
    """An order that does not exist is the usual one."""
    html = client.get(f"/sources?order={order}").text
    names = re.findall(r'<th scope="row"><span class="speaker"><a[^>]*>([^<]*)</a>', html)
    assert unescape(names[0]) == first and len(names) == 6


def test_every_count_of_a_source_leads_to_as_many_quotations() -> None:
    """Also of organisations, which have no page, and of names with quotation marks in them."""
    text = 'The ferry stopped. "No ferry today," the "River" Authority said.\n"No ferry for a week," it said.'
    article = article_document("a/b", "Ferry Stops", text, "2011-01-02T10:00", said=["No ferry today,"])
    spoken = {"speaker": '"River" Authority', "speaker_name": '"River" Authority',
              "speaker_kind": "organisation", "names": ['"River" Authority']}
    said = [{**quotation_document(article, number, words), **spoken}
            for number, words in enumerate(("No ferry today,", "No ferry for a week,"), 1)]
    client = create_app({"ENGINE": LinearEngine([article, *said]), "TESTING": True}).test_client()
    page = client.get("/sources?q=ferry&in=quotations").text
    assert "organisation" in page
    [link] = re.findall(r'<td class="number"[^>]*><a href="([^"]+)"', page)
    assert client.get(unescape(link)).text.count('<li id="hit-') == 2


def test_unknown_speakers_are_counted_apart() -> None:
    """They are said, not listed."""
    article = article_document("a/b", "Boat", '"A boat is a boat."', "2011-01-02T10:00", said=["A boat is a boat."])
    engine = LinearEngine([article, quotation_document(article, 1, "A boat is a boat.")])
    text = text_of(create_app({"ENGINE": engine, "TESTING": True}).test_client().get("/sources?q=boat").text)
    assert "0 sources of 1 quotation in articles that match. 1 of the quotations has no known speaker" in text


@given(counts=some.dictionaries(some.integers(1990, 2030).map(str), some.integers(1, 10_000), min_size=1))
@settings(max_examples=60)
def test_a_sparkline_stays_in_its_frame(counts: dict[str, int]) -> None:
    """Every bar is at least a unit high and none higher than the drawing."""
    years = range(min(map(int, counts)), max(map(int, counts)) + 1)
    spark = sparkline(counts, years)
    assert (spark is None) == (len(years) < 2)
    if spark:
        heights = [int(each) for each in re.findall(r"v-(\d+)", spark.path)]
        assert len(heights) == len(counts) and all(1 <= each <= SPARK for each in heights) and max(heights) == SPARK


# ---- Trends

def test_a_trend_is_a_share_of_what_was_printed(client: FlaskClient) -> None:
    """Of the two articles of 2012 one holds the word: 500 in 1,000."""
    head, *rows = table(client.get("/trends.csv?q=levy&q=lane").text)
    assert head == ["year", "articles in the archive", "levy", "levy, per 1,000 articles", "lane",
                    "lane, per 1,000 articles"]
    years = {row[0]: row[1:] for row in rows}
    assert list(years) == [str(year) for year in range(2009, 2017)]
    assert years["2012"] == ["2", "1", "500.000", "1", "500.000"]
    assert years["2011"] == ["0", "0", "", "0", ""]


def test_no_search_is_a_formula_above_its_figures(client: FlaskClient) -> None:
    """What was typed names the columns, and those are guarded like all cells."""
    head, *_ = table(client.get("/trends.csv", query_string={"q": ["=levy", "ferry;=cmd|x"]}).text)
    assert head[2:] == ["'=levy", "'=levy, per 1,000 articles", "ferry;'=cmd|x", "ferry;'=cmd|x, per 1,000 articles"]


def test_months_within_days(client: FlaskClient) -> None:
    """By month, only what was asked for."""
    rows = table(client.get("/trends.csv?q=levy&by=month&from=2012-03&to=2012-07").text)[1:]
    assert [row[0] for row in rows] == ["2012-03", "2012-04", "2012-05", "2012-06", "2012-07"]
    assert rows[0][2] == "1"


def test_lines_can_be_told_apart_without_colour(client: FlaskClient) -> None:
    """Each has a class with a dash of its own, a marker of its own and its name at its end."""
    html = client.get("/trends?q=levy&q=ferry&q=wall&q=goat&q=fifth").text
    chart = html[html.index('<figure class="trend"'):html.index("</figure>")]
    assert re.findall(r'<g class="(s\d)">', chart) == ["s1", "s2", "s3", "s4"]
    assert re.findall(r'class="end"[^>]*>([^<]*)<', chart) == ["levy", "ferry", "wall", "goat"]
    markers = {re.search(r'class="marker" d="([^"]*)"', group).group(1)          # type: ignore[union-attr]
               for group in re.findall(r'<g class="s\d">.*?</g>', chart, re.DOTALL)}
    assert len(markers) == 4


def test_every_figure_of_a_trend_leads_to_as_many_answers(client: FlaskClient) -> None:
    """The count of a year is a link to what was counted."""
    html = client.get("/trends?q=ferry&in=quotations&q=speaker:Adeyemi").text
    links = re.findall(r'<td class="number"><a href="([^"]+)"[^>]*>(\d+)</a>', html)
    assert len(links) >= 3
    for address, count in links:
        tab = re.search(r'aria-current="page">Quotations <span class="count">(\d+)', client.get(unescape(address)).text)
        assert tab and tab.group(1) == count, address


def test_nonsense_in_a_trend_is_said(client: FlaskClient) -> None:
    """A query that cannot be understood, words that nothing holds, and no words at all."""
    assert "No field" in text_of(client.get("/trends?q=speeker:x&q=ferry").text)
    assert "No articles match." in text_of(client.get("/trends?q=zeppelin").text)
    assert client.get("/trends.csv?q=speeker:x").status_code == 400


def test_thin_years_are_named() -> None:
    """Those in which a share jumps with each article, beside fuller ones; not where all years are small."""
    many = [article_document(f"a/{number}", "Levy", "On the levy.", "2013-05-01") for number in range(60)]
    html = create_app({"ENGINE": LinearEngine([*archive(), *many]), "TESTING": True}).test_client().get(
        "/trends?q=levy&from=2010").text
    assert "The archive holds few articles from 2010, 2012, 2014 and 2016, where a single one moves" in text_of(html)
    small = create_app({"ENGINE": LinearEngine(archive()), "TESTING": True}).test_client()
    assert "holds few articles" not in small.get("/trends?q=levy").text


def test_no_trend_is_an_empty_table(client: FlaskClient) -> None:
    """Nothing asked, nothing counted."""
    assert client.get("/trends.csv").status_code == 200


@given(values=some.lists(some.dictionaries(some.sampled_from([str(year) for year in range(2000, 2012)]),
                                           some.floats(0, 1000)), min_size=1, max_size=4))
@settings(max_examples=60)
def test_nothing_is_drawn_outside_the_chart(values: list[dict[str, float]]) -> None:
    """Points and names lie within the drawing, and names keep apart."""
    periods = [str(year) for year in range(2000, 2012)]
    chart = line_chart(periods, [(f"word {number}", each) for number, each in enumerate(values)], "year")
    assert chart
    for line in chart.lines:
        for run in line.runs:
            for point in run.split():
                x, y = map(float, point.split(","))
                assert 0 <= x <= WIDTH and 0 <= y <= HEIGHT
    heights = sorted(line.label_y for line in chart.lines)
    assert all(after - before >= 16 for before, after in zip(heights, heights[1:]))


@pytest.mark.parametrize(("most", "step"), [(0, 1), (1, .2), (7, 2), (93, 20), (240, 50), (1000, 200), (.03, .01)])
def test_steps_are_round(most: float, step: float) -> None:
    """1, 2 or 5 times a power of ten."""
    assert nice_step(most) == pytest.approx(step)


# ---- Lines

def lines_of(html: str) -> list[tuple[str, str, str]]:
    row = r'class="precedes">(.*?)</td><td class="word"><mark>(.*?)</mark></td><td class="follows">(.*?)</td>'
    rows = re.findall(row, html)
    return [(unescape(a), unescape(b), unescape(c)) for a, b, c in rows]


def test_lines_are_slices_of_the_text(client: FlaskClient, linear_engine: LinearEngine) -> None:
    """Before, word and after stand so in an article, no longer than they may be."""
    texts = [each["text"] for each in linear_engine.documents if each["kind"] == "article"]
    found = lines_of(client.get("/lines?q=ferry").text)
    assert len(found) >= 4
    for before, word, after in found:
        assert any(before + word + after in text for text in texts)
        assert word.casefold().startswith("ferry") and max(len(before), len(after)) <= AROUND


@pytest.mark.parametrize("by", ["right", "left"])
def test_lines_are_sorted_by_their_neighbours(client: FlaskClient, by: str) -> None:
    """By the word after, or by the word before; ends of paragraphs last."""
    found = lines_of(client.get(f"/lines?q=ferry+OR+boat+OR+park&by={by}").text)
    assert len(found) > 5
    keys = [re.findall(r"\w+", after.lower())[:1] if by == "right" else re.findall(r"\w+", before.lower())[-1:]
            for before, _, after in found]
    known = [key for key in keys if key]
    assert known == sorted(known) and keys[:len(known)] == known


def test_lines_of_quotations_stay_in_their_paragraph(client: FlaskClient) -> None:
    """The words are between the marks, the context may be outside of them."""
    html = client.get("/lines?q=ferry&in=quotations").text
    assert lines_of(html) == [('"The ', "ferry", ' must pay its own way," Mayor Adeyemi said at')]
    assert "Ruth Adeyemi" in text_of(html)


@pytest.mark.parametrize(("address", "said"), [
    ("/lines", "Type a word"), ("/lines?q=zeppelin", "No articles contain these words."),
    ("/lines?q=speeker:x", "No field"), ("/lines?q=ferry&page=400", "lines from"),
])
def test_lines_say_why_there_are_none(client: FlaskClient, address: str, said: str) -> None:
    """Nothing typed is ever an error of ours."""
    response = client.get(address)
    assert response.status_code == 200 and said in text_of(response.text)


# ---- One quotation

def test_a_citation_has_words_speaker_source_day_and_address(client: FlaskClient) -> None:
    """And how sure the speaker is, unless it is sure."""
    ids = ("ben-castellan/ferry-fares%23q1", "nadia-okafor/levy-passes%23q2", "no%23q1")
    answer = client.get(f"/api/citations?id={'&id='.join(ids)}").json
    assert answer and answer["missing"] == ["no#q1"]
    sure, likely = answer["citations"]
    assert sure["citation"] == (
        "“The ferry must pay its own way,” Ruth Adeyemi, “Ferry Fares to Rise Again”, The Calder Dispatch, 2 May 2010, "
        "http://localhost/article/ben-castellan/ferry-fares#q1")
    assert "Hank Sorensen (speaker likely; identified automatically), “" in likely["citation"]
    assert likely["ris"].startswith("TY  - NEWS\r\n") and likely["ris"].count("ER  - ") == 1


def test_too_many_citations_are_refused(client: FlaskClient) -> None:
    """With the number that is allowed."""
    response = client.get("/api/citations?" + "&".join(f"id=x%23q{number}" for number in range(101)))
    assert response.status_code == 400 and "At most 100" in response.text


def test_a_quotation_shows_where_else_it_was_printed_and_who_said_nearly_this() -> None:
    """The same words in another article, and nearly the same words by somebody else; nothing else."""
    promise = "We will never ever raise the fare of the ferry while I am mayor of this city"
    nearly = "We will never raise the fare of the ferry while I am captain of this boat"
    other = "The gulls of Saltmarsh want their chips with vinegar and a view"
    documents = []
    for number, (words, who) in enumerate(((promise, "ruth-adeyemi"), (promise, "ruth-adeyemi"),
                                           (nearly, "hank-sorensen"), (other, "wendell-park"))):
        article = article_document(f"a/story-{number}", f"Story {number}", f'"{words}," somebody said.',
                                   f"201{number}-01-02T10:00", speakers=[who], said=[words])
        documents += [article, quotation_document(article, 1, words, who)]
    client = create_app({"ENGINE": LinearEngine([*documents, person_document("ruth-adeyemi")]),
                         "TESTING": True}).test_client()
    page = text_of(client.get("/quotation/a/story-0/q1").text)
    printed, near = page.partition("Also printed in")[2].split("Others who said nearly this")
    assert "Story 1" in printed and "Story 2" not in printed
    assert "Hank Sorensen" in near and "Story 1" not in near and "gulls" not in near


@pytest.mark.parametrize("address", ["/quotation/nobody/q1", "/quotation/x",
                                     "/quotation/ben-castellan/ferry-fares/q99"])
def test_a_quotation_that_is_not_there_is_not_found(client: FlaskClient, address: str) -> None:
    """Whatever the address."""
    assert client.get(address).status_code == 404


def test_similar_quotations_need_words(client: FlaskClient) -> None:
    """A quotation of short words alone has no likes, and is shown."""
    article = article_document("a/b", "No", '"No, no," he said.', "2011-01-02T10:00", said=["No, no,"])
    engine = LinearEngine([article, quotation_document(article, 1, "No, no,", group="")])
    page = create_app({"ENGINE": engine, "TESTING": True}).test_client().get("/quotation/a/b/q1")
    assert page.status_code == 200 and "Nobody else is quoted saying nearly this." in page.text


# ---- People

def test_distinguishing_words_are_those_that_others_do_not_say() -> None:
    """A rare word said often counts, a usual word said as usual does not, nor does one said once."""
    own = Counter({"levy": 9, "people": 10, "going": 9, "harpoon": 1, "adeyemi": 9})
    everybody = Counter({"levy": 12, "people": 1000, "going": 900, "harpoon": 1, "water": 2000, "adeyemi": 9})
    assert distinguishing(own, everybody, "Ruth Adeyemi") == ("levy",)
    totals = own.total(), everybody.total()
    assert z_score((own["levy"], everybody["levy"]), totals) > 1.96 > z_score((1, 1), totals)


@pytest.mark.parametrize(("chosen", "pressed", "leads_to"), [
    ("", "2012: 1 quotation", "year=2012"),
    ("?year=2010", "2012: 1 quotation", "from=2010&to=2012"),
    ("?from=2010&to=2012", "2014: 2 quotations", "from=2010&to=2014"),
    ("?from=2010&to=2014", "2012: 1 quotation", "year=2012"),
])
def test_bars_choose_a_range_of_years(chosen: str, pressed: str, leads_to: str) -> None:
    """One bar is a year, another one adds the years between, one within is a year again."""
    documents = [{**each, "years": {"2010": (1, 1), "2012": (1, 1), "2014": (2, 2)}}
                 if each["id"] == "ruth-adeyemi" else each for each in archive()]
    client = create_app({"ENGINE": LinearEngine(documents), "TESTING": True}).test_client()
    html = client.get(f"/person/ruth-adeyemi{chosen}").text
    [address] = re.findall(rf'<a href="([^"]+)" title="{pressed}', html)
    assert unescape(address) == f"/person/ruth-adeyemi?{leads_to}"
    assert 'aria-label="Remove filter: 20' in client.get(unescape(address)).text


def test_quotations_of_a_person_are_grouped_by_article_and_year(client: FlaskClient) -> None:
    """Years from new to old, each article's headline once above its quotations."""
    html = client.get("/person/ruth-adeyemi").text
    assert re.findall(r'<h3 class="year">(\d+)</h3>', html) == ["2014", "2012", "2010"]
    assert re.findall(r"<h4[^>]*><a[^>]*>([^<]*)</a></h4>", html) == [
        "Sea Wall Rises in Saltmarsh [Update]", "Sugar Levy Passes, Soda Makers Vow Revenge",
        "Ferry Fares to Rise Again"]
    assert re.findall(r'<h3 class="year">', client.get("/person/ruth-adeyemi?q=ferry").text) == []


def test_namesakes_are_named() -> None:
    """People of the same full name, told apart in parentheses or by Jr., know of each other; others do not."""
    twins = [{**person_document("wendell-park", 3), "name": "Wendell Park (judge)"},
             {**person_document("wendell-park", 2), "id": "wendell-park-2", "name": "Wendell Park (cyclist)"},
             {**person_document("wendell-park", 1), "id": "wanda-park", "name": "Wanda Park"}]
    client = create_app({"ENGINE": LinearEngine(twins), "TESTING": True}).test_client()
    page = text_of(client.get("/person/wendell-park").text)
    assert "Not to be confused with Wendell Park (cyclist) ." in page and "Wanda" not in page
    assert "Not to be confused" not in text_of(client.get("/person/wanda-park").text)
