"""Links the words of two texts that render each other, by their vectors in context.

Every token spreads a weight of one over the tokens of the other text by a softmax of cosines (Dou &
Neubig 2021, awesome-align). A phrase covers another one to the extent that the weight of the
other's tokens falls inside it. Tổng thống Nga covers President, but not the reverse.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aligner.vectors import Matrix

#: How much sharper the softmax of the agreement is, since a rendering is in one place.
SHARPER = 2.0
NULL = 0.4  # cosine of the null word with every word
LEAST = 1e-9  # keeps divisors above zero


@dataclass(frozen=True, slots=True)
class Links:
    """How far the phrases of two texts cover each other, as matrices [vi, en] of shares.

    `forward` is the share of the Vietnamese phrase that the English one covers, and `back` the
    reverse. `agreement` is 1 if all words of either lead to the other phrase and no others do.
    """

    forward: Matrix
    back: Matrix
    agreement: Matrix

    @property
    def both(self) -> Matrix:
        """The geometric mean of the two shares."""
        return np.asarray(np.sqrt(self.forward * self.back), dtype=np.float32)


def link_phrases(nearness: Matrix, vi_held: Matrix, en_held: Matrix, temperature: float) -> Links:
    """Link phrases by their tokens.

    `nearness` [vi tokens, en tokens] holds the cosines of the tokens, including the bonus for
    listed words. `vi_held` and `en_held` [phrases, tokens] are 1 for the tokens of each phrase.
    """
    odds = nearness / temperature
    ahead, behind = _softmax(odds, axis=1), _softmax(odds, axis=0)
    vi_sizes = np.maximum(vi_held.sum(axis=1, keepdims=True), 1)  # [vi phrases, 1]
    en_sizes = np.maximum(en_held.sum(axis=1), 1)  # [en phrases]
    return Links(
        forward=np.asarray(vi_held @ ahead @ en_held.T / vi_sizes, dtype=np.float32),
        back=np.asarray(vi_held @ behind @ en_held.T / en_sizes, dtype=np.float32),
        agreement=_agreement(nearness, vi_held, en_held, temperature),
    )


def _agreement(nearness: Matrix, vi_held: Matrix, en_held: Matrix, temperature: float) -> Matrix:
    """Return how exactly phrases lead to each other: the coefficient of Dice (1945), both ways.

    A token may also lead nowhere, to the null word of Brown et al. (1993).
    """
    near = np.exp(SHARPER / temperature * (nearness - NULL))
    led_vi = (near / (1 + near.sum(axis=1, keepdims=True))) @ en_held.T  # [vi tokens, en phrases]
    led_en = vi_held @ (near / (1 + near.sum(axis=0)))  # [vi phrases, en tokens]
    vi_all = vi_held.sum(axis=1, keepdims=True) + led_vi.sum(axis=0)  # [vi, en]
    en_all = led_en.sum(axis=1, keepdims=True) + en_held.sum(axis=1)
    ours, theirs = 2 * (vi_held @ led_vi), 2 * (led_en @ en_held.T)
    both = np.maximum(vi_all * en_all, LEAST)  # phrases may have no tokens
    return np.asarray(np.sqrt(ours * theirs / both), dtype=np.float32)


def csls(cosines: Matrix, k: int) -> Matrix:
    """Return twice the cosines minus the mean of the k best of each side (Conneau et al. 2018)."""
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
