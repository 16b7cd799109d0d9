"""The server: headers, log, health, addresses behind proxies, processes, and new builds under load."""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Literal

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings, strategies as st
from werkzeug.test import EnvironBuilder, run_wsgi_app

from indexer.build import build
from indexer.configuration import Configuration, Log
from indexer.engines import writer_of
from indexer.index_folder import REPORT, build_folder, new_build, remove_old, switch_to
from indexer.schema import SCHEMA_VERSION
from indexer.search.engine import Results
from searchui import create_app
from searchui.serving import slow_clients
from searchui.serving.access_log import Lines, Objects, write_log
from searchui.serving.slow_clients import SlowClients
from tests.conftest import archive
from tests.engines.linear_engine import LinearEngine

ARCHIVE = Path(__file__).parents[1] / "archive"
PAGES = ("/", "/search?q=ferry", "/article/lost/note", "/person/ruth-adeyemi", "/people", "/compare", "/about", "/help")
DATA = ("/api/search?q=ferry", "/api/suggest?q=ru", "/api/stats", "/api/openapi.json", "/export.csv?q=ferry",
        "/feed.atom?q=ferry", "/opensearch.xml", "/suggestions?q=ru", "/api/")
OTHERS = ("/healthz", "/robots.txt", "/static/onrecord.css", "/static/onrecord.js", "/nowhere", "/api/nowhere",
          "/search?q=foo:bar", "/api/search?page=x")


def client_of(**config: Any) -> FlaskClient:
    return create_app({"ENGINE": LinearEngine(archive()), "TESTING": True, **config}).test_client()


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return client_of()


# --- Headers ----------------------------------------------------------------------------------------------

@pytest.mark.parametrize("address", PAGES + DATA + OTHERS)
def test_every_answer_is_held_down(client: FlaskClient, address: str) -> None:
    """Nothing inline, nothing from elsewhere, no sniffing, no frame, no cookie; caches know what they may keep."""
    with client.get(address) as response:
        policy = dict(part.split(" ", 1) for part in response.headers["Content-Security-Policy"].split("; "))
        assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert "camera=()" in response.headers["Permissions-Policy"]
        assert "Set-Cookie" not in response.headers
        assert response.headers["Cache-Control"]
        assert "Server" not in response.headers


@pytest.mark.parametrize("address", PAGES + DATA)
def test_what_has_not_changed_is_not_sent_again(client: FlaskClient, address: str) -> None:
    """One ETag for a build and a version of the program."""
    first = client.get(address)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get(address, headers={"If-None-Match": 'W/"older"'}).status_code == 200


@pytest.mark.parametrize("address", OTHERS)
def test_errors_and_health_are_never_kept(client: FlaskClient, address: str) -> None:
    """Files of ours are, and robots.txt like a page."""
    with client.get(address) as response:
        never = response.headers["Cache-Control"] == "no-store"
        assert never == (response.status_code >= 400 or address == "/healthz")
        assert never or "no-cache" in response.headers["Cache-Control"]


# --- The log ----------------------------------------------------------------------------------------------

