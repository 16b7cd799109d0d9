"""What the archive's keeper knows better about single quotations: corrections.toml in, corrected articles out.

A correction is kept by the article and the words, so that no renumbering moves it, and is laid over what was found by
reading: whatever reads an article again, the correction holds.
"""

from typing import TYPE_CHECKING

from indexer.lazy_door import lazy_door

if TYPE_CHECKING:
    from indexer.corrections.application import Applied, apply
    from indexer.corrections.correction import Correction, Corrections, checked_correction
    from indexer.corrections.corrections_file import CORRECTIONS_FILE, read_corrections
    from indexer.corrections.file_entries import correction_entry, withdraw_correction, write_correction
    from indexer.corrections.quoted_words import occurrence_of, quotation_key, written_words

__all__ = [
    "CORRECTIONS_FILE", "Applied", "Correction", "Corrections", "apply", "checked_correction", "correction_entry",
    "occurrence_of", "quotation_key", "read_corrections", "withdraw_correction", "write_correction", "written_words",
]

__getattr__ = lazy_door(__name__)
