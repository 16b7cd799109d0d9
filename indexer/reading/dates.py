"""When a story was published: date lines of every shape, and how much of the day they give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dateutil import parser as dates

from indexer.models import Precision
from indexer.reading.drafts import DayOrder, Options
from indexer.reading.html_text import fold_spaces
from indexer.reading.metadata import DATES, first_of


@dataclass(frozen=True, slots=True)
class Published:
    """When a story appeared, as far as it says.

    order is set where the date is one of figures alone: "day" or "month" stands first beyond doubt. is_unsure: it could
    be read either way, and was read as the options say.
    """

    moment: datetime | None = None      # plain local time
    precision: Precision = "day"
    order: DayOrder = ""
    is_unsure: bool = False
    warning: str = ""                   # a date line that cannot be read


def published_of(fields: Mapping[str, object], name: str, options: Options) -> Published:
    """The date that the fields of a story give, else that of its path in the archive."""
    return Published(read_date(str(first_of(fields, DATES))))


def read_date(text: str) -> datetime | None:
    """A date line of any usual shape as plain local time; None where it cannot be read or names no year."""
    text = fold_spaces(text)[:80]
    if not any(map(str.isdigit, text)):
        return None
    try:
        published = dates.parse(text, ignoretz=True, default=datetime(1, 1, 1))
    except (ValueError, OverflowError, TypeError):
        return None
    return published if published.year > 1 else None
