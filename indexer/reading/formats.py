"""The formats of files that are read: one table, a line each, from what a file is called and holds to its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.errors import ArticleError
from indexer.reading.drafts import Found, Source

if TYPE_CHECKING:                  # each is loaded when the first file of its format is read
    from indexer.reading import (  # noqa: F401
        factiva, feeds, json_lists, markdown, newsml, nexis, nitf, plain_text, proquest, tables, warc, web_page,
        wordpress,
    )

LOOKED_AT = 65_536            # bytes at the beginning, by which formats of one suffix are told apart
NOT_READ = "not of a kind that is read"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files. reader: the module that reads them, with the name of the function in it, by default "read"."""

    name: str                         # as people call it, after "we read"
    suffixes: tuple[str, ...]
    reader: str
    beginning: str = ""               # the function that says of the first bytes whether a file is of it; "": any is
    is_stream: bool = False           # its reader takes a piece at a time, however large the file

    def read(self, source: Source) -> Iterator[Found]:
        """The stories in a file."""
        found: Iterator[Found] = self._function(self.reader.partition(".")[2] or "read")(source)
        return found

    def begins(self, beginning: bytes) -> bool:
        """Whether a file of such a suffix that begins so is of this format."""
        return not self.beginning or bool(self._function(self.beginning)(beginning))

    def _function(self, name: str) -> Callable[..., Any]:
        module = import_module(f"indexer.reading.{self.reader.partition('.')[0]}")
        function: Callable[..., Any] = getattr(module, name)
        return function


# The first that fits is taken.
FORMATS = (
    Format("Markdown", (".md", ".markdown", ".mdx"), "markdown"),
    Format("downloads of Factiva", (".html", ".htm"), "factiva", "begins"),
    Format("downloads of ProQuest", (".html", ".htm", ".txt"), "proquest", "begins"),
    Format("downloads of Nexis", (".txt",), "nexis", "begins"),
    Format("downloads of Nexis", (".docx",), "nexis.read_word", "is_zip", is_stream=True),
    Format("saved pages", (".html", ".htm"), "web_page"),
    Format("plain text", (".txt",), "plain_text"),
    Format("tables", (".csv", ".tsv"), "tables", is_stream=True),
    Format("JSON lines", (".jsonl", ".ndjson"), "json_lists.read_lines", is_stream=True),
    Format("JSON", (".json",), "json_lists", is_stream=True),
    Format("WordPress exports", (".xml",), "wordpress", "begins", is_stream=True),
    Format("RSS and Atom feeds", (".xml", ".rss", ".atom"), "feeds", "begins", is_stream=True),
    Format("NITF", (".xml",), "nitf", "begins", is_stream=True),
    Format("NewsML-G2", (".xml",), "newsml", "begins", is_stream=True),
    Format("crawls", (".warc", ".warc.gz"), "warc", is_stream=True),
    Format("crawls", (".wacz",), "warc.read_packed", "is_zip", is_stream=True),
)
SUFFIXES = tuple(dict.fromkeys(suffix for each in FORMATS for suffix in each.suffixes))
# Those of files that hold one story as a rule: of two that differ only in it, the first here has the short id.
STORIES = (".md", ".markdown", ".mdx", ".html", ".htm", ".txt")

# What may hold articles and is not read, and how to make of it what is.
CONVERTED = {
    **dict.fromkeys((".pdf",), "convert to text or HTML, e.g. pdftotext"),
    **dict.fromkeys((".doc", ".odt", ".rtf", ".pages", ".wpd"), "convert to HTML, e.g. soffice --convert-to html"),
    **dict.fromkeys((".xls", ".xlsx", ".ods"), "save as CSV"),
    **dict.fromkeys((".ppt", ".pptx", ".odp"), "convert to HTML, e.g. soffice --convert-to html"),
    **dict.fromkeys((".eml", ".mbox", ".msg", ".pst"), "save the messages as text or HTML"),
    **dict.fromkeys((".epub", ".mobi", ".azw3"), "convert to HTML, e.g. pandoc -t html"),
    **dict.fromkeys((".rst", ".adoc", ".org", ".tex", ".textile"), "convert to Markdown, e.g. pandoc -t markdown"),
    **dict.fromkeys((".mht", ".mhtml", ".webarchive"), "save as HTML"),
    **dict.fromkeys((".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar"), "unpack it"),
    **dict.fromkeys((".db", ".sqlite", ".sqlite3", ".sql", ".mdb", ".dump"), "export the articles as CSV or JSON"),
    **dict.fromkeys((".parquet", ".arrow", ".feather", ".pickle", ".pkl"), "export the articles as CSV or JSON lines"),
}
# What lies beside articles and holds none.
NO_ARTICLES = {
    **dict.fromkeys("""
        .avif .bmp .gif .heic .ico .jpeg .jpg .jp2 .png .psd .svg .tif .tiff .webp
    """.split(), "images"),
    **dict.fromkeys(".aac .avi .flac .m4a .m4v .mkv .mov .mp3 .mp4 .mpeg .mpg .ogg .wav .webm .wma .wmv".split(),
                    "sound and film"),
    **dict.fromkeys(".css .eot .js .less .map .mjs .otf .scss .sass .ts .ttf .woff .woff2 .wasm".split(),
                    "parts of pages"),
    **dict.fromkeys(".cfg .conf .ini .lock .log .mod .py .rb .sh .sum .toml .yaml .yml".split(),
                    "settings and programs"),
}


def format_of(source: Source) -> Format:
    """The format of a file; ArticleError where it is none of those that are read."""
    with source.open() as file:
        beginning = file.read(LOOKED_AT)
    return format_that_begins(source.path, beginning)


def format_that_begins(path: Path, beginning: bytes) -> Format:
    """The format of a file by its name and its first bytes; one whose name has no suffix is read as Markdown.
    ArticleError where it is none of those that are read."""
    suffix = suffix_of(path) or FORMATS[0].suffixes[0]
    for each in FORMATS:
        if suffix in each.suffixes and each.begins(beginning):
            return each
    known = [each.name for each in FORMATS if suffix in each.suffixes]
    raise ArticleError(path, f"not {_any_of(known)}" if known else CONVERTED.get(suffix, NOT_READ))


def is_stream(path: Path) -> bool:
    """Whether a file, by its name, may hold many stories and is read a piece at a time."""
    return suffix_of(path) in _STREAMS


def suffix_of(path: Path) -> str:
    """In small letters, that of what a packed file holds included (".warc.gz"); of a file whose whole name is a suffix
    that."""
    name = path.name.lower()
    return next((suffix for suffix in _DOUBLE if name.endswith(suffix)), path.suffix.lower()) or (
        name if name.startswith(".") else "")


_STREAMS = frozenset(suffix for each in FORMATS if each.is_stream for suffix in each.suffixes)
_DOUBLE = tuple(suffix for suffix in SUFFIXES if suffix.count(".") > 1)


def what_is_read() -> str:
    """The kinds of files that are read, in words."""
    suffixes: dict[str, list[str]] = {}
    for each in FORMATS:
        suffixes.setdefault(each.name, []).extend(each.suffixes)
    return "; ".join(f"{name} ({', '.join(some)})" for name, some in suffixes.items())


def _any_of(names: list[str]) -> str:
    return " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