def logged(caplog: pytest.LogCaptureFixture, address: str, **log: Any) -> str:
    with caplog.at_level(logging.INFO, "onrecord.requests"):
        client_of(LOG=Log(**log)).get(address, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    return "\n".join(Objects().format(each) + Lines().format(each) for each in caplog.records)


def test_the_log_holds_no_query_and_no_address(caplog: pytest.LogCaptureFixture) -> None:
    """Path, status, time, bytes and build; nothing about who searches, and not for what."""
    text = logged(caplog, "/search?q=ferry")
    assert "ferry" not in text and "192.0.2.7" not in text
    told = json.loads(Objects().format(caplog.records[0]))
    assert (told["path"], told["status"], told["build"], told["method"]) == ("/search", 200, "linear", "GET")
    assert told["milliseconds"] > 0 and told["bytes"] > 1000
    assert re.fullmatch(r"\S+Z GET /search 200 \d+ ms", Lines().format(caplog.records[0]))


def test_queries_are_logged_where_that_was_switched_on(caplog: pytest.LogCaptureFixture) -> None:
    """And only there."""
    assert "/search?q=ferry" in logged(caplog, "/search?q=ferry", queries=True)


def test_requests_can_be_left_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Faults stay in it."""
    assert logged(caplog, "/search?q=ferry", requests=False) == ""


def test_no_address_can_begin_a_line_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Signs that command a terminal are replaced."""
    logged(caplog, "/nowhere%0A2030-01-01%20GET%20/forged%1b[2J")
    assert "\n" not in Lines().format(caplog.records[0]) and "\x1b" not in Lines().format(caplog.records[0])


class Faulty(LinearEngine):
    """Fails, and says for which query."""

    def search(self, *args: Any, **options: Any) -> Results:
        raise ValueError(f"no {args}")


def test_a_fault_is_logged_without_what_was_searched(caplog: pytest.LogCaptureFixture) -> None:
    """The page tells nothing of it, the log where it happened."""
    client = client_of(ENGINE=Faulty(archive()), TESTING=False, PROPAGATE_EXCEPTIONS=False)
    response = client.get("/search?q=saltmarsh")
    assert response.status_code == 500
    assert "The fault is ours" in response.text and "ValueError" not in response.text
    [record] = [each for each in caplog.records if each.levelno == logging.ERROR]
    assert "ValueError on GET /search\n" in record.getMessage() and "results.py" in record.getMessage()
    assert "saltmarsh" not in caplog.text


_FORMS: tuple[Literal["json", "text"], ...] = ("json", "text")


def test_the_log_is_written_in_the_form_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """To standard error, and to nowhere twice."""
    known = {name: (logger.handlers, logger.level, logger.propagate)
             for name in ("onrecord", "waitress") for logger in (logging.getLogger(name),)}
    try:
        for form in _FORMS:
            write_log(Log(form=form))
            logging.getLogger("onrecord").info("A word")
            logging.getLogger("waitress").warning("Deep")
    finally:
        for name, (handlers, level, propagate) in known.items():
            logger = logging.getLogger(name)
            logger.handlers, logger.propagate = handlers, propagate
            logger.setLevel(level)
    first, second, third, fourth = capsys.readouterr().err.splitlines()
    assert json.loads(first)["message"] == "A word" and json.loads(second)["level"] == "warning"
    assert third.endswith("Z A word") and fourth.endswith("Z Deep")


# --- Health -----------------------------------------------------------------------------------------------

def test_health_tells_build_age_and_documents(tmp_path: Path) -> None:
    """What watches the server needs no page for it."""
    made(tmp_path, "b1", built=datetime.now(UTC) - timedelta(seconds=90))
    response = create_app({"INDEX": str(tmp_path)}).test_client().get("/healthz")
    told = json.loads(response.text)
    assert response.status_code == 200
    assert (told["status"], told["build"], told["documents"]["articles"]) == ("ok", "b1", 8)
    assert 89 <= told["age"] <= 95


def test_without_an_index_health_is_bad(tmp_path: Path) -> None:
    """And says what to do."""
    response = create_app({"INDEX": str(tmp_path)}).test_client().get("/healthz")
    assert response.status_code == 503
    assert "onrecord build" in json.loads(response.text)["detail"]


# --- Addresses --------------------------------------------------------------------------------------------

@pytest.mark.parametrize("base, path, expected", [
    ("https://archive.example", "/api/people/ruth-adeyemi", "https://archive.example/person/ruth-adeyemi"),
    ("https://calder.example/n/", "/n/api/people/wendell-park", "https://calder.example/n/person/wendell-park"),
    ("https://calder.example/news", "/api/people/ruth-adeyemi", "https://calder.example/news/person/ruth-adeyemi"),
])
def test_links_lead_to_the_configured_address(base: str, path: str, expected: str) -> None:
    """Whatever host the request names, and whether or not a proxy cuts the path."""
    client = client_of(CONFIGURATION=Configuration(base_address=base))
    assert json.loads(client.get(path, headers={"Host": "evil.example"}).text)["url"] == expected


@pytest.mark.parametrize("path", ["/", "/search?q=ferry", "/nowhere", "/api/search?q=ferry"])
def test_a_host_that_cannot_be_one_is_refused_in_words(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "a" * 300})

    assert answer.status_code == 400
    assert "could not understand" in answer.text


