"""An answer becomes JSON, CSV, a reference, a citation or a feed."""

from searchui.formats import answers
from searchui.formats.answers import (
    ArticleWhole, PersonWhole, Problem, SearchAnswer, SimilarAnswer, StatsAnswer, SuggestAnswer, permalink,
)
from searchui.formats.atom import description_of, feed_of
from searchui.formats.citations import STYLES, citation, cited, coins, dublin_core, json_ld, note, words_of
from searchui.formats.csv_rows import csv_rows, csv_table
from searchui.formats.provenance import Provenance
from searchui.formats.quoted import CitationsAnswer, cited_quotation
from searchui.formats.references import bibtex, csl, ris

__all__ = [
    "STYLES", "ArticleWhole", "CitationsAnswer", "PersonWhole", "Problem", "Provenance", "SearchAnswer",
    "SimilarAnswer", "StatsAnswer", "SuggestAnswer", "answers", "bibtex", "citation", "cited", "cited_quotation",
    "coins", "csl", "csv_rows", "csv_table", "description_of", "dublin_core", "feed_of", "json_ld", "note", "permalink",
    "ris", "words_of",
]
