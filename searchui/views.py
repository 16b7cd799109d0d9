"""The addresses of the pages. Each view asks the engine and hands its template one page value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from indexer import Engine
from searchui.pages import (
    Link, about_page, article_page, ask, compare_page, directory, help_page, home_page, latest, months, most_quoted,
    of_person, often_said, people_found, people_page, person_page, plain_page, results_page, said, words_of_quotations,
)
from searchui.request import KINDS, Asked, archive

pages = Blueprint("pages", __name__)

_NAMES_FOUND = 60


@pages.get("/")
def home() -> str:
    home = archive().remember("home", home_page)
    newest = said(archive().remember("latest", latest), 1, "")
    return render_template("home.html", home=replace(home, latest=newest))


# What the first pages of a new build need, worked out before it answers.
PREPARED: Mapping[str, Callable[[Engine], Any]] = {
    "home": home_page, "latest": latest, "months": months, "directory": directory, "words": words_of_quotations,
}


@pages.get("/search")
def search() -> str | Response | tuple[str, int]:
    asked = Asked.from_args(request.args)
    engine = archive().engine
    kind = next((name for name, value in KINDS.items() if value == asked.kind), "")
    shown = {"typed": asked.typed, "kind_in": "" if asked.kind == "article" else kind}
    if asked.error:
        page = plain_page(asked, engine)
        return render_template("search.html", page=page, **shown), 400 if asked.too_large else 200
    results = ask(engine, asked)
    if asked.page > 1 and not results.hits:
        return redirect(asked.url())
    page = results_page(asked, engine, results, archive().remember("months", months))
    begin = () if results.hits else archive().remember("home", home_page).examples
    return render_template("search.html", page=page, examples=begin, **shown)


@pages.get("/article/<path:id>")
def article(id: str) -> str:
    engine = archive().engine
    asked = Asked.from_args(request.args)
    found = engine.get("article", id)
    query = asked.query if asked.typed and not asked.error else None
    page = article_page(engine, found, asked.typed, query, asked.url())
    return render_template("article.html", page=page, typed=asked.typed)


@pages.get("/person/<slug>")
def person(slug: str) -> str | Response:
    engine = archive().engine
    found = engine.get("person", slug)
    year = request.args.get("year", "")
    asked = of_person(Asked.from_args(request.args), slug, year)
    results = engine.search(asked.query, kind="quotation", filters=asked.filters, page=asked.page, sort=asked.sort)
    if asked.page > 1 and not results.hits:
        return redirect(url_for("pages.person", slug=slug, q=asked.typed or None, year=year or None))
    everybody = archive().remember("words", words_of_quotations)
    words = often_said(words_of_quotations(engine, slug), everybody, found["name"])
    return render_template("person.html", page=person_page(found, asked, year, results, words))


@pages.get("/people")
def people() -> str:
    asked = Asked.from_args(request.args)
    entries = archive().remember("directory", directory)
    if asked.typed:
        page = people_found(entries, asked.typed, archive().engine.suggest(asked.typed, _NAMES_FOUND))
    else:
        page = people_page(entries, request.args.get("letter", "")[:1].upper(), asked.page)
    return render_template("people.html", page=page)


@pages.get("/compare")
def compare() -> str:
    asked = replace(Asked.from_args(request.args), kind="quotation")
    typed = request.args.get("a", "")[:200].strip(), request.args.get("b", "")[:200].strip()
    pairs = archive().remember("pairs", _pairs)
    return render_template("compare.html", page=compare_page(archive().engine, asked, typed, pairs))


def _pairs(engine: Engine) -> tuple[Link, ...]:
    """Pairs of the most quoted people, to begin with."""
    quoted = most_quoted(engine)
    return tuple(
        Link(f"{one.name} and {other.name}", url_for("pages.compare", a=one.slug, b=other.slug))
        for one, other in zip(quoted[:5], quoted[1:6])
    )


@pages.get("/robots.txt")
def robots() -> Response:
    """Searches, exports and the API are endless: what robots may read are articles, people and what leads to them."""
    endless = ("/search", "/compare", "/export", "/feed", "/api")
    lines = "".join(f"Disallow: {each}\n" for each in endless)
    return current_app.response_class(f"User-agent: *\n{lines}", mimetype="text/plain")


@pages.get("/about")
def about() -> str:
    page = archive().remember("about", lambda engine: about_page(engine, archive().report))
    return render_template("about.html", page=page)


@pages.get("/help")
def help() -> str:
    return render_template("help.html", page=help_page())
