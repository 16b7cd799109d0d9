"""Documents into an index of the OpenSearch cluster. The terms are made by our own analysis; the cluster only keeps
them.

Every build is an index of its own. When it is complete it is closed for writing, and the alias of the archive is
switched to it; the build's folder names the index that readers open. Then indices that no build in use needs are
removed.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

from indexer.configuration import current_configuration
from indexer.engines.opensearch.bulk import Bulk
from indexer.engines.opensearch.cluster import Cluster
from indexer.engines.opensearch.mapping import FORMAT, FORMS, JOIN, family, field_name, place, template
from indexer.errors import BuildFailed, ClusterUnreachable, IndexMissing, QueryTooSlow
from indexer.index_folder import current_build
from indexer.schema import KEYWORDS
from indexer.search import Document, Kind, analysis, doc_values, matching

NOTE = "opensearch.json"           # in a build's folder: where its documents are
ARCHIVE = "opensearch-archive"     # in the index's folder: what sets this archive apart from others of the cluster
PATIENCE = 120.0                   # seconds for which a step of a build is tried again
WAIT = 300.0                       # and that one may take
REACHED = 10.0                     # seconds in which the cluster must answer at all
COPIED = 30.0                      # seconds until copies should be there
LOOKED_UP = 500                    # documents of an update whose groups are asked for together
FILTER_BYTES = 1 << 24             # of memory, to know which groups have been written, whatever their number


class OpenSearchWriter:
    """Writes a new build; nothing answers from it before it is switched in. The folder says where it is."""

    def __init__(self, folder: Path) -> None:
        """BuildFailed if the cluster does not answer: better now than after a whole archive has been read."""
        self.folder = Path(folder)
        with _reached() as cluster:
            cluster.ask("GET", "/", wait=REACHED)

    def write(self, documents: Iterable[Document]) -> int:
        """Index all the documents and say how many there were; on return the cluster has them safe."""
        with self._building() as new:
            new.create()
            written = new.add(documents, Repeats())
            new.complete(written)
        return written

    def update(self, previous: Path, documents: Iterable[Document], gone: Iterable[tuple[Kind, str]] = ()) -> bool:
        """Write what the previous build contains, without the documents named in gone, and with these, which replace
        those of the same kind and id. False, and nothing written, if the previous build has another format.

        The new index begins as a clone of the previous one: the cluster shares the files of what stays.
        """
        note = note_of(previous)
        if not note or note.get("format") != FORMAT:
            return False
        with self._building() as new:
            if not new.clone(note["index"]):
                return False
            new.remove(gone)
            new.replace(documents, note["index"])
            new.complete(None)
        return True

    @contextmanager
    def _building(self) -> Iterator[NewIndex]:
        """An index that is being written, and is removed if that fails."""
        with _reached() as cluster:
            new = NewIndex(cluster, self.folder)
            try:
                new.remove_others()
                yield new
            except BaseException:
                new.give_up()
                raise


@contextmanager
def _reached() -> Iterator[Cluster]:
    """The cluster; where it cannot be reached, no more can be said than that the build failed."""
    cluster = Cluster(current_configuration().opensearch)
    try:
        yield cluster
    except ClusterUnreachable as error:
        raise BuildFailed(f"{error} If there was an index, it still answers.") from error
    except QueryTooSlow as error:
        raise BuildFailed(f"The OpenSearch cluster at {cluster.where} does not answer in time. "
                          "If there was an index, it still answers.") from error
    finally:
        cluster.close()


def note_of(folder: Path) -> Mapping[str, Any]:
    """Where the documents of a build are; empty if the folder does not say."""
    try:
        note = json.loads((folder / NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


class NewIndex:
    """An index of the cluster that is being written."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self._cluster = cluster
        self._folder = folder
        self._settings = cluster.settings
        self._root = folder.parent.parent if folder.parent.name == "builds" else folder
        self.alias = f"{family(self._settings.prefix)}-{_archive(self._root)}"
        self.name = f"{self.alias}-{_plain(folder.name)}"

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None, **more: Any) -> Any:
        return self._cluster.ask(method, path, body, patience=PATIENCE, wait=WAIT, slow_passes=True, **more)

    def create(self) -> None:
        settings = self._settings
        server = self._ask("GET", "/")["version"]["number"]
        self._ask("PUT", f"/_index_template/{family(settings.prefix)}",
                  template(settings.prefix, settings.shards, settings.replicas, server))
        self._ask("PUT", f"/{self.name}")
        self._wait()

    def clone(self, other: str) -> bool:
        """Begin with all that another index contains; False if it does not exist, or has another number of shards."""
        settings = self._ask("GET", f"/{other}/_settings", instead={404: {}})
        if not settings or int(settings[other]["settings"]["index"]["number_of_shards"]) != self._settings.shards:
            return False
        self._ask("PUT", f"/{other}/_clone/{self.name}", {"settings": {
            "index.number_of_replicas": self._settings.replicas, "index.blocks.write": None}})
        self._wait()
        return True

    def _wait(self) -> None:
        """Until every shard can be written, and has its copies if there are machines for them: from then on a machine
        may fail. After a while this goes on without: whatever needs the shards says so."""
        nodes = self._ask("GET", "/_cluster/health")["number_of_data_nodes"]
        status = "green" if nodes > self._settings.replicas else "yellow"
        self._ask("GET", f"/_cluster/health/{self.name}", wait_for_status=status, timeout=f"{COPIED:.0f}s",
                  instead={408: {}})

    def add(self, documents: Iterable[Document], repeats: Callable[[str], bool], first: int = 0) -> int:
        """Index documents, and say how many there were. repeats: whether one of a group may have been indexed."""
        number = first
        with Bulk(self._cluster, self.name) as bulk:
            for number, document in enumerate(documents, first + 1):
                repeat = bool(document.get("group")) and repeats(f"{document['kind']} {document['group']}")
                bulk.index(*place(document["kind"], document["id"]), source_of(document, number, repeat))
        return number - first

    def remove(self, gone: Iterable[tuple[Kind, str]]) -> None:
        with Bulk(self._cluster, self.name) as bulk:
            for kind, id in gone:
                bulk.delete(*place(kind, id))

    def replace(self, documents: Iterable[Document], previous: str) -> None:
        """Index documents among those of a previous index, in place of those of the same kind and id."""
        found = self._ask("POST", f"/{previous}/_search", {
            "size": 0, "aggs": {"last": {"max": {"field": "number"}}}})
        number = int(found["aggregations"]["last"]["value"] or 0)
        written = Repeats()
        left = iter(documents)
        while some := list(islice(left, LOOKED_UP)):
            known = self._known({each["group"] for each in some if each.get("group")}, previous)
            number += self.add(some, lambda group: written(group) or group in known, number)

    def _known(self, groups: Iterable[str], index: str) -> set[str]:
        """The groups that an index contains already, with the kind before the name."""
        wanted = sorted(groups)
        found = self._ask("POST", f"/{index}/_search", {
            "size": 0, "query": {"terms": {"group": wanted}},
            "aggs": {"kind": {"terms": {"field": "kind"}, "aggs": {
                "group": {"terms": {"field": "group", "size": max(1, len(wanted)), "execution_hint": "map"}}}}}})
        return {f"{kind['key']} {each['key']}" for kind in found["aggregations"]["kind"]["buckets"]
                for each in kind["group"]["buckets"]}

    def complete(self, documents: int | None) -> None:
        """Let it answer: it is complete, nothing changes any more, and the alias is switched to it."""
        self._ask("POST", f"/{self.name}/_refresh")
        if documents is not None:
            found = self._ask("POST", f"/{self.name}/_count")
            if found["count"] != documents:
                raise BuildFailed(f"OpenSearch contains {found['count']:,} of {documents:,} documents of {self.name}. "
                                  f"The index that was there still answers; try again.")
        self._ask("POST", f"/{self.name}/_flush")
        self._ask("PUT", f"/{self.name}/_settings", {"index.blocks.write": True})
        self._wait()
        (self._folder / NOTE).write_text(json.dumps({
            "format": FORMAT, "index": self.name, "alias": self.alias, "cluster": self._cluster.where}), "utf-8")
        self._switch()
        self.remove_others()

    def _switch(self) -> None:
        """In one step: whoever asks the alias gets the old index or the new one."""
        before = self._ask("GET", f"/_alias/{self.alias}", instead={404: {}})
        self._ask("POST", "/_aliases", {"actions": [
            *({"remove": {"index": each, "alias": self.alias}} for each in before if each != self.name),
            {"add": {"index": self.name, "alias": self.alias}}]})

    def remove_others(self) -> None:
        """Remove the indices of this archive but this one and that of the build which answers."""
        try:
            answers = note_of(self._root / "builds" / current_build(self._root)).get("index")
        except IndexMissing:
            answers = None
        indices = self._ask("GET", f"/{self.alias}-*/_settings", instead={404: {}})
        for index in sorted(indices):
            if index not in (self.name, answers):
                self._ask("DELETE", f"/{index}", instead={404: {}})

    def give_up(self) -> None:
        """Leave nothing behind, as far as the cluster can still be reached; the next build looks again."""
        try:
            self._cluster.ask("DELETE", f"/{self.name}", patience=0, wait=10, instead={404: {}})
        except Exception:              # what must be reported is what went wrong before
            pass


