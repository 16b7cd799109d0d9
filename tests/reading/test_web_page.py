"""The story of a saved page, and what the page says of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from indexer.models import Article, Block, Link, Span
from indexer.reading import Reading
from indexer.reading.articles import readings
from indexer.reading.drafts import Source
from indexer.reading.page_metadata import page_fields
from indexer.reading.structured_data import structured
from indexer.reading.web_page import only_lines, page_draft, text_of

STORY = """<h1>Ferry Stays in Port</h1>
<p>The ferry stayed in port on Sunday, for the third time in a month, and nobody could say why.</p>
<p>“We have <i>no</i> oil,” said <a href="http://x.example/ruth">Ruth Adeyemi</a>, who runs the harbour board.</p>
<blockquote>It is always six in the morning somewhere, and the ferry is always here.</blockquote>
<p>The board will meet again in May to hear what the three captains have to say about it.</p>"""
AROUND = """<html><head><title>Ferry Stays in Port | The Dispatch</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/s">“Best paper in town,” says Lord Pim</a></li></ul></nav>
<div id="content"><article>{story}</article></div>
<div class="related"><h3>More</h3><ul><li><a href="/b">“I will never sell the bus,” says Mayor Crane</a></li></ul></div>
<div id="comments"><h3>2 comments</h3><div><p>“I rode it in 1950,” said my aunt, and so did I.</p></div></div>
<footer><p>© The Dispatch. “We print what happened,” said our founder.</p></footer></body></html>"""


def article(page: str) -> Article:
    """The article that a saved page becomes."""
    found, = readings(Source(Path("page.html"), "page.html", "page", page.encode()))
    assert isinstance(found, Reading)
    return found.article


def test_the_story_and_nothing_else() -> None:
    """Paragraphs, block quotation and links are those of the page; menus, related stories and comments are gone."""
    text, blocks, links = text_of(AROUND.format(story=STORY))
    assert text.split("\n") == [
        "The ferry stayed in port on Sunday, for the third time in a month, and nobody could say why.",
        "“We have no oil,” said Ruth Adeyemi, who runs the harbour board.",
        "It is always six in the morning somewhere, and the ferry is always here.",
        "The board will meet again in May to hear what the three captains have to say about it.",
    ]
    assert [(block.kind, block.span.of(text)) for block in blocks] == [
        ("italic", "no"), ("quotation", "It is always six in the morning somewhere, and the ferry is always here.")]
    assert [(link.url, link.span.of(text)) for link in links] == [("http://x.example/ruth", "Ruth Adeyemi")]


def test_a_post_within_the_story_stays() -> None:
    """What was embedded belongs to it."""
    post = ("<blockquote class='twitter-tweet'><p>Late again.</p>&mdash; Bo Ray (@boray) <a href='http://t.example/1'>"
            "May 4, 2012</a></blockquote>")
    story = STORY.replace("<blockquote>", f"{post}<blockquote>")
    assert "Late again.\n— Bo Ray (@boray) May 4, 2012" in text_of(AROUND.format(story=story))[0]


def test_a_page_without_a_story_is_read_whole() -> None:
    """A few words are all there is."""
    assert text_of("<html><body><p>Closed.</p></body></html>")[0] == "Closed."


def test_the_archives_toolbar_is_no_part_of_the_page() -> None:
    """The Wayback Machine writes it in."""
    toolbar = ("<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id='wm-ipp'><p>12 captures, says the Machine</p></div>"
               "<!-- END WAYBACK TOOLBAR INSERT -->")
    page = AROUND.format(story=STORY).replace("<body>", f"<body>{toolbar}")
    assert "captures" not in page_draft(page).body
    assert article(page).title == "Ferry Stays in Port"


def test_lines_are_kept_with_what_is_set_apart_in_them() -> None:
    """Spans move with their lines; what was in lines that are gone is gone."""
    text = "one\ntwo\nthree\nfour"
    blocks = tuple(Block(Span(*span), "quotation") for span in ((0, 3), (4, 13), (14, 18)))
    found = only_lines((text, blocks, (Link(Span(8, 13), "http://x.example"),)), [Span(4, 7), Span(14, 18)])
    assert found == ("two\nfour", (Block(Span(0, 3), "quotation"), Block(Span(4, 8), "quotation")), ())


LD: dict[str, Any] = {"@type": "NewsArticle", "headline": "H", "datePublished": "2012-03-28T12:30:00-05:00",
                      "author": {"@type": "Person", "name": "Ann Low"}}


@pytest.mark.parametrize(("value", "titles", "authors", "dates"), [
    (LD, ["H"], ["Ann Low"], ["2012-03-28T12:30:00-05:00"]),
    ([{"@type": "WebSite", "name": "W"}, LD], ["H"], ["Ann Low"], ["2012-03-28T12:30:00-05:00"]),
    ({"@graph": [{"@type": ["Article", "Thing"], "headline": "H", "author": {"@id": "#1"}},
                 {"@type": "Person", "@id": "#1", "name": "Bo Ray"}]}, ["H"], ["Bo Ray"], []),
    ({**LD, "author": ["Ann Low", {"name": "Bo Ray"}]}, ["H"], ["Ann Low", "Bo Ray"], ["2012-03-28T12:30:00-05:00"]),
    ({"@type": "WebPage", "datePublished": "2012"}, [], [], ["2012"]),
    ({"@type": "Recipe", "author": "Ann Low"}, [], [], []),
    ([[], 3, None, {"@type": None}], [], [], []),
])
def test_structured_data(value: object, titles: list[str], authors: list[str], dates: list[str]) -> None:
    """What schema.org has of a story, in whatever order and depth."""
    found = structured([f"<!-- {json.dumps(value)} -->"])
    assert (found.titles, found.authors, found.dates) == (titles, authors, dates)


@pytest.mark.parametrize("script", ["", "{", "[" * 100_000, '{"@graph": ' * 50_000, "x" * 2_000_000, '{"a": 1e999}'])
def test_hostile_structured_data_says_nothing(script: str) -> None:
    """What is no JSON, or too deep."""
    found = structured([script])
    assert (found.titles, found.authors, found.dates) == ([], [], [])


def head(*tags: str, body: str = "<h1>Ferry</h1>") -> dict[str, object]:
    """What a page with these tags in its head says."""
    return page_fields(f"<html><head>{''.join(tags)}</head><body>{body}<p>Words.</p></body></html>")


@pytest.mark.parametrize(("tags", "title"), [
    (["<title>Ferry &amp; Fares</title>"], "Ferry"),
    (['<meta property="og:title" content="Ferry Sinks"><title>x</title>'], "Ferry Sinks"),
    (["<title>Ferry | The Dispatch</title>"], "Ferry"),
    (['<meta property="og:title" content="Ferry Sinks - The Dispatch">',
      '<meta property="og:site_name" content="The Dispatch">'], "Ferry Sinks"),
    (['<meta property="og:title" content="Ferry Sinks - And Rises">'], "Ferry Sinks - And Rises"),
    ([], "Ferry"),
])
def test_titles(tags: list[str], title: str) -> None:
    """Without the paper's name behind it."""
    assert head(*tags)["title"] == title


