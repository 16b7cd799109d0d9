"""Reported speech and words never said: told apart from quotations on every page and in all that is taken away."""

from __future__ import annotations

import csv
import json
import re
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
import rispy
from flask import Flask
from flask.testing import FlaskClient

from indexer.search.engine import Document
from searchui import create_app
from searchui.formats.citations import cited, coins, json_ld, note
from searchui.pages.stances import not_said
from tests.conftest import archive, article_document, quotation_document, reported_document
from tests.engines.linear_engine import LinearEngine

ATOM = "{http://www.w3.org/2005/Atom}"
TEXT = ('Wendell Park said the lane <b>"is" & stays</b>. He never said "Cars are evil." If Park ever says "I drive," '
        'sell the lane.\nPark denied that he owns a car.')
PARK = {"stance_of": "Wendell Park", "stance_of_id": "wendell-park"}


def lane() -> list[Document]:
    """An article with a report, a denied and an imagined quotation, and a denial."""
    article = article_document("jo/lane", "Lane", TEXT, "2013-05-06", "Jo Day", mentioned=["wendell-park"],
                               said=["Cars are evil.", "I drive,"], reported=3)
    return [
        article, quotation_document(article, 1, "Cars are evil.", stance="denied", **PARK),
        quotation_document(article, 2, "I drive,", stance="hypothetical"),
        reported_document(article, 1, 'the lane <b>"is" & stays</b>', "wendell-park"),
        reported_document(article, 2, "he owns a car", "wendell-park", stance="denied", **PARK),
        reported_document(article, 3, "sell the lane", stance="denied", **PARK),
    ]


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app({"ENGINE": LinearEngine([*archive(), *lane()]), "NAME": "The Calder Dispatch", "TESTING": True})


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def hits(page: str) -> list[str]:
    """The hits of a results page or of a person's page."""
    return re.findall(r'<li id="hit-\d+".*?</li>', page, re.DOTALL)


BOTH = "kind=quotation&kind=reported"


@pytest.mark.parametrize("address", [
    f"/search?in=quotations&q=lane+OR+levy+OR+mile&{BOTH}", "/search?in=quotations&kind=reported",
    "/search?in=quotations&q=kind:reported", "/person/ruth-adeyemi?kind=reported",
])
def test_reported_speech_is_labelled_and_never_set_as_a_quotation(client: FlaskClient, address: str) -> None:
    """Its whole sentence, in another element and another face; nothing of the archive runs."""
    found = [hit for hit in hits(client.get(address).text) if 'class="reported"' in hit]
    assert found
    for hit in found:
        assert ">Reported</b>" in hit and 'class="paraphrase"' in hit
        assert "<blockquote" not in hit and 'class="said' not in hit and "<b>&#34;" not in hit


def test_the_whole_sentence_is_shown_as_printed(client: FlaskClient) -> None:
    """With the words that report it around the clause, all escaped."""
    page = client.get("/search?in=quotations&kind=reported&q=stays").text
    assert ('Wendell Park said <span class="clause">the lane &lt;b&gt;&#34;is&#34; &amp; <mark>stays</mark>&lt;/b&gt;'
            "</span>.") in page


def test_quotations_alone_are_found_by_default(client: FlaskClient) -> None:
    """A switch says how much more there is, and leads there and back."""
    page = client.get("/search?in=quotations").text
    assert not any('class="reported"' in hit for hit in hits(page))
    switch = re.search(r'<nav aria-label="Kind of words">.*?</nav>', page, re.DOTALL)
    assert switch is not None
    assert re.findall(r'>(\w+) <b>(\d+)<', switch[0]) == [
        ("Quotations", "13"), ("Reported", "6"), ("Both", "19")]
    assert re.findall(r'href="([^"]+)"', switch[0]) == [
        "?in=quotations&amp;kind=reported", "?in=quotations&amp;kind=quotation&amp;kind=reported"]
    told = client.get("/search?in=quotations&kind=reported").text
    assert "6 passages of reported speech" in told and 'href="?in=quotations"' in told


def test_the_facet_adds_and_takes_away(client: FlaskClient) -> None:
    """Quotations are on by default; each kind can be added to the other, and the last one stays."""
    def links(query: str) -> list[tuple[str, str]]:
        page = client.get(f"/search?in=quotations{query}").text
        facet = re.search(r'<h3 id="facet-form">.*?</section>', page, re.DOTALL)
        assert facet is not None
        return re.findall(r'<li(?: class="(\w*)")?><a href="\?([^"]*)"', facet[0])

    assert links("") == [("on", "in=quotations"), ("", f"in=quotations&amp;{BOTH.replace('&', '&amp;')}")]
    assert links(f"&{BOTH}") == [("on", "in=quotations&amp;kind=reported"), ("on", "in=quotations")]


