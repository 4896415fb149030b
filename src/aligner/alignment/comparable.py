"""Links the sentences of two reports of one event, in any order.

Every sentence pair is judged by itself. Its features are how close the two sentences are beyond
what ordinary news (margin, Artetxe & Schwenk 2019) and the other sentences (CSLS, Conneau et al.
2018) explain; how much of either is in the other (`overlap.py`), and the judgement of a model that
reads both at once, if there are adapters; the names, numbers and dates that they share; whether
their figures contradict each other (`numbers.py`); and how much their words render each other
(`wording.py`). A learned combination gives the confidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import log

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.calibration import load_logistic
from aligner.alignment.dp import Table
from aligner.alignment.numbers import contrary_figures, shared_numbers
from aligner.alignment.shared_marks import shared_marks
from aligner.alignment.side import Side
from aligner.alignment.wording import LEAST, Wording
from aligner.errors import SizeError
from aligner.model import Bead
from aligner.settings import NEIGHBOURS, ComparableSettings
from aligner.text.marks import Mark
from aligner.vectors import Matrix, logit, sigmoid

TIME_KINDS = ("date", "month", "weekday")
LITERAL = 0.33  # margin at which two sentences are as likely a translation as not
SOFT = 0.04  # width of the transition between the two
HEADLINE = 0.85  # chance that two headlines share a fact if the sentences below them do
_FINISHED = (".", "!", "?", "…", '"', "”", "»", ":", ";")  # ends of sentences, not of headlines
LEAST_RELATED = 0.02  # share of counterparts below which all reports are equally unrelated


def link_comparable(
    src: Side, tgt: Side, settings: ComparableSettings, overlap: Matrix | None = None
) -> list[Bead]:
    """Return 1-1 links with a confidence of at least `min_confidence`, and the null beads.

    `overlap` is the result of `read_overlap`. Raises SizeError if the texts are too long for
    reports.
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
    chances = _with_headlines(link_confidences(src, tgt, overlap), src, tgt)  # [n_src, n_tgt]
    linked = chances >= settings.min_confidence
    beads = [
        Bead((i,), (j,), float(chances[i, j]), shared_marks(src, tgt, [i], [j]))
        for i, j in np.argwhere(linked).tolist()
    ]
    task = "alone" if overlap is None else "alone read"
    alone_src, alone_tgt = (
        load_logistic(task).probability(alone_features(table)) for table in (chances, chances.T)
    )
    beads += [
        Bead((i,), (), float(alone_src[i])) for i in np.flatnonzero(~linked.any(axis=1)).tolist()
    ]
    beads.sort(key=lambda bead: (bead.src, bead.tgt))
    return beads + [
        Bead((), (j,), float(alone_tgt[j])) for j in np.flatnonzero(~linked.any(axis=0)).tolist()
    ]


def alone_features(chances: Table) -> dict[str, NDArray[np.float64]]:
    """Return the features of sentences without a link: the best of their chances, and the sum."""
    return {"best": logit(chances.max(axis=1)), "expected": np.log(chances.sum(axis=1) + 1e-6)}


def _with_headlines(chances: Table, src: Side, tgt: Side) -> Table:
    """Raise the chance of two headlines to at least `HEADLINE` times that of the next sentences.

    A headline says in few and often quite different words what the sentence below it says.
    """
    if all(len(side) > 1 and not side.texts[0].endswith(_FINISHED) for side in (src, tgt)):
        chances[0, 0] = max(chances[0, 0], HEADLINE * chances[1, 1])
    return chances


def link_confidences(src: Side, tgt: Side, overlap: Matrix | None = None) -> Table:
    """Return the chance that each sentence pair reports a common fact, [n_src, n_tgt]."""
    features = link_features(src, tgt)
    if overlap is None:
        return load_logistic("link").probability(features)
    return load_logistic("link read").probability(features | read_features(features, overlap))


def glance(src: Side, tgt: Side) -> Table:
    """Return such chances [n_src, n_tgt] by what is quickly seen, to compare many articles."""
    return load_logistic("glance").probability(glance_features(src, tgt))


def link_features(src: Side, tgt: Side) -> dict[str, Table]:
    """Return the features of links between Vietnamese `src` and English `tgt`.

    Every feature is a table [n_src, n_tgt]. Unlike in `glance_features`, a small number that both
    sentences have matters only if it counts the same thing.
    """
    ours, theirs, known = Wording.read(src.texts, tgt.texts).shared([(1, 1)])[1, 1]
    words = ((ours + theirs) / np.maximum(known, LEAST)).astype(np.float64)
    return glance_features(src, tgt) | {
        "numbers": shared_numbers(src, tgt, _mark_weights(src, tgt)),
        "words": words,
        "shared_words": np.sqrt(ours * theirs, dtype=np.float64),
        "words_row_lead": words - _other_best(words, axis=1),
        "words_column_lead": words - _other_best(words, axis=0),
        "contrary_figures": contrary_figures(src, tgt),
    }


