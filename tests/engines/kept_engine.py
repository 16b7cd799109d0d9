"""An engine that keeps its documents in a file: builds are tested with it, whatever other engines there are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from indexer.search.engine import Document, Kind
from tests.engines.linear_engine import LinearEngine


class KeptWriter:
    """Writes the documents, a line each."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "documents.jsonl"

    def write(self, documents: Iterable[Document]) -> int:
        lines = [json.dumps(document) for document in documents]
        self._file.write_text("\n".join(lines), "utf-8")
        return len(lines)

    def update(self, previous: Path, documents: Iterable[Document], gone: Iterable[tuple[Kind, str]] = ()) -> bool:
        """The documents of the previous build, changed one by one."""
        held = {(each["kind"], each["id"]): each for each in KeptEngine(previous).documents}
        for key in gone:
            held.pop(key, None)
        held.update({(each["kind"], each["id"]): each for each in documents})
        self.write(held.values())
        return True


class KeptEngine(LinearEngine):
    """Reads them all."""

    def __init__(self, folder: Path) -> None:
        text = (folder / "documents.jsonl").read_text("utf-8")
        super().__init__(json.loads(line) for line in text.splitlines())
        self.build_id = folder.name
