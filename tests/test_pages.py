"""The pages over a small archive: what they show, where their links lead, and that nothing stored can run in them."""

from __future__ import annotations

from gzip import decompress as gunzip
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient

from searchui import create_app
from searchui.story import marked
from tests.conftest import article_document, quotation_document
from tests.linear_engine import LinearEngine

HOSTILE = '<script>alert("1")</script> & <img src=x onerror=alert(2)>'
ADDRESSES = (
    "/", "/search", "/search?q=ferry", "/search?q=ferry&in=quotations", "/search?q=adeyemi&in=people", "/search?q=zzz",
    "/search?q=foo:bar", "/search?year=2012", "/search?q=ferry&speaker=ruth-adeyemi&not_author=Ben+Castellan",
    "/article/ben-castellan/ferry-fares", "/article/ben-castellan/ferry-fares?q=ferry", "/article/lost/note",
    "/person/ruth-adeyemi", "/person/ruth-adeyemi?q=river&year=2014", "/people", "/people?letter=A",
    "/people?q=sorensen", "/compare", "/compare?a=ruth-adeyemi&b=Sorensen&q=ferry", "/about", "/help",
)


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
    """Page, stylesheet, script and icon, uncompressed, stay under 60 KB with every facet and ten hits."""
    client = create_app({"INDEX": str(sample_index), "TESTING": True}).test_client()
    page = client.get(address)
    seen = Seen(page.text)
    assert len([each for each in seen.all("li") if str(each.get("id")).startswith("hit-")]) == 10
    assert len([each for each in seen.all("section") if str(each.get("class")).startswith("facet")]) >= 4
    files = [str(each["href"]) for each in seen.all("link") if each.get("rel") in ("stylesheet", "icon")]
    files += [str(each["src"]) for each in seen.all("script") if "src" in each]
    assert len(files) == 3
    weight = len(page.data)
    for file in files:
        with client.get(file) as response:
            weight += len(response.data)
    assert weight < 60_000
