"""Feed the program what nobody would write, and see that it holds.

    python -m benchmarks.fuzz [TARGET…] [--seconds 60] [--seed N] [--faults FOLDER] [--guided]

Each target takes any bytes, does with them what the program does with such input, and says what must be true of the
outcome whatever they were. Inputs are changed at random from a few good ones; whatever broke a promise is written
into the folder of faults, once for each place. --guided lets atheris, where it is installed, choose the inputs by the
code they reach; it takes one target. Prints executions, the slowest input, and faults; exits with 1 where there are
any.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

SECONDS = 0.5                    # of the processor, whatever the input,
SECONDS_A_MEGABYTE = 60.0        # and for what is read, so much more
LONGEST = 12_000                 # bytes of an input
DATA = Path("data")


class Broken(Exception):
    """A promise that did not hold."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is fed: good inputs to begin with, words worth trying, and what must hold of any bytes."""

    check: Callable[[bytes], object]
    seeds: Sequence[bytes]
    words: Sequence[bytes]


def hold(condition: object, promise: str) -> None:
    if not condition:
        raise Broken(promise)


# --- Queries and addresses --------------------------------------------------------------------------------

WORDS = [each.encode() for each in (
    '"', '""', "(", ")", " OR ", " AND ", " NOT ", "-", "*", "~5", "~999999999999", ":", "speaker:", "said:", "text:",
    "title:", "mentions:", "author:", "date:", "before:", "after:", "2012", "2012-03-04", "..", "0000",
    "9999-99-99", "ferry", "the", "Adeyemi", "wa*", "“", "’", "\u0301", "\u200f", "\0", "\ud7ff", "ﬁ", "İ",
    "ß", "Ǆ", "\\", "+", "'s")]


def query(data: bytes) -> None:
    """Anything typed is understood or refused with the place; what is understood can be said, and said back."""
    from indexer import QueryError, describe, parse
    from indexer.query.description import chips, to_text

    typed = data.decode(errors="replace")
    try:
        understood = parse(typed)
    except QueryError as error:
        return hold(0 <= error.position <= len(typed), "an error has its place in what was typed")
    describe(understood.query)
    again = parse(to_text(understood.query), 100_000, 1_000).query
    hold(again == understood.query, f"said back, a query means the same: {to_text(understood.query)!r}")
    for chip in chips(understood.query):
        parse(chip.without, 100_000, 1_000)


NAMES = ("q", "in", "speaker", "mentions", "author", "year", "month", "method", "certainty", "group", "not_speaker",
         "not_year", "from", "to", "anywhere", "sort", "all", "page", "per_page", "id", "a", "b", "letter", "facets",
         "limit", "raw")
PATHS = ("/search", "/api/search", "/api/quotations", "/api/people", "/export.csv", "/export.jsonl", "/export.ris",
         "/export.bib", "/export.csl.json", "/feed.atom", "/api/suggest", "/suggestions", "/people", "/compare",
         "/person/%s", "/article/%s", "/api/people/%s", "/api/articles/%s", "/", "/%s")
VALUES = [each.encode() for each in (
    "articles", "quotations", "people", "relevance", "newest", "oldest", "certainty", "ruth-adeyemi", "nadia-okafor",
    "2012-03", "1", "0", "-1", "500", "501", "99999999", "9" * 30, "0001", "pronoun", "\n0", "\n1", "\n2", "\n5",
    "\n;", "\n=", "%", "?")]


class Addresses:
    """Any path and parameters: a page or a refusal, in time. The first byte says which path, the first of each line
    which parameter."""

    def __init__(self) -> None:
        from indexer import Configuration, Limits
        from indexer.build.builder import build
        from searchui import create_app

        self.folder = tempfile.TemporaryDirectory()
        build(DATA, self.folder.name)
        configuration = Configuration(limits=Limits(seconds=30))        # the processor's time is what is looked at
        app = create_app({"CONFIGURATION": configuration, "INDEX": self.folder.name, "PROPAGATE_EXCEPTIONS": True})
        self.client = app.test_client()
        self.client.get("/")

    def __call__(self, data: bytes) -> None:
        first, *lines = (data or b"/").split(b"\n")
        path = PATHS[(first or b"/")[0] % len(PATHS)]
        address = path % quote(first[1:]) if "%s" in path else path
        asked = "&".join(f"{NAMES[line[0] % len(NAMES)]}={quote(line[1:])}" for line in lines if line)
        with self.client.get(address, query_string=asked) as response:
            hold(response.data is not None and response.status_code < 500,
                 f"no fault and no wait: {response.status_code} {address}?{asked}")


