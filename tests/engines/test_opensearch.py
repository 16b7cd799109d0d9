"""What the contract of the engines does not ask: the cluster's indices and aliases, what fails, what is said then."""

from __future__ import annotations

import json
import logging
import os
import shutil
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from traceback import format_exception_only
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from click.testing import CliRunner
from hypothesis import given, settings, strategies as st

from indexer.commands.cli import main
from indexer.configuration import Cluster as Settings, Configuration, load_configuration, set_configuration
from indexer.engines import open_engine
from indexer.errors import BuildFailed, ClusterUnreachable, IndexMissing, IndexOutdated, OnRecordError, QueryTooSlow
from indexer.query.tree import EVERYTHING, And, Exact, InArticle, Near, Not, Or, Phrase, Prefix, Query, Words
from indexer.schema import SCHEMA_VERSION
from indexer.search.engine import Document, Kind, Sort
from indexer.search.time_limit import clear_time_limit, set_time_limit, unlimited
from searchui import create_app
from tests.conftest import archive, article_document, quotation_document
from tests.engines.linear_engine import LinearEngine
from tests.engines.opensearch_cluster import Cluster, Node
from tests.engines.test_contract import need_cluster
from tests.engines.test_tantivy import answers, changed, many

if TYPE_CHECKING:
    from indexer.engines.opensearch import OpenSearchEngine


@pytest.fixture(autouse=True)
def installed() -> Iterator[None]:
    """A cluster, and the time that a loaded machine takes."""
    need_cluster()
    with unlimited():
        yield
    set_configuration(load_configuration())


def written(documents: Iterable[Document], folder: Path) -> OpenSearchEngine:
    from indexer.engines.opensearch import OpenSearchEngine, OpenSearchWriter

    folder.mkdir(parents=True, exist_ok=True)
    OpenSearchWriter(folder).write(documents)
    return OpenSearchEngine(folder)


def build_of(index: Path, build: str) -> Path:
    """Where a build of an index has its folder."""
    return index / "builds" / build


def let_answer(index: Path, build: str) -> None:
    (index / "CURRENT").write_text(build + "\n", "utf-8")


def asked(path: str) -> Any:
    """What the cluster itself says."""
    for url in os.environ["ONRECORD_OPENSEARCH_URL"].split(","):
        try:
            with urllib.request.urlopen(url + path, timeout=30) as answer:
                return json.load(answer)
        except OSError:
            continue
    raise AssertionError("No node answers.")


def note(folder: Path) -> Any:
    return json.loads((folder / "opensearch.json").read_text("utf-8"))


def aliased(folder: Path) -> list[str]:
    """The indices of the alias of an archive; folder: one of its builds."""
    return list(asked(f"/_alias/{note(folder)['alias']}"))


# --- Answers --------------------------------------------------------------------------------------------------

