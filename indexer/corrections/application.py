"""An article's quotations as the keeper corrected them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.corrections.correction import Correction
from indexer.corrections.quoted_words import is_hash, quotation_key
from indexer.language import fold
from indexer.models import Annotated, Mention, Person, Quotation, SpeakerKind

SURE = 1.0


@dataclass(frozen=True, slots=True)
class Applied:
    """A corrected article, how many of its quotations were corrected or taken out, and the corrections whose words it
    does not quote."""

    annotated: Annotated
    corrected: int
    gone: tuple[Correction, ...]


def apply(annotated: Annotated, corrections: Sequence[Correction]) -> Applied:
    """Lay the corrections of an article over what was found in it."""
    meant, gone = _matched(annotated, corrections)
    kinds = {each.speaker: each.speaker_kind for each in annotated.quotations}
    quotations = tuple(
        _corrected(each, meant[number], kinds) if number in meant else each
        for number, each in enumerate(annotated.quotations)
        if number not in meant or not meant[number].not_a_quotation)
    people = (*annotated.people, *_unnamed_speakers(annotated.people, quotations, meant.values()))
    return Applied(Annotated(annotated.article, people, quotations), len(meant), gone)


def _matched(
    annotated: Annotated, corrections: Sequence[Correction]
) -> tuple[dict[int, Correction], tuple[Correction, ...]]:
    """By the place of a quotation the correction that means it, and the corrections that mean none."""
    text = annotated.article.text
    places: dict[str, list[int]] = defaultdict(list)
    for number, quotation in sorted(enumerate(annotated.quotations), key=lambda each: each[1].span.start):
        places[quotation_key(quotation.span.of(text))].append(number)
    meant: dict[int, Correction] = {}
    gone = []
    for each in sorted(corrections, key=lambda each: each.occurrence):       # what means one goes before what means all
        same = places.get(each.key, [])
        found = same[each.occurrence - 1:each.occurrence] if each.occurrence else same
        meant.update((number, each) for number in found)
        if not found and not _is_fulfilled(each, text):
            gone.append(each)
    return meant, tuple(sorted(gone, key=lambda each: each.line))


def _is_fulfilled(correction: Correction, text: str) -> bool:
    """Whether words that are no quotation are not taken for one any more."""
    return (correction.not_a_quotation and not correction.occurrence and not is_hash(correction.words)
            and f" {fold(correction.words)} " in f" {fold(text)} ")


def _corrected(found: Quotation, correction: Correction, kinds: Mapping[str | None, SpeakerKind | None]) -> Quotation:
    name = None if correction.unknown else correction.speaker or found.speaker or found.stance_of
    kind = (correction.speaker_kind or kinds.get(name) or _kind(name)) if name else None
    same = name is not None and name in (found.speaker, found.stance_of)
    stance = correction.stance or "said"
    has_speaker = stance == "said" or found.is_reported and stance == "denied"      # he denied that: he is who spoke
    return replace(
        found, speaker=name if has_speaker else None, speaker_kind=kind if has_speaker else None,
        method="corrected", certainty=SURE, stance=stance, stance_of=None if has_speaker else name,
        cue=found.cue if same else None, source=found.source if same else None, note=correction.note)


def _kind(name: str) -> SpeakerKind:
    """A name that begins with a small letter is a description: a witness."""
    return "unnamed" if name[:1].islower() else "person"


def _unnamed_speakers(
    people: Iterable[Person], quotations: Iterable[Quotation], corrections: Iterable[Correction]
) -> list[Person]:
    """The persons whom the keeper names as speakers and the article, as it was read, does not."""
    given = {each.speaker for each in corrections if each.speaker_kind in (None, "person")}
    known = {name for each in people for name in (each.name, *(mention.name for mention in each.mentions))}
    names = [each.speaker if each.speaker_kind == "person" else each.stance_of for each in quotations
             if each.method == "corrected"]
    return [Person(name, (Mention(None, name),)) for name in dict.fromkeys(names)
            if name and name in given and name not in known and _kind(name) == "person"]
