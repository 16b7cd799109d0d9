"""Learn the weights of reported speech: indexer/reported/reported.json.

Two models over named features: one by which the stretches that a cue may report compete (extent), one that tells
whether the best of them is reported speech (speech). They are learned from PolNeAR, a corpus of political news with the
content, source and cue of every attribution; how sure a speaker is, too. Nothing is drawn at random: the same articles
give the same file.

usage: python -m training.train_reported PART.jsonl[.xz] FILE:ARCHIVE … [--write]

PART has an article a line, with "text" and "attributions", each with a "type" and the places ([start, end]) of its
"content", "source" and "cue". FILE has annotations (training/annotations.py) of articles in ARCHIVE that the weights of
attribution never saw: PolNeAR does not say whom a pronoun means, so that its share is counted there. What is printed is
by cross-validation; --write writes the file.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.reported import Counts, Example, matched, read_polnear, right_speaker, score_one, shared, words
from indexer.attribution import Attributed, Paragraph, Weights, attributed, choose, level_of, load_model
from indexer.models import Level, Span
from indexer.people import find_people
from indexer.reported import ReportedModel, find_reported
from indexer.reported.contents import Content, contents_of
from indexer.reported.decision import Clause, clause_features, decided, speaker_features, within
from indexer.reported.features import offers, speech_features
from indexer.reported.frames import Frame, frames_of
from indexer.reported.model import PRONOUN
from training.annotations import resolve_pairs
from training.command_line import files_of
from training.manifest import REPORTED, write_weights
from training.train_attribution import Choice, learn_choices
from training.train_certainty import examples

FOLDS = 5
LEAST_SAME = 0.6        # overlap of words from which a stretch is the one that was annotated
EXTENT_PENALTY = 2.0
CAUTION = 0.5           # the same of the two that say how sure all is
STRENGTH = 0.06         # inverse of the L2 penalty of the model of speech
LEAST = 0.01            # smaller weights are left out
LEAST_PRECISION = 0.82  # what share of the found clauses shall be right, by cross-validation
LEAST_ODDS = -0.5       # clauses with lower log-odds are not looked at


@dataclass(frozen=True, slots=True)
class Parsed:
    """An annotated article, attributed."""

    example: Example
    attributed: Attributed


def parsed(examples: Sequence[Example]) -> list[Parsed]:
    return [Parsed(each, attributed(each.article, find_people("", each.article.text, ()))) for each in examples]


@dataclass(frozen=True, slots=True)
class Offer:
    """A frame of an article with the contents that it may report, and how well the words of each agree (0 to 1) with
    annotated ones: with those of the same cue, and with any."""

    paragraph: Paragraph
    number: int
    frame: Frame
    contents: Sequence[Content]
    same_cue: Sequence[float]
    any_cue: Sequence[float]


def offers_of(article: Parsed) -> Iterator[Offer]:
    """Every frame of an article, with its contents."""
    read, text = article.attributed.parsed, article.example.article.text
    golds = [(each, Counter(words(each.content))) for each in article.example.attributions]
    for number in range(len(read.lines)):
        if not read.is_narrative(number):
            continue
        paragraph = read.paragraph(number)
        for frame in frames_of(paragraph):
            contents = contents_of(text, paragraph, frame)
            if not contents:
                continue
            place = paragraph.tokens.span(frame.cue.first, frame.cue.last)
            own = [gold for each, gold in golds if any(place.overlaps(Span(*cue)) for cue in each.cues)]
            bags = [Counter(words(paragraph.tokens.span(each.first, each.last).of(text))) for each in contents]
            yield Offer(paragraph, number, frame, contents, [_best(bag, own) for bag in bags],
                        [_best(bag, [gold for _, gold in golds]) for bag in bags])


def _best(bag: Counter[str], golds: Sequence[Counter[str]]) -> float:
    return max((shared(bag, gold) for gold in golds), default=0.0)


def extents(found: Iterable[Sequence[Offer]]) -> Iterator[Choice]:
    """For each annotated cue the stretches that it may report, if the annotated one is among them."""
    for offered in found:
        for each in offered:
            best = max(each.same_cue)
            right = [number for number, share in enumerate(each.same_cue) if share >= best - 0.02]
            if best >= LEAST_SAME and len(right) < len(each.contents):
                features = offers(each.paragraph, each.frame, each.contents)
                yield Choice([names for _, names in features], right)


def judgements(found: Iterable[Sequence[Offer]], extent: Weights) -> Iterator[tuple[list[str], bool]]:
    """The features of each frame with the best of its contents, and whether that is reported speech."""
    for offered in found:
        before: list[Clause] = []
        at = -1
        for each in offered:
            if each.number != at:
                before, at = [], each.number
            best, share = choose(extent, offers(each.paragraph, each.frame, each.contents))
            right = each.any_cue[best] >= LEAST_SAME
            yield speech_features(
                each.paragraph, each.frame, each.contents[best], share, within(each.frame, before)), right
            if right:
                before.append(Clause(each.number, each.frame, each.contents[best], 1.0))


# ---- learning


def learn(articles: Sequence[Parsed]) -> ReportedModel:
    """The model that some annotated articles teach, without threshold and certainty."""
    found = [list(offers_of(each)) for each in articles]
    extent = learn_choices(list(extents(found)), EXTENT_PENALTY)
    return ReportedModel(extent, learn_words(list(judgements(found, extent))))


def learn_words(rows: Sequence[tuple[list[str], bool]]) -> dict[str, float]:
    """The weights of a logistic regression that tells reported speech from other clauses."""
    return _fit([Counter(features) for features, _ in rows], [right for _, right in rows], STRENGTH)


def _fit(rows: Sequence[Mapping[str, float]], right: Sequence[bool], strength: float) -> dict[str, float]:
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=3000)       # "bias" is a feature
    model.fit(vectorizer.fit_transform(rows), right)
    weights = dict(zip(vectorizer.feature_names_, model.coef_[0], strict=True))
    return {name: round(float(value), 3) for name, value in sorted(weights.items()) if abs(value) >= LEAST}


@dataclass(frozen=True, slots=True)
class Judged:
    """A clause that was found by a model that had not seen its article: its log-odds, what tells how sure it and its
    speaker are, whether it is reported speech, and whether the speaker is right (None: not known)."""

    odds: float
    clause: Mapping[str, float]
    features: Mapping[str, float]
    right: bool
    speaker: bool | None


def judged(model: ReportedModel, articles: Iterable[Parsed]) -> Iterator[Judged]:
    """What a model finds in some articles, held against their annotations."""
    for each in articles:
        text, attributions = each.example.article.text, each.example.attributions
        found = list(decided(each.attributed, replace(model, threshold=LEAST_ODDS)))
        pairing = {j: i for i, j in matched(attributions, [quotation.span.of(text) for quotation, _ in found]).items()}
        for number, (quotation, clause) in enumerate(found):
            right = pairing.get(number)
            yield Judged(clause.odds, clause_features(clause), speaker_features(quotation, clause), right is not None,
                         None if right is None else right_speaker(attributions[right], quotation.speaker))


def calibrated(model: ReportedModel, found: Sequence[Judged], pronouns: float) -> ReportedModel:
    """The model with the threshold from which on enough is right, and how sure it is of what it finds."""
    threshold = next((each for each in np.arange(LEAST_ODDS, 3, 0.05)
                      if np.mean([one.right for one in found if one.odds > each]) >= LEAST_PRECISION), 3.0)
    kept = [each for each in found if each.odds > threshold]
    speakers = [each for each in kept if each.speaker is not None and PRONOUN not in each.features]
    return replace(
        model, threshold=round(float(threshold), 2), pronouns=round(pronouns, 3),
        sure=_fit([each.clause for each in kept], [each.right for each in kept], CAUTION),
        speaker=_fit([each.features for each in speakers], [bool(each.speaker) for each in speakers], CAUTION))


def pronouns_right(pairs: Sequence[str]) -> float:
    """The share of the quotations with a pronoun for their speaker whose speaker is right, in annotated articles that
    the weights of attribution have not seen."""
    found = [each.right for each in examples(resolve_pairs(pairs).articles, load_model())
             if "method pronoun" in each.features]
    return sum(found) / max(1, len(found))


# ---- measuring


def evaluate(model: ReportedModel, articles: Iterable[Parsed]) -> Counts:
    """The score of all that is found with a model."""
    total = Counts()
    for each in articles:
        score_one(total, each.example, find_reported(each.attributed, model))
    return total


def levels(model: ReportedModel, found: Sequence[Judged]) -> dict[str, tuple[int, float]]:
    """For each level how many clauses it has whose speaker is known or wrong, and the share of those that are right,
    words and speaker."""
    of: dict[str, list[bool]] = {name: [] for name in get_args(Level)}
    for each in found:
        if each.odds > model.threshold and (each.speaker is not None or not each.right):
            of[level_of(model.certainty(each.clause, each.features))].append(bool(each.speaker))
    return {name: (len(some), round(sum(some) / max(1, len(some)), 3)) for name, some in of.items()}


def as_text(model: ReportedModel) -> str:
    """The model as its file has it, a feature a line."""
    content = {name: getattr(model, name) for name in model.__slots__}
    return json.dumps(content, indent=0, ensure_ascii=False) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", type=Path, metavar="PART")
    parser.add_argument("pairs", nargs="+", metavar="FILE:ARCHIVE")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    articles = parsed(read_polnear(options.part))
    found = [each for fold in range(FOLDS) for each in judged(
        learn([one for number, one in enumerate(articles) if number % FOLDS != fold]), articles[fold::FOLDS])]
    model = calibrated(learn(articles), found, pronouns_right(options.pairs))
    kept = [each for each in found if each.odds > model.threshold]
    print(f"threshold {model.threshold}, precision {np.mean([each.right for each in kept]):.3f} of {len(kept)}, "
          f"levels {levels(model, found)}")
    if options.write:
        write_weights(REPORTED, as_text(model), files_of(options.pairs), outside=[options.part])


if __name__ == "__main__":
    main()
