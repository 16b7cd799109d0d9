"""Front doors that open no more of a room than is asked for: an update in which nothing has changed should not wait for
every reader of files and all of the grammar to be imported.

The names stand in the __init__ as ever, imported under TYPE_CHECKING, for whoever reads it and for the type checker.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any


def lazy_door(package: str) -> Callable[[str], Any]:
    """The __getattr__ of a package: it imports the module that its __init__ takes a name from when the name is first
    asked for. A name that is a module's too must not be among them: importing the module would set it."""
    door = sys.modules[package]
    source = Path(str(door.__file__)).read_text("utf-8")
    origins = {name.name: str(each.module) for each in ast.walk(ast.parse(source)) if isinstance(each, ast.ImportFrom)
               for name in each.names}

    def offered(name: str) -> Any:
        if name not in origins or not origins[name].startswith(package):
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        if origins[name] == package:
            return import_module(f"{package}.{name}")
        value = getattr(import_module(origins[name]), name)
        setattr(door, name, value)
        return value

    return offered
