"""Texts are found by what they mean.

In go annotated articles; out come, of each build, the articles and quotations nearest to what somebody typed, whatever
their words. What needs the extra onrecord[meaning] is loaded when it is used, so that without it nothing changes.
"""

from indexer.meaning.archive_meaning import ArchiveMeaning, installed, open_meaning
from indexer.meaning.model_files import fetch_model
from indexer.meaning.shingles import NearDuplicate, near_duplicates

__all__ = ["ArchiveMeaning", "NearDuplicate", "fetch_model", "installed", "near_duplicates", "open_meaning"]
