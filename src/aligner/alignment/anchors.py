"""Cuts two long texts into blocks at sentence pairs that are beyond doubt.

Anchors are mutual nearest neighbours with a clear lead that are on the longest rising chain
(patience sorting). What is between two anchors is aligned by itself. A block that is still too
large has no such pair in hundreds of sentences, so it is no translation and is not aligned.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.side import Side
from aligner.vectors import CHUNK, Matrix

SAMPLE = 1024  # sentences of a long text that are compared with the whole other text
MIN_COSINE = 0.55  # centred; a true 1-1 pair of news averages .65, an unrelated one .0
MIN_LEAD = 0.2  # lead over the second best, on either side
HARD_LIMIT = 1_000_000  # cells of the largest block that is aligned at all


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring sentences of both texts, which are aligned with each other."""

    src: range
    tgt: range

    @property
    def cells(self) -> int:
        """The number of sentence pairs."""
        return len(self.src) * len(self.tgt)


def blocks_between_anchors(src: Side, tgt: Side, max_cells: int) -> list[Block]:
    """Return blocks that cover both texts, in order; a single one if the whole is small enough."""
    whole = Block(range(len(src)), range(len(tgt)))
    if whole.cells <= max_cells:
        return [whole]
    chain = anchor_chain(src.vectors, tgt.vectors)
    known = set(chain)
    # A cut between two anchors that are neighbours on both sides cannot go through a bead.
    cuts = [(i, j) for i, j in chain if (i - 1, j - 1) in known]
    blocks: list[Block] = []
    i_start, j_start = 0, 0
    for i, j in [*cuts, (len(src), len(tgt))]:
        current = Block(range(i_start, i), range(j_start, j))
        if i < len(src) and current.cells < max_cells // 4:
            continue  # there are more anchors than cuts are needed
        blocks += _within_limit(current)
        i_start, j_start = i, j
    return blocks


def _within_limit(block: Block) -> list[Block]:
    if block.cells <= HARD_LIMIT:
        return [block]
    src, tgt = block.src, block.tgt
    return [Block(src, tgt[:0]), Block(src[len(src) :], tgt)]


def anchor_chain(src: Matrix, tgt: Matrix) -> list[tuple[int, int]]:
    """Return anchors in rising order, in time that grows linearly with the texts.

    Of a long text, some evenly spread sentences are compared with the whole other text. All others
    are then compared only with the sentences between the anchors that this found.
    """
    n = len(src)
    if n <= SAMPLE:
        return rising_chain(find_anchors(src, tgt))
    step = -(-n // SAMPLE)
    spread = np.arange(step // 2, n, step)
    chain: list[tuple[int, int]] = []
    coarse = rising_chain(find_anchors(src, tgt, rows=spread))
    for (i, j), (i_end, j_end) in pairwise([(0, 0), *coarse, (n, len(tgt))]):
        ours, theirs = src[i:i_end], tgt[j:j_end]
        if 2 * len(ours) > n:  # no translation, except perhaps at its ends
            places = np.arange(len(ours))
            ends = np.union1d(places[: SAMPLE // 2], places[-SAMPLE // 2 :])
            within = rising_chain(find_anchors(ours, theirs, rows=ends))
        else:
            within = anchor_chain(ours, theirs)
        chain += [(i + k, j + m) for k, m in within]
    return chain


def find_anchors(
    src: Matrix,
    tgt: Matrix,
    min_cosine: float = MIN_COSINE,
    min_lead: float = MIN_LEAD,
    rows: NDArray[np.intp] | None = None,
) -> list[tuple[int, int]]:
    """Return the mutual nearest pairs that are near enough and have enough lead, by source index.

    With `rows`, only the pairs of these source sentences, which are still compared with all others.
    """
    if rows is None:
        rows = np.arange(len(src))
    if not len(rows) or not len(tgt):
        return []
    ours = Nearest.of(src[rows], tgt)
    clear = (ours.top >= min_cosine) & (ours.lead >= min_lead)
    rows, places = rows[clear], ours.place[clear]
    if not len(rows):
        return []
    theirs = Nearest.of(tgt[places], src)
    mutual = (theirs.place == rows) & (theirs.lead >= min_lead)
    return list(zip(rows[mutual].tolist(), places[mutual].tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Nearest:
    """For each row of a matrix of cosines: the place of the greatest, its value, and its lead.

    The lead is that over the second greatest, or over 0 if there is none.
    """

    place: NDArray[np.intp]
    top: Matrix
    lead: Matrix

    @classmethod
    def of(cls, rows: Matrix, others: Matrix) -> Nearest:
        """Compare every row with all others, one tile of the matrix at a time."""
        place = np.zeros(len(rows), dtype=np.intp)
        top = np.full(len(rows), -np.inf, dtype=np.float32)
        second = top.copy()
        for start, first in product(range(0, len(rows), CHUNK), range(0, len(others), CHUNK)):
            here = slice(start, start + CHUNK)
            cosines = rows[here] @ others[first : first + CHUNK].T
            each, best = np.arange(len(cosines)), cosines.argmax(axis=1)
            greatest = cosines[each, best]
            cosines[each, best] = -np.inf
            least = np.maximum(cosines.max(axis=1), np.minimum(greatest, top[here]))
            second[here] = np.maximum(second[here], least)
            place[here] = np.where(greatest > top[here], best + first, place[here])
            top[here] = np.maximum(top[here], greatest)
        return cls(place, top, top - np.where(np.isfinite(second), second, 0))


def rising_chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest subsequence of pairs, sorted by i, in which j rises too; O(n log n)."""
    tails: list[int] = []  # tails[k]: the smallest last j of a chain of k + 1 pairs
    ends: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(pairs):
        k = bisect_left(tails, j)
        before.append(ends[k - 1] if k else -1)
        if k == len(tails):
            tails.append(j)
            ends.append(index)
        else:
            tails[k], ends[k] = j, index
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
