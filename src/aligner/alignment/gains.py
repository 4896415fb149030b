"""Computes the gain of every possible bead of two texts."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aligner.alignment.dp import SHAPES, Shape
from aligner.alignment.spans import Spans
from aligner.alignment.wording import LEAST, Wording
from aligner.settings import ParallelSettings
from aligner.vectors import Matrix

Gains = dict[Shape, Matrix]


def words_beyond(wording: Wording, settings: ParallelSettings) -> Gains:
    """Return for every bead the share of its words that are rendered, minus the usual share.

    Only words of the list count.
    """
    n_src, n_tgt = len(wording.our_known), len(wording.their_known)
    shapes = [(a, b) for a, b in SHAPES if a <= max(n_src, 1) and b <= max(n_tgt, 1)]
    beyond: Gains = {}
    for shape, (ours, theirs, known) in wording.shared(shapes).items():
        share = (ours + theirs - settings.rendered * known) / np.maximum(known, LEAST)
        beyond[shape] = share.astype(np.float32)
    return beyond


def bead_gains(src: Spans, tgt: Spans, words: Gains, settings: ParallelSettings) -> Gains:
    """Return the gain of every bead; `words` is the result of `words_beyond`.

    It consists of the cosine beyond `skip` and the words, minus a penalty for the lengths, all
    scaled by the size of the bead, minus a loss for merged sentences.
    """
    gains: Gains = {}
    for a, b in SHAPES:
        if a in src.vectors and b in tgt.vectors:
            cosines = src.vectors[a] @ tgt.vectors[b].T  # [n_src - a + 1, n_tgt - b + 1]
            deviation = length_deviation(src.lengths[a][:, None], tgt.lengths[b][None], settings)
            penalty = length_penalty(deviation, settings)
            size = (a + b) / 2
            extra = settings.merge * (a + b - 2) + settings.both * (min(a, b) - 1)
            likeness = cosines - settings.skip + settings.words * words[a, b]
            gains[a, b] = (size * (likeness - penalty) - extra).astype(np.float32)
    return gains


def length_deviation(
    src: ArrayLike, tgt: ArrayLike, settings: ParallelSettings
) -> NDArray[np.float32]:
    """Return the deviation of the lengths in standard deviations (Gale & Church 1993)."""
    ratio = np.log(src) - np.log(np.multiply(tgt, settings.length_ratio))
    return np.asarray(ratio / settings.length_spread, dtype=np.float32)


def length_penalty(deviation: ArrayLike, settings: ParallelSettings) -> NDArray[np.float32]:
    """Return the penalty for a deviation of lengths, given in standard deviations."""
    squared = np.minimum(np.square(deviation), settings.length_cap)
    return np.asarray(settings.length_weight * squared, dtype=np.float32)
