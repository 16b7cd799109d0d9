"""Documents made by hand, about people and places that do not exist, and the engines that hold them."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from fcntl import LOCK_EX, flock
from multiprocessing import forkserver
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from hypothesis import HealthCheck, settings

from indexer.build.builder import build
from indexer.language.folding import fold
from indexer.models import Span
from indexer.reading.bylines import authors_of
from indexer.search.engine import Document
from indexer.search.snippets import sentences_around
from tests.engines.linear_engine import LinearEngine


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--raise-floors", action="store_true", help="write the figures of tests/gold that have risen")
    parser.addoption("--write-tour", action="store_true", help="write what the README's commands print now")


# No test fails for being slow: on a busy machine anything may take long.
settings.register_profile("patient", deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("patient")
PATIENCE = 60           # seconds that a query may take


def pytest_configure() -> None:
    """Let queries take their time, and let the processes that tests start be interrupted: where the tests run in the
    background of a shell, they would inherit that interrupts are ignored."""
    os.environ["ONRECORD_LIMITS_SECONDS"] = str(PATIENCE)
    signal.signal(signal.SIGINT, signal.default_int_handler)


# What asks the cluster: a module of its own, and of others the tests whose parameters name that engine.
CLUSTER = re.compile(r"test_opensearch\.py|[\[-]opensearch[\]-]")


def together(test: str) -> str:
    """Equal for tests that one process runs where several run them: those of a module, for what it builds once, and all
    that ask the cluster, of which some kill a machine. Those in a browser are few and long: any process takes any."""
    if CLUSTER.search(test):
        return "cluster"
    return test if "/browser/" in test else test.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadScopeScheduling

    found = LoadScopeScheduling(config, log)
    setattr(found, "_split_scope", together)
    return found


PEOPLE = {
    "ruth-adeyemi": ("Ruth Adeyemi", ["Mayor Adeyemi", "Adeyemi"]),
    "hank-sorensen": ("Hank Sorensen", ["Captain Sorensen"]),
    "michael-garrity": ("Michael Garrity", ["Mick Garrity", "Michael T. Garrity"]),
    "mei-ling-zhao": ("Mei-Ling Zhao", ["Councilwoman Zhao"]),
    "wendell-park": ("Wendell Park", []),
    "renee-orourke": ("Renée O'Rourke", ["Renée O’Rourke"]),
}


def known_as(slugs: Sequence[str]) -> list[str]:
    return [name for slug in slugs for name in (PEOPLE[slug][0], *PEOPLE[slug][1])]


def article_document(id: str, title: str, text: str, date: str = "", author: str = "Nadia Okafor", *,
                     speakers: Sequence[str] = (), mentioned: Sequence[str] = (), said: Sequence[str] = (),
                     group: str = "", **more: Any) -> Document:
    """An article's document as schema.documents makes it; people are given by slug."""
    return {
        "kind": "article", "id": id, "path": f"{id}.md", "title": title, "author": author, "date": date, "text": text,
        "blocks": [], "links": [], "url": "", "people": [
            {"slug": slug, "name": PEOPLE[slug][0], "description": "", "inferred": False, "mentions": []}
            for slug in mentioned
        ],
        "quotations": len(said), "reported": 0, "speakers": known_as(speakers), "said": list(said),
        "mentioned": known_as(mentioned),
        "speaker_id": list(speakers), "mentioned_id": list(mentioned), "author_id": list(authors_of(author)),
        "language": "en",
        "year": date[:4], "month": date[:7], "group": group or id, **more,
    }


def quotation_document(article: Document, number: int, said: str, speaker: str = "", **more: Any) -> Document:
    """The document of a quotation that stands in the article's text; its context is its paragraph."""
    start = article["text"].index(said)
    opening = article["text"].rfind("\n", 0, start) + 1
    closing = article["text"].find("\n", start + len(said))
    context = article["text"][opening:closing if closing >= 0 else None]
    name = PEOPLE[speaker][0] if speaker else ""
    return {
        "kind": "quotation", "id": f"{article['id']}#q{number}", "article_id": article["id"], "path": article["path"],
        "title": article["title"], "author": article["author"], "date": article["date"], "said": said,
        "start": start, "end": start + len(said), "context": context, "context_start": opening,
        "quote_kind": "direct", "speaker": name, "speaker_name": more.get("speaker", name),
        "speaker_kind": "person" if speaker else "", "speaker_id": speaker,
        "inferred": False, "names": known_as([speaker]) if speaker else [], "method": "name" if speaker else "none",
        "certainty": 0.97, "level": "sure", "form": "quotation", "stance": "said", "stance_of": "", "stance_of_id": "",
        "note": "", "identity": "printed",
        "cue": None, "source": None, "mentioned": article["mentioned"], "mentioned_id": article["mentioned_id"],
        "author_id": article["author_id"], "year": article["year"], "month": article["month"],
        "group": fold(said), **more,
    }


