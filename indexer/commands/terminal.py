"""How answers look in a terminal: marked passages, wrapped lines, JSON."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from indexer.build import BuildReport
from indexer.models import Span
from indexer.reading import Unread
from indexer.search import Hit, Snippet

if TYPE_CHECKING:
    from indexer.build import Annotations        # what makes them loads all that reads files

WIDEST = 100
_JOINER = "\u200d"           # joins emoji, and letters of some scripts
MOST_SKIPPED = 20            # files named after a build; its report names them all


def echo(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def print_json(value: Any) -> None:
    click.echo(json_text(value, 2))


def json_text(value: Any, indent: int | None = None) -> str:
    """JSON in the letters of every script, its control and direction characters escaped: the same value, and nothing
    that a terminal would obey."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return "".join(each if _is_harmless(each) else json.dumps(each)[1:-1] for each in text)


def width() -> int:
    return min(WIDEST, shutil.get_terminal_size().columns)


def printable(text: str) -> str:
    """Without the control and direction characters of archived text, which a terminal would obey."""
    return "".join(each if _is_harmless(each) else "\ufffd" for each in text)


def _is_harmless(character: str) -> bool:
    return character.isprintable() or character == "\n" or character == _JOINER


def prepare() -> None:
    """Let output hold any text: what the terminal's encoding lacks is written by its number. Without colours where
    nobody can see them (TERM=dumb) or wants to (https://no-color.org)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    context = click.get_current_context(silent=True)
    if context is not None and (os.environ.get("NO_COLOR") or is_dumb()):
        context.color = False


def is_dumb() -> bool:
    """Whether the terminal obeys nothing but line ends."""
    return os.environ.get("TERM") == "dumb"


def marked(snippet: Snippet) -> str:
    """The passage with its marks in colour."""
    pieces, position = [], 0
    for mark in sorted(snippet.marks, key=lambda each: each.start):
        pieces.append(printable(snippet.text[position:mark.start]))
        pieces.append(click.style(printable(mark.of(snippet.text)), fg="yellow", bold=True))
        position = max(position, mark.end)
    return "".join(pieces) + printable(snippet.text[position:])


def wrapped(snippet: Snippet, indent: str = "    ") -> str:
    """The passage in lines as wide as the terminal, its marks in colour."""
    lines = [list[str]()]
    room = width() - len(indent)
    for span in _words(snippet.text):
        if len(span) > room and lines[-1]:
            lines.append([])
            room = width() - len(indent)
        room -= len(span) + 1
        inside = (Span(max(mark.start, span.start) - span.start, min(mark.end, span.end) - span.start)
                  for mark in snippet.marks if mark.overlaps(span))
        lines[-1].append(marked(Snippet(span.of(snippet.text), tuple(inside))))
    return "\n".join(indent + " ".join(line) for line in lines)


def _words(text: str) -> Iterator[Span]:
    start = 0
    for word in text.replace("\n", " ").split(" "):
        if word:
            yield Span(start, start + len(word))
        start += len(word) + 1


def day(date: str) -> str:
    """28 March 2012, of an ISO date; March 2012 and 2012 of one that gives no more."""
    shape = {4: "%Y", 7: "%B %Y"}.get(len(date), "%-d %B %Y")
    return f"{datetime.fromisoformat(f'{date}-01-01'[:10] if len(date) < 10 else date):{shape}}" if date else "undated"


def article_lines(number: int, hit: Hit) -> Iterator[str]:
    """A story that was found: headline, author, day, its best passages."""
    document = hit.document
    title = marked(hit.title) if hit.title.text else click.style("without a headline", italic=True)
    again = f" and {hit.duplicates} like it" if hit.duplicates else ""
    again += " (by meaning)" if hit.by_meaning else ""
    yield click.style(f"{number}. ", dim=True) + click.style(title, bold=True)
    about = ", ".join(filter(None, (printable(document["author"]), day(document["date"]), printable(document["path"]))))
    yield click.style(f"    {about}{again}", dim=True)
    yield from (wrapped(snippet) for snippet in hit.snippets)
    yield ""


def quotation_lines(number: int, hit: Hit) -> Iterator[str]:
    """A quotation that was found: speaker, words, where they were printed, how the speaker is known. Reported speech
    is printed as its whole sentence."""
    document = hit.document
    reported = document["form"] == "reported"
    speaker = not_said(document) or printable(document["speaker"]) or "Somebody"
    how = {"none": "speaker unknown", "name": "", "corrected": "corrected by the archive"}.get(
        document["method"], f"by {document['method']}")
    how = how if document["speaker"] or document["stance"] == "said" else ""
    doubt = "" if document["level"] == "sure" or not document["speaker"] else document["level"]
    again = f"also in {hit.duplicates} more" if hit.duplicates else ""
    said = hit.snippets[0] if hit.snippets else Snippet(document["said"])
    yield click.style(f"{number}. ", dim=True) + click.style(speaker, bold=True)
    yield wrapped(in_its_sentence(document, said) if reported else said)
    about = filter(None, ("reported, not quoted" if reported else "", printable(document["title"]),
                          day(document["date"]), printable(document["id"]), how, doubt, again,
                          "by meaning" if hit.by_meaning else ""))
    yield click.style("    " + ", ".join(about), dim=True)
    yield ""


def in_its_sentence(document: Mapping[str, Any], told: Snippet) -> Snippet:
    """The sentence of reported speech, with the marks of what it reports; very long ones as they were cut."""
    if told.text != document["said"]:
        return told
    start = document["start"] - document["context_start"]
    return Snippet(document["context"], tuple(Span(start + each.start, start + each.end) for each in told.marks))


def not_said(document: Mapping[str, Any]) -> str:
    """“Denied: not said by Ruth Adeyemi”, of words that the article does not report as said; "" of all others."""
    if document["stance"] == "said":
        return ""
    whose = printable(document["stance_of"])
    if document["speaker"]:
        return f"Denied by {whose}"
    label = document["stance"].capitalize()
    return f"{label}: not said by {whose}" if whose else f"{label}: not said"


def person_lines(person: Mapping[str, Any]) -> Iterator[str]:
    """A person of the archive: counts, roles, other names."""
    years = "–".join(dict.fromkeys(filter(None, (person["first"][:4], person["last"][:4]))))
    yield click.style(printable(person["name"]), bold=True) + click.style(
        f"  {counted(person['quotations'], 'quotation')}{and_reported(person['reported'])}, "
        f"{counted(person['articles'], 'article')}"
        + (f", {years}" if years else ""), dim=True)
    if person["roles"]:
        yield "    " + printable("; ".join(person["roles"][:3]))
    if person["aliases"]:
        yield click.style("    also " + printable(", ".join(person["aliases"])), dim=True)


def doubt_lines(doubts: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Merges and splits that were close, each with its evidence, and how to decide otherwise."""
    for is_joined, head in (
        (True, "One person, as it seems; if two, tell them apart under [split] of people.toml:"),
        (False, "Two people, as it seems; if one, join them under [merge] of people.toml:"),
    ):
        found = [each for each in doubts if each["is_joined"] is is_joined]
        if found:
            yield head
        for each in found:
            yield "  " + printable(f"{each['one']} ({counted(each['one_articles'], 'article')}), "
                                   f"{each['other']} ({counted(each['other_articles'], 'article')})")
            where = f": {', '.join(each['articles'])}" if each["articles"] else ""
            yield click.style("      " + printable(each["why"] + where), dim=True)
    if not doubts:
        yield "Nothing was close."


