"""Files to articles: encodings, front matter, dates, ids, walking the folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from indexer.errors import ArticleError
from indexer.models import Article
from indexer.reading.archive import article_id, article_of, open_source, read_article, walk
from indexer.reading.articles import LONGEST_TITLE
from indexer.reading.bylines import authors_of
from indexer.reading.drafts import Options
from tests.work import is_linear

STORY = """---
author: Nadia Okafor
date: Mar 28, 2012 12:30 pm
title: Levy: Soda Makers "Swear" Revenge
---


\t\t\t<p>&quot;No,&quot; said Ruth Adeyemi.</p>

<p>She left.</p>
"""


def read(tmp_path: Path, content: str | bytes, name: str = "story.md") -> Article:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_article(path, tmp_path)


def test_a_story_as_the_archive_has_it(tmp_path: Path) -> None:
    """Front matter and body become an article whose id is its path."""
    article = read(tmp_path, STORY, "nadia-okafor/levy.md")
    assert article == Article(
        id="nadia-okafor/levy", path="nadia-okafor/levy.md", title='Levy: Soda Makers "Swear" Revenge',
        author="Nadia Okafor", published=datetime(2012, 3, 28, 12, 30), text='"No," said Ruth Adeyemi.\nShe left.',
        authors=("Nadia Okafor",),
    )


@pytest.mark.parametrize(("content", "title", "author", "text"), [
    ("---\ntitle: T\nauthor: A\n---\nBody.", "T", "A", "Body."),
    ("---\ntitle: T\n---\nBody.", "T", "", "Body."),
    ("---\ntitle:\nauthor: A\n---\nBody.", "", "A", "Body."),
    ("---\n---\nBody.", "", "", "Body."),
    ("\n\n---\r\nTITLE : T\r\n---\r\nBody.\r\nMore.", "T", "", "Body.\nMore."),
    ("---\ntitle: A long\n  headline\n---\nBody.", "A long headline", "", "Body."),
    ("---\ntitle: \"Sugar: A Life\"\nauthor: \"A\"\n---\nBody.", "Sugar: A Life", "A", "Body."),
    ("---\ntitle: \"We Did This\"\nauthor: A\n---\nBody.", "We Did This", "A", "Body."),
    ("---\ntitle: The <em>Ann Low</em> &#8211; Home\n---\nBody.", "The Ann Low – Home", "", "Body."),
    ("---\ntitle: T\nsummary: All that there is.\n---\n", "T", "", "All that there is."),
    ("---\ntitle: M&M;'s &amp; Q&amp;A;\n---\nBody.", "M&M's & Q&A", "", "Body."),
    ("---\ntitle: <script>x</script>\n---\nBody.", "<script>x</script>", "", "Body."),
    ("---\ntitle: T\n...\nBody.", "T", "", "Body."),
    ("Body only.", "", "", "Body only."),
    ("---\n\nA rule above a story.", "", "", "A rule above a story."),
])
def test_front_matter_of_every_shape(tmp_path: Path, content: str, title: str, author: str, text: str) -> None:
    """Any order, missing lines, continued lines, marks that are syntax and marks that are not, none at all."""
    article = read(tmp_path, content)
    assert (article.title, article.author, article.text) == (title, author, text)


def test_further_lines_of_front_matter_are_kept(tmp_path: Path) -> None:
    """What we do not know goes to extra."""
    assert read(tmp_path, "---\nurl: http://x.example/a\ntitle: T\n---\nBody.").extra == {"url": "http://x.example/a"}


@pytest.mark.parametrize(("content", "reason", "line"), [
    (b"", "empty", None),
    (b" \n ", "empty", None),
    (b"\x89PNG\r\n\x00\x00", "binary", None),
    ("---\ntitle: T\nBody without an end.", "front matter without end", 1),
    ("\n\n---\ntitle: T\n", "front matter without end", 3),
    ("---\n" + "key: value\n" * 600 + "---\nBody.", "front matter of more than 500 lines", 1),
    ("---\ntitle: T\n---\n<script>var x;</script>", "no text", 4),
    ("---\ntitle: T\n---\n", "no text", 4),
    ("---\ntitle:\n---\n\nnull", "no text", 4),
])
def test_what_cannot_be_an_article_says_why(
    tmp_path: Path, content: str | bytes, reason: str, line: int | None
) -> None:
    """The error names file, line and cause."""
    with pytest.raises(ArticleError) as caught:
        read(tmp_path, content)
    assert caught.value.reason.startswith(reason)
    assert caught.value.line == line
    assert "story.md" in str(caught.value)


def test_a_file_larger_than_the_limit_is_named(tmp_path: Path) -> None:
    """The limit is the caller's to set."""
    (tmp_path / "big.txt").write_text("word " * 1_000)
    with pytest.raises(ArticleError, match="larger than 4,000 bytes"):
        read_article(tmp_path / "big.txt", tmp_path, max_bytes=4_000)


