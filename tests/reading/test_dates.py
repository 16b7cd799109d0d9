"""Date lines: what is known of the day, and what is not."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, strategies as st

from indexer.models import Precision
from indexer.reading.dates import date_of_path, is_utc, published_of, read_date
from indexer.reading.drafts import DayOrder, Options


@pytest.mark.parametrize(("line", "moment", "precision"), [
    ("Feb 13, 2017 4:53 pm", datetime(2017, 2, 13, 16, 53), "day"),
    ("October 25, 2008  5:05 PM", datetime(2008, 10, 25, 17, 5), "day"),
    ("Oct  2, 2014 9:00 am", datetime(2014, 10, 2, 9), "day"),
    ("2014-10-02T09:00:00-05:00", datetime(2014, 10, 2, 9), "day"),
    ("2014-10-02T23:30:00.123Z", datetime(2014, 10, 2, 23, 30), "day"),
    ("2014-10-02 09:05:07 -0400", datetime(2014, 10, 2, 9, 5, 7), "day"),
    ("20141002", datetime(2014, 10, 2), "day"),
    ("20141002T091500Z", datetime(2014, 10, 2, 9, 15), "day"),
    ("2014/10/2", datetime(2014, 10, 2), "day"),
    ("Thu, 02 Oct 2014 09:00:00 EST", datetime(2014, 10, 2, 9), "day"),
    ("Tue, 7 May 2013 00:15:00 +0200", datetime(2013, 5, 7, 0, 15), "day"),
    ("October\u00a02, 2014", datetime(2014, 10, 2), "day"),
    ("Published: 9 April 2011", datetime(2011, 4, 9), "day"),
    ("Posted on April 9th, 2011 at 7.05pm", datetime(2011, 4, 9, 19, 5), "day"),
    ("April 9, 2011 | 12:40 a.m. PDT", datetime(2011, 4, 9, 0, 40), "day"),
    ("April 9,2011", datetime(2011, 4, 9), "day"),
    ("Sat. 9 April 2011 at noon", datetime(2011, 4, 9, 12), "day"),
    ("9 April 2011, 11.20 GMT", datetime(2011, 4, 9), "day"),
    ("12:20 PM, 9 April 2011", datetime(2011, 4, 9, 12, 20), "day"),
    ("the 9th of April, 2011", datetime(2011, 4, 9), "day"),
    ("Updated 2 May 2012, published 30 April 2012", datetime(2012, 4, 30), "day"),
    ("Published 30 April 2012, updated 2 May 2012", datetime(2012, 4, 30), "day"),
    ("Last updated 2 May 2012", datetime(2012, 5, 2), "day"),
    ("30 Apr 2012 (modified 2 May 2012)", datetime(2012, 4, 30), "day"),
    ("07.04.1998", datetime(1998, 4, 7), "day"),
    ("7. 4. 1998", datetime(1998, 4, 7), "day"),
    ("7.4.98", datetime(1998, 4, 7), "day"),
    ("7. März 1998", datetime(1998, 3, 7), "day"),
    ("7 de agosto de 1998", datetime(1998, 8, 7), "day"),
    ("1er août 1998", datetime(1998, 8, 1), "day"),
    ("7-Apr-98", datetime(1998, 4, 7), "day"),
    ("Sept. 7, 1898", datetime(1898, 9, 7), "day"),
    ("Thu Apr 9 16:53:12 EST 1998", datetime(1998, 4, 9, 16, 53, 12), "day"),
    ("2012-03", datetime(2012, 3, 1), "month"),
    ("03/2012", datetime(2012, 3, 1), "month"),
    ("March 2012", datetime(2012, 3, 1), "month"),
    ("Mar. 2012", datetime(2012, 3, 1), "month"),
    ("Published in June, 2012", datetime(2012, 6, 1), "month"),
    ("1987", datetime(1987, 1, 1), "year"),
    ("1333281600", datetime(2012, 4, 1, 12), "day"),
    ("1333281600000", datetime(2012, 4, 1, 12), "day"),
    ("Spring 1987", datetime(1987, 1, 1), "year"),
    ("© 1987", datetime(1987, 1, 1), "year"),
])
def test_what_a_date_line_says(line: str, moment: datetime, precision: Precision) -> None:
    """Plain local time, and no day that the line does not give."""
    found = read_date(line)
    assert found is not None
    assert (found.moment, found.precision, found.is_unsure) == (moment, precision, False)


@pytest.mark.parametrize("line", [
    "", "yesterday", "Oct 2", "9:00 am", "Feb 30, 2014", "9" * 5_000, "draft", "0000-00-00", "n.d.", "May",
    "31/31/2012",
    "12345678901",
])
def test_what_is_no_date(line: str) -> None:
    """What cannot be read, or names no year, is none."""
    assert read_date(line) is None


@pytest.mark.parametrize(("line", "given", "moment", "shown", "unsure"), [
    ("25/12/2010", "", datetime(2010, 12, 25), "day", False),
    ("12/25/2010", "day", datetime(2010, 12, 25), "month", False),
    ("12-25-10", "", datetime(2010, 12, 25), "month", False),
    ("03/04/2010", "", datetime(2010, 3, 4), "", True),
    ("03/04/2010 5:15 pm", "day", datetime(2010, 4, 3, 17, 15), "", True),
    ("03/04/2010", "month", datetime(2010, 3, 4), "", True),
    ("04/04/2010", "day", datetime(2010, 4, 4), "", False),
    ("03.04.2010", "month", datetime(2010, 4, 3), "", False),
])
def test_figures_alone(line: str, given: DayOrder, moment: datetime, shown: DayOrder, unsure: bool) -> None:
    """What could be read either way says so; what could not shows what the archive does."""
    found = read_date(line, given)
    assert found is not None
    assert (found.moment, found.order, found.is_unsure) == (moment, shown, unsure)


@pytest.mark.parametrize(("path", "moment", "precision"), [
    ("1903/04/05/page.txt", datetime(1903, 4, 5), "day"),
    ("scans/1903/4/5.txt", datetime(1903, 4, 5), "day"),
    ("_posts/2014-05-06-the-pump.md", datetime(2014, 5, 6), "day"),
    ("20140506_pump.md", datetime(2014, 5, 6), "day"),
    ("2014/05/the-pump.md", datetime(2014, 5, 1), "month"),
    ("2014-05/the-pump.md", datetime(2014, 5, 1), "month"),
    ("2012/01/02/old/2014-05-06-new.md", datetime(2014, 5, 6), "day"),
])
def test_the_path_may_give_the_day(path: str, moment: datetime, precision: Precision) -> None:
    """As tools name their files and folders."""
    found = date_of_path(path)
    assert found is not None
    assert (found.moment, found.precision) == (moment, precision)


@pytest.mark.parametrize("path", ["pump.md", "2014/pump.md", "page-12345678.md", "2014-13-45-x.md", "v1.2014.05/x.md"])
def test_other_figures_of_a_path_are_no_day(path: str) -> None:
    """Numbers of pages, months that there are not."""
    assert date_of_path(path) is None


def test_a_date_line_that_cannot_be_read_is_named() -> None:
    """The path then gives what it can."""
    found = published_of({"date": "soon"}, "2014-05-06-x.md", Options())
    assert (found.moment, found.warning) == (datetime(2014, 5, 6), "no date can be read in 'soon'")


def test_the_first_field_that_can_be_read_counts() -> None:
    """Values may be what YAML made of them."""
    assert published_of({"date": "tba", "created": date(2014, 5, 6)}, "x", Options()).moment == datetime(2014, 5, 6)
    assert published_of({"date": ["2014"]}, "x", Options()).moment is None
    assert published_of({"date": 2014}, "x", Options()).precision == "year"


@pytest.mark.parametrize(("line", "utc"), [
    ("2014-05-06T01:00:00Z", True), ("2014-05-06T01:00:00+00:00", True), ("6 May 2014 01:00 GMT", True),
    ("2014-05-06T01:00:00-05:00", False), ("2014-05-06", False),
])
def test_stamps_of_greenwich(line: str, utc: bool) -> None:
    """Only those may name the day after."""
    assert is_utc(line) is utc


@given(st.text() | st.text("0123456789/-.,: TZapm", max_size=60))
def test_no_date_line_is_an_error(line: str) -> None:
    """Whatever stands in a date line, the story is read."""
    assert read_date(line) is None or read_date(line, "day") is not None
    date_of_path(line)


@given(st.dates(date(1600, 1, 1), date(2100, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%b %d, %Y",
                                                                        "%d.%m.%Y"]))
def test_any_day_is_read_back(day: date, shape: str) -> None:
    """In the shapes that nobody can read otherwise."""
    found = read_date(day.strftime(shape).replace(f"{day.year}", f"{day.year:04}"))
    assert found is not None and found.moment is not None and found.moment.date() == day
