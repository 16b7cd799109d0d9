"""Reading what writer wrote: the documents of one kind, found by OpenSearch's queries."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from indexer.configuration import current_configuration
from indexer.engines.opensearch.cluster import TOO_SLOW, Cluster
from indexer.engines.opensearch.mapping import FORMAT, FORMS, field_name, place
from indexer.engines.opensearch.writer import note_of
from indexer.errors import IndexMissing, IndexOutdated, OnRecordError, QueryTooSlow
from indexer.search import Deadline, Document, Kind, RankedDocument

EngineQuery = Mapping[str, Any]    # a query as OpenSearch takes it

EVERYTHING: EngineQuery = {"match_all": {}}
NOTHING: EngineQuery = {"match_none": {}}

AT_ONCE = 10_000                   # hits of one request, at most
EXPORTED = 500                     # whole documents of one request
KEEP_ALIVE = "5m"                  # how long a point in time is kept between two requests
FREQUENCIES = 100_000              # words whose frequencies are remembered
SLOWEST = 120.0                    # seconds for a request without a deadline

# Orders of documents; of equals the latest first, then as they were written.
LATEST = {"last": {"order": "desc", "missing": "_last"}}
WRITTEN = {"number": "asc"}
BEST = ({"_score": "desc"}, LATEST, WRITTEN)
NEWEST = (LATEST, WRITTEN)
OLDEST = ({"last": {"order": "asc", "missing": "_last"}}, WRITTEN)
SUREST = ({"certainty": {"order": "desc", "missing": "_last"}}, LATEST, WRITTEN)
MOST_QUOTED = ({"quotations": "desc"}, LATEST, WRITTEN)

SortOrder = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Place:
    """What the cluster says of a document that was found: how to get it, which named queries it matches, its values in
    the sort order, and the document itself if it was sent along."""

    id: str
    routing: str
    matched: frozenset[str]
    at: tuple[Any, ...]
    document: Document | None


@dataclass(frozen=True, slots=True)
class Found:
    """The first documents that match, how many there are, and what was counted over all of them."""

    ranked: list[RankedDocument]
    total: int
    counted: Mapping[str, Any] = field(default_factory=dict)


class Index:
    """The index of one build. Reading is safe from many threads."""

    def __init__(self, folder: Path) -> None:
        note = note_of(folder)
        if not note:
            raise IndexMissing(folder)
        if note.get("format") != FORMAT:
            raise IndexOutdated(folder, str(note.get("format")), FORMAT)
        self.name = str(note["index"])
        self.cluster = Cluster(current_configuration().opensearch)
        try:
            self._check(folder)
            self.sizes = self._sizes()
        except BaseException:
            self.close()
            raise

    def _check(self, folder: Path) -> None:
        mappings = self.cluster.ask("GET", f"/{self.name}/_mapping", instead={404: {}})
        if self.name not in mappings:
            raise OnRecordError(f"The OpenSearch cluster at {self.cluster.where} has no index {self.name}. "
                                f"Build it again: onrecord build DATA --index {folder.parent.parent} --full")
        found = mappings[self.name]["mappings"].get("_meta", {}).get("format")
        if found != FORMAT:
            raise IndexOutdated(folder, str(found), FORMAT)

    def _sizes(self) -> Mapping[str, int]:
        """How many documents there are of each kind."""
        found = self.ask("_search", {"size": 0, "aggs": {"kind": {"terms": {"field": "kind"}}}})
        return {each["key"]: each["doc_count"] for each in found["aggregations"]["kind"]["buckets"]}

    def ask(self, what: str, body: Mapping[str, Any] | bytes, deadline: Deadline | None = None, **more: Any) -> Any:
        """A request to the index; with a deadline, it is answered by then or raises QueryTooSlow."""
        left = SLOWEST
        if deadline:
            deadline.check()
            left = min(left, deadline.left())
        if what == "_search" and isinstance(body, Mapping):
            body = {**body, "timeout": f"{max(1, int(left * 1000))}ms"}
            more.setdefault("allow_partial_search_results", "false")
        answer = self.cluster.ask("POST", f"/{self.name}/{what}", body, patience=min(left, 30.0), wait=left + 1, **more)
        if answer.get("timed_out"):
            raise QueryTooSlow(TOO_SLOW)
        return answer

    def bytes(self) -> int:
        """What the index takes on the machines' disks, without its copies."""
        found = self.cluster.ask("GET", f"/{self.name}/_stats/store")
        return int(found["_all"]["primaries"]["store"]["size_in_bytes"])

    def neighbours(self, word: str, fields: Sequence[str], most: int, deadline: Deadline) -> Mapping[str, int]:
        """The words of indexed fields that are one letter away, the first letter the same, and how many documents
        contain each."""
        rule = {"suggest_mode": "always", "max_edits": 1, "prefix_length": 1, "min_word_length": 1, "sort": "frequency",
                "size": most, "shard_size": most, "max_term_freq": 1_000_000_000, "accuracy": 0.1}
        asked = {name: {"text": word, "term": {**rule, "field": name, "analyzer": "whitespace"}} for name in fields}
        found = self.ask("_search", {"size": 0, "suggest": asked}, deadline)
        counts: Counter[str] = Counter()
        for suggested in found.get("suggest", {}).values():
            for option in (each for one in suggested for each in one["options"]):
                counts[option["text"]] += option["freq"]
        return counts

    def close(self) -> None:
        self.cluster.close()


