"""Annotated articles to documents: what belongs to whom, and who is who."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from indexer.build.documents import documents, paragraphs_around
from indexer.models import Annotated, Article, Block, Identity, Link, Mention, Person, Quotation, Span
from indexer.schema import ArticleDocument, PersonDocument, PersonInArticle, QuotationDocument

TEXT = (
    'Mayor Ruth Adeyemi said, "The ferry must pay."\n'
    '"No," said Hank Sorensen. The Authority called it "a plan for all the boats".\n'
    "From the Mercury:\nThe fares\nare high."
)
ADEYEMI = Identity("ruth-adeyemi", "Ruth Adeyemi", ("Mayor Adeyemi",))


class People:
    """Who is who, from a table."""

    def __init__(self, **known: Identity) -> None:
        self._known = {name.replace("_", " "): identity for name, identity in known.items()}

    def of(self, article_id: str, name: str) -> Identity | None:
        return self._known.get(name)


PEOPLE = People(
    Ruth_Adeyemi=ADEYEMI, Adeyemi=Identity("ruth-adeyemi", "Ruth Adeyemi", ("Mayor Adeyemi",), inferred=True),
    Hank_Sorensen=Identity("hank-sorensen", "Hank Sorensen"),
)


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def person(name: str, description: str | None = None) -> Person:
    return Person(name, (Mention(None, name), Mention(span(name), name)), description)


def annotated(id: str = "a/one", published: datetime | None = datetime(2012, 3, 28, 12, 30), **more: Any) -> Annotated:
    article = Article(
        id, f"{id}.md", "A Title", "Ann Low", published, TEXT, (Block(span("The fares\nare high."), "quotation"),),
        (Link(span("plan"), "http://x.example"),), {"url": "http://dispatch.example/one"})
    cue, source = span("said,"), span("Ruth Adeyemi")
    quotations = (
        Quotation(span("The ferry must pay."), "direct", "Ruth Adeyemi", "person", "name", cue, source, 0.98),
        Quotation(span("No,"), "fragment", "Hank Sorensen", "person", "name"),
        Quotation(span("a plan for all the boats"), "direct", "Authority", "organisation", "name"),
        Quotation(span("The fares\nare high."), "block"),
    )
    people = (person("Ruth Adeyemi", "mayor"), person("Hank Sorensen"))
    return Annotated(article, more.get("people", people), more.get("quotations", quotations))


def made(*articles: Annotated, people: People = PEOPLE) -> dict[str, Any]:
    """The documents by their ids."""
    return {each["id"]: each for each in documents(articles, people, {"a/two": "a/one"}, {"a/one": "2020-01-01"})}


def test_every_article_is_followed_by_its_quotations_and_people_come_last() -> None:
    """The order that engines are given documents in."""
    assert list(made(annotated(), annotated("a/two"))) == [
        "a/one", "a/one#q1", "a/one#q2", "a/one#q3", "a/one#q4",
        "a/two", "a/two#q1", "a/two#q2", "a/two#q3", "a/two#q4", "hank-sorensen", "ruth-adeyemi"]


def test_documents_hold_exactly_the_keys_that_are_agreed() -> None:
    """Engines store what the schema says."""
    found = made(annotated())
    assert found["a/one"].keys() == ArticleDocument.__annotations__.keys()
    assert found["a/one"]["people"][0].keys() == PersonInArticle.__annotations__.keys()
    assert found["a/one#q1"].keys() == QuotationDocument.__annotations__.keys()
    assert found["ruth-adeyemi"].keys() == PersonDocument.__annotations__.keys()


def test_an_article_knows_its_people_and_speakers() -> None:
    """By all their names, and by their slugs."""
    article = made(annotated())["a/one"]
    assert article["speakers"] == ["Mayor Adeyemi", "Ruth Adeyemi", "Hank Sorensen", "Authority"]
    assert article["mentioned"] == ["Ruth Adeyemi", "Mayor Adeyemi", "Hank Sorensen"]
    assert article["speaker_id"] == article["mentioned_id"] == ["ruth-adeyemi", "hank-sorensen"]
    assert article["people"][0] == {"slug": "ruth-adeyemi", "name": "Ruth Adeyemi", "description": "mayor",
                                    "inferred": False, "mentions": [(6, 18)]}
    assert (article["date"], article["year"], article["month"]) == ("2012-03-28T12:30", "2012", "2012-03")
    assert article["url"] == "http://dispatch.example/one"
    assert (article["group"], article["indexed"]) == ("a/one", "2020-01-01")
    assert article["blocks"][0][2] == "quotation"
    assert article["links"] == [(TEXT.index("plan"), TEXT.index("plan") + 4, "http://x.example")]


def test_a_quotation_stands_in_its_paragraph() -> None:
    """Its words, its place, its speaker, its evidence, and who else is named there."""
    said = made(annotated())["a/one#q1"]
    assert said["said"] == "The ferry must pay." == TEXT[said["start"]:said["end"]]
    assert said["context"] == TEXT.split("\n")[0]
    assert (said["speaker"], said["speaker_id"], said["names"]) == (
        "Ruth Adeyemi", "ruth-adeyemi", ["Mayor Adeyemi", "Ruth Adeyemi"])
    assert said["cue"] == (span("said,").start, span("said,").end)
    assert said["mentioned_id"] == ["ruth-adeyemi"]


def test_organisations_and_unknown_speakers_have_no_page() -> None:
    """The name of the one is kept, the other is nobody."""
    found = made(annotated())
    organisation, unknown = found["a/one#q3"], found["a/one#q4"]
    assert (organisation["speaker"], organisation["speaker_id"]) == ("Authority", "")
    assert organisation["names"] == ["Authority"]
    assert (unknown["speaker"], unknown["speaker_kind"], unknown["names"], unknown["cue"]) == ("", "", [], None)
    assert unknown["context"] == "The fares\nare high."


def test_a_surname_that_the_archive_resolved_says_so() -> None:
    """It is shown as inferred, and found by the name as printed too."""
    quotations = (Quotation(span("No,"), "fragment", "Adeyemi", "person", "name"),)
    found = made(annotated(people=(person("Adeyemi"),), quotations=quotations))
    assert found["a/one#q1"]["inferred"] and found["a/one"]["people"][0]["inferred"]
    assert found["a/one#q1"]["names"] == ["Ruth Adeyemi", "Mayor Adeyemi", "Adeyemi"]


def test_a_speaker_known_by_an_office_alone() -> None:
    """Is the person whom the archive knows in it, as inferred; who has no name and no office stays unnamed."""
    quotations = tuple(Quotation(span(words), "fragment", who, "unnamed", "name")
                       for words, who in (("No,", "the mayor"), ("The ferry must pay.", "a witness")))
    mayor = Identity("ida-moss", "Ida Moss", inferred=True)
    found = made(annotated(people=(), quotations=quotations), people=People(the_mayor=mayor))
    said, other = found["a/one#q1"], found["a/one#q2"]
    assert (said["speaker"], said["speaker_id"], said["speaker_kind"]) == ("Ida Moss", "ida-moss", "person")
    assert said["inferred"] and said["identity"] == "inferred" and said["names"] == ["Ida Moss", "the mayor"]
    assert found["a/one"]["speaker_id"] == ["ida-moss"] and found["ida-moss"]["quotations"] == 1
    assert (other["speaker"], other["speaker_id"], other["speaker_kind"]) == ("a witness", "", "unnamed")


def test_what_a_man_cannot_have_said() -> None:
    """Has no speaker, and the reason is kept."""
    pronoun = Span(len(TEXT) + 1, len(TEXT) + 4)
    said = Quotation(span("No,"), "fragment", "Hank Sorensen", "person", "pronoun", None, pronoun, 0.9)
    one = annotated(quotations=(said,))
    people = People(Hank_Sorensen=Identity("hank-sorensen", "Hank Sorensen", gender="m"))
    found = made(replace(one, article=replace(one.article, text=f"{TEXT} She left.")), people=people)
    assert found["a/one#q1"]["speaker"] == "" and found["a/one#q1"]["note"].startswith("Not Hank Sorensen")
    assert found["hank-sorensen"]["quotations"] == 0


def test_a_person_is_counted_over_the_archive() -> None:
    """Quotations, articles, years, roles, company."""
    later = annotated("a/two", datetime(2014, 1, 2))
    undated = annotated("a/three", None, quotations=())
    found = made(annotated(), later, undated)["ruth-adeyemi"]
    assert (found["quotations"], found["articles"]) == (2, 3)
    assert (found["first"], found["last"]) == ("2012-03-28", "2014-01-02")
    assert found["years"] == {"2012": (1, 1), "2014": (1, 1)}
    assert found["roles"] == ["mayor"]
    assert found["offices"] == [("mayor", "2012", "2014")]
    assert found["aliases"] == ["Mayor Adeyemi"]
    assert found["quoted_with"] == [("hank-sorensen", "Hank Sorensen", 2)]


def test_a_person_of_whom_the_archive_knows_nothing_has_no_document() -> None:
    """Such as one that the user's corrections ignore: the name stays as printed."""
    found = made(annotated(), people=People(Hank_Sorensen=Identity("hank-sorensen", "Hank Sorensen")))
    assert "ruth-adeyemi" not in found
    assert (found["a/one#q1"]["speaker"], found["a/one#q1"]["speaker_id"]) == ("Ruth Adeyemi", "")