def test_a_question_that_says_the_kind_itself_needs_no_switch(client: FlaskClient) -> None:
    """And the tab counts what is shown."""
    page = client.get("/search?in=quotations&q=kind:reported").text
    assert "Kind of words" not in page
    assert '>Reported speech <span class="count">6<' in page


def test_nothing_found_leads_to_what_is_only_reported(client: FlaskClient) -> None:
    """If that holds the words."""
    page = client.get("/search?in=quotations&q=sell").text
    assert re.search(r'<a href="/search\?q=sell&amp;in=quotations&amp;kind=reported">1 passage of reported', page)


def test_the_kind_of_words_is_no_condition_on_articles(client: FlaskClient) -> None:
    """Whose tab does not take it along."""
    page = client.get("/search?in=quotations&q=levy&kind=reported").text
    assert 'href="/search?q=levy">Articles' in page
    assert client.get("/api/search?q=levy&kind=reported").json["total"] == client.get(      # type: ignore[index]
        "/api/search?q=levy").json["total"]


@pytest.mark.parametrize(("number", "label", "sentence"), [
    ("q1", "Not said", "The article reports that Wendell Park did not say this."),
    ("q2", "Hypothetical", "The article only imagines these words being said."),
    ("r2", "Denied", "The article reports that Wendell Park denied this."),
    ("r3", "Not said", "The article reports that Wendell Park did not say this."),
])
def test_words_that_nobody_said_are_shown_as_such(
    client: FlaskClient, number: str, label: str, sentence: str,
) -> None:
    """In a list and beside the story; without a speaker and a certainty, unless it was denied."""
    (document,) = [each for each in lane() if each["id"] == f"jo/lane#{number}"]
    words = not_said(document)
    assert words is not None and words.before + words.name + words.after == sentence
    (hit,) = [hit for hit in hits(client.get(f"/search?in=quotations&q=title:lane&{BOTH}").text)
              if f'value="jo/lane#{number}"' in hit]
    unknown = f'<span class="speaker unknown">{label}</span>' in hit and 'class="level' not in hit
    assert unknown == (label != "Denied") and f"<b>{label}.</b>" in hit
    assert re.sub("<[^>]*>", "", hit).count(sentence) == 1
    assert sentence in re.sub("<[^>]*>", "", client.get("/article/jo/lane").text)


def test_nobody_is_found_for_what_they_did_not_say(client: FlaskClient) -> None:
    """It leads there from their page, and no further."""
    for query in ("q=speaker:Park&", "speaker=wendell-park&"):
        found = client.get(f"/api/quotations?{query}{BOTH}").json["hits"]                   # type: ignore[index]
        assert {each["id"] for each in found if not each["partial"]} == {
            "margit-solheim/bike-lane#q1", "jo/lane#r1", "jo/lane#r2"}
    page = client.get("/person/wendell-park").text
    address = re.search(r'href="(/search\?[^"]*)"[^>]*>3 denied or only imagined<', page)
    assert address is not None
    assert len(hits(client.get(address[1].replace("&amp;", "&")).text)) == 3


def test_a_person_s_page_shows_what_is_reported_under_a_switch(client: FlaskClient) -> None:
    """Quotations first; the switch keeps what was typed, and leads back."""
    page = client.get("/person/ruth-adeyemi?q=mile").text
    switch = re.search(r'href="([^"]*)" rel="nofollow">Also show 2 reported<', page)
    assert switch is not None
    both = client.get(switch[1].replace("&amp;", "&")).text
    assert any('class="reported"' in hit for hit in hits(both)) and "Leave out the" in both
    assert "Also show 3 reported" in client.get("/person/ruth-adeyemi").text


def test_speakers_are_compared_by_quotations_and_say_what_else_is_reported(client: FlaskClient) -> None:
    """With a link to it."""
    page = client.get("/compare?a=ruth-adeyemi&b=hank-sorensen").text
    assert 'href="/person/ruth-adeyemi?kind=reported" rel="nofollow">and 3 reported<' in page
    assert 'class="reported"' in client.get(f"/compare?a=ruth-adeyemi&b=hank-sorensen&{BOTH}").text


def test_a_story_marks_what_it_reports_otherwise(client: FlaskClient) -> None:
    """Its own mark, its own number, and a note that says whose words they are."""
    page = client.get("/article/jo/lane").text
    assert '<span class="r" id="r1">' in page and 'aria-label="Reported speech r1"' in page
    assert "The reporter’s words for what was said, not a quotation." in page
    assert "2 quotations and 3 reported" in page
    assert 'class="q" id="r1"' not in page and 'href="#r1">Permanent link' in page