@pytest.mark.parametrize("filters", [
    InArticle(Words("robbery")),
    InArticle(And((Phrase("Ruth Adeyemi", "speaker"), Not(Words("fares"))))),
    InArticle(Or((Words("goat"), Exact("2014", "year")))),
    InArticle(Words("rise", "title")),
])
@pytest.mark.parametrize("kind", ["article", "quotation"])
@pytest.mark.parametrize("query", [EVERYTHING, Or((Words("the"), Words("at"), Words("goat")))])
def test_in_articles(small: OpenSearchEngine, filters: Query, kind: Kind, query: Query) -> None:
    """Quotations by the words of their article, whether that is asked of the article or known of the quotation."""
    found = [[hit.document["id"] for hit in each.every(query, kind=kind, filters=filters, sort="oldest")]
             for each in (small, LinearEngine(archive()))]
    assert sorted(found[0]) == sorted(found[1]) != []


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> OpenSearchEngine:
    need_cluster()
    return written(archive(), tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> tuple[OpenSearchEngine, LinearEngine]:
    need_cluster()
    return written(many(400), tmp_path_factory.mktemp("crowd")), LinearEngine(many(400))


@pytest.mark.parametrize("query", [Words("ferry"), Or((Words("goat"), Words("soda"))), EVERYTHING])
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("collapse", [True, False])
def test_pages_join_to_the_whole(
    crowd: tuple[OpenSearchEngine, LinearEngine], query: Query, sort: Sort, collapse: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However far one pages and however little the cluster gives at once, nothing is lost or shown twice, and the
    counts are those of reading everything."""
    monkeypatch.setattr("indexer.engines.opensearch.index.AT_ONCE", 150)
    monkeypatch.setattr("indexer.engines.opensearch.index.EXPORTED", 70)
    monkeypatch.setattr("indexer.engines.opensearch.searcher.REPEATED", 20)
    engine, judge = crowd
    pages, number = [], 1
    while found := engine.search(query, sort=sort, page=number, per_page=92, collapse=collapse):
        if not found.hits:
            break
        pages += [(hit.document["id"], hit.duplicates) for hit in found.hits if not hit.partial]
        number += 1
    whole = judge.search(query, per_page=1_000, collapse=collapse)
    first = engine.search(query, sort=sort, per_page=5, collapse=collapse)
    assert (first.total, first.distinct) == (whole.total, whole.distinct)
    assert len({id for id, _ in pages}) == len(pages) == whole.distinct
    assert sorted(count for _, count in pages) == sorted(hit.duplicates for hit in whole.hits)
    if not collapse:
        every = [hit.document["id"] for hit in engine.every(query, kind="article", sort=sort)]
        assert every == [id for id, _ in pages]


def test_quotations_of_an_article_are_all_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few the cluster gives at once, and whatever shard they are in."""
    monkeypatch.setattr("indexer.engines.opensearch.index.EXPORTED", 2)
    said = " ".join(f"We said {number}." for number in range(7))
    article = article_document("a/b", "Seven", said, "2012-03-04T10:00")
    quoted = [quotation_document(article, number + 1, f"said {number}") for number in range(7)]
    engine = written([article, *reversed(quoted)], tmp_path)
    assert [each["id"] for each in engine.quotations_of("a/b")] == [each["id"] for each in quoted]


@settings(max_examples=60)
@given(words=st.lists(st.sampled_from("ferry harbor levy soda goat".split()), min_size=2, max_size=4),
       distance=st.integers(0, 7))
def test_nearness(crowd: tuple[OpenSearchEngine, LinearEngine], words: list[str], distance: int) -> None:
    """Any number of words in any order, a word as often as it is asked for."""
    query = Near(" ".join(words), distance, "text")
    assert crowd[0].count(query, kind="article") == crowd[1].count(query, kind="article")


def test_a_question_of_hundreds_of_parts(small: OpenSearchEngine) -> None:
    """As many as a server may be configured to allow, each sought in several fields."""
    many_words = Or(tuple(Words(f"word{number}") for number in range(200)))
    assert small.search(And((Words("ferry"), Not(many_words)))).total == 3
    assert small.search(Or((Words("ferry"), Prefix("fer"), many_words)), facets=("year",)).total == 3


def test_a_query_that_takes_too_long_is_stopped(crowd: tuple[OpenSearchEngine, LinearEngine]) -> None:
    """By the request's own limit."""
    set_time_limit(-1.0)
    try:
        with pytest.raises(QueryTooSlow):
            crowd[0].search(Words("ferry"))
    finally:
        clear_time_limit()


def test_nothing_written_answers_nothing(tmp_path: Path) -> None:
    """An archive without documents is still an index."""
    engine = written([], tmp_path)
    assert engine.search(Words("ferry"), facets=("year",), histogram=True).hits == ()
    assert (engine.stats()["articles"], engine.stats()["first"], engine.suggest("ade")) == (0, "", [])
    assert list(engine.every(Words("ferry"), kind="article")) == []


@pytest.mark.parametrize("address", [
    "/", "/search?q=ferry", "/search?q=ferry+goat+trombone&in=quotations", "/search?q=*&in=people", "/people",
    "/article/ben-castellan/ferry-fares", "/person/ruth-adeyemi", "/compare?a=ruth-adeyemi&b=hank-sorensen&q=ferry",
    "/export.csv?q=ferry", "/export.ris?q=ferry&in=quotations", "/feed.atom?q=ferry", "/suggestions?q=ade", "/healthz",
    "/api/search?q=ferry&facets=1", "/api/people/ruth-adeyemi", "/api/articles/ben-castellan/ferry-fares", "/api/stats",
])
def test_every_page_works_on_it(small: OpenSearchEngine, address: str) -> None:
    """Pages, exports, feed and API."""
    answer = create_app({"ENGINE": small}).test_client().get(address)
    assert (answer.status_code, bool(answer.data)) == (200, True), answer.text


@pytest.mark.parametrize("address", ["/search?q=ferry", "/api/search?q=ferry", "/healthz"])
def test_pages_while_the_cluster_is_away(
    small: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """They say so, and that it may be better later."""
    client = create_app({"ENGINE": small}).test_client()
    assert client.get(address).status_code == 200

    def away(*_: Any, **__: Any) -> Any:
        raise ClusterUnreachable("The cluster cannot be reached.")

    monkeypatch.setattr(small._index.cluster, "ask", away)
    answer = client.get(address)
    assert (answer.status_code, "cannot be reached" in answer.text) == (503, True)


# --- Builds ---------------------------------------------------------------------------------------------------

def test_it_says_how_to_install_it() -> None:
    """Where the client is missing, the command ends with one line before it reads anything."""
    script = ("import sys; sys.modules['opensearchpy'] = None; from indexer.commands.cli import main; "
              "main(['build', 'nowhere', '--engine', 'opensearch'])")
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=root)
    assert ended.returncode == 1
    assert ended.stderr == ("Error: The engine opensearch needs opensearchpy, which is not installed: "
                            "pip install 'onrecord[opensearch]'\n")


def test_the_command_builds_updates_and_removes_what_is_old(tmp_path: Path) -> None:
    """The engine is named once; each build is an index, of which the cluster keeps the last two."""
    data, index = tmp_path / "data", str(tmp_path / "index")
    data.mkdir()
    for number in range(12):
        (data / f"{number}.md").write_text(f'"The ferry must pay {number} dollars," said Ruth Adeyemi, the mayor.')
    assert CliRunner().invoke(main, ["build", str(data), "--index", index, "--engine", "opensearch"]).exit_code == 0
    assert json.loads(CliRunner().invoke(main, ["stats", "--index", index, "--json"]).output)["engine"] == "opensearch"
    assert "must pay" in CliRunner().invoke(main, ["quotes", "--index", index, "ferry"]).output
    for number, text in enumerate(("is late", "is full", "is gone")):
        (data / "b.md").write_text(f'"The ferry {text}," said Hank Sorensen, a captain.')
        result = CliRunner().invoke(main, ["update", str(data), "--index", index])
        assert result.exit_code == 0, result.output
    engine = open_engine(index)
    assert (type(engine).__name__, engine.count(Words("ferry"), kind="quotation")) == ("OpenSearchEngine", 13)
    assert CliRunner().invoke(main, ["check", str(data), "--index", index]).output.endswith("agree.\n")
    builds = sorted((tmp_path / "index" / "builds").iterdir())
    indices = asked(f"/{note(builds[0])['alias']}-*/_settings")
    assert sorted(indices) == sorted(note(build)["index"] for build in builds) and len(builds) == 2
    newest = build_of(tmp_path / "index", engine.build_id)
    assert aliased(newest) == [note(newest)["index"]]


@pytest.mark.parametrize("gone", [[], ["nadia-okafor/sea-wall"], ["jonah-reyes/sea-wall-update", "lost/note"]])
def test_an_update_answers_as_a_build_anew(tmp_path: Path, gone: list[str]) -> None:
    """Documents added, changed and removed, a group's first among them; the build before still answers."""
    from indexer.engines.opensearch import OpenSearchEngine, OpenSearchWriter

    old, index = archive(), tmp_path / "index"
    first = written(old[:-2], build_of(index, "1"))
    let_answer(index, "1")
    before = answers(first)                                                                 # type: ignore[arg-type]
    new = [changed(each) if each["id"] == "terrence-boyle/goat" else each for each in old if each["id"] not in gone]
    todo = [each for each in new if each not in old[:-2]]
    build_of(index, "2").mkdir()
    assert OpenSearchWriter(build_of(index, "2")).update(build_of(index, "1"), todo, [("article", id) for id in gone])
    second = OpenSearchEngine(build_of(index, "2"))
    assert answers(second) == answers(written(new, tmp_path / "anew"))                      # type: ignore[arg-type]
    assert answers(first) == before                                                         # type: ignore[arg-type]


def test_an_index_divided_otherwise_is_written_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clone has the parts of what it was made from."""
    from indexer.engines.opensearch import OpenSearchWriter

    first = tmp_path / "first"
    written(archive(), first).close()
    monkeypatch.setenv("ONRECORD_OPENSEARCH_SHARDS", "3")
    set_configuration(load_configuration())
    (tmp_path / "second").mkdir()
    assert OpenSearchWriter(tmp_path / "second").update(first, []) is False
    assert written(archive(), tmp_path / "second").count(EVERYTHING, kind="article") == 8
    indices = asked(f"/{note(tmp_path / 'second')['index']}/_settings")
    assert [each["settings"]["index"]["number_of_shards"] for each in indices.values()] == ["3"]


def test_the_template_has_the_version_of_the_mapping(tmp_path: Path) -> None:
    """It makes the indices of this version and no others, so that two versions of the program can share a cluster."""
    from indexer.engines.opensearch.mapping import FORMAT, VERSION

    written([], tmp_path).close()
    index = note(tmp_path)["index"]
    name = index[:index.index(f"s{SCHEMA_VERSION}-") + len(f"s{SCHEMA_VERSION}")]
    template = asked(f"/_index_template/{name}")["index_templates"][0]["index_template"]
    assert (template["version"], template["index_patterns"]) == (VERSION, [f"{name}-*"])
    assert asked(f"/{index}/_mapping")[index]["mappings"]["_meta"] == {"format": FORMAT}


def test_what_others_wrote_is_refused(tmp_path: Path) -> None:
    """An empty folder is no index; an index of another form, or one that is gone, is named with what repairs it."""
    from indexer.engines.opensearch import OpenSearchEngine, OpenSearchWriter

    with pytest.raises(IndexMissing):
        OpenSearchEngine(tmp_path)
    build = build_of(tmp_path / "index", "1")
    written(archive(), build).close()
    told = note(build)
    (build / "opensearch.json").write_text(json.dumps({**told, "format": "opensearch 0"}))
    with pytest.raises(IndexOutdated, match="written as opensearch 0.*onrecord build DATA --index .* --full"):
        OpenSearchEngine(build)
    assert OpenSearchWriter(tmp_path / "new").update(build, []) is False
    (build / "opensearch.json").write_text(json.dumps({**told, "index": "onrecord-gone"}))
    with pytest.raises(OnRecordError, match=f"no index onrecord-gone. .* --index {tmp_path / 'index'} --full"):
        OpenSearchEngine(build)
    (tmp_path / "new").mkdir()
    assert OpenSearchWriter(tmp_path / "new").update(build, []) is False


def test_archives_of_one_cluster_leave_each_other_alone(tmp_path: Path) -> None:
    """Each removes only its own indices."""
    one = written(archive(), build_of(tmp_path / "one", "1"))
    for build in ("1", "2", "3"):
        written(archive()[:3], build_of(tmp_path / "other", build)).close()
        let_answer(tmp_path / "other", build)
    assert one.count(EVERYTHING, kind="article") == 8


def test_a_build_that_fails_changes_nothing(tmp_path: Path) -> None:
    """Neither alias nor folder; and what was written of it is taken away."""
    from indexer.engines.opensearch import OpenSearchWriter

    index = tmp_path / "index"
    engine = written(archive(), build_of(index, "1"))
    let_answer(index, "1")

    def stopped() -> Iterator[Document]:
        yield from archive()
        raise KeyboardInterrupt

    build_of(index, "2").mkdir()
    with pytest.raises(KeyboardInterrupt):
        OpenSearchWriter(build_of(index, "2")).write(stopped())
    assert aliased(build_of(index, "1")) == [note(build_of(index, "1"))["index"]]
    assert list(asked(f"/{note(build_of(index, '1'))['alias']}-*/_settings")) == aliased(build_of(index, "1"))
    assert engine.count(EVERYTHING, kind="article") == 8


def test_a_document_that_cannot_be_indexed_ends_the_build(tmp_path: Path) -> None:
    """With the cluster's reason; nothing is left out silently."""
    from indexer.engines.opensearch import OpenSearchWriter

    broken = {**archive()[-1], "quotations": 10 ** 12}
    with pytest.raises(BuildFailed, match="cannot index a document: .*still answers"):
        OpenSearchWriter(tmp_path).write([*archive()[:3], broken])


def test_building_while_people_search(tmp_path: Path) -> None:
    """The older build answers as before until the newer is there, and whoever has it open goes on."""
    index, done = tmp_path / "index", threading.Event()
    old = written(archive(), build_of(index, "1"))
    let_answer(index, "1")
    with ThreadPoolExecutor(1) as pool:
        searching = pool.submit(lambda: [old.count(Words("ferry"), kind="article") for _ in iter(done.is_set, True)])
        new = written(many(300), build_of(index, "2"))
        done.set()
        counts = searching.result()
    assert counts and set(counts) == {3}
    assert (old.count(EVERYTHING, kind="article"), new.count(EVERYTHING, kind="article")) == (8, 300)
    assert aliased(build_of(index, "2")) == [note(build_of(index, "2"))["index"]]


# --- What can go wrong on the way -----------------------------------------------------------------------------

Reply = tuple[int, Any]


class Serve(Protocol):
    def __call__(self, reply: Callable[[str, str], Reply], certificate: Path | None = None) -> str: ...


@pytest.fixture
def pretended() -> Iterator[Serve]:
    """A server that gives these answers: its address."""
    servers = []

    def serve(reply: Callable[[str, str], Reply], certificate: Path | None = None) -> str:
        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("content-length") or 0))
                status, body = reply(f"{self.command} {self.path}", self.headers.get("authorization", ""))
                text = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def with_cluster(**more: Any) -> None:
    set_configuration(Configuration(opensearch=Settings(**more)))


