"""When a story was published: date lines as people and programs write them, and how much of the day they give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from warnings import catch_warnings, simplefilter

from dateutil import parser

from indexer.models import Precision
from indexer.reading.drafts import DayOrder, Options
from indexer.reading.metadata import DATES

LONGEST_LINE = 200
YEARS = range(1600, 2101)

MONTHS = {name: number for number, names in enumerate((
    "january jan januar janvier enero janeiro gennaio januari",
    "february feb februar février fevrier fév febrero fevereiro febbraio februari",
    "march mar märz maerz mars marzo março marco maart mrz",
    "april apr avril abril aprile avr abr",
    "may mai mayo maio maggio mei",
    "june jun juni juin junio junho giugno",
    "july jul juli juillet julio julho luglio",
    "august aug août aout agosto augustus",
    "september sep sept septembre septiembre setembro settembre",
    "october oct oktober okt octobre octubre outubro ottobre",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre diciembre dezembro dicembre",
), 1) for name in names.split()}

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_DAY = r"(?<![\d:.])(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?(?![\d:])"
_OF = r"(?:\s|,|-|\.|/|\bof\b|\bde\b|\bdel\b|\bdi\b|\bthe\b|')*"
_SHAPES = tuple(re.compile(shape, re.IGNORECASE) for shape in (
    r"(?<!\d)(?P<year>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})(?=[T\sZ]|\D|$)",
    r"(?<!\d)(?P<year>\d{4})(?P<number>\d{2})(?P<day>\d{2})(?=T|\d{4,6}(?!\d)|\D|$)",
    _DAY + _OF + r"\b" + _MONTH + _OF + _YEAR,
    r"\b" + _MONTH + _OF + _DAY + _OF + r"(?<!\d)" + _YEAR,
    r"(?<!\d)(?P<year>\d{4})" + _OF + r"\b" + _MONTH + _OF + _DAY,
    r"(?<!\d)(?P<first>\d{1,2})(?P<mark>[-/.])\s?(?P<second>\d{1,2})(?P=mark)\s?(?P<year>\d{4}|\d{2})(?!\d)",
    _DAY + _OF + r"\b" + _MONTH + _OF + r"(?P<year>\d{2})(?![\d:.])",
))
_MONTHS_OF_YEARS = tuple(re.compile(shape, re.IGNORECASE) for shape in (
    r"(?<![\d/.-])(?P<year>\d{4})[-/.](?P<number>\d{1,2})(?![\d/.-])",
    r"(?<![\d/.-])(?P<number>\d{1,2})[-/.](?P<year>\d{4})(?!\d)",
    r"\b" + _MONTH + _OF + r"(?<!\d)" + _YEAR,
    r"(?<!\d)(?P<year>\d{4})" + _OF + r"\b" + _MONTH,
))
_SECONDS = re.compile(r"1[0-7]\d{8}(?:\d{3})?")      # since 1970, or thousandths of them: from 2001 to 2027
_ONLY_YEAR = re.compile(r"\D*(?P<year>\d{4})\D*")
_LATER = re.compile(r"\b(?:last\s+)?(?:updated|modified|corrected|edited|revised|accessed|retrieved)\b", re.IGNORECASE)
_LABEL = re.compile(r"\b(?:originally|first\s+)?(?:published|posted|printed|created|filed|issued)\b", re.IGNORECASE)
_TIME = re.compile(
    r"(?:(?<=T)|(?<![\d.:/+-]))(?P<hour>2[0-3]|[01]?\d)(?!\d)"
    r"(?:(?::|(?<=\d)h|\.(?=\d\d\s?(?:[ap]\.?\s?m\b)))(?P<minute>[0-5]\d)"
    r"(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?)?\s?(?P<half>[ap]\.?\s?m\b\.?)?", re.IGNORECASE)
_COMPACT_TIME = re.compile(r"(?<=\dT)(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?(?!\d)")
_NAMED_TIMES = ((re.compile(r"\bnoon\b", re.IGNORECASE), 12), (re.compile(r"\bmidnight\b", re.IGNORECASE), 0))
_UTC = re.compile(r"\d(?:\s?Z|\s?[+-]00:?00|\s(?:UTC|GMT))\s*$", re.IGNORECASE)

_YEAR_FOLDER = r"(?<![^/])(?P<year>1[6-9]\d\d|20\d\d)"
_PATHS = tuple(map(re.compile, (
    r"(?<![^/_])(?P<year>1[6-9]\d\d|20\d\d)(?P<mark>[-_])(?P<number>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)",
    _YEAR_FOLDER + r"/(?P<number>\d{1,2})/(?P<day>\d{1,2})(?=[/_.-])",
    _YEAR_FOLDER + r"(?P<number>\d\d)(?P<day>\d\d)(?=[/_.-])",
    _YEAR_FOLDER + r"[/-](?P<number>\d\d)(?=/)",
)))


_DEFAULTS = (datetime(1904, 1, 1), datetime(1908, 2, 2))       # differ in year, month and day


@dataclass(frozen=True, slots=True)
class Published:
    """When a story appeared, as far as it says; what is not known of the moment is the first of the year or month.

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
    unread = ""
    for line in _lines(fields):
        if found := read_date(line, options.day_order):
            return found
        unread = unread or line
    warning = f"no date can be read in {' '.join(unread[:80].split())!r}" if unread else ""
    return replace(date_of_path(name) or Published(), warning=warning)