# --- Articles ---------------------------------------------------------------------------------------------

MARKS = [each.encode() for each in (
    "---\n", "title: ", "author: ", "date: ", "url: ", "<p>", "</p>", "<blockquote>", "</blockquote>", "<div>", "<b>",
    "<a href='", "'>", "<!--", "-->", "<script>", "<![CDATA[", "&quot;", "&#8220;", "&#x110000;", "&#0;", "&amp", '"',
    "“", "”", "‘", "’", "''", "``", "«", "said", " said Ruth Adeyemi", "he said", "Mayor", " Jr.", "O'Rourke", "St. ",
    "\r\n", "\n\n", "\0", "\ufeff", "\u2028", "\u00a0", "<meta charset=utf-16>", "according to", ", ", ". ", ": ")]
SUFFIXES = (".md", ".html", ".txt")


def article(data: bytes) -> None:
    """Any file is an article or says why not; whatever is found in it stands in its text, word for word."""
    from indexer.build.serialization import pack, pack_people, unpack, unpack_people
    from indexer.errors import ArticleError
    from indexer.pipeline import annotate
    from indexer.reading.archive import article_of

    path = Path(f"a/story{SUFFIXES[data[0] % len(SUFFIXES) if data else 0]}")
    try:
        read = article_of(data[1:], path, Path("a"))
    except ArticleError as error:
        return hold(error.reason, "a file that is no article has a reason")
    text, found = read.text, annotate(read)
    hold(found.article == read, "annotation leaves the article as it is")
    for block in read.blocks:
        hold(0 <= block.span.start <= block.span.end <= len(text), f"a block stands in the text: {block}")
    for said in found.quotations:
        for span in filter(None, (said.span, said.cue, said.source)):
            hold(0 <= span.start < span.end <= len(text), f"a span stands in the text: {said}")
        hold(said.speaker is None or said.speaker.strip() == said.speaker, f"a speaker is a name: {said}")
    for person in found.people:
        for mention in person.mentions:
            hold(mention.span is None or mention.span.of(text), f"a mention stands in the text: {mention}")
    hold(unpack(pack(found), unpack_people(pack_people(found.people))) == found, "what is packed is unpacked alike")


# --- Files that the user wrote ----------------------------------------------------------------------------

TOML = [each.encode() for each in (
    "[", "]", "[[", "]]", "{", "}", "=", ".", '"', "'", '"""', "'''", "\\u0000", "\\", "#", "\n", "\r", "limits",
    "log", "port", "data", "name", "index", "seconds", "query", "true", "1e999", "nan", "-inf", "0x", "9" * 30, "merge",
    "rename", "split", "ignore", "from", "until", "articles", "2013-01-01", "2013-02-30", "12:00:00", "\ufeff", ",")]