def test_a_cluster_that_cannot_be_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says where it was sought, and what to do."""
    from indexer.engines.opensearch import OpenSearchEngine, OpenSearchWriter
    from indexer.engines.opensearch.mapping import FORMAT

    monkeypatch.setattr("indexer.engines.opensearch.writer.PATIENCE", 0.0)
    (tmp_path / "opensearch.json").write_text(json.dumps({"format": FORMAT, "index": "any"}))
    with_cluster(url="http://127.0.0.1:9")
    said = "at http://127.0.0.1:9 cannot be reached. Start it, or correct its address: url in the section .opensearch"
    monkeypatch.setattr("indexer.engines.opensearch.cluster.FIRST_PAUSE", 9.0)
    with pytest.raises(ClusterUnreachable, match=said):
        OpenSearchEngine(tmp_path)
    with pytest.raises(BuildFailed, match=said + ".*still answers"):
        OpenSearchWriter(tmp_path).write(archive())


def test_it_is_missed_before_anything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a large archive takes hours."""
    monkeypatch.setenv("ONRECORD_OPENSEARCH_URL", "http://127.0.0.1:9")
    monkeypatch.setattr("indexer.engines.opensearch.cluster.FIRST_PAUSE", 9.0)
    (tmp_path / "a.md").write_text("The ferry is late.")
    index = tmp_path / "index"
    result = CliRunner().invoke(main, ["build", str(tmp_path), "--index", str(index), "--engine", "opensearch"])
    assert (result.exit_code, index.exists()) == (1, False)
    assert result.output.startswith("Error: The OpenSearch cluster at http://127.0.0.1:9 cannot be reached. Start it")


