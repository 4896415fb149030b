"""Decides which Vietnamese and English articles report the same event.

Two articles belong together if many of their sentences have a near counterpart in the other, and if
the names in each are in the other too. A learned combination of both gives the score. An article
may have several partners or none. Two articles that are each other's best partners need a lower
score than further pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.calibration import load_logistic
from aligner.alignment.comparable import glance
from aligner.alignment.side import Side
from aligner.settings import PairingSettings
from aligner.vectors import Matrix, unit_rows

Pair = tuple[int, int]  # a Vietnamese and an English article, by their places in the two lists
CELLS = 1_000_000  # sentence pairs weighed at once (1,000 x 1,000), some 180 MB
FEWEST = 30  # sentences of an article that are weighed, however long the other is


def score_pairs(
    src: Sequence[Side],
    tgt: Sequence[Side],
    settings: PairingSettings,
    watch: Callable[[list[Pair]], Iterable[Pair]] = iter,
) -> dict[Pair, float]:
    """Return the score (0 to 1) of every pair of articles that is worth comparing in full.

    The pairs go through `watch` one by one, as the articles are compared.
    """
    if not src or not tgt:
        return {}
    closeness = article_vectors(src) @ article_vectors(tgt).T  # [n_src, n_tgt]
    weights = name_weights([*src, *tgt])
    near_src = _near(closeness, settings.neighbours)
    near_tgt = {(i, j) for j, i in _near(closeness.T, settings.neighbours)}
    pairs = sorted(near_src | near_tgt)
    features = [pair_features(src[i], tgt[j], weights) for i, j in watch(pairs)]
    columns = {name: np.array([row[name] for row in features]) for name in features[0]}
    scores = load_logistic("article").probability(columns)
    return {pair: float(score) for pair, score in zip(pairs, scores, strict=True)}


def strong_pairs(scores: dict[Pair, float], settings: PairingSettings) -> set[Pair]:
    """Return the pairs that are the best of both articles, and further ones with high scores."""
    best_src: dict[int, float] = {}
    best_tgt: dict[int, float] = {}
    for (i, j), score in scores.items():
        best_src[i] = max(best_src.get(i, 0.0), score)
        best_tgt[j] = max(best_tgt.get(j, 0.0), score)
    return {
        (i, j)
        for (i, j), score in scores.items()
        if score >= settings.extra_score
        or (score >= settings.min_score and score == best_src[i] == best_tgt[j])
    }


def article_vectors(sides: Sequence[Side]) -> Matrix:
    """Return the mean of each article's sentence vectors at length 1, [n, dim]."""
    return unit_rows(np.stack([side.vectors.mean(axis=0) for side in sides]))


def name_weights(sides: Sequence[Side]) -> dict[str, float]:
    """Return the inverse document frequency of each name: rare names say more."""
    counts = Counter(name for side in sides for name in set(_names(side)))
    return {name: log((len(sides) + 1) / count) for name, count in counts.items()}


def pair_features(src: Side, tgt: Side, weights: dict[str, float]) -> dict[str, float]:
    """Return the features from which the score of two articles is computed.

    `links` is the mean chance that a sentence of either has a counterpart in the other. `names` is
    the weighted share of the mentions of names in one that are also in the other, in the direction
    in which it is lower.
    """
    ours, theirs = _names(src), _names(tgt)
    return {
        "links": sum(float(best.mean()) for best in _best_chances(src, tgt)),
        "names": min(_known(ours, theirs, weights), _known(theirs, ours, weights)),
    }


def _best_chances(src: Side, tgt: Side) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the chance that each sentence has a counterpart; of long articles, only of some."""
    if len(src) * len(tgt) <= CELLS:
        chances = glance(src, tgt)  # [n_src, n_tgt]
        return chances.max(axis=1), chances.max(axis=0)
    some_src = src.spread(max(CELLS // len(tgt), FEWEST))
    some_tgt = tgt.spread(max(CELLS // len(src), FEWEST))
    return glance(some_src, tgt).max(axis=1), glance(src, some_tgt).max(axis=0)


def _names(side: Side) -> Counter[str]:
    return Counter(value for marks in side.marks for kind, value in marks if kind == "name")


def _known(ours: Counter[str], theirs: Counter[str], weights: dict[str, float]) -> float:
    total = sum(count * weights[name] for name, count in ours.items())
    shared = sum(count * weights[name] for name, count in ours.items() if name in theirs)
    return shared / total if total else 0.0


def _near(closeness: Matrix, k: int) -> set[Pair]:
    """Return (row, column) for the k nearest columns of every row."""
    nearest = np.argsort(-closeness, axis=1, kind="stable")[:, :k]
    return {(i, int(j)) for i, columns in enumerate(nearest) for j in columns}
