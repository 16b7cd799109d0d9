"""Installs what setup.cfg describes. If it is asked to, it compiles the rooms in which reading takes most of its time:

    pip install mypy 'setuptools>=70.1' && ONRECORD_COMPILED=1 pip install --no-build-isolation .
"""

import os
from pathlib import Path

from setuptools import setup

ROOMS = ("attribution", "people", "reported")


def modules() -> list[str]:
    """The files that are compiled: all of these rooms but their doors."""
    return sorted(str(path) for room in ROOMS for path in Path("indexer", room).glob("[a-z]*.py"))


if os.environ.get("ONRECORD_COMPILED"):
    from mypyc.build import mypycify
    setup(ext_modules=mypycify(["--follow-imports=silent", *modules()]))
else:
    setup()
