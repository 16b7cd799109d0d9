"""Days as people say them: in March 2012, since 2010, on 29 October 2012, between January and March 2011."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.query.period import MONTHS


@dataclass(frozen=True, slots=True)
class Said:
    """A text without the days that it says, and those days as they can be typed (2012, 2012-03, 2012-03-04), both
    included; "" is open."""

    text: str
    start: str = ""
    end: str = ""


_MONTH_NAMES = tuple(f"{month}|{month[:4]}\\.?|{month[:3]}\\.?" if month == "September" else
                     month if len(month) < 5 else f"{month}|{month[:3]}\\.?" for month in MONTHS)
_MONTH = f"(?:{'|'.join(_MONTH_NAMES)})"
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
_YEAR = r"(?:1[5-9]|20)\d\d"
_PART = r"(?:(?:early|late|mid)[ -]|(?:the )?(?:beginning|start|end|middle|course) of |the year )?"
_DATED = (
    rf"{_YEAR}-\d\d?(?:-\d\d?)?"
    rf"|(?:the )?\d\d?(?:st|nd|rd|th)?(?: of)? {_MONTH},? {_YEAR}"
    rf"|{_MONTH} \d\d?(?:st|nd|rd|th)?,? {_YEAR}"
    rf"|{_PART}{_MONTH},?(?: of)? {_YEAR}"
    rf"|(?:the )?(?:{'|'.join(_SEASONS)})(?: of)? {_YEAR}"
    r"|the (?:1[5-9]|20)\d0s"
)
_WHEN = rf"(?:{_DATED}|{_PART}{_YEAR})"
_TO = r" ?(?:-|\.\.| to | and | & | until | till | through ) ?"
# The first that fits is meant.
_KINDS = tuple((re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.I | re.ASCII), kind) for pattern, kind in (
    (rf"(?:from |between |in |during )?(?P<first>{_WHEN}|{_MONTH}(?= ?(?:-|to|and|until|till|through) )){_TO}"
     rf"(?P<last>{_WHEN})", "range"),
    (rf"(?:since|from) (?P<first>{_WHEN})(?: on| onwards?)?", "since"),
    (rf"before the end of (?P<first>{_WHEN})", "until"),
    (rf"after the (?:beginning|start) of (?P<first>{_WHEN})", "since"),
    (rf"after (?P<first>{_WHEN})", "after"),
    (rf"before (?P<first>{_WHEN})", "before"),
    (rf"(?:until|till|up to|through) (?P<first>{_WHEN})", "until"),
    (rf"on (?P<first>{_DATED})", "in"),
    (rf"(?:back )?(?:in|during|of|around) (?P<first>{_WHEN})", "in"),
    (rf"(?P<first>{_DATED})", "in"),
))
_ABOUT = re.compile(r"(?:about|on|regarding|concerning) ", re.I)
_LAST_YEAR = re.compile(rf"(?P<text>.*\S),? (?P<year>{_YEAR})", re.ASCII)


def without_days(text: str) -> Said:
    """The text without the days at its end, at its beginning, or before “about”."""
    for pattern, kind in _KINDS:
        for match in pattern.finditer(text):
            before, after = text[:match.start()].rstrip(" ,"), text[match.end():].lstrip(" ,")
            left = " ".join(filter(None, (before, after)))
            apart = not after or not before or _ABOUT.match(after)
            if left and apart and (days := _days(kind, match.groupdict())):
                return Said(left, *days)
    return Said(text)


def with_last_year(text: str) -> Said | None:
    """The text without a year alone at its end, which is then its day; None if it has none."""
    match = _LAST_YEAR.fullmatch(text)
    return Said(match["text"].rstrip(","), match["year"], match["year"]) if match else None


def _days(kind: str, found: dict[str, str]) -> tuple[str, str] | None:
    """The first and the last day, month or year; None if one of them does not exist."""
    last = _period(found["last"]) if "last" in found else None
    first = _period(found["first"], year=last[1][:4] if last else "")
    if first is None or (last is None and "last" in found):
        return None
    match kind:
        case "range" if last:
            (start, _), (_, end) = sorted((first, last))
            return start, end
        case "since":
            return first[0], ""
        case "until":
            return "", first[1]
        case "after":
            return _beside(first[1], 1), ""
        case "before":
            return "", _beside(first[0], -1)
    return first


def _period(said: str, year: str = "") -> tuple[str, str] | None:
    """What is said as the first and the last day, month or year in it. year: that of a month without one."""
    years = re.findall(_YEAR, said, re.ASCII)
    year = years[0] if years else year
    if re.search(r"0s$", said):
        return year, f"{year[:3]}9"
    if numbers := re.fullmatch(rf"({_YEAR})-(\d\d?)(?:-(\d\d?))?", said, re.ASCII):
        month, day = int(numbers[2]), int(numbers[3] or 0)
    else:
        month = next((at for at, name in enumerate(_MONTH_NAMES, 1) if re.search(rf"\b(?:{name})(?!\w)", said, re.I)),
                     0)
        day = int(next(iter(re.findall(r"(?<!\d)\d\d?(?!\d)", said)), 0)) if month else 0
    for season, (start, end) in _SEASONS.items():
        if season in said.lower():
            return f"{year}-{start:02}", f"{year}-{end:02}"
    typed = "-".join([year] + [f"{part:02}" for part in (month, day) if part])
    return (typed, typed) if _exists(int(year), month, day) else None


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return False
    return True


def _beside(typed: str, step: int) -> str:
    """The day, month or year after it, or before it."""
    year, month, day = (*map(int, typed.split("-")), 0, 0)[:3]
    if day:
        return (date(year, month, day) + timedelta(days=step)).isoformat()
    if not month:
        return str(year + step)
    months = 12 * year + month - 1 + step
    return f"{months // 12}-{months % 12 + 1:02}"
