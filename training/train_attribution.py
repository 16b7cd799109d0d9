"""Learn the weights of attribution from annotated articles: indexer/attribution/attribution.json.

Three linear models over named features, each of which feeds the next: whom a pronoun means (antecedent), who said a
quotation (speaker), and whether a marked stretch is a quotation at all (quotation). Candidates for one answer compete:
those that give the right one shall have most of the odds. Nothing is drawn at random: the same articles give the same
file.

usage: python -m training.train_attribution FILE:ARCHIVE … [--folds N] [--write]

FILE has annotations (training/annotations.py), ARCHIVE their articles; the constructions of constructions.txt are
learned from with them. --folds N learns N times without one part of the articles and scores that part; --write learns
from all and writes the file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.scoring import Score, same_name, score
from indexer.attribution import AttributionModel, attribute
from indexer.attribution.classifier import quotation_features
from indexer.attribution.coreference import Coreference
from indexer.attribution.cue_features import Tie
from indexer.attribution.decision import choose
from indexer.attribution.marked_context import MarkedContext
from indexer.attribution.parsed_article import ParsedArticle, QuotationCandidate
from indexer.attribution.phrases import Source
from indexer.attribution.speaker_candidates import SpeakerCandidate, speaker_candidates
from indexer.attribution.speakers import Speaker
from indexer.models import Article, Person, Span
from indexer.people import find_people
from training.annotations import AnnotatedQuotation, Annotation
from training.command_line import Articles, run
from training.constructions import FILE, constructions
from training.manifest import ATTRIBUTION, ROOT

# Before anything is learned, a pronoun means whoever is nearest.
NEAREST = AttributionModel({}, {f"sentences {number}": -0.6 * number for number in range(5)}, {})
SAME_STRETCH = 0.8      # F1 of the characters from which a stretch is the one that was annotated
PRONOUNS = 1.0          # L2, of the model of pronouns
PENALTY = 3.0           # L2, of the model of speakers; between 1 and 6 it hardly matters
STRENGTH = 1.0          # inverse of the L2 penalty of the model of quotations
LEAST = 0.01            # smaller weights are left out
LEAST_SEEN = 4          # choices; what is true in fewer is not learned


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice to learn from: the features of each candidate, and the numbers of those that are right."""

    features: Sequence[Sequence[str]]
    right: Sequence[int]


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch or block as attribution comes to it: its candidates, what the annotation says of it, and who spoke
    before, by the annotation too."""

    quoted: QuotationCandidate
    candidates: Sequence[SpeakerCandidate]
    annotated: AnnotatedQuotation | None
    coreference: Coreference


def steps(annotation: Annotation, article: Article, model: AttributionModel) -> Iterator[Step]:
    """Every stretch and block of an annotated article, in order."""
    parsed = ParsedArticle(article, _people(article))
    coreference = Coreference(parsed, model)
    for quoted in parsed.quotation_candidates:
        candidates = speaker_candidates(parsed, coreference, quoted)
        annotated = next((each for each in annotation.quotations if is_same(each.span, quoted.span)), None)
        yield Step(quoted, candidates, annotated, coreference)
        if annotated is not None:
            coreference.remember(quoted, _true_speaker(annotated, candidates))


def _people(article: Article) -> tuple[Person, ...]:
    return find_people(article.title, article.text, article.blocks)


def is_same(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared >= SAME_STRETCH * (len(one) + len(other))


def _true_speaker(annotated: AnnotatedQuotation, candidates: Sequence[SpeakerCandidate]) -> Speaker | None:
    if not annotated.speaker:
        return None
    right = right_candidates(annotated, candidates)
    return candidates[right[0]].speaker if right else Speaker(annotated.speaker, "unnamed", "name")


def right_candidates(annotated: AnnotatedQuotation, candidates: Sequence[SpeakerCandidate]) -> list[int]:
    """The numbers of the candidates that name the annotated speaker, else of those that use another form for it."""
    if not annotated.speaker:
        return [number for number, each in enumerate(candidates) if each.speaker is None]
    for names in ((annotated.speaker,), annotated.same):
        right = [number for number, each in enumerate(candidates)
                 if each.speaker and any(same_name(each.speaker.name, name) for name in names)]
        if right:
            return right
    return []


# ---- what each model learns from


def speaker_choices(articles: Articles, model: AttributionModel) -> Iterator[Choice]:
    """For each annotated quotation the candidates for its speaker, if the right one is among them."""
    for annotation, article in articles:
        for step in steps(annotation, article, model):
            right = right_candidates(step.annotated, step.candidates) if step.annotated else []
            if right:
                yield Choice([each.features for each in step.candidates], right)


def antecedent_choices(articles: Articles, model: AttributionModel) -> Iterator[Choice]:
    """For each pronoun in «Q, she said» and «she said, Q» those whom it may mean."""
    for annotation, article in articles:
        for step in steps(annotation, article, model):
            if step.annotated is None or not step.annotated.speaker or step.quoted.paragraph < 0:
                continue
            for pronoun in reporting_pronouns(step):
                offered = step.coreference.antecedents(pronoun, step.quoted.paragraph)
                right = [number for number, (speaker, _) in enumerate(offered)
                         if same_name(speaker.name, step.annotated.speaker)]
                if 0 < len(right) < len(offered):
                    yield Choice([features for _, features in offered], right)


def reporting_pronouns(step: Step) -> Iterator[Source]:
    """The pronouns that are the subject of a verb of speech right beside a quotation."""
    reporting = {each.speaker.source for each in step.candidates
                 if each.speaker and each.ties and any(map(_is_plain_report, each.ties.all))}
    paragraph = step.coreference.parsed.paragraph(step.quoted.paragraph)
    for source in paragraph.sources:
        if source.kind == "pronoun" and paragraph.tokens.span(source.head, source.last) in reporting:
            yield source


def _is_plain_report(tie: Tie) -> bool:
    plain = tie.place == "before-next" or tie.place == "behind-next" and tie.detail.startswith("ends")
    return plain and tie.relation == "subject" and tie.cue.strength == "speech"


def stretches(articles: Articles, model: AttributionModel) -> Iterator[tuple[list[str], bool]]:
    """The features of each stretch between marks, and whether it is a quotation."""
    for annotation, article in articles:
        context: MarkedContext | None = None
        for step in steps(annotation, article, model):
            context = context or MarkedContext(step.coreference.parsed)
            if not step.quoted.block:
                features = quotation_features(context, step.quoted, *choose(step.candidates, model))
                yield features, step.annotated is not None


# ---- learning


def learn(articles: Articles) -> AttributionModel:
    """The model that some annotated articles teach, with the constructions."""
    articles = [*articles, *constructions()]
    model = replace(NEAREST, antecedent=learn_choices(list(antecedent_choices(articles, NEAREST)), PRONOUNS))
    model = replace(model, speaker=learn_choices(list(speaker_choices(articles, model))))
    return replace(model, quotation=learn_quotations(list(stretches(articles, model))))


def learn_choices(choices: Sequence[Choice], penalty: float = PENALTY) -> dict[str, float]:
    """The weights that give the right candidates of each choice the most of the odds: a conditional logit with an L2
    penalty."""
    vectorizer = DictVectorizer()
    seen = Counter(name for choice in choices for name in set(chain.from_iterable(choice.features)))
    rows = vectorizer.fit_transform([
        {name: count for name, count in Counter(features).items() if seen[name] >= LEAST_SEEN}
        for choice in choices for features in choice.features])
    right = np.array([number in choice.right for choice in choices for number in range(len(choice.features))])
    sizes = np.array([len(choice.features) for choice in choices])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def loss(weights: Any) -> tuple[float, Any]:
        """Minus the logarithm of what the right candidates collect, and its gradient."""
        scores = rows @ weights
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes))
        good = np.where(right, odds, 0.0) + 1e-300
        of_all, of_good = np.add.reduceat(odds, starts), np.add.reduceat(good, starts)
        slope = odds / np.repeat(of_all, sizes) - good / np.repeat(of_good, sizes)
        value = np.log(of_all / of_good).sum() + penalty / 2 * weights @ weights
        return float(value), rows.T @ slope + penalty * weights

    found = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return _rounded(dict(zip(vectorizer.feature_names_, found.x, strict=True)))


def learn_quotations(rows: Sequence[tuple[list[str], bool]], strength: float = STRENGTH) -> dict[str, float]:
    """The weights of a logistic regression that tells quotations from other stretches."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([Counter(features) for features, _ in rows])
    model = LogisticRegression(C=strength, fit_intercept=False, max_iter=2000)       # "bias" is a feature
    model.fit(matrix, [is_quotation for _, is_quotation in rows])
    return _rounded(dict(zip(vectorizer.feature_names_, model.coef_[0], strict=True)))


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(float(value), 3) for name, value in sorted(weights.items()) if abs(value) >= LEAST}


def evaluate(model: AttributionModel, articles: Articles) -> Score:
    """The score of all that is found with a model."""
    return score((annotation.with_words(article), _found(article, model)) for annotation, article in articles)


def _found(article: Article, model: AttributionModel) -> dict[str, Any]:
    people = _people(article)
    return {
        "quotes": [{"text": each.span.of(article.text), "speaker": each.speaker}
                   for each in attribute(article, people, model)],
        "people": [person.name for person in people],
    }


def as_text(model: AttributionModel) -> str:
    """The model as its file has it, a feature a line."""
    content = {"speaker": model.speaker, "antecedent": model.antecedent, "quotation": model.quotation}
    return json.dumps(content, indent=0, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    run(ATTRIBUTION, learn, evaluate, as_text, __doc__, always=[str(FILE.relative_to(ROOT))])
