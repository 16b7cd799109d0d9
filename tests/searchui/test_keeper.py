"""The keeper's mode: who may write, what is written, and what is said of all that may not be."""

from __future__ import annotations

import html
import re
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings, strategies as st
from werkzeug.test import TestResponse

from indexer.corrections import read_corrections
from indexer.engines import open_engine
from indexer.errors import BuildFailed
from indexer.index_folder import locked
from searchui import create_app
from tests.searchui.kept_archive import LEVY, TOKEN, WORDS, kept_app, kept_archive, rebuild

ID = f"{LEVY}#q1"
OWN = {"Origin": "http://localhost"}


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return kept_archive(tmp_path, monkeypatch)


@pytest.fixture
def client(index: Path) -> FlaskClient:
    """A browser that has given the token."""
    return signed_in(kept_app(index).test_client())


def signed_in(client: FlaskClient) -> FlaskClient:
    assert client.post("/keeper/", data={"token": TOKEN}, headers=OWN).status_code == 303
    return client


def form(client: FlaskClient, id: str = ID) -> dict[str, str]:
    """The hidden fields of the form of a quotation."""
    page = client.get("/keeper/correction", query_string={"id": id})
    assert page.status_code == 200
    return {name: html.unescape(value)
            for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)}


def send(client: FlaskClient, **fields: Any) -> TestResponse:
    given = {"who": "speaker", "stance": "said", "speaker_kind": "", "note": "", "speaker": ""}
    return client.post("/keeper/correction", data={**form(client), **given, **fields}, headers=OWN)


def problem(response: TestResponse) -> str:
    """What the page says went wrong."""
    found = re.search(r'role="alert">(.*?)</p>', response.text, re.DOTALL)
    return html.unescape(found[1]) if found else ""


def file_of(index: Path) -> Path:
    return index.parent / "data/corrections.toml"


# --- What is written ---------------------------------------------------------------------------------------

def test_a_correction_is_written_and_seen_at_once(client: FlaskClient, index: Path) -> None:
    """The article shows it as the archive's, with the note, and so do API and exports."""
    answer = send(client, speaker="Hank Sorensen", note="Heard on the tape.")
    assert (answer.status_code, answer.location) == (303, f"/article/{LEVY}#q1")
    page = client.get(answer.location).text
    assert "corrected by the archive" in page
    assert "The keeper’s note: Heard on the tape." in page
    assert [each.speaker for each in read_corrections(file_of(index)).of(LEVY)] == ["Hank Sorensen"]
    found = client.get("/api/quotations?method=corrected").json
    assert found and [(each["text"], each["speaker_id"], each["corrected"], each["note"], each["level"])
                      for each in found["hits"]] == [(WORDS, "hank-sorensen", True, "Heard on the tape.", "sure")]
    assert '"yes","Heard on the tape."' in client.get("/export.csv?in=quotations&method=corrected").text
    reference = client.get("/export.ris?in=quotations&method=corrected").text
    assert "(attribution: corrected by the archive: Heard on the tape.)" in reference


@pytest.mark.parametrize(("fields", "values"), [
    ({"who": "unknown"}, {"unknown": True}),
    ({"who": "unknown", "speaker": "left over"}, {"unknown": True}),
    ({"who": "not_a_quotation", "stance": "denied"}, {"not_a_quotation": True}),
    ({"who": "as_found", "stance": "denied"}, {"stance": "denied"}),
    ({"speaker": " Cora Dunmore ", "speaker_kind": "person", "stance": "hypothetical"},
     {"speaker": "Cora Dunmore", "speaker_kind": "person", "stance": "hypothetical"}),
])
def test_every_choice(client: FlaskClient, index: Path, fields: dict[str, str], values: dict[str, object]) -> None:
    """What is chosen is what is written."""
    assert send(client, **fields).status_code == 303
    found, = read_corrections(file_of(index)).of(LEVY)
    assert found.values() == {"article": LEVY, "words": WORDS, **values}


