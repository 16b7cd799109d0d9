"""Texts that were written to take long: seconds of the processor for a megabyte of each.

    python -m benchmarks.hostile [NAME…] [--kilobytes 20,80,320]

Each text is one short piece again and again, or two such texts in one. It is read, annotated, fingerprinted and
analysed as a build does that, in several sizes: where the seconds for a megabyte grow with the size, time is no longer
linear. Prints a table; exits with 1 where a text took more than half a second and a minute for a megabyte.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from itertools import islice, product
from pathlib import Path

from benchmarks.fuzz.feeding import SECONDS, SECONDS_A_MEGABYTE
from indexer.build.duplicates import fingerprint
from indexer.errors import ArticleError
from indexer.pipeline import annotate
from indexer.reading.archive import article_of
from indexer.search.analysis import positions

Text = Callable[[int], str]                # of about so many bytes
MARKS = "\u0301\u0316"                     # combining marks that stand in the wrong order


def again(piece: str, before: str = "", behind: str = "") -> Text:
    """One piece again and again; in the place of {} ever other names."""
    def text(size: int) -> str:
        count = size // (len(piece.encode()) + piece.count("{}"))
        return before + "".join(piece.replace("{}", name) for name in _names(count)) + behind

    return text


def _names(count: int) -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return ("".join(each).capitalize() for each in islice(product(letters, repeat=4), count))


def after(first: Text, second: Text) -> Text:
    return lambda size: first(size // 2) + "\n\n" + second(size // 2)


TEXTS: dict[str, tuple[str, Text]] = {
    "marks on one letter": (".txt", again(MARKS, "The ferry. ")),
    "marks in a title": (".md", again(MARKS, "---\ntitle: a", "\n---\nThe ferry is late.")),
    "marks in a byline": (".md", again(MARKS, "---\nauthor: a", "\n---\nThe ferry is late.")),
    "authors in lists": (".md", again("[[[[a]]]], ", "---\nauthors: [", "b]\n---\nThe ferry is late.")),
    "archived addresses": (".html", again("http://archive.org/1234/", '<p><a href="', 'http://a.example">a</a>')),
    "posts": (".html", again("<p class=twitter-tweet>a")),
    "headings": (".html", again("<h2>a</h2>")),
    "bold quotations": (".html", again('<b>"a"</b><br>')),
    "linked quotations": (".html", again('<a href=http://a.example>"a b"</a> ')),
    "block quotations": (".html", again("<blockquote>a</blockquote>The ferry is late again, they said.<p>")),
    "figures": (".html", again("<figure>a")),
    "nested elements": (".html", again("<div>a")),
    "unclosed lettering": (".html", again("<b>x ")),
    "stray ends": (".html", again("</div></i>", "", "<p>end")),
    "signs of markup": (".html", again("<", "", " end")),
    "entities": (".html", again("&amp;amp")),
    "credit lines": (".html", again("<blockquote>" + "—" * 80 + " (@a</blockquote>")),
    "quotation marks": (".txt", again('"')),
    "front matter": (".md", again("k ", "---\n", ": x\n---\nThe ferry is late.")),
    "double accents": (".txt", again("´´O'A ")),
    "short quotations": (".txt", again('"a," said Aa. ')),
    "quotations behind names": (".txt", after(again("Aa Bb said. "), again('"a b" '))),
    "pronouns": (".txt", again('"a," he said. ')),
    "descriptions": (".txt", again('"a," the woman said. ')),
    "organisations": (".txt", again('"a," the agency said. ')),
    "police": (".txt", again('"a," Police said. ')),
    "owners": (".txt", again('"a," her lawyer said. ')),
    "titles": (".txt", again('"a," said Mayor {} Low. ')),
    "reported speech": (".txt", again("{} Bo said the {} would pay. ")),
    "names": (".txt", again("Aaron Smith met Bo Ray. ")),
    "other names": (".txt", again("{} {} met Bo {}. ")),
    "groups": (".txt", again("{} Group (AG) said. ")),
    "addresses in brackets": (".md", again("[a](")),
    "templates": (".md", again("{{<")),
    "stars": (".md", again("*a **")),
}


def seconds(name: str, size: int) -> tuple[float, int]:
    """Of the processor, and how many bytes the text has."""
    return seconds_of(*TEXTS[name], size)


def seconds_of(suffix: str, text: Text, size: int) -> tuple[float, int]:
    """The same of a text in a file of this suffix."""
    data = text(size).encode()
    begun = time.process_time()
    try:
        article = article_of(data, Path(f"/data/a{suffix}"), Path("/data"))
        annotate(article)
        fingerprint(article.text)
        positions([article.text])
    except ArticleError:
        pass
    return time.process_time() - begun, len(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", nargs="*")
    parser.add_argument("--kilobytes", default="20,80,320")
    chosen = parser.parse_args()
    sizes = [1_000 * int(each) for each in chosen.kilobytes.split(",")]
    for suffix in (".md", ".html", ".txt"):                # what is loaded when first used
        article_of(b"The ferry is late, Ann Low said.", Path(f"/data/a{suffix}"), Path("/data"))
    seconds("short quotations", 1_000)
    print("s/MB".ljust(26) + "".join(f"{size // 1_000:>8} kB" for size in sizes))
    slow = False
    for name in chosen.name or TEXTS:
        line = name.ljust(26)
        for size in sizes:
            took, length = seconds(name, size)
            slow = slow or took > SECONDS + SECONDS_A_MEGABYTE * length / 1e6
            line += f"{took / length * 1e6:>11.1f}"
        print(line, flush=True)
    raise SystemExit(slow)


if __name__ == "__main__":
    main()