def test_a_name_that_nobody_claims_is_still_found() -> None:
    """It has no page, but the article mentions it."""
    found = made(annotated(people=(person("Adeyemi"), person("Hank Sorensen"))), people=People())
    assert found["a/one"]["mentioned"] == ["Adeyemi", "Hank Sorensen"]
    assert found["a/one"]["mentioned_id"] == found["a/one"]["people"] == []
    assert found["a/one#q1"]["mentioned"] == ["Adeyemi"]


def test_versions_of_a_story_and_repeated_quotations_share_groups() -> None:
    """What is folded in results."""
    found = made(annotated(), annotated("a/two"))
    assert found["a/two"]["group"] == "a/one"
    assert found["a/one#q3"]["group"] == found["a/two#q3"]["group"]
    assert found["a/one#q2"]["group"] == "a/one#q2"


@pytest.mark.parametrize(("text", "at", "expected"), [
    ("one", Span(0, 3), "one"),
    ("one\ntwo\nthree", Span(4, 7), "two"),
    ("one\ntwo\nthree", Span(5, 9), "two\nthree"),
    ("one\ntwo", Span(0, 1), "one"),
])
def test_paragraphs_around(text: str, at: Span, expected: str) -> None:
    """Whole paragraphs, one or more."""
    assert paragraphs_around(text, at).of(text) == expected


