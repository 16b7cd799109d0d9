"""Documents on their way into the cluster: in requests of bounded size, few at a time, and again if it is busy."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any

from indexer.engines.opensearch.cluster import BUSY, Cluster
from indexer.errors import BuildFailed

MOST_BYTES = 4_000_000             # of one request, unless one document is larger
MOST_OPERATIONS = 2_000
AT_ONCE = 2                        # requests under way; the writer waits for the oldest of them
PATIENCE = 180.0                   # seconds for which a request is sent again
PART_MISSING = "10s"               # for which the cluster itself waits for a shard that has just gone
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0

Operation = bytes                  # one or two lines: what to do, and with what


class Bulk:
    """Writes into one index. Everything is written when the with block ends."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._path = f"/{index}/_bulk"
        self._waiting: list[Operation] = []
        self._bytes = 0
        self._under_way: deque[Future[None]] = deque()
        self._senders = ThreadPoolExecutor(AT_ONCE, "onrecord-bulk")

    def index(self, id: str, routing: str, source: Mapping[str, Any]) -> None:
        self._add({"index": {"_id": id, "routing": routing}}, source)

    def delete(self, id: str, routing: str) -> None:
        self._add({"delete": {"_id": id, "routing": routing}})

    def _add(self, *lines: Mapping[str, Any]) -> None:
        operation = b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines)
        if self._waiting and self._bytes + len(operation) > MOST_BYTES:
            self.flush()
        self._waiting.append(operation)
        self._bytes += len(operation)
        if len(self._waiting) >= MOST_OPERATIONS:
            self.flush()

    def flush(self) -> None:
        """Send what has been collected."""
        while len(self._under_way) >= AT_ONCE:
            self._under_way.popleft().result()
        if self._waiting:
            self._under_way.append(self._senders.submit(self._send, self._waiting))
            self._waiting, self._bytes = [], 0

    def __enter__(self) -> Bulk:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
                 ) -> None:
        try:
            if error is None:
                self.flush()
                while self._under_way:
                    self._under_way.popleft().result()
        finally:
            self._senders.shutdown(cancel_futures=True)

    def _send(self, operations: list[Operation]) -> None:
        """Send a request until everything in it is done. Twice does no harm: every document has its id."""
        until = time.monotonic() + PATIENCE
        pause = FIRST_PAUSE
        while True:
            answer = self._cluster.ask("POST", self._path, b"".join(operations), patience=PATIENCE,
                                       slow_passes=True, timeout=PART_MISSING)
            results = [next(iter(each.values())) for each in answer["items"]]
            reasons = [_refused(each) for each in results]
            operations = [each for each, reason in zip(operations, reasons) if reason]
            if not operations:
                return
            if time.monotonic() > until:
                why = next(filter(None, reasons))
                raise BuildFailed(f"The OpenSearch cluster at {self._cluster.where} did not take all that was to be "
                                  f"indexed: {why}. The index that was there still answers; try again.")
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


def _refused(result: Mapping[str, Any]) -> str | None:
    """Why an operation must be sent again; None if it is done. BuildFailed if that would not help."""
    status = result["status"]
    if status < 300 or status == 404 and "error" not in result:       # what is to be deleted does not exist
        return None
    error = result.get("error") or {}
    reason = f"{error.get('type')}: {error.get('reason')}"[:300]
    if status in BUSY:
        return reason
    raise BuildFailed(f"OpenSearch cannot index a document: {reason}. The index that was there still answers.")