@pytest.mark.parametrize(("tags", "body", "authors"), [
    (['<meta name="author" content="Ann Low">', '<meta name="author" content="Bo Ray">'], "", ["Ann Low", "Bo Ray"]),
    (['<meta name=Author content="Ann Low">'], "", ["Ann Low"]),
    (['<meta property="article:author" content="https://social.example/ann">',
      '<meta name="dc.creator" content="Ann Low">'], "", ["Ann Low"]),
    (['<meta name="twitter:creator" content="@annlow">'], "<p>By <a rel='author' href='/a'>Ann Low</a></p>",
     ["Ann Low"]),
    (['<meta itemprop="author" content="Ann Low">'], "", ["Ann Low"]),
    (['<meta name="author" content="Tarn Gazette">', '<meta property="article:author" content="Ann Low">'], "",
     ["Ann Low"]),
    (['<meta name="author" content="The Dispatch">', '<meta property="og:site_name" content="The Dispatch">'],
     "<p class='byline'>By Ann Low</p>", ["By Ann Low"]),
    (['<meta name="author" content="Tarn Gazette">'], "<p class='byline'>Tarn</p>", ["Tarn Gazette"]),
    ([], "<p class='byline'>By Ann Low and Bo Ray</p>", ["By Ann Low and Bo Ray"]),
    ([], "<p>By Ann Low</p>", ["By Ann Low"]),
    ([], "<span itemprop='author'><span itemprop='name'>Ann Low</span></span>", ["Ann Low"]),
    ([], "<p>By Monday all was well again, and by Tuesday it was not.</p>", None),
])
def test_authors_of_a_page(tags: list[str], body: str, authors: list[str] | None) -> None:
    """Several tags, all the usual names; an address or a handle is nobody."""
    assert head(*tags, body=f"<h1>Ferry</h1>{body}").get("author") == authors


def test_a_lesser_heading_that_is_marked_as_the_title() -> None:
    """Where no heading of the first rank gives it; two such headings are a list of stories."""
    story = "<h3 class='post-title entry-title'>Ferry Sinks</h3>"
    assert head("<title>Notes: Ferry Sinks</title>", body=story)["title"] == "Ferry Sinks"
    assert head("<title>Notes</title>", body=story + story.replace("Sinks", "Rises"))["title"] == "Notes"