def test_a_quotation_says_how_sure_its_speaker_is() -> None:
    """As a number, to sort by, and as a word, to filter by."""
    found = made(annotated())
    assert [(found[f"a/one#q{number}"]["certainty"], found[f"a/one#q{number}"]["level"]) for number in (1, 2)] == [
        (0.98, "sure"), (0.0, "unsure")]


TELLING = ("Low left early. Ms. Ann Low said the boats would wait until noon, if it rained. \"Never,\" said nobody.\n"
           "Hank Sorensen denied that fares would rise.")


def telling(*quotations: Quotation) -> Annotated:
    """An article that reports what people said in other words."""
    people = tuple(Person(name, (Mention(Span(TELLING.index(name), TELLING.index(name) + len(name)), name),))
                   for name in ("Ann Low", "Hank Sorensen"))
    return Annotated(Article("a/told", "a/told.md", "Told", "Jo Day", None, TELLING), people, quotations)


def told(words: str, speaker: str | None, cue: str, **more: Any) -> Quotation:
    start, at = TELLING.index(words), TELLING.index(cue)
    return Quotation(Span(start, start + len(words)), more.pop("kind", "reported"), speaker,
                     "person" if speaker else None, "name" if speaker else "none", Span(at, at + len(cue)), **more)


LOW = People(Ann_Low=Identity("ann-low", "Ann Low"), Hank_Sorensen=Identity("hank-sorensen", "Hank Sorensen"))
TOLD = telling(
    told("the boats would wait until noon", "Ann Low", "said the"),
    told("Never,", None, "said nobody", kind="direct", stance="denied"),
    told("fares would rise", "Hank Sorensen", "denied", stance="denied"),
)


