"""Files that hold many articles: what each format gives, and what happens to files that are not as they should be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from indexer.errors import ArticleError
from indexer.models import Article
from indexer.reading import json_lists, markup, packed, read_article, tables, warc as crawls
from indexer.reading.articles import attempted, stories
from indexer.reading.columns import chosen
from indexer.reading.drafts import Draft, Options, Passed, Source
from indexer.reading.formats import FORMATS, format_that_begins
from indexer.reading.keys import LONGEST, key_of
from tests.reading.written import found_in, ids, warc, word_file, zipped

HERE = Path(__file__).parent / "collections"
FERRY = "Ferry Fares Rise"


# --- What each format gives ------------------------------------------------------------------------------


# File → for each story its id, title, what the file says of author and day, text.
STORIES: dict[str, list[tuple[str, str, object, str, str]]] = {
    "articles.csv": [
        ("articles.csv#f-1", FERRY, "Ann Low", "2012-03-28", '"It floats," said Ruth Adeyemi, the mayor.\nShe left.'),
        ("articles.csv#f-2", "Second Story", None, "29 March 2012", "The wall is wet.\nIt dries.")],
    "rows.tsv": [("rows.tsv#8", "Tabs", None, "", "The words are here.")],
    "malformed.csv": [("malformed.csv#lost-goat", "Lost Goat", None, "", "A goat is lost."),
                      ("malformed.csv#last", "Last", None, "", 'The "end".')],
    "lines.jsonl": [
        ("lines.jsonl#7", FERRY, ["Ann Low"], "2012-03-28T12:30:00", "“It floats,” said Ruth Adeyemi."),
        ("lines.jsonl#wet-wall", "Wet Wall", None, "2012-03-28T12:00:00+00:00", "The wall is wet.")],
    "list.json": [
        ("list.json#dispatch.example/2012/03/ferry-fares", FERRY, None, "2012-03-28",
         "“It floats,” said Ruth Adeyemi.\nShe left."),
        ("list.json#dispatch.example/2012/03/_/wall", "Wet Wall", None, "", "The wall is wet.")],
    "object.json": [("object.json#a-1", FERRY, None, "2012-03-28", "“It floats,” said Ruth Adeyemi.")],
    "one.json": [("one.json", FERRY, None, "", "“It floats,” said Ruth Adeyemi.")],
    "malformed.json": [("malformed.json#1", "", None, "", "The wall is wet."),
                       ("malformed.json#2", "", None, "", "A goat is lost.")],
    "wordpress.xml": [
        ("wordpress.xml#ferry-fares", "Ferry Fares & Fees Rise", "Ann Low", "2012-03-28 12:30:00",
         '"It floats," said Ruth Adeyemi, the mayor.\nThe ferry at dawn\nFares must rise.\nShe left.')],
    "feed.xml": [("feed.xml#dispatch.example/ferry", FERRY, "Ann Low", "Wed, 28 Mar 2012 12:30:00 -0500",
                  '"It floats," said Ruth Adeyemi.')],
    "atom.atom": [("atom.atom#dispatch.example/ferry", FERRY, ["Ann Low", "Bo Reed"], "2012-03-28T12:30:00-05:00",
                   "“It floats,” said Ruth Adeyemi.\nShe left & wept.")],
    "cut.xml": [("cut.xml#dispatch.example/ferry", "Ferry", None, "", "The ferry floats.")],
    "story.nitf.xml": [("story.nitf.xml", FERRY, "By ANN LOW", "20120328T000000",
                        '"It floats," said Ruth Adeyemi.\nFares must rise.\nThe ferry at dawn\nShe left.')],
    "newsml.xml": [
        ("newsml.xml#urn:newsml:dispatch.example:20120328:1", FERRY, "Ann Low", "2012-03-28T12:30:00-05:00",
         '"It floats," said Ruth Adeyemi.'),
        ("newsml.xml#urn:2", "Wet Wall", None, "", "The wall is wet.")],
    "nexis.txt": [
        ("nexis#march-28,-2012-wednesday-ferry-fares-rise", FERRY, "ANN LOW", "March 28, 2012 Wednesday",
         '"It floats," said Ruth Adeyemi, the mayor of Calder.\nShe left.'),
        ("nexis#march-29,-2012-wet-wall", "Wet Wall", None, "March 29, 2012", "The wall is wet.")],
    "factiva.html": [
        ("factiva#CALD000020120328e83s00001", FERRY, "By Ann Low", "28 March 2012",
         '"It floats," said Ruth Adeyemi.\nShe left.'),
        ("factiva#CALD000020120329e83s00002", "Wet Wall", None, "29 March 2012", "The wall is wet.\nIt dries.")],
    "proquest.html": [("proquest#9000000001", FERRY, "Low, Ann", "Mar 28, 2012",
                       '"It floats," said Ruth Adeyemi.\nShe left.')],
}
# File → what is said of what in it is no article, by line where there is one; with what reading ended, if not well.
PROBLEMS: dict[str, tuple[list[tuple[int | None, str]], str | None]] = {
    "rows.tsv": ([(2, "4 cells where the head has 3")], None),
    "malformed.csv": ([(2, "4 cells where the head has 3"), (5, "a row that cannot be read: ';' expected after '\"'"),
                       (8, "6: no text")], None),
    "lines.jsonl": ([(4, "no column that is the story's text among: title"), (5, "no object"),
                     (6, "not JSON: ")], None),
    "malformed.json": ([], "not JSON: Expecting value"),
    "feed.xml": ([(7, "Empty: no text")], None),
    "cut.xml": ([], "XML that is not well formed, read as far as it goes: Premature end of data"),
    "factiva.html": ([(None, "article 3: no text")], None),
    "proquest.html": ([(None, "9000000002: no full text")], None),
}


def test_every_file_is_in_the_table() -> None:
    """No file without a test."""
    assert sorted(path.name for path in HERE.iterdir()) == sorted(STORIES)


@pytest.mark.parametrize("name", STORIES)
def test_the_stories_of_a_file(name: str) -> None:
    """Their ids, what the file says of them, and their text."""
    source, found, _ = found_in(HERE / name)
    read = [(each, attempted(each, source)) for each in found if isinstance(each, Draft)]
    assert [(done.article.id, done.article.title, draft.fields.get("author"), draft.fields.get("date", ""),
             done.article.text) for draft, done in read if not isinstance(done, ArticleError)] == STORIES[name]


@pytest.mark.parametrize("name", STORIES)
def test_what_is_no_article_is_named(name: str) -> None:
    """With its line, and the rest of the file is read."""
    source, found, end = found_in(HERE / name)
    wrong = [each if isinstance(each, ArticleError) else attempted(each, source) for each in found
             if not isinstance(each, Passed)]
    named = [(each.line, each.reason) for each in wrong if isinstance(each, ArticleError)]
    expected, ended = PROBLEMS.get(name, ([], None))
    assert [line for line, _ in named] == [line for line, _ in expected]
    assert all(reason.startswith(begins) for (_, reason), (_, begins) in zip(named, expected))
    assert end == ended or end is not None and ended is not None and end.startswith(ended)


def test_what_was_not_published_is_passed_over() -> None:
    """Drafts and what needs a password stay where they are; images are no articles."""
    _, found, _ = found_in(HERE / "wordpress.xml")
    assert [each.reason for each in found if isinstance(each, Passed)] == [
        *["not published: drafts, private and deleted posts"] * 2, "items of the kind attachment, no articles"]


def test_captions_and_quotations_of_a_post_are_such() -> None:
    """Short codes become what they show."""
    source, found, _ = found_in(HERE / "wordpress.xml")
    draft = next(each for each in found if isinstance(each, Draft))
    read = attempted(draft, source)
    assert not isinstance(read, ArticleError)
    assert [(each.kind, each.span.of(read.article.text)) for each in read.article.blocks] == [
        ("caption", "The ferry at dawn"), ("quotation", "Fares must rise.")]


# --- Tables and objects ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("names", "configured", "found"), [
    (["Headline", "Full Text", "Pub. Date"], {}, {"title": "Headline", "text": "Full Text", "date": "Pub. Date"}),
    (["title", "articleBody", "datePublished"], {}, {"title": "title", "text": "articleBody", "date": "datePublished"}),
    (["kop", "tekst", "text"], {"title": "kop", "text": "TEKST"}, {"title": "kop", "text": "tekst"}),
    (["body", "description", "_id"], {}, {"text": "body", "id": "_id"}),
    (["a", "b"], {"text": "c"}, {}),
])
def test_columns_are_recognised(names: list[str], configured: dict[str, str], found: dict[str, str]) -> None:
    """By their usual names however they are written, or as onrecord.toml says."""
    assert chosen(names, Options(columns=configured)) == found


@pytest.mark.parametrize(("content", "ids_", "reason"), [
    ("text\nOne.\nTwo.\n", ["t.csv#1", "t.csv#2"], None),
    ("id,text\nx,One.\nx,Two.\n", ["t.csv#x", "t.csv#x~2"], None),
    ("id,text\nx~2,One.\nx,Two.\nx,Three.\n", ["t.csv#x~2", "t.csv#x", "t.csv#x~3"], None),
    ("id;text\nx;One, or two.\n", ["t.csv#x"], None),
    ("id|text\nx|One.\n", ["t.csv#x"], None),
    ("name,size\nx,3\n", [], "no column that is the story's text among: name, size"),
    ("id,text\n", [], None),
])
def test_tables_of_every_shape(tmp_path: Path, content: str, ids_: list[str], reason: str | None) -> None:
    """Whatever parts their cells; a row without an id is counted."""
    (tmp_path / "t.csv").write_text(content)
    source, found, end = found_in(tmp_path / "t.csv")
    assert ids(source, found) == ids_
    assert (end or "").startswith(reason or "") and bool(end) == bool(reason)


@pytest.mark.parametrize(("content", "text"), [
    ("id,text\n1,Café “open”\n".encode(), "Café “open”"),
    ("id,text\n1,Café “open”\n".encode("utf-8-sig"), "Café “open”"),
    ("id,text\n1,Café “open”\n".encode("utf-16"), "Café “open”"),
    ("id,text\n1,Café “open”\n".encode("cp1252"), "Café “open”"),
    (b"id,text\n1,Caf\xc3\xa9 first\n2,Caf\xe9 then\n", "Café first"),
])
def test_encodings_of_tables(tmp_path: Path, content: bytes, text: str) -> None:
    """Cells of one table may be in two."""
    (tmp_path / "t.csv").write_bytes(content)
    _, found, _ = found_in(tmp_path / "t.csv")
    assert isinstance(found[0], Draft) and found[0].body == text
    assert all(isinstance(each, Draft) and "Caf\u00e9" in each.body for each in found)


def test_a_mark_without_a_partner_costs_its_row(tmp_path: Path) -> None:
    """It does not swallow the rest of the table."""
    rows = "".join(f"{number},Story {number}.\n" for number in range(2, 100))
    (tmp_path / "t.csv").write_text(f'id,text\n1,"Story 1.\n{rows}')
    source, found, end = found_in(tmp_path / "t.csv")
    assert ids(source, found) == [f"t.csv#{number}" for number in range(2, 100)]
    assert [(each.line, each.reason) for each in found if isinstance(each, ArticleError)] == [
        (2, "a row that cannot be read: unexpected end of data")]
    assert end is None


@pytest.mark.parametrize("wrapped", [
    {"articles": [{"text": "One."}]}, {"response": {"docs": [{"text": "One."}]}},
    {"hits": {"hits": [{"_id": "1", "_source": {"text": "One."}}]}}, [{"text": "One."}], {"text": "One."},
])
def test_lists_are_found_in_objects(tmp_path: Path, wrapped: Any) -> None:
    """As programs and search engines wrap them."""
    (tmp_path / "t.json").write_text(json.dumps(wrapped))
    _, found, _ = found_in(tmp_path / "t.json")
    assert [each.body for each in found if isinstance(each, Draft)] == ["One."]


def test_objects_a_line_in_a_file_that_is_called_json(tmp_path: Path) -> None:
    """Programs call both so."""
    (tmp_path / "t.json").write_text('{"text": "One."}\n{"text": "Two."}\n')
    _, found, _ = found_in(tmp_path / "t.json")
    assert [each.body for each in found if isinstance(each, Draft)] == ["One.", "Two."]


def test_a_list_longer_than_a_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects, numbers and signs may be cut anywhere."""
    monkeypatch.setattr(json_lists, "PIECE", 7)
    (tmp_path / "t.json").write_text(json.dumps([{"id": number, "text": f"Café “{number}”"} for number in range(30)],
                                                ensure_ascii=False), "utf-8")
    source, found, end = found_in(tmp_path / "t.json")
    assert ids(source, found) == [f"t.json#{number}" for number in range(30)] and end is None
    assert [each.body for each in found if isinstance(each, Draft)] == [f"Café “{number}”" for number in range(30)]


