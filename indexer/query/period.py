"""Days as people type them: 2012, 2012-03, 2012-03-04, and from..to with either end open."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.errors import QueryError

_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", re.ASCII)
_YEARS = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")
_FORMS = "write 2012, 2012-03, 2012-03-04 or 2009..2012"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from start to end, both included; None is open."""

    start: date | None
    end: date | None


def read_period(text: str, position: int, repairs: list[str]) -> Period:
    """What follows date:. QueryError, at the character of the date that does not exist or cannot be read."""
    text = _YEARS.sub(r"\1..\2", text) if _YEARS.fullmatch(text) else text
    first, dots, last = text.partition("..")
    last = last.lstrip(".")
    if not dots:
        return _days(first, position)
    opening = _days(first, position) if first else Period(None, None)
    closing = _days(last, position + len(text) - len(last)) if last else Period(None, None)
    if opening.start and closing.end and opening.start > closing.end:
        repairs.append(f"{text} runs backwards: it was read as {last}..{first}.")
        return Period(closing.start, opening.end)
    return Period(opening.start, closing.end)


def before(text: str, position: int) -> Period:
    """All days before the day, month or year that is typed."""
    start = _days(text, position).start
    if start is None or start == date.min:
        raise QueryError(f"Nothing is older than {text}.", position)
    return Period(None, start - timedelta(days=1))


def after(text: str, position: int) -> Period:
    """All days after the day, month or year that is typed."""
    end = _days(text, position).end
    if end is None or end == date.max:
        raise QueryError(f"Nothing is newer than {text}.", position)
    return Period(end + timedelta(days=1), None)


def _days(text: str, position: int) -> Period:
    match = _DATE.fullmatch(text)
    if not match:
        raise QueryError(f"'{text}' is no date: {_FORMS}.", position)
    year, month, day = (int(part) if part else 0 for part in match.groups())
    try:
        start = date(year, month if match[2] else 1, day if match[3] else 1)
    except ValueError:
        raise QueryError(f"There is no {text} in the calendar: {_FORMS}.", position) from None
    end_month = start.month if match[2] else 12
    end_day = start.day if match[3] else monthrange(year, end_month)[1]
    return Period(start, date(year, end_month, end_day))


def period_as_text(period: Period) -> str:
    """The shortest way to type it after date:."""
    first, last = _named(period)
    return first if first == last and first else f"{first}..{last}"


def period_in_words(period: Period) -> str:
    """“in March 2012”, “on 4 March 2012”, “from 2009 to 2012”, “from 2013 on”, “up to the end of 2011”."""
    first, last = _named(period)
    if first and first == last:
        return f"{'on' if len(first) == len('2012-03-04') else 'in'} {_in_words(first)}"
    if first and last:
        return f"from {_in_words(first)} to {_in_words(last)}"
    if last:
        return f"up to {'' if len(last) == len('2012-03-04') else 'the end of '}{_in_words(last)}"
    return f"from {_in_words(first)} on" if first else "at any time"


def _named(period: Period) -> tuple[str, str]:
    """Both ends as years, else as months, else as days: the coarsest that is exact; "" if open."""
    first = period.start.isoformat() if period.start else ""
    last = period.end.isoformat() if period.end else ""
    for size in (4, 7):
        exact = (not first or _days(first[:size], 0).start == period.start,
                 not last or _days(last[:size], 0).end == period.end)
        if all(exact):
            return first[:size], last[:size]
    return first, last


def _in_words(typed: str) -> str:
    """“2012-03-04” → “4 March 2012”."""
    year, month, day = (*typed.split("-"), "", "")[:3]
    name = MONTHS[int(month) - 1] if month else ""
    return " ".join(part for part in (day.lstrip("0"), name, year.lstrip("0") or year) if part)
