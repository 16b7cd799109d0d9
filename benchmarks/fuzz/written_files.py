"""Files that the user wrote: onrecord.toml, people.toml, corrections.toml; and tables of queries."""

from __future__ import annotations

from pathlib import Path

from benchmarks.fuzz.feeding import Broken, Target, Targets, encoded, hold, scratch_folder
from indexer.commands.query_table import read_queries
from indexer.configuration import load_configuration
from indexer.corrections import (
    Corrections, apply, checked_correction, read_corrections, withdraw_correction, write_correction,
)
from indexer.errors import ConfigError, OnRecordError
from indexer.identity.overrides import read_overrides
from indexer.models import Annotated
from indexer.pipeline import annotate
from indexer.reading.archive import article_of

TOML = encoded((
    "[", "]", "[[", "]]", "{", "}", "=", ".", '"', "'", '"""', "'''", "\\u0000", "\\", "#", "\n", "\r", "limits",
    "log", "port", "data", "name", "index", "seconds", "query", "true", "1e999", "nan", "-inf", "0x", "9" * 30, "merge",
    "rename", "split", "ignore", "from", "until", "articles", "2013-01-01", "2013-02-30", "12:00:00", "\ufeff", ","))
ENTRIES = encoded((
    "[[quotation]]\n", "[quotation]\n", 'article = "a"\n', 'words = "It floats,"\n', 'words = "No,"\n',
    'words = "hash:0123456789abcdef"\n', "words = 'It \u201cfloats\u201d'\n", "occurrence = 1\n", "occurrence = 2\n",
    'speaker = "Ruth Adeyemi"\n', 'speaker = "a witness"\n', 'speaker_kind = "person"\n',
    'speaker_kind = "unnamed"\n', "unknown = true\n", "not_a_quotation = true\n", 'stance = "denied"\n',
    'stance = "hypothetical"\n', 'stance = "said"\n', 'note = "=1"\n', "# a comment\n", '"\u2028"', "\u0301"))
STORY = ('<p>"It floats," said Ruth Adeyemi, the mayor. "No," he said. "It floats," she said.</p>'
         '<p>Hank Sorensen denied that it "floats".</p>')


class Settings:
    """Any onrecord.toml or people.toml, by the first byte, is taken or refused with file and line."""

    def __init__(self) -> None:
        self.file = scratch_folder() / "written.toml"

    def __call__(self, data: bytes) -> None:
        self.file.write_bytes(data[1:])
        try:
            load_configuration(self.file, {}) if data[:1] < b"n" else read_overrides(self.file)
        except ConfigError as error:
            hold(error.line or "UTF-8" in error.reason, f"a mistake has its line: {error}")


class CorrectionsFile:
    """Any corrections.toml is taken or refused with its line. What is taken can be laid over an article, and an entry
    put in and taken out again leaves the others as they were."""

    def __init__(self) -> None:
        self.file = scratch_folder() / "corrections.toml"
        self.annotated = annotate(article_of(STORY.encode(), Path("a/a.html"), Path("a")))
        self.another = checked_correction({"article": "b", "words": 'a "word"\n', "speaker": "Ann Low"})

    def __call__(self, data: bytes) -> None:
        self.file.write_bytes(data)
        try:
            read = read_corrections(self.file)
        except ConfigError as error:
            return hold(error.line or "UTF-8" in error.reason, f"a mistake has its line: {error}")
        _hold_applied(self.annotated, read)
        self._hold_written(self.file, read)

    def _hold_written(self, path: Path, read: Corrections) -> None:
        held = _values(read)
        try:
            write_correction(path, self.another)
        except ConfigError as error:
            return hold(_values(read_corrections(path)) == held, f"what is refused is not written: {error}")
        others = [each for each in held if each != self.another.values()]
        hold(_values(read_corrections(path)) == [*others, self.another.values()], "an entry is written")
        withdraw_correction(path, self.another)
        hold(_values(read_corrections(path)) == others, "an entry is taken out, and no other")


def _values(corrections: Corrections) -> list[dict[str, str | int | bool]]:
    return [each.values() for each in sorted(corrections, key=lambda each: each.line)]


def _hold_applied(annotated: Annotated, corrections: Corrections) -> None:
    text = annotated.article.text
    applied = apply(annotated, corrections.of("a"))
    for said in applied.annotated.quotations:
        hold(said.span.of(text), f"a corrected quotation is in the text: {said}")
    hold(len(applied.annotated.quotations) <= len(annotated.quotations), "no correction makes a quotation")


def queries(data: bytes) -> None:
    """Any table of queries is read, or refused with the reason."""
    try:
        for typed, kind in read_queries(data):
            hold(kind in ("article", "quotation", "person"), f"a kind that there is: {kind}")
            hold("\0" not in typed, "a query is text")
    except OnRecordError as error:
        if not str(error):
            raise Broken("a table that cannot be read has a reason") from error


TARGETS: Targets = {
    "settings": lambda: Target(Settings(), [
        b'a' + b'data = "d"\nport = 80\n[limits]\nseconds = 2.5\n[log]\nform = "json"\n',
        b'z' + b'ignore = ["A B"]\n[merge]\n"C D" = ["C"]\n[rename]\n"E" = "F"\n[split]\n'
        b'"W P" = [{ name = "W P (a)", articles = ["x/*"] }, { name = "b", from = 2013-01-01 }]\n'], TOML),
    "corrections": lambda: Target(CorrectionsFile(), [
        b'[[quotation]]\narticle = "a"\nwords = "It floats,"\noccurrence = 2\nspeaker = "Ann Low"\nnote = "x"\n',
        b'# known\n\n[[quotation]]\narticle = "a"\nwords = "No,"\nnot_a_quotation = true\n\n[[quotation]]\n'
        b'article = "a"\nwords = "floats"\nstance = "hypothetical"\nspeaker = "Hank Sorensen"\n'], TOML + ENTRIES),
    "queries": lambda: Target(queries, [
        b'query,kind\n"""sea wall"" ferry",quotation\nferry,\n', b"ferry\nspeaker:Adeyemi wa*\n",
        b"\xff\xfe" + "query;kind\nferry;article\n".encode("utf-16-le")],
        encoded(('"', '""', ",", ";", "\t", "\n", "\r", "query", "kind", "quotation", "\0", "\ufeff", "=1", "\u2028"))
        + [b"\xff\xfe", b"\xe9", b"\xef\xbb\xbf"]),
}
