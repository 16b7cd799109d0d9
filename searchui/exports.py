"""A whole answer to download: CSV, JSON lines, RIS, BibTeX, CSL-JSON, and a feed; streamed, in the page's order.

Each names the search, its filters, the count, the index's build and the time, so that it can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from threading import BoundedSemaphore

from flask import Blueprint, Flask, Response, abort, current_app, json, request, stream_with_context

from indexer import Document, Engine, Hit, OnRecordError, QueryError, QueryTooSlow, describe
from searchui.formats import (
    Provenance, answers, bibtex, cited, csl, csv_rows, csv_table, description_of, feed_of, permalink, ris,
)
from searchui.pages import (
    asked_trends, months, source_columns, source_rows, sources_of, trend_columns, trend_rows, trends_of, unit_asked,
)
from searchui.request import KINDS, SearchRequest, current_index, page_sizes

exports = Blueprint("exports", __name__)

MOST_SELECTED = 500


def limit_exports(app: Flask, threads: int) -> None:
    """Let exports take half of the threads at most: a slow client keeps one as long as its export is sent."""
    app.extensions["onrecord.exports"] = BoundedSemaphore(max(1, threads // 2))


@exports.get("/export.csv")
def as_csv() -> Response:
    return _streamed("csv", "text/csv", partial(
        csv_rows, raw=request.args.get("raw") == "1", bom=request.args.get("bom") == "1"))


@exports.get("/export.jsonl")
def as_jsonl() -> Response:
    return _streamed("jsonl", "application/x-ndjson", _json_lines)


@exports.get("/export.ris")
def as_ris() -> Response:
    return _streamed("ris", "application/x-research-info-systems", _ris_records)


@exports.get("/export.bib")
def as_bib() -> Response:
    return _streamed("bib", "application/x-bibtex", _bib_records)


@exports.get("/export.csl.json")
def as_csl() -> Response:
    return _streamed("csl.json", "application/vnd.citationstyles.csl+json", _csl_items)


@exports.get("/feed.atom")
def as_feed() -> Response:
    """The newest hits of the search, at most a page of them."""
    search = replace(_search_request(), sort="newest")
    engine = current_index().engine
    documents = [hit.document for hit in islice(_every(engine, search), search.per_page)]
    total = engine.count(search.hit_query, kind=search.kind, filters=search.filter_query)
    return Response(feed_of(search, documents, total, engine), mimetype="application/atom+xml")


@exports.get("/sources.csv")
def sources_csv() -> Response:
    """Everybody quoted in the answer of a search, as the page of sources counts them."""
    search, engine = _search_request(), current_index().engine
    found = sources_of(engine, search)
    source = replace(_provenance(search, engine, found.total), exported=found.read)
    return _table("sources", source, source_columns(), source_rows(found))


@exports.get("/trends.csv")
def trends_csv() -> Response:
    """The figures of a trend, a row a period."""
    asked, searches = asked_trends(request.args)
    for each in searches:
        if each.error:
            raise each.error
    engine = current_index().engine
    found = trends_of(engine, searches, unit_asked(request.args), current_index().cached("months", months))
    typed = " | ".join(each.typed for each in searches)
    source = replace(_provenance(asked.with_typed(""), engine, len(found.periods)), understood=f"trend of {typed}")
    return _table("trend", source, trend_columns(found), trend_rows(found))


def _table(name: str, source: Provenance, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    lines = csv_table(source.lines(), columns, rows, request.args.get("raw") == "1")
    return _as_file(Response("".join(lines), mimetype="text/csv"), name, source.build, "csv")


def _as_file(response: Response, name: str, build: str, suffix: str) -> Response:
    """A response that browsers save, under a name that says from which build it is."""
    file = f"onrecord-{name}-{build}.{suffix}".encode("ascii", "replace").decode()
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    response.headers["X-Index-Build"] = build
    return response


@exports.get("/opensearch.xml")
def opensearch() -> Response:
    """The description by which a browser offers the archive in its address bar."""
    return Response(description_of(current_app.config["NAME"]), mimetype="application/opensearchdescription+xml")


@exports.get("/suggestions")
def suggestions() -> Response:
    """People, as browsers ask for suggestions: the text typed, completions, descriptions, addresses."""
    typed = request.args.get("q", "")[:100]
    people = current_index().engine.suggest(typed, page_sizes.SUGGESTIONS)
    found = [
        typed, [f'speaker:"{each["name"]}"' for each in people],
        [f"{each['quotations']} quotations" for each in people], [permalink(each) for each in people],
    ]
    return Response(json.dumps(found, ensure_ascii=False, sort_keys=False), mimetype="application/x-suggestions+json")


def _streamed(suffix: str, mimetype: str, lines: Callable[[Provenance, Iterable[Document]], Iterator[str]]) -> Response:
    search = _search_request()
    if search.kind == "person" and suffix not in ("csv", "jsonl"):
        abort(400, "People are exported as CSV or JSON lines; what can be cited are articles and quotations.")
    place = _Place.of(current_app.extensions["onrecord.exports"])
    if place is None:
        return Response("Too many exports are being sent. Try again in a minute.\n", 503, {"Retry-After": "60"},
                        mimetype="text/plain")
    try:
        return _sent(place, search, suffix, mimetype, lines)
    except BaseException:
        place.leave()
        raise


class _Place:
    """One of those that exports may take at once."""

    def __init__(self, places: BoundedSemaphore) -> None:
        self._places: BoundedSemaphore | None = places

    @classmethod
    def of(cls, places: BoundedSemaphore) -> _Place | None:
        """A place, if there is one."""
        return cls(places) if places.acquire(blocking=False) else None

    def during(self, parts: Iterable[str]) -> Iterator[str]:
        try:
            yield from parts
        finally:
            self.leave()

    def leave(self) -> None:
        """Once, however often it is said."""
        places, self._places = self._places, None
        if places is not None:
            places.release()


def _sent(
    place: _Place, search: SearchRequest, suffix: str, mimetype: str,
    lines: Callable[[Provenance, Iterable[Document]], Iterator[str]],
) -> Response:
    """The export as it is read; the place is left when it has been sent, or its client is gone."""
    engine = current_index().engine
    documents, total = _documents(engine, search)
    source = _provenance(search, engine, total)
    noun = next(name for name, kind in KINDS.items() if kind == search.kind)
    response = Response(stream_with_context(place.during(lines(source, documents))), mimetype=mimetype)
    response.headers["X-Total-Count"] = str(total)
    response.call_on_close(place.leave)
    return _as_file(response, noun, engine.build_id, suffix)


def _documents(engine: Engine, search: SearchRequest) -> tuple[Iterable[Document], int]:
    """The whole answer, or the documents whose ids are in the address; and how many there are."""
    ids = [*dict.fromkeys(request.args.getlist("id"))][:MOST_SELECTED]
    if ids:
        return [engine.get(search.kind, id) for id in ids], len(ids)
    total = engine.count(search.hit_query, kind=search.kind, filters=search.filter_query)
    return (hit.document for hit in islice(_every(engine, search), search.limits.export)), total


def _every(engine: Engine, search: SearchRequest) -> Iterator[Hit]:
    return engine.every(search.hit_query, kind=search.kind, filters=search.filter_query, sort=search.sort)


def _search_request() -> SearchRequest:
    search = SearchRequest.from_args(request.args)
    if search.error:
        raise search.error
    return search.understood(current_index().engine)


def _provenance(search: SearchRequest, engine: Engine, total: int) -> Provenance:
    return Provenance(
        kind=search.kind, query=search.box,
        understood="a selection" if "id" in request.args else describe(search.query),
        filters=tuple(search.filters_in_words()), total=total, exported=min(total, search.limits.export),
        build=engine.build_id, time=datetime.now(UTC), url=search.url(external=True),
    )


def _json_lines(source: Provenance, documents: Iterable[Document]) -> Iterator[str]:
    """First the search, under "export", then an object for each document."""
    yield json.dumps({"export": source.values()}, ensure_ascii=False, sort_keys=False) + "\n"
    for document in documents:
        yield json.dumps(answers.plain(document), ensure_ascii=False, sort_keys=False) + "\n"


def _ris_records(source: Provenance, documents: Iterable[Document]) -> Iterator[str]:
    """At most three lines before the first record: after more of them Zotero does not recognise RIS."""
    head, *rest = source.lines()
    yield f"{head}\r\n{'. '.join(rest[:-1])}\r\n{rest[-1]}\r\n"
    for document in documents:
        yield ris(cited(document), source.time.date())


def _bib_records(source: Provenance, documents: Iterable[Document]) -> Iterator[str]:
    yield "".join(f"% {line}\n" for line in source.lines()) + "\n"
    for document in documents:
        yield bibtex(cited(document), source.time.date())


def _csl_items(source: Provenance, documents: Iterable[Document]) -> Iterator[str]:
    """A JSON array has no comments: the search is in the first item, under custom."""
    separator = "["
    custom = {"custom": {"onrecord": source.values()}}
    for document in documents:
        item = {**csl(cited(document), source.time.date()), **custom}
        yield separator + json.dumps(item, ensure_ascii=False, sort_keys=False)
        separator, custom = ",\n", {}
    yield "]\n" if separator != "[" else "[]\n"


@exports.errorhandler(QueryError)
@exports.errorhandler(QueryTooSlow)
def _query_error(error: OnRecordError) -> Response:
    """For programs: one line that says why."""
    return Response(f"{error}\n", 503 if isinstance(error, QueryTooSlow) else 400, mimetype="text/plain")