class Files:
    """Any onrecord.toml or people.toml, by the first byte, is taken or refused with file and line."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()

    def __call__(self, data: bytes) -> None:
        from indexer.configuration import load_configuration
        from indexer.errors import ConfigError
        from indexer.identity.overrides import read_overrides

        path = Path(self.folder.name) / "written.toml"
        path.write_bytes(data[1:])
        try:
            load_configuration(path, {}) if data[:1] < b"n" else read_overrides(path)
        except ConfigError as error:
            hold(error.line or "UTF-8" in error.reason, f"a mistake has its line: {error}")


# --- What a build left ------------------------------------------------------------------------------------

class Damage:
    """Bytes of ledger, annotations or manifest changed on the disk: the next build says so or answers as it should.
    The first byte says which file; then three for a place and one that is written there."""

    def __init__(self) -> None:
        from indexer.build.annotation_shards import Shard, annotate_shard
        from indexer.build.builder import build
        from indexer.build.refresh import Silence

        self.folder = tempfile.TemporaryDirectory()
        home = self.home = Path(self.folder.name)
        for path in sorted(DATA.glob("*/*.md"))[:120:30]:
            (home / "data").mkdir(exist_ok=True)
            shutil.copy(path, home / "data" / path.name)
        annotate_shard(home / "data", home / "annotations", Shard(), 1, Silence())
        build(home / "data", home / "built", jobs=1)
        self.right = self.held(home / "built")

    def held(self, index: Path) -> list[str]:
        from benchmarks.kill import everything

        return everything(index)

    def __call__(self, data: bytes) -> None:
        from indexer import OnRecordError
        from indexer.build.builder import build

        home, index = self.home, self.home / "index"
        shutil.rmtree(index, ignore_errors=True)
        shutil.rmtree(home / "taken", ignore_errors=True)
        shutil.copytree(home / "annotations", home / "taken")
        which = data[0] % 3 if data else 0
        if which != 1:
            shutil.copytree(home / "built", index)
        damaged = (index / "ledger.sqlite", next((home / "taken").iterdir()),
                   *index.glob("builds/*/manifest"))[which]
        content = bytearray(damaged.read_bytes())
        for at in range(1, len(data) - 3, 4):
            content[int.from_bytes(data[at:at + 3], "big") % len(content)] = data[at + 3]
        damaged.write_bytes(content)
        with (home / "data" / "later.md").open("w") as file:
            file.write('---\ntitle: Later\n---\n<p>"It is late," said Ruth Adeyemi, the mayor.</p>\n')
        try:
            build(home / "data", index, jobs=1, annotations=home / "taken" if which == 1 else None)
        except OnRecordError:
            return
        finally:
            (home / "data" / "later.md").unlink()
        try:
            build(home / "data", index, jobs=1)
        except OnRecordError:
            return
        hold(self.held(index) == self.right, f"damaged {damaged.name} gives no wrong answer")


# --- Feeding ----------------------------------------------------------------------------------------------

def targets(names: Sequence[str]) -> dict[str, Target]:
    """The targets of these names, ready to be fed."""
    files = [path.read_bytes()[:LONGEST] for path in sorted(Path("tests/archive").rglob("*"))
             if path.suffix in SUFFIXES]
    files += [path.read_bytes() for path in sorted(DATA.glob("*/*.md"))[::12]]
    made: Mapping[str, Callable[[], Target]] = {
        "query": lambda: Target(query, [b'speaker:"Ruth Adeyemi" said:(ferry OR "free ride"~4) -fare date:2012..2014',
                                        b"wa* NOT (bridge AND toll) after:2011"], WORDS),
        "address": lambda: Target(Addresses(), [
            b'/\n\0ferry OR "sea wall" -election\n\1quotations\n\x0b2009\n\x0c2014\n\x0fnewest',
            b"\4\n\0speaker:Adeyemi wa*\n\1quotations\n\2ruth-adeyemi", b"\7\n\0the~3", b"\x0eruth-adeyemi\n\0free"],
            WORDS + VALUES),
        "article": lambda: Target(article, [b"\0" + each for each in files], MARKS),
        "files": lambda: Target(Files(), [
            b'a' + b'data = "d"\nport = 80\n[limits]\nseconds = 2.5\n[log]\nform = "json"\n',
            b'z' + b'ignore = ["A B"]\n[merge]\n"C D" = ["C"]\n[rename]\n"E" = "F"\n[split]\n'
            b'"W P" = [{ name = "W P (a)", articles = ["x/*"] }, { name = "b", from = 2013-01-01 }]\n'], TOML),
        "damage": lambda: Target(Damage(), [b"\0\0\1\2\3", b"\1\0\1\2\3", b"\2\0\1\2\3"], [os.urandom(4)]),
    }
    return {name: make() for name, make in made.items() if name in (names or made)}


def changed(data: bytes, target: Target, chance: random.Random) -> bytes:
    """The input with one to four changes."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + int(chance.expovariate(0.1)))
        piece = data[at:to]
        other = chance.choice(target.seeds)
        from_ = chance.randrange(len(other))
        data = data[:at] + chance.choice((
            lambda: chance.choice(target.words) + data[at:], lambda: data[to:], lambda: piece * 2 + data[to:],
            lambda: chance.choice(target.words) * int(1 + chance.expovariate(0.02)) + data[at:],
            lambda: chance.randbytes(1) + data[at + 1:], lambda: piece[::-1] + data[to:],
            lambda: other[from_:from_ + chance.randrange(1, 400)] + data[at:]))()
    return data[:LONGEST]