def test_proxies_are_believed_only_when_they_are_configured() -> None:
    """Else anybody could claim any address, and be counted as anybody."""
    sent = {"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "archive.example",
            "X-Forwarded-Prefix": "/evil", "X-Forwarded-Port": "666", "Forwarded": "host=evil.example"}
    for proxies, expected in ((0, "http://localhost/"), (1, "https://archive.example/")):
        client = client_of(CONFIGURATION=Configuration(proxies=proxies))
        url = json.loads(client.get("/api/people/ruth-adeyemi", headers=sent).text)["url"]
        assert url == f"{expected}person/ruth-adeyemi"
        found = [client.get("/export.csv", headers={**sent, "X-Forwarded-For": f"198.51.100.{number}"},
                            environ_overrides={"REMOTE_ADDR": "192.0.2.1"}).status_code for number in range(11)]
        assert found.count(429) == (1 if proxies == 0 else 0)


def test_clients_of_ipv4_are_told_apart_whatever_the_server_listens_on() -> None:
    """As ::ffff:192.0.2.1 they all come from one network; and this machine is not counted."""
    client = client_of(CONFIGURATION=Configuration())

    def refused(*addresses: str) -> int:
        return [client.get("/export.csv", environ_overrides={"REMOTE_ADDR": each}).status_code
                for each in addresses].count(429)

    assert refused(*(f"::ffff:192.0.2.{number}" for number in range(12))) == 0
    assert refused(*["::ffff:127.0.0.1"] * 12) == refused(*["::1"] * 12) == 0
    assert refused(*["192.0.2.200"] * 6, *["::ffff:192.0.2.200"] * 6) == 2
    assert refused(*(f"2001:db8::{number}" for number in range(12))) == 2


# --- Anything at all --------------------------------------------------------------------------------------

_ANY = client_of(TESTING=False, PROPAGATE_EXCEPTIONS=False)
_RULES = sorted({rule.rule for rule in _ANY.application.url_map.iter_rules()})
_NAMES = ("q", "in", "speaker", "not_author", "year", "month", "from", "to", "sort", "page", "per_page", "all", "id",
          "a", "b", "letter", "facets", "limit", "raw", "group", "method", "anywhere")
_WORDS = ("ferry", "speaker:Adeyemi", '"sea wall"', "ruth-adeyemi", "lost/note", "2012", "quotations", "people", "1",
          "newest", "((", "-", "wa*", '"a b"~3', "date:..", "OR", "\ud800".encode("utf-8", "surrogatepass"), b"\xff",
          b"\x00", "é")
_BYTES = st.binary(max_size=30) | st.sampled_from([
    each if isinstance(each, bytes) else each.encode() for each in _WORDS])


def _quoted(value: bytes) -> str:
    return "".join(f"%{each:02X}" for each in value)


@settings(max_examples=250, deadline=None)
@given(rule=st.sampled_from(_RULES), part=_BYTES,
       values=st.lists(st.tuples(st.sampled_from(_NAMES), _BYTES), max_size=4))
def test_no_bytes_in_any_address_are_a_fault(rule: str, part: bytes, values: list[tuple[str, bytes]]) -> None:
    """Every endpoint answers, redirects or refuses."""
    path = re.sub(r"<[^>]*>", lambda _: _quoted(part), rule)
    query = "&".join(f"{name}={_quoted(value)}" for name, value in values)
    with _ANY.get(path, query_string=query) as response:
        assert response.status_code < 500, response.data


@settings(max_examples=120, deadline=None)
@given(address=st.sampled_from(PAGES + DATA + OTHERS),
       name=st.sampled_from(["If-None-Match", "If-Modified-Since", "Accept-Encoding", "Accept", "Host", "Range",
                             "Cookie", "X-Forwarded-For", "X-Forwarded-Host", "Content-Type", "Content-Length"]),
       value=st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=30)
       | st.sampled_from(["*", '"', "gzip;q=0", "gzip;q=x", "bytes=9-1", "bytes=-", "[::", "a:b:c", "W/", "9" * 30]),
       method=st.sampled_from(["GET", "HEAD", "POST", "OPTIONS"]))
def test_no_header_is_a_fault(address: str, name: str, value: str, method: str) -> None:
    """Hosts, ranges, encodings and tags of any form."""
    environ = EnvironBuilder(path=address, method=method).get_environ()
    key = name.upper().replace("-", "_")
    environ[key if key.startswith("CONTENT") else f"HTTP_{key}"] = value
    answer, status, _ = run_wsgi_app(_ANY.application, environ, buffered=True)
    assert int(status.split()[0]) < 500, b"".join(answer).decode()


