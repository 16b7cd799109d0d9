"""How the cues of a paragraph tie its sources to a quotation: «Q, said Adeyemi», «Adeyemi said that Q»."""

from __future__ import annotations

from indexer.attribution.cues import Cue
from indexer.attribution.parsed_article import Paragraph, Quoted
from indexer.attribution.sources import Source
from indexer.attribution.tokens import QUOTE, Tokens
from indexer.models import Span

UNTIED = 9  # the rank of a source that no cue ties to a quotation
SENTENCE = 120  # tokens that a sentence is taken to have at most
_LED = 14  # tokens of "… told reporters at City Hall on Thursday," that may lead to a quotation
_LINKING = frozenset(
    {",", ":", "-", "—", "–", "that", "how", "...", "…", "as", ".", "(", "the", "a", "an", "it", "just"}
)
_BEHIND = frozenset({",", "-", "—", "–", ".", "…", ")", "!", "?"})


def cue_features(paragraph: Paragraph, quoted: Quoted, number: int) -> tuple[list[str], Span | None, int]:
    """How cues tie a source to the quotation, the cue that ties it closest, and how close (0 is closest)."""
    source = paragraph.sources[number]
    features: list[str] = []
    best, closest = None, UNTIED
    for cue, relation in paragraph.tied[number]:
        link, rank = _link(paragraph, quoted, cue, source)
        where = link.split(" ")[0]
        features += [f"{relation} {cue.strength} {link}", f"{relation} {where}", f"{source.kind} {relation} {where}"]
        if where == "before-same":
            features.append(f"{relation} {link} {_depth(paragraph, cue, source)}")
        features.append(f"{paragraph.tokens.lower[cue.first]} {relation} {where}")
        if rank == 0:
            features.append(f"{relation} {where} mark {quoted.last}")
        if relation not in ("listener", "object") and rank < closest:
            best, closest = paragraph.tokens.span(cue.first, cue.last), rank
    if best is None:
        features.append("no cue")
    return list(dict.fromkeys(features)), best, closest


def _depth(paragraph: Paragraph, cue: Cue, source: Source) -> str:
    """Whether a cue is its sentence's first, or within what the first reports: police say [that he admitted]."""
    tokens = paragraph.tokens
    before = min(cue.first, source.first)
    earlier = [
        other
        for other in paragraph.cues_between(before - SENTENCE, before)
        if other.subjects
        and other.last < before
        and tokens.sentences[other.first] == tokens.sentences[cue.first]
        and other.strength in ("speech", "according")
    ]
    if not earlier:
        return "main"
    between = tokens.lower[earlier[-1].last + 1:source.first]
    return "reported" if "that" in between or QUOTE not in between else "second"


def _link(paragraph: Paragraph, quoted: Quoted, cue: Cue, source: Source) -> tuple[str, int]:
    """How a cue with its subject stands to a quotation, and a rank: the closer the lower."""
    tokens = paragraph.tokens
    first, last = min(cue.first, source.first), max(cue.last, source.last)
    if first > quoted.token:
        return _link_behind(tokens, quoted.token, first, last)
    if last < quoted.token:
        return _link_before(paragraph, quoted.token, cue, last)
    return "around", 3


def _link_behind(tokens: Tokens, at: int, first: int, last: int) -> tuple[str, int]:
    """«Q, said Adeyemi.» or «Q. Adeyemi said, Q»: what stands between, and whether the clause leads on to another."""
    between = tokens.words[at + 1:first]
    quotes = between.count(QUOTE)
    if quotes:
        return f"behind-over {min(quotes, 3)}", 5 + quotes
    same = tokens.sentences[first] == tokens.sentences[at]
    if all(word in _BEHIND for word in between):
        ends = "leads-on" if _leads_to_quote(tokens, last) else "ends"
        return f"behind-next {ends} {'same' if same else 'new'}", 0
    if same:
        return f"behind-same {'near' if len(between) < 6 else 'far'}", 2
    return f"behind-later {min(tokens.sentences[first] - tokens.sentences[at], 3)}", 6


def _leads_to_quote(tokens: Tokens, last: int) -> bool:
    """Whether the words behind a clause introduce the next quotation."""
    for ahead in range(last + 1, min(last + 8, len(tokens.words))):
        if tokens.words[ahead] == QUOTE:
            return True
        if tokens.words[ahead] in (".", "!", "?", ";"):
            return False
    return False


def _link_before(paragraph: Paragraph, at: int, cue: Cue, last: int) -> tuple[str, int]:
    """«Adeyemi said, Q», «Adeyemi praised their Q», «Adeyemi took the stand: Q»."""
    tokens = paragraph.tokens
    between = tokens.words[last + 1:at]
    quotes = between.count(QUOTE)
    colon = "colon" if between and between[-1] == ":" else "plain"
    if quotes:
        joined = all(word == QUOTE or word in (",", "and", "or", "&", "-", "—") for word in between)
        return f"before-over {'joined' if joined else min(quotes, 3)} {colon}", 3 + quotes
    away = sentence_of(tokens, at, colon == "colon") - tokens.sentences[last]
    if all(word.lower() in _LINKING for word in between) and away <= 1:
        return f"before-next {colon} {min(away, 1)}", 0
    if away <= 0:
        way = _way(paragraph, cue, last, at)
        if way == "clear" and between[-1] in (",", ":", "that") and len(between) <= _LED:
            return f"before-led {colon}", 0
        size = "near" if len(between) < 5 else "middle" if len(between) < 12 else "far"
        return f"before-same {size} {colon} {way}", 1
    return f"before-earlier {min(away, 3)} {colon}", 4 + away


def _way(paragraph: Paragraph, cue: Cue, last: int, at: int) -> str:
    """Whether the way from a cue to the quotation is clear of other cues, or holds one with another subject."""
    others = [
        other
        for other in paragraph.cues_between(last, at)
        if any(relation not in ("listener", "object") for _, relation in other.subjects)
    ]
    if not others:
        return "clear"
    own = {subject for subject, _ in cue.subjects}
    return "shared" if all({subject for subject, _ in other.subjects} & own for other in others) else "crossed"


def sentence_of(tokens: Tokens, at: int, introduced: bool) -> int:
    """The number of a token's sentence; a block follows the last one, or belongs to it behind a colon."""
    if at < len(tokens.sentences):
        return tokens.sentences[at]
    return (tokens.sentences or [0])[-1] + (0 if introduced else 1)
