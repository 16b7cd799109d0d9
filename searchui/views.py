"""The addresses of the pages. Each view asks the engine and gives its template one page value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from indexer import Engine, OnRecordError
from searchui.pages import (
    ExampleWords, about_page, article_page, asked_trends, compare_page, concordance_of,
    count_unsure, directory, error_page, example_words, find_hits, help_page, home_page,
    id_of, known_of, latest, lines_page, months, of_person, pairs_of_speakers, people_found, people_page,
    person_page, quotation_hits, quotation_page, results_page, sources_of, sources_page, trends_of, trends_page,
    unit_asked, words_of_quotations,
)
from searchui.request import KINDS, SearchRequest, current_index, page_sizes

pages = Blueprint("pages", __name__)


def warm_meaning(engine: Engine) -> None:
    """Open the encoder and the vectors, if there are any."""
    if engine.meaning:
        engine.meaning.warm()


# What the first pages of a new build need, computed before it answers.
PREPARED: Mapping[str, Callable[[Engine], Any]] = {
    "home": home_page, "latest": latest, "months": months, "directory": directory, "words": words_of_quotations,
    "examples": example_words, "meaning": warm_meaning,
}
# The pages that are linked from every page, by the name of their view.
NAVIGATION = {"People": "people", "Compare": "compare", "Trends": "trends", "Notebook": "notebook", "About": "about",
              "Help": "help"}


@pages.get("/")
def home() -> str:
    page = current_index().cached("home", home_page)
    newest = quotation_hits(current_index().cached("latest", latest), 1, "")
    return render_template("home.html", home=replace(page, latest=newest))


@pages.get("/search", endpoint="search")
def search_results() -> str | Response | tuple[str, int]:
    engine = current_index().engine
    search = SearchRequest.from_args(request.args).understood(engine)
    kind = next((name for name, value in KINDS.items() if value == search.kind), "")
    box = {"typed": search.box, "kind_in": "" if search.kind == "article" or search.asked else kind}
    if search.error:
        page = error_page(search, engine)
        return render_template("search.html", page=page, examples=(), **box), 400 if search.too_large else 200
    results = find_hits(engine, search)
    if search.page > 1 and not results.hits:
        return redirect(search.url())
    page = results_page(search, engine, results, current_index().cached("months", months))
    examples = () if results.hits else current_index().cached("home", home_page).examples
    return render_template("search.html", page=page, examples=examples, **box)


@pages.get("/article/<path:id>")
def article(id: str) -> str:
    engine = current_index().engine
    search = SearchRequest.from_args(request.args)
    found = engine.get("article", id)
    query = search.query if search.typed and not search.error else None
    page = article_page(engine, found, search.typed, query, search.url())
    return render_template("article.html", page=page, typed=search.typed)


@pages.get("/person/<slug>")
def person(slug: str) -> str | Response:
    engine = current_index().engine
    found = engine.get("person", slug)
    year = request.args.get("year", "")
    asked = SearchRequest.from_args(request.args)
    all_of_them = of_person(asked, slug, year)
    search = of_person(asked, slug, year, unsure=request.args.get("unsure") == "1")
    results = engine.search(search.query, kind="quotation", filters=search.filter_query, sort=search.sort,
                            page=search.page, per_page=search.per_page, facets=("form", "identity"), relax=False)
    if search.page > 1 and not results.hits:
        return redirect(url_for("pages.person", slug=slug, q=search.typed or None, year=year or None,
                                unsure=request.args.get("unsure"), kind=request.args.getlist("kind") or None,
                                not_identity=request.args.get("not_identity")))
    everybody = current_index().cached("words", words_of_quotations)
    known = current_index().recalled(f"person {slug}", lambda engine: known_of(engine, found, everybody))
    known = replace(known, unsure=count_unsure(engine, all_of_them))
    return render_template("person.html", page=person_page(found, search, year, results, known))


@pages.get("/people")
def people() -> str:
    search = SearchRequest.from_args(request.args)
    everybody = current_index().cached("directory", directory)
    if search.typed:
        found = current_index().engine.suggest(search.typed, page_sizes.PEOPLE_FOUND)
        page = people_found(everybody, search.typed, found)
    else:
        page = people_page(everybody, request.args.get("letter", "")[:1].upper(), search.page)
    return render_template("people.html", page=page)


@pages.get("/compare")
def compare() -> str:
    search = replace(SearchRequest.from_args(request.args), kind="quotation")
    typed = request.args.get("a", "")[:200].strip(), request.args.get("b", "")[:200].strip()
    pairs = current_index().cached("pairs", pairs_of_speakers)
    return render_template("compare.html", page=compare_page(current_index().engine, search, typed, pairs))


@pages.get("/sources")
def sources() -> str:
    """Everybody quoted in an answer."""
    engine = current_index().engine
    search = SearchRequest.from_args(request.args).understood(engine)
    page = sources_page(search, sources_of(engine, search), request.args.get("order", ""))
    return render_template("sources.html", page=page, typed=search.box)


@pages.get("/trends")
def trends() -> str:
    """Up to four words or speakers over time."""
    asked, searches = asked_trends(request.args)
    archive = current_index().cached("months", months)
    found = trends_of(current_index().engine, searches, unit_asked(request.args), archive)
    examples = current_index().cached("home", home_page).examples
    return render_template("trends.html", page=trends_page(searches, asked, found, examples))


@pages.get("/lines")
def lines() -> str:
    """The words of a search with what stands around them."""
    engine = current_index().engine
    search = SearchRequest.from_args(request.args).understood(engine)
    search = replace(search, kind="quotation" if search.kind == "quotation" else "article")
    found = concordance_of(engine, search) if search.typed and not search.error else None
    return render_template("lines.html", page=lines_page(search, found, request.args.get("by", "")), typed=search.box)


@pages.get("/quotation/<path:id>", endpoint="quotation")
def one_quotation(id: str) -> str:
    """One quotation, ready to be cited, and those like it."""
    engine = current_index().engine
    page = quotation_page(engine, engine.get("quotation", id_of(id)))
    return render_template("quotation.html", page=page)


@pages.get("/notebook")
def notebook() -> str:
    """The page in which the reader's browser shows what it keeps; the server has nothing of it."""
    return render_template("notebook.html")


@pages.get("/robots.txt")
def robots() -> Response:
    """Searches, exports and the API have no end; robots may read articles, people and what leads to them."""
    endless = ("/search", "/compare", "/sources", "/trends", "/lines", "/quotation", "/export", "/feed", "/api")
    lines = "".join(f"Disallow: {each}\n" for each in endless)
    return current_app.response_class(f"User-agent: *\n{lines}", mimetype="text/plain")


@pages.get("/about")
def about() -> str:
    page = current_index().cached("about", lambda engine: about_page(engine, current_index().report))
    return render_template("about.html", page=page)


@pages.get("/help")
def help() -> str:
    """Also where there is no index, with examples of the sample archive."""
    try:
        words = current_index().cached("examples", example_words)
    except OnRecordError:
        words = ExampleWords()
    return render_template("help.html", page=help_page(words))