@pytest.mark.parametrize("url", ["", "search.example", "ftp://search.example", "http://:9200", "http://search:port"])
def test_an_address_that_is_none(tmp_path: Path, url: str) -> None:
    """The message shows what one looks like."""
    from indexer.engines.opensearch import OpenSearchWriter

    with_cluster(url=url)
    with pytest.raises(OnRecordError, match="opensearch.url .*like https://search.example:9200"):
        OpenSearchWriter(tmp_path).write(archive())


@pytest.mark.parametrize(("settings", "sent"), [
    ({"user": "ruth", "password": "not-one-cent"}, "Basic cnV0aDpub3Qtb25lLWNlbnQ="),
    ({"api_key": "not-one-cent"}, "ApiKey not-one-cent"),
    ({}, ""),
])
def test_a_wrong_password(
    tmp_path: Path, pretended: Serve, caplog: pytest.LogCaptureFixture,
    settings: dict[str, Any], sent: str,
) -> None:
    """It is said who was refused and where it is set; the password itself is in no error, log or description."""
    from indexer.engines.opensearch import OpenSearchWriter

    credentials = []

    def refuse(asked: str, authorization: str) -> Reply:
        credentials.append(authorization)
        return 401, {"error": "Unauthorized"}

    with_cluster(url=pretended(refuse), **settings)
    with caplog.at_level(logging.DEBUG), pytest.raises(BuildFailed) as caught:
        OpenSearchWriter(tmp_path).write(archive())
    who = "the user ruth" if "user" in settings else "who asks"
    assert f"refuses {who} (status 401). Set user and password" in str(caught.value)
    assert credentials[0] == sent
    traceback = "".join(format_exception_only(caught.value)) + f"{caught.value.__cause__} {caught.value.__cause__!r}"
    told = f"{traceback} {caplog.text} {Settings(**settings)!r}"
    assert "not-one-cent" not in told and "cnV0aDpub3" not in told


