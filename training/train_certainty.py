"""Learn how probable it is that a speaker is right: indexer/attribution/certainty.json.

A logistic regression over a handful of features of each decision. The articles must be ones that the weights of
attribution never saw, and those weights must be the ones that ship: whoever makes new ones runs this again. A speaker
is right if it is the annotated one, by whatever form of name the article uses. Everything is measured by
cross-validation: ten times a tenth of the articles is judged by what the others taught. Nothing is drawn at random:
the same articles give the same file.

usage: python -m training.train_certainty FILE:ARCHIVE … [--write]

FILE has annotations (training/annotations.py), ARCHIVE their articles. Prints how good the certainties are: the
expected calibration error (ece: by how much they are off, on average over ten bins), and for each level which share of
the quotations it has and how many of those are right, also with the thresholds chosen on other articles (elsewhere) and
with equal names alone (strictly). --write writes the file.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.scoring import fold, same_name
from indexer.attribution import AttributionModel, load_model
from indexer.attribution.certainty import NEVER_SURE, CertaintyModel, certainty_features
from indexer.attribution.decision import decisions, quotation_of
from indexer.models import Level, Quotation
from indexer.people import find_people
from training.annotations import AnnotatedQuotation, Annotation, resolve_pairs
from training.command_line import Articles, files_of
from training.manifest import CERTAINTY, write_weights
from training.train_attribution import is_same

FOLDS = 10
STRENGTH = 0.2          # inverse of the L2 penalty, found by cross-validation
# What share of the sure shall be right: a point more than is promised, since rules were written with these articles in
# view, which makes them look surer than others are.
SURE_RIGHT = 0.96
LIKELY_RIGHT = 0.8      # and of the likely
LEAST_SURE = 0.9        # the certainty that each of the sure must have, however good all together are
LEAST_LIKELY = 0.6
LEVELS: tuple[Level, ...] = get_args(Level)


@dataclass(frozen=True, slots=True)
class Example:
    """A decision to learn from: its features, whether the speaker is right in some form, and in the annotated one.
    fold: the part of the articles that it belongs to."""

    features: Mapping[str, float]
    right: bool
    strictly: bool
    fold: int


def examples(articles: Articles, model: AttributionModel) -> list[Example]:
    """Every quotation that was found and annotated. Stretches that are no quotation teach nothing about speakers."""
    return [
        Example(certainty_features(quotation, decision), is_right(quotation, annotated),
                is_strictly_right(quotation, annotated), number % FOLDS)
        for number, (annotation, article) in enumerate(articles)
        for decision in decisions(article, find_people(article.title, article.text, article.blocks), model)
        for quotation in [quotation_of(article.text, decision)]
        for annotated in _annotated(annotation, quotation)
    ]


def _annotated(annotation: Annotation, quotation: Quotation) -> Iterator[AnnotatedQuotation]:
    yield from [each for each in annotation.quotations if is_same(each.span, quotation.span)][:1]


def is_strictly_right(quotation: Quotation, annotated: AnnotatedQuotation) -> bool:
    """Whether the speaker is the annotated one, by the same name."""
    if not annotated.speaker or not quotation.speaker:
        return not annotated.speaker and not quotation.speaker
    return same_name(quotation.speaker, annotated.speaker)


def is_right(quotation: Quotation, annotated: AnnotatedQuotation) -> bool:
    """Whether the speaker is the annotated one, by any form that the article uses."""
    other_form = any(_bare(quotation.speaker) == _bare(form) for form in annotated.same)
    return is_strictly_right(quotation, annotated) or bool(annotated.speaker and quotation.speaker and other_form)


def _bare(name: str | None) -> list[str]:
    return [word for word in fold(name) if word not in ("the", "a", "an")]


# ---- learning


def learn(found: Sequence[Example]) -> CertaintyModel:
    """The model that examples teach, its thresholds chosen by cross-validation among them."""
    model = with_thresholds(_fit(found), found, out_of_fold(found))
    return replace(model, right={level: right for level, (_, right, _) in levels(found, model).items()})


def _fit(found: Sequence[Example]) -> CertaintyModel:
    """The weights alone."""
    vectorizer = DictVectorizer(sparse=False)
    rows = vectorizer.fit_transform([each.features for each in found])
    fitted = LogisticRegression(C=STRENGTH, max_iter=2000).fit(rows, [each.right for each in found])
    weights = {name: round(float(weight), 3) for name, weight in zip(vectorizer.feature_names_, fitted.coef_[0])}
    weights["bias"] = round(weights["bias"] + float(fitted.intercept_[0]), 3)
    return CertaintyModel(dict(sorted(weights.items())), 1.0, 0.0, {})


def out_of_fold(found: Sequence[Example]) -> list[float]:
    """The certainty of each example by what the other parts of the articles teach."""
    certain = [0.0] * len(found)
    for part in sorted({each.fold for each in found}):
        model = _fit([each for each in found if each.fold != part])
        for number, each in enumerate(found):
            if each.fold == part:
                certain[number] = model.certainty(each.features)
    return certain


def with_thresholds(model: CertaintyModel, found: Sequence[Example], certain: Sequence[float]) -> CertaintyModel:
    """The model with the lowest certainties from which on, all together, enough should be right.

    What should be right is the mean of the certainties: since those are calibrated, it says nearly the same as counting
    what is right, and on other articles it holds better, for a threshold that is chosen by counting follows single
    errors (0.954 of the sure were right there, against 0.944).
    """
    free = [value for value, each in zip(certain, found) if NEVER_SURE not in each.features]
    sure = _lowest(free, SURE_RIGHT, LEAST_SURE)
    rest = [min(value, sure - 0.01) for value, each in zip(certain, found)
            if value < sure or NEVER_SURE in each.features]
    return replace(model, sure=sure, likely=_lowest(rest, LIKELY_RIGHT, LEAST_LIKELY))


def _lowest(certain: Sequence[float], share: float, least: float) -> float:
    """The lowest certainty, in hundredths, from which on the mean is such a share; the highest if there is none."""
    grid = [hundredths / 100 for hundredths in range(round(100 * least), 100)]
    return next((each for each in grid if np.mean([value for value in certain if value >= each] or [0]) >= share), 0.99)


# ---- measuring


def levels(found: Sequence[Example], model: CertaintyModel) -> dict[Level, tuple[float, float, float]]:
    """For each level the share of the examples that it has, and the shares of those that are right and strictly right;
    by certainties of cross-validation and the thresholds of a model."""
    level = [level_in_fold(value, each, model) for value, each in zip(out_of_fold(found), found)]
    return {name: _shares(found, [each for each, its in zip(found, level) if its == name]) for name in LEVELS}


def level_in_fold(certainty: float, example: Example, model: CertaintyModel) -> Level:
    barred = NEVER_SURE in example.features and certainty >= model.sure
    return model.level(model.sure - 0.01 if barred else certainty)


def elsewhere(found: Sequence[Example]) -> dict[Level, tuple[float, float, float]]:
    """The same with the thresholds, too, chosen on other articles than those that are judged."""
    of: dict[Level, list[Example]] = {name: [] for name in LEVELS}
    for part in sorted({each.fold for each in found}):
        rest = [each for each in found if each.fold != part]
        model = with_thresholds(_fit(rest), rest, out_of_fold(rest))
        for each in found:
            if each.fold == part:
                of[model.level(model.certainty(each.features))].append(each)
    return {name: _shares(found, some) for name, some in of.items()}


def _shares(found: Sequence[Example], some: Sequence[Example]) -> tuple[float, float, float]:
    size = max(1, len(some))
    return (round(len(some) / len(found), 3), round(sum(each.right for each in some) / size, 3),
            round(sum(each.strictly for each in some) / size, 3))


def calibration_error(certain: Sequence[float], right: Sequence[bool]) -> float:
    """By how much certainty and the share that is right differ on average, over ten bins of equal width."""
    bins = np.minimum((np.array(certain) * 10 + 1e-9).astype(int), 9)
    values, truth = np.array(certain), np.array(right, dtype=float)
    return float(sum(abs(values[bins == each].sum() - truth[bins == each].sum()) for each in range(10)) / len(certain))


def figures(found: Sequence[Example], model: CertaintyModel) -> dict[str, Any]:
    """All that is known of how good the certainties are."""
    certain = out_of_fold(found)
    right = [each.right for each in found]
    beyond = elsewhere(found)
    return {
        "quotations": len(found), "right": round(float(np.mean(right)), 3),
        "strictly": round(float(np.mean([each.strictly for each in found])), 3),
        "ece": round(calibration_error(certain, right), 3),
        "brier": round(float(np.mean((np.array(certain) - np.array(right)) ** 2)), 3),
        "levels": {name: {"share": share, "right": good, "strictly": strictly,
                          "elsewhere": dict(zip(("share", "right", "strictly"), beyond[name]))}
                   for name, (share, good, strictly) in levels(found, model).items()},
    }


def as_text(model: CertaintyModel) -> str:
    """The model as its file has it, a feature a line."""
    content = {"sure": model.sure, "likely": model.likely, "right": model.right, "weights": model.weights}
    return json.dumps(content, indent=0, ensure_ascii=False) + "\n"


def main() -> None:
    """Do what was typed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="FILE:ARCHIVE")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    resolved = resolve_pairs(options.pairs)
    print("\n".join(resolved.lines()), file=sys.stderr)
    found = examples(resolved.articles, load_model())
    if len({each.right for each in found}) < 2:
        parser.error("there is nothing to learn from")
    model = learn(found)
    print(json.dumps(figures(found, model), indent=1))
    if options.write:
        write_weights(CERTAINTY, as_text(model), files_of(options.pairs))


if __name__ == "__main__":
    main()
