"""The forms of words that texts use, by the stem that they share, in a file that is mapped into memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path

from indexer.search.analysis import stem
from indexer.search.mapped_file import MappedFile, write_mapped
from indexer.search.string_table import StringTable, table_arrays

_BETWEEN = " "                     # forms, which have no blanks


class WordForms:
    """Reads what write_word_forms wrote."""

    def __init__(self, path: Path) -> None:
        file = MappedFile(path)
        self._stems, self._forms = StringTable(file, "stems"), StringTable(file, "forms")

    def of(self, stem: str) -> Sequence[str]:
        """The forms of a stem; none if the texts do not use it."""
        number = self._stems.find(stem)
        return self._forms[number].split(_BETWEEN) if number is not None else ()


def write_word_forms(path: Path, format: str, forms: Iterable[str]) -> None:
    """Write all the forms that texts use, whatever their order."""
    words: dict[str, list[str]] = {}
    for form in sorted(forms):
        words.setdefault(stem(form), []).append(form)
    tables = (table_arrays("stems", list(words)), table_arrays("forms", list(map(_BETWEEN.join, words.values()))))
    write_mapped(path, format, dict(chain(*tables)), {})
