"""Learn the weights of the evidence on names (indexer/people_weights.json) from annotated articles.

A gold folder holds one JSON an article: {"path": "…", "people": ["full name", …]}, with "limit" where only so many
characters were read; every candidate of the article is an example, a person's or not. A labels file is a list of
{"path", "words", "y"}: candidates that were judged by hand, or that an earlier model was sure of.

The weights that we ship were learned from 318 articles of a city news blog read in full (2,300 candidates of two
words or more, 900 of them people) and from the candidates of 2,100 further articles of it, 2,100 judged by hand;
each name counts four times at most, so that no mayor outweighs the rest.

usage: python benchmarks/train_people.py ARCHIVE GOLD_FOLDER… [LABELS.json…] > indexer/people_weights.json
It needs: pip install scikit-learn
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from indexer.language.names import key_of
from indexer.people.name_candidates import NameCandidate, find_candidates
from indexer.people.name_context import ArticleContext
from indexer.people.name_evidence import full_evidence, single_evidence
from indexer.reading.archive import read_article

MOST_OF_A_NAME = 4
STRENGTH = {"full": 1.0, "single": 3.0}      # inverse of the L2 penalty, found by five-fold cross-validation
LEAST = 0.02                                 # smaller weights are left out

Words = tuple[str, ...]
Example = tuple[str, bool, set[str], str]    # kind, whether a person, evidence, name


def keys(name: str) -> Words:
    return tuple(key_of(word.strip("\"“”'’,()")) for word in name.split())


def is_one_of(words: Words, people: Iterable[Words]) -> bool:
    """Equal, or one a part of the other with the same last word."""
    return any(words[-1] == each[-1] and (set(words) <= set(each) or set(each) <= set(words)) for each in people)


class Pages:
    """Articles of the archive, read once, with their candidates."""

    def __init__(self, archive: Path) -> None:
        self.archive = archive

    def read(self, path: str, limit: int | None = None) -> tuple[ArticleContext, dict[Words, list[NameCandidate]]]:
        article = read_article(self.archive / path, self.archive)
        text = article.text[:limit]
        candidates = find_candidates(text)
        groups: dict[Words, list[NameCandidate]] = defaultdict(list)
        for candidate in candidates:
            groups[candidate.words].append(candidate)
        return ArticleContext(text, candidates, article.title), groups

    def examples(self, path: str, judged: dict[Words, bool], limit: int | None = None) -> Iterator[Example]:
        context, groups = self.read(path, limit)
        people = {word for words, person in judged.items() if person for word in (words[0], words[-1])}
        for words, mentions in groups.items():
            if judged.get(words) or len(words) == 1 and words[0] in people:
                context.know(mentions)
        for words, mentions in groups.items():
            if words in judged:
                kind = "full" if len(words) > 1 else "single"
                evidence = (full_evidence if len(words) > 1 else single_evidence)(mentions, context)
                yield kind, judged[words], evidence, " ".join(words)

    def gold(self, path: str, names: Sequence[str], limit: int | None) -> dict[Words, bool]:
        """Every candidate of an annotated article; a single word of somebody's full name teaches nothing."""
        people = [keys(name) for name in names]
        parts = {word for each in people if len(each) > 1 for word in each}
        found = self.read(path, limit)[1]
        judged = {words: is_one_of(words, people) for words in found if len(words) > 1}
        for words in found:
            if len(words) == 1 and (words in people or words[0] not in parts):
                judged[words] = words in people
        return judged


def examples(pages: Pages, sources: Sequence[Path]) -> Iterator[Example]:
    for source in sources:
        if source.is_dir():
            for file in sorted(source.glob("*.json")):
                article = json.loads(file.read_text(encoding="utf-8"))
                path, limit = article["path"], article.get("limit")
                yield from pages.examples(path, pages.gold(path, article["people"], limit), limit)
        else:
            judged: dict[str, dict[Words, bool]] = defaultdict(dict)
            for each in json.loads(source.read_text(encoding="utf-8")):
                judged[each["path"]][tuple(each["words"])] = each["y"]
            for path, labels in judged.items():
                yield from pages.examples(path, labels)


def learn(known: Sequence[Example], strength: float) -> dict[str, float]:
    """Evidence → weight, and the bias."""
    seen: Counter[tuple[str, bool]] = Counter()
    kept = []
    for example in known:
        seen[example[3], example[1]] += 1
        if seen[example[3], example[1]] <= MOST_OF_A_NAME:
            kept.append(example)
    vectorizer = DictVectorizer()
    rows = vectorizer.fit_transform([dict.fromkeys(sorted(evidence), 1.0) for _, _, evidence, _ in kept])
    model = LogisticRegression(C=strength, max_iter=2000).fit(rows, [person for _, person, _, _ in kept])
    weights = {name: round(float(weight), 2) for name, weight in zip(vectorizer.feature_names_, model.coef_[0])}
    return {"bias": round(float(model.intercept_[0]), 2)} | {
        name: weight for name, weight in sorted(weights.items()) if abs(weight) >= LEAST}


def main(archive: str, *sources: str) -> None:
    known = list(examples(Pages(Path(archive)), [Path(source) for source in sources]))
    weights = {kind: learn([each for each in known if each[0] == kind], strength)
               for kind, strength in STRENGTH.items()}
    json.dump(weights, sys.stdout, indent=0)
    print()


if __name__ == "__main__":
    main(*sys.argv[1:])
