"""What is typed into a search, and what an address may hold: pages, API, exports, feeds, by words and by meaning."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from benchmarks.fuzz.feeding import Target, Targets, encoded, hold
from benchmarks.fuzz.sample import sample_index
from indexer import Configuration, Limits, QueryError, describe, parse, spreadsheet_safe
from indexer.query.description import chips, to_text
from searchui import create_app
from searchui.request import PARAMETERS

WORDS = encoded((
    '"', '""', "(", ")", " OR ", " AND ", " NOT ", "-", "*", "~5", "~999999999999", ":", "speaker:", "said:", "text:",
    "title:", "mentions:", "author:", "date:", "before:", "after:", "2012", "2012-03-04", "..", "0000",
    "9999-99-99", "ferry", "the", "Adeyemi", "wa*", "“", "’", "\u0301", "\u200f", "\0", "\ud7ff", "ﬁ", "İ",
    "ß", "Ǆ", "\\", "+", "'s", "what did ", " say about ", "who said ", "Adeyemi on ", "in 2012", "?"))


def query(data: bytes) -> None:
    """Anything typed is understood or refused with the place; what is understood can be said, and said back."""
    typed = data.decode(errors="replace")
    try:
        understood = parse(typed)
    except QueryError as error:
        return hold(0 <= error.position <= len(typed), "an error has its place in what was typed")
    describe(understood.query)
    again = parse(to_text(understood.query), 100_000, 1_000).query
    hold(again == understood.query, f"said back, a query means the same: {to_text(understood.query)!r}")
    for chip in chips(understood.query):
        parse(chip.without, 100_000, 1_000)


PATHS = (
    "/", "/search", "/article/%s", "/person/%s", "/quotation/%s", "/people", "/compare", "/sources", "/trends",
    "/lines", "/notebook", "/about", "/help", "/robots.txt", "/opensearch.xml", "/suggestions", "/healthz",
    "/api/", "/api/search", "/api/quotations", "/api/people", "/api/people/%s", "/api/articles/%s", "/api/similar",
    "/api/suggest", "/api/citations", "/api/stats",
    "/export.csv", "/export.jsonl", "/export.ris", "/export.bib", "/export.csl.json", "/feed.atom", "/sources.csv",
    "/trends.csv", "/%s",
)
NAMES = (*PARAMETERS, "a", "b", "bom", "by", "facets", "id", "letter", "limit", "order", "raw", "unsure", "x")
HEADERS = ("Host", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded",
           "If-None-Match", "If-Modified-Since", "Range", "Accept", "Accept-Encoding", "Cookie", "Origin", "Referer",
           "Content-Length", "Transfer-Encoding", "X-HTTP-Method-Override", "User-Agent")
VALUES = encoded((
    "articles", "quotations", "people", "relevance", "newest", "oldest", "certainty", "words", "ruth-adeyemi",
    "nadia-okafor", "2012-03", "1", "0", "-1", "500", "501", "99999999", "9" * 30, "0001", "pronoun", "month", "year",
    "reported", "quotation", "left", "right", "word", "name", "%", "?", "#q1", "=cmd|' /C calc'!A0", ",=1", "\t=1",
    "localhost", "gzip;q=0", "bytes=0-", '"x"', "http://"))
FIRST_HEADER = 128               # the first byte of a line that is a header
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def asked(path: str, more: str = "", **parameters: str) -> bytes:
    """An address as Addresses reads it. more: what stands in the place of %s."""
    lines = [bytes([PATHS.index(path)]) + more.encode()]
    return b"\n".join(lines + [bytes([NAMES.index(name)]) + value.encode() for name, value in parameters.items()])


class Addresses:
    """Any path, parameters and headers: a page or a refusal, in time. The first byte says which path, the first of each
    line which parameter or header."""

    def __init__(self) -> None:
        configuration = Configuration(limits=Limits(seconds=30))        # the processor's time is what is looked at
        app = create_app({"CONFIGURATION": configuration, "INDEX": str(sample_index()), "PROPAGATE_EXCEPTIONS": True})
        self.client = app.test_client()
        self.client.get("/")

    def __call__(self, data: bytes) -> None:
        first, *lines = (data or b"/").split(b"\n")
        path = PATHS[(first or b"/")[0] % len(PATHS)]
        address = path % quote(first[1:]) if "%s" in path else path
        search = "&".join(
            f"{NAMES[line[0] % len(NAMES)]}={quote(line[1:])}" for line in lines if line and line[0] < FIRST_HEADER)
        with self.client.get(address, query_string=search, headers=_headers(lines)) as response:
            hold(response.data is not None and response.status_code < 500,
                 f"no fault and no wait: {response.status_code} {address}?{search}")
            if response.mimetype == "text/csv" and "raw=1" not in search:
                _hold_safe(response.get_data(as_text=True))


def _headers(lines: list[bytes]) -> Mapping[str, str]:
    return {HEADERS[line[0] % len(HEADERS)]: _CONTROLS.sub("", line[1:].decode("latin-1"))
            for line in lines if line and line[0] >= FIRST_HEADER}


def _hold_safe(table: str) -> None:
    """That no cell would run, the comment lines among them, wherever a spreadsheet parts them."""
    for separator in ",;\t":
        for cell in _cells(table.removeprefix("\ufeff"), separator):
            hold(spreadsheet_safe(cell) == cell, f"no cell runs: {cell[:80]!r}")


def _cells(table: str, separator: str) -> Iterator[str]:
    return (cell for row in csv.reader(io.StringIO(table), delimiter=separator) for cell in row)


TARGETS: Targets = {
    "query": lambda: Target(query, [
        b'speaker:"Ruth Adeyemi" said:(ferry OR "free ride"~4) -fare date:2012..2014',
        b"wa* NOT (bridge AND toll) after:2011"], WORDS),
    "address": lambda: Target(Addresses(), [
        asked("/search", q='ferry OR "sea wall" -election', **{"in": "quotations", "year": "2009", "sort": "newest"}),
        asked("/search", q="boats that are late and cost nothing", per_page="20"),
        asked("/search", q="what did Adeyemi say about the ferry in 2012?"),
        asked("/api/search", q="speaker:Adeyemi wa*", speaker="ruth-adeyemi", facets="1", **{"in": "quotations"}),
        asked("/export.csv", q="the~3", bom="1"), asked("/export.ris", q="ferry", **{"in": "quotations"}),
        asked("/person/%s", "ruth-adeyemi", q="free", unsure="1"), asked("/compare", a="Adeyemi", b="Zhao"),
        asked("/article/%s", "ben-castellan/it-is-two-dollars-now-ferry-fare-doubles", q='"two dollars"'),
        asked("/sources", q="ferry", order="name"), asked("/sources.csv", q="ferry", **{"from": "2010"}),
        asked("/trends", q="ferry", by="month"), asked("/trends.csv", q="ferry fares"),
        asked("/lines", q='"the ferry"', by="left"), asked("/api/citations", id="x#q1"),
        asked("/quotation/%s", "ben-castellan/it-is-two-dollars-now-ferry-fare-doubles#q5"),
        asked("/api/similar", id="ben-castellan/it-is-two-dollars-now-ferry-fare-doubles", limit="5"),
        b"\x01\n\x80example.org\n\x81127.0.0.1, ::1\n\x82evil.example"], [*WORDS, *VALUES, b"\n"] + [
            b"\n" + bytes([each]) for each in (*range(len(NAMES)), *range(FIRST_HEADER, 256))]),
}
