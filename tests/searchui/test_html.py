"""The Nu HTML checker over every kind of page. It needs Java; a machine without it skips this, and CI must not."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from searchui import create_app
from tests.conftest import article_document, quotation_document
from tests.engines.linear_engine import LinearEngine
from tests.searchui.browser.conftest import missing
from tests.searchui.kept_archive import LEVY, TOKEN, kept_app, kept_archive

ADDRESSES = (
    "/", "/search", "/search?q=ferry", "/search?q=ferry&page=2", "/search?in=quotations&q=ferry&sort=newest",
    "/search?in=quotations&q=ferry&speaker=ruth-adeyemi&not_author=Nadia+Okafor&from=2009&to=2016",
    "/search?in=quotations&q=ferry&speaker=ruth-adeyemi&anywhere=1", "/search?in=quotations&method=none",
    "/search?in=people&q=adeyemi", "/search?year=2012", "/search?month=2012-03&all=1",
    "/search?q=zeppelin+hangar+gas", "/search?q=zzzz", "/search?q=ferry&author=Nobody", "/search?q=speeker:x",
    "/search?q=date:2012-13", "/search?q=%22sea+wall&from=x",
    "/article/ben-castellan/it-is-two-dollars-now-ferry-fare-doubles",
    "/article/ben-castellan/it-is-two-dollars-now-ferry-fare-doubles?q=ferry",
    "/article/nadia-okafor/councilwoman-vows-calder-ferry-will-stay-free-forever?q=zzzz",
    "/person/ruth-adeyemi", "/person/ruth-adeyemi?q=ferry&year=2012", "/person/ruth-adeyemi?q=zzzz",
    "/sources", "/sources?q=ferry&order=name", "/trends", "/trends?q=ferry&q=bridge&by=month", "/lines?q=ferry",
    "/quotation/ben-castellan/it-is-two-dollars-now-ferry-fare-doubles/q1", "/notebook",
    "/person/ruth-adeyemi?from=2010&to=2012", "/people", "/people?letter=A", "/people?letter=M&page=2",
    "/people?q=zhau", "/people?q=zzzz",
    "/compare", "/compare?a=ruth-adeyemi&b=patrick-mulcahy&q=ferry", "/compare?a=nobody&b=ruth-adeyemi",
    "/about", "/help", "/api/", "/nowhere", "/article/none",
)
ODD = "&<b>\"'é“x”"


def checker() -> list[str]:
    """The command that checks files."""
    jar = os.environ.get("ONRECORD_VNU", "")
    java = shutil.which("java")
    if not java or not Path(jar).is_file():
        missing("java and the Nu HTML checker, whose vnu.jar ONRECORD_VNU names,")
    return [str(java), "-Xss4m", "-jar", jar, "--stdout", "--format", "json", "--exit-zero-always"]


def written(folder: Path, client: FlaskClient, addresses: tuple[str, ...]) -> Mapping[str, str]:
    """A file for each page; file name → address."""
    names = {}
    for number, address in enumerate(addresses):
        path = folder / f"{len(list(folder.iterdir()))}-{number}.html"
        path.write_text(client.get(address, follow_redirects=True).text, "utf-8")
        names[path.name] = address
    return names


def keepers_pages(folder: Path, archive: Path, patch: pytest.MonkeyPatch) -> Mapping[str, str]:
    """Files of what a keeper sees, before and after the token was given."""
    client = kept_app(kept_archive(archive, patch)).test_client()
    door = written(folder, client, ("/keeper/",))
    client.post("/keeper/", data={"token": TOKEN}, headers={"Origin": "http://localhost"})
    return {**door, **written(folder, client, ("/keeper/", f"/keeper/correction?id={LEVY}%23q1", f"/article/{LEVY}"))}


def test_every_page_is_html(
    sample_index: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No error on any page, whatever the archive holds and whatever was typed."""
    command = checker()
    article = article_document(f"odd/{ODD}", ODD, f"{ODD}\nShe said {ODD} {ODD}.", "2012-01-01T10:00", ODD, said=[ODD],
                               links=[(0, 8, 'http://a.example/ü?a=1&b="|[x] %zz%41#a#b')])
    odd = create_app({"ENGINE": LinearEngine([article, quotation_document(article, 1, ODD)]), "TESTING": True,
                      "NAME": ODD, "REPORT_URL": "https://a.example/new?labels=a"})
    pages = {
        **written(tmp_path, create_app({"INDEX": str(sample_index), "TESTING": True}).test_client(), ADDRESSES),
        **keepers_pages(tmp_path, tmp_path_factory.mktemp("kept"), monkeypatch),
        **written(tmp_path, odd.test_client(), ("/", "/search?q=x", "/search?in=quotations", "/about", "/sources?q=x",
                                                "/lines?q=x", f"/article/odd/{ODD.replace('&', '%26')}?q=x")),
    }
    result = subprocess.run([*command, *map(str, sorted(tmp_path.iterdir()))], capture_output=True, text=True)
    messages = json.loads(result.stdout)["messages"]
    found = [(pages[each["url"].rpartition("/")[2]], each["message"], each.get("extract", ""))
             for each in messages if each["type"] == "error"]
    assert not found, "\n".join(map(str, found))
    assert len(pages) == len(ADDRESSES) + 11