def test_stories_without_any_key_are_told_apart(tmp_path: Path) -> None:
    """Items of an agency's message that have no guid: none takes the place of another."""
    item = "<newsItem><inlineXML><p>Wall {}.</p></inlineXML></newsItem>"
    (tmp_path / "m.xml").write_text(f"<newsMessage>{item.format(1)}{item.format(2)}</newsMessage>")
    source, found, end = found_in(tmp_path / "m.xml")
    assert ids(source, found) == ["m.xml", "m.xml#~2"] and end is None


@pytest.mark.parametrize(("name", "content"), [
    ("t.json", '{"title": "x\\ud800", "text": "One \\udc00.", "by\\ud800": ["\\ud800"]}'),
    ("t.md", '{"title": "x\\ud800", "k\\udc00": {"\\ud800": "\\udc00"}}\n\nOne.\n'),
    ("t.html", '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x\\ud800"}</script><p>One.'),
])
def test_half_a_letter_costs_no_story(tmp_path: Path, name: str, content: str) -> None:
    """JSON can write a surrogate alone; what no encoding can hold is replaced, and all else is kept."""
    (tmp_path / name).write_text(content)
    article = read_article(tmp_path / name, tmp_path)
    assert article.title == "x\ufffd" and article.text.startswith("One")
    assert repr(article).encode() and str(article.extra).encode()


