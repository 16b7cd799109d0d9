"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click

from indexer.search import Sort

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def as_text(argument: str) -> str:
    """What is searched for: bytes of the command line that are no text are written as �."""
    return argument.encode(errors="surrogateescape").decode(errors="replace")


query_argument: Decorator = click.argument("query", nargs=-1, type=as_text)
by_option: Decorator = click.option(
    "--by", type=as_text, metavar="PERSON", help="Only what this person or organisation said, by any of their names.")
data_argument: Decorator = click.argument("data", type=click.Path(path_type=Path), default="data")
index_option: Decorator = click.option(
    "--index", type=click.Path(path_type=Path, file_okay=False), default="index",
    show_default=True, help="The folder of the index.")
jobs_option: Decorator = click.option(
    "--jobs", type=click.IntRange(1), default=None, help="How many processes read; by default one for each core.")
strict_option: Decorator = click.option("--strict", is_flag=True, help="Exit with status 1 if any file was skipped.")
loss_option: Decorator = click.option(
    "--allow-loss", is_flag=True, help="Drop articles whose files are gone, however many they are.")
# Value of --kind → the kinds of words (schema: form).
KINDS_OF_WORDS = {"quotation": ("quotation",), "reported": ("reported",), "both": ("quotation", "reported")}
kind_option: Decorator = click.option(
    "--kind", "words", type=click.Choice([*KINDS_OF_WORDS]),
    help="Which words to find: the speakers' own (quotation, the default), what somebody said in the reporter's words "
         "(reported), or both.")
json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
limit_option: Decorator = click.option(
    "--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many hits to print.")
sort_option: Decorator = click.option(
    "--sort", type=click.Choice(get_args(Sort)), default=None,
    help="The order of the hits; certainty, for quotations only, puts the surest speakers first.")
words_option: Decorator = click.option(
    "--as-words", is_flag=True, help="Search for the words as they are, even if they ask what somebody said.")
all_option: Decorator = click.option(
    "--all", "every_copy", is_flag=True, help="Print reprints and versions of one story separately.")