def glance_features(src: Side, tgt: Side) -> dict[str, Table]:
    """Return the features of links that do not depend on the word list, tables [n_src, n_tgt]."""
    cosines = (src.vectors @ tgt.vectors.T).astype(np.float64)  # [n_src, n_tgt]
    hubs = (src.hubness[:, None] + tgt.hubness[None, :]) / 2
    rivals = (_rivals(cosines, axis=1) + _rivals(cosines, axis=0)) / 2
    weights = _mark_weights(src, tgt)
    places = np.arange(len(src))[:, None] / len(src), np.arange(len(tgt))[None, :] / len(tgt)
    numbers = _shared(src, tgt, weights, ("number",))
    both_numbered = np.minimum(_has(src, "number")[:, None], _has(tgt, "number")[None, :])
    return {
        "margin": cosines - hubs,
        "lead": cosines - rivals,
        "names": _shared(src, tgt, weights, ("name",)),
        "numbers": numbers,
        "other_numbers": np.where(numbers > 0, 0.0, both_numbered),
        "times": _shared(src, tgt, weights, TIME_KINDS),
        "place_gap": np.abs(places[0] - places[1]),
    }


def read_features(features: Mapping[str, Table], overlap: Matrix) -> dict[str, Table]:
    """Return the further features of links between texts that were read for their facts.

    `literal` is the share of the shorter text that has a translation in the other. If some
    sentences do, mere nearness of others means less, and even less if one of them has a translation
    (`literal_taken`). What was read means something else there too, so every such feature comes a
    second time, multiplied by that share. `related` is the logarithm of the share of sentences that
    seem to have a counterpart at all, which is hardly any if the reports are of different events.
    """
    margin = features["margin"]
    near, ours, theirs, judged = overlap.astype(np.float64)
    agreement = (near + ours + theirs) / 3
    lead = agreement - (_rivals(agreement, axis=1) + _rivals(agreement, axis=0)) / 2
    mutual = margin == margin.max(axis=1, keepdims=True)
    mutual &= margin == margin.max(axis=0, keepdims=True)
    literal = _translated(np.where(mutual, margin, -1.0).max(axis=1)).sum() / min(margin.shape)
    others = [_other_best(margin, axis) for axis in (0, 1) if margin.shape[axis] > 1]
    rival = np.maximum.reduce([np.full_like(margin, -1.0), *others])
    chance = sigmoid(judged)
    related = np.concatenate([chance.max(axis=1), chance.max(axis=0)]).mean()
    read = {
        "near": near,
        "ours": ours,
        "theirs": theirs,
        "agreement_lead": lead,
        "row_lead": agreement - _other_best(agreement, axis=1),
        "column_lead": agreement - _other_best(agreement, axis=0),
        "related": np.full_like(margin, np.log(related + LEAST_RELATED)),
        "judged": judged,
        "judged_row": judged - _other_best(judged, axis=1),
        "judged_column": judged - _other_best(judged, axis=0),
    }
    twice = read | {"margin": margin, "lead": features["lead"]}
    return (
        read
        | {f"literal_{name}": literal * table for name, table in twice.items()}
        | {
            "beside": _beside(agreement),
            "literal": np.full_like(margin, literal),
            "literal_taken": literal * _translated(rival),
            "literal_words": literal * (features["words_row_lead"] + features["words_column_lead"]),
        }
    )


def _translated(margin: Table) -> Table:
    """Return how likely sentences with such margins are translations, 0 to 1."""
    return sigmoid((margin - LITERAL) / SOFT)


def _other_best(table: Table, axis: int) -> Table:
    """Return for each cell the greatest other cell of its row (axis 1) or column (axis 0).

    If there is no other cell, it is the cell itself.
    """
    if table.shape[axis] == 1:
        return table
    second, first = np.split(np.sort(table, axis=axis).take((-2, -1), axis=axis), 2, axis=axis)
    return np.asarray(np.where(table == first, second, first))


def _beside(table: Table) -> Table:
    """Return for each cell the greatest of its four diagonal neighbours."""
    wide = np.pad(table, 1, constant_values=table.min())
    return np.asarray(
        np.maximum.reduce([wide[:-2, :-2], wide[2:, 2:], wide[:-2, 2:], wide[2:, :-2]])
    )


def _rivals(cosines: Table, axis: int) -> Table:
    """Return for each pair the mean cosine of the nearest others in its row or column."""
    k = min(NEIGHBOURS, cosines.shape[axis] - 1)
    if k == 0:
        return np.zeros_like(cosines)
    best = -np.sort(-cosines, axis=axis).take(range(k + 1), axis=axis)  # the k + 1 nearest
    last = best.take([k], axis=axis)
    # A pair that is among the nearest is not its own rival; the next one takes its place.
    return np.asarray((best.sum(axis=axis, keepdims=True) - np.maximum(cosines, last)) / k)


def _mark_weights(src: Side, tgt: Side) -> dict[Mark, float]:
    """Return the inverse document frequency of each mark: rare marks say more."""
    counts = Counter(mark for marks in (*src.marks, *tgt.marks) for mark in marks)
    total = len(src) + len(tgt) + 1
    return {mark: log(total / count) for mark, count in counts.items()}


def _shared(src: Side, tgt: Side, weights: dict[Mark, float], kinds: tuple[str, ...]) -> Table:
    """Return the weight of the marks of some kinds that two sentences share, [n_src, n_tgt]."""
    table = np.zeros((len(src), len(tgt)))
    places: dict[Mark, list[int]] = {}
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