@pytest.mark.parametrize(("named", "key"), [
    (["f-1"], "f-1"), (["", None, 7], "7"), (["https://www.a.example//x/../y/?p=1#q7"], "a.example/x/_/y/?p=1-q7"),
    (["../../etc/passwd"], "_/_/etc/passwd"), ([" Ferry  Fares\n"], "Ferry-Fares"), (["…"], ""), (["."], "_"),
])
def test_keys(named: list[object], key: str) -> None:
    """They say what they mean and lead nowhere else."""
    assert key_of(*named) == key


@given(st.text())
def test_any_text_makes_a_safe_key(text: str) -> None:
    """In one piece, without what an address or a path would take for something else."""
    key = key_of(text)
    assert len(key) <= LONGEST and "#" not in key and "//" not in key and key == key.strip("/ ")
    assert not {".", ".."} & set(key.split("/"))


# --- Crawls, Word files, ZIP files -----------------------------------------------------------------------

PAGE = b"<html><head><title>Ferry Fares Rise</title></head><body><p>It floats, said Ruth Adeyemi.</p></body></html>"
RECORDS = (
    ("https://dispatch.example/ferry", "200 OK", "text/html; charset=utf-8", PAGE),
    ("https://dispatch.example/caf", "200 OK", "text/html; charset=iso-8859-1", "<p>Caf\u00e9.</p>".encode("latin-1")),
    ("https://dispatch.example/gone", "404 Not Found", "text/html", PAGE),
    ("https://dispatch.example/boat.jpg", "200 OK", "image/jpeg", b"\xff\xd8"),
    ("https://dispatch.example/../../etc/passwd", "200 OK", "text/html", PAGE),
)
CRAWLED = ["dispatch.example/ferry", "dispatch.example/caf", "dispatch.example/_/_/etc/passwd"]


