"""Each engine in turn, over the documents that a module of tests names in its function documents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.search.engine import Engine
from indexer.search.time_limit import unlimited
from tests.engines.test_contract import ENGINES


@pytest.fixture(scope="module", params=ENGINES)
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Kept for all the tests of the module."""
    with unlimited():
        engine = ENGINES[request.param](request.module.documents(), tmp_path_factory.mktemp("build"))
        yield engine
        engine.close()


@pytest.fixture
def engine(opened: Engine) -> Iterator[Engine]:
    """With the time that a loaded machine takes; what a test says of meaning is forgotten after it."""
    with unlimited():
        yield opened
    opened.meaning = None
