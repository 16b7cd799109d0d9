"""Learn the weights of the evidence on names from annotated articles: indexer/people/people_weights.json.

Every candidate of an annotated article is an example, somebody's name or not; two logistic regressions learn from
them, one for names of two words or more and one for single ones. A name counts four times at most, so that no mayor
outweighs the rest. Nothing is drawn at random: the same articles give the same file.

usage: python -m training.train_people FILE:ARCHIVE … [--folds N] [--write]

FILE has annotations (training/annotations.py), ARCHIVE their articles. --folds N learns N times without one part of
the articles and scores that part; --write learns from all and writes the file.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.scoring import Score, score
from indexer.language import SUFFIXES, key_of
from indexer.models import Article
from indexer.people import NameModel, find_people
from indexer.people.name_candidates import NameCandidate, find_candidates
from indexer.people.name_context import ArticleContext
from indexer.people.name_evidence import full_evidence, single_evidence
from training.annotations import Annotation
from training.command_line import run
from training.manifest import PEOPLE

MOST_OF_A_NAME = 4
STRENGTH = {"full": 3.0, "single": 3.0}      # inverse of the L2 penalty; city-calibration preferred it to 0.3, 1 and 10
LEAST = 0.02                                 # smaller weights are left out

NameKeys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate to learn from: whether it is somebody's name, and the evidence on it."""

    name: str
    is_person: bool
    evidence: frozenset[str]


def examples_in(annotation: Annotation, article: Article) -> Iterator[Example]:
    """What an annotated article teaches; single words of a name that is given in full teach nothing."""
    candidates = find_candidates(article.text)
    groups: dict[NameKeys, list[NameCandidate]] = defaultdict(list)
    for candidate in candidates:
        groups[candidate.words].append(candidate)
    people = [_keys(name) for name in annotation.people]
    judged = {words: _is_one_of(words, people) for words in groups if len(words) > 1}
    parts = {word for words in people if len(words) > 1 for word in words}
    judged |= {words: words in people for words in groups
               if len(words) == 1 and (words in people or words[0] not in parts)}
    context = ArticleContext(article.text, candidates, article.title)
    for words in groups:
        if judged.get(words) or len(words) == 1 and words[0] in parts:
            context.know(groups[words])
    for words, is_person in judged.items():
        evidence = (full_evidence if len(words) > 1 else single_evidence)(groups[words], context)
        yield Example(" ".join(words), is_person, frozenset(evidence))


def _keys(name: str) -> NameKeys:
    """The words of a name as candidates have them: a generation (Jr.) is none."""
    keys = (key_of(word.strip("\"“”'’,()")) for word in name.split())
    return tuple(key for key in keys if key not in SUFFIXES)


def _is_one_of(words: NameKeys, people: Iterable[NameKeys]) -> bool:
    """Equal, or one a part of the other with the same last word."""
    return any(words[-1] == each[-1] and (set(words) <= set(each) or set(each) <= set(words)) for each in people)


def learn(articles: Sequence[tuple[Annotation, Article]]) -> NameModel:
    """The model that some annotated articles teach."""
    examples = [example for annotation, article in articles for example in examples_in(annotation, article)]
    full = [example for example in examples if " " in example.name]
    single = [example for example in examples if " " not in example.name]
    return NameModel(_weights(full, STRENGTH["full"]), _weights(single, STRENGTH["single"]))


def _weights(examples: Sequence[Example], strength: float) -> dict[str, float]:
    """Evidence → weight, and the bias."""
    seen: Counter[tuple[str, bool]] = Counter()
    kept = []
    for example in examples:
        seen[example.name, example.is_person] += 1
        if seen[example.name, example.is_person] <= MOST_OF_A_NAME:
            kept.append(example)
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([dict.fromkeys(sorted(example.evidence), 1.0) for example in kept])
    model = LogisticRegression(C=strength, max_iter=2000).fit(rows, [example.is_person for example in kept])
    weights = {name: round(float(weight), 2) for name, weight in zip(vectorizer.feature_names_, model.coef_[0])}
    return {"bias": round(float(model.intercept_[0]), 2)} | {
        name: weight for name, weight in sorted(weights.items()) if abs(weight) >= LEAST}


def evaluate(model: NameModel, articles: Sequence[tuple[Annotation, Article]]) -> Score:
    """The score of the people found with a model; quotations are not looked for."""
    return score(
        ({"path": annotation.path, "quotes": [], "people": list(annotation.people)},
         {"quotes": [], "people": _names_found(article, model)}) for annotation, article in articles
    )


def _names_found(article: Article, model: NameModel) -> list[str]:
    return [person.name for person in find_people(article.title, article.text, article.blocks, model)]


def as_text(model: NameModel) -> str:
    """The model as its file has it."""
    return json.dumps({"full": model.full, "single": model.single}, indent=0, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    run(PEOPLE, learn, evaluate, as_text, __doc__)
