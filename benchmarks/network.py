"""Learn a network of one hidden layer that ranks candidates; needs numpy and scipy (`pip install scipy`).

The candidates of a quotation compete: the network learns to give those that name the right speaker the most
probability. Features are dropped at random while it learns, so that it leans on none; the weights of the last third of
the passes are averaged. Adam with L2; 9,000 quotations take about ten seconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

UNITS = 8
PASSES = 18
BATCH = 48
DROPPED = 0.3           # the share of features that a pass does not see
L2 = 2e-3
RATE = 0.01
SEEN = 6                # how often a feature must occur to be learned

Choices = Sequence[tuple[Sequence[Sequence[str]], Sequence[int]]]   # features of each candidate, numbers of the right
Parameters = dict[str, Any]


def learn_network(choices: Choices, seed: int = 0) -> dict[str, Any]:
    """The network as indexer/weights.py reads it: rows of feature → direct weight and weights of the units."""
    random = np.random.default_rng(seed)
    counted = Counter(feature for offered, _ in choices for features in offered for feature in set(features))
    vocabulary = {feature: number for number, feature in enumerate(sorted(f for f, n in counted.items() if n >= SEEN))}
    matrix, right, starts = _as_matrix(choices, vocabulary)
    parameters = {
        "direct": np.zeros(len(vocabulary)),
        "into": random.normal(scale=0.1, size=(len(vocabulary), UNITS)),
        "bias": np.zeros(UNITS),
        "out": random.normal(scale=0.3, size=UNITS),
    }
    averaged = _descend(parameters, matrix, right, starts, random)
    rows = np.hstack([averaged["direct"][:, None], averaged["into"]]).round(3).tolist()
    return {
        "bias": averaged["bias"].round(3).tolist(),
        "out": averaged["out"].round(3).tolist(),
        "rows": {feature: rows[number] for feature, number in vocabulary.items()},
    }


def _as_matrix(choices: Choices, vocabulary: dict[str, int]) -> tuple[Any, Any, Any]:
    """A row of features a candidate, which rows are right, and where the rows of each choice start."""
    columns: list[int] = []
    ends, right, starts = [0], [], [0]
    for offered, good in choices:
        for number, features in enumerate(offered):
            columns += [vocabulary[feature] for feature in sorted(set(features)) if feature in vocabulary]
            ends.append(len(columns))
            right.append(number in good)
        starts.append(len(right))
    shape = (len(right), len(vocabulary))
    return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=shape), np.array(right), np.array(starts)


def _descend(parameters: Parameters, matrix: Any, right: Any, starts: Any, random: Any) -> Parameters:
    """Adam over all passes, each in another order; the average of the last third."""
    first = {name: np.zeros_like(value) for name, value in parameters.items()}
    second = {name: np.zeros_like(value) for name, value in parameters.items()}
    averaged = {name: np.zeros_like(value) for name, value in parameters.items()}
    steps, kept = 0, PASSES - PASSES * 2 // 3
    for number in range(PASSES):
        rate = RATE * (1 - number / PASSES) + 1e-4
        order = random.permutation(len(starts) - 1)
        for batch in (order[at:at + BATCH] for at in range(0, len(order), BATCH)):
            steps += 1
            for name, slope in _slopes(parameters, matrix, right, starts, batch, random).items():
                slope += L2 * parameters[name]
                first[name] = 0.9 * first[name] + 0.1 * slope
                second[name] = 0.999 * second[name] + 0.001 * slope * slope
                mean, square = first[name] / (1 - 0.9**steps), second[name] / (1 - 0.999**steps)
                parameters[name] -= rate * mean / (np.sqrt(square) + 1e-8)
        if number >= PASSES - kept:
            for name, value in parameters.items():
                averaged[name] += value / kept
    return averaged


def _slopes(parameters: Parameters, matrix: Any, right: Any, starts: Any, batch: Any, random: Any) -> Parameters:
    """The gradient of the loss of one batch: minus the logarithm of what the right candidates collect."""
    rows = np.concatenate([np.arange(starts[each], starts[each + 1]) for each in batch])
    sizes = np.array([starts[each + 1] - starts[each] for each in batch])
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    seen = matrix[rows].copy()
    seen.data *= (random.random(len(seen.data)) > DROPPED) / (1 - DROPPED)
    total = seen @ parameters["into"] + parameters["bias"]
    hidden = np.maximum(total, 0)
    scores = seen @ parameters["direct"] + hidden @ parameters["out"]
    odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, begins), sizes))
    good = odds * right[rows]
    slope = odds / np.repeat(np.add.reduceat(odds, begins), sizes)
    slope = (slope - good / np.repeat(np.add.reduceat(good, begins), sizes)) / len(batch)
    into = np.outer(slope, parameters["out"]) * (total > 0)
    return {"direct": seen.T @ slope, "out": hidden.T @ slope, "bias": into.sum(0), "into": seen.T @ into}
