"""What a search at a terminal prints: how it was understood, how much there is, and the hits; in lines or as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from indexer.commands import terminal
from indexer.query import Query, all_of, describe, words_of
from indexer.search import Document, Hit, Interpretation, Results, forms_found

# What is found of quotations: one of them, and several.
NOUNS: Mapping[tuple[str, ...], tuple[str, str]] = {
    ("quotation",): ("quotation", "quotations"),
    ("reported",): ("passage of reported speech", "passages of reported speech"),
    ("quotation", "reported"): ("quotation or passage of reported speech",
                                "quotations and passages of reported speech"),
    (): ("quotation", "quotations"),
}


@dataclass(frozen=True, slots=True)
class Searched:
    """What was searched for, and the answer. best: of a search for articles, the best quotations; namesakes: who else
    may be meant by a name."""

    typed: str
    query: Query
    filters: Query
    repairs: tuple[str, ...]
    results: Results
    interpretation: Interpretation | None = None
    best: tuple[Hit, ...] = ()
    namesakes: tuple[Document, ...] = ()


def print_answer(answer: Searched, as_json: bool) -> None:
    """Print all of it."""
    if as_json:
        return terminal.print_json(_as_json(answer))
    for repair in answer.repairs:
        click.echo(terminal.printable(repair), err=True)
    _print_summary(answer)
    click.echo()
    _print_hits("Said of it:", answer.best)
    _print_hits("Articles:" if answer.best else "", answer.results.hits)
    _print_hits("Said by others, in articles that name the speaker:", answer.results.others)


def _print_summary(answer: Searched) -> None:
    """How the query was understood, how much there is, and what may have been meant."""
    results, found = answer.results, answer.interpretation
    if found:
        click.echo(terminal.printable(f"Read as {found.in_words()}; --as-words searches for the words."))
    if answer.namesakes:
        named = ", ".join(f"{each['name']} ({each['quotations']:,})" for each in answer.namesakes)
        others = "Others of this name" if found and len(found.people) == 1 else "Quoted under this name"
        click.echo(terminal.printable(f"{others}: {named}"))
    of = "" if found else f" for {describe(answer.query)}"
    click.echo(terminal.printable(f"{_how_many(answer)}{of}"))
    if results.relaxed:
        click.echo(f"{'The last ones' if results.total else 'Those below'} {_incomplete(answer)}.")
    if results.suggestion:
        click.echo(f"Did you mean {terminal.printable(results.suggestion)}?")


def _how_many(answer: Searched) -> str:
    """How many hits, and how much more there is of what the articles only report, if that is not searched."""
    results = answer.results
    if results.kind == "article":
        return terminal.counted(results.total, "article")
    forms = forms_found(answer.query, answer.filters)
    counts = {each.value: each.count for each in results.facets["form"]}
    also = terminal.and_reported(counts.get("reported", 0)) if forms == ("quotation",) else ""
    return terminal.counted(results.total, *NOUNS[forms]) + also


def _incomplete(answer: Searched) -> str:
    """What is true of the hits that do not contain all the words."""
    if not any(hit.partial and not hit.by_meaning for hit in answer.results.hits):
        return "may mean the same in other words"
    one_word = sum(part.field is None for part in words_of(answer.query)) == 1
    return "have the word beside them" if one_word else "hold most of the words"


def _print_hits(heading: str, hits: Sequence[Hit]) -> None:
    if heading and hits:
        terminal.echo((heading, ""))
    for number, hit in enumerate(hits, 1):
        lines = terminal.article_lines if hit.document["kind"] == "article" else terminal.quotation_lines
        terminal.echo(lines(number, hit))


def _as_json(answer: Searched) -> dict[str, Any]:
    results, found = answer.results, answer.interpretation
    shown = _article_hit if results.kind == "article" else _quotation_hit
    return {
        "query": answer.typed,
        "understood": describe(all_of((answer.query, found.filters)) if found else answer.query),
        "read_as": found.in_words() if found else None,
        "repairs": list(answer.repairs), "kind": results.kind,
        "total": results.total, "relaxed": results.relaxed, "suggestion": results.suggestion,
        "build": results.build, "seconds": round(results.seconds, 4),
        "hits": list(map(shown, results.hits)), "others": list(map(_quotation_hit, results.others)),
        "best_quotations": list(map(_quotation_hit, answer.best)),
        "namesakes": [{"slug": each["id"], "name": each["name"], "quotations": each["quotations"]}
                      for each in answer.namesakes],
    }


def _article_hit(hit: Hit) -> dict[str, Any]:
    document = hit.document
    return {
        "path": document["path"], "title": document["title"], "author": document["author"],
        "published": document["date"] or None, "score": round(hit.score, 4), "by_meaning": hit.by_meaning,
        "snippet": " … ".join(snippet.text for snippet in hit.snippets), "url": document["url"],
    }


def _quotation_hit(hit: Hit) -> dict[str, Any]:
    document = hit.document
    return {
        "path": document["path"], "text": document["said"], "kind": document["quote_kind"],
        "speaker": document["speaker"] or None, "stance": document["stance"],
        "stance_of": document["stance_of"] or None,
        "method": document["method"], "certainty": document["certainty"], "level": document["level"],
        "published": document["date"] or None, "title": document["title"],
        "id": document["id"], "score": round(hit.score, 4), "by_meaning": hit.by_meaning,
    }
