"""Word links: which words of two texts mean each other, from their vectors in context.

Every token spreads a weight of one over the tokens of the other text, by a softmax over cosines
(Dou & Neubig 2021, awesome-align); a phrase is covered by another as far as its tokens' weight
falls inside it. Both directions count: Tổng thống Nga covers President, but not the reverse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aligner.vectors import Matrix


@dataclass(frozen=True, slots=True)
class Links:
    """How far phrases of two texts cover each other: two matrices [vi, en] of shares.

    `forward` is the share of the Vietnamese phrase that the English one covers, `back` the reverse.
    """

    forward: Matrix
    back: Matrix

    @property
    def both(self) -> Matrix:
        """The geometric mean of the two shares."""
        return np.asarray(np.sqrt(self.forward * self.back), dtype=np.float32)


def link_phrases(nearness: Matrix, vi_held: Matrix, en_held: Matrix) -> Links:
    """Link phrases by the tokens that they hold.

    `nearness` [vi tokens, en tokens] is that of the tokens, as logarithms of odds; `vi_held` and
    `en_held` tell with 0 and 1 which tokens each phrase holds [phrases, tokens].
    """
    ahead, behind = _softmax(nearness, axis=1), _softmax(nearness, axis=0)
    vi_sizes = np.maximum(vi_held.sum(axis=1, keepdims=True), 1)  # [vi phrases, 1]
    en_sizes = np.maximum(en_held.sum(axis=1), 1)  # [en phrases]
    return Links(
        forward=np.asarray(vi_held @ ahead @ en_held.T / vi_sizes, dtype=np.float32),
        back=np.asarray(vi_held @ behind @ en_held.T / en_sizes, dtype=np.float32),
    )


def csls(cosines: Matrix, k: int) -> Matrix:
    """Return twice the cosines less the mean of each side's k best (Conneau et al. 2018)."""
    vi_k, en_k = min(k, cosines.shape[1]), min(k, cosines.shape[0])
    by_vi = np.partition(cosines, -vi_k, axis=1)[:, -vi_k:].mean(axis=1)  # [vi]
    by_en = np.partition(cosines, -en_k, axis=0)[-en_k:].mean(axis=0)  # [en]
    return np.asarray(2 * cosines - by_vi[:, None] - by_en[None, :])


def best_partners(scores: Matrix, k: int) -> set[tuple[int, int]]:
    """Return the cells that are among the k best of their row or of their column."""
    best = np.zeros(scores.shape, dtype=bool)
    rows = np.argpartition(-scores, min(k, scores.shape[1]) - 1, axis=1)[:, :k]
    columns = np.argpartition(-scores, min(k, scores.shape[0]) - 1, axis=0)[:k]
    np.put_along_axis(best, rows, True, axis=1)
    np.put_along_axis(best, columns, True, axis=0)
    return {(int(i), int(j)) for i, j in np.argwhere(best)}


def _softmax(scores: Matrix, axis: int) -> Matrix:
    weights = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return np.asarray(weights / weights.sum(axis=axis, keepdims=True), dtype=np.float32)
