"""Some two hundred texts of one piece again and again, made of what stories are made of, for benchmarks.hostile.

    python -m benchmarks.patterns [WORD…] [--kilobytes 25,50,100]

A piece is a name, a mark, a cue, a date, an element or a sign, or two of them one after the other. Each text is read,
annotated, fingerprinted and analysed in sizes that double. Prints those that take more than ten seconds of the
processor for a megabyte, or more than 1.3 as an exponent: twice the text, 2.5 times as long. WORD: only patterns of
that name. Exits with 1 if one takes longer than benchmarks.fuzz allows, or is steep.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Mapping
from itertools import permutations

from benchmarks.fuzz.feeding import SECONDS_A_MEGABYTE
from benchmarks.hostile import again, seconds_of

SLOW = 10.0              # seconds of the processor for a megabyte
STEEP = 1.3              # exponent of the growth
MEASURED = 0.4           # seconds; of less the growth cannot be told

WORDS: Mapping[str, str] = {
    "name": "Aa Bb ", "new name": "{} {} ", "initials": "J.P. Bb ", "letters": "AAB ", "lone capital": "A ",
    "surname": "Bb ", "honorific": "Mr. Bb ", "office": "Mayor Bb ", "description": "the agency ", "pronoun": "she ",
    "cue": "said ", "source": "according to ", "told": "told Bb that ", "organisation": "{} Group (AG) ",
    "quotation": '"a b" ', "curly quotation": "“a b” ", "single quotation": "‘a b’ ", "open mark": "“a ",
    "apostrophe": "a's ", "comma": "a, ", "colon": "Bb: ", "stop": "a. ", "bracket": "(a ", "dash": "— ",
    "date": "May 3, 2011 ", "number": "1,000 ", "long word": "a" * 400 + " ", "letter with marks": "a\u0301\u0316 ",
    "line": "Bb\n", "paragraph": "a\n\n", "item": "- a\n", "and": "and ", "who": "who ", "of": "of the ",
    "part": "one of ",
}
PAIRED = ("name", "new name", "initials", "letters", "honorific", "description", "pronoun", "cue", "source",
          "quotation", "open mark", "comma", "colon")
ELEMENTS = ("b", "a href=http://a.example", "p", "div", "span", "td", "tr", "table", "li", "ul", "blockquote", "figure",
            "h2", "script", "style", "br", "img alt=a", "iframe", "pre", "section", "article", "select", "svg", "form")
SIGNS: Mapping[str, str] = {
    "underscore": "_a ", "code": "`a ", "table": "| a | b |\n", "heading": "# a\n", "quoted": "> a\n",
    "picture": "![a](",
    "link": "[a](b) ", "reference": "[a][b] ", "footnote": "[^a] ", "entity": "&#60;", "backslash": "\\\\",
    "rule": "---\n",
    "html": "<b ", "comment": "<!-- ", "address": "http://a.example/a ", "mail": "a@b.example ",
    "shortcode": "{% a ",
    "indented": "    a\n", "strike": "~~a ", "nested item": "- - - a\n", "nested quote": "> > > a\n",
    "numbered": "1. a\n",
}


def patterns() -> Iterator[tuple[str, str, str]]:
    """The name of each pattern, the suffix of its file, and the piece."""
    for name, piece in WORDS.items():
        yield name, ".txt", piece
    for one, other in permutations(PAIRED, 2):
        if (len(one) + len(other)) % 2 or "quotation" in (one, other):
            yield f"{one}, {other}", ".txt", WORDS[one] + WORDS[other]
    for element in ELEMENTS:
        name = element.split()[0]
        yield f"<{name}> open", ".html", f"<{element}>Aa said "
        yield f"<{name}> closed", ".html", f'<{element}>"a," Aa said.</{name}> '
    for one, other in zip(ELEMENTS, (*ELEMENTS[7:], *ELEMENTS[:7])):
        yield f"<{one.split()[0]}><{other.split()[0]}>", ".html", f"<{one}><{other}>a "
    for name, piece in SIGNS.items():
        yield name, ".md", piece


def judged(suffix: str, piece: str, sizes: list[int]) -> tuple[float, float]:
    """Seconds for a megabyte of the largest text, and the exponent by which they grow to it."""
    took = [seconds_of(suffix, again(piece), size) for size in sizes]
    (before, shorter), (last, longer) = took[-2:]
    exponent = math.log(last / before) / math.log(longer / shorter) if before and last > MEASURED else 1.0
    return last / longer * 1e6, exponent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("word", nargs="*")
    parser.add_argument("--kilobytes", default="25,50,100")
    chosen = parser.parse_args()
    sizes = [1_000 * int(each) for each in chosen.kilobytes.split(",")]
    found = [each for each in patterns() if not chosen.word or any(word in each[0] for word in chosen.word)]
    seconds_of(".html", again('<p>"a," said Aa Bb. '), 2_000)                    # what is loaded when first used
    slow, worst, bad = 0, 0.0, False
    for name, suffix, piece in found:
        rate, exponent = judged(suffix, piece, sizes)
        worst = max(worst, rate)
        if rate > SLOW or exponent > STEEP:
            slow, bad = slow + 1, bad or rate > SECONDS_A_MEGABYTE or exponent > STEEP
            print(f"{name:<40}{rate:>8.1f} s/MB, exponent {exponent:.2f}", flush=True)
    print(f"{len(found)} patterns, {slow} of them slow; the slowest takes {worst:.1f} s/MB")
    raise SystemExit(bad)


if __name__ == "__main__":
    main()
