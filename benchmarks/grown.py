"""Archives of any size for measurements: a given one cut, or repeated with altered ids and names."""

from __future__ import annotations

import re
import shutil
from itertools import count, islice
from pathlib import Path

from indexer.reading.archive import walk

# The last of several capitalised words in running text: mostly a surname.
_SURNAME = re.compile(r"(?<=[a-z] )([A-Z][a-z]+ )([A-Z][a-z]{2,})(?![\w>=\"])")
_ENDINGS = ("son", "ova", "ez", "man", "ski", "well", "ton")


def grown(archive: Path, folder: Path, articles: int) -> Path:
    """An archive of so many articles in a folder: those of the given one, evenly picked where it has more; where it
    has fewer, again and again, each time in another folder and with other surnames, so that terms and people grow."""
    files = list(walk(archive))
    step = max(1, len(files) // articles)
    originals = ((copy, path) for copy in count() for path in files[::step])
    for copy, path in islice(originals, articles):
        target = folder / (f"{copy}" if copy else "") / path.relative_to(archive)
        target.parent.mkdir(parents=True, exist_ok=True)
        if copy:
            target.write_bytes(altered(path.read_bytes().decode("utf-8", "surrogateescape"), copy))
        else:
            shutil.copy(path, target)
    return folder


def altered(text: str, copy: int) -> bytes:
    """The same text about other people."""
    ending = _ENDINGS[copy % len(_ENDINGS)] * (1 + copy // len(_ENDINGS))      # no two copies share one
    return _SURNAME.sub(lambda found: f"{found[1]}{found[2]}{ending}", text).encode("utf-8", "surrogateescape")
