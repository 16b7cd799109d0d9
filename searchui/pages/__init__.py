"""An answer becomes a page value, one for each template."""

from searchui.pages.about import about_page
from searchui.pages.article import article_page
from searchui.pages.compare import compare_page, pairs_of_speakers
from searchui.pages.concordance import LINE_ORDERS, Concordance, LineOrder, Place, concordance_of, line_at, lines_page
from searchui.pages.example_words import ExampleWords, example_words
from searchui.pages.help import help_page
from searchui.pages.hits import article_url, day, quotation_hits
from searchui.pages.home import home_page, latest, months
from searchui.pages.keyness import words_of_quotations
from searchui.pages.people import directory, people_found, people_page
from searchui.pages.person import count_unsure, of_person, person_page
from searchui.pages.portrait import known_of
from searchui.pages.quotation import id_of, quotation_page
from searchui.pages.results import error_page, find_hits, results_page
from searchui.pages.search_page import TEXTS
from searchui.pages.sources import (
    SOURCE_ORDERS, SourceOrder, Sources, Tally, answer_of, quotations_url, source_columns, source_rows, sources_of,
    sources_page,
)
from searchui.pages.trends import (
    UNITS, Trends, asked_trends, trend_columns, trend_rows, trends_of, trends_page, unit_asked,
)

__all__ = [
    "LINE_ORDERS", "SOURCE_ORDERS", "TEXTS", "UNITS", "Concordance", "ExampleWords", "LineOrder", "Place",
    "SourceOrder", "Sources", "Tally", "Trends", "about_page", "answer_of", "article_page", "article_url",
    "asked_trends", "compare_page", "concordance_of", "count_unsure", "day", "directory", "error_page", "example_words",
    "find_hits", "help_page", "home_page", "id_of", "known_of", "latest", "line_at", "lines_page", "months",
    "of_person", "pairs_of_speakers", "people_found", "people_page", "person_page", "quotation_hits", "quotation_page",
    "quotations_url", "results_page", "source_columns", "source_rows", "sources_of", "sources_page", "trend_columns",
    "trend_rows", "trends_of", "trends_page", "unit_asked", "words_of_quotations",
]