def reported_document(article: Document, number: int, told: str, speaker: str = "", **more: Any) -> Document:
    """The document of reported speech that stands in the article's text; its context is its sentence."""
    found = quotation_document(article, number, told, speaker)
    paragraph = Span(found["context_start"], found["context_start"] + len(found["context"]))
    sentence = sentences_around(article["text"], Span(found["start"], found["end"]), paragraph)
    return {**found, "id": f"{article['id']}#r{number}", "form": "reported", "quote_kind": "reported",
            "context": sentence.of(article["text"]), "context_start": sentence.start,
            "group": f"r{fold(told)}", **more}


def person_document(slug: str, quotations: int = 0, articles: int = 1, first: str = "", last: str = "",
                    **more: Any) -> Document:
    """A person of the archive."""
    return {
        "kind": "person", "id": slug, "name": PEOPLE[slug][0], "aliases": list(PEOPLE[slug][1]), "roles": [],
        "offices": [],
        "quotations": quotations, "reported": 0, "articles": articles, "first": first, "last": last, "years": {},
        "quoted_with": [],
        **more,
    }


def archive() -> list[Document]:
    """Eight articles, their quotations, what three of them report in other words, and their people."""
    levy = article_document(
        "nadia-okafor/levy-passes", "Sugar Levy Passes, Soda Makers Vow Revenge",
        'The City Council passed a levy on sugary drinks last night after nine hours of debate.\n'
        '"Sodas are not a food group," said Mayor Ruth Adeyemi, who had asked for the levy twice before.\n'
        'Captain Hank Sorensen of the ferry was not amused. "I will drink what I like on my own boat," he said.',
        "2012-03-28T12:30", speakers=["ruth-adeyemi", "hank-sorensen"], mentioned=["ruth-adeyemi", "hank-sorensen"],
        said=["Sodas are not a food group,", "I will drink what I like on my own boat,"], reported=1)
    ferry = article_document(
        "ben-castellan/ferry-fares", "Ferry Fares to Rise Again",
        'Fares on the Ferry Point line go up to $4.50 in June, the third rise in as many years.\n'
        '"The ferry must pay its own way," Mayor Adeyemi said at Alder Street.\n'
        '"My parks get nothing and the boat gets everything," said Councilwoman Mei-Ling Zhao. '
        'Captain Sorensen called the fares "robbery at sea."',
        "2010-05-02T09:00", "Ben Castellan", speakers=["ruth-adeyemi", "mei-ling-zhao", "hank-sorensen"],
        mentioned=["ruth-adeyemi", "mei-ling-zhao", "hank-sorensen"],
        said=["The ferry must pay its own way,", "My parks get nothing and the boat gets everything,",
              "robbery at sea."])
    wall = article_document(
        "nadia-okafor/sea-wall", "Sea Wall Rises in Saltmarsh",
        'Two years after the flood, Saltmarsh has the first mile of its sea wall.\n'
        '"The water came up the stairs like a guest," said Renée O\'Rourke, a neighbour.\n'
        'Mayor Adeyemi promised a second mile: "We will build until the river gives up."',
        "2014-10-29T17:45", speakers=["renee-orourke", "ruth-adeyemi"], mentioned=["renee-orourke", "ruth-adeyemi"],
        said=["The water came up the stairs like a guest,", "We will build until the river gives up."],
        reported=1)
    wall_again = article_document(
        "jonah-reyes/sea-wall-update", "Sea Wall Rises in Saltmarsh [Update]",
        wall["text"] + "\nUpdate: the second mile will begin in spring.",
        "2014-10-30T08:10", "Jonah Reyes", speakers=["renee-orourke", "ruth-adeyemi"],
        mentioned=["renee-orourke", "ruth-adeyemi"], said=list(wall["said"]), group=wall["group"],
        reported=1)
    schools = article_document(
        "priscilla-wu/school-closing", "Teachers Fight Closing of Three Schools",
        'Three schools on Harrow Hill may close. "Over my dead chalkboard," said union president '
        'Michael "Mick" Garrity.\nGarrity\'s members will march to Corwin Square on Friday.',
        "2009-03-11T10:00", "Priscilla Wu", speakers=["michael-garrity"], mentioned=["michael-garrity"],
        said=["Over my dead chalkboard,"])
    bikes = article_document(
        "margit-solheim/bike-lane", "Bike Lane on Alder Street Splits the Block",
        'The bike lane on Alder Street is a week old and has been blocked 41 times.\n'
        '"Parking is not a human right," said Wendell Park, a cyclist.',
        "2012-07-04T08:00", "Margit Solheim", speakers=["wendell-park"], mentioned=["wendell-park"],
        said=["Parking is not a human right,"])
    park = article_document(
        "terrence-boyle/goat", "Goat at Large in Quarry Park",
        'A goat has walked the paths of Quarry Park since Tuesday. Rangers parked a van with hay by the gate. '
        'Several parks in the city lend their nets.', "2016-01-09T11:20", "Terrence Boyle")
    undated = article_document(
        "lost/note", "", 'A note without a date: the café on Corwin Square sells coffee to ferry hands.', author="")
    quoted = [
        quotation_document(levy, 1, levy["said"][0], "ruth-adeyemi"),
        quotation_document(levy, 2, levy["said"][1], "hank-sorensen", method="pronoun", certainty=0.72, level="likely"),
        quotation_document(ferry, 1, ferry["said"][0], "ruth-adeyemi", method="surname"),
        quotation_document(ferry, 2, ferry["said"][1], "mei-ling-zhao"),
        quotation_document(ferry, 3, ferry["said"][2], "hank-sorensen", method="surname", certainty=0.41,
                           level="unsure"),
        quotation_document(wall, 1, wall["said"][0], "renee-orourke"),
        quotation_document(wall, 2, wall["said"][1], "ruth-adeyemi", method="surname"),
        quotation_document(wall_again, 1, wall["said"][0], "renee-orourke"),
        quotation_document(wall_again, 2, wall["said"][1], "ruth-adeyemi", method="surname"),
        quotation_document(schools, 1, schools["said"][0], "michael-garrity"),
        quotation_document(bikes, 1, bikes["said"][0], "wendell-park", certainty=0.99),
    ]
    reported = [
        reported_document(levy, 1, "the levy twice before", "ruth-adeyemi", method="pronoun"),
        reported_document(wall, 1, "a second mile", "ruth-adeyemi", method="surname"),
        reported_document(wall_again, 1, "a second mile", "ruth-adeyemi", method="surname", group="ra second mile"),
    ]
    people = [
        person_document("ruth-adeyemi", 4, 4, "2010-05-02", "2014-10-30", roles=["mayor of Calder"], reported=3),
        person_document("hank-sorensen", 2, 2, "2010-05-02", "2012-03-28"),
        person_document("michael-garrity", 1, 1, "2009-03-11", "2009-03-11"),
        person_document("mei-ling-zhao", 1, 1, "2010-05-02", "2010-05-02"),
        person_document("wendell-park", 1, 1, "2012-07-04", "2012-07-04"),
        person_document("renee-orourke", 2, 2, "2014-10-29", "2014-10-30"),
    ]
    return [levy, ferry, wall, wall_again, schools, bikes, park, undated, *quoted, *reported, *people]


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the sample archive that comes with the program; processes that run tests side by side share it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sample"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        flock(lock, LOCK_EX)                # released when the file is closed
        build(Path(__file__).parent.parent / "data", folder / "index", jobs=1)
    return folder / "index"


