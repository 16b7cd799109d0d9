"""What is typed at a terminal: any words and options of the commands that search."""

from __future__ import annotations

from click.testing import CliRunner

from benchmarks.fuzz.feeding import Target, Targets, encoded, hold
from benchmarks.fuzz.sample import sample_index
from benchmarks.fuzz.searches import WORDS
from indexer.commands.cli import main
from indexer.commands.terminal import printable

COMMANDS = ("search", "quotes", "people", "show", "export", "stats", "extract")
OPTIONS = encoded((
    "\n--limit\n2", "\n--json", "\n--sort\nnewest", "\n--by\nRuth Adeyemi", "\n--kind\nreported", "\n--all",
    "\n--as-words", "\n--format\nris", "\n--in\npeople", "\n--only\nyear=2012", "\n--only\nfrom=x", "\n--raw",
    "\n--unresolved", "\n--doubtful", "\n--not-inferred", "\n--", "\n-h", "\n--batch\n-", "\n--output\n-", "\n",
    "\u202e", "\x1b[2J", "\x9b", "..", "/", "ben-castellan/it-is-two-dollars-now-ferry-fare-doubles"))


class Commands:
    """Any arguments, a line each, the first of them by its first byte: an answer or one line that says why not, and
    nothing that a terminal would obey."""

    def __init__(self) -> None:
        self.index = str(sample_index())
        self.runner = CliRunner()

    def __call__(self, data: bytes) -> None:
        first, *lines = (data or b"\0").split(b"\n")
        name = COMMANDS[(first or b"\0")[0] % len(COMMANDS)]
        arguments = [line.decode("utf-8", "surrogateescape").replace("\0", "") for line in lines]
        arguments = [each for each in arguments if not each.startswith("--ou")]           # no files are written
        given = [name, *arguments] if name == "extract" else [name, "--index", self.index, *arguments]
        done = self.runner.invoke(main, given, input=data)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        hold(done.exit_code in (0, 1, 2), f"an exit status of ours: {done.exit_code}")
        if name not in ("export", "extract") and "--batch" not in " ".join(arguments):
            hold(printable(done.output) == done.output, f"nothing that a terminal obeys: {given}")


TARGETS: Targets = {
    "command": lambda: Target(Commands(), [
        b"\0\nferry", b'\1\n"sea wall"\n--limit\n2', b"\2\nzhau", b"\4\nferry\n--format\nbib", b"\6\n-",
        b"\3\nben-castellan/it-is-two-dollars-now-ferry-fare-doubles", b"\0\nwhat did Mulcahy say\n--json"],
        WORDS + OPTIONS),
}