def test_a_correction_is_shown_again_replaced_and_withdrawn(client: FlaskClient, index: Path) -> None:
    """The form shows what was written; the second takes the place of the first; then it is as it was found."""
    assert "undo it" not in client.get("/keeper/correction", query_string={"id": ID}).text
    send(client, speaker="Hank Sorensen", note="Heard.")
    shown = client.get("/keeper/correction", query_string={"id": ID}).text
    assert 'value="Hank Sorensen"' in shown and 'value="Heard."' in shown
    send(client, who="unknown")
    assert [each.unknown for each in read_corrections(file_of(index)).of(LEVY)] == [True]
    assert send(client, who="withdraw").status_code == 303
    assert read_corrections(file_of(index)).of(LEVY) == ()
    assert open_engine(index).quotations_of(LEVY)[0]["speaker"] == "Ruth Adeyemi"


def entries(client: FlaskClient) -> list[dict[str, str]]:
    """The hidden fields of each correction in the keeper's list."""
    return [{"place": html.unescape(place), "form": form} for place, form in re.findall(
        r'name="place" value="([^"]*)"><input type="hidden" name="form" value="([^"]*)"', client.get("/keeper/").text)]


def test_all_corrections_are_listed_and_any_is_taken_back(client: FlaskClient, index: Path) -> None:
    """Also what is no quotation, which has no place in the article any more, and what has lost its words."""
    send(client, who="not_a_quotation", note="A <i>sign</i>.")
    with file_of(index).open("a") as file:
        file.write('\n[[quotation]]\narticle = "gone"\nwords = "Long gone."\nspeaker = "A B"\nstance = "denied"\n')
    page = client.get("/keeper/").text
    assert "no quotation (A &lt;i&gt;sign&lt;/i&gt;.)" in page and "not said by A B" in page
    assert len(entries(client)) == 2
    first = entries(client)[0]
    assert client.post("/keeper/withdrawal", data=first, headers=OWN).status_code == 303
    assert open_engine(index).quotations_of(LEVY)[0]["said"] == WORDS
    assert len(entries(client)) == 1
    again = client.post("/keeper/withdrawal", data=first, headers=OWN)
    assert (again.status_code, "not there any more" in problem(again)) == (409, True)


def test_only_the_keeper_takes_back(client: FlaskClient, index: Path) -> None:
    """With a form of this list, from this browser, from this server; readers see no list."""
    send(client, who="unknown")
    fields, = entries(client)
    reader = kept_app(index).test_client()
    assert entries(reader) == []
    for sender, sent, headers in (
        (reader, fields, OWN), (client, fields, {}), (client, {**fields, "form": "0" * 64}, OWN),
        (client, {**fields, "place": "gone 0 0"}, OWN), (signed_in(reader), fields, OWN),
    ):
        assert sender.post("/keeper/withdrawal", data=sent, headers=headers).status_code == 403
    assert len(read_corrections(file_of(index))) == 1


# --- What is refused ---------------------------------------------------------------------------------------

@pytest.mark.parametrize(("fields", "says"), [
    ({}, "Fill in who said it."),
    ({"speaker": "   "}, "Fill in who said it."),
    ({"speaker": "x" * 201}, "201 characters"),
    ({"speaker": "A\x00B"}, "control character (U+0000)"),
    ({"speaker": "A\r\nB"}, "control character (U+000D)"),
    ({"speaker": "A\u2028B"}, "control character (U+2028)"),
    ({"speaker": "A B", "note": "a\nb"}, "control character (U+000A)"),
    ({"speaker": "A B", "note": "n" * 1001}, "1,001 characters"),
    ({"speaker": "A B", "speaker_kind": "robot"}, "speaker_kind must be one of"),
    ({"speaker": "A B", "stance": "sung"}, "stance must be one of"),
    ({"who": "as_found", "stance": ""}, "needs speaker"),
    ({"who": "everybody"}, "Choose what is so"),
    ({"who": "withdraw"}, "There is no correction to take back."),
])
def test_hostile_values_are_refused_with_a_message(
    client: FlaskClient, index: Path, fields: dict[str, str], says: str
) -> None:
    """Nothing is written, and the form is shown again with what was filled in."""
    answer = send(client, **fields)
    assert answer.status_code == 400
    assert says in problem(answer)
    assert not file_of(index).exists()