def test_the_page_of_reported_speech_calls_it_that(client: FlaskClient) -> None:
    """Its sentence, in the reporter's words, and a line to cite that says so."""
    page = client.get("/quotation/jo/lane/r1").text
    assert ">Reported speech</p>" in page and 'class="paraphrase"' in page and "<blockquote" not in page
    assert "<title>Wendell Park, paraphrased: the lane" in page
    assert "Wendell Park (paraphrased by the reporter)" in page
    denial = client.get("/quotation/jo/lane/r2").text
    assert "Wendell Park (denied; paraphrased by the reporter)" in denial
    assert "The article reports that Wendell Park denied this." in re.sub("<[^>]*>", "", denial)
    (printing,) = re.findall(r'<ul class="alike"><li>.*?</ul>', client.get("/quotation/nadia-okafor/sea-wall/r1").text)
    assert "jonah-reyes/sea-wall-update/r1" in printing


def test_references_say_that_the_reporter_paraphrased(client: FlaskClient, app: Flask) -> None:
    """In RIS, BibTeX, CSL and COinS, without quotation marks; what was never said is said to be."""
    records = {each["id"].split("-")[1]: each["notes"][0] for each in rispy.loads(
        client.get(f"/export.ris?in=quotations&q=title:lane&{BOTH}").text) if each["id"].startswith("lane")}
    assert records["r1"].startswith('Statement of Wendell Park, paraphrased by the reporter: the lane <b>"is"')
    assert records["q1"] == ("Words of Wendell Park that were not said, according to the article (denied): "
                             "“Cars are evil.” (stance: denied)")
    assert records["r2"] == "Denial of Wendell Park, paraphrased by the reporter: he owns a car (attribution: name)"
    assert records["r3"].startswith("Statement of Wendell Park that was not made, according to the article (denied), ")
    for address in ("/export.bib", "/export.csl.json"):
        taken = client.get(f"{address}?in=quotations&kind=reported&q=title:lane").text
        assert taken.count("paraphrased by the reporter") == 3 and "“" not in taken
    with app.test_request_context():
        (report,) = [each for each in lane() if each["id"] == "jo/lane#r1"]
        assert cited(report).note == note(report)
        about = parse_qs(urlsplit("?" + re.sub("&amp;", "&", str(coins(report)).split('title="')[1])).query)
        assert about["rft.description"][0].startswith("Statement of Wendell Park, paraphrased by the reporter")


def test_the_data_of_a_story_calls_nothing_a_quotation_that_is_none(app: Flask) -> None:
    """Search engines are given the quotations that were said, and no more."""
    article, *quotations = lane()
    said = quotation_document(article, 3, "Wendell Park", "wendell-park")
    with app.test_request_context():
        assert [each["text"] for each in json_ld(article, [*quotations, said])["hasPart"]] == ["Wendell Park"]


def test_tables_and_the_api_give_kind_and_stance(client: FlaskClient) -> None:
    """In columns of their own."""
    text = client.get(f"/export.csv?in=quotations&q=title:lane&{BOTH}").text
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    found = {row["id"]: (row["kind"], row["stance"], row["stance_of"], row["stance_of_id"]) for row in rows}
    assert found["jo/lane#r1"] == ("reported", "said", "", "")
    assert found["jo/lane#r2"] == ("reported", "denied", "Wendell Park", "wendell-park")
    assert found["jo/lane#q2"] == ("direct", "hypothetical", "", "")
    whole = json.loads(client.get("/api/articles/jo/lane").text)["quotations"]
    assert [(each["id"][-2:], each["kind"], each["stance"]) for each in whole] == [
        ("r1", "reported", "said"), ("q1", "direct", "denied"), ("q2", "direct", "hypothetical"),
        ("r3", "reported", "denied"), ("r2", "reported", "denied")]


def test_feeds_say_it_in_every_entry(client: FlaskClient) -> None:
    """In the title and in the summary."""
    feed = ElementTree.fromstring(client.get(f"/feed.atom?in=quotations&q=title:lane&{BOTH}").data)
    entries = {id[-2:]: each for each in feed.iter(f"{ATOM}entry")
               if "jo/lane" in (id := each.findtext(f"{ATOM}id") or "")}
    titles = {number: each.findtext(f"{ATOM}title") for number, each in entries.items()}
    assert titles["r1"] == 'Wendell Park, paraphrased: the lane <b>"is" & stays</b>'
    assert titles["q1"] == "Denied, not said by Wendell Park: “Cars are evil.”"
    assert titles["r2"] == "Denied by Wendell Park, paraphrased: he owns a car"
    assert (entries["r1"].findtext(f"{ATOM}summary") or "").startswith("Paraphrased by the reporter: the lane")