@pytest.mark.parametrize(("name", "content"), [
    ("c.warc.gz", warc(*RECORDS)), ("c.warc", warc(*RECORDS, packed=False)),
    ("c.wacz", zipped({"archive/data.warc.gz": warc(*RECORDS), "pages/pages.jsonl": b"{}"})),
    ("c.wacz", zipped({"../../outside.warc.gz": warc(*RECORDS)})),
])
def test_pages_of_a_crawl(tmp_path: Path, name: str, content: bytes) -> None:
    """Only those that were given as found; their ids are their addresses, which lead nowhere else."""
    (tmp_path / name).write_bytes(content)
    source, found, end = found_in(tmp_path / name)
    assert ids(source, found) == [f"{name}#{each}" for each in CRAWLED] and end is None
    assert [each.reason.split(":")[0] for each in found if isinstance(each, Passed)] == [
        "pages that were not given", "images, styles, programs and other things that are no pages"]
    cafe = next(each for each in found if isinstance(each, Draft) and each.key.endswith("caf"))
    assert "Café" in cafe.body
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_mistake_of_ours_costs_that_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others of the crawl are read."""
    def fail(page: str, *more: str) -> Draft:
        raise RuntimeError("no such branch")

    monkeypatch.setattr("indexer.reading.web_page.page_draft", fail)
    (tmp_path / "c.warc.gz").write_bytes(warc(*RECORDS[:2]))
    _, found, end = found_in(tmp_path / "c.warc.gz")
    assert [each.reason for each in found if isinstance(each, ArticleError)] == [
        f"{address}: could not be understood (RuntimeError: no such branch)" for address, *_ in RECORDS[:2]]
    assert end is None


def test_what_is_no_response_is_passed_over(tmp_path: Path) -> None:
    """Revisits, requests, and what else a crawl writes down."""
    (tmp_path / "c.warc.gz").write_bytes(warc(RECORDS[0], kind="revisit"))
    _, found, _ = found_in(tmp_path / "c.warc.gz")
    assert [type(each) for each in found] == [Passed]


NEXIS = [
    "User Name: somebody", "Documents (1)", "Ferry Fares Rise", "The Calder Dispatch", "March 28, 2012 Wednesday",
    "Copyright 2012 The Calder Dispatch All Rights Reserved", "Section: HARBOR; Pg. 3", "Length: 120 words",
    "Byline: Ann Low", "Body", "&quot;It floats,&quot; said Ruth Adeyemi.", "She left.", "Load-Date: March 28, 2012",
    "End of Document", "Wet Wall", "The Calder Dispatch", "March 29, 2012", "Length: 20 words", "Body",
    "The wall is wet.", "End of Document",
]


def test_a_word_file_of_nexis(tmp_path: Path) -> None:
    """Headline above paper and day; a paragraph is a paragraph."""
    (tmp_path / "n.docx").write_bytes(word_file(NEXIS))
    source, found, end = found_in(tmp_path / "n.docx")
    assert end is None
    assert [(each.fields["title"], each.fields["date"], each.fields.get("author"), each.body)
            for each in found if isinstance(each, Draft)] == [
        (FERRY, "March 28, 2012 Wednesday", "Ann Low", '"It floats," said Ruth Adeyemi.\n\nShe left.'),
        ("Wet Wall", "March 29, 2012", None, "The wall is wet.")]
    assert ids(source, found)[1] == "n.docx#march-29,-2012-wet-wall"


# --- Hostile files ---------------------------------------------------------------------------------------

LAUGHS = ('<!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefghi", "bcdefghij")) + "]>")
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % y SYSTEM "http://127.0.0.1:9/y"> %y;]>'
ITEM = "<item><title>{0}</title><link>https://a.example/1</link><description>The wall is wet.{0}</description></item>"


@pytest.mark.parametrize(("head", "sign"), [(LAUGHS, "&j;"), (OUTSIDE, "&x;")])
def test_entities_are_never_resolved(tmp_path: Path, head: str, sign: str) -> None:
    """A billion laughs are one; no file and no address is opened."""
    (tmp_path / "f.xml").write_text(f'<?xml version="1.0"?>{head}<rss><channel>{ITEM.format(sign)}</channel></rss>')
    _, found, _ = found_in(tmp_path / "f.xml")
    bodies = [each.body for each in found if isinstance(each, Draft)]
    assert all(len(body) < 100 and "root:" not in body for body in bodies)


def crowded(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too large is small, for a test."""
    monkeypatch.setattr(markup, "LARGEST", 200_000)
    monkeypatch.setattr(tables, "LONGEST", 10_000)
    monkeypatch.setattr(json_lists, "LONGEST", 10_000)
    monkeypatch.setattr(json_lists, "LARGEST", 20_000)
    monkeypatch.setattr(json_lists, "PIECE", 4_000)
    monkeypatch.setattr(crawls, "LARGEST", 10_000)
    monkeypatch.setattr(packed, "SMALL", 1_000)
    monkeypatch.setattr(packed, "MOST_FILES", 5)


