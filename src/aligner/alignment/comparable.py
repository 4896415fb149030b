"""Links between two reports of one event: any order, one sentence to several, most to none.

Every sentence pair is weighed by itself: how close the two are beyond what ordinary news (margin,
Artetxe & Schwenk 2019) and the other sentences of the two reports (CSLS, Conneau et al. 2018)
explain, and what names, numbers and dates they share. A learned combination gives the confidence.
"""

from __future__ import annotations

from collections import Counter
from math import log

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.calibration import load_logistic, logit
from aligner.alignment.evidence import shared_marks
from aligner.alignment.side import Side
from aligner.errors import SizeError
from aligner.model import Bead
from aligner.settings import NEIGHBOURS, ComparableSettings

Table = NDArray[np.float64]
TIME_KINDS = ("date", "month", "weekday")


def link_comparable(src: Side, tgt: Side, settings: ComparableSettings) -> list[Bead]:
    """Return 1-1 links with a confidence of at least `min_confidence`, and the null beads.

    Raises SizeError where the texts are longer than two reports can be.
    """
    if len(src) * len(tgt) > settings.max_cells:
        raise SizeError(
            f"{len(src):,} by {len(tgt):,} sentences are too many to link in any order; split the "
            "texts, or align them as a translation (--relation parallel)"
        )
    if not len(src) or not len(tgt):
        return [Bead((i,), (), 1.0) for i in range(len(src))] + [
            Bead((), (j,), 1.0) for j in range(len(tgt))
        ]
    chances = link_confidences(src, tgt)  # [n_src, n_tgt]
    linked = chances >= settings.min_confidence
    beads = [
        Bead((i,), (j,), float(chances[i, j]), shared_marks(src, tgt, [i], [j]))
        for i, j in np.argwhere(linked).tolist()
    ]
    alone_src, alone_tgt = alone_confidences(chances), alone_confidences(chances.T)
    beads += [
        Bead((i,), (), float(alone_src[i])) for i in np.flatnonzero(~linked.any(axis=1)).tolist()
    ]
    beads.sort(key=lambda bead: (bead.src, bead.tgt))
    return beads + [
        Bead((), (j,), float(alone_tgt[j])) for j in np.flatnonzero(~linked.any(axis=0)).tolist()
    ]


def alone_confidences(chances: Table) -> NDArray[np.float64]:
    """Return for each row of link chances the confidence that its sentence has no counterpart."""
    return load_logistic("alone").probability(alone_features(chances))


def alone_features(chances: Table) -> dict[str, NDArray[np.float64]]:
    """Return what a sentence without link is judged by: its best chance and their sum."""
    return {"best": logit(chances.max(axis=1)), "expected": np.log(chances.sum(axis=1) + 1e-6)}


def link_confidences(src: Side, tgt: Side) -> Table:
    """Return for every sentence pair the chance that it reports a common fact, [n_src, n_tgt]."""
    return load_logistic("link").probability(link_features(src, tgt))


def link_features(src: Side, tgt: Side) -> dict[str, Table]:
    """Return what a link is judged by: a table [n_src, n_tgt] a feature."""
    cosines = (src.vectors @ tgt.vectors.T).astype(np.float64)  # [n_src, n_tgt]
    hubs = (src.hubness[:, None] + tgt.hubness[None, :]) / 2
    rivals = (_rivals(cosines, axis=1) + _rivals(cosines, axis=0)) / 2
    weights = _mark_weights(src, tgt)
    places = np.arange(len(src))[:, None] / len(src), np.arange(len(tgt))[None, :] / len(tgt)
    shared_numbers = _shared(src, tgt, weights, ("number",))
    both_numbered = np.minimum(_has(src, "number")[:, None], _has(tgt, "number")[None, :])
    return {
        "margin": cosines - hubs,
        "lead": cosines - rivals,
        "names": _shared(src, tgt, weights, ("name",)),
        "numbers": shared_numbers,
        "other_numbers": np.where(shared_numbers > 0, 0.0, both_numbered),
        "times": _shared(src, tgt, weights, TIME_KINDS),
        "place_gap": np.abs(places[0] - places[1]),
    }


def _rivals(cosines: Table, axis: int) -> Table:
    """Return for each pair the mean cosine of the nearest others in its row or column."""
    k = min(NEIGHBOURS, cosines.shape[axis] - 1)
    if k == 0:
        return np.zeros_like(cosines)
    best = -np.sort(-cosines, axis=axis).take(range(k + 1), axis=axis)  # the k + 1 nearest
    last = best.take([k], axis=axis)
    # A pair among the nearest is no rival of its own: the next one takes its place.
    return np.asarray((best.sum(axis=axis, keepdims=True) - np.maximum(cosines, last)) / k)


def _mark_weights(src: Side, tgt: Side) -> dict[tuple[str, str], float]:
    """Rare marks say more: log of the number of sentences over those that hold the mark."""
    counts = Counter(mark for marks in (*src.marks, *tgt.marks) for mark in marks)
    total = len(src) + len(tgt) + 1
    return {mark: log(total / count) for mark, count in counts.items()}


def _shared(
    src: Side, tgt: Side, weights: dict[tuple[str, str], float], kinds: tuple[str, ...]
) -> Table:
    table = np.zeros((len(src), len(tgt)))
    places: dict[tuple[str, str], list[int]] = {}
    for j, marks in enumerate(tgt.marks):
        for mark in marks:
            if mark[0] in kinds:
                places.setdefault(mark, []).append(j)
    for i, marks in enumerate(src.marks):
        for mark in marks:
            if mark in places:
                table[i, places[mark]] += weights[mark]
    return table


def _has(side: Side, kind: str) -> NDArray[np.float64]:
    return np.array([float(any(mark[0] == kind for mark in marks)) for marks in side.marks])
