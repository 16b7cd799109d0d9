"""What a build knows of meaning, opened when it is first asked for: most searches never ask."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from indexer.errors import ModelError, VectorsDamaged
from indexer.meaning.extra import MODELS, TABLE, VECTORS, installed

if TYPE_CHECKING:
    from indexer.meaning.encoder import Encoder
    from indexer.meaning.encoding import ArticlesOf, Progress
    from indexer.meaning.nearest import Likeness, Nearest, PassageIndex
    from indexer.meaning.passage_table import Part
    from indexer.meaning.related_words import RelatedWords

_log = logging.getLogger(__name__)


def open_meaning(index: str | Path, build: Path) -> ArchiveMeaning | None:
    """The meaning of a build; None if it has none, or if the extra is not installed. Costs nothing yet."""
    return ArchiveMeaning(Path(index), build) if (build / TABLE).is_file() and installed() else None


def encode_build(
    index: Path, build: Path, encoder: Path, jobs: int, versions: Mapping[str, str], annotated_of: ArticlesOf,
    before: Path | None, progress: Progress,
) -> int:
    """Let a build know what its articles mean; how many passages had to be encoded. encoder: a prepared one; jobs: how
    many cores it may use; the others as in encoding.encode_archive."""
    from indexer.meaning.encoder import Encoder
    from indexer.meaning.encoding import encode_archive

    return encode_archive(index, build, Encoder(encoder, jobs), versions, annotated_of, before, progress)


def remove_unused_vectors(index: Path, builds: Iterable[Path]) -> None:
    """Remove the vectors of passages to which none of these builds refers."""
    if (index / VECTORS).is_dir() and installed():
        from indexer.meaning.encoding import remove_unused

        remove_unused(index, builds)


@dataclass(frozen=True, slots=True)
class _Opened:
    """Everything that finding by meaning takes."""

    encoder: Encoder
    parts: Mapping[Part, PassageIndex]
    words: RelatedWords


class ArchiveMeaning:
    """Finds articles and quotations by what they mean. Safe from many threads.

    If its files turn out to be damaged, it finds nothing from then on and says so once, in the log: words still do.
    """

    def __init__(self, index: Path, build: Path) -> None:
        self._index = index
        self._build = build
        self._lock = Lock()
        self._opened: _Opened | None = None
        self._broken = False

    def likeness(self, text: str, part: Part) -> Likeness | None:
        """How near every article or quotation is to a text; None if that cannot be said."""
        if (opened := self._open()) is None:
            return None
        return opened.parts[part].likeness(opened.encoder.query(text))

    def related(self, word: str) -> Sequence[str]:
        """The words that mean nearly the same as a word in lower case; none if that cannot be said."""
        return opened.words.of(word) if (opened := self._open()) else []

    def like(self, id: str, part: Part, most: int) -> Sequence[Nearest]:
        """The articles most like the opening of an article, or the quotations most like a quotation, without itself."""
        if (opened := self._open()) is None:
            return []
        vectors = opened.parts[part].vectors(id)
        near = opened.parts[part].likeness(vectors[0]).nearest(most + 1) if len(vectors) else []
        return [each for each in near if each.id != id][:most]

    def warm(self) -> None:
        """Open everything now and read it once, so that the first to ask need not wait."""
        if opened := self._open():
            for index in opened.parts.values():
                index.likeness(opened.encoder.query("news")).of("")

    def _open(self) -> _Opened | None:
        with self._lock:
            if self._opened is None and not self._broken:
                try:
                    self._opened = self._read()
                except (ModelError, VectorsDamaged) as error:
                    self._broken = True
                    _log.warning("%s", error)
            return self._opened

    def _read(self) -> _Opened:
        from indexer.meaning.encoder import Encoder
        from indexer.meaning.nearest import PassageIndex
        from indexer.meaning.passage_table import PARTS, read_table
        from indexer.meaning.related_words import RelatedWords

        table = read_table(self._build)
        if table is None:
            raise VectorsDamaged(self._build)
        model = self._index / MODELS / table.encoder
        return _Opened(Encoder(model), {part: PassageIndex(table, part, self._index) for part in PARTS},
                       RelatedWords(model))
