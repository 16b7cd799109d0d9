"""An answer becomes a page value, one for each template."""

from searchui.pages.about import about_page
from searchui.pages.article import article_page
from searchui.pages.compare import compare_page, pairs_of_speakers
from searchui.pages.concordance import concordance_of, lines_page
from searchui.pages.example_words import ExampleWords, example_words
from searchui.pages.help import help_page
from searchui.pages.hits import article_url, day, quotation_hits
from searchui.pages.home import home_page, latest, months
from searchui.pages.keyness import distinguishing, words_of_quotations
from searchui.pages.people import directory, people_found, people_page
from searchui.pages.person import count_unsure, of_person, person_page
from searchui.pages.portrait import Known, all_they_said, count_not_said, namesakes_of
from searchui.pages.quotation import id_of, quotation_page
from searchui.pages.results import error_page, find_hits, results_page
from searchui.pages.sources import source_columns, source_rows, sources_of, sources_page
from searchui.pages.trends import asked_trends, trend_columns, trend_rows, trends_of, trends_page, unit_asked

__all__ = [
    "ExampleWords", "Known", "about_page", "all_they_said", "article_page", "article_url", "asked_trends",
    "compare_page", "concordance_of", "count_not_said", "count_unsure", "day", "directory", "distinguishing",
    "error_page", "example_words", "find_hits", "help_page", "home_page", "id_of", "latest", "lines_page", "months",
    "namesakes_of", "of_person", "pairs_of_speakers", "people_found", "people_page", "person_page", "quotation_hits",
    "quotation_page", "results_page", "source_columns", "source_rows", "sources_of", "sources_page", "trend_columns",
    "trend_rows", "trends_of", "trends_page", "unit_asked", "words_of_quotations",
]