def test_a_file_that_vanished_is_named(tmp_path: Path) -> None:
    """A file may go between the walk and the reading."""
    with pytest.raises(ArticleError, match="No such file"):
        read_article(tmp_path / "gone.md", tmp_path)


def test_a_pipe_named_like_an_article_is_named_not_waited_for(tmp_path: Path) -> None:
    """Only regular files are read."""
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(ArticleError, match="not a regular file"):
        read_article(tmp_path / "pipe.md", tmp_path)


@pytest.mark.parametrize("content", [
    "Café “open”".encode(),
    "Café “open”".encode("utf-8-sig"),
    "Café “open”".encode("utf-16"),
    "\ufeffCafé “open”".encode("utf-16-be"),
    "Café “open”".encode("cp1252"),
], ids=["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_encodings(tmp_path: Path, content: bytes) -> None:
    """The encodings that archives are written in read alike."""
    assert read(tmp_path, content).text == "Café “open”"


def test_a_page_may_declare_its_encoding(tmp_path: Path) -> None:
    """What is no UTF-8 is read as the page says."""
    page = '<html><meta charset="iso-8859-2"><body><p>Łódź</p>'.encode("iso-8859-2")
    assert read(tmp_path, page, "page.html").text == "Łódź"


@pytest.mark.parametrize(("name", "body", "text"), [
    ("a.md", "One line.\nAnother.", "One line.\nAnother."),
    ("a.md", "Wrapped\nlines.\n\nNext\nparagraph.", "Wrapped lines.\nNext paragraph."),
    ("a.md", "Fares:\n\n- one\n- two", "Fares:\none\ntwo"),
    ("a.md", "Tom &amp; Ann, 5 < 6", "Tom & Ann, 5 < 6"),
    ("a.md", "One<br>two.", "One two."),
    ("a.txt", "<b>as it stands</b>", "<b>as it stands</b>"),
    ("a.html", "No tags\nat all", "No tags at all"),
    ("a.md", "a <- b\n\n<not a tag>", "a <- b\n<not a tag>"),
])
def test_plain_bodies_keep_their_paragraphs(tmp_path: Path, name: str, body: str, text: str) -> None:
    """A body is HTML when it holds a tag of HTML, or its file says so; a .txt file never is."""
    assert read(tmp_path, body, name).text == text


@pytest.mark.parametrize(("head", "title", "author", "published", "url"), [
    ("<title>Ferry &amp; Fares</title>", "Ferry & Fares", "", None, None),
    ('<meta property="og:title" content="Ferry"><title>Ferry - The Dispatch</title><meta name=Author content="Ann Low">'
     '<meta property="article:published_time" content="2012-03-28T12:30:00-05:00">'
     '<link rel="canonical" href="http://x.example/a">',
     "Ferry", "Ann Low", datetime(2012, 3, 28, 12, 30), "http://x.example/a"),
    ('<title>T</title><time datetime="2012-03-28"></time>', "T", "", datetime(2012, 3, 28), None),
    ("<title></title><meta><link>", "", "", None, None),
])
def test_a_saved_page_tells_of_itself(
    tmp_path: Path, head: str, title: str, author: str, published: datetime | None, url: str | None
) -> None:
    """Without front matter the head of the page is asked."""
    article = read(tmp_path, f"<html><head>{head}</head><body><p>Words.</p></body></html>", "page.html")
    assert (article.title, article.author, article.published, article.text) == (title, author, published, "Words.")
    assert article.extra.get("url") == url


def test_ids_are_unique_where_suffixes_alone_differ(tmp_path: Path) -> None:
    """The first suffix in the order gives the short id; the later ones stay."""
    for name in ("a.txt", "a.html", "b.txt", "c.HTML"):
        (tmp_path / name).write_text("Words.")
    assert [read_article(path, tmp_path).id for path in walk(tmp_path)] == ["a", "a.txt", "b", "c"]


def test_no_file_has_the_id_of_a_row(tmp_path: Path) -> None:
    """Where the table is there."""
    for name in ("t.csv", "t.csv#1.md", "u.csv#1.md", "#.md"):
        (tmp_path / name).write_text("Words.")
    assert [article_id(path, tmp_path) for path in walk(tmp_path)] == ["#", "t.csv", "t.csv#1.md", "u.csv#1"]


def test_any_file_name_has_an_id_that_is_text(tmp_path: Path) -> None:
    """Names may hold emoji, quotes and bytes that are no text."""
    for name in ("♥ & \"x\".md".encode(), b"\xff.md", b".md"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("Words.")
    assert [read_article(path, tmp_path).id for path in walk(tmp_path)] == [".md", "♥ & \"x\"", "\\xff"]


def test_walk_goes_everywhere_once(tmp_path: Path) -> None:
    """Nested folders in order, linked folders once, hidden ones never, loops end."""
    for name in ("b/two.md", "a/one.HTM", "a/deep/er/three.txt", ".git/no.md", "a/.hidden.md", "a/no.pdf", "a/.md"):
        (tmp_path / "root" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "root" / name).touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "four.md").touch()
    (tmp_path / "root/b/loop").symlink_to(tmp_path / "root")
    (tmp_path / "root/b/link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "root/b/broken.md").symlink_to(tmp_path / "nowhere.md")
    found = [path.relative_to(tmp_path / "root").as_posix() for path in walk(tmp_path / "root", links_anywhere=True)]
    assert found == ["a/.md", "a/deep/er/three.txt", "a/one.HTM", "b/broken.md", "b/link/four.md", "b/two.md"]


def test_walk_of_a_file_is_that_file(tmp_path: Path) -> None:
    """A single file is an archive of one."""
    (tmp_path / "one.md").write_text("Words.")
    assert list(walk(tmp_path / "one.md")) == [tmp_path / "one.md"]
    assert read_article(tmp_path / "one.md", tmp_path / "one.md").id == "one"


def test_walk_reports_a_folder_it_cannot_read(tmp_path: Path) -> None:
    """What was not seen is said."""
    errors: list[ArticleError] = []
    assert list(walk(tmp_path / "nowhere", errors.append)) == []
    assert [error.path for error in errors] == [str(tmp_path / "nowhere")]


@settings(max_examples=200)
@given(st.binary(max_size=60), st.sampled_from([b"", b"---\n", b"---\nt: x\n---\n", b"\xff\xfe", b"\xef\xbb\xbf<p>"]))
def test_any_bytes_are_an_article_or_an_article_error(data: bytes, start: bytes) -> None:
    """Nothing that lies in a folder stops a build."""
    try:
        assert article_of(start + data, Path("/archive/a.md"), Path("/archive")).text
    except ArticleError as error:
        assert error.reason


MARKS = "\u0301\u0316"           # in the wrong order: putting them right takes the square of their number


@pytest.mark.parametrize("field", ["title", "author", "section"])
def test_what_stands_above_a_story_is_bounded(tmp_path: Path, field: str) -> None:
    """However many marks a letter has: what resolves names later works on titles and bylines, too."""
    article = read(tmp_path, f"---\n{field}: Ann Low{MARKS * 50_000}\n---\nThe ferry{MARKS * 50_000} is late.")
    said = {"title": article.title, "author": article.author}.get(field) or article.extra[field]
    assert said.startswith("Ann Lo") and len(said) < 50
    assert article.text.startswith("The ferr") and len(article.text) < 60


def test_authors_in_lists_of_lists_are_bounded() -> None:
    """Fifty lists of fifty lists of fifty would be read for minutes."""
    asked = 0

    class Names(list[str]):
        def __iter__(self) -> Iterator[str]:
            nonlocal asked
            asked += 1
            return super().__iter__()

    assert authors_of([[[Names(["Ann Low"] * 50)] * 50] * 50] * 50) == ("Ann Low",)
    assert asked < 10


def test_hostile_front_matter_is_read(tmp_path: Path) -> None:
    """A value of ten million characters, keys without end."""
    assert len(read(tmp_path, "---\ntitle: " + "x" * 10_000_000 + "\n---\nBody.").title) == LONGEST_TITLE
    assert len(read(tmp_path, "---\n" + "k " * 100_000 + ": x\n---\nBody.").text) > 100_000


@pytest.mark.parametrize("piece", ["k ", "k: [", "k: {a: ", '"', "- ", "k:\n  ", "&a ", "[[[[a]]]], "])
def test_work_grows_with_the_front_matter_and_no_faster(tmp_path: Path, piece: str) -> None:
    """Marks without partner, nesting, keys without end."""
    assert is_linear(lambda count: read(tmp_path, f"---\ntitle: {piece * count}\n---\nBody."), 30)


@pytest.mark.parametrize("names", [
    ("a.md", "a.html", "a.html.md"), ("b.Md", "b.mD", "b.MD", "b.md"), ("c.txt", "c.TXT", "c.txt.txt", "c.txt.txt.txt"),
    ("d.csv", "d.csv.md", "d.csv#1.md"), ("e.md.html", "e.md", "e.html", "e.htm.md", "e.htm"),
])
def test_no_two_files_have_one_id(tmp_path: Path, names: tuple[str, ...]) -> None:
    """Whatever their suffixes, and however those are written."""
    for name in names:
        (tmp_path / name).write_text("The ferry is late.")
    assert len({article_id(tmp_path / name, tmp_path) for name in names}) == len(names)


def test_a_byte_and_what_is_written_for_it_are_two_names(tmp_path: Path) -> None:
    """Neither is lost."""
    names = [os.fsdecode(b"bad-\xff.md"), "bad-\\xff.md", "bad-\\\\xff.md", "good-\\x20.md"]
    ids = {article_id(tmp_path / name, tmp_path) for name in names}
    assert len(ids) == 4 and "good-\\x20" in ids


def test_links_that_lead_out_of_the_archive_are_refused(tmp_path: Path) -> None:
    """They would publish what is no part of it. Those that stay inside are followed, and all if they may."""
    data, secret = tmp_path / "data", tmp_path / "data-secret"
    (data / "inside").mkdir(parents=True)
    secret.mkdir()
    for path in (data / "inside/a.md", secret / "b.md", tmp_path / "c.toml"):
        path.write_text("The ferry is late.")
    (data / "folder").symlink_to(secret)
    (data / "file.md").symlink_to("../c.toml")
    (data / "twice.md").symlink_to("file.md")
    (data / "system.txt").symlink_to("/proc/self/environ")
    (data / "fine.md").symlink_to("inside/a.md")
    errors: list[ArticleError] = []
    assert [path.name for path in walk(data, errors.append)] == ["fine.md", "a.md"]
    assert {Path(error.path).name for error in errors} == {"folder", "file.md", "twice.md", "system.txt"}
    assert all('links = "anywhere"' in error.reason for error in errors)
    with pytest.raises(ArticleError, match="leads out"):
        open_source(data / "file.md", data)
    with pytest.raises(ArticleError, match="leads out"):
        open_source(data / "folder/b.md", data)
    everywhere = [path.name for path in walk(data, links_anywhere=True)]
    assert {"b.md", "file.md", "twice.md", "system.txt"} < set(everywhere)
    assert open_source(data / "file.md", data, Options(links_anywhere=True))[0].data