def test_an_old_page_has_byline_and_day_below_its_headline() -> None:
    """Without any marks for them, lines parted by breaks."""
    page = ("<title>Ferry Stays</title><font size=5><b>Ferry Stays</b></font><br>By Ann Low<br>May 4, 1998<br><br>"
            "The ferry stayed.<br><br>Nobody minded.")
    found = article(page)
    assert (found.title, found.author, str(found.published)[:10]) == ("Ferry Stays", "Ann Low", "1998-05-04")


def test_a_line_that_points_to_another_story_is_dropped() -> None:
    """Also where it stands within the story."""
    pointer = "<p>Read more: <a href='/b'>“I never rowed,” says Lord Pim</a></p>"
    story = STORY.replace("<blockquote>", f"{pointer}<blockquote>")
    assert "Lord Pim" not in text_of(AROUND.format(story=story))[0]


@pytest.mark.parametrize(("tags", "body", "date"), [
    (['<meta property="article:published_time" content="2012-03-28T12:30:00-05:00">'], "", "2012-03-28T12:30:00-05:00"),
    (['<meta itemprop="datePublished" content="2012-03-28">'], "", "2012-03-28"),
    ([], "<time datetime='2012-03-28'>28 March</time>", "2012-03-28"),
    ([], "<p><time>28 March 2012</time></p>", "28 March 2012"),
    ([], "<p class='post-date'>28 March 2012</p>", "28 March 2012"),
    (['<meta property="article:published_time" content="2012-03-29T01:30:00Z">'],
     "<p class='date'>March 28, 2012 8:30 pm</p>", "March 28, 2012 8:30 pm"),
    (['<meta property="article:published_time" content="2012-03-29T01:30:00Z">'], "", "2012-03-29T01:30:00Z"),
    (['<meta property="article:published_time" content="2012-03-29T01:30:00Z">'], "<p class='date'>May 2, 2012</p>",
     "2012-03-29T01:30:00Z"),
    (['<link rel="canonical" href="http://x.example/2012/03/28/ferry.html">'], "", "2012-03-28"),
    (['<meta name="date" content="soon">'], "<time datetime='2012-03'>March</time>", "2012-03"),
])
def test_days_of_a_page(tags: list[str], body: str, date: str) -> None:
    """By tag, by <time> behind the headline, by address; a stamp of Greenwich gives way to the day that is shown."""
    assert head(*tags, body=f"<h1>Ferry</h1>{body}")["date"] == date


def test_a_time_before_the_headline_is_another_storys() -> None:
    """The latest news stand beside."""
    body = "<time datetime='2019-01-01'></time><main><h1>Ferry</h1><time datetime='2012-03-28'></time></main>"
    assert head(body=body)["date"] == "2012-03-28"


def test_a_head_of_any_length() -> None:
    """Scripts may fill half a megabyte before the first tag that says something."""
    assert head(f"<script>{'x' * 600_000}</script>", '<meta name="author" content="Ann Low">')["author"] == ["Ann Low"]


@pytest.mark.parametrize("page", [
    "<div>" * 20_000 + "x", "<p>" + "<b>" * 20_000 + "Words.", "<html><head>" + "<meta name=author content=x>" * 20_000,
    "<script type='application/ld+json'>" + "[" * 100_000, "<h1>" * 5_000 + "x",
    "<!-- BEGIN WAYBACK TOOLBAR INSERT -->" * 500,
    "<table>" * 3_000 + "x", "<a href='" + "x" * 100_000 + "'>y</a>", "\0" * 10 + "<p>x</p>", "<![CDATA[" * 1_000,
    "&#x110000;x",
], ids=lambda page: page[:9])
def test_hostile_pages_are_read(page: str) -> None:
    """Depth, numbers, comments without end: whatever there is, is text or nothing."""
    draft = page_draft(page)
    assert "\n\n" not in text_of(draft.body)[0]


@settings(max_examples=50)
@given(st.lists(st.sampled_from([
    "<p>", "</p>", "<h1>", "<time datetime=2012>", "<meta name=date content=2012-13-45>", "<blockquote>", "</div>",
    "text ",
    "<script type='application/ld+json'>{", "<title>", "“no,” he said. ", "<html>", "</body>", "<article>", "<nav>",
]), max_size=30).map("".join))
def test_any_page_is_read(page: str) -> None:
    """Spans lie in the text."""
    text, blocks, links = text_of(page_draft(page).body)
    assert all(0 <= each.start <= each.end <= len(text) for each in [*(block.span for block in blocks),
                                                                     *(link.span for link in links)])
