"""Modality: what the words before a verb of speech say of what it reports: said, denied, or only supposed.

The words are read from the verb to the left: its auxiliaries ("did not say"), what governs it ("refused to say", "was
urged to say"), what precedes its subject ("nor did Roe say", "they hoped Roe would say", "no evidence that Roe said").
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.attribution.cues import Cue
from indexer.attribution.parsed_article import Paragraph
from indexer.attribution.subjects import NO_SPEAKERS
from indexer.attribution.tokens import QUOTE, Tokens
from indexer.language import lexicon
from indexer.models import Stance

_NEVER = frozenset({"never", "not", "hardly", "nowhere", "cannot"})
_LIMITING = frozenset({"only", "just", "merely", "simply", "always"})      # not only said: it was said
_NOBODY = frozenset({"nobody", "none", "neither", "no-one"})
_SUPPOSING = frozenset({"if", "unless", "whether", "suppose", "supposing", "assuming", "lest"})
_MAY = frozenset({"might", "may", "should", "ought"})
_WOULD = frozenset({"would", "could", "'d"})
_CONTRACTED = frozenset({"'s", "'ve", "'d", "'ll", "'re"})
_MODALS = _MAY | _WOULD | frozenset({"will", "can", "must", "'ll"})
_ANYONE = frozenset("some many one you people anyone cynics critics others few".split())    # who would say: some might
_REFUSING = lexicon.all_forms("refuse decline hesitate fail neglect forget")
_UNABLE = frozenset("unable unwilling loath reluctant unlikely powerless yet".split())      # has yet to say
_DENYING = lexicon.all_forms("deny avoid") | {"disputed", "disputing"}
_DENYING_THAT = _DENYING | {"dispute", "disputes"}      # verbs only before "that"
_INSTEAD = frozenset({"without", "instead", "rather"})
_IMAGINING = lexicon.all_forms("imagine picture")
# Who does this does not say that the words were spoken: they hoped that Roe would say; she wishes she had said.
_WISHING = lexicon.all_forms("hope wish expect want fear worry doubt pray dream wonder imagine suppose pretend")
_UNREAL = lexicon.all_forms("wish doubt wonder imagine suppose pretend")       # whatever the verb behind them
# Verbs that put words into somebody's mouth: they urged Roe to say; Roe was told to say.
_URGING = lexicon.all_forms("""
    expect want wish like love prefer need urge beg ask tell order encourage advise invite implore challenge dare
    instruct require
