"""What onrecord.toml says about the files of the archive, as readers take it."""

from __future__ import annotations

from dataclasses import asdict

from indexer.configuration import current_configuration
from indexer.reading import DayOrder, Options

_ORDERS: dict[str, DayOrder] = {"day first": "day", "month first": "month"}


def archive_options() -> Options:
    """Those of the configuration that this process works by."""
    configuration = current_configuration()
    return Options(columns=asdict(configuration.columns), day_order=_ORDERS.get(configuration.reading.dates, ""),
                   largest=configuration.reading.largest * 1_000_000,
                   links_anywhere=configuration.reading.links == "anywhere")


def most_lost() -> float:
    """The share of the articles that a build may lose."""
    return current_configuration().reading.loss / 100
