"""What people take away: whole answers, references, feeds; each read back by a program that is not ours."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
import warnings
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import bibtexparser
import pytest
import rispy
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings, strategies as st

from indexer.reading.bylines import authors_of
from indexer.search.engine import Document
from searchui import create_app
from searchui.formats.citations import STYLES, authors, citation, cited, coins, dublin_core, json_ld
from searchui.formats.csv_rows import csv_cell, csv_table
from searchui.formats.references import bibtex, csl, ris
from tests.conftest import archive, article_document, quotation_document
from tests.engines.linear_engine import LinearEngine

ATOM = "{http://www.w3.org/2005/Atom}"


def hostile() -> list[Document]:
    """An article whose every text is a trap for some format, and its quotation."""
    article = article_document(
        "trap/=HYPERLINK {}", '=2+3 <b>"Profit" & 50% {off}</b> \\ $5_#~^',
        "“=cmd|' /C calc'!A0,” said nobody.\nTY  - BOOK",
        "2013-05-06T07:08", "Ana de la Cruz, Jr. and Bo & Co", said=["=cmd|' /C calc'!A0,"])
    return [article, quotation_document(article, 1, "=cmd|' /C calc'!A0,")]


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app({
        "ENGINE": LinearEngine([*archive(), *hostile()]), "NAME": "The Calder Dispatch", "TESTING": True,
    })


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def in_request(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def rows_of(text: str) -> tuple[list[str], list[dict[str, str]]]:
    lines = text.splitlines(keepends=True)
    comments = [line for line in lines if line.startswith("#")]
    return comments, list(csv.DictReader(lines[len(comments):]))


SEARCHES = [
    "", "q=sea", "q=speaker:Adeyemi&in=quotations", "q=said:(ferry+OR+wall)&in=quotations&sort=oldest", "in=people",
    "in=quotations&speaker=ruth-adeyemi&not_year=2014", "from=2010&to=2012-06", "in=people&q=o%27rourke",
]


@pytest.mark.parametrize("search", SEARCHES)
def test_exports_agree_with_the_api(client: FlaskClient, search: str) -> None:
    """Same documents, same order, same count, whatever the format."""
    answer = json.loads(client.get(f"/api/search?{search}&all=1&per_page=100").text)
    urls = [hit["url"] for hit in answer["hits"] if not hit.get("partial")]
    comments, rows = rows_of(client.get(f"/export.csv?{search}").text)
    assert [row["url"] for row in rows] == urls
    assert f"onrecord, {answer['total']} " in comments[0]
    head, *objects = map(json.loads, client.get(f"/export.jsonl?{search}").text.splitlines())
    assert [each["url"] for each in objects] == urls
    assert (head["export"]["total"], head["export"]["build"]) == (answer["total"], answer["build"])
    if "in=people" not in search:
        assert [each["URL"] for each in json.loads(client.get(f"/export.csl.json?{search}").text)] == urls
        assert [each["urls"][0] for each in rispy.loads(client.get(f"/export.ris?{search}").text)] == urls


@pytest.mark.parametrize(("quotation", "level", "ending"), [
    ("ben-castellan/ferry-fares#q1", "sure", "(attribution: surname)"),
    ("nadia-okafor/levy-passes#q2", "likely", "(attribution: pronoun; speaker likely: identified automatically)"),
    ("ben-castellan/ferry-fares#q3", "unsure", "(attribution: surname; speaker unsure: identified automatically)"),
])
def test_what_is_taken_away_says_where_a_speaker_is_not_sure(
    client: FlaskClient, quotation: str, level: str, ending: str
) -> None:
    """In the note of every reference, in the feed, and in columns of the tables."""
    only = {"in": "quotations", "id": quotation}
    [item] = json.loads(client.get("/export.csl.json", query_string=only).text)
    [record] = rispy.loads(client.get("/export.ris", query_string=only).text)
    assert item["note"].endswith(ending) and record["notes"][0].endswith(ending)
    assert ending.strip("()") in client.get("/export.bib", query_string=only).text
    assert ending in client.get("/feed.atom?in=quotations&all=1&per_page=100").text
    _, [row] = rows_of(client.get("/export.csv", query_string=only).text)
    assert (row["level"], 0 < float(row["certainty"]) < 1) == (level, True)
    assert json.loads(client.get("/export.jsonl", query_string=only).text.splitlines()[1])["level"] == level


def test_csv_says_where_it_comes_from(client: FlaskClient) -> None:
    """Query in words, filters, address, build and time, then the header."""
    response = client.get("/export.csv?in=quotations&q=wall&not_author=Jonah+Reyes")
    comments, rows = rows_of(response.text)
    assert comments[0].startswith('#,"onrecord, ')
    assert comments[1] == '#,"Filters: not author: Jonah Reyes"\r\n'
    assert comments[2] == '#,"Address: http://localhost/search?q=wall&in=quotations&not_author=Jonah+Reyes"\r\n'
    assert re.fullmatch(r'#,"Index build linear, exported \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"\r\n', comments[3])
    assert "attachment" in response.headers["Content-Disposition"]
    assert response.mimetype == "text/csv"
    assert rows == [] or list(rows[0])[:4] == ["id", "article_id", "path", "text"]


def test_csv_runs_no_formula(client: FlaskClient) -> None:
    """A quotation that begins like a formula gets an apostrophe, unless it is wanted as published."""
    _, [row] = rows_of(client.get("/export.csv?in=quotations&q=calc").text)
    assert row["text"] == "'=cmd|' /C calc'!A0,"
    _, [row] = rows_of(client.get("/export.csv?in=quotations&q=calc&raw=1").text)
    assert row["text"] == "=cmd|' /C calc'!A0,"


@given(st.text())
def test_only_apostrophes_are_added_to_a_cell(text: str) -> None:
    """One at most in front of each part that a separator makes; raw alters nothing at all."""
    cell = csv_cell(text)
    assert csv_cell(text, raw=True) == text
    assert cell.replace("'", "") == text.replace("'", "")
    assert len(cell) - len(text) <= 1 + sum(text.count(each) for each in ";|\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")


@pytest.mark.parametrize("search", [
    "q==cmd|' /C calc'!A0", "q=a,=1%2B1", "q=ferry;%2B1", "q=\"a, =1\"", "author=Bo,=HYPERLINK(1)", "author=x;@SUM(1)",
    "author=%EF%BC%9Dcmd", "q=ferry,-wall", "author=a,%09=1", "author=-1", "from=2010&to=2012&author=%2Cx,%2B1",
    "id=lost/note&q=a,=1", "q=said:(a,=1)&in=quotations",
])
@pytest.mark.parametrize("separator", [",", ";"])
def test_no_comment_begins_a_cell_with_a_formula(client: FlaskClient, search: str, separator: str) -> None:
    """Whether a spreadsheet divides at commas or at semicolons: a search becomes no formula in the lines about it."""
    response = client.get(f"/export.csv?{search.replace(' ', '+')}")
    assert response.status_code == 200
    comments, _ = rows_of(response.text)
    assert len(comments) >= 3
    for row in csv.reader(comments, delimiter=separator):
        assert row[0].startswith("#") and (separator == ";" or len(row) == 2)
        assert [cell for cell in row if not is_harmless(cell)] == []


def is_harmless(cell: str) -> bool:
    """Whether a spreadsheet takes it for text: what can be seen first is none of the signs, in any width."""
    seen = cell.lstrip(" \t\r\n\u00a0\u200b\ufeff")
    return not seen or unicodedata.normalize("NFKC", seen[0])[0] not in "=+-@−"


def test_the_address_in_the_comments_is_that_of_the_search(client: FlaskClient) -> None:
    """Semicolons are written otherwise there, and mean the same."""
    comments, _ = rows_of(client.get("/export.csv?q=levy,+%2Bferry;-x").text)
    [address] = [text.removeprefix("Address: ") for _, text in csv.reader(comments) if "Address" in text]
    assert ";" not in address
    assert parse_qs(urlsplit(address).query)["q"] == ["levy, +ferry;-x"]


@given(st.text())
def test_any_search_is_a_harmless_comment(text: str) -> None:
    """Whatever is typed, it is in one cell of the comment line, and no part of it begins like a formula."""
    [line, head] = "".join(csv_table([" ".join(text.split())], ["id"], [])).splitlines(keepends=True)
    [[sign, cell]] = csv.reader([line])
    assert (sign, head) == ("#", '"id"\r\n')
    assert all(map(is_harmless, re.split("[;|]", cell)))


def test_ris_is_read_back(client: FlaskClient) -> None:
    """A line of the story that looks like RIS starts no record; the journalist is the author."""
    [record] = rispy.loads(client.get("/export.ris?in=quotations&q=calc").text)
    assert record["type_of_reference"] == "NEWS"
    assert record["title"] == '=2+3 <b>"Profit" & 50% {off}</b> \\ $5_#~^'
    assert record["authors"] == ["de la Cruz, Ana, Jr.", "Bo", "Co"]
    assert record["secondary_title"] == "The Calder Dispatch"
    assert (record["year"], record["date"]) == ("2013", "2013/05/06/")
    assert record["notes"] == ["Quotation of an unknown speaker: “=cmd|' /C calc'!A0,” (attribution: none)"]
    text = client.get("/export.ris?in=quotations&q=calc").text
    assert text.split("\r\n").index("TY  - NEWS") <= 3


def test_bibtex_is_read_back(client: FlaskClient) -> None:
    """Every sign that TeX would act upon is escaped, and every key is its own."""
    library = bibtexparser.parse_string(client.get("/export.bib?in=quotations").text)
    assert not library.failed_blocks
    assert len(library.entries) == len({entry.key for entry in library.entries}) == 12
    [entry] = bibtexparser.parse_string(client.get("/export.bib?in=quotations&q=calc").text).entries
    fields = {field.key: field.value for field in entry.fields}
    assert fields["title"] == (r'{=2+3 <b>"Profit" \& 50\% \{off\}</b> \textbackslash{} \$5\_\#\textasciitilde{}'
                               r"\textasciicircum{}}")
    assert fields["author"] == "de la Cruz, Jr., Ana and {Bo} and {Co}"
    assert fields["date"] == "2013-05-06"
    assert "attribution: none" in fields["note"]


def test_csl_is_read_back(client: FlaskClient) -> None:
    """citeproc renders the items; the search stands with the first."""
    items = json.loads(client.get("/export.csl.json?q=sea+wall").text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc.source.json import CiteProcJSON
        parsed = CiteProcJSON([{key: value for key, value in item.items() if key != "custom"} for item in items])
    assert set(parsed) == {item["id"] for item in items}
    assert items[0]["custom"]["onrecord"]["total"] == len(items) == 2
    assert items[0]["type"] == "article-newspaper"
    assert items[0]["author"] == [{"family": "Reyes", "given": "Jonah"}]
    assert items[0]["issued"] == {"date-parts": [[2014, 10, 30]]}
    assert json.loads(client.get("/export.csl.json?q=zzzz").text) == []


def test_a_selection_is_exported_by_id(client: FlaskClient) -> None:
    """Those ids, in that order, and it says that they were selected."""
    text = client.get("/export.ris?id=lost/note&id=terrence-boyle/goat").text
    assert "for: a selection" in text
    assert [each["title"] for each in rispy.loads(text)] == ["[Untitled]", "Goat at Large in Quarry Park"]
    text = client.get("/export.csv?in=quotations&id=ben-castellan/ferry-fares%23q2").text
    assert [row["speaker"] for row in rows_of(text)[1]] == ["Mei-Ling Zhao"]
    assert client.get("/export.ris?id=no/such").status_code == 404


@pytest.mark.parametrize(("url", "status"), [
    ("/export.csv?q=speeker:x", 400), ("/export.bib?in=people", 400), ("/feed.atom?q=date:2012-13", 400),
    ("/export.csv?q=" + "(" * 900, 200), ("/export.csv?q=" + "(" * 3000, 400), ("/export.jsonl?in=nothing", 200),
])
def test_what_cannot_be_exported_is_said(client: FlaskClient, url: str, status: int) -> None:
    """An error comes before the first byte, not in the middle of a file."""
    assert client.get(url).status_code == status


def test_the_feed_holds_the_newest(client: FlaskClient) -> None:
    """Entries keep their addresses as ids, and say who wrote and who spoke."""
    response = client.get("/feed.atom?in=quotations&q=speaker:Adeyemi&per_page=2")
    assert response.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(response.data)
    assert feed.findtext("{http://a9.com/-/spec/opensearch/1.1/}totalResults") == "4"
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [
        "http://localhost/article/jonah-reyes/sea-wall-update#q2", "http://localhost/article/nadia-okafor/sea-wall#q2"]
    assert entries[0].findtext(f"{ATOM}title") == "Ruth Adeyemi: “We will build until the river gives up.”"
    assert entries[0].findtext(f"{ATOM}author/{ATOM}name") == "Jonah Reyes"
    for each in (feed, *entries):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each.findtext(f"{ATOM}updated") or "")
        assert each.findtext(f"{ATOM}title") and each.findtext(f"{ATOM}id")


@pytest.mark.parametrize("kind", ["articles", "quotations", "people"])
def test_every_feed_is_xml(client: FlaskClient, kind: str) -> None:
    """Whatever stands in the archive and in the query."""
    feed = ElementTree.fromstring(client.get(f"/feed.atom?in={kind}&q=%00%01-%3Cscript%3E&per_page=100").data)
    assert feed.tag == f"{ATOM}feed"


def test_browsers_can_add_the_archive(client: FlaskClient) -> None:
    """OpenSearch 1.1, with suggestions in the form that browsers read."""
    root = ElementTree.fromstring(client.get("/opensearch.xml").data)
    urls = {each.get("type"): each.get("template") for each in root if each.tag.endswith("Url")}
    assert urls["text/html"] == "http://localhost/search?q={searchTerms}"
    assert len(root[0].text or "") <= 16
    suggested = json.loads(client.get("/suggestions?q=ruth").text)
    assert suggested == [
        "ruth", ['speaker:"Ruth Adeyemi"'], ["4 quotations"], ["http://localhost/person/ruth-adeyemi"]]


@pytest.mark.parametrize(("line", "inverted"), [
    ("Nadia Okafor", ["Okafor, Nadia"]),
    ("Luis de la Vega", ["de la Vega, Luis"]),
    ("Arthur Van Doren", ["Van Doren, Arthur"]),
    ("Vincent Tagliaferro Jr.", ["Tagliaferro, Vincent, Jr."]),
    ("Vincent Tagliaferro, Jr.", ["Tagliaferro, Vincent, Jr."]),
    ("Odalys", ["Odalys"]),
    ("Nadia Okafor and Ben Castellan", ["Okafor, Nadia", "Castellan, Ben"]),
    ("Nadia Okafor, Ben Castellan, and Mei-Ling Zhao", ["Okafor, Nadia", "Castellan, Ben", "Zhao, Mei-Ling"]),
    ("Nadia Okafor & Ben Castellan", ["Okafor, Nadia", "Castellan, Ben"]),
    ("Sandra Anders", ["Anders, Sandra"]),
    ("The Associated Press", ["The Associated Press"]),
    ("  ", []),
])
def test_author_lines_are_names(line: str, inverted: list[str]) -> None:
    """Particles stay with the family name, “and” inside a name divides nothing."""
    assert [name.inverted for name in authors(authors_of(line))] == inverted


LEVY = article_document("x/levy", 'Levy Passes, "Soda" Makers Vow Revenge', "Text", "2012-03-28T12:30")
PAIR = {**LEVY, "author_id": ["Mei-Ling Zhao", "Luis de la Vega"], "title": "Who Pays?"}
BARE = {**LEVY, "author_id": [], "date": "", "title": ""}
MONTH = {**LEVY, "date": "2012-03", "author_id": ["The Associated Press"]}
YEAR = {**LEVY, "date": "2012", "author_id": []}
ELSEWHERE = {**LEVY, "url": "http://calderdispatch.example/levy"}


@pytest.mark.parametrize(("document", "style", "text"), [
    (LEVY, "APA", 'Okafor, N. (2012, March 28). Levy Passes, "Soda" Makers Vow Revenge. The Calder Dispatch. '
                  "http://localhost/article/x/levy"),
    (LEVY, "MLA", "Okafor, Nadia. “Levy Passes, ‘Soda’ Makers Vow Revenge.” The Calder Dispatch, 28 Mar. 2012, "
                  "http://localhost/article/x/levy."),
    (LEVY, "Chicago", "Okafor, Nadia. “Levy Passes, ‘Soda’ Makers Vow Revenge.” The Calder Dispatch, March 28, 2012. "
                      "http://localhost/article/x/levy."),
    (PAIR, "APA", "Zhao, M.-L., & de la Vega, L. (2012, March 28). Who Pays? The Calder Dispatch. "
                  "http://localhost/article/x/levy"),
    (PAIR, "MLA", "Zhao, Mei-Ling, and Luis de la Vega. “Who Pays?” The Calder Dispatch, 28 Mar. 2012, "
                  "http://localhost/article/x/levy."),
    (PAIR, "Chicago", "Zhao, Mei-Ling, and Luis de la Vega. “Who Pays?” The Calder Dispatch, March 28, 2012. "
                      "http://localhost/article/x/levy."),
    (BARE, "APA", "[Untitled]. (n.d.). The Calder Dispatch. http://localhost/article/x/levy"),
    (BARE, "MLA", "“[Untitled].” The Calder Dispatch, http://localhost/article/x/levy."),
    (BARE, "Chicago", "“[Untitled].” The Calder Dispatch. http://localhost/article/x/levy."),
    (MONTH, "APA", 'The Associated Press. (2012, March). Levy Passes, "Soda" Makers Vow Revenge. The Calder Dispatch. '
                   "http://localhost/article/x/levy"),
    (MONTH, "MLA", "The Associated Press. “Levy Passes, ‘Soda’ Makers Vow Revenge.” The Calder Dispatch, Mar. 2012, "
                   "http://localhost/article/x/levy."),
    (MONTH, "Chicago", "The Associated Press. “Levy Passes, ‘Soda’ Makers Vow Revenge.” The Calder Dispatch, "
                       "March 2012. "
                       "http://localhost/article/x/levy."),
    (YEAR, "APA", 'Levy Passes, "Soda" Makers Vow Revenge. (2012). The Calder Dispatch. '
                  "http://localhost/article/x/levy"),
    (YEAR, "MLA", "“Levy Passes, ‘Soda’ Makers Vow Revenge.” The Calder Dispatch, 2012, "
                  "http://localhost/article/x/levy."),
    (YEAR, "Chicago", "“Levy Passes, ‘Soda’ Makers Vow Revenge.” The Calder Dispatch, 2012. "
                      "http://localhost/article/x/levy."),
    (ELSEWHERE, "MLA", "Okafor, Nadia. “Levy Passes, ‘Soda’ Makers Vow Revenge.” The Calder Dispatch, 28 Mar. 2012, "
                       "http://calderdispatch.example/levy."),
])
def test_citations_to_copy(in_request: None, document: Document, style: str, text: str) -> None:
    """Three styles as their handbooks have them, for an article with and without its parts."""
    assert citation(document, style) == text


@pytest.mark.parametrize(("document", "lines", "fields", "parts"), [
    (MONTH, ["PY  - 2012", "DA  - 2012/03//"], ["author = {{The Associated Press}}", "year = {2012}", "month = {3}",
                                                "date = {2012-03}"], [[2012, 3]]),
    (YEAR, ["PY  - 2012", "DA  - 2012///"], ["year = {2012}", "date = {2012}"], [[2012]]),
    (LEVY, ["DA  - 2012/03/28/"], ["date = {2012-03-28}"], [[2012, 3, 28]]),
])
def test_references_give_no_more_of_a_date_than_is_known(
    in_request: None, document: Document, lines: list[str], fields: list[str], parts: list[list[int]]
) -> None:
    """A month stays a month, a year a year; an agency is one name."""
    item, today = cited(document), date(2020, 1, 2)
    assert [line for line in lines if line not in ris(item, today).split("\r\n")] == []
    assert [field for field in fields if field not in bibtex(item, today)] == []
    assert csl(item, today)["issued"] == {"date-parts": parts}


def test_the_speaker_is_never_the_author(in_request: None) -> None:
    """The note carries the speaker and how we know them, in every style."""
    quotation = next(each for each in archive() if each["id"] == "ben-castellan/ferry-fares#q1")
    for style in STYLES:
        text = citation(quotation, style)
        assert text.startswith("Castellan, B")
        assert text.endswith("Quotation of Ruth Adeyemi: “The ferry must pay its own way,” (attribution: surname).")


def test_coins_is_what_zotero_reads(in_request: None) -> None:
    """One escaped attribute, in which the parts of a newspaper article stand."""
    span = str(coins({**LEVY, "title": '"A" & <B>', "author_id": ["Nadia Okafor", "Ben Castellan"]}))
    [title] = re.fullmatch('<span class="Z3988" title="([^"<>]*)"></span>', span).groups()  # type: ignore[union-attr]
    parts = parse_qs(title.replace("&amp;", "&"))
    assert parts["rft.type"] == ["newspaperArticle"]
    assert parts["rft.title"] == ['"A" & <B>']
    assert parts["rft.au"] == ["Okafor, Nadia", "Castellan, Ben"]
    assert parts["rft.date"] == ["2012-03-28"]
    assert parts["rft.source"] == ["The Calder Dispatch"]


def test_data_in_the_article_page(in_request: None) -> None:
    """Dublin Core that makes it a newspaper article, and schema.org with who said what."""
    documents = {each["id"]: each for each in archive()}
    meta = dublin_core(documents["nadia-okafor/sea-wall"])
    assert ("dc.type", "newsitem") in meta
    assert ("dc.creator", "Nadia Okafor") in meta
    found: dict[str, Any] = json_ld(documents["nadia-okafor/sea-wall"], [documents["nadia-okafor/sea-wall#q2"]])
    assert found["@type"] == "NewsArticle"
    assert found["hasPart"][0]["creator"] == {"@type": "Person", "name": "Ruth Adeyemi"}
    assert found["hasPart"][0]["text"] == "We will build until the river gives up."
    [said] = [documents["nadia-okafor/sea-wall#q2"]]
    for count, longest in ((1, 500), (50, 50)):            # the more there are, the shorter each
        long = [{**said, "said": "river " * 200}] * count
        texts = [each["text"] for each in json_ld(documents["nadia-okafor/sea-wall"], long)["hasPart"]]
        assert len(texts) == count and all(longest - 10 < len(text) <= longest + 2 for text in texts)
        assert all(text.endswith("river …") for text in texts)


@settings(max_examples=40)
@given(st.sampled_from(["csv", "jsonl", "ris", "bib", "csl.json"]), st.dictionaries(
    st.sampled_from(["q", "in", "sort", "year", "from", "id", "raw", "page"]), st.text(max_size=15), max_size=4))
def test_any_parameters_are_exported_or_refused(suffix: str, args: dict[str, str]) -> None:
    """No text in any parameter is a fault of ours."""
    response = _CLIENT.get(f"/export.{suffix}", query_string=args)
    assert response.status_code in (200, 400, 404)
    response.get_data()


_CLIENT = create_app({"ENGINE": LinearEngine(archive()), "TESTING": True}).test_client()


def test_a_table_for_excel_begins_with_its_mark(client: FlaskClient) -> None:
    """Where it is asked for, as the page does; programs get it without."""
    with client.get("/export.csv?q=ferry&bom=1") as response:
        assert response.data.startswith(b"\xef\xbb\xbf#,")
    with client.get("/export.csv?q=ferry") as response:
        assert response.data.startswith(b"#,")
    assert '<input type="hidden" name="bom" value="1">' in client.get("/search?q=ferry").text


def test_the_feed_is_as_new_as_its_build_and_its_newest_entry(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that looks at this alone misses nothing."""
    opened = app.extensions["onrecord"]

    def updated(built: str) -> list[str]:
        monkeypatch.setattr(type(opened), "report", {"built": built} if built else {})
        with app.test_client().get("/feed.atom?per_page=100") as response:
            return [each.text or "" for each in ElementTree.fromstring(response.data).iter(f"{ATOM}updated")]

    for built in ("", "1999-01-01T00:00:00+00:00", "2031-05-06T07:08:09+00:00"):
        feed, *entries = updated(built)
        assert feed == max(feed, *entries)
        assert built < "2030" or feed == "2031-05-06T07:08:09Z"
