"""Which Vietnamese article reports the same event as which English one: several, one or none.

Two articles belong together when enough of their sentences find each other, their vectors point
the same way, and they share rare names. A learned combination gives the score; every pair above
one half stands, so one article may have several partners.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np

from aligner.align.background import unit_rows
from aligner.align.calibration import load_logistic
from aligner.align.comparable import link_confidences
from aligner.align.side import Side
from aligner.settings import PairingSettings
from aligner.vectors import Matrix


def score_pairs(
    src: Sequence[Side], tgt: Sequence[Side], settings: PairingSettings
) -> dict[tuple[int, int], float]:
    """Return the score (0 to 1) of every pair of articles that is worth comparing in full."""
    if not src or not tgt:
        return {}
    closeness = article_vectors(src) @ article_vectors(tgt).T  # [n_src, n_tgt]
    weights = name_weights([*src, *tgt])
    places = sorted(_near(closeness, settings.neighbours) | _near(closeness.T, settings.neighbours, flip=True))
    features = [
        pair_features(src[i], tgt[j], float(closeness[i, j]), weights) for i, j in places
    ]
    columns = {name: np.array([row[name] for row in features]) for name in features[0]}
    scores = load_logistic("article").probability(columns)
    return {place: float(score) for place, score in zip(places, scores, strict=True)}


def article_vectors(sides: Sequence[Side]) -> Matrix:
    """Return the mean of each article's sentence vectors at length 1, [n, dim]."""
    return unit_rows(np.stack([side.vectors.mean(axis=0) for side in sides]))


def name_weights(sides: Sequence[Side]) -> dict[str, float]:
    """Names that few articles hold say more: log of the number of articles over those with it."""
    counts = Counter(name for side in sides for name in _names(side))
    return {name: log((len(sides) + 1) / count) for name, count in counts.items()}


def pair_features(
    src: Side, tgt: Side, closeness: float, weights: dict[str, float]
) -> dict[str, float]:
    """Return what the score of two articles is judged by."""
    chances = link_confidences(src, tgt)  # [n_src, n_tgt]
    ours, theirs = _names(src), _names(tgt)
    shared = sum(weights[name] for name in ours & theirs)
    total = min(sum(weights[name] for name in side) for side in (ours, theirs))
    return {
        "closeness": closeness,
        "links_src": float(chances.max(axis=1).mean()),
        "links_tgt": float(chances.max(axis=0).mean()),
        "names": shared / total if total else 0.0,
    }


def _names(side: Side) -> set[str]:
    return {value for marks in side.marks for kind, value in marks if kind == "name"}


def _near(closeness: Matrix, k: int, flip: bool = False) -> set[tuple[int, int]]:
    places: set[tuple[int, int]] = set()
    for i, row in enumerate(closeness):
        for j in np.argsort(-row, kind="stable")[:k].tolist():
            places.add((j, i) if flip else (i, j))
    return places
