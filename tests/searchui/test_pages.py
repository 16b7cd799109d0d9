"""The pages over a small archive: what they show, where their links lead, and that nothing stored can run in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from gzip import decompress as gunzip
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from flask import render_template
from flask.testing import FlaskClient
from jinja2 import StrictUndefined

import searchui
from indexer import EVERYTHING, Document, Kind, Query, measured_accuracy, measured_levels, parse
from searchui import create_app
from searchui.pages import (
    about, article, charts, compare, concordance, facets, help, hits, home, line_chart, people, person, portrait,
    printings, quotation, search_page, sources, sparkline, trends,
)
from searchui.pages.about import about_page
from searchui.pages.article import safe_address
from searchui.pages.charts import chart
from searchui.pages.story import marked
from searchui.request import page_sizes
from tests.conftest import archive, article_document, quotation_document
from tests.engines.linear_engine import LinearEngine
from tests.search.meaning import Said

HOSTILE = '<script>alert("1")</script> & <img src=x onerror=alert(2)>'
ADDRESSES = (
    "/", "/search", "/search?q=ferry", "/search?q=ferry&in=quotations", "/search?q=adeyemi&in=people", "/search?q=zzz",
    "/search?q=what+did+adeyemi+say+about+robbery",
    "/search?q=foo:bar", "/search?year=2012", "/search?q=ferry&speaker=ruth-adeyemi&not_author=Ben+Castellan",
    "/article/ben-castellan/ferry-fares", "/article/ben-castellan/ferry-fares?q=ferry", "/article/lost/note",
    "/person/ruth-adeyemi", "/person/ruth-adeyemi?q=river&year=2014", "/people", "/people?letter=A",
    "/people?q=sorensen", "/sources", "/sources?q=ferry", "/sources?q=ferry&in=quotations&order=last",
    "/trends", "/trends?q=ferry&q=levy", "/trends?q=ferry&by=month&in=quotations&from=2010&to=2012", "/lines",
    "/lines?q=ferry", "/lines?q=ferry&in=quotations&by=left", "/quotation/ben-castellan/ferry-fares/q1", "/notebook",
    "/person/ruth-adeyemi?from=2010&to=2012", "/compare", "/compare?a=ruth-adeyemi&b=Sorensen&q=ferry", "/about",
    "/help",
)


def test_templates_use_just_what_page_values_hold(linear_engine: LinearEngine) -> None:
    """A name that no page value has is a mistake in the template, and so is a value that no template shows."""
    app = create_app({"ENGINE": linear_engine, "REPORT_URL": "mailto:desk@a.example", "TESTING": True})
    app.jinja_env.undefined = StrictUndefined
    for address in (*ADDRESSES, "/api/", "/nowhere", "/search?q=zeppelin+ferry"):
        app.test_client().get(address)
    templates = " ".join(path.read_text("utf-8") for path in (Path(app.root_path) / "templates").iterdir())
    shown = set(re.findall(r"\.(\w+)", templates))
    modules = (about, article, charts, compare, concordance, facets, help, hits, home, line_chart, people, person,
               portrait, printings, quotation, search_page, sources, sparkline, trends)
    behind = (people.Entry, sources.Counted, sources.Tally, sources.Sources, trends.Trends, concordance.Concordance,
              concordance.Place, portrait.Known)
    values = [each for module in modules for each in vars(module).values()
              if isinstance(each, type) and each.__module__ == module.__name__]
    assert [(each.__name__, name) for each in values for name in each.__annotations__
            if name not in shown and each not in behind] == []


class Seen(HTMLParser):
    """The elements of a page: names, attributes, ids, headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def client(linear_engine: LinearEngine) -> FlaskClient:
    return create_app({"ENGINE": linear_engine, "TESTING": True}).test_client()