class Feeding:
    """Executions of one target, and what came of them."""

    def __init__(self, target: Target, faults: Path) -> None:
        self.target, self.folder = target, faults
        self.executions, self.slowest = 0, 0.0
        self.faults: dict[str, str] = {}

    def __call__(self, data: bytes) -> None:
        """Feed one input."""
        self.executions += 1
        begun = time.thread_time()
        try:
            self.target.check(data)
        except Exception as error:
            frames = [each for each in traceback.extract_tb(error.__traceback__) if "benchmarks" not in each.filename]
            where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else f"{error}".partition(":")[0]
            self._keep(f"{type(error).__name__} {where}", f"{error}"[:300], data)
        took = time.thread_time() - begun
        self.slowest = max(self.slowest, took)
        if took > SECONDS + SECONDS_A_MEGABYTE * len(data) / 1e6:
            self._keep("slow", f"{took:.1f} s for {len(data)} bytes", data)

    def _keep(self, place: str, said: str, data: bytes) -> None:
        if place not in self.faults:
            self.faults[place] = said
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{len(self.faults)}").write_bytes(data)
            print(f"  {place}: {said}", flush=True)

    def told(self, name: str) -> str:
        return f"{name:<10}{self.executions:>12,}{1000 * self.slowest:>14,.0f}{len(self.faults):>9}"


def guided(name: str, feeding: Feeding, seconds: int, folder: Path) -> None:
    """Until the time is over atheris chooses the inputs; it ends the program."""
    atheris = import_module("atheris")
    corpus = folder / "inputs"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(feeding.target.seeds):
        (corpus / f"seed{number}").write_bytes(seed[:LONGEST])
    escaped = ["".join(f"\\x{byte:02x}" for byte in word) for word in feeding.target.words if len(word) < 60]
    (folder / "words").write_text("".join(f'"{each}"\n' for each in escaped))
    begun = time.monotonic()

    def feed(data: bytes) -> None:
        feeding(data)
        if time.monotonic() > begun + seconds:
            print(feeding.told(name), flush=True)
            os._exit(bool(feeding.faults))

    atheris.Setup([sys.argv[0], str(corpus), f"-dict={folder / 'words'}", f"-max_len={LONGEST}", "-rss_limit_mb=0",
                   "-timeout=300", "-verbosity=0"], feed)
    atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", nargs="*")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--seed", type=int, default=20120328)
    parser.add_argument("--faults", type=Path, default=Path(tempfile.gettempdir()) / "onrecord-faults")
    parser.add_argument("--guided", action="store_true")
    chosen = parser.parse_args()
    if chosen.guided:
        with import_module("atheris").instrument_imports(include=["indexer", "searchui"]):
            import searchui  # noqa: F401
            from indexer.commands import cli  # noqa: F401
    print(f"{'target':<10}{'executions':>12}{'slowest, ms':>14}{'faults':>9}", flush=True)
    broken = False
    for name, target in targets(chosen.target).items():
        feeding, chance = Feeding(target, chosen.faults / name), random.Random(chosen.seed)
        if chosen.guided:
            guided(name, feeding, chosen.seconds, chosen.faults / name)
        end = time.monotonic() + chosen.seconds
        while time.monotonic() < end:
            feeding(changed(chance.choice(target.seeds), target, chance))
        print(feeding.told(name), flush=True)
        broken = broken or bool(feeding.faults)
    raise SystemExit(broken)


if __name__ == "__main__":
    main()
