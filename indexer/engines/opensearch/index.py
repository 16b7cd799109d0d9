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
from indexer.search import Deadline, Document, Kind

Asking = Mapping[str, Any]         # a query as OpenSearch takes it

EVERYTHING: Asking = {"match_all": {}}
NOTHING: Asking = {"match_none": {}}

AT_ONCE = 10_000                   # hits of one request, at most
EXPORTED = 500                     # whole documents of one request
KEEP_ALIVE = "5m"                  # how long a point in time is kept between two requests
FREQUENCIES = 100_000              # words whose frequencies are remembered
SLOWEST = 120.0                    # seconds for a request of whoever is in no hurry

# Orders in which documents are given; of equals the latest first, then as they were written.
LATEST = {"last": {"order": "desc", "missing": "_last"}}
WRITTEN = {"number": "asc"}
BEST = ({"_score": "desc"}, LATEST, WRITTEN)
NEWEST = (LATEST, WRITTEN)
OLDEST = ({"last": {"order": "asc", "missing": "_last"}}, WRITTEN)
MOST_QUOTED = ({"quotations": "desc"}, LATEST, WRITTEN)

Order = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Found:
    """A document that was found: its number, its score, its group, which named queries it answers, and where it
    stands in the order that was asked for."""

    id: str
    routing: str
    number: int
    score: float
    last: int
    group: str | None
    matched: frozenset[str] = frozenset()
    at: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The first documents of an answer, how many there are, and what was counted over all of them."""

    found: list[Found]
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
        held = self.cluster.ask("GET", f"/{self.name}/_mapping", instead={404: {}})
        if self.name not in held:
            raise OnRecordError(f"The OpenSearch cluster at {self.cluster.where} has no index {self.name}. "
                                f"Build it again: onrecord build DATA --index {folder.parent.parent} --full")
        found = held[self.name]["mappings"].get("_meta", {}).get("format")
        if found != FORMAT:
            raise IndexOutdated(folder, str(found), FORMAT)

    def _sizes(self) -> Mapping[str, int]:
        """How many documents there are of each kind."""
        found = self.ask("_search", {"size": 0, "aggs": {"kind": {"terms": {"field": "kind"}}}})
        return {each["key"]: each["doc_count"] for each in found["aggregations"]["kind"]["buckets"]}

    def ask(self, what: str, body: Mapping[str, Any] | bytes, deadline: Deadline | None = None, **more: Any) -> Any:
        """A request to the index; with a deadline, it stands by then or raises QueryTooSlow."""
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
        """What the index takes of the machines' disks, its copies not counted."""
        found = self.cluster.ask("GET", f"/{self.name}/_stats/store")
        return int(found["_all"]["primaries"]["store"]["size_in_bytes"])

    def neighbours(self, word: str, fields: Sequence[str], most: int, deadline: Deadline) -> Mapping[str, int]:
        """The words of indexed fields that are one letter away, the first letter the same, and how many documents
        hold each."""
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