class KindIndex:
    """The part of an index that is of one kind. Reading is safe from many threads."""

    def __init__(self, whole: Index, kind: Kind) -> None:
        self.whole = whole
        self.kind = kind
        self._only: EngineQuery = {"term": {"kind": {"value": kind}}}
        self._frequencies: dict[tuple[str, str], int] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return self.whole.sizes.get(self.kind, 0)

    def field(self, name: str) -> str:
        """The name under which the terms of a field are indexed."""
        return field_name(self.kind, name)

    def forms_field(self, name: str) -> str:
        """The name under which the forms of a field are indexed."""
        return self.field(name) + FORMS

    def narrowed(self, query: EngineQuery) -> EngineQuery:
        """The documents of this kind that match; their scores mean nothing."""
        return all_of([self._only, query])

    def learn(self, terms: Iterable[tuple[str, str]], deadline: Deadline | None = None) -> None:
        """Find out how many documents contain these terms in these indexed fields, all in one request."""
        wanted = [each for each in dict.fromkeys(terms) if each not in self._frequencies]
        if not wanted:
            return
        lines: list[Mapping[str, Any]] = []
        for name, value in wanted:
            lines += [{}, {"size": 0, "track_total_hits": True, "query": term(name, value)}]
        body = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
        answers = self.whole.ask("_msearch", body, deadline)["responses"]
        if any("error" in each for each in answers):
            raise self.whole.cluster.incomplete()
        with self._lock:
            if len(self._frequencies) > FREQUENCIES:
                self._frequencies.clear()
            self._frequencies.update(
                (each, answer["hits"]["total"]["value"]) for each, answer in zip(wanted, answers))

    def frequency(self, field: str, value: str) -> int:
        """How many documents contain a term in an indexed field."""
        known = self._frequencies.get((field, value))
        if known is None:
            self.learn([(field, value)])
            known = self._frequencies.get((field, value), 0)
        return known

    def count(self, query: EngineQuery, deadline: Deadline | None = None) -> int:
        body = {"size": 0, "track_total_hits": True, "query": self.narrowed(query)}
        return int(self.whole.ask("_search", body, deadline)["hits"]["total"]["value"])

    def counted(
        self, query: EngineQuery, wanted: Mapping[str, Any], deadline: Deadline | None = None
    ) -> Mapping[str, Any]:
        """What is counted over all the documents that match."""
        body = {"size": 0, "track_total_hits": False, "query": self.narrowed(query), "aggs": wanted}
        found: Mapping[str, Any] = self.whole.ask("_search", body, deadline)["aggregations"]
        return found

    def found(
        self, query: EngineQuery, order: SortOrder, most: int, deadline: Deadline,
        wanted: Mapping[str, Any] | None = None,
    ) -> Found:
        """The first documents in an order. A query that scores is taken as it is."""
        body = self._body(query, order, min(most, AT_ONCE)) | {"track_total_hits": True}
        found = self._search(body | {"aggs": wanted} if wanted else body, deadline)
        hits = list(map(_ranked, found["hits"]["hits"]))
        total = found["hits"]["total"]["value"]
        while len(hits) < min(most, total):
            further_on = {"size": min(most - len(hits), AT_ONCE), "search_after": hits[-1].place.at}
            further = self._search(body | further_on | {"track_total_hits": False}, deadline)["hits"]["hits"]
            if not further:
                break
            hits += map(_ranked, further)
        return Found(hits, total, found.get("aggregations", {}))

    def _body(self, query: EngineQuery, order: SortOrder, size: int) -> dict[str, Any]:
        query = query if order is BEST else self.narrowed(query)
        return {"query": query, "sort": list(order), "size": size, "_source": False, "docvalue_fields": ["group"]}

    def _search(self, body: Mapping[str, Any], deadline: Deadline | None = None) -> Mapping[str, Any]:
        """Words are as rare as they are in all shards together."""
        how = "dfs_query_then_fetch" if BEST[0] in body["sort"] else "query_then_fetch"
        found: Mapping[str, Any] = self.whole.ask("_search", body, deadline, search_type=how)
        return found

    def every(self, query: EngineQuery, order: SortOrder) -> Iterator[RankedDocument]:
        """All that matches, with the documents themselves, as it was when this began. A point in time that is lost
        with its machine is taken again: nothing is ever written to a build that answers."""
        point = _PointInTime(self.whole)
        body = self._body(query, order, EXPORTED) | {"_source": ["document"], "track_total_hits": False}
        after: Mapping[str, Any] = {}
        try:
            while True:
                hits = point.search({**body, **after})["hits"]["hits"]
                yield from map(_ranked, hits)
                if len(hits) < EXPORTED:
                    return
                after = {"search_after": hits[-1]["sort"]}
        finally:
            point.close()

    def of_article(self, id: str) -> list[Document]:
        """The documents that belong to an article: all of them are in one shard."""
        own = self._body(term("article_id", id), NEWEST, EXPORTED)
        body = own | {"_source": ["document"], "track_total_hits": False}
        found: list[Document] = []
        after: Mapping[str, Any] = {}
        while True:
            hits = self.whole.ask("_search", {**body, **after}, routing=place("article", id)[1])["hits"]["hits"]
            found += map(_document, hits)
            if len(hits) < EXPORTED:
                return found
            after = {"search_after": hits[-1]["sort"]}

    def documents(self, found: Sequence[RankedDocument], deadline: Deadline) -> list[Document]:
        """Documents as they were given to be indexed, their tuples as lists."""
        places: list[Place] = [each.place for each in found]
        missing = [(place.id, place.routing) for place in places if place.document is None]
        got = iter(self._got(missing, deadline))
        documents = [next(got) if place.document is None else place.document for place in places]
        return [each for each in documents if each is not None]

    def named(self, ids: Sequence[str]) -> list[Document | None]:
        """The documents of these ids, None for each that does not exist."""
        return self._got([place(self.kind, id) for id in ids])

    def _got(self, places: Sequence[tuple[str, str]], deadline: Deadline | None = None) -> list[Document | None]:
        if not places:
            return []
        asked = [{"_id": id, "routing": routing, "_source": ["document"]} for id, routing in places]
        answers = self.whole.ask("_mget", {"docs": asked}, deadline)["docs"]
        if any("error" in each for each in answers):
            raise self.whole.cluster.incomplete()
        return [_document(each) if each.get("found") else None for each in answers]

    def matched(
        self, queries: Mapping[str, EngineQuery], among: Sequence[RankedDocument], deadline: Deadline
    ) -> Mapping[int, frozenset[str]]:
        """The names of the queries that each of these documents matches, by its number."""
        if not queries or not among:
            return {}
        named = [{"bool": {"must": [query], "_name": name}} for name, query in queries.items()]
        body = {
            "query": {"bool": {"filter": [{"terms": {"number": [each.number for each in among]}}], "should": named}},
            "sort": [WRITTEN], "size": len(among), "_source": False, "track_total_hits": False,
        }
        hits = self.whole.ask("_search", body, deadline)["hits"]["hits"]
        return {int(hit["sort"][0]): frozenset(hit.get("matched_queries", ())) for hit in hits}


