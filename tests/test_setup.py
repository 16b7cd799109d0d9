"""What setup.py compiles, if it is asked to, and that it needs no compiler otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("setuptools", reason="no environment needs it once the program is installed")

ROOT = Path(__file__).parent.parent
SHOW = """
import runpy, sys
sys.modules["mypyc"], sys.argv[1:] = None, ["--name"]
print(*runpy.run_path("setup.py")["modules"](), sep="\\n")
"""


def described(**environment: str) -> subprocess.CompletedProcess[str]:
    """What setup.py says of the program where there is no compiler."""
    return subprocess.run([sys.executable, "-c", SHOW], cwd=ROOT, env={**os.environ, **environment}, text=True,
                          capture_output=True)


def test_nothing_is_compiled_unless_that_is_asked() -> None:
    """The name of the program, then the modules that would be: of the rooms, all but their doors."""
    name, *modules = described(ONRECORD_COMPILED="").stdout.splitlines()
    assert name == "onrecord"
    assert {"indexer/attribution/cues.py", "indexer/people/finder.py", "indexer/reported/frames.py"} < set(modules)
    assert all((ROOT / module).is_file() and not module.endswith("__init__.py") for module in modules)


def test_without_a_compiler_nothing_is_installed_that_was_to_be_compiled() -> None:
    """Rather than a slow program that is taken for the fast one."""
    refused = described(ONRECORD_COMPILED="1")
    assert refused.returncode and "mypyc" in refused.stderr