LONG = "The wall is wet. " * 1_000
HOSTILE = [
    ("depth.xml", f"<rss><channel>{'<item>' * 5_000}".encode(), "XML that"),
    ("depth2.xml", f"<rss><channel><item><description>{'<b>' * 5_000}x".encode(), "XML that"),
    ("size.xml", f"<rss><channel><item><description>{'<b>x</b>' * 50_000}".encode(), "an article of more than 200,000"),
    ("coding.xml", b'<?xml version="1.0" encoding="x-none"?><rss><channel><item>', "XML that"),
    ("torn.xml", b"<rss><channel><item><title>\xff\xfe\x00</title></item></channel>", "XML that"),
    ("other.xml", b"<urlset><url/></urlset>", "not WordPress exports, RSS and Atom feeds, NITF or NewsML-G2"),
    ("depth.json", b"[" * 100_000, "objects in one another too deep"),
    ("depth2.json", b'{"a":' * 3_000, "objects in one another too deep"),
    ("size.json", f'[{{"text": "{LONG}'.encode(), "not JSON"),
    ("size2.json", f'{{"text": "{LONG}{LONG}"}}'.encode(), "one object of more than 20,000 bytes"),
    ("number.json", b'[{"text": ' + b"9" * 5_000 + b"}]", "not JSON"),
    ("line.csv", f"id,text\n1,{LONG}".encode(), "a line of more than 10,000 characters"),
    ("torn.warc.gz", warc(RECORDS[0])[:80], "a WARC file that cannot be read on"),
    ("none.warc.gz", b"\x1f\x8b" + bytes(100), "a WARC file that cannot be read on"),
    ("none.warc", b"no crawl at all\n" * 20, "a WARC file that cannot be read on"),
    ("empty.wacz", zipped({"a.txt": b"x"}), "there is no WARC file in it"),
    ("torn.wacz", zipped({"a.warc": warc(RECORDS[0])})[:-30], "a ZIP file that cannot be read"),
    ("bomb.wacz", zipped({"a.warc": bytes(5_000_000)}), "'a.warc' in it would unpack to 5,000,000 bytes"),
    ("many.wacz", zipped({f"{number}.warc": b"" for number in range(9)}), "holds more than can be unpacked"),
    ("bomb.docx", zipped({"word/document.xml": bytes(5_000_000)}), "'word/document.xml' in it would unpack to"),
    ("report.docx", word_file(["A letter."]), "an office file, and no download of Nexis: convert"),
    ("empty.docx", zipped({"x": b""}), "there is no word/document.xml in it"),
    ("laughs.docx", zipped({"word/document.xml": f"{LAUGHS}<rss><p>&j;</p></rss>".encode()}), "XML that"),
    ("none.docx", b"no Word file", "not downloads of Nexis"),
]