def test_user_and_password_of_an_address(pretended: Serve) -> None:
    """They are sent, and never shown with the address."""
    from indexer.engines.opensearch.cluster import Cluster as Client

    seen = []

    def reply(asked: str, authorization: str) -> Reply:
        seen.append(authorization)
        return 200, {}

    client = Client(Settings(url=pretended(reply).replace("//", "//ruth:not%2Done@")))
    client.ask("GET", "/")
    assert (seen, "not" in client.where) == (["Basic cnV0aDpub3Qtb25l"], False)


def test_only_a_certificate_that_is_trusted(tmp_path: Path, pretended: Serve) -> None:
    """Nothing is sent to a cluster that cannot prove to be it; the authority's file is named where that is needed."""
    from indexer.engines.opensearch.cluster import Cluster as Client

    if not shutil.which("openssl"):
        pytest.fail("no openssl") if os.environ.get("CI") == "true" else pytest.skip("openssl is not installed")
    key, file = str(tmp_path / "key.pem"), tmp_path / "cluster.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=cluster",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", file],
                   check=True, capture_output=True)
    authority = tmp_path / "ca.pem"
    authority.write_bytes(file.read_bytes())
    file.write_bytes(file.read_bytes() + Path(key).read_bytes())
    seen = []

    def reply(asked: str, authorization: str) -> Reply:
        seen.append(authorization)
        return 200, {}

    url = pretended(reply, file)
    with pytest.raises(ClusterUnreachable, match="certificate .* is not one that is trusted. Name the file"):
        Client(Settings(url=url, user="ruth", password="not-one-cent")).ask("GET", "/")
    assert seen == []
    with pytest.raises(OnRecordError, match="opensearch.ca names nowhere.pem, where there is no file"):
        Client(Settings(url=url, ca="nowhere.pem"))
    Client(Settings(url=url, user="ruth", password="not-one-cent", ca=str(authority))).ask("GET", "/")
    assert len(seen) == 1