def _archive(root: Path) -> str:
    """What sets this archive apart from others in the same cluster."""
    path = root / ARCHIVE
    try:
        known = path.read_text("ascii").strip()
    except OSError:
        known = ""
    if not re.fullmatch("[0-9a-f]{12}", known):
        known = secrets.token_hex(6)
        path.write_text(known + "\n", "ascii")
    return known


def _plain(name: str) -> str:
    """A name as the cluster takes it."""
    return re.sub(r"[^a-z0-9-]", "-", name.lower())[:80]


def source_of(document: Document, number: int, repeat: bool) -> dict[str, Any]:
    """A document as it is indexed: itself, and the fields by which it is found."""
    kind: Kind = document["kind"]
    found: dict[str, Any] = {"document": json.dumps(document, separators=(",", ":")), "number": number}
    for field in matching.indexed_fields(kind):
        name = field_name(kind, field)
        found[name], found[name + FORMS] = _terms(field, matching.values(document, field))
    for keyword in KEYWORDS:
        found[keyword] = matching.keyword_values(document, keyword)
    if kind == "person":
        found["quotations"] = document["quotations"]
    elif kind == "quotation":
        found["certainty"] = doc_values.hundredths(document["certainty"])
    if kind != "person":
        found["repeat"] = int(repeat)
        found[JOIN] = {"name": kind} if kind == "article" else {
            "name": kind, "parent": place("article", document["article_id"])[0]}
    return found | _moments(document)


