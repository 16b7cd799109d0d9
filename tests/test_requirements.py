"""What a server installs is named to the byte, and nothing is missing in it."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "deploy/requirements.txt").read_text("utf-8")
LICENCES = (ROOT / "deploy/licences.md").read_text("utf-8")
LOCKED = {match[1]: Version(match[2]) for match in re.finditer(r"^([a-z0-9-]+)==(\S+)", LOCK, re.MULTILINE)}
SETUP = ConfigParser()
SETUP.read(ROOT / "setup.cfg")
WANTED = [Requirement(line) for line in (SETUP["options"]["install_requires"]
          + SETUP["options.extras_require"]["server"]).splitlines() if line.strip()]


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_every_dependency_is_locked(wanted: Requirement) -> None:
    """In a version that setup.cfg allows."""
    assert wanted.specifier.contains(LOCKED[canonicalize_name(wanted.name)])


@pytest.mark.parametrize("name", LOCKED)
def test_every_library_has_hashes_and_a_licence(name: str) -> None:
    """Of what is locked nothing can be replaced unseen."""
    assert re.search(rf"^{re.escape(name)}==\S+(?: \\\n +--hash=sha256:[0-9a-f]{{64}})+$", LOCK, re.MULTILINE)
    assert re.search(rf"^\| {re.escape(name)} +\|", LICENCES, re.MULTILINE | re.IGNORECASE)


def test_the_lock_names_no_place_to_get_it_from() -> None:
    """That is for whoever installs to choose."""
    assert not re.search(r"https?:|index-url|find-links|trusted-host", re.sub(r"--no-emit-\S+", "", LOCK))
