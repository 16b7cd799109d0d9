"""Files of an archive, in every format that is read, and what is made of the stories in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.fuzz.feeding import LONGEST, Target, Targets, encoded, hold
from benchmarks.fuzz.sample import DATA
from indexer.build.documents import documents
from indexer.build.duplicates import fingerprint, groups
from indexer.build.serialization import pack, pack_people, unpack, unpack_people
from indexer.errors import ArticleError
from indexer.identity import ArticleNames, resolve
from indexer.meaning.passages import passages_of
from indexer.models import Annotated, Article
from indexer.pipeline import annotate
from indexer.reading.archive import article_of, source_of
from indexer.reading.articles import readings
from indexer.reading.formats import SUFFIXES
from tests.reading.written import warc, word_file, zipped

MARKS = encoded((
    "---\n", "title: ", "author: ", "date: ", "url: ", "<p>", "</p>", "<blockquote>", "</blockquote>", "<div>", "<b>",
    "<a href='", "'>", "<!--", "-->", "<script>", "<![CDATA[", "&quot;", "&#8220;", "&#x110000;", "&#0;", "&amp", '"',
    "“", "”", "‘", "’", "''", "``", "«", "said", " said Ruth Adeyemi", "he said", "Mayor", " Jr.", "O'Rourke", "St. ",
    "\r\n", "\n\n", "\0", "\ufeff", "\u2028", "\u00a0", "<meta charset=utf-16>", "according to", ", ", ". ", ": ",
    "the woman said. ", "@", "#", "\u0301", "their", "denied that", "told reporters that ", "\t", ";", '""',
    "{", "}", "[", "]", '":', "\\u0000", "\\ud800", "null", "<item>", "</item>", "<title>", "<content:encoded>",
    "<!DOCTYPE x [", "<!ENTITY a 'b'>", "&a;", "xmlns=", "Copyright ", "Document 1 of 2", "BYLINE:",
    "LENGTH: 9 words", "WARC/1.0\n"))
STORY_SUFFIXES = (".md", ".html", ".txt")


def story(data: bytes) -> None:
    """Any file is an article or says why not; whatever is found in it is in its text, word for word."""
    path = Path(f"a/story{STORY_SUFFIXES[data[0] % len(STORY_SUFFIXES) if data else 0]}")
    try:
        read = article_of(data[1:], path, Path("a"))
    except ArticleError as error:
        return hold(error.reason, "a file that is no article has a reason")
    _hold_found(read)


def collection(data: bytes) -> None:
    """Any file of any format gives articles of different ids, or says why not."""
    path = Path(f"a/file{SUFFIXES[data[0] % len(SUFFIXES) if data else 0]}")
    ids = []
    try:
        for found in readings(source_of(data[1:], path, Path("a"))):
            if isinstance(found, ArticleError):
                hold(found.reason, "a story that cannot be read has a reason")
            else:
                ids.append(found.article.id)
                _hold_found(found.article)
    except ArticleError as error:
        hold(error.reason, "a file that cannot be read has a reason")
    hold(len(set(ids)) == len(ids), f"no two stories have one id: {ids}")


def _hold_found(article: Article) -> None:
    text, found = article.text, annotate(article)
    hold(found.article == article, "annotation leaves the article as it is")
    for block in article.blocks:
        hold(0 <= block.span.start <= block.span.end <= len(text), f"a block is in the text: {block}")
    for said in found.quotations:
        for span in filter(None, (said.span, said.cue, said.source)):
            hold(0 <= span.start < span.end <= len(text), f"a span is in the text: {said}")
        hold(said.speaker is None or said.speaker.strip() == said.speaker, f"a speaker is a name: {said}")
    for person in found.people:
        for mention in person.mentions:
            hold(mention.span is None or mention.span.of(text), f"a mention is in the text: {mention}")
    for passage in passages_of(found):
        hold(passage.span is None or passage.span.of(text) in passage.text, f"a passage is of the text: {passage}")
    hold(unpack(pack(found), unpack_people(pack_people(found.people))) == found, "what is packed is unpacked alike")
    _hold_documents([found])


def _hold_documents(annotated: Sequence[Annotated]) -> None:
    """That people and documents can be made of what was found, and that what was said is what was printed."""
    people = resolve(ArticleNames(each.article.id, each.article.published, each.people) for each in annotated)
    texts = {each.article.id: each.article.text for each in annotated}
    same = groups((id, fingerprint(text)) for id, text in texts.items())
    for document in documents(annotated, people, same, {}):
        if document["kind"] == "quotation":
            hold(document["said"] in texts[document["article_id"]], f"what was said was printed: {document['said']!r}")


def _file_seeds() -> list[bytes]:
    """A file of each format, after the number of its suffix."""
    made = {
        ".docx": word_file(["Ferry Fares Rise", "The Mercury", "March 28, 2012", "BYLINE: Ann Low", "LENGTH: 9 words",
                            '"It floats," said Ruth Adeyemi.']),
        ".warc": warc(("https://a.example/x", "200 OK", "text/html", b"<title>Ferry</title><p>It floats, she said."),
                      packed=False),
        ".warc.gz": warc(("https://a.example/x", "200 OK", "text/html", b"<title>Ferry</title><p>It floats.")),
        ".wacz": zipped({"archive/a.warc": warc(("https://a.example/x", "200 OK", "text/html", b"<p>It floats."),
                                                packed=False)}),
    }
    files = [(path.suffix, path.read_bytes()[:LONGEST]) for folder in ("tests/reading/collections", "tests/archive")
             for path in sorted(Path(folder).rglob("*")) if path.suffix in SUFFIXES]
    return [bytes([SUFFIXES.index(suffix)]) + content for suffix, content in (*made.items(), *files)]


def _story_seeds() -> list[bytes]:
    files = [path.read_bytes()[:LONGEST] for path in sorted(Path("tests/archive").rglob("*"))
             if path.suffix in STORY_SUFFIXES]
    return [b"\0" + each for each in (*files, *(path.read_bytes() for path in sorted(DATA.glob("*/*.md"))[::12]))]


TARGETS: Targets = {
    "story": lambda: Target(story, _story_seeds(), MARKS),
    "collection": lambda: Target(collection, _file_seeds(), MARKS),
}
