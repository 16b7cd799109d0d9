"""From files to answers: an archive is built with an encoder, updated, searched and served."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import indexer.meaning.archive_meaning
from indexer.build import BuildReport, build
from indexer.commands.cli import main
from indexer.configuration import Configuration, set_configuration
from indexer.engines import open_engine
from indexer.errors import ExtraMissing, ModelError
from indexer.meaning import encoder_choice, fetched_model, prepared_encoder
from indexer.meaning.model_files import sum_of
from indexer.query.parser import parse
from indexer.search.time_limit import unlimited
from searchui import create_app
from tests.meaning.tiny_encoder import write_encoder

if TYPE_CHECKING:
    from flask.testing import FlaskClient

STORIES = {
    "boat": "Ferry Sinks\nThe old ferry sank in the harbor this morning. “The boat was old,” said Mayor Ruth Adeyemi.",
    "bread": "Bakery Opens\nA bakery opened on the river. “Free bread,” said Wendell Park, who raised the flag.",
    "rain": "Rain Closes School\nRain and snow closed the school. “Snow,” said Wendell Park, a teacher.",
}


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with articles, an encoder, and a configuration that names it; the program runs there."""
    for name, text in STORIES.items():
        write(tmp_path, name, text)
    folder = write_encoder(tmp_path / "encoder")
    (tmp_path / "onrecord.toml").write_text(
        f'[meaning]\nmodel = "encoder"\nsha256 = "{sum_of(folder / "model.safetensors")}"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    with unlimited():
        yield tmp_path
    set_configuration(Configuration())


def write(folder: Path, name: str, text: str) -> None:
    title, _, body = text.partition("\n")
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / f"{name}.md").write_text(f"---\ntitle: {title}\n---\n{body}\n", "utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def built(archive: Path, full: bool = False) -> BuildReport:
    sum = sum_of(archive / "encoder" / "model.safetensors")
    return build(archive / "data", archive / "index", jobs=1, full=full,
                 encoder=prepared_encoder(archive / "index", str(archive / "encoder"), sum))


@pytest.mark.usefixtures("archive")
def test_a_question_finds_what_has_none_of_its_words() -> None:
    assert run("build").exit_code == 0
    found = json.loads(run("search", "tunnels and bridges and museums", "--json").stdout)["hits"]

    assert found and all(hit["by_meaning"] for hit in found)
    lines = run("search", "tunnels and bridges and museums").stdout
    assert "(by meaning)" in lines
    assert "may mean the same in other words" in lines


def test_an_update_encodes_only_what_changed(archive: Path) -> None:
    assert built(archive).encoded == 3 + 4 + 3         # openings, sentences, quotations
    assert not built(archive).changed

    write(archive, "bread", STORIES["bread"] + " The cake was free, too.")
    write(archive, "dog", "Dog Runs\nA dog ran through the museum.")

    assert built(archive).encoded == 3 + 2     # of the bakery, whose quotation is read in another text, and of the dog
    assert built(archive, full=True).encoded == 0


def test_an_encoder_that_comes_later_encodes_everything(archive: Path) -> None:
    """The index itself is taken over as it was."""
    assert build(archive / "data", archive / "index", jobs=1).encoded == 0
    report = built(archive)

    assert (report.changed, report.written, report.encoded) == (True, 0, 10)


def test_an_encoder_that_is_taken_away_leaves_words(archive: Path) -> None:
    built(archive)
    report = build(archive / "data", archive / "index", jobs=1)
    engine = open_engine(archive / "index")

    assert report.changed and engine.meaning is None
    assert engine.search(parse("tunnels and bridges and museums").query).hits == ()
    engine.close()


def test_old_vectors_go_with_their_builds(archive: Path) -> None:
    built(archive)
    for _ in range(2):
        write(archive, "bread", STORIES["bread"] + " More.")
        build(archive / "data", archive / "index", jobs=1, full=True)

    assert list((archive / "index" / "vectors").glob("*/*")) == []


def test_damage_leaves_words(archive: Path) -> None:
    """If the size is what was written; a file of another size is named before anything is answered."""
    report = built(archive)
    meaning = archive / "index" / "builds" / report.build / "meaning.json"
    meaning.write_text("{".ljust(meaning.stat().st_size), "utf-8")
    engine = open_engine(archive / "index")

    assert [hit.document["id"] for hit in engine.search(parse("who sank the old ferry").query).hits] == ["boat"]
    engine.close()
    write(archive, "dog", "Dog Runs\nA dog ran through the museum.")
    assert built(archive).encoded == 2


@pytest.fixture
def client(archive: Path) -> FlaskClient:
    assert run("build").exit_code == 0
    return create_app({"INDEX": str(archive / "index")}).test_client()


def test_the_page_says_so(client: FlaskClient) -> None:
    page = client.get("/search?q=tunnels+and+bridges+and+museums").get_data(as_text=True)

    assert "also by meaning" in page
    assert "No articles match these words; these may mean the same." in page


def test_a_server_opens_the_encoder_before_anybody_asks(client: FlaskClient) -> None:
    index = client.application.extensions["onrecord"]
    index.refresh()
    index.make_ready()
    with client.application.test_request_context():
        assert index.engine.meaning._opened is not None


def test_the_api_says_so(client: FlaskClient) -> None:
    articles = client.get("/api/search?q=tunnels+and+bridges+and+museums").json
    quotations = client.get("/api/quotations?q=tunnels+and+bridges+and+museums").json

    assert articles and articles["total"] == 0 and articles["hits"][0]["by_meaning"]
    assert quotations and all(hit["by_meaning"] and hit["partial"] for hit in quotations["hits"])


# ---- The command model


def test_the_encoder_that_is_named_is_made_ready(archive: Path) -> None:
    result = run("model")

    assert "encoder is ready in index/models/" in result.output
    assert len(list((archive / "index" / "models").glob("*/encoder.onnx"))) == 1


def test_the_usual_encoder_is_fetched(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (archive / "onrecord.toml").unlink()
    monkeypatch.setattr("indexer.commands.model.fetch_model", write_encoder)
    monkeypatch.setattr("indexer.meaning.model_files.KNOWN", {sum_of(archive / "encoder" / "model.safetensors")})

    assert "all-MiniLM-L6-v2 is ready" in run("model").output
    assert fetched_model(Path("index")).is_dir()
    assert run("build").exit_code == 0
    assert (archive / "index" / "vectors").is_dir()


@pytest.mark.parametrize(("text", "says"), [
    ('model = "nowhere"', "There is no folder nowhere"),
    ('model = "encoder"', "is not known: its SHA-256 is"),
    ('model = "data"', "data has no model.safetensors"),
])
def test_what_is_wrong_with_an_encoder_is_said(archive: Path, text: str, says: str) -> None:
    (archive / "onrecord.toml").write_text(f"[meaning]\n{text}\n", "utf-8")
    for command in ("model", "build"):
        result = run(command)

        assert result.exit_code == 1 and says in result.output


def test_meaning_can_be_turned_off(archive: Path) -> None:
    text = (archive / "onrecord.toml").read_text("utf-8")
    (archive / "onrecord.toml").write_text(text + "use = false\n", "utf-8")

    assert "use = false" in run("model").output
    assert run("build").exit_code == 0
    assert not (archive / "index" / "vectors").exists()


def test_without_the_extra_it_is_named(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If an encoder was chosen; nobody else hears of it, and an index that has vectors is searched by words."""
    built(archive)
    for module in (encoder_choice, indexer.meaning.archive_meaning):
        monkeypatch.setattr(module, "installed", lambda: False)

    with pytest.raises(ExtraMissing, match=r"pip install 'onrecord\[meaning\]'"):
        prepared_encoder(archive / "index", str(archive / "encoder"))
    assert prepared_encoder(archive / "elsewhere") is None
    engine = open_engine(archive / "index")
    assert engine.meaning is None
    engine.close()


def test_a_folder_that_is_no_encoder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="under .meaning., model"):
        prepared_encoder(tmp_path, str(tmp_path / "none"))
