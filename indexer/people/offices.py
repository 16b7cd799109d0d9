"""Offices that speak: speakers whom an article names by nothing but an office, "the mayor said"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.language import FUNCTION_WORDS, key_of
from indexer.models import Article, Quotation

# Offices of which one place has one holder at a time.
_OFFICE = re.compile(
    r"(?:the )?((?:[^\W\d_]+ ){0,2}"
    r"(mayor|governor|president|comptroller|chancellor|commissioner|sheriff|pope|premier))", re.IGNORECASE)
# Before an office these mean another holder than the present one, or another office.
_ANOTHERS = frozenset("""
    former formerly ex late then onetime ousted retired future next new newest incoming outgoing elect would-be acting
    interim deputy vice lieutenant assistant associate another other first previous past his her its their our your my
    every any no one two three some several many most all both each either neither a an this that these those such
    """.split())
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_BEFORE = r"(?:(?P<before>[\w.’'-]+)[ -])?"
_BEHIND = r"(?P<behind>s\b(?!['’])|-elect\b| of\b)?"


def speaking_offices(article: Article, quotations: Iterable[Quotation]) -> tuple[str, ...]:
    """The words by which an article names speakers by an office alone, each once. None if it also speaks of such an
    office of another place, a former one or a deputy, who may be the one who is meant, or lets the mayor's staff speak
    for him."""
    unnamed = [each for each in quotations if each.speaker and each.speaker_kind == "unnamed"]
    staffed = {each.speaker for each in unnamed if _is_of_staff(each, article.text)}
    text = f"{article.title}\n{article.text}"
    names = dict.fromkeys(each.speaker or "" for each in unnamed if each.speaker not in staffed)
    return tuple(name for name in names if (found := _OFFICE.fullmatch(name)) and not _is_ambiguous(found, text))


def _is_of_staff(said: Quotation, text: str) -> bool:
    """Whether somebody of an office said it: a spokeswoman for the mayor's office."""
    return said.source is not None and _POSSESSIVE.match(text, said.source.end) is not None


def _is_ambiguous(office: re.Match[str], text: str) -> bool:
    """Whether a text speaks of several offices of a kind, or, of the police commissioner, of the police of a place."""
    *before, _ = office.group(1).split()
    if _ANOTHERS & set(map(key_of, before)):
        return True
    if before and any(_is_name(found[1]) for found in re.finditer(
            rf"([\w’'-]+) (?:{re.escape(before[0])})\b", text, re.IGNORECASE)):
        return True
    same, kind = map(re.escape, office.groups())
    return any(_is_anothers(found) for found in re.finditer(
        rf"\b{_BEFORE}(?:{same}|{kind}){_BEHIND}", text, re.IGNORECASE))


def _is_anothers(mention: re.Match[str]) -> bool:
    """Whether an office is mentioned as another's: a former mayor, Calder's mayor, Tarn Mayor, the mayor of Tarn."""
    before = mention["before"] or ""
    key = key_of(before)
    another = key in _ANOTHERS and key not in ("a", "an", "this", "that")
    if mention["behind"] or another or re.search(r"['’]s?\Z", before):
        return True
    return _is_name(before)


def _is_name(word: str) -> bool:
    """Whether a word before an office names a place, rather than opening a sentence: Tarn Mayor, not The mayor."""
    return word[:1].isupper() and key_of(word) not in FUNCTION_WORDS
