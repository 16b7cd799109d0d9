"""The cluster over the network: every request goes through here, and errors become messages that say what to do."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import opensearchpy
from opensearchpy import exceptions

from indexer.configuration import Cluster as Settings
from indexer.errors import ClusterUnreachable, OnRecordError, QueryTooLarge, QueryTooSlow

Body = Mapping[str, Any] | bytes

BUSY = (429, 502, 503, 504)        # statuses that pass: too many requests, a node that has just gone
GONE = ("disconnected", "not_connected", "node_closed", "connect_transport")   # of a 500: a node has just gone
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 20.0      # seconds between two tries; each pause is twice the one before
USUAL_WAIT = 60.0                  # seconds that one request may take unless something else is said
CONNECTIONS = 16                   # for each node

TOO_SLOW = ("This query took too long and was stopped. Fewer words that begin with the same letters, shorter phrases "
            "or rarer words make it faster.")


class Cluster:
    """Sends requests to whichever node answers. Safe from many threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        hosts = [_host(address.strip()) for address in settings.url.split(",") if address.strip()]
        if not hosts:
            raise OnRecordError("opensearch.url is empty: it must be like https://search.example:9200")
        if settings.ca and not Path(settings.ca).is_file():
            raise OnRecordError(f"opensearch.ca names {settings.ca}, where there is no file.")
        self.where = ", ".join(f"{each['scheme']}://{each['host']}:{each['port']}" for each in hosts)
        self._client = opensearchpy.OpenSearch(
            hosts=[dict(each) for each in hosts], pool_maxsize=CONNECTIONS, max_retries=len(hosts),
            retry_on_status=(502, 503, 504), timeout=USUAL_WAIT, **_credentials(settings, hosts))

    def ask(
        self, method: str, path: str, body: Body | None = None, *, patience: float = 5.0, wait: float = USUAL_WAIT,
        slow_passes: bool = False, instead: Mapping[int, Any] | None = None, **parameters: str | int,
    ) -> Any:
        """The answer to a request, which is sent again and again for patience seconds while no node answers, or one
        that is too busy. wait: seconds that it may take each time; slow_passes: it is sent again if it takes longer.
        instead: what is returned in place of an error of this status."""
        until = time.monotonic() + patience
        pause = FIRST_PAUSE
        while True:
            try:
                return self._client.transport.perform_request(
                    method, path, body=body, params={"request_timeout": wait, **parameters},
                    headers={"content-type": "application/x-ndjson"} if isinstance(body, bytes) else None)
            except exceptions.TransportError as error:
                if instead and _status(error) in instead:
                    return instead[_status(error)]
                if not _passes(error, slow_passes) or time.monotonic() + pause > until:
                    raise self._failed(error) from error
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def close(self) -> None:
        self._client.close()

    def incomplete(self, more: str = "") -> ClusterUnreachable:
        """The error to raise if only a part of the answer is available."""
        return ClusterUnreachable(f"The OpenSearch cluster at {self.where} is too busy, or has lost a part of the "
                                  f"index{more}. Try again in a while, or look at its log.")

    def _failed(self, error: exceptions.TransportError) -> OnRecordError:
        """The error to raise to whoever waits for the answer. It never contains a password or what was searched for."""
        match error:
            case exceptions.SSLError():
                return ClusterUnreachable(
                    f"The certificate of the OpenSearch cluster at {self.where} is not one that is trusted. Name the "
                    f"file of the authority that signed it: ca in the section [opensearch] of onrecord.toml.")
            case exceptions.ConnectionTimeout():
                return QueryTooSlow(TOO_SLOW)
            case exceptions.ConnectionError():
                return ClusterUnreachable(
                    f"The OpenSearch cluster at {self.where} cannot be reached. Start it, or correct its address: url "
                    f"in the section [opensearch] of onrecord.toml, or ONRECORD_OPENSEARCH_URL.")
            case exceptions.AuthenticationException() | exceptions.AuthorizationException():
                who = f"the user {self.settings.user}" if self.settings.user else "who asks"
                return ClusterUnreachable(
                    f"The OpenSearch cluster at {self.where} refuses {who} (status {error.status_code}). Set user and "
                    f"password, or api_key, in the section [opensearch] of onrecord.toml, or "
                    f"ONRECORD_OPENSEARCH_PASSWORD.")
        if _status(error) >= 500 or _status(error) == 429:
            return self.incomplete(f" (status {error.status_code}: {_reason(error)})")
        if "too_many" in f"{error.info}":
            return QueryTooLarge("This query means too many words at once: ask for fewer.")
        return OnRecordError(f"The OpenSearch cluster at {self.where} says {error.status_code}: {_reason(error)}")


def _host(address: str) -> Mapping[str, Any]:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise OnRecordError("opensearch.url must be like https://search.example:9200, with commas between several")
    return {"scheme": parts.scheme, "host": parts.hostname, "port": port or (443 if parts.scheme == "https" else 80),
            "use_ssl": parts.scheme == "https", "user": unquote(parts.username or ""),
            "password": unquote(parts.password or ""), **({"url_prefix": parts.path} if parts.path != "/" else {})}


def _credentials(settings: Settings, hosts: list[Mapping[str, Any]]) -> dict[str, Any]:
    """The client's settings for who asks, and for whom to trust."""
    found: dict[str, Any] = {}
    user = settings.user or hosts[0]["user"]
    if settings.api_key:
        found["headers"] = {"Authorization": f"ApiKey {settings.api_key}"}
    elif user:
        found["http_auth"] = (user, settings.password or hosts[0]["password"])
    if any(each["use_ssl"] for each in hosts):
        found |= {"verify_certs": True, "ca_certs": settings.ca or None}
    for each in hosts:
        each.pop("user"), each.pop("password")           # type: ignore[attr-defined]
    return found


def _status(error: exceptions.TransportError) -> int:
    """The status of the answer; 0 if there was none."""
    return error.status_code if isinstance(error.status_code, int) else 0


def _passes(error: exceptions.TransportError, slow_passes: bool) -> bool:
    """Whether the same request may succeed in a moment."""
    if isinstance(error, exceptions.ConnectionTimeout):
        return slow_passes
    if isinstance(error, exceptions.SSLError):
        return False
    return isinstance(error, exceptions.ConnectionError) or _status(error) in BUSY or (
        _status(error) == 500 and any(each in f"{error.info}" for each in GONE))


def _reason(error: exceptions.TransportError) -> str:
    """What the cluster says went wrong, in one line."""
    info = error.info
    found = info.get("error") if isinstance(info, Mapping) else None
    if isinstance(found, Mapping):
        causes = found.get("root_cause") or [found]
        return f"{causes[0].get('reason') or found.get('reason')}"[:300]
    return f"{error.error}"[:300]