def test_reported_speech_is_numbered_and_counted_apart() -> None:
    """Quotations keep their numbers and their counts, however much reported speech is found."""
    found = made(TOLD, people=LOW)
    assert list(found) == ["a/told", "a/told#q1", "a/told#r1", "a/told#r2", "ann-low", "hank-sorensen"]
    assert [found[f"a/told#{each}"]["form"] for each in ("q1", "r1", "r2")] == ["quotation", "reported", "reported"]
    article, low = found["a/told"], found["ann-low"]
    assert (article["quotations"], article["reported"], low["quotations"], low["reported"]) == (1, 2, 0, 1)
    assert (article["said"], article["speaker_id"], article["speakers"]) == (["Never,"], [], [])
    assert low["years"] == {} and low["quoted_with"] == []


def test_reported_speech_is_read_in_its_sentence() -> None:
    """With the verb that reports it; a title ends no sentence."""
    found = made(TOLD, people=LOW)
    report = found["a/told#r1"]
    assert report["context"] == "Ms. Ann Low said the boats would wait until noon, if it rained."
    assert TELLING[report["context_start"]:].startswith("Ms. Ann Low")
    assert (report["said"], report["speaker_id"]) == ("the boats would wait until noon", "ann-low")
    assert report["mentioned_id"] == ["ann-low"]
    assert found["a/told#q1"]["context"] == TELLING.split("\n")[0]


def test_words_that_nobody_said_are_nobody_s() -> None:
    """It is known whose they would be: by the person's name and page if the archive has one."""
    for more in ({"kind": "direct"}, {"kind": "direct", "stance": "hypothetical"}, {"stance": "hypothetical"}):
        said = told("fares would rise", "Hank Sorensen", "denied", **{"stance": "denied", **more})
        unnamed = replace(said, speaker=None, speaker_kind=None, stance_of="Hank Sorensen")
        for each in (said, unnamed):
            found = made(telling(each), people=LOW)
            document = found["a/told#r1" if said.is_reported else "a/told#q1"]
            assert (document["stance"], document["stance_of"], document["stance_of_id"]) == (
                said.stance, "Hank Sorensen", "hank-sorensen")
            assert (document["speaker"], document["speaker_id"], document["names"]) == ("", "", [])
            assert (found["hank-sorensen"]["quotations"], found["hank-sorensen"]["reported"]) == (0, 0)
    assert made(TOLD, people=LOW)["a/told#q1"]["stance_of"] == ""


def test_a_denial_is_said_by_who_denies() -> None:
    """In the reporter's words: somebody did speak."""
    found = made(TOLD, people=LOW)
    denial = found["a/told#r2"]
    assert (denial["stance"], denial["speaker_id"], denial["stance_of_id"]) == (
        "denied", "hank-sorensen", "hank-sorensen")
    assert (found["hank-sorensen"]["quotations"], found["hank-sorensen"]["reported"]) == (0, 1)


def test_a_quotation_and_reported_speech_never_share_a_group() -> None:
    """Neither may be shown for the other."""
    words = "the boats would wait until noon"
    found = made(telling(told(words, "Ann Low", "said the"), told(words, "Ann Low", "said the", kind="direct")),
                 people=LOW)
    assert found["a/told#q1"]["group"] != found["a/told#r1"]["group"]
