"""The page's exports without a server: for a command, which waits for as much as there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from flask import request

from indexer import Configuration, Engine, Limits, OnRecordError, unlimited
from searchui import create_app
from searchui.request import PARAMETERS, Asked

PUBLIC = "http://localhost:8000"           # in the links of an export, where no address is configured


def exported(
    configuration: Configuration, engine: Engine, address: str, asked: Sequence[tuple[str, str]]
) -> Iterator[bytes]:
    """The parts of an export: what the page sends from this address for these parameters. OnRecordError says why
    there is none; parameters that mean nothing are such a reason."""
    limits = Limits(export=10_000_000, exports=0, searches=0, seconds=1e9, query=20_000, clauses=1_000)
    app = create_app({"CONFIGURATION": replace(configuration, limits=limits), "ENGINE": engine})
    parameters = [(name, value) for name, value in asked if value]
    with app.test_request_context(f"/{address}?{urlencode(parameters)}"):
        _refuse_unknown(parameters)
    with unlimited():
        response = app.test_client().get(f"/{address}?{urlencode(parameters)}", base_url=PUBLIC)
        if response.status_code != 200:
            said = response.get_data(as_text=True).strip()
            raise OnRecordError(said if response.mimetype == "text/plain" else f"No export: {response.status}.")
        yield from response.iter_encoded()


def _refuse_unknown(parameters: Sequence[tuple[str, str]]) -> None:
    for name, _ in parameters:
        if name not in PARAMETERS and name not in ("raw", "id"):
            raise OnRecordError(f"There is no parameter {name}; there are {', '.join(PARAMETERS)}.")
    for problem in Asked.from_args(request.args).problems:
        raise OnRecordError(problem)
