"""An answer becomes a page value, one for each template."""

from searchui.pages.about import about_page
from searchui.pages.article import article_page
from searchui.pages.compare import compare_page
from searchui.pages.help import help_page
from searchui.pages.home import home_page, latest, months, most_quoted
from searchui.pages.people import directory, people_found, people_page
from searchui.pages.person import of_person, often_said, person_page, said, words_of_quotations
from searchui.pages.results import ask, plain_page, results_page
from searchui.pages.search_page import Link

__all__ = [
    "Link", "about_page", "article_page", "ask", "compare_page", "directory", "help_page", "home_page", "latest",
    "months", "most_quoted", "of_person", "often_said", "people_found", "people_page", "person_page", "plain_page",
    "results_page", "said", "words_of_quotations",
]