def read_date(line: str, order: DayOrder = "") -> Published | None:
    """What a date line says; None where it cannot be read or names no year.

    Only 04/05/2012 depends on order, and is read month first where that is ""; points between the numbers mean the day
    first. Of "published … updated …" the former counts. The time is the one that the line shows, whatever its zone.
    """
    line = " ".join(line[:LONGEST_LINE].split())
    if _SECONDS.fullmatch(line):
        return Published(datetime(1970, 1, 1) + timedelta(seconds=int(line[:10])))
    for part in _parts(line):
        if found := _exact(part, order) or _any_shape(part) or _month(part) or _year(part):
            return found
    return None


def is_utc(line: str) -> bool:
    """Whether a stamp gives the time of Greenwich, where another day may begin than at the paper."""
    return _UTC.search(line) is not None


def date_of_path(path: str) -> Published | None:
    """The day or month that the path of a file gives: 1903/04/05/page.txt, 2014-05-06-the-pump.md, 2013/07/x.md.

    Of several the one nearest to the file's name.
    """
    path = path[-1_000:]
    for shape in _PATHS:
        found = None
        for match in shape.finditer(path):
            day = match.groupdict().get("day")
            found = _made(int(match["year"]), int(match["number"]), int(day) if day else None) or found
        if found:
            return found
    return None


def _lines(fields: Mapping[str, object]) -> Iterator[str]:
    for name in DATES:
        value = fields.get(name)
        if isinstance(value, str | int | date) and not isinstance(value, bool) and str(value).strip():
            yield str(value)


def _parts(line: str) -> list[str]:
    """The line as published, and then as a whole: what follows "updated" is another date."""
    label = _LABEL.search(line)
    start = label.end() if label else 0
    later = _LATER.search(line, start)
    first = line[start:later.start()] if later else line[start:]
    return [first, line] if first != line else [line]


def _exact(text: str, order: DayOrder) -> Published | None:
    for shape in _SHAPES:
        for match in shape.finditer(text):
            groups = match.groupdict()
            found = _numeric(match, order) if "first" in groups else _made(
                _full_year(groups["year"]), _month_of(groups), int(groups["day"]))
            if found:
                return _with_time(found, text, match)
    return None


def _numeric(match: re.Match[str], order: DayOrder) -> Published | None:
    """Two numbers and a year: which is the day?"""
    first, second, year = int(match["first"]), int(match["second"]), _full_year(match["year"])
    if match["mark"] == ".":
        return _made(year, second, first) or _made(year, first, second)
    if max(first, second) > 12:
        shown: DayOrder = "day" if first > 12 else "month"
        found = _made(year, min(first, second), max(first, second))
        return found and replace(found, order=shown)
    found = _made(year, second, first) if order == "day" else _made(year, first, second)
    return found and replace(found, is_unsure=first != second)


def _any_shape(text: str) -> Published | None:
    """What dateutil makes of a line of another shape, if it gives a day: «Thu Feb 13 16:53:12 EST 2014».

    What the line leaves out dateutil takes from a default: of two defaults that differ in everything, only what the
    line says comes out the same.
    """
    try:
        one, other = (_dateutil(text, default) for default in _DEFAULTS)
    except (ValueError, ArithmeticError):      # its errors, and those of figures beyond all measure
        return None
    same = (one.year, one.month, one.day) == (other.year, other.month, other.day)
    return Published(one) if same and one.year in YEARS else None


def _dateutil(text: str, default: datetime) -> datetime:
    with catch_warnings():
        simplefilter("ignore")                  # it warns of zones that it does not know; the local time is kept
        return parser.parse(text, default=default, ignoretz=True)


def _month(text: str) -> Published | None:
    for shape in _MONTHS_OF_YEARS:
        for match in shape.finditer(text):
            if found := _made(int(match["year"]), _month_of(match.groupdict()), None):
                return found
    return None


def _year(text: str) -> Published | None:
    match = _ONLY_YEAR.fullmatch(text)
    if match is None or any(name.lower() in MONTHS for name in re.findall(r"[^\W\d_]+", text)):
        return None
    year = int(match["year"])
    return Published(datetime(year, 1, 1), "year") if year in YEARS else None


def _month_of(groups: dict[str, str]) -> int:
    return MONTHS[groups["month"].lower()] if groups.get("month") else int(groups["number"])


def _full_year(digits: str) -> int:
    """Of two digits, as POSIX has it: 69 to 99 are of the last century."""
    year = int(digits)
    return year if len(digits) > 2 else year + (1900 if year > 68 else 2000)


def _made(year: int, month: int, day: int | None) -> Published | None:
    """None for the thirtieth of February, and for years without newspapers."""
    if year not in YEARS:
        return None
    try:
        return Published(datetime(year, month, day or 1), "day" if day else "month")
    except ValueError:
        return None


def _with_time(published: Published, text: str, date: re.Match[str]) -> Published:
    """The time of day, which stands after the date or before it."""
    rest = text[:date.start()] + " " * (date.end() - date.start()) + text[date.end():]
    hour, minute, second = _clock(text, rest)
    moment = published.moment and published.moment.replace(hour=hour, minute=minute, second=second)
    return replace(published, moment=moment)


def _clock(text: str, rest: str) -> tuple[int, int, int]:
    if compact := _COMPACT_TIME.search(text):
        return int(compact["hour"]), int(compact["minute"]), int(compact["second"] or 0)
    for match in _TIME.finditer(rest):
        if match["minute"] or match["half"]:
            return _hour(match), int(match["minute"] or 0), int(match["second"] or 0)
    return next((hour for name, hour in _NAMED_TIMES if name.search(rest)), 0), 0, 0


def _hour(match: re.Match[str]) -> int:
    hour = int(match["hour"])
    if not match["half"] or hour > 12:
        return hour
    return hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
