"""Reading what Whoosh pickles with an unpickler that makes nothing but the few classes of which an index consists.

A pickle can name any function and have it called. Whoosh keeps its schema, its segments and what it stores as pickles;
this module replaces the functions by which Whoosh's own modules read them.
"""

from __future__ import annotations

import io
import pickle
from types import SimpleNamespace
from typing import Any, BinaryIO

from whoosh import columns, formats, index
from whoosh.codec import whoosh3
from whoosh.filedb import structfile

NEEDED = frozenset((
    ("builtins", "int"), ("collections", "defaultdict"), ("indexer.engines.whoosh.codec", "Packed"),
    ("indexer.engines.whoosh.codec", "PackedCodec"), ("whoosh.analysis.tokenizers", "IDTokenizer"),
    ("whoosh.codec.whoosh3", "W3Segment"), ("whoosh.fields", "STORED"), ("whoosh.fields", "Schema"),
    ("whoosh.formats", "Frequency"),
))


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in NEEDED:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of an index")
        return super().find_class(module, name)


def load(file: BinaryIO) -> Any:
    """What is pickled in a file from here on; UnpicklingError where that needs any other class."""
    return _Unpickler(file).load()


def loads(data: bytes) -> Any:
    """What is pickled in these bytes; UnpicklingError where that needs any other class."""
    return _Unpickler(io.BytesIO(data)).load()


def guard() -> None:
    """From now on, Whoosh reads its pickles so."""
    structfile.load_pickle = load
    index.pickle = SimpleNamespace(loads=loads, load=load, dumps=pickle.dumps, dump=pickle.dump)
    for module in (whoosh3, columns, formats):
        module.loads = loads


guard()
