"""Learn the weights of attribution from annotated articles, and write indexer/attribution.json.

usage: python -m benchmarks.train_attribution GOLD:ARCHIVE [GOLD:ARCHIVE …] [--folds N] [--write]

GOLD is a folder of annotations in the form of tests/gold/, ARCHIVE the folder of articles their paths lead into.
--folds N trains N times on all but one part, whole articles at a time, and scores the parts left out; --write trains
on everything and writes the file. The models are linear over named features: whom a pronoun means, who said a
quotation (candidates compete, those that name the right speaker share the probability), and whether a marked
stretch is a quotation; a small network (benchmarks/network.py) judges the speaker anew where the linear model is in
doubt. Adagrad with L2; 3,400 articles take about three minutes.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.scoring import Score, match, read_gold, same_name, score
from indexer.attribution import model as attribution_model
from indexer.attribution.classifier import quotation_features
from indexer.attribution.coreference import Coreference
from indexer.attribution.cue_features import Tie
from indexer.attribution.decision import attribute, choose
from indexer.attribution.marked_context import MarkedContext
from indexer.attribution.model import AttributionModel, load_model
from indexer.attribution.parsed_article import ParsedArticle, QuotationCandidate
from indexer.attribution.sources import Source
from indexer.attribution.speaker_candidates import SpeakerCandidate, speaker_candidates
from indexer.attribution.speakers import Speaker
from indexer.models import Annotated, Article, Person
from indexer.people.finder import find_people
from indexer.reading.archive import read_article

START = {f"sentences {number}": -0.6 * number for number in range(5)}  # before anything is learned: the nearest
WEIGHTS = Path(attribution_model.__file__).with_name("attribution.json")


@dataclass(frozen=True)
class Choice:
    """A quotation to learn from: the features of its candidates and which of them are right."""

    features: list[tuple[str, ...]]
    right: list[int]


@dataclass(frozen=True)
class Example:
    """An annotated article, read."""

    gold: dict[str, Any]
    article: Article
    people: tuple[Person, ...]


def read_examples(pairs: Sequence[str]) -> list[Example]:
    """Every annotated article of GOLD:ARCHIVE pairs."""
    examples = []
    for pair in pairs:
        gold_folder, archive = pair.split(":")
        for gold in read_gold(gold_folder):
            article = read_article(Path(archive) / gold["path"], Path(archive))
            examples.append(Example(gold, article, find_people(article.title, article.text, article.blocks)))
    return examples


def walk(
    example: Example, model: AttributionModel
) -> Iterator[tuple[list[SpeakerCandidate], dict[str, Any] | None, Any]]:
    """Every marked stretch and block with its candidates and annotation; the speakers before it are the true ones."""
    parsed = ParsedArticle(example.article, example.people)
    coreference = Coreference(parsed, model)
    quotes = example.gold["quotes"]
    found = [each.span.of(parsed.text) for each in parsed.quotation_candidates]
    matched = match([quote["text"] for quote in quotes], found)
    gold_of = {which: quotes[number] for number, which in matched.items()}
    for number, quoted in enumerate(parsed.quotation_candidates):
        offered = speaker_candidates(parsed, coreference, quoted)
        gold = gold_of.get(number)
        yield offered, gold, (parsed, quoted, coreference)
        if gold is not None:
            coreference.remember(quoted, _true_speaker(gold, offered))


def _true_speaker(gold: Mapping[str, Any], offered: Sequence[SpeakerCandidate]) -> Speaker | None:
    if not gold["speaker"]:
        return None
    for candidate in offered:
        if candidate.speaker and same_name(candidate.speaker.name, gold["speaker"]):
            return candidate.speaker
    return Speaker(gold["speaker"], "unnamed", "name")


def choices_of(examples: Sequence[Example], model: AttributionModel) -> tuple[list[Choice], Counter[str]]:
    """What the speakers are learned from; and how often the right one is among the candidates."""
    choices, reach = [], Counter[str]()
    for example in examples:
        for offered, gold, _ in walk(example, model):
            if gold is None:
                continue
            right = [
                number
                for number, each in enumerate(offered)
                if (
                    each.speaker is None
                    if not gold["speaker"]
                    else each.speaker is not None and same_name(each.speaker.name, gold["speaker"])
                )
            ]
            reach["reachable" if right else "unreachable"] += 1
            if right:
                choices.append(Choice([each.features for each in offered], right))
    return choices, reach


def learn_speakers(
    choices: Sequence[Choice], epochs: int = 40, rate: float = 0.05, l2: float = 0.01
) -> dict[str, float]:
    """Weights that give the right candidates of each choice the most probability."""
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    order = list(choices)
    shuffle = random.Random(1)
    sums: dict[str, float] = {}  # the weights of the later epochs are averaged: single ones are noisy
    for epoch in range(epochs):
        shuffle.shuffle(order)
        for choice in order:
            scores = [math.exp(min(sum(weights.get(name, 0.0) for name in each), 30)) for each in choice.features]
            total, good = sum(scores), sum(scores[number] for number in choice.right)
            gradient: dict[str, float] = {}
            for number, (value, names) in enumerate(zip(scores, choice.features, strict=True)):
                slope = value / total - (value / good if number in choice.right else 0.0)
                if abs(slope) > 1e-6:
                    for name in names:
                        gradient[name] = gradient.get(name, 0.0) + slope
            _step(weights, squares, gradient, rate, l2)
        if epoch >= epochs // 2:
            for name, value in weights.items():
                sums[name] = sums.get(name, 0.0) + value
    return {name: value / (epochs - epochs // 2) for name, value in sums.items()}


def learn_quotations(
    rows: Sequence[tuple[list[str], bool]], epochs: int = 15, rate: float = 0.05, l2: float = 0.01
) -> dict[str, float]:
    """Weights of the logistic model that tells quotations from other marked stretches."""
    weights: dict[str, float] = {}
    squares: dict[str, float] = {}
    order = list(rows)
    shuffle = random.Random(1)
    for _ in range(epochs):
        shuffle.shuffle(order)
        for names, right in order:
            total = sum(weights.get(name, 0.0) for name in names)
            slope = 1 / (1 + math.exp(-max(min(total, 30), -30))) - right
            _step(weights, squares, dict.fromkeys(names, slope), rate, l2)
    return weights


def _step(
    weights: dict[str, float], squares: dict[str, float], gradient: Mapping[str, float], rate: float, l2: float
) -> None:
    for name, slope in gradient.items():
        slope += l2 * weights.get(name, 0.0)
        squares[name] = squares.get(name, 0.0) + slope * slope
        weights[name] = weights.get(name, 0.0) - rate * slope / (math.sqrt(squares[name]) + 1e-3)


def antecedents_of(examples: Sequence[Example], model: AttributionModel) -> list[Choice]:
    """What pronouns are learned from: those that stand right beside a quotation as subject of its cue."""
    choices = []
    for example in examples:
        for offered, gold, (parsed, quoted, coreference) in walk(example, model):
            if gold is None or not gold["speaker"] or quoted.paragraph < 0:
                continue
            for source in tied_pronouns(parsed, quoted, offered):
                antecedents = coreference.antecedents(source, quoted.paragraph)
                right = [
                    number
                    for number, (speaker, _) in enumerate(antecedents)
                    if same_name(speaker.name, gold["speaker"])
                ]
                if right and len(right) < len(antecedents):
                    choices.append(Choice([features for _, features in antecedents], right))
    return choices


def tied_pronouns(
    parsed: ParsedArticle, quoted: QuotationCandidate, offered: Sequence[SpeakerCandidate]
) -> Iterator[Source]:
    """The pronouns in «Q, she said» and «she said, Q»."""
    tied = {
        candidate.speaker.source
        for candidate in offered
        if candidate.speaker
        and candidate.speaker.source
        and candidate.ties
        and any(map(_is_plain_report, candidate.ties.all))
    }
    paragraph = parsed.paragraph(quoted.paragraph)
    for source in paragraph.sources:
        if source.kind == "pronoun" and paragraph.tokens.span(source.head, source.last) in tied:
            yield source


def _is_plain_report(tie: Tie) -> bool:
    return tie.relation == "subject" and tie.cue.strength == "speech" and (
        tie.place == "before-next" or tie.place == "behind-next" and tie.detail.startswith("ends"))


def learn(examples: Sequence[Example]) -> dict[str, Any]:
    """The models, one after the other since each feeds the next; rounded, without weights too small to matter."""
    from benchmarks.network import learn_network  # it alone needs numpy

    models: dict[str, Any] = {"speaker": {}, "antecedent": START, "quotation": {}}
    models["antecedent"] = _rounded(learn_speakers(antecedents_of(examples, AttributionModel.from_json(models))))
    choices = choices_of(examples, AttributionModel.from_json(models))[0]
    models["speaker"] = _rounded(learn_speakers(choices))
    models["network"] = learn_network([(choice.features, choice.right) for choice in choices])
    model = AttributionModel.from_json(models)
    rows = []
    for example in examples:
        context: MarkedContext | None = None
        for offered, gold, (parsed, quoted, _) in walk(example, model):
            if not quoted.block:
                context = context or MarkedContext(parsed)
                rows.append((quotation_features(context, quoted, *choose(offered, model)), gold is not None))
    models["quotation"] = _rounded(learn_quotations(rows))
    return models


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in sorted(weights.items()) if abs(value) >= 0.01}


def evaluate(models: Mapping[str, Any], examples: Sequence[Example]) -> Score:
    """The score of the whole attribution with these weights."""
    model = AttributionModel.from_json(models)
    return score(
        (each.gold, as_found(Annotated(each.article, each.people, attribute(each.article, each.people, model))))
        for each in examples
    )


def as_found(annotated: Annotated) -> dict[str, Any]:
    """Annotations in the form of `onrecord extract`, as far as scores need it."""
    text = annotated.article.text
    return {
        "quotes": [{"text": each.span.of(text), "speaker": each.speaker} for each in annotated.quotations],
        "people": [person.name for person in annotated.people],
    }


def _as_lines(models: Mapping[str, Any]) -> str:
    """The models as JSON, a feature a line."""
    text = json.dumps(models, indent=0, ensure_ascii=False)
    return re.sub(r"\[[^\]]*\]", lambda each: each[0].replace("\n", "").replace(",", ", "), text) + "\n"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("pairs", nargs="+", metavar="GOLD:ARCHIVE")
    options.add_argument("--folds", type=int, default=0)
    options.add_argument("--write", action="store_true")
    options.add_argument("--errors", type=int, default=0)
    given = options.parse_args()
    examples = read_examples(given.pairs)
    print(f"{len(examples)} articles", choices_of(examples, load_model())[1])
    if given.folds:
        total = Score()
        for fold in range(given.folds):
            held = examples[fold::given.folds]
            part = evaluate(
                learn([each for number, each in enumerate(examples) if number % given.folds != fold]), held
            )
            for name in ("quotations", "people", "speakers"):
                getattr(total, name).update(getattr(part, name))
            total.errors += part.errors
        print(json.dumps(total.figures(), indent=1), dict(total.speakers), dict(total.quotations))
        for error in total.errors[: given.errors]:
            print(
                error[0],
                "|",
                error[1].split("/")[-1][:40],
                "|",
                error[2][:60].replace("\n", " "),
                "|",
                error[3],
                "|",
                error[4],
            )
    if given.write:
        WEIGHTS.write_text(_as_lines(learn(examples)), "utf-8")
        print(f"wrote {WEIGHTS}")


if __name__ == "__main__":
    main()