def test_a_busy_cluster_is_asked_again(
    pretended: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole requests and single documents are put again, each time after a longer pause, and only what was refused."""
    from indexer.engines.opensearch import bulk as opensearch_bulk, cluster as opensearch_cluster

    pauses: list[float] = []
    for module in (opensearch_bulk, opensearch_cluster):          # others sleep, too
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=time.monotonic, sleep=pauses.append))
    done = {"index": {"status": 201}}
    busy = {"index": {"status": 429, "error": {"type": "rejected_execution_exception", "reason": "full"}}}
    replies: list[Reply] = [(429, {}), (503, {}), (200, {"items": [done, busy, busy]}),
                            (200, {"items": [busy, done]}), (200, {"items": [done]})]
    client = opensearch_cluster.Cluster(Settings(url=pretended(lambda *_: replies.pop(0))))
    with opensearch_bulk.Bulk(client, "any") as bulk:
        for number in range(3):
            bulk.index(f"{number}", "0", {"number": number})
    assert replies == []
    assert pauses == [0.1, 0.5, 1.0] or pauses == [0.1, 0.2, 0.5, 1.0]


def test_a_cluster_that_stays_busy_ends_the_build(
    pretended: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while, with the reason."""
    from indexer.engines.opensearch import bulk as opensearch_bulk, cluster as opensearch_cluster

    monkeypatch.setattr(opensearch_bulk, "PATIENCE", 0.0)
    busy = {"index": {"status": 429, "error": {"type": "rejected_execution_exception", "reason": "full"}}}
    client = opensearch_cluster.Cluster(Settings(url=pretended(lambda *_: (200, {"items": [busy]}))))
    with pytest.raises(BuildFailed, match="did not take all .* indexed: rejected_execution_exception: full"):
        with opensearch_bulk.Bulk(client, "any") as bulk:
            bulk.index("1", "1", {})


def test_documents_go_in_requests_of_bounded_size(
    pretended: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever writes waits while enough is under way: memory does not grow with the archive."""
    from indexer.engines.opensearch import bulk as opensearch_bulk, cluster as opensearch_cluster

    monkeypatch.setattr(opensearch_bulk, "MOST_BYTES", 10_000)
    sent: list[bytes] = []
    client = opensearch_cluster.Cluster(Settings(url="http://127.0.0.1:9"))

    def ask(method: str, path: str, body: bytes, **_: Any) -> Any:
        sent.append(body)
        return {"items": [{"index": {"status": 201}}] * (body.count(b"\n") // 2)}

    monkeypatch.setattr(client, "ask", ask)
    with opensearch_bulk.Bulk(client, "any") as bulk:
        for number in range(100):
            bulk.index(f"{number}", "0", {"document": "x" * 900})
            assert number < 50 or len(sent) >= number // 12 - 2
    assert len(sent) > 8 and max(map(len, sent)) <= 10_000
    assert sum(body.count(b"\n") for body in sent) == 200


# --- Machines that fail ---------------------------------------------------------------------------------------

@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """The nodes, which may be killed; afterwards all of them run again."""
    monkeypatch.setattr("indexer.engines.opensearch.writer.COPIED", 3.0)
    monkeypatch.setattr("indexer.engines.opensearch.bulk.PART_MISSING", "2s")
    folder = os.environ.get("ONRECORD_OPENSEARCH_CLUSTER", "")
    if not folder:
        reason = "ONRECORD_OPENSEARCH_CLUSTER does not name the folder of a cluster whose nodes may be killed"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    monkeypatch.setenv("ONRECORD_OPENSEARCH_REPLICAS", "1")
    set_configuration(load_configuration())
    found = Cluster.of(Path(folder))
    yield found
    found.revive()


def keeper(cluster: Cluster, index: str) -> Node:
    """A node that has the first copy of a shard of an index."""
    shards = asked(f"/_cat/shards/{index}?format=json")
    names = {each["node"] for each in shards if each["prirep"] == "p"}
    return next(node for node in cluster.nodes if node.name in names)


def test_a_machine_fails_while_people_search_and_an_index_is_built(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No answer is lost or less than whole; an export that is under way ends with everything; the build goes on, and
    nothing is missing from it."""
    monkeypatch.setattr("indexer.engines.opensearch.bulk.MOST_OPERATIONS", 40)
    documents, index = many(900), tmp_path / "index"
    engine = written(documents, build_of(index, "1"))
    let_answer(index, "1")
    queries = [Words(word) for word in "ferry harbor levy soda goat wall mile".split()]
    expected = [engine.count(query, kind="article") for query in queries]
    export = engine.every(EVERYTHING, kind="article", sort="newest")
    exported = [next(export) for _ in range(100)]
    killed, done = threading.Event(), threading.Event()

    def searching() -> int:
        rounds = 0
        while not (done.is_set() and rounds):
            found = [engine.search(query, facets=("year",), collapse=False) for query in queries]
            assert [each.total for each in found] == expected and all(each.hits for each in found)
            rounds += killed.is_set()
            done.wait(0.05)
        return rounds

    def failing() -> Iterator[Document]:
        for number, document in enumerate(documents):
            if number == 450:
                cluster.kill(keeper(cluster, note(build_of(index, "1"))["index"]))
                killed.set()
            yield document

    with ThreadPoolExecutor(2) as pool:
        searches = [pool.submit(searching) for _ in range(2)]
        try:
            new = written(failing(), build_of(index, "2"))
        finally:
            done.set()
        assert all(each.result() for each in searches)
    ids = sorted(document["id"] for document in documents)
    assert sorted(hit.document["id"] for hit in [*exported, *export]) == ids
    assert sorted(hit.document["id"] for hit in new.every(EVERYTHING, kind="article")) == ids
    assert aliased(build_of(index, "2")) == [note(build_of(index, "2"))["index"]]


def test_a_part_is_lost_while_an_index_is_built(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without copies the build fails and says so; what answered before, with its copies, still does."""
    from indexer.engines.opensearch import OpenSearchWriter

    index = tmp_path / "index"
    old = written(archive(), build_of(index, "1"))
    let_answer(index, "1")
    asked(f"/_cluster/health/{note(build_of(index, '1'))['index']}?wait_for_status=green&timeout=20s")
    monkeypatch.setenv("ONRECORD_OPENSEARCH_REPLICAS", "0")
    monkeypatch.setenv("ONRECORD_OPENSEARCH_SHARDS", "3")
    set_configuration(load_configuration())
    for name, value in (("bulk.MOST_OPERATIONS", 40), ("bulk.PATIENCE", 2.0), ("writer.PATIENCE", 2.0)):
        monkeypatch.setattr(f"indexer.engines.opensearch.{name}", value)
    alias = note(build_of(index, "1"))["alias"]

    def failing() -> Iterator[Document]:
        for number, document in enumerate(many(900)):
            if number == 450:
                cluster.kill(keeper(cluster, f"{alias}-2"))
            yield document

    build_of(index, "2").mkdir()
    with pytest.raises(BuildFailed, match="still answers"):
        OpenSearchWriter(build_of(index, "2")).write(failing())
    assert aliased(build_of(index, "1")) == [f"{alias}-1"]
    assert old.count(EVERYTHING, kind="article") == 8
    assert not (build_of(index, "2") / "opensearch.json").exists()
