"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click

from indexer.search import Sort

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

data_argument: Decorator = click.argument("data", type=click.Path(path_type=Path), default="data")
index_option: Decorator = click.option(
    "--index", type=click.Path(path_type=Path, file_okay=False), default="index",
    show_default=True, help="The folder of the index.")
jobs_option: Decorator = click.option(
    "--jobs", type=click.IntRange(1), default=None, help="How many processes read; by default one for each core.")
strict_option: Decorator = click.option("--strict", is_flag=True, help="Exit with status 1 when a file was skipped.")
loss_option: Decorator = click.option(
    "--allow-loss", is_flag=True, help="Let articles go that are no longer there, however many they are.")
json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
limit_option: Decorator = click.option(
    "--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="How many hits to print.")
sort_option: Decorator = click.option(
    "--sort", type=click.Choice(get_args(Sort)), default=None,
    help="The order of the hits; certainty is of quotations, the surest speakers first.")
all_option: Decorator = click.option(
    "--all", "every_copy", is_flag=True, help="Print reprints and versions of one story separately.")