def _terms(field: str, texts: Sequence[str]) -> tuple[list[str], str]:
    """The terms of a field that can follow one another, for each of its values, and all its forms."""
    if matching.is_name(field):
        written = [analysis.name_forms(text) for text in texts]
        terms = [" ".join(form for form in each if len(form) > 1) for each in written]
    else:
        written = [list(analysis.forms(text)) for text in texts]
        terms = [" ".join(map(analysis.stem, each)) for each in written]
    return terms, " ".join(dict.fromkeys(form for each in written for form in each))


def _moments(document: Document) -> dict[str, int]:
    """The first and the last moment of a document; nothing if it is undated."""
    if document["kind"] == "person":
        first, last = map(doc_values.moment, matching.days(document))
        return {"first": first, "last": last} if last else {}
    when = doc_values.moment(document["date"])
    return {"first": when, "last": when, "day": when // 10_000} if when else {}


class Repeats:
    """Whether a text may have been asked about before: always yes if it was, and seldom yes if it was not. It takes the
    same memory for any number of texts (a Bloom filter)."""

    def __init__(self) -> None:
        self._bits = bytearray(FILTER_BYTES)

    def __call__(self, text: str) -> bool:
        digest = blake2b(text.encode(errors="surrogatepass"), digest_size=16).digest()
        seen = True
        for start in range(0, 16, 4):
            byte, bit = divmod(int.from_bytes(digest[start:start + 4], "big") % (8 * FILTER_BYTES), 8)
            seen &= bool(self._bits[byte] >> bit & 1)
            self._bits[byte] |= 1 << bit
        return seen
