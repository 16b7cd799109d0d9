"""The commands, as a person or a program uses them."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, strategies as st

from indexer.build import refresh
from indexer.build.refresh import examine
from indexer.build.report import BuildReport
from indexer.commands import search_commands, terminal
from indexer.commands.cli import main
from indexer.commands.extract import lines_of
from indexer.commands.progress import ProgressLine
from indexer.commands.query_table import read_queries
from indexer.engines import open_engine
from indexer.errors import BuildFailed, OnRecordError
from indexer.index_folder import build_folder, current_build, locked
from indexer.models import Annotated, Article, Mention, Person, Quotation, Span
from indexer.search.engine import Snippet
from tests.build.plain_annotation import at_once, examine_plainly

ARCHIVE = Path(__file__).parents[1] / "archive"
LEVY = ARCHIVE / "nadia-okafor/levy-passes.md"


@pytest.fixture(scope="module", autouse=True)
def plain_annotation() -> Iterator[None]:
    """Who said what comes from a table."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refresh, "examine", examine_plainly)
        yield


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small archive, built by the command."""
    index = tmp_path_factory.mktemp("cli") / "index"
    result = CliRunner().invoke(main, ["build", str(ARCHIVE), "--index", str(index), "--jobs", "1"])
    assert result.exit_code == 0, result.output
    return index


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def test_a_question_is_answered_with_quotations(index: Path) -> None:
    """The first line says how it was read, and how to search for the words; so does JSON."""
    result = run("search", "what did Adeyemi say about the ferry", "--index", index)
    assert result.stdout.startswith("Read as quotations by Ruth Adeyemi about the ferry; --as-words searches")
    answer = json.loads(run("search", "what did Adeyemi say about the ferry", "--index", index, "--json").stdout)
    assert (answer["kind"], answer["read_as"]) == ("quotation", "quotations by Ruth Adeyemi about the ferry")
    assert answer["hits"] and {hit["speaker"] for hit in answer["hits"]} == {"Ruth Adeyemi"}
    assert all(hit["speaker"] != "Ruth Adeyemi" for hit in answer["others"])
    words = json.loads(run("search", "Adeyemi on the ferry", "--index", index, "--as-words", "--json").stdout)
    assert (words["kind"], words["read_as"]) == ("article", None) and words["best_quotations"]


def test_build_says_what_it_did(tmp_path: Path) -> None:
    """Counts, and every file that was skipped with its reason."""
    result = run("build", ARCHIVE, "--index", tmp_path / "index", "--jobs", 1)
    assert result.stdout.startswith("5 articles, ")
    assert "1 file skipped:\n  wire/gallery.md: line 6: no text\n" in result.stdout
    assert result.exit_code == 0
    again = run("build", ARCHIVE, "--index", tmp_path / "index", "--strict")
    assert again.stdout.startswith("Nothing has changed: the index holds 5 articles, ")
    assert again.exit_code == 1


def test_update_wants_an_index(tmp_path: Path) -> None:
    """Its error tells the command that makes one."""
    result = run("update", ARCHIVE, "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert "onrecord build" in result.stderr


def test_update_reads_what_changed(tmp_path: Path) -> None:
    """One file came, one went."""
    shutil.copytree(ARCHIVE, tmp_path / "data")
    run("build", tmp_path / "data", "--index", tmp_path / "index", "--jobs", 1)
    (tmp_path / "data/wire/note.txt").unlink()
    (tmp_path / "data/wire/new.txt").write_text("A new note.")
    result = run("update", tmp_path / "data", "--index", tmp_path / "index")
    assert result.stdout.startswith("5 articles, ")
    assert "1 gone" in result.stdout


def test_a_second_build_says_who_is_at_it(index: Path) -> None:
    """It neither waits nor harms."""
    with locked(index):
        result = run("build", ARCHIVE, "--index", index)
    assert result.exit_code == 1
    assert "is being built by process" in result.stderr


def test_search_shows_ranked_marked_hits(index: Path) -> None:
    """Headline, who, when, where, and a passage."""
    result = run("search", "sugary", "drinks", "--index", index)
    assert result.stdout.startswith("1 article for ")
    assert "1. Sugar Levy Passes, Soda Makers Swear Revenge" in result.stdout
    assert "Nadia Okafor, 28 March 2012, nadia-okafor/levy-passes.md" in result.stdout


def test_search_as_json(index: Path) -> None:
    """The keys that programs rely on."""
    answer = json.loads(run("search", "title:levy", "--json", "--index", index).stdout)
    assert answer.keys() >= {"query", "understood", "total", "hits", "build", "seconds"}
    assert (answer["query"], answer["total"]) == ("title:levy", 1)
    hit = answer["hits"][0]
    assert hit.keys() == {"path", "title", "author", "published", "score", "by_meaning", "snippet", "url"}
    assert (hit["path"], hit["published"]) == ("nadia-okafor/levy-passes.md", "2012-03-28T12:30")


def test_search_hits_lead_to_the_original(index: Path) -> None:
    """Where the front matter gives an address, without the archive before it."""
    answer = json.loads(run("search", "title:ferry", "--all", "--json", "--index", index).stdout)
    assert "http://calderdispatch.example/ferry-fares" in [hit["url"] for hit in answer["hits"]]


def test_a_word_to_leave_out_is_no_option(index: Path) -> None:
    """But an option mistyped is said."""
    answer = json.loads(run("search", "ferry", "-groans", "--json", "--all", "--index", index).stdout)
    assert "ben-castellan/ferry-fares-update.md" not in [hit["path"] for hit in answer["hits"]]
    result = run("search", "ferry", "--limt", "5", "--index", index)
    assert result.exit_code == 2
    assert "--limt" in result.stderr


def test_a_mistake_in_a_query_is_shown_where_it_stands(index: Path) -> None:
    """With the field that was meant; exit status 2."""
    result = run("search", "ferry speeker:bligh", "--index", index)
    assert result.exit_code == 2
    assert "did you mean 'speaker'" in result.stderr
    assert "  ferry speeker:bligh\n        ^" in result.stderr


@pytest.mark.parametrize("query", ['"unbalanced', "((", "😀", "\x1b[31m", "*", "a OR", "ferry AND\x00"])
def test_any_query_is_answered_or_explained(index: Path, query: str) -> None:
    """Never a traceback, never a command to the terminal."""
    result = run("search", query, "--index", index)
    assert result.exit_code in (0, 2)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "\x1b[31m" not in result.output


def test_quotes_as_json(index: Path) -> None:
    """The keys that programs rely on; the words are a slice of what was published."""
    answer = json.loads(run("quotes", "--json", "--all", "--limit", 50, "--index", index).stdout)
    assert answer["total"] == len(answer["hits"]) == 11
    for hit in answer["hits"]:
        assert hit.keys() >= {"path", "text", "speaker", "method", "published", "title"}
    assert answer["hits"][0]["published"] == max(hit["published"] or "" for hit in answer["hits"])


def test_quotes_by_a_person(index: Path) -> None:
    """By full name and by surname."""
    full = json.loads(run("quotes", "--by", "Mei-Ling Zhao", "--json", "--index", index).stdout)
    assert [hit["speaker"] for hit in full["hits"]] == ["Mei-Ling Zhao"]
    assert full["understood"] == "said by “Mei-Ling Zhao”"
    surname = json.loads(run("quotes", "--by", "Zhao", "teeth", "--json", "--index", index).stdout)
    assert surname["hits"][0]["text"] == full["hits"][0]["text"]
    nobody = run("quotes", "--by", "Nobody Atall", "--index", index)
    assert nobody.stdout.startswith("0 quotations for ")


def test_quotes_in_the_terminal_say_who_and_how_we_know(index: Path) -> None:
    """The speaker first, then the words, then where."""
    result = run("quotes", "teeth", "--index", index)
    assert "1. Mei-Ling Zhao\n    A great day for teeth." in result.stdout
    assert "nadia-okafor/levy-passes#q" in result.stdout


def test_people_lists_and_finds(index: Path) -> None:
    """Those quoted most first; by any part of a name."""
    everybody = json.loads(run("people", "--json", "--index", index).stdout)
    assert [each["name"] for each in everybody] == [
        "Hank Sorensen", "Ruth Adeyemi", "Vincent Tagliaferro", "Mei-Ling Zhao"]
    assert "Vincent Tagliaferro" in run("people", "Tagliaferro", "--index", index).stdout
    assert "Nobody of that name" in run("people", "Zzyzx", "--index", index).stdout


def test_people_unresolved_lists_names_that_nobody_claims(tmp_path: Path) -> None:
    """For the user's corrections."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.txt").write_text("Ruth Adeyemi spoke.")
    run("build", tmp_path / "data", "--index", tmp_path / "index", "--jobs", 1)
    report = next((tmp_path / "index/builds").glob("*/report.json"))
    report.write_text(json.dumps({**json.loads(report.read_text()), "unresolved": [["Osei", 7], ["Bell", 1]]}))
    assert run("people", "--unresolved", "--index", tmp_path / "index").stdout == "Osei  7 articles\nBell  1 article\n"
    told = json.loads(run("people", "--unresolved", "--json", "--limit", 1, "--index", tmp_path / "index").stdout)
    assert told == [{"name": "Osei", "articles": 7}]