def story_lines(article: Mapping[str, Any], quotations: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A whole story, its quotations in colour, then who said them."""
    yield click.style(printable(article["title"]) or "without a headline", bold=True)
    yield click.style(", ".join(filter(None, (printable(article["author"]), day(article["date"])))), dim=True)
    spans = [Span(each["start"], each["end"]) for each in quotations if each["form"] == "quotation"]
    start = 0
    for line in article["text"].split("\n"):
        whole = Span(start, start + len(line))
        inside = (Span(max(each.start, whole.start) - start, min(each.end, whole.end) - start)
                  for each in spans if each.overlaps(whole))
        yield ""
        yield wrapped(Snippet(line, tuple(inside)), "")
        start += len(line) + 1
    if quotations:
        yield ""
    for each in quotations:
        opening = each["said"] if len(each["said"]) < 60 else each["said"][:57] + "…"
        told = ", reported" if each["form"] == "reported" else ""
        who = not_said(each) or printable(each["speaker"]) or "unknown"
        yield f"{each['id'].rpartition('#')[2]}  {who}{told}: {printable(opening)}"


def report_lines(report: BuildReport) -> Iterator[str]:
    """What a build did."""
    held = (f"{counted(report.articles, 'article')}, {counted(report.quotations, 'quotation')}"
            f"{and_reported(report.reported)} and {counted(report.people, 'person', 'people')}")
    if not report.changed:
        yield f"Nothing has changed: the index holds {held}."
    else:
        gone = f", {report.removed:,} gone" if report.removed else ""
        yield f"{held} in {report.seconds:.1f} s ({counted(report.read, 'file')} read{gone})."
    where = f"all are named in builds/{report.build}/report.json"
    yield from _skipped(report.skipped, where)
    yield from _listed(f"{counted(len(report.warned), 'thing')} in articles not understood:", report.warned, where)
    yield from correction_lines(report.corrected, report.gone)
    if report.unsure_dates:
        yield (f"{counted(report.unsure_dates, 'date')} of figures alone, in which either may be the day: "
               'say which in onrecord.toml, [reading] dates = "day first"')
    yield from _not_read(report.unread)


def _not_read(unread: Sequence[Unread]) -> Iterator[str]:
    if unread:
        yield "Not read:"
        yield from (f"  {printable(line)}" for line in unread_lines(unread))


def correction_lines(corrected: int, gone: Sequence[Sequence[str]]) -> Iterator[str]:
    """How many quotations the keeper's corrections mean, and the corrections that mean none."""
    if corrected:
        yield f"{counted(corrected, 'quotation')} corrected by corrections.toml."
    if gone:
        yield f"{counted(len(gone), 'correction')} without a quotation:"
        yield from (f"  {printable(where)}: {printable(reason)}" for where, reason in gone)


def unread_lines(unread: Iterable[Unread]) -> Iterator[str]:
    """.pdf 3: convert to text or HTML, e.g. pdftotext"""
    return (f"{each.what} {each.number:,}: {each.reason}" for each in unread)


def annotation_lines(done: Annotations) -> Iterator[str]:
    """What was done in a shard."""
    there = f", {done.there:,} were there" if done.there else ""
    yield f"{counted(done.written, 'file')} annotated{there}."
    yield from _skipped(done.skipped, "extract names each")
    yield from _not_read(done.unread)


def _skipped(skipped: Sequence[tuple[str, str]], where: str) -> Iterator[str]:
    return _listed(f"{counted(len(skipped), 'file')} skipped:", skipped, where)


def _listed(head: str, named: Sequence[tuple[str, str]], where: str) -> Iterator[str]:
    """What was named with its reason, the first of many."""
    if named:
        yield head
        yield from (f"  {printable(path)}: {printable(reason)}" for path, reason in named[:MOST_SKIPPED])
        if len(named) > MOST_SKIPPED:
            yield f"  and {len(named) - MOST_SKIPPED:,} more; {where}"


def and_reported(number: int) -> str:
    """“ (and 812 reported)”, which are counted apart from the quotations; "" if there are none."""
    return f" (and {number:,} reported)" if number else ""


def counted(number: int, one: str, many: str = "") -> str:
    """1 article, 2 articles."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
