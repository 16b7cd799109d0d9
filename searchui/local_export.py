"""The page's exports without a server, for a command: as large as there are documents, and without a time limit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlencode

from flask import request

from indexer import Configuration, Engine, Limits, OnRecordError, unlimited
from searchui import create_app
from searchui.request import PARAMETERS, SearchRequest

DEFAULT_ADDRESS = "http://localhost:8000"           # in the links of an export, if no address is configured


def exported(
    configuration: Configuration, engine: Engine, address: str, parameters: Sequence[tuple[str, str]]
) -> Iterator[bytes]:
    """The parts of an export: what the page sends from this address for these parameters. Raises OnRecordError, with
    the reason, if there is none; parameters that cannot be understood are such a reason."""
    limits = Limits(export=10_000_000, exports=0, searches=0, seconds=1e9, query=20_000, clauses=1_000)
    app = create_app({"CONFIGURATION": replace(configuration, limits=limits), "ENGINE": engine})
    given = [(name, value) for name, value in parameters if value]
    address = f"/{address}?{urlencode(given)}"
    with app.test_request_context(address):
        _refuse_unknown(given)
    with unlimited():
        response = app.test_client().get(address, base_url=DEFAULT_ADDRESS)
        if response.status_code != 200:
            reason = response.get_data(as_text=True).strip()
            raise OnRecordError(reason if response.mimetype == "text/plain" else f"No export: {response.status}.")
        yield from response.iter_encoded()


def _refuse_unknown(parameters: Sequence[tuple[str, str]]) -> None:
    for name, _ in parameters:
        if name not in PARAMETERS and name not in ("raw", "bom", "id"):
            raise OnRecordError(f"There is no parameter {name}; there are {', '.join(PARAMETERS)}.")
    for problem in SearchRequest.from_args(request.args).problems:
        raise OnRecordError(problem)