def test_corrections_with_a_mistake_are_told_before_anything_is_read(tmp_path: Path) -> None:
    """By file and line."""
    shutil.copytree(ARCHIVE, tmp_path / "data")
    (tmp_path / "data/people.toml").write_text("[merge\n")
    result = run("build", tmp_path / "data", "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert "people.toml" in result.stderr
    assert not (tmp_path / "index/CURRENT").exists()


@pytest.mark.parametrize("article", ["nadia-okafor/levy-passes", "nadia-okafor/levy-passes.md"])
def test_show_prints_a_story(index: Path, article: str) -> None:
    """By id or by path."""
    result = run("show", article, "--index", index)
    assert "Sugar Levy Passes" in result.stdout
    assert "Mei-Ling Zhao: A great day for teeth." in result.stdout
    assert json.loads(run("show", article, "--json", "--index", index).stdout)["author"] == "Nadia Okafor"


def test_show_of_nothing_says_so(index: Path) -> None:
    """Exit status 1."""
    assert run("show", "no/such", "--index", index).exit_code == 1


def test_stats_and_check(index: Path, tmp_path: Path) -> None:
    """What the index holds; and whether it is what the files say."""
    told = json.loads(run("stats", "--json", "--index", index).stdout)
    assert (told["articles"], told["skipped"], told["engine"]) == (5, 1, "whoosh")
    assert "articles" in run("stats", "--index", index).stdout
    assert run("check", ARCHIVE, "--index", index).stdout == "Files, ledger and index agree.\n"


def test_stats_open_no_index(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report of the build says what an engine would."""
    engine = open_engine(index)
    held = {name: value for name, value in engine.stats().items() if name != "bytes"}
    engine.close()
    monkeypatch.setattr("indexer.commands.search_commands.open_engine", None)
    told = json.loads(run("stats", "--json", "--index", index).stdout)
    assert {name: told[name] for name in held} == held and told["bytes"] > 10_000


def test_a_file_of_the_index_that_was_cut_short(index: Path, tmp_path: Path) -> None:
    """Whichever it is, by a single byte: it is named, with what mends it."""
    shutil.copytree(index, tmp_path / "index")
    folder = build_folder(tmp_path / "index", current_build(tmp_path / "index"))
    files = [path for path in folder.rglob("*") if path.is_file() and path.stat().st_size and path.suffix != ".json"]
    assert {"article.values", "quotation.values", "person.values", "article.words"} <= {path.name for path in files}
    for path in files:
        content = path.read_bytes()
        path.write_bytes(content[:-1])
        result = run("quotes", "ferry", "--index", tmp_path / "index")
        assert result.exit_code == 1 and path.name in result.stderr and "--full" in result.stderr
        path.write_bytes(content)


def test_a_file_of_the_index_that_the_disk_changed(index: Path, tmp_path: Path) -> None:
    """Where a search fails because of it, the file is named, with what mends it."""
    shutil.copytree(index, tmp_path / "index")
    values = build_folder(tmp_path / "index", current_build(tmp_path / "index")) / "person.values"
    values.write_bytes(values.read_bytes().replace(b"adeyemi", b"\xffdeyemi"))
    result = run("people", "adeyemi", "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert "damaged: person.values is not what was written" in result.stderr and "--full" in result.stderr


def test_an_order_that_the_disk_changed_holds_nobody_up(index: Path, tmp_path: Path) -> None:
    """Rubbish in it ends with some answer or another."""
    shutil.copytree(index, tmp_path / "index")
    values = build_folder(tmp_path / "index", current_build(tmp_path / "index")) / "quotation.values"
    values.write_bytes(values.read_bytes()[:-200] + b"\xff" * 200)
    assert run("quotes", "--index", tmp_path / "index").exit_code in (0, 1)


def test_check_names_every_difference(tmp_path: Path) -> None:
    """New, gone, changed; exit status 1."""
    shutil.copytree(ARCHIVE, tmp_path / "data")
    run("build", tmp_path / "data", "--index", tmp_path / "index", "--jobs", 1)
    (tmp_path / "data/wire/note.txt").write_text("Changed words.")
    (tmp_path / "data/wire/new.txt").write_text("New words.")
    (tmp_path / "data/wire/cafe.html").unlink()
    result = run("check", tmp_path / "data", "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "wire/new.txt: new since the last build", "wire/cafe.html: gone since the last build",
        "wire/note.txt: changed since the last build", "3 differences.",
    ]


def test_extract_prints_a_line_for_each_article() -> None:
    """The keys that programs rely on."""
    result = run("extract", LEVY, ARCHIVE / "wire")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [Path(line["path"]) for line in lines] == [LEVY, ARCHIVE / "wire/cafe.html", ARCHIVE / "wire/note.txt"]
    assert lines[0].keys() == {"path", "title", "author", "authors", "published", "precision", "language", "text",
                               "quotes", "people"}
    assert (lines[0]["published"], lines[2]["published"]) == ("2012-03-28T12:30:00", None)
    for quote in lines[0]["quotes"]:
        assert quote.keys() == {"text", "kind", "speaker", "speaker_kind", "cue", "source", "method",
                                "certainty", "level", "stance", "stance_of", "start", "end"}
        assert 0 < quote["certainty"] < 1 and quote["level"] in ("sure", "likely", "unsure")
        assert lines[0]["text"][quote["start"]:quote["end"]] == quote["text"]
    assert "gallery.md:6: no text" in result.stderr
    assert result.exit_code == 0


def test_extract_is_the_same_with_many_processes(tmp_path: Path) -> None:
    """And in the order of the files."""
    for number in range(40):
        (tmp_path / f"{number:02}.txt").write_text(f"Story {number}.")
    one, two = run("extract", tmp_path, "--jobs", 1), run("extract", tmp_path, "--jobs", 2)
    assert one.stdout == two.stdout
    assert len(one.stdout.splitlines()) == 40


def test_what_is_not_read_is_said_everywhere(tmp_path: Path) -> None:
    """By the build, by stats, by extract; --strict fails on what may hold articles and on nothing else."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/story.md").write_text("A story.")
    (tmp_path / "data/boat.jpg").touch()
    line = "  .pdf 2: convert to text or HTML, e.g. pdftotext\n"
    assert run("build", tmp_path / "data", "--index", tmp_path / "index", "--jobs", 1, "--strict").exit_code == 0
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / "data" / name).touch()
    result = run("build", tmp_path / "data", "--index", tmp_path / "index", "--jobs", 1)
    assert f"Not read:\n{line}  .jpg 1: images\n" in result.stdout and result.exit_code == 0
    assert run("build", tmp_path / "data", "--index", tmp_path / "index", "--jobs", 1, "--strict").exit_code == 1
    assert f"unread{line}".replace(" ", "") in run("stats", "--index", tmp_path / "index").stdout.replace(" ", "")
    told = json.loads(run("stats", "--json", "--index", tmp_path / "index").stdout)
    assert [(each["what"], each["number"]) for each in told["unread"]] == [(".pdf", 2), (".jpg", 1)]
    result = run("extract", tmp_path / "data")
    assert line.strip() in result.stderr and result.exit_code == 0 and len(result.stdout.splitlines()) == 1
    assert run("extract", tmp_path / "data", "--strict").exit_code == 1
    shard = run("annotate", tmp_path / "data", "--output", tmp_path / "annotations", "--strict")
    assert shard.exit_code == 1 and "Not read:" in shard.output


