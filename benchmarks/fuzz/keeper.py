"""Forms of the keeper's mode, filled in with anything, from any page and browser."""

from __future__ import annotations

import html
import re

from benchmarks.fuzz.feeding import Target, Targets, encoded, hold, scratch_folder
from benchmarks.fuzz.sample import sample_index
from indexer import BuildFailed, read_corrections
from searchui import create_app
from searchui.keeper import Keeper

ARTICLE = "ben-castellan/it-is-two-dollars-now-ferry-fare-doubles"
OWN = {"Origin": "http://localhost"}
TOKEN = "a token that nobody guesses"
PATHS = ("/keeper/correction", "/keeper/withdrawal", "/keeper/")
FIELDS = ("who", "speaker", "speaker_kind", "stance", "note", "id", "place", "form", "token")
WORDS = encoded((
    "speaker", "unknown", "not_a_quotation", "as_found", "withdraw", "person", "organisation", "unnamed", "said",
    "denied", "hypothetical", f"{ARTICLE}#q1", f"{ARTICLE}#q5", "#r1", "\n", '"', "\\", "'''", "\0", "\u2028", "\x7f",
    "\ud7ff", "=1", "[[quotation]]", "Ruth Adeyemi", "a witness", " ", "\u0301")) + [
        b"\n" + bytes([each]) for each in range(len(FIELDS))]
LARGEST = 50_000                 # bytes of corrections from which on they are forgotten


def filled(path: str, **fields: str) -> bytes:
    """A form as Forms reads it: the first byte says which, the first of each line which field."""
    return b"\n".join([bytes([PATHS.index(path)]), *(bytes([FIELDS.index(name)]) + value.encode()
                                                     for name, value in fields.items())])


class Forms:
    """Any form is taken or refused, and the file of corrections can be read whatever was sent. What is not sent in it
    is filled in as a browser would, so that anything is written at all; every fourth build fails."""

    def __init__(self) -> None:
        self.file = scratch_folder() / "corrections.toml"
        self.builds = 0
        self.client = create_app({
            "INDEX": str(sample_index()), "PROPAGATE_EXCEPTIONS": True,
            "KEEPER": Keeper(TOKEN, self.file, self._rebuild)}).test_client()
        self.client.post("/keeper/", data={"token": TOKEN}, headers=OWN)

    def _rebuild(self) -> None:
        self.builds += 1
        if self.builds % 4 == 0:
            raise BuildFailed("The disk is full.")

    def __call__(self, data: bytes) -> None:
        if self.file.exists() and self.file.stat().st_size > LARGEST:
            self.file.unlink()
        first, *lines = (data or b"\0").split(b"\n")
        path = PATHS[(first or b"\0")[0] % len(PATHS)]
        sent = {FIELDS[line[0] % len(FIELDS)]: line[1:].decode("utf-8", "replace") for line in lines if line}
        builds = self.builds
        with self.client.post(path, data={**self._hidden(path, sent), **sent}, headers=OWN) as response:
            failed = self.builds > builds and self.builds % 4 == 0
            hold(response.status_code < 500 or failed and response.status_code == 503,
                 f"no fault: {response.status_code} {path} {sent}")
        read_corrections(self.file)
        with self.client.get("/keeper/") as response:
            hold(response.status_code == 200, "the list of corrections can be shown")

    def _hidden(self, path: str, sent: dict[str, str]) -> dict[str, str]:
        """The hidden fields of the page from which the form would be sent."""
        if path == "/keeper/withdrawal":
            page = self.client.get("/keeper/")
        else:
            page = self.client.get("/keeper/correction", query_string={"id": sent.get("id", f"{ARTICLE}#q1")})
        return {name: html.unescape(value)
                for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)}


TARGETS: Targets = {
    "keeper": lambda: Target(Forms(), [
        filled("/keeper/correction", id=f"{ARTICLE}#q5", who="speaker", speaker="Hank Sorensen", note="On the tape."),
        filled("/keeper/correction", id=f"{ARTICLE}#q1", who="not_a_quotation"),
        filled("/keeper/correction", id=f"{ARTICLE}#q2", who="as_found", stance="denied"),
        filled("/keeper/correction", id=f"{ARTICLE}#q5", who="withdraw"),
        filled("/keeper/withdrawal"), filled("/keeper/", token=TOKEN, id=f"{ARTICLE}#q1")], WORDS),
}