class Collection:
    """All documents of one kind. Reading is safe from many threads."""

    def __init__(self, index: Index, kind: Kind) -> None:
        self.index = index
        self.kind = kind
        self._only: Asking = {"term": {"kind": {"value": kind}}}
        self._frequencies: dict[tuple[str, str], int] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        return self.index.sizes.get(self.kind, 0)

    def field(self, name: str) -> str:
        """Under which name the terms of a field are indexed."""
        return field_name(self.kind, name)

    def forms_field(self, name: str) -> str:
        """Where the forms of a field are indexed."""
        return self.field(name) + FORMS

    def narrowed(self, asking: Asking) -> Asking:
        """The documents of this kind that answer; what they score means nothing."""
        return all_of([self._only, asking])

    def learn(self, terms: Iterable[tuple[str, str]], deadline: Deadline | None = None) -> None:
        """Find out how many documents have these terms in these indexed fields, all in one request."""
        wanted = [each for each in dict.fromkeys(terms) if each not in self._frequencies]
        if not wanted:
            return
        lines: list[Mapping[str, Any]] = []
        for name, value in wanted:
            lines += [{}, {"size": 0, "track_total_hits": True, "query": term(name, value)}]
        body = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
        answers = self.index.ask("_msearch", body, deadline)["responses"]
        if any("error" in each for each in answers):
            raise self.index.cluster.incomplete()
        with self._lock:
            if len(self._frequencies) > FREQUENCIES:
                self._frequencies.clear()
            self._frequencies.update(
                (each, answer["hits"]["total"]["value"]) for each, answer in zip(wanted, answers))

    def holding(self, field: str, value: str) -> int:
        """How many documents have a term in an indexed field."""
        known = self._frequencies.get((field, value))
        if known is None:
            self.learn([(field, value)])
            known = self._frequencies.get((field, value), 0)
        return known

    def count(self, asking: Asking, deadline: Deadline | None = None) -> int:
        body = {"size": 0, "track_total_hits": True, "query": self.narrowed(asking)}
        return int(self.index.ask("_search", body, deadline)["hits"]["total"]["value"])

    def counted(self, asking: Asking, wanted: Mapping[str, Any], deadline: Deadline | None = None) -> Mapping[str, Any]:
        """What is counted over all the documents that answer."""
        body = {"size": 0, "track_total_hits": False, "query": self.narrowed(asking), "aggs": wanted}
        found: Mapping[str, Any] = self.index.ask("_search", body, deadline)["aggregations"]
        return found

    def answer(
        self, asking: Asking, order: Order, most: int, deadline: Deadline, wanted: Mapping[str, Any] | None = None
    ) -> Answer:
        """The first documents in an order. A query that scores is taken as it is."""
        body = self._body(asking, order, min(most, AT_ONCE)) | {"track_total_hits": True}
        found = self._search(body | {"aggs": wanted} if wanted else body, deadline)
        hits = list(map(_found, found["hits"]["hits"]))
        total = found["hits"]["total"]["value"]
        while len(hits) < min(most, total):
            more = {"size": min(most - len(hits), AT_ONCE), "search_after": hits[-1].at, "track_total_hits": False}
            further = self._search(body | more, deadline)["hits"]["hits"]
            if not further:
                break
            hits += map(_found, further)
        return Answer(hits, total, found.get("aggregations", {}))

    def _body(self, asking: Asking, order: Order, size: int) -> dict[str, Any]:
        asking = asking if order is BEST else self.narrowed(asking)
        return {"query": asking, "sort": list(order), "size": size, "_source": False, "docvalue_fields": ["group"]}

    def _search(self, body: Mapping[str, Any], deadline: Deadline | None = None) -> Mapping[str, Any]:
        """Words are as rare as they are in all shards together."""
        how = "dfs_query_then_fetch" if BEST[0] in body["sort"] else "query_then_fetch"
        found: Mapping[str, Any] = self.index.ask("_search", body, deadline, search_type=how)
        return found

    def every(self, asking: Asking, order: Order, after: Sequence[Any] = ()) -> Iterator[tuple[Found, Document]]:
        """All that answers, as it was when this began, or what comes after a place in the order. A point in time that
        is lost with its machine is taken again: nothing is ever written to a build that answers."""
        point = _PointInTime(self.index)
        body = self._body(asking, order, EXPORTED) | {"_source": ["document"], "track_total_hits": False}
        try:
            while True:
                more = {"search_after": list(after)} if after else {}
                hits = point.search(body | more)["hits"]["hits"]
                for hit in hits:
                    yield _found(hit), _document(hit)
                if len(hits) < EXPORTED:
                    return
                after = hits[-1]["sort"]
        finally:
            point.close()

    def of_article(self, id: str) -> list[Document]:
        """The documents that belong to an article: one part of the index holds them all."""
        own = self._body(term("article_id", id), NEWEST, EXPORTED)
        body = own | {"_source": ["document"], "track_total_hits": False}
        found: list[Document] = []
        after: Mapping[str, Any] = {}
        while True:
            hits = self.index.ask("_search", {**body, **after}, routing=place("article", id)[1])["hits"]["hits"]
            found += map(_document, hits)
            if len(hits) < EXPORTED:
                return found
            after = {"search_after": hits[-1]["sort"]}

    def documents(self, found: Sequence[Found], deadline: Deadline | None = None) -> list[Document]:
        """Documents as they were given to be indexed, their tuples as lists."""
        return [each for each in self._got([(one.id, one.routing) for one in found], deadline) if each is not None]

    def named(self, ids: Sequence[str]) -> list[Document | None]:
        """The documents of these ids, None for each that is not there."""
        return self._got([place(self.kind, id) for id in ids])

    def _got(self, places: Sequence[tuple[str, str]], deadline: Deadline | None = None) -> list[Document | None]:
        if not places:
            return []
        asked = [{"_id": id, "routing": routing, "_source": ["document"]} for id, routing in places]
        answers = self.index.ask("_mget", {"docs": asked}, deadline)["docs"]
        if any("error" in each for each in answers):
            raise self.index.cluster.incomplete()
        return [_document(each) if each.get("found") else None for each in answers]

    def holders(
        self, questions: Mapping[str, Asking], among: Sequence[Found], deadline: Deadline
    ) -> Mapping[int, frozenset[str]]:
        """Which of the questions each of these documents answers, by its number."""
        if not questions or not among:
            return {}
        named = [{"bool": {"must": [asking], "_name": name}} for name, asking in questions.items()]
        body = {
            "query": {"bool": {"filter": [{"terms": {"number": [each.number for each in among]}}], "should": named}},
            "sort": [WRITTEN], "size": len(among), "_source": False, "track_total_hits": False,
        }
        hits = self.index.ask("_search", body, deadline)["hits"]["hits"]
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


def _found(hit: Mapping[str, Any]) -> Found:
    *_, last, number = hit["sort"]
    group = hit.get("fields", {}).get("group", [""])[0]
    return Found(hit["_id"], hit["_routing"], int(number), hit.get("_score") or 0.0, last, group or None,
                 frozenset(hit.get("matched_queries", ())), tuple(hit["sort"]))


def _document(hit: Mapping[str, Any]) -> Document:
    found: Document = json.loads(hit["_source"]["document"])
    return found


def term(field: str, value: str) -> Asking:
    return {"term": {field: {"value": value}}}


def all_of(parts: Sequence[Asking], excluded: Sequence[Asking] = ()) -> Asking:
    """The documents that answer all the parts and none of the excluded."""
    if len(parts) == 1 and not excluded:
        return parts[0]
    unwanted = {"must_not": list(excluded)} if excluded else {}
    return {"bool": {"filter": list(parts) or [EVERYTHING], **unwanted}}


def any_of(parts: Sequence[Asking]) -> Asking:
    if len(parts) == 1:
        return parts[0]
    return {"bool": {"should": list(parts), "minimum_should_match": 1}} if parts else NOTHING
