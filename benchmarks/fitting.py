"""Fits logistic regressions to labelled links, and makes the tables of features for them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from aligner.alignment.background import Background
from aligner.alignment.comparable import link_features, read_features
from aligner.alignment.pairing import article_vectors
from aligner.alignment.side import Side
from aligner.embed.reading import read_overlap
from aligner.vectors import Embedder
from data_sets import Event
from perturb import Case
from sides import sides

STRANGERS = 16  # one report in so many is also compared with one of another event
Columns = dict[str, np.ndarray]  # features by name
Labelled = tuple[Columns, np.ndarray]  # features, and which of the links are right


def fit(rows: Sequence[Columns], right: Sequence[np.ndarray]) -> dict[str, object]:
    """Fit a logistic regression, and return its weights for features that are not scaled."""
    names = list(rows[0])
    x = np.concatenate([np.stack([np.ravel(row[n]) for n in names], axis=1) for row in rows])
    y = np.concatenate([np.ravel(part) for part in right])
    scaler = StandardScaler().fit(x)
    model = LogisticRegression(C=1.0, max_iter=5000).fit(scaler.transform(x), y)
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    chances = model.predict_proba(scaler.transform(x))[:, 1]
    print(f"  {len(y)} cases, {y.mean():.3f} right, mean confidence {chances.mean():.3f}")
    print(
        "  effect of one standard deviation:",
        dict(zip(names, model.coef_[0].round(2), strict=True)),
    )
    return {
        "weights": {n: round(float(w), 5) for n, w in zip(names, weights, strict=True)},
        "bias": round(bias, 5),
    }


def event_tables(
    pairs: list[tuple[Side, Side]], known: list[Event], embedder: Embedder
) -> list[list[Labelled]]:
    """Return for every event the features of its links, and which of these are right.

    Some events have a second table: their Vietnamese report with the most similar English report of
    another event, between which no link is right.
    """
    likeness = article_vectors([a for a, _ in pairs]) @ article_vectors([b for _, b in pairs]).T
    np.fill_diagonal(likeness, -1)
    tables = []
    for k, (event, (src, tgt)) in enumerate(zip(known, pairs, strict=True)):
        tables.append([(all_features(src, tgt, embedder), np.array(event.same))])
        if k % STRANGERS == 0:
            stranger = pairs[int(likeness[k].argmax())][1]
            none = np.zeros((len(src), len(stranger)), dtype=bool)
            tables[-1].append((all_features(src, stranger, embedder), none))
    return tables


def case_tables(cases: list[Case], embedder: Embedder, background: Background) -> list[Labelled]:
    """Return the features of the links of made-up reports, and which of these are right."""
    tables = []
    for case in cases:
        src, tgt = sides(case.vi, case.en, embedder, background)
        same = np.zeros((len(src), len(tgt)), dtype=bool)
        for (i,), (j,) in case.gold:
            same[i, j] = True
        tables.append((all_features(src, tgt, embedder), same))
    return tables


def all_features(src: Side, tgt: Side, embedder: Embedder) -> Columns:
    """Return all features of the links between two texts."""
    features = link_features(src, tgt)
    overlap = read_overlap(src.texts, tgt.texts, embedder)
    return features | read_features(features, overlap)