@pytest.mark.parametrize("rule", _RULES)
def test_every_address_only_reads(rule: str) -> None:
    """Nothing can be sent, put or deleted."""
    path = re.sub(r"<[^>]*>", "x", rule)
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        with _ANY.open(path, method=method, data=b"x") as response:
            assert response.status_code == 405
            assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_no_file_is_written(tmp_path: Path) -> None:
    """Whatever is asked, the index stays as it was built, and nothing comes beside it."""
    made(tmp_path, "b1")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    client = create_app({"INDEX": str(tmp_path)}).test_client()
    for address in PAGES + DATA + OTHERS:
        with client.get(address) as response:
            assert response.status_code < 500
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


# --- Processes and builds ---------------------------------------------------------------------------------

def made(index: Path, build: str, built: datetime | None = None) -> None:
    """A build whose every headline ends with its name, switched in; two older ones are left."""
    folder = new_build(index, build)
    documents = [{**each, "title": f"{each['title']} in {build}"} if each["kind"] != "person" else each
                 for each in archive()]
    writer_of("whoosh", folder).write(documents)
    report = {"schema": SCHEMA_VERSION, "engine": "whoosh", "built": (built or datetime.now(UTC)).isoformat()}
    (build_folder(index, build) / REPORT).write_text(json.dumps(report))
    before = (index / "CURRENT").read_text().strip() if (index / "CURRENT").exists() else None
    switch_to(index, build)
    remove_old(index, build, before)


@contextmanager
def server(folder: Path, processes: int) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The command, serving the index of a folder."""
    (folder / "onrecord.toml").write_text("port = 0\n[log]\nform = 'json'\n[limits]\nseconds = 20\n")
    with (folder / "log").open("w") as log, subprocess.Popen(
        [sys.executable, "-m", "indexer", "--config", str(folder / "onrecord.toml"), "serve", "--processes",
         str(processes)], stdout=subprocess.PIPE, stderr=log, text=True, cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout
        found = re.search(r":(\d+)/", process.stdout.readline())
        assert found, (folder / "log").read_text()
        try:
            yield process, int(found[1])
        finally:
            process.kill()


def children_of(process: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def eventually(condition: Any, seconds: float = 300) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return bool(condition())


def got(port: int, address: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    connection.request("GET", address)
    response = connection.getresponse()
    found = response.status, response.read()
    connection.close()
    return found


def build_of(port: int) -> str:
    return str(json.loads(got(port, "/api/stats")[1])["build"])


def asked_until(port: int, stop: list[bool]) -> tuple[int, set[str], list[str]]:
    """Requests without a pause: how many, the builds that answered, and what was wrong."""
    count, builds, wrong = 0, set[str](), []
    while not stop:
        status, body = got(port, "/api/search?per_page=20&all=1&sort=oldest&facets=1")
        answer = json.loads(body)
        own = {hit["title"].rpartition(" in ")[2] for hit in answer.get("hits", [])} | {answer.get("build")}
        if status != 200 or len(own) != 1 or answer["total"] != 8:
            wrong.append(f"{status} {own}")
        status, body = got(port, "/search?q=ferry&in=quotations")
        stamps = set(re.findall(r"(?: in |Index )(b\d+)\b", body.decode()))
        if status != 200 or len(stamps) != 1:
            wrong.append(f"page {status} {stamps}")
        builds |= own | stamps
        count += 2
    return count, builds, wrong


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_builds_under_load_fail_no_request_and_mix_nothing(tmp_path: Path) -> None:
    """Two processes serve one index while it is built anew; each answer is of one build, and a new one is noticed by
    both. benchmarks/switch.py does it twenty times with a larger one, and says how fast."""
    index = tmp_path / "index"
    made(index, "b0")
    stop: list[bool] = []
    with server(tmp_path, 2) as (process, port), ThreadPoolExecutor(4) as pool:
        assert eventually(lambda: len(children_of(process.pid)) == 2)
        asking = [pool.submit(asked_until, port, stop) for _ in range(4)]
        try:
            for number in range(1, 5):
                made(index, f"b{number}")
                assert eventually(lambda: {build_of(port) for _ in range(8)} == {f"b{number}"})
        finally:
            stop.append(True)
        answers = [each.result() for each in asking]
        assert [wrong for _, _, wrong in answers] == [[], [], [], []], (tmp_path / "log").read_text()[-2000:]
        assert len({build for _, builds, _ in answers for build in builds}) >= 3
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert {line["level"] for line in lines} == {"info"}


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_processes_are_replaced_and_end_with_their_parent(tmp_path: Path) -> None:
    """One that is killed comes again; SIGTERM ends all in order, and a killed parent leaves nobody behind."""
    made(tmp_path / "index", "b0")
    with server(tmp_path, 2) as (process, port):
        assert eventually(lambda: len(children_of(process.pid)) == 2)
        first = children_of(process.pid)
        os.kill(first[0], signal.SIGKILL)
        assert eventually(lambda: len(set(children_of(process.pid)) - set(first)) == 1)
        assert eventually(lambda: got(port, "/healthz")[0] == 200)
        process.terminate()
        assert process.wait(300) == 0
        assert all(gone(each) for each in first)
    with server(tmp_path, 2) as (process, port):
        assert eventually(lambda: len(children_of(process.pid)) == 2)
        left = children_of(process.pid)
        process.kill()
        assert eventually(lambda: all(map(gone, left)))


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_file_that_is_cut_short_under_a_server_ends_one_process_alone(tmp_path: Path) -> None:
    """Files are mapped into memory: what is no longer there kills who reads it. Another takes its place and names the
    file, and the log says so."""
    report = build(ARCHIVE, tmp_path / "index", engine="whoosh", jobs=1)
    with server(tmp_path, 2) as (process, port):
        assert eventually(lambda: len(children_of(process.pid)) == 2)
        assert got(port, "/search?q=ferry")[0] == 200
        for path in build_folder(tmp_path / "index", report.build).glob("*.values"):
            os.truncate(path, 0)

        def is_named(address: str) -> bool:
            try:
                return b"article.values has 0 bytes" in got(port, address)[1]
            except (OSError, HTTPException):
                return False               # the process that was to answer has just ended

        assert eventually(lambda: is_named("/search?q=ferry") or is_named("/healthz"))
        assert eventually(lambda: len(children_of(process.pid)) == 2)
    assert "killed by SIGBUS; another takes its place" in (tmp_path / "log").read_text()


SLOW = """
import os, sys, time
from indexer.configuration import Configuration, Limits
from searchui import create_app
from searchui.serving.server import serve
from tests.conftest import archive
from tests.engines.linear_engine import LinearEngine