""") | {"begged", "begging"}
_EXPECTED = frozenset({"expected", "known", "liked", "loved", "needed", "wanted"})  # what will be said
_HEARING = lexicon.all_forms("hear see overhear")
# Verbs that may be all that somebody is urged to do: to say, but not to offer, to explain.
_UTTERING = lexicon.all_forms(
    "say tell admit claim state declare announce promise shout yell repeat write insist reply answer")
_JOINING = frozenset({"and", "but"})
_FEW = frozenset({"nobody", "none", "few", "no"})
_UNTRUE = frozenset({"untrue", "false"})
_TRUE = frozenset("true case fact proven confirmed proved".split())
_EVIDENCE = frozenset("evidence record proof sign recording indication transcript suggestion".split())
_CHAIN = lexicon.AUXILIARIES | lexicon.ADVERBS | frozenset(
    {"to", "not", "ever", "only", "just", "merely", "cannot", "ought", "so"})
_CLAUSE = 24        # tokens of a clause before its verb
_BOUNDS = frozenset({QUOTE, ";", ":", "—", "–", "(", ")"})
_LONGEST = 80       # tokens that a source is taken to have at most
_NEAR = 5           # tokens before a subject in which what governs its clause is looked for


def stance_of(paragraph: Paragraph, cue: Cue) -> Stance:
    """Whether a cue reports that words were said."""
    if cue.strength in ("noun", "according"):
        return "said"
    clause = clause_before(paragraph.tokens, cue.first)
    if cue.strength == "participle":
        clause = clause[len(clause) - clause[::-1].index(","):] if "," in clause else clause    # Roe wishes, calling it
    chain = _chain(clause)
    before = clause[:len(clause) - len(chain)]
    if before[-1:] == ["used"]:
        return "said"                    # her son used to say
    above = _above(paragraph, cue, clause)
    asks = begins_sentence(paragraph.tokens, cue.first - len(clause))
    return (
        _by_auxiliaries(chain, before) or _by_governor(chain, before) or _by_subject(chain, before)
        or _by_inversion(above, asks) or _by_frame(paragraph.tokens, chain, above, clause, cue) or "said")


def begins_sentence(tokens: Tokens, position: int) -> bool:
    return position == 0 or tokens.sentences[position - 1] != tokens.sentences[position]


def clause_before(tokens: Tokens, position: int) -> list[str]:
    """The words before a verb, back to the beginning of its sentence or the last point that ends a clause; in lower
    case, but for capitalised ones within the sentence: May is somebody, and may not be."""
    first = position
    while first > max(position - _CLAUSE, 0) and tokens.sentences[first - 1] == tokens.sentences[position] \
            and tokens.words[first - 1] not in _BOUNDS:
        first -= 1
    return [tokens.words[at] if tokens.words[at].istitle() and not begins_sentence(tokens, at) else tokens.lower[at]
            for at in range(first, position)]


def _chain(clause: Sequence[str]) -> Sequence[str]:
    """The auxiliaries and adverbs right before a verb, and "to"."""
    first = len(clause)
    while first and (clause[first - 1] in _CHAIN or clause[first - 1].endswith("n't")):
        first -= 1
    return clause[first:]


def _above(paragraph: Paragraph, cue: Cue, clause: Sequence[str]) -> Sequence[str]:
    """The words of a clause before the subject of its verb; of several subjects that of the last before the verb. Empty
    if there is none."""
    own = [paragraph.sources[number].first for number, relation in cue.subjects
           if relation not in NO_SPEAKERS or relation == "patient"]
    first = max((each for each in own if each < cue.first), default=-1)
    named = first
    if first > 1 and paragraph.tokens.words[first - 1] == ",":       # the owner, Jo Roe,
        near = (paragraph.sources[number] for number in paragraph.sources_near(first, _LONGEST))
        named = next((each.first for each in near if each.last == first - 2), first)
    above = clause[:max(named - (cue.first - len(clause)), 0)]
    return above[:-1] if above and above[-1] in ("the", "a", "an") else above


def _by_auxiliaries(chain: Sequence[str], before: Sequence[str]) -> Stance | None:
    """Did not say, never said; might say, should have said; some would say."""
    if _is_negated(chain):
        return "denied"
    if _MAY & set(chain) or _WOULD & set(chain) and ("have" in chain or not _ANYONE.isdisjoint(before[-1:])):
        return "hypothetical"
    return None


def _is_negated(chain: Sequence[str]) -> bool:
    return any(
        (word in _NEVER or word.endswith("n't")) and not _LIMITING & set(chain[number + 1:number + 2])
        for number, word in enumerate(chain)
    )


def _by_governor(chain: Sequence[str], before: Sequence[str]) -> Stance | None:
    """Refused to say, has yet to say, was urged to say, as if to say; denied saying, without saying, stopped short of
    saying; imagine her saying. What is denied itself was said: did not hesitate to say; it goes without saying."""
    governor, above = before[-1:], _chain(before[:-1])
    if "to" in chain:
        return _by_governor_of_infinitive(chain, before)
    if governor and (governor[0] in _DENYING or governor[0] in _INSTEAD):
        return None if _is_negated(above) or before[-2:-1] in (["goes"], ["went"]) else "denied"
    if before[-2:] in (["short", "of"], ["instead", "of"], ["rather", "than"], ["far", "from"]):
        return "denied"
    return "hypothetical" if _IMAGINING & set(before[-4:]) else None


def _by_governor_of_infinitive(chain: Sequence[str], before: Sequence[str]) -> Stance | None:
    """Refused to say, is too polite to say; was urged to say, as if to say."""
    governor, above = before[-1:], _chain(before[:-1])
    if not governor:
        return "denied" if "yet" in chain else None
    if governor[0] in _REFUSING:
        return None if _is_negated(above) else "denied"
    if governor[0] in _UNABLE or before[-2:-1] == ["too"]:
        return "denied"
    urged = governor[0] in _URGING and governor[0] not in _EXPECTED and not lexicon.BE.isdisjoint(above)
    return "hypothetical" if urged or before[-2:] == ["as", "if"] else None


def _by_subject(chain: Sequence[str], before: Sequence[str]) -> Stance | None:
    """Nobody said, no one said; neither Roe nor Poe would say."""
    neither = before[:1] == ["neither"] and "nor" in before and "but" not in before     # … but a friend said
    return "denied" if neither or before[-1:] and before[-1] in _NOBODY or before[-2:] == ["no", "one"] else None


def _by_inversion(above: Sequence[str], asks: bool) -> Stance | None:
    """Nor did Roe say, never did Roe say; had Roe said, should Roe say, did Roe say? asks: the clause begins its
    sentence."""
    if not above or above[-1] not in lexicon.AUXILIARIES or above[-1] in _CONTRACTED:
        return None
    if len(above) == 1:
        return "hypothetical" if asks else None
    opening = set(above[:-1])
    negated = above[-2] in ("nor", "neither", "never") or above[0] in ("no", "not", "at", "under", "on") and (
        not opening.isdisjoint({"no", "not"}))
    return "denied" if negated else None


def _by_frame(
    tokens: Tokens, chain: Sequence[str], above: Sequence[str], clause: Sequence[str], cue: Cue
) -> Stance | None:
    """What governs the clause: if she says; denied that he said; hoped that he would say; never heard him say. Not what
    governs only the first of two verbs: they denied that he was there and said."""
    if not above or not _JOINING.isdisjoint(clause[len(above):]):
        return None
    last, near = above[-1], above[-_NEAR:]
    if last in _SUPPOSING:
        return "hypothetical"
    denied = not (_DENYING_THAT.isdisjoint(above[-_NEAR:-1]) if last == "that" else _DENYING.isdisjoint(above[-1:]))
    if denied and cue.strength != "participle" or _is_untrue(above):
        return "denied"
    if last in _HEARING:
        return "denied" if _is_negated(_chain(above[:-1])) or not _FEW.isdisjoint(above[:-1]) else None
    if "to" in chain:
        return "hypothetical" if _URGING & set(near) and tokens.lower[cue.last] in _UTTERING else None
    governor = near[-2:-1] if last == "that" else near[-1:]
    if governor and governor[0] in _WISHING and (governor[0] in _UNREAL or _MODALS & set(chain)):
        return "hypothetical"
    return "denied" if last == "before" and _WOULD & set(chain) else None


def _is_untrue(above: Sequence[str]) -> bool:
    """It is not true that, it is false that; there is no evidence that, no record of."""
    if above[-1] not in ("that", "of") or len(above) < 2:
        return False
    negated = any(word in ("no", "not", "little", "without") or word.endswith("n't") for word in above)
    return above[-2] in _UNTRUE or negated and (above[-2] in _TRUE or above[-2] in _EVIDENCE)
