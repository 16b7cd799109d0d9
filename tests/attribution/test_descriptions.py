"""Descriptions: whom "the agency", "the report", "her lawyer", "another" mean."""

from __future__ import annotations

import pytest

from indexer.attribution.coreference import Coreference
from indexer.attribution.model import load_model
from indexer.attribution.parsed_article import ParsedArticle
from indexer.models import Article
from indexer.people import find_people


def meaning(text: str, printed: str) -> str | None:
    """Whom the last source printed so means; "" if there is none."""
    article = Article("a", "a.md", "", "Nadia Okafor", None, text)
    parsed = ParsedArticle(article, find_people("", text))
    coreference = Coreference(parsed, load_model())
    found: str | None = ""
    for number in range(len(parsed.lines)):
        read = parsed.paragraph(number)
        for source in read.sources:
            if read.tokens.span(source.first, source.last).of(text) == printed:
                speaker = coreference.speaker(source, number)
                found = speaker.name if speaker else None
    return found


DOCUMENTS = [
    ("The Harbor Trust published its report on Tuesday. It is short. The report says so.", "The report",
     "Harbor Trust"),
    ("The Friends of Saltmarsh wrote to the mayor. The letter says so.", "The letter", "Friends of Saltmarsh"),
    ("Gravel Freight sued the port. The lawsuit says so.", "The lawsuit", "Gravel Freight"),
    ("Gravel Freight said in a statement that it was late. The statement says so.", "The statement",
     "Gravel Freight"),
    ("A survey by the Harbor Trust came out.\nThe study says so.", "The study", "Harbor Trust"),
    ("The Harbor Trust is the first to file a lawsuit. Later the lawsuit says so.", "the lawsuit", "Harbor Trust"),
    ("A lawsuit was filed. Later the lawsuit says so.", "the lawsuit", "the lawsuit"),
    ("Constance Bligh's lawsuit says so.", "Constance Bligh's lawsuit", "Constance Bligh"),
    ("A Harbor Trust memo says so.", "A Harbor Trust memo", "Harbor Trust"),
    ("The Harbor Trust met. The report says so.", "The report", "The report"),
    ("A Gravelist ad says so.", "A Gravelist ad", "A Gravelist ad"),
    ("The Harbor Trust released a statement saying so.", "a statement", "Harbor Trust"),
    ("A statement says so.", "A statement", "A statement"),
    ("Mayor Colin Reed spoke. The mayor's statement went on.", "The mayor's statement", "Colin Reed"),
    ("A keeper's letter went on.", "A keeper's letter", "A keeper's letter"),
    ("Constance Bligh is back. Her Facebook status says so.", "Her Facebook status", "Constance Bligh"),
    ("The Harbor Trust met. Their website says so.", "Their website", "Harbor Trust"),
    ("Mayor Colin Reed's order on boats was stayed. The order says so.", "The order", "Colin Reed"),
    ("Mayor Colin Reed signed an executive order. The text of the executive order says so.",
     "The text of the executive order", "Colin Reed"),
    ("A fact sheet from the Department of Harbors came. The sheet says so.", "The sheet", "Department of Harbors"),
    ("The suit, filed by Colin Reed on Monday, says so.", "The suit", "Colin Reed"),
]


@pytest.mark.parametrize(("text", "printed", "issuer"), DOCUMENTS, ids=[text[:48] for text, _, _ in DOCUMENTS])
def test_a_document_speaks_for_its_issuer(text: str, printed: str, issuer: str) -> None:
    """By possessor, author or subject, here or where it was mentioned before; else it speaks for itself."""
    assert meaning(text, printed) == issuer


ORGANISATIONS = [
    ("Ferry site HarborWatch got the memo. The site wrote so.", "The site", "HarborWatch"),
    ("Sorensen told Gullwire so. The outlet said so.", "The outlet", "Gullwire"),
    ("The Calder Mercury met Gravel Freight. The company said so.", "The company", "Gravel Freight"),
    ("Gravel Biscuit will close its ovens. The company said so.", "The company", "Gravel Biscuit"),
    ("The Department of Harbors met Gravel Freight. The department said so.", "The department",
     "Department of Harbors"),
    ("Sorensen told Gullwire so. The department said so.", "The department", "The department"),
    ("The Bligh organization met the Harbor Trust. The Bligh organization said so.", "The Bligh organization",
     "The Bligh organization"),
    ("Mayor Ruth Adeyemi left early. Her office said so.", "Her office", "Ruth Adeyemi's office"),
]


@pytest.mark.parametrize(("text", "printed", "name"), ORGANISATIONS, ids=[text[:48] for text, _, _ in ORGANISATIONS])
def test_an_organisation_is_meant_by_its_noun(text: str, printed: str, name: str) -> None:
    """The one named before that can be called so, and no other."""
    assert meaning(text, printed) == name


PERSONS = [
    ("The novelist Hank Sorensen arrived. The tall novelist said so.", "The tall novelist", "Hank Sorensen"),
    ("A judge said so. In the end Justice Constance Bligh signed it.", "A judge", "Constance Bligh"),
    ("Judge Constance Bligh and Judge Hank Sorensen met. A judge said so.", "A judge", "A judge"),
    ("Imani Brooks came with her lawyer, Hank Sorensen. Her lawyer said so.", "Her lawyer", "Hank Sorensen"),
    ("Imani Brooks came late. Her lawyer said so.", "Her lawyer", "Her lawyer"),
    ("Mayor Ruth Adeyemi was late, and so were all of the boats from across the river that she had asked to come. "
     "The mayor of Gravelford said so.", "The mayor of Gravelford", "The mayor of Gravelford"),
    ("The president of the Harbor Trust, Hank Sorensen, was late. The president of the Harbor Trust said so.",
     "The president of the Harbor Trust", "Hank Sorensen"),
    ("An aide to the mayor called. The mayor said so.", "The mayor", "The mayor"),
    ("It was Ruth Adeyemi, prosecutors say.", "prosecutors", "prosecutors"),
    ("Imani Brooks came with her mother, Dr. Nell Brooks. Her mother said so.", "Her mother", "Nell Brooks"),
    ("Fuller's attorney, Hank Sorensen, spoke. Fuller's lawyer said so.", "Fuller's lawyer", "Hank Sorensen"),
    ("They spoke to a 911 dispatcher. Hank Sorensen left. The dispatcher said so.", "The dispatcher",
     "a 911 dispatcher"),
]


@pytest.mark.parametrize(("text", "printed", "name"), PERSONS, ids=[text[:48] for text, _, _ in PERSONS])
def test_a_role_means_who_has_it(text: str, printed: str, name: str) -> None:
    """Named before or later, if only one person can be meant."""
    assert meaning(text, printed) == name


@pytest.mark.parametrize(("text", "printed", "name"), [
    ("One rider said so. Another said so.", "Another", "another rider"),
    ("Two riders said so. One said so.", "One", "one rider"),
    ("The police came. Another said so.", "Another", "Another"),
])
def test_another_is_one_of_those_before(text: str, printed: str, name: str) -> None:
    """The noun comes from the description before."""
    assert meaning(text, printed) == name


def test_i_is_the_author_outside_of_quotations() -> None:
    """Who wrote the article asks its questions."""
    assert meaning("I asked her.", "I") == "Nadia Okafor"
    assert meaning("I thought of her.", "I") == ""