class Slow(LinearEngine):
    def search(self, *asked, **more):
        os.write(1, b"searching\\n")               # in one piece, whatever other threads write
        time.sleep(float(sys.argv[2]))
        return super().search(*asked, **more)

configuration = Configuration(port=0, processes=int(sys.argv[1]), limits=Limits(seconds=float(sys.argv[3])))
serve(create_app({"CONFIGURATION": configuration, "ENGINE": Slow(archive())}), configuration,
      lambda port: print(port, flush=True))
"""


@contextmanager
def slow_server(processes: int, takes: float, allowed: float) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Each search takes so many seconds, whatever is allowed."""
    command = [sys.executable, "-c", SLOW, *map(str, (processes, takes, allowed))]
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          cwd=Path(__file__).parents[2]) as process:
        assert process.stdout
        port = int(process.stdout.readline())
        try:
            assert got(port, "/healthz")[0] == 200
            yield process, port
        finally:
            process.kill()


def heard(process: subprocess.Popen[str], line: str, times: int) -> None:
    """Wait until it has printed a line so many times."""
    assert process.stdout
    assert [process.stdout.readline().strip() for _ in range(times)] == [line] * times


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("signalled", [signal.SIGTERM, signal.SIGINT])
def test_requests_that_run_are_finished_before_it_ends(processes: int, signalled: signal.Signals) -> None:
    """Nobody loses an answer when the server is stopped or restarted; nobody new is let in."""
    with slow_server(processes, 1.0, 60) as (process, port), ThreadPoolExecutor(6) as pool:
        silent = HTTPConnection("127.0.0.1", port, timeout=300)
        silent.connect()                              # a connection on which nobody asks holds up nothing
        asking = [pool.submit(got, port, "/api/search?q=ferry") for _ in range(6)]
        heard(process, "searching", 6)
        process.send_signal(signalled)
        assert [each.result()[0] for each in asking] == [200] * 6
        assert all(json.loads(each.result()[1])["total"] for each in asking)
        assert process.wait(300) == 0
        with pytest.raises(OSError):
            got(port, "/healthz")
        silent.close()