@settings(max_examples=15)
@given(fields=st.dictionaries(st.sampled_from(["id", "place", "form", "who", "speaker", "stance", "note", "token"]),
                              st.text(max_size=40)), address=st.sampled_from(["/keeper/", "/keeper/correction"]))
def test_whatever_is_sent_is_answered(
    fields: dict[str, str], address: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Nobody gets an error of ours, and nothing is written."""
    with pytest.MonkeyPatch.context() as patch:
        index = kept_archive(tmp_path_factory.mktemp("kept"), patch)
        client = signed_in(kept_app(index).test_client())
        assert 300 < client.post(address, data=fields, headers=OWN).status_code < 500
        assert client.get(address, query_string=fields).status_code < 500
        assert not file_of(index).exists()


@pytest.mark.parametrize("id", [
    "", "x", f"{LEVY}#q0", f"{LEVY}#q99", f"{LEVY}#q", LEVY, f"{LEVY}#q١", "#q1", "../x#q1"])
def test_a_quotation_that_is_not_there(client: FlaskClient, id: str) -> None:
    """404, as for any address."""
    assert client.get("/keeper/correction", query_string={"id": id}).status_code == 404


def test_a_form_of_other_words_writes_nothing(client: FlaskClient, index: Path) -> None:
    """What stood at this number when the form was opened stands elsewhere now."""
    answer = send(client, place="0123456789abcdef", speaker="Hank Sorensen")
    assert answer.status_code == 409
    assert "these are the words that stand here now" in problem(answer)
    assert not file_of(index).exists()


def test_a_broken_file_is_named(client: FlaskClient, index: Path) -> None:
    """With its line; it stays as it is."""
    fields = form(client)
    file_of(index).write_text("[[quotation]]\nunknown = true\n")
    answer = client.post("/keeper/correction", data={**fields, "who": "unknown"}, headers=OWN)
    assert answer.status_code == 409
    assert "corrections.toml:1: needs article" in html.unescape(answer.text)
    assert file_of(index).read_text() == "[[quotation]]\nunknown = true\n"


def test_a_build_that_runs_is_named(client: FlaskClient, index: Path) -> None:
    """The correction is written, and the next build takes it."""
    with locked(index):
        answer = send(client, speaker="Hank Sorensen")
    assert answer.status_code == 409
    assert "It is written" in problem(answer) and "Another build is running" in problem(answer)
    rebuild(index)
    assert open_engine(index).quotations_of(LEVY)[0]["speaker"] == "Hank Sorensen"


def test_a_build_that_fails_is_named(index: Path) -> None:
    """What is written stays, and the old index answers."""
    def fail(index: Path) -> None:
        raise BuildFailed("There is no room on the disk.")

    answer = send(signed_in(kept_app(index, fail).test_client()), speaker="Hank Sorensen")
    assert answer.status_code == 503
    assert "There is no room on the disk." in problem(answer)
    assert len(read_corrections(file_of(index))) == 1


def test_two_corrections_at_once_are_both_written(index: Path) -> None:
    """One waits for the other."""
    waiting = Event()

    def slowly(index: Path) -> None:
        waiting.wait(300)
        rebuild(index)

    app = kept_app(index, slowly)
    clients = [signed_in(app.test_client()) for _ in range(2)]
    forms = [form(client, f"{LEVY}#q{number}") for number, client in enumerate(clients, 1)]
    threads = [Thread(target=client.post, args=("/keeper/correction",), kwargs={
        "data": {**fields, "who": "unknown"}, "headers": OWN}) for client, fields in zip(clients, forms)]
    for thread in threads:
        thread.start()
    waiting.set()
    for thread in threads:
        thread.join()
    assert len(read_corrections(file_of(index))) == 2
    assert {each["id"]: each["method"] for each in open_engine(index).quotations_of(LEVY)
            if each["id"].endswith(("#q1", "#q2"))} == {ID: "corrected", f"{LEVY}#q2": "corrected"}


# --- Who may write -----------------------------------------------------------------------------------------

def test_a_reader_without_the_token_cannot_write(client: FlaskClient, index: Path) -> None:
    """Not without a cookie, not with one that was made up, not with that of another server; nor see the form."""
    fields = {**form(client), "who": "unknown"}
    for cookie in ("", "x", "x.y", "ſ.ſ"):
        reader = kept_app(index).test_client()
        if cookie:
            reader.set_cookie("onrecord_keeper", cookie, path="/keeper")
        answer = reader.post("/keeper/correction", data=fields, headers=OWN)
        assert (answer.status_code, "Nothing was written" in problem(answer)) == (403, True)
        assert reader.get("/keeper/correction", query_string={"id": ID}).status_code == 403
    assert not file_of(index).exists()


@pytest.mark.parametrize("token", ["", "a token", TOKEN.upper(), "ſ" * 9])
def test_a_wrong_token_opens_nothing(index: Path, token: str) -> None:
    """And no cookie is given."""
    answer = kept_app(index).test_client().post("/keeper/", data={"token": token}, headers=OWN)
    assert answer.status_code == 403
    assert "That is not the token" in problem(answer)
    assert "Set-Cookie" not in answer.headers


def test_the_cookie_is_the_keepers_pages_alone(index: Path) -> None:
    """No script reads it, no other site's page sends it, and it says nothing of the token."""
    answer = kept_app(index).test_client().post("/keeper/", data={"token": TOKEN, "id": ID}, headers=OWN)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and "Path=/keeper" in cookie
    assert TOKEN not in cookie
    assert answer.location == f"/keeper/correction?id={LEVY}%23q1"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", "http://localhost:8001", "https://localhost"])
def test_a_form_of_another_page_writes_nothing(client: FlaskClient, index: Path, origin: str | None) -> None:
    """Not even with the keeper's own cookie and a form that is right."""
    headers = {"Origin": origin} if origin else {}
    answer = client.post("/keeper/correction", data={**form(client), "who": "unknown"}, headers=headers)
    assert (answer.status_code, file_of(index).exists()) == (403, False)
    assert "not sent from a page of this server" in answer.text


def test_a_form_is_good_for_one_quotation_in_one_browser(client: FlaskClient, index: Path) -> None:
    """Neither another quotation's nor another browser's form is taken."""
    other = signed_in(kept_app(index).test_client())
    for sender, fields in ((client, {**form(client), "id": f"{LEVY}#q2"}), (other, form(client))):
        answer = sender.post("/keeper/correction", data={**fields, "who": "unknown"}, headers=OWN)
        assert answer.status_code == 403
    assert not file_of(index).exists()


@pytest.mark.parametrize("host", [
    "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "[", "10.0.0.1:80"])
def test_another_name_for_this_machine_is_refused(client: FlaskClient, host: str) -> None:
    """A foreign name may be made to lead here, and its pages would be of one origin with ours."""
    for address in ("/", "/keeper/", "/api/stats"):
        assert client.get(address, headers={"Host": host}).status_code in (400, 403)


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_this_machine_is_known_by_its_names(client: FlaskClient, host: str) -> None:
    """With whatever port."""
    assert client.get("/keeper/", headers={"Host": host}).status_code == 200


def test_too_large_a_form_is_refused(client: FlaskClient) -> None:
    """No note is that long."""
    assert send(client, who="unknown", note="n" * 20_000).status_code == 413


def test_without_keepers_mode_there_is_nothing_to_write_with(index: Path) -> None:
    """The page offers the lines to paste and no form; a page of the one mode is not taken for one of the other."""
    reader, keeper = create_app({"INDEX": str(index)}).test_client(), kept_app(index).test_client()
    pages = [each.get(f"/quotation/{LEVY}/q1") for each in (reader, keeper)]
    assert [page.text.count("Correct it") > 0 for page in pages] == [False, True]
    assert [html.unescape(page.text).count(f'words = "{WORDS}"') for page in pages] == [1, 1]
    assert pages[0].headers["ETag"] != pages[1].headers["ETag"]
    assert [reader.get("/keeper/").status_code, reader.post("/keeper/correction").status_code] == [404, 404]
