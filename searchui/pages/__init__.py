"""An answer becomes a page value, one for each template."""

from searchui.pages.about import about_page
from searchui.pages.article import article_page
from searchui.pages.compare import compare_page, pairs_of_speakers
from searchui.pages.help import help_page
from searchui.pages.hits import article_url, day, quotation_hits
from searchui.pages.home import home_page, latest, months
from searchui.pages.people import directory, people_found, people_page
from searchui.pages.person import count_not_said, count_unsure, of_person, often_said, person_page, words_of_quotations
from searchui.pages.results import error_page, find_hits, results_page

__all__ = [
    "about_page", "article_page", "article_url", "compare_page", "count_not_said", "count_unsure", "day", "directory",
    "error_page", "find_hits", "help_page", "home_page", "latest", "months", "of_person", "often_said",
    "pairs_of_speakers", "people_found", "people_page", "person_page", "quotation_hits", "results_page",
    "words_of_quotations",
]