class _PointInTime:
    """The index as it was, however long reading takes."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._id = ""

    def search(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            return self._search(body)
        except OnRecordError:
            self._id = ""
            return self._search(body)

    def _search(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        cluster = self._index.cluster
        if not self._id:
            self._id = cluster.ask("POST", f"/{self._index.name}/_search/point_in_time", keep_alive=KEEP_ALIVE,
                                   patience=30.0)["pit_id"]
        body = {**body, "pit": {"id": self._id, "keep_alive": KEEP_ALIVE}}
        how = "dfs_query_then_fetch" if BEST[0] in body["sort"] else "query_then_fetch"
        found: Mapping[str, Any] = cluster.ask("POST", "/_search", body, search_type=how, wait=SLOWEST,
                                               allow_partial_search_results="false")
        return found

    def close(self) -> None:
        if not self._id:
            return
        try:
            self._index.cluster.ask("DELETE", "/_search/point_in_time", {"pit_id": [self._id]}, patience=0)
        except OnRecordError:          # it ends by itself
            pass


def _ranked(hit: Mapping[str, Any]) -> RankedDocument:
    *_, last, number = hit["sort"]
    group = hit.get("fields", {}).get("group", [""])[0]
    place = Place(hit["_id"], hit["_routing"], frozenset(hit.get("matched_queries", ())), tuple(hit["sort"]),
                  _document(hit) if hit.get("_source") else None)
    return RankedDocument(int(number), hit.get("_score") or 0.0, last, group or None, place)


def _document(hit: Mapping[str, Any]) -> Document:
    found: Document = json.loads(hit["_source"]["document"])
    return found


def term(field: str, value: str) -> EngineQuery:
    return {"term": {field: {"value": value}}}


def all_of(parts: Sequence[EngineQuery], excluded: Sequence[EngineQuery] = ()) -> EngineQuery:
    """The documents that match all the parts and none of the excluded."""
    if len(parts) == 1 and not excluded:
        return parts[0]
    unwanted = {"must_not": list(excluded)} if excluded else {}
    return {"bool": {"filter": list(parts) or [EVERYTHING], **unwanted}}


def any_of(parts: Sequence[EngineQuery]) -> EngineQuery:
    if len(parts) == 1:
        return parts[0]
    return {"bool": {"should": list(parts), "minimum_should_match": 1}} if parts else NOTHING
