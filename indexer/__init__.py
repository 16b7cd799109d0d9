"""Read a news archive, find who said what, and index it.

What is offered is listed in front_door, and loaded when the first name is asked for: the command onrecord has to be
able to answer Ctrl-C before that, for it takes a while.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from indexer.front_door import *  # noqa: F401, F403


def __getattr__(name: str) -> Any:
    return getattr(import_module("indexer.front_door"), name)
