"""How much a page shows, for every list that has pages or a limit."""

from __future__ import annotations

RESULTS = 10                      # hits of a search; with facets and chart, more make a page heavy
MOST_RESULTS = 100                # the largest per_page
PERSON_QUOTATIONS = 20            # on the page of a person
COMPARED_QUOTATIONS = 8           # of each of two speakers side by side
PEOPLE = 120                      # in the directory
PEOPLE_FOUND = 60                 # in the directory, by a typed name
SUGGESTIONS = 8                   # people offered while a name is typed
MOST_SUGGESTIONS = 50             # the largest limit
SOURCES = 50                      # sources of an answer
SOURCES_READ = 10_000             # quotations counted for them
LINES = 50                        # lines with their keyword in the middle
LINES_READ = 300                  # documents read for them
COMPARED_SERIES = 4               # words or speakers of one trend
NEARLY_SAID = 8                   # quotations that say nearly the same
CITED = 100                       # quotations that one request can ask to be cited