@pytest.mark.parametrize("processes", [1, 2])
def test_what_takes_too_long_does_not_keep_it_from_ending(processes: int) -> None:
    """The time of a query, and two seconds."""
    with slow_server(processes, 30, 0.5) as (process, port), ThreadPoolExecutor(1) as pool:
        asking = pool.submit(got, port, "/api/search?q=ferry")
        heard(process, "searching", 1)
        process.terminate()
        assert process.wait(300) == 0
        with pytest.raises((OSError, HTTPException)):
            asking.result()


def test_a_large_body_is_refused(tmp_path: Path) -> None:
    """Nothing here reads what is sent."""
    made(tmp_path / "index", "b0")
    with server(tmp_path, 1) as (_, port):
        connection = HTTPConnection("127.0.0.1", port, timeout=300)
        connection.putrequest("POST", "/search")
        connection.putheader("Content-Length", str(10 ** 9))
        connection.endheaders()
        assert connection.getresponse().status == 413
        connection.close()


# --- Slow clients -----------------------------------------------------------------------------------------

def test_exports_take_half_of_the_threads() -> None:
    """However many are asked for; each that ends, also halfway, lets another begin."""
    client = client_of(CONFIGURATION=Configuration(threads=4))
    begun = [client.get("/export.csv?in=quotations", buffered=False) for _ in range(2)]
    refused = client.get("/export.csv?in=quotations")
    assert refused.status_code == 503 and refused.headers["Retry-After"]
    begun.pop().close()
    assert client.get("/export.ris?in=people").status_code == 400
    for _ in range(3):
        with client.get("/export.csv?in=quotations") as response:
            assert response.status_code == 200 and response.data
    begun.pop().close()


class FakeChannel:
    """A connection as waitress has them, as far as slow clients are told by it."""

    def __init__(self, server: FakeServer, age: int = 0) -> None:
        self.server, self.creation_time = server, age
        self.request: object = None
        self.requests: list[object] = []
        self.total_outbufs_len = self.taken = 0
        server.active_channels[id(self)] = self

    def handle_close(self) -> None:
        del self.server.active_channels[id(self)]


class FakeServer:
    def __init__(self) -> None:
        self.active_channels: dict[int, FakeChannel] = {}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """What the clock says."""
    now = [1000.0]
    monkeypatch.setattr(slow_clients, "monotonic", lambda: now[0])
    yield now


def test_a_client_that_takes_its_answer_a_byte_at_a_time_is_let_go(clock: list[float]) -> None:
    """One that takes it slowly, but takes it, is not, nor one for which nothing is ready."""
    server = FakeServer()
    stalled, slow, computing = (FakeChannel(server) for _ in range(3))
    clients = SlowClients(server, 100)
    for each in (stalled, slow):
        each.requests, each.total_outbufs_len = [object()], 1_000_000
    computing.requests = [object()]
    for _ in range(100):
        clock[0] += 1
        stalled.taken, slow.taken = stalled.taken + 1, slow.taken + 2_000
        clients.look()
    assert [*server.active_channels.values()] == [slow, computing]


def test_a_request_that_is_never_whole_is_let_go(clock: list[float]) -> None:
    """However often another byte of it comes."""
    server = FakeServer()
    half, silent = FakeChannel(server), FakeChannel(server)
    clients = SlowClients(server, 100)
    half.request = object()
    for second in range(25):
        assert (half in server.active_channels.values()) == (second <= 21)
        clock[0] += 1
        clients.look()
    assert [*server.active_channels.values()] == [silent]


def test_connections_on_which_nothing_happens_make_room(clock: list[float]) -> None:
    """The oldest first; those that are being answered stay."""
    server = FakeServer()
    idle = [FakeChannel(server, age) for age in range(90)]
    busy = [FakeChannel(server, -1) for _ in range(10)]
    for each in busy:
        each.requests = [object()]
    SlowClients(server, 100).look()
    assert [*server.active_channels.values()] == [*idle[20:], *busy]


def test_the_server_answers_while_slow_clients_hold_on(tmp_path: Path) -> None:
    """Half-sent requests beyond the number of connections, and exports of which nothing is taken."""
    made(tmp_path / "index", "b0")
    with server(tmp_path, 1) as (_, port):
        held = []
        for number in range(600):
            each = socket.socket()
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            each.connect(("127.0.0.1", port))
            each.sendall(b"GET /export.jsonl?in=quotations HTTP/1.1\r\nHost: a\r\n" + b"\r\n" * (number < 16))
            held.append(each)
        assert got(port, "/healthz")[0] == 200
        for each in held:
            each.close()