@pytest.fixture(scope="module")
def hostile() -> FlaskClient:
    """An archive in which every text tries to be markup."""
    article = article_document("a/<b>&\"", HOSTILE, f"{HOSTILE}\nHe said {HOSTILE} again.", "2012-01-01T10:00", HOSTILE,
                               said=[HOSTILE], links=[(0, 8, "javascript:alert(3)")], url="javascript:alert(4)")
    quotation = quotation_document(article, 1, HOSTILE)
    return create_app({"ENGINE": LinearEngine([article, quotation]), "TESTING": True}).test_client()


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_a_page_of_ours(client: FlaskClient, address: str) -> None:
    """One h1, a title, one main, a way to skip to it, no id twice, nothing inline, nothing from another host."""
    response = client.get(address)
    assert response.status_code == 200
    seen = Seen(response.text)
    assert len(seen.all("h1")) == len(seen.all("main")) == len(seen.all("title")) == 1
    ids = [attributes["id"] for _, attributes in seen.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    skips = [str(link["href"]) for link in seen.all("a") if link.get("class") == "skip"]
    assert skips and all(target.removeprefix("#") in ids for target in skips)
    for tag, attributes in seen.elements:
        assert "style" not in attributes and not any(name.startswith("on") for name in attributes), (tag, attributes)
    for script in seen.all("script"):
        assert script.get("type") == "application/ld+json" or str(script["src"]).startswith("/static/")
    assert not seen.all("style")


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_link_of_ours_leads_somewhere(client: FlaskClient, address: str) -> None:
    """No link on any page is broken, and every link into a page finds its place there."""
    for link in Seen(client.get(address).text).all("a"):
        target = urljoin(address, str(link["href"]))
        if target.startswith("/"):
            assert client.get(target, follow_redirects=True).status_code == 200, target
        else:
            assert target.startswith("http://localhost/"), target


@pytest.mark.parametrize("address", ["/search?q=alert", "/search?q=alert&in=quotations", "/", "/about",
                                     "/article/a/%3Cb%3E&%22?q=script"])
def test_what_is_stored_is_shown_as_text(hostile: FlaskClient, address: str) -> None:
    """Markup in a title, a name, a text, an address or an id never becomes markup of the page."""
    response = hostile.get(address)
    assert response.status_code == 200
    seen = Seen(response.text)
    assert all("src" in script or script.get("type") for script in seen.all("script"))
    assert not seen.all("img")
    assert not any(str(link.get("href")).startswith("javascript") for link in seen.all("a"))


@pytest.mark.parametrize("typed", [
    HOSTILE, '"', "((((", "\x00\x01", "*", "date:2012..2009", "é“”‘", "a" * 900, "-", "%", "🚲"])
def test_nothing_typed_breaks_a_page(client: FlaskClient, typed: str) -> None:
    """Every query of any characters gives a page that says what was understood."""
    for address in ("/search", "/person/ruth-adeyemi", "/people", "/article/ben-castellan/ferry-fares"):
        for kind in ("articles", "quotations", "people"):
            response = client.get(address, query_string={"q": typed, "in": kind})
            assert response.status_code == 200
            assert not Seen(response.text).all("img")


def test_pages_carry_the_headers_that_hold_scripts_down(client: FlaskClient) -> None:
    """No inline script or style, no sniffing, no frame, no cookie: on pages, files and errors alike."""
    for address in ("/", "/static/onrecord.css", "/nowhere"):
        with client.get(address) as response:
            headers = response.headers
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Permissions-Policy" in headers
        assert "Set-Cookie" not in headers


@pytest.mark.parametrize("address", ["/nowhere", "/article/none", "/person/none", "/article/", "/search/deeper"])
def test_what_is_not_there_is_a_page_that_says_so(client: FlaskClient, address: str) -> None:
    """Not found is a page with status 404 and ways onward."""
    response = client.get(address)
    assert response.status_code == 404
    assert "Not in this archive" in response.text


def test_robots_are_kept_out_of_the_endless(client: FlaskClient) -> None:
    """Articles and people may be indexed by others; every combination of filters may not."""
    text = client.get("/robots.txt").text
    assert "Disallow: /search" in text
    assert "article" not in text


@pytest.mark.parametrize(("text", "marks", "html"), [
    ("a ferry", [(2, 7)], "a <mark>ferry</mark>"),
    ("<b> & ferry", [(6, 11)], "&lt;b&gt; &amp; <mark>ferry</mark>"),
    ("<ferry>", [(0, 7)], "<mark>&lt;ferry&gt;</mark>"),
    ("ferry", [], "ferry"),
    ("ferry", [(3, 99)], "fer<mark>ry</mark>"),
    ("ferry", [(0, 3), (1, 5)], "<mark>fer</mark><mark>ry</mark>"),
    ("ferry", [(4, 2)], "ferry"),
])
def test_marks_are_set_after_escaping(text: str, marks: list[tuple[int, int]], html: str) -> None:
    """Marks count characters of the text, not of its markup; those that overlap or overrun are cut."""
    assert marked(text, marks) == html


def test_pages_travel_compressed_and_once(client: FlaskClient) -> None:
    """A page is compressed for those who take it, and not sent again while index and program stay the same."""
    first = client.get("/search?q=ferry", headers={"Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in first.headers["Vary"]
    assert gunzip(first.data).decode() == client.get("/search?q=ferry").text
    again = client.get("/search?q=ferry", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/search?q=ferry", headers={"If-None-Match": 'W/"another"'})
    assert other.status_code == 200


@pytest.mark.parametrize("address", [
    "/search", "/search?in=quotations", "/search?in=quotations&q=ferry", "/search?q=mayor&sort=newest",
    "/search?q=ferry+OR+mayor+OR+bridge&in=quotations&not_author=Nadia+Okafor&from=2009&to=2016&page=2",
])
def test_a_results_page_weighs_little(sample_index: Path, address: str) -> None:
    """With every facet and ten hits, a first visit transfers less than 20 KB, stylesheet, script and icon included,
    without fonts, compressed as browsers ask for it; the page alone is less than 39 KB when it is unpacked."""
    client = create_app({"INDEX": str(sample_index), "TESTING": True}).test_client()
    page = client.get(address)
    seen = Seen(page.text)
    assert len([each for each in seen.all("li") if re.fullmatch(r"hit-\d{1,3}", str(each.get("id")))]) == 10
    assert len([each for each in seen.all("section") if str(each.get("class")).startswith("facet")]) >= 4
    files = [str(each["href"]) for each in seen.all("link") if each.get("rel") in ("stylesheet", "icon")]
    files += [str(each["src"]) for each in seen.all("script") if "src" in each]
    assert len(files) == 3
    transferred = 0
    for visited in (address, *files):
        with client.get(visited, headers={"Accept-Encoding": "gzip"}) as response:
            transferred += len(response.data)
    assert transferred < 20_000
    assert len(page.data) < 39_000


def test_stylesheet_and_script_are_sent_as_they_are(client: FlaskClient) -> None:
    """Byte for byte the files of static/, so that whoever opens the tools of a browser reads what was written."""
    static = Path(searchui.__file__).parent / "static"
    for path in static.iterdir():
        with client.get(f"/static/{path.name}") as response:
            assert response.data == path.read_bytes()


class CountingEngine(LinearEngine):
    """An engine that remembers what it was asked to count."""

    def __init__(self, documents: Sequence[Document]) -> None:
        super().__init__(documents)
        self.counted: list[tuple[Query, Kind, Query]] = []

    def count(self, query: Query, *, kind: Kind, filters: Query = EVERYTHING) -> int:
        self.counted.append((query, kind, filters))
        return super().count(query, kind=kind, filters=filters)


@pytest.mark.parametrize(("kind", "typed"), [
    ("article", "ferry"), ("quotation", "ferry"), ("person", "adeyemi"), ("article", "zeppelin ferry"),
    ("article", "zeppelin"), ("person", "levy"),
])
def test_nothing_is_counted_twice(kind: Kind, typed: str) -> None:
    """A tab for each kind needs one count each, and that of the kind that was searched is known from its answer."""
    engine = CountingEngine(archive())
    client = create_app({"ENGINE": engine, "TESTING": True}).test_client()
    parameters = {"q": typed, "in": {"article": "articles", "quotation": "quotations", "person": "people"}[kind]}
    client.get("/search", query_string=parameters)         # first: what is computed once for a build
    engine.counted.clear()
    page = client.get("/search", query_string=parameters).text
    assert len(engine.counted) == len(set(engine.counted))
    assert (parse(typed).query, kind, EVERYTHING) not in engine.counted
    known = {kind, "quotation"} if kind == "article" and "Top quotations" in page else {kind}
    assert {"article", "quotation", "person"} - known == {each[1] for each in engine.counted} - known
    [tabs] = re.findall(r'<ul class="tabs">(.*?)</ul>', page, re.DOTALL)
    assert re.findall(r"[A-Z][a-z]+", text_of(tabs)) == ["Articles", "Quotations", "People"]


def test_a_value_in_use_is_counted_though_many_are_more_frequent() -> None:
    """And one that no hit has is shown without a count."""
    crowd = [f"person-{number:02}" for number in range(20)]
    stories = [article_document(f"a/{number}", "Ferry", "A ferry.", mentioned_id=crowd) for number in range(5)]
    stories += [article_document(f"a/{number}", "Ferry", "A ferry.", mentioned_id=["ada"]) for number in range(5, 8)]
    client = create_app({"ENGINE": LinearEngine(stories), "TESTING": True}).test_client()
    page = client.get("/search?q=ferry&mentions=person-00&mentions=ada&mentions=nobody").text
    used = re.findall(r'"Remove filter: ([\w-]+)"[^>]*>[\w-]+(?: <b>(\d+)</b>)?', page)
    assert used == [("person-00", "5"), ("ada", "3"), ("nobody", "")]


@pytest.mark.parametrize(("address", "per_page"), [
    ("/search?q=ferry+OR+mayor", page_sizes.RESULTS), ("/search?in=quotations&per_page=7", 7),
    ("/person/ruth-adeyemi", page_sizes.PERSON_QUOTATIONS),
    ("/person/ruth-adeyemi?per_page=7", page_sizes.PERSON_QUOTATIONS),
])
def test_pages_and_their_links_count_alike(sample_index: Path, address: str, per_page: int) -> None:
    """A page shows as many hits as the links to the other pages assume: the second begins where the first ends."""
    client = create_app({"INDEX": str(sample_index), "TESTING": True}).test_client()
    first, joint = client.get(address).text, "&" if "?" in address else "?"
    second = client.get(f"{address}{joint}page=2").text
    numbers = [list(map(int, re.findall(r'<li id="hit-(\d{1,3})"', each))) for each in (first, second)]
    assert numbers[0] == list(range(1, per_page + 1))
    assert numbers[1] and numbers[1][0] == per_page + 1


def test_the_title_says_which_page_of_how_many(sample_index: Path) -> None:
    """So does the heading; the first page says nothing of it."""
    client = create_app({"INDEX": str(sample_index), "TESTING": True}).test_client()
    second, first = (client.get(f"/search?q=ferry{more}").text for more in ("&page=2", ""))
    [last] = re.findall(r"<h1>ferry <small>page 2 of (\d+)</small>", second)
    assert f"<title>ferry, articles (page 2 of {last}) · onrecord</title>" in second
    assert "<title>ferry, articles · onrecord</title>" in first


def text_of(html: str) -> str:
    """A page's words on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize(("address", "said"), [
    ("/search?q=zeppelin", "No articles match “zeppelin”."),
    ("/search?q=speaker:Sorensen+speaker:Zeppelin", "No articles match “said by Zeppelin”."),
    ("/search?q=speaker:Sorensen+speaker:Zeppelin", "Search without “said by Zeppelin”: 2 articles"),
    ("/search?q=zeppelin+ferry", "No articles match “zeppelin”; these match most of the other words."),
    ("/search?q=zeppelin+hangar+ferry",
     "No articles match “zeppelin” or “hangar”; these match most of the other words."),
    ("/search?q=ferry&author=Nobody", "No articles match “ferry” with these filters."),
    ("/search?q=ferry&author=Nobody", "Remove the filters: 3 articles without them"),
    ("/search?q=levy&in=people", "1 article matches these words"),
])
def test_where_nothing_answers_the_reason_is_named(client: FlaskClient, address: str, said: str) -> None:
    """The word that nothing holds, or that it is the filters; and a way on that leads to something."""
    assert said in text_of(client.get(address).text)


def test_relaxed_tabs_promise_nothing(client: FlaskClient) -> None:
    """Where hits hold most of the words, no tab says that there are none."""
    tabs = Seen(client.get("/search?q=zeppelin+ferry").text)
    html = client.get("/search?q=zeppelin+ferry").text
    [shown] = re.findall(r'<ul class="tabs">(.*?)</ul>', html, re.DOTALL)
    assert "0" not in text_of(shown)
    assert [each for each in tabs.all("li") if str(each.get("id")).startswith("hit-")]


def test_examples_of_the_front_page_find_something(sample_index: Path) -> None:
    """Two subjects, somebody on one, two people on the other: every one a search that answers."""
    client = create_app({"INDEX": str(sample_index), "TESTING": True}).test_client()
    [examples] = re.findall(r'<p class="try">(.*?)</p>', client.get("/").text, re.DOTALL)
    addresses = [unescape(each) for each in re.findall(r'href="([^"]+)"', examples)]
    assert len(addresses) == 4
    for address in addresses[:3]:
        assert client.get(address).text.count('<li id="hit-') >= 3, address
    assert client.get(addresses[3]).text.count('<blockquote class="said') >= 4


def test_examples_of_the_help_page_are_the_archives_own(sample_index: Path) -> None:
    """Its words, names and years: every line finds something, but for kinds of words that the archive may not have."""
    client = create_app({"INDEX": str(sample_index), "TESTING": True}).test_client()
    addresses = [unescape(each) for each in re.findall(r'<a href="(/search[^"]*)"><code>', client.get("/help").text)]
    words = [each for each in addresses if not re.search("q=(kind|stance|identity):", each)]
    assert len(words) > 20
    assert [each for each in words if '<li id="hit-' not in client.get(each).text] == []


def test_examples_of_fields_search_what_has_them(client: FlaskClient) -> None:
    """Quotations alone have speakers, and what is known of those; of the other fields stories are the example."""
    found = re.findall(r'<a href="/search\?q=(\w+):([^"]*)"><code>', client.get("/help").text)
    theirs = {field for field, rest in found if rest.endswith("in=quotations")}
    assert theirs == {"speaker", "said", "kind", "stance", "certainty", "identity"}
    assert {field for field, _ in found} - theirs == {
        "title", "text", "author", "mentions", "date", "before", "after"}


@pytest.mark.parametrize("address", ["/", "/search", "/search?q=x", "/people", "/sources", "/trends?q=x", "/lines?q=x",
                                     "/compare", "/about", "/help", "/feed.atom", "/api/sources", "/api/trends?q=x"])
def test_an_empty_archive_has_pages(address: str) -> None:
    """Nothing is found in it, and the front page says why."""
    response = create_app({"ENGINE": LinearEngine([]), "TESTING": True}).test_client().get(address)
    assert response.status_code == 200
    assert ("This archive is still empty." in response.text) is (address == "/")


def test_the_front_page_leads_with_what_is_sure(linear_engine: LinearEngine) -> None:
    """With a quotation of a person whom several articles name; where there is none, with none."""
    html = create_app({"ENGINE": linear_engine, "TESTING": True}).test_client().get("/").text
    lead = re.search(r'<ol class="latest">.*?</li>', html, re.DOTALL)
    assert lead is None or "level sure" in lead.group()
    alone = [{**each, "articles": 1} if each["kind"] == "person" else each for each in archive()]
    html = create_app({"ENGINE": LinearEngine(alone), "TESTING": True}).test_client().get("/").text
    assert "Latest on record" not in html and "Most quoted" in html


@pytest.mark.parametrize(("report", "start"), [
    ("mailto:desk@a.example",
     "mailto:desk@a.example?subject=Wrong%20speaker%3A%20ben-castellan%2Fferry-fares%23q1&body="),
    ("https://a.example/new", "https://a.example/new?title=Wrong%20speaker"),
    ("https://a.example/new?labels=x", "https://a.example/new?labels=x&title=Wrong%20speaker"),
])
def test_a_wrong_attribution_can_be_reported(linear_engine: LinearEngine, report: str, start: str) -> None:
    """At the address of the configuration, with the quotation filled in; the note beside it leads there."""
    client = create_app({"ENGINE": linear_engine, "REPORT_URL": report, "TESTING": True}).test_client()
    notes = client.get("/article/ben-castellan/ferry-fares").text
    ways = re.findall(r'<a href="([^"#]+)#wrong">Wrong speaker', notes)
    assert len(ways) == 3
    page = client.get(ways[0]).text
    [link] = [unescape(each) for each in re.findall(r'<a href="([^"]+)" rel="nofollow">Report this attribution', page)]
    assert link.startswith(start)
    assert "The%20ferry%20must%20pay%20its%20own%20way" in link


def test_an_article_leads_to_more_like_it(linear_engine: LinearEngine) -> None:
    """If the index knows what its stories mean; to find them by words would make every page slow."""
    client = create_app({"ENGINE": linear_engine, "TESTING": True}).test_client()
    assert "More like this" not in client.get("/article/nadia-okafor/levy-passes").text
    linear_engine.meaning = Said({"ben-castellan/ferry-fares": 0.9}, [])
    page = client.get("/article/nadia-okafor/levy-passes").text
    linear_engine.meaning = None

    assert re.search(r'More like this</h2>\s*<ul><li><a href="/article/ben-castellan/ferry-fares">Ferry Fares', page)


def test_the_line_for_people_toml_can_be_read(client: FlaskClient) -> None:
    """Under [split], it is TOML that gives this article's bearer of the name another one."""
    page = client.get("/quotation/ben-castellan/ferry-fares/q1").text
    [line] = [unescape(each) for each in re.findall(r'<code class="entry">(.*?)</code>', page)]
    assert line == '"Ruth Adeyemi" = [{ name = "…", articles = ["ben-castellan/ferry-fares"] }]'
    assert set(tomllib.loads(f"[split]\n{line}")["split"]) == {"Ruth Adeyemi"}
    assert "Report this attribution" not in page


def test_speakers_are_shown_as_printed(client: FlaskClient) -> None:
    """Where an article gives less than the full name, the note says what it gives."""
    article = article_document("a/b", "Talk", '"One," said Mayor Adeyemi. "Two," she said. Ruth Adeyemi left.',
                               speakers=["ruth-adeyemi"], mentioned=["ruth-adeyemi"], said=["One,", "Two,"])
    mayor, she = (article["text"].index(each) for each in ("Mayor Adeyemi", "she"))
    quotations = [quotation_document(article, 1, "One,", "ruth-adeyemi", method="surname", source=(mayor, mayor + 13)),
                  quotation_document(article, 2, "Two,", "ruth-adeyemi", method="pronoun", source=(she, she + 3))]
    engine = LinearEngine([article, *quotations])
    page = create_app({"ENGINE": engine, "TESTING": True}).test_client().get("/article/a/b").text
    assert "Ruth Adeyemi as “Mayor Adeyemi”" in text_of(page)
    assert text_of(page).count("Ruth Adeyemi as") == 1
    only = create_app({"ENGINE": LinearEngine([article, quotations[1]]), "TESTING": True}).test_client()
    assert "Ruth Adeyemi as “she”" in text_of(only.get("/article/a/b").text)


def test_each_quotation_says_how_sure_its_speaker_is(client: FlaskClient) -> None:
    """In a word, in lists and beside the article, and there also in a sentence."""
    for address in ("/search?in=quotations&speaker=hank-sorensen", "/compare?a=hank-sorensen&b=ruth-adeyemi"):
        levels = re.findall(r'<span class="level (\w+)"><span class="hidden">Certainty: </span>(\w+)</span>',
                            client.get(address).text)
        assert {"likely", "unsure"} <= {word for word, _ in levels}
        assert all(css == word for css, word in levels)
    story = text_of(client.get("/article/ben-castellan/ferry-fares").text)
    assert "by surname Certainty: unsure" in story
    assert f"unsure In tests, {100 * measured_levels()['unsure']:.0f} in 100 such answers were right." in story


def test_a_person_page_leaves_out_what_may_be_somebody_elses(client: FlaskClient) -> None:
    """Until it is asked for; the link says how many there are, and exports take what is shown."""
    page = client.get("/person/hank-sorensen").text
    assert "I will drink what I like" in page and "robbery at sea" not in page
    [address] = re.findall(r'<a href="([^"]+)" rel="nofollow">1 more that we are not sure of</a>', page)
    assert '<input type="hidden" name="not_certainty" value="unsure">' in page
    whole = client.get(unescape(address)).text
    assert "I will drink what I like" in whole and "robbery at sea" in whole
    assert "not_certainty" not in whole
    [back] = re.findall(r'<a href="([^"]+)" rel="nofollow">Leave out the 1 that we are not sure of</a>', whole)
    assert unescape(back) == "/person/hank-sorensen"
    only = client.get("/person/hank-sorensen?q=robbery").text
    assert ">1 that we are not sure of<" in only and "/person/hank-sorensen?q=robbery&amp;unsure=1" in only
    assert "not sure of" not in client.get("/person/ruth-adeyemi").text


def test_only_quotations_are_sorted_by_certainty(client: FlaskClient) -> None:
    """Nobody says whose words an article or a person is."""
    assert ">Surest</a>" in client.get("/search?in=quotations").text
    assert ">Surest</a>" in client.get("/person/ruth-adeyemi").text
    assert "Surest" not in client.get("/search?q=ferry").text


def test_levels_are_offered_surest_first(client: FlaskClient) -> None:
    """However many quotations each has."""
    page = client.get("/search?in=quotations").text
    facet = page[page.index('id="facet-level"'):]
    assert re.findall(r"certainty=(\w+)\"", facet)[:3] == ["sure", "likely", "unsure"]


@pytest.mark.parametrize(("url", "shown"), [
    ("http://a.example/b?c=d&e=%20#f", "http://a.example/b?c=d&e=%20#f"),
    ("http://a.example/ü a|b", "http://a.example/%C3%BC%20a%7Cb"),
    ("http://a.example/100%", "http://a.example/100%25"),
    ("http://a.example/#a#b", "http://a.example/#a%23b"),
    ("javascript:alert(1)", ""), ("http:///b", ""), ("//a.example/", ""), ("http://[", ""), ("", ""),
])
def test_addresses_of_archived_pages_are_made_safe(url: str, shown: str) -> None:
    """Only of the web, and without signs that no address may hold; what is right stays as it is."""
    assert safe_address(url) == shown


def test_bars_show_the_share_of_the_archive() -> None:
    """A line across each bar: per thousand articles of its year, the largest at the top; none where all are alike."""
    counts = {"2010": 10, "2011": 10, "2012": 5}
    found = chart([2010, 2011, 2012], [counts], ("quotations",), str, {"2010": 1000, "2011": 500, "2012": 500},
                  css=("pen",))
    assert found.scaled
    assert [[part.top for part in bar.parts if part.css == "share"] for bar in found.bars] == [[48], [0], [48]]
    assert [bar.share for bar in found.bars] == ["10.0", "20.0", "10.0"]
    assert found.bars[1].text == "2011: 10 quotations, 20.0 per 1,000 articles"
    alike = chart([2010, 2011], [counts], ("quotations",), str, {"2010": 1000, "2011": 1000}, css=("pen",))
    assert not alike.scaled and alike.shares
    assert not chart([2010, 2011], [counts], ("quotations",), str, css=("pen",)).shares


REPORT = {"skipped": [("a.md", "line 6: no text"), ("b.md", "line 12: no text"), ("c.md", "not a text file")]}


def test_what_could_not_be_read_is_listed_by_reason(linear_engine: LinearEngine) -> None:
    """The reason of most files first, whatever line it is on."""
    app = create_app({"ENGINE": linear_engine, "TESTING": True})
    with app.test_request_context():
        page = about_page(linear_engine, REPORT)
    assert page.skipped == (("no text", ("a.md", "b.md")), ("not a text file", ("c.md",)))


def test_what_is_not_read_is_counted(linear_engine: LinearEngine) -> None:
    """By the kind of file, with the reason."""
    app = create_app({"ENGINE": linear_engine, "TESTING": True})
    said = {"unread": [{"what": ".pdf", "number": 3, "reason": "convert to text", "may_hold_articles": True}]}
    with app.test_request_context():
        page = about_page(linear_engine, said)
    assert page.unread == ((".pdf", 3, "convert to text"),)
    with app.test_request_context():
        assert "<li><code>.pdf</code> 3: convert to text</li>" in render_template("about.html", page=page)


@pytest.mark.parametrize(("measured", "shown"), [
    ({"speakers": 0.8194, "articles": 1073, "note": "By hand."},
     [("The right speaker, among the quotations found", "81.9 %"),
      ("Articles that people read in full to measure this", "1,073")]),
    ({}, []),
])
def test_measured_accuracy_is_what_the_package_says(
    linear_engine: LinearEngine, monkeypatch: pytest.MonkeyPatch, measured: Mapping[str, Any],
    shown: list[tuple[str, str]],
) -> None:
    """Shares as per cent, counts as they are; if nothing was measured, that is said."""
    monkeypatch.setattr("searchui.pages.about.measured_accuracy", lambda: measured)
    client = create_app({"ENGINE": linear_engine, "TESTING": True}).test_client()
    text = text_of(client.get("/about").text)
    with client.application.test_request_context():
        assert list(about_page(linear_engine, {}).accuracy) == shown
    assert ("has not been measured" in text) is (not shown)


def test_the_accuracy_that_ships_is_shown(client: FlaskClient) -> None:
    """The figures of accuracy.json, which were measured, stand on the page about the archive."""
    text = text_of(client.get("/about").text)
    measured = measured_accuracy()
    assert f"{100 * measured['speakers']:.1f} %" in text and f"{100 * measured['quotations']:.1f} %" in text
    assert str(measured["note"]) in text


@pytest.mark.parametrize(("typed", "heading", "ways"), [
    ("speeker:Adeyemi ferry", "<mark>speeker:</mark>Adeyemi ferry",
     ["Search for speaker:Adeyemi ferry", "Search for the words speeker Adeyemi ferry", "How to search"]),
    ("ferry speeker:x date:2012-13", "ferry <mark>speeker:</mark>x date:2012-13",
     ["Search for the words ferry speeker x date 2012 13", "How to search"]),
    ("xyzzy:<b>", "<mark>xyzzy:</mark>&lt;b&gt;", ["Search for the words xyzzy b", "How to search"]),
])
def test_what_cannot_be_understood_is_marked(
    client: FlaskClient, typed: str, heading: str, ways: list[str],
) -> None:
    """The word that means nothing, where it stands; and what was probably meant, if that would be understood."""
    page = client.get("/search", query_string={"q": typed}).text
    assert f"<h1>{heading}</h1>" in page
    [advice] = re.findall(r'<ul class="advice">(.*?)</ul>', page, re.DOTALL)
    assert [text_of(each) for each in re.findall(r"<li>(.*?)</li>", advice)] == ways