def test_extract_of_a_folder_without_articles_says_what_is_read(tmp_path: Path) -> None:
    """And what lies there."""
    (tmp_path / "a.pdf").touch()
    result = run("extract", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert ".pdf 1: convert" in result.stderr and "What is read: Markdown (.md" in result.stderr


def test_extract_of_a_table_gives_a_line_a_row(tmp_path: Path) -> None:
    """With the row's key behind the path; a bad row is named."""
    (tmp_path / "t.csv").write_text("id,text\nx,One.\ny,Two.\n,\nz\n")
    result = run("extract", tmp_path / "t.csv")
    assert [(line["path"], line["text"]) for line in map(json.loads, result.stdout.splitlines())] == [
        (f"{tmp_path}/t.csv#x", "One."), (f"{tmp_path}/t.csv#y", "Two.")]
    assert f"{tmp_path}/t.csv:5: z: no text" in result.stderr
    assert result.exit_code == 0 and run("extract", tmp_path / "t.csv", "--strict").exit_code == 1


def kill(job: tuple[Path, Any], kinds: Sequence[str]) -> Iterator[Any]:
    """Stands in for rules that kill their process at one file."""
    if job[0].name == "killer.md":
        os.kill(os.getpid(), signal.SIGKILL)
    yield from lines_of(job, kinds)


@pytest.mark.parametrize("files", [["killer.md"], ["a.md", "killer.md", "z.md"]])
def test_a_file_that_kills_its_reader_costs_itself(
    tmp_path: Path, files: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few files there are."""
    monkeypatch.setattr("indexer.commands.extract.lines_of", kill)
    for name in files:
        (tmp_path / name).write_text(f"Story {name}.")
    result = run("extract", *(tmp_path / name for name in files))
    assert [json.loads(line)["text"] for line in result.stdout.splitlines()] == [
        f"Story {name}." for name in files if name != "killer.md"]
    assert "killer.md: the process that read it died (signal 9)" in result.stderr


def test_extract_of_what_is_not_there(tmp_path: Path) -> None:
    """Exit status 1 when nothing could be read."""
    result = run("extract", tmp_path / "nowhere")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nowhere" in result.stderr


@pytest.mark.parametrize(("kind", "found"), [
    ("quotation", ["direct"]), ("reported", ["reported"]), ("both", ["direct", "reported"]),
])
def test_extract_gives_the_kinds_of_words_asked_for(tmp_path: Path, kind: str, found: list[str]) -> None:
    """Quotations, reported speech, or both."""
    (tmp_path / "story.md").write_text('"It is a fine boat," Ada Roe said. Roe said the ferry would close.')
    quotes = json.loads(run("extract", tmp_path / "story.md", "--kind", kind).stdout)["quotes"]
    assert [each["kind"] for each in quotes] == found


def test_extract_gives_the_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speaker, cue, method, people."""
    def annotated(article: Article) -> Annotated:
        said = Quotation(Span(0, 2), "fragment", "Ann Low", "person", "name", Span(4, 8), Span(9, 16))
        person = Person("Ann Low", (Mention(Span(9, 16), "Ann Low"), Mention(None, "Low")))
        return Annotated(article, (person,), (said,))

    monkeypatch.setattr("indexer.commands.extract.annotate", annotated)
    monkeypatch.setattr("indexer.commands.extract.share", at_once)
    line = json.loads(run("extract", ARCHIVE / "wire/note.txt").stdout)
    assert line["quotes"] == [{"text": "A ", "kind": "fragment", "speaker": "Ann Low", "speaker_kind": "person",
                               "cue": "te t", "source": "at lost", "method": "name", "certainty": 0.0,
                               "level": "unsure", "stance": "said", "stance_of": None, "start": 0, "end": 2}]
    assert line["people"] == [{"name": "Ann Low", "description": None, "mentions": [[9, 16]]}]


def test_people_names_the_closest_decisions(tmp_path: Path) -> None:
    """Merges and splits, with the evidence and how to decide otherwise; as JSON for programs."""
    for name, story in {
        "a": "Michael Garrity and Cora Dunmore sail.", "b": "Mike Garrity sails.", "c": "Nobody sails today.",
    }.items():
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name}\ndate: 2012-03-04\n---\n{story}\n")

    def plainly(article: Article) -> Annotated:
        found = [name for name in ("Michael Garrity", "Mike Garrity", "Cora Dunmore") if name in article.text]
        return Annotated(article, tuple(Person(name, (Mention(None, name),)) for name in found), ())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(refresh, "examine", examine)
        patch.setattr(refresh, "annotate", plainly)
        patch.setattr(refresh, "share", at_once)
        assert run("build", tmp_path, "--index", tmp_path / "index", "--jobs", 1).exit_code == 0
    shown = run("people", "--doubtful", "--index", tmp_path / "index").stdout
    assert shown == ("Two people, as it seems; if one, join them under [merge] of people.toml:\n"
                     "  Michael Garrity (1 article), Mike Garrity (1 article)\n      nothing in common but the name\n")
    found, = json.loads(run("people", "--doubtful", "--json", "--index", tmp_path / "index").stdout)
    assert (found["is_joined"], found["one"], found["other"]) == (False, "Michael Garrity", "Mike Garrity")


def test_people_says_when_nothing_was_close(index: Path) -> None:
    """One line."""
    assert run("people", "--doubtful", "--index", index).stdout == "Nothing was close.\n"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The configurations that would be served, instead of serving them."""
    found: list[Any] = []

    def serve(app: Any, configuration: Any, ready: Any) -> None:
        found.append(configuration)
        assert app.test_client().get("/").status_code == 200
        ready(4711)

    monkeypatch.setattr("searchui.serving.server.serve", serve)
    return found


def test_serve_prints_the_address(index: Path, served: list[Any]) -> None:
    """It serves the index that is there."""
    result = run("serve", "--port", 0, "--threads", 3, "--index", index)
    assert "Searching at http://localhost:4711/" in result.stdout
    assert (served[0].index, served[0].host, served[0].threads) == (index, "127.0.0.1", 3)


def test_the_keepers_mode_prints_its_token(index: Path, served: list[Any]) -> None:
    """Another at each start; and one process serves."""
    lines = [run("serve", "--keeper", "--processes", 3, "--index", index).stdout.splitlines() for _ in range(2)]
    assert lines[0][1] == "To correct, give this token at http://localhost:4711/keeper/"
    assert len({len(each[2]) for each in lines}) == 1 and len(lines[0][2]) == 32
    assert lines[0][2] != lines[1][2]
    assert served[0].processes == 1


@pytest.mark.parametrize("loss", [10, 100])
def test_the_keepers_builds_lose_what_the_configuration_allows(
    loss: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As every other build does."""
    keepers: list[Any] = []
    monkeypatch.setattr("searchui.serving.server.serve", lambda app, *_: keepers.append(app.config["KEEPER"]))
    data, index, config = shutil.copytree(ARCHIVE, tmp_path / "data"), tmp_path / "index", tmp_path / "onrecord.toml"
    notes = [data / f"wire/note-{number}.txt" for number in range(12)]
    for note in notes:
        note.write_text(f"Note {note.stem}.")
    config.write_text(f"[reading]\nloss = {loss}\n")
    run("--config", config, "build", data, "--index", index, "--jobs", 1)
    run("--config", config, "serve", "--keeper", "--index", index)
    for note in notes:
        note.unlink()
    with nullcontext() if loss == 100 else pytest.raises(BuildFailed):
        keepers[0].rebuild()


def test_serve_builds_first_when_there_is_no_index(tmp_path: Path, served: list[Any]) -> None:
    """From the articles in data."""
    result = run("serve", "--data", ARCHIVE, "--index", tmp_path / "index")
    assert "Building the index" in result.stderr
    assert "5 articles" in result.stdout
    assert served


def test_serve_without_index_and_articles_says_what_to_do(tmp_path: Path, served: list[Any]) -> None:
    """Exit status 1."""
    result = run("serve", "--data", tmp_path / "data", "--index", tmp_path / "index")
    assert result.exit_code == 1
    assert "onrecord build" in result.stderr
    assert not served


def test_the_configuration_is_the_default_of_every_option(index: Path, tmp_path: Path, served: list[Any]) -> None:
    """What is typed goes before the environment, the environment before the file."""
    config = tmp_path / "onrecord.toml"
    config.write_text(f'index = "{index}"\nport = 8123\nthreads = 5\nname = "The Calder Dispatch"\n')
    assert json.loads(run("--config", config, "stats", "--json").stdout)["articles"] == 5
    result = CliRunner().invoke(main, ["--config", str(config), "serve", "--threads", "6"],
                                env={"ONRECORD_PORT": "8124", "ONRECORD_THREADS": "7"})
    assert result.exit_code == 0, result.output
    assert (served[0].port, served[0].threads, served[0].name) == (8124, 6, "The Calder Dispatch")


def test_a_mistake_in_the_configuration_is_told(tmp_path: Path) -> None:
    """By file and line; exit status 1."""
    (tmp_path / "onrecord.toml").write_text("\nprot = 80\n")
    result = run("--config", tmp_path / "onrecord.toml", "stats")
    assert result.exit_code == 1
    assert "onrecord.toml:2" in result.stderr


def test_batch_answers_a_table_of_queries(index: Path, tmp_path: Path) -> None:
    """A line for every hit; queries without hits and queries that mean nothing stay in it."""
    (tmp_path / "queries.csv").write_text('query,kind\ntitle:levy,\nteeth,quotation\nzyzzyva,\nspeeker:x,\n＝1,\n')
    run("search", "--batch", tmp_path / "queries.csv", "--output", tmp_path / "hits.csv", "--index", index)
    with open(tmp_path / "hits.csv", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [(row["query"], row["rank"], row["total"]) for row in rows] == [
        ("title:levy", "1", "1"), ("teeth", "1", "1"), ("zyzzyva", "", "0"), ("speeker:x", "", ""), ("'＝1", "", "0")]
    assert (rows[1]["speaker"], rows[1]["id"]) == ("Mei-Ling Zhao", "nadia-okafor/levy-passes#q4")
    assert "did you mean" in rows[3]["problem"]


def test_batch_of_one_column_needs_no_head(index: Path, tmp_path: Path) -> None:
    """And goes to the terminal where no file is named."""
    (tmp_path / "queries.csv").write_text("ferry\nlevy\n")
    result = run("search", "--batch", tmp_path / "queries.csv", "--limit", 1, "--index", index)
    assert [row[0] for row in csv.reader(result.stdout.splitlines(keepends=True))] == ["query", "ferry", "levy"]


def test_batch_of_columns_without_names_is_explained(index: Path, tmp_path: Path) -> None:
    """Rather than guessed at."""
    (tmp_path / "queries.csv").write_text("ferry,2010\n")
    result = run("search", "--batch", tmp_path / "queries.csv", "--index", index)
    assert result.exit_code == 1
    assert "names its columns" in result.stderr


def test_watch_builds_whenever_files_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until it is stopped."""
    shutil.copytree(ARCHIVE, tmp_path / "data")
    changes: list[Any] = [
        lambda: None,
        lambda: (tmp_path / "data/new.md").write_text("A new story."),
        KeyboardInterrupt,
    ]

    def sleep(seconds: float) -> None:
        change = changes.pop(0)
        if change is KeyboardInterrupt:
            raise KeyboardInterrupt
        change()

    monkeypatch.setattr("indexer.commands.build_commands.time", SimpleNamespace(sleep=sleep))  # its own alone
    result = run("watch", tmp_path / "data", "--index", tmp_path / "index", "--jobs", 1)
    assert [line.split(",")[0] for line in result.stdout.splitlines()][:2] == ["5 articles", "6 articles"]


def test_watch_waits_for_what_stands_in_the_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is not mounted is told once, and used when it is there."""
    changes: list[Any] = [lambda: None, lambda: shutil.copytree(ARCHIVE, tmp_path / "data"), lambda: None]

    def sleep(seconds: float) -> None:
        if not changes:
            raise KeyboardInterrupt
        changes.pop(0)()

    monkeypatch.setattr("indexer.commands.build_commands.time", SimpleNamespace(sleep=sleep))
    result = run("watch", tmp_path / "data", "--index", tmp_path / "index", "--jobs", 1)
    assert result.stderr.count("There is no folder") == 1
    assert result.stdout.startswith("5 articles, ")


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_help_that_reads_well(command: str) -> None:
    """A sentence of what it does, and one for each option."""
    result = run(command, "--help")
    assert result.exit_code == 0
    assert main.commands[command].help
    for parameter in main.commands[command].params:
        if isinstance(parameter, click.Option):
            assert parameter.help and parameter.help.endswith("."), parameter.name


def test_the_module_is_the_command() -> None:
    """python -m indexer, and what setup.cfg installs as onrecord: they show the same help."""
    setup = (Path(__file__).parents[2] / "setup.cfg").read_text("utf-8")
    assert "onrecord = indexer.__main__:main\n" in setup
    done = subprocess.run([sys.executable, "-m", "indexer", "--help"], capture_output=True, text=True,
                          cwd=Path(__file__).parents[2])
    assert done.stdout.splitlines()[0] == "Usage: onrecord [OPTIONS] COMMAND [ARGS]..."


def test_marks_stand_out_and_lines_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks keep to their words when a passage is wrapped; what would command the terminal is shown."""
    monkeypatch.setattr(terminal, "width", lambda: 14)
    wrapped = terminal.wrapped(Snippet("one ferry boat\x1b two", (Span(4, 14),)), "  ")
    shown = [click.unstyle(line) for line in wrapped.split("\n")]
    assert shown == ["  one ferry", "  boat\ufffd two"]
    assert click.style("ferry", fg="yellow", bold=True) in wrapped
    assert click.style("boat", fg="yellow", bold=True) in wrapped


def test_many_skipped_files_are_not_all_printed() -> None:
    """The report has them all."""
    report = BuildReport("b1", 1, 0, 0, 5, tuple((f"{number}.md", "empty") for number in range(30)), 1.0, read=31)
    lines = list(terminal.report_lines(report))
    assert len(lines) == 2 + 20 + 1
    assert lines[-1] == "  and 10 more; all are named in builds/b1/report.json"


def test_progress_tells_rate_and_time_left(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On a terminal only."""
    progress = ProgressLine()
    progress.begin("reading", 10)
    progress.advance(5, 500)
    assert capsys.readouterr().err == ""
    assert progress.line(2.0) == (
        "reading  [##########..........]  5 of 10  2 a second, 250 words a second, 2 s left")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    progress = ProgressLine()
    progress.begin("indexing", 1)
    progress.advance()
    progress.end()
    assert "1 of 1" in capsys.readouterr().err


@pytest.mark.parametrize(("form", "beginning"), [
    ("csv", b'#,"onrecord, 2 quotations for: ferry"\r\n'), ("jsonl", b'{"export": {"query": "ferry"'),
    ("ris", b"onrecord, 2 quotations for: ferry\r\n"), ("bib", b"% onrecord, 2 quotations for: ferry\n"),
    ("csl", b'[{"id": "'), ("atom", b"<?xml version"),
])
def test_export_writes_what_the_page_exports(index: Path, tmp_path: Path, form: str, beginning: bytes) -> None:
    """In every format, to a file or to standard output."""
    command = ("export", "ferry", "--in", "quotations", "--format", form, "--index", index)
    result, target = run(*command), tmp_path / "export"
    assert result.exit_code == 0, result.output
    assert result.stdout_bytes.startswith(beginning)
    assert run(*command, "--output", target).stdout == ""
    assert len(target.read_bytes()) == len(result.stdout_bytes)


def test_export_takes_the_filters_of_the_page(index: Path) -> None:
    """By person, and by parameters as they stand in an address."""
    rows = run("export", "--by", "Ruth Adeyemi", "--in", "quotations", "--index", index).stdout
    assert {row["speaker"] for row in csv.DictReader(rows.splitlines()[3:])} == {"Ruth Adeyemi"}
    filtered = run("export", "--only", "speaker=ruth-adeyemi", "--in", "quotations", "--format", "jsonl",
                   "--index", index)
    speakers = {json.loads(line)["speaker_id"] for line in filtered.stdout.splitlines()[1:]}
    assert speakers == {"ruth-adeyemi"}


@pytest.mark.parametrize(("options", "status", "said"), [
    (("--only", "colour=red"), 1, "There is no parameter colour"), (("--only", "year"), 2, "is not NAME=VALUE"),
    (("--only", "page=x"), 1, "page is a number"), (("date:77..3",), 1, "is no date"),
    (("--in", "people", "--format", "ris"), 2, "People are exported as csv or jsonl"),
])
def test_export_says_what_it_does_not_understand(index: Path, options: tuple[str, ...], status: int, said: str) -> None:
    """A mistyped filter must not export everything."""
    result = run("export", *options, "--index", index)
    assert (result.exit_code, said in result.stderr) == (status, True)


def test_annotate_wants_a_shard_that_there_is(tmp_path: Path) -> None:
    """Misuse is told before anything is read."""
    result = run("annotate", ARCHIVE, "--output", tmp_path, "--shards", 2, "--shard", 3)
    assert (result.exit_code, "3 of 2" in result.stderr) == (2, True)


def test_a_build_takes_annotations(tmp_path: Path) -> None:
    """Annotate, then build with what was found."""
    run("annotate", ARCHIVE, "--output", tmp_path / "found", "--jobs", 1)
    again = run("annotate", ARCHIVE, "--output", tmp_path / "found", "--jobs", 1)
    assert again.stdout.startswith("0 files annotated, 6 were there.")
    built = run("build", ARCHIVE, "--index", tmp_path / "index", "--annotations", tmp_path / "found", "--jobs", 1)
    assert built.stdout.startswith("5 articles, ")


# ---- tables of queries, and what reaches a terminal


@pytest.mark.parametrize(("table", "queries"), [
    (b"query;kind\n\"\"\"sea wall\"\" ferry\";quotation\n", [('"sea wall" ferry', "quotation")]),
    (b"kind\tquery\narticle\tferry, late\n", [("ferry, late", "article")]),
    ("query\ncaf\u00e9\n".encode("cp1252"), [("caf\u00e9", "article")]),
    ("query,kind\ncaf\u00e9,person\n".encode("utf-16"), [("caf\u00e9", "person")]),
    ("\ufeffquery\nferry\n".encode(), [("ferry", "article")]),
    (b'"sea wall" ferry\n"old pier"\n', [('"sea wall" ferry', "article"), ('"old pier"', "article")]),
    (b'"""sea wall"" ferry"\r\n\r\nlevy\r\n', [('"sea wall" ferry', "article"), ("levy", "article")]),
    (b"", []),
])
def test_tables_of_queries_are_read_as_they_are_written(table: bytes, queries: list[tuple[str, str]]) -> None:
    """By a spreadsheet of any language, or by hand."""
    assert list(read_queries(table)) == queries


@pytest.mark.parametrize(("table", "reason"), [
    (b'query,kind\n"sea wall" ferry,\n', 'Line 2 .* twice: """sea wall"" ferry"'),
    (b"ferry;2010\n", "names its columns"), (b"ferry\nwall,2010\n", "Line 2 has several"),
    (b"PK\x03\x04\0\0", "save it as CSV"), (b"\xff\xfeq", "begins as utf-16, and is not"),
])
def test_tables_that_cannot_be_read_are_refused_with_the_reason(table: bytes, reason: str) -> None:
    """None is searched for what it does not ask."""
    with pytest.raises(OnRecordError, match=reason):
        list(read_queries(table))


@given(st.binary(max_size=60) | st.text(max_size=40).map(str.encode))
def test_any_table_of_queries_is_read_or_refused(table: bytes) -> None:
    """Nothing else happens."""
    try:
        assert all(isinstance(query, str) for query, _ in read_queries(table))
    except OnRecordError as error:
        assert str(error)


HOSTILE = "a\x1b[31m\u202eb\u0085\u2066\u200d\u2028"


def test_json_holds_nothing_that_a_terminal_obeys() -> None:
    """And is the same value; what joins letters stays."""
    written = terminal.json_text({"text": HOSTILE})
    assert json.loads(written) == {"text": HOSTILE}
    assert all(each.isprintable() or each == "\u200d" for each in written) and "\u200d" in written


def test_errors_hold_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    """Whatever a file is called."""
    (tmp_path / f"{HOSTILE.replace('/', '')}.md").write_bytes(b"")
    result = run("extract", tmp_path)
    assert result.exit_code == 1 and "empty" in result.stderr
    assert all(each.isprintable() or each in "\n\u200d" for each in result.stderr)


@pytest.mark.parametrize("arguments", [
    ("search", "ferry \udc81"), ("quotes", "--by", "Adeyemi\udcff"), ("people", "\udc81"), ("show", "\udc81"),
    ("export", "ferry \udc81"), ("export", "ferry", "--only", "author=\udc81"),
])
def test_bytes_that_are_no_text_are_searched_for_as_something_else(index: Path, arguments: Sequence[str]) -> None:
    """As a terminal of another encoding types them: an answer or a line that says why not."""
    result = run(*arguments, "--index", index)
    assert result.exit_code in (0, 1) and isinstance(result.exception, SystemExit | None)


@pytest.mark.parametrize(("name", "value", "coloured"), [("NO_COLOR", "1", False), ("TERM", "dumb", False),
                                                         ("TERM", "xterm", True)])
def test_colours_are_left_out_where_nobody_wants_them(
    index: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, coloured: bool
) -> None:
    """As https://no-color.org asks."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv(name, value)
    result = CliRunner().invoke(main, ["search", "ferry", "--index", str(index)])
    assert result.exit_code == 0
    shown = []
    with click.Context(main) as context:
        terminal.prepare()
        shown.append(context.color)
    assert shown == [None if coloured else False]


def test_a_terminal_of_few_letters_gets_numbers_for_the_others() -> None:
    """Rather than an error halfway."""
    program = ("import sys; from indexer.commands import terminal; terminal.prepare(); "
               "print('caf\u00e9 \u201cferry\u201d')")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, cwd=Path(__file__).parents[2],
                          env={**os.environ, "PYTHONIOENCODING": "latin-1"})
    assert done.stdout.strip() == b"caf\xe9 \\u201cferry\\u201d"


# ---- Ctrl-C


INTERRUPTED_WHILE_IMPORTING = """
import os, signal, sys

class Interrupting:
    left = int(sys.argv.pop(1))

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        cls.left -= 1
        if cls.left == 0:
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)
from indexer.__main__ import main
sys.meta_path.insert(0, Interrupting)
main()
"""


@pytest.mark.parametrize("imports", [1, 2, 5, 20, 60, 150, 300])
def test_ctrl_c_says_one_line_whatever_is_being_imported(index: Path, imports: int) -> None:
    """From the first module on that the command needs."""
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WHILE_IMPORTING, str(imports), "search", "ferry", "--index", str(index)],
        capture_output=True, text=True, cwd=Path(__file__).parents[2])
    assert (done.returncode, done.stderr, done.stdout) == (130, "Stopped.\n", "")


def test_nothing_is_imported_before_ctrl_c_is_answered() -> None:
    """Neither by the package nor by the module that is run."""
    program = ("import sys; import indexer.__main__; "
               "print(sorted(name for name in sys.modules if name.startswith(('indexer', 'click'))))")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True,
                          cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "['indexer', 'indexer.__main__']"


@pytest.mark.parametrize("command", [("search", "ferry"), ("people",), ("export", "ferry")])
def test_ctrl_c_during_a_command_says_one_line(
    index: Path, monkeypatch: pytest.MonkeyPatch, command: Sequence[str]
) -> None:
    """While it opens the index; afterwards an interrupt is again what it was before."""
    def interrupted(index: Path) -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(search_commands, "open_engine", interrupted)
    before = signal.getsignal(signal.SIGINT)
    result = run(*command, "--index", index)
    assert (result.exit_code, result.stderr, result.stdout) == (130, "Stopped.\n", "")
    assert signal.getsignal(signal.SIGINT) is before


def test_a_background_job_goes_on_ignoring_ctrl_c(index: Path) -> None:
    """As its shell wants it."""
    program = ("import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); "
               "from indexer.__main__ import main; from indexer.commands import search_commands; "
               "opened = search_commands.open_engine; "
               "search_commands.open_engine = lambda index: (os.kill(os.getpid(), signal.SIGINT), opened(index))[1]; "
               "main()")
    done = subprocess.run([sys.executable, "-c", program, "stats", "--index", str(index)], capture_output=True,
                          text=True, cwd=Path(__file__).parents[2])
    assert (done.returncode, done.stderr) == (0, "") and "articles" in done.stdout


# ---- Where the answer goes


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_is_named_in_one_line(index: Path) -> None:
    """That the answer was to be written to."""
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, "-m", "indexer", "stats", "--index", str(index)], stdout=full,
                              stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert (done.returncode, done.stderr) == (1, "Error: [Errno 28] No space left on device\n")


def test_whoever_stops_reading_sees_no_error(index: Path) -> None:
    """As head does."""
    with subprocess.Popen([sys.executable, "-m", "indexer", "stats", "--index", str(index)], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
