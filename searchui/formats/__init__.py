"""An answer becomes JSON, CSV, a reference, a citation or a feed."""

from searchui.formats import answers
from searchui.formats.answers import (
    ArticleWhole, PersonWhole, Problem, SearchAnswer, SimilarAnswer, StatsAnswer, SuggestAnswer, permalink,
)
from searchui.formats.atom import description_of, feed_of
from searchui.formats.citations import STYLES, citation, cited, coins, dublin_core, json_ld, note
from searchui.formats.csv_rows import csv_rows
from searchui.formats.provenance import Provenance
from searchui.formats.references import bibtex, csl, ris

__all__ = [
    "STYLES", "ArticleWhole", "PersonWhole", "Problem", "Provenance", "SearchAnswer", "SimilarAnswer", "StatsAnswer",
    "SuggestAnswer", "answers", "bibtex", "citation", "cited", "coins", "csl", "csv_rows", "description_of",
    "dublin_core", "feed_of", "json_ld", "note", "permalink", "ris",
]