# What is given to other processes stands in these modules.
READ_ELSEWHERE = ("tests.build.plain_annotation", "tests.build.test_workers", "tests.build.test_builder",
                  "tests.build.test_collections", "tests.build.test_hostile_files")


@pytest.fixture(scope="session", autouse=True)
def ready_to_read(request: pytest.FixtureRequest) -> None:
    """The server of processes that read, where tests will want some, has loaded what each of them needs."""
    if any(item.path.parent.name in ("build", "commands") for item in request.session.items):
        multiprocessing.set_forkserver_preload(["indexer.build.refresh", *READ_ELSEWHERE])
        forkserver.ensure_running()


@pytest.fixture(scope="session", autouse=True)
def indices_of_their_own() -> Iterator[None]:
    """Where the tests have an OpenSearch cluster, their indices are told from others and removed at the end."""
    urls = os.environ.get("ONRECORD_OPENSEARCH_URL")
    if not urls:
        yield
        return
    with pytest.MonkeyPatch.context() as patch:
        prefix = f"onrecord-tests-{os.getpid()}"
        patch.setenv("ONRECORD_OPENSEARCH_PREFIX", prefix)
        patch.setenv("ONRECORD_OPENSEARCH_REPLICAS", "0")
        yield
    for path in (f"{prefix}-*", f"_index_template/{prefix}-*"):
        with suppress(OSError):
            urlopen(Request(f"{urls.split(',')[0]}/{path}", method="DELETE"), timeout=30).close()


@pytest.fixture(scope="session")
def documents() -> list[Document]:
    """A small archive's documents, of every kind."""
    return archive()


@pytest.fixture(scope="session")
def linear_engine(documents: list[Document]) -> LinearEngine:
    """The slow, obvious engine over the small archive."""
    return LinearEngine(documents)
