"""What every possible bead of two texts is worth to the path that holds it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aligner.alignment.dp import SHAPES, Shape
from aligner.alignment.spans import Spans
from aligner.alignment.wording import LEAST, Wording
from aligner.settings import ParallelSettings
from aligner.vectors import Matrix

Gains = dict[Shape, Matrix]


def word_gains(wording: Wording, settings: ParallelSettings) -> Gains:
    """Return what every bead gains or loses by size, as its words render more or less than usual.

    Words that the list does not know count for nothing.
    """
    n_src, n_tgt = len(wording.ours), len(wording.theirs)
    shapes = [(a, b) for a, b in SHAPES if a <= max(n_src, 1) and b <= max(n_tgt, 1)]
    gains: Gains = {}
    for (a, b), (ours, theirs, known) in wording.shared(shapes).items():
        beyond = (ours + theirs - settings.rendered * known) / np.maximum(known, LEAST)
        gains[a, b] = ((a + b) / 2 * settings.words * beyond).astype(np.float32)
    return gains


def bead_gains(src: Spans, tgt: Spans, words: Gains, settings: ParallelSettings) -> Gains:
    """Return the gain of every bead: its cosine beyond `skip` by size, less penalties.

    `words` is what `word_gains` says of the same sentences.
    """
    gains: Gains = {}
    for a, b in SHAPES:
        if a in src.vectors and b in tgt.vectors:
            cosines = src.vectors[a] @ tgt.vectors[b].T  # [n_src - a + 1, n_tgt - b + 1]
            deviation = length_deviation(src.lengths[a][:, None], tgt.lengths[b][None], settings)
            penalty = length_penalty(deviation, settings)
            size = (a + b) / 2
            extra = settings.merge * (a + b - 2) + settings.both * (min(a, b) - 1)
            gain = size * (cosines - settings.skip - penalty) - extra
            gains[a, b] = gain.astype(np.float32) + words[a, b]
    return gains


def length_deviation(
    src: ArrayLike, tgt: ArrayLike, settings: ParallelSettings
) -> NDArray[np.float32]:
    """Return by how many standard deviations the lengths are off (Gale & Church 1993)."""
    ratio = np.log(np.asarray(src) / (np.asarray(tgt) * settings.length_ratio))
    return np.asarray(ratio / settings.length_spread, dtype=np.float32)


def length_penalty(deviation: ArrayLike, settings: ParallelSettings) -> NDArray[np.float32]:
    """Return what a bead loses for lengths that are so many standard deviations off."""
    squared = np.minimum(np.square(deviation), settings.length_cap)
    return np.asarray(settings.length_weight * squared, dtype=np.float32)