@pytest.mark.parametrize(("name", "content", "reason"), HOSTILE, ids=[name for name, _, _ in HOSTILE])
def test_hostile_files_are_named(
    tmp_path: Path, name: str, content: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what is wrong; nothing is unpacked, followed or read without end."""
    crowded(monkeypatch)
    (tmp_path / name).write_bytes(content)
    try:
        _, found, end = found_in(tmp_path / name)
    except ArticleError as error:
        found, end = [], error.reason
    assert (end or "").startswith(reason)
    assert [each for each in found if isinstance(each, Draft) and len(each.body) > 1_000] == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


@pytest.mark.parametrize(("name", "content", "reason"), [
    ("t.jsonl", f'{{"text": "{LONG}"}}\n{{"text": "One."}}\n'.encode(), "a line of more than 10,000 bytes"),
    ("t.jsonl", b"[" * 9_000 + b'\n{"text": "One."}\n', "objects in one another too deep"),
    ("t.jsonl", b'\xff\xfe\x00\n{"text": "One."}\n', ""),
    ("t.warc.gz", warc(("https://a.example/x", "200 OK", "text/html", LONG.encode()),
                       ("https://a.example/y", "200 OK", "text/html", b"<p>One.</p>")),
     "https://a.example/x: larger than 10,000 bytes"),
    ("t.wacz", zipped({"a.warc.gz": warc(RECORDS[0])[:-60], "b.warc.gz": warc(
        ("https://a.example/y", "200 OK", "text/html", b"<p>One.</p>"))}), "https://dispatch.example/ferry: cut off"),
    ("t.warc.gz", warc(("https://a.example/x", "200 OK", "text/html", b""),
                       ("https://a.example/y", "200 OK", "text/html", b"<p>One.</p>")), "https://a.example/x: empty"),
])
def test_a_hostile_article_costs_itself(
    tmp_path: Path, name: str, content: bytes, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next is read."""
    crowded(monkeypatch)
    (tmp_path / name).write_bytes(content)
    _, found, end = found_in(tmp_path / name)
    assert isinstance(found[0], ArticleError) and found[0].reason.startswith(reason)
    assert isinstance(found[1], Draft) and "One." in found[1].body and end is None


SUFFIXES = sorted({suffix for each in FORMATS for suffix in each.suffixes})
BEGINNINGS = [path.read_bytes()[:1_500] for path in sorted(HERE.iterdir())] + [warc(RECORDS[0]), b"", b"PK\x03\x04"]


@settings(max_examples=300)
@given(st.sampled_from(SUFFIXES), st.sampled_from(BEGINNINGS), st.binary(max_size=60), st.integers(0, 1_500))
def test_any_bytes_are_stories_or_errors(suffix: str, start: bytes, more: bytes, at: int) -> None:
    """Whatever lies in an archive under whatever name, nothing else is raised."""
    data = start[:at] + more + start[at:]
    source = Source(Path(f"/archive/a{suffix}"), f"a{suffix}", "a", data)
    try:
        assert format_that_begins(source.path, data)
        for found in stories(source):
            read = attempted(found, source) if isinstance(found, Draft) else found
            assert isinstance(read, ArticleError | Passed) or isinstance(read.article, Article)
    except ArticleError as error:
        assert error.reason
