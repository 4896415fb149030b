"""Cuts a long pair of texts at sentence pairs that are beyond doubt, so that cost stays linear.

Anchors are mutual nearest neighbours with a clear lead, kept where they form the longest rising
chain (patience sorting). What lies between two anchors is aligned by itself. A block that stays
too large holds not one such pair in hundreds of sentences: it is no translation, and is left
without counterparts.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.side import Side
from aligner.vectors import Matrix

CHUNK = 1024  # rows of the similarity table held at a time
MIN_COSINE = 0.55  # centred; a true 1-1 pair of news averages .65, an unrelated one .0
MIN_LEAD = 0.2  # over the second best on either side
HARD_LIMIT = 1_000_000  # cells of the largest block that is aligned at all


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of the table: half-open ranges of sentences on both sides."""

    src: tuple[int, int]
    tgt: tuple[int, int]

    @property
    def n_src(self) -> int:
        """Sentences on the source side."""
        return self.src[1] - self.src[0]

    @property
    def n_tgt(self) -> int:
        """Sentences on the target side."""
        return self.tgt[1] - self.tgt[0]

    @property
    def cells(self) -> int:
        """Size of the table."""
        return self.n_src * self.n_tgt


def blocks_between_anchors(src: Side, tgt: Side, max_cells: int) -> list[Block]:
    """Return blocks in order that cover both texts; one block where the whole is small enough."""
    whole = Block((0, len(src)), (0, len(tgt)))
    if whole.cells <= max_cells:
        return [whole]
    chain = rising_chain(find_anchors(src.vectors, tgt.vectors))
    known = set(chain)
    # A cut between two anchors that follow each other on both sides cannot go through a bead.
    cuts = [(i, j) for i, j in chain if (i - 1, j - 1) in known]
    blocks: list[Block] = []
    start = (0, 0)
    for i, j in [*cuts, (len(src), len(tgt))]:
        current = Block((start[0], i), (start[1], j))
        if i < len(src) and current.cells < max_cells // 4:
            continue  # anchors come every few sentences; a cut is needed only now and then
        blocks += _within_limit(current)
        start = (i, j)
    return blocks


def _within_limit(block: Block) -> list[Block]:
    if block.cells <= HARD_LIMIT:
        return [block]
    (i, i_end), (j, j_end) = block.src, block.tgt
    return [Block((i, i_end), (j, j)), Block((i_end, i_end), (j, j_end))]


def find_anchors(src: Matrix, tgt: Matrix) -> list[tuple[int, int]]:
    """Return mutual nearest pairs above MIN_COSINE that lead by MIN_LEAD, by source index."""
    row_best, row_lead, row_top = _nearest(src, tgt)
    column_best, column_lead, _ = _nearest(tgt, src)
    return [
        (i, int(j))
        for i, j in enumerate(row_best)
        if column_best[j] == i
        and row_top[i] >= MIN_COSINE
        and row_lead[i] >= MIN_LEAD
        and column_lead[j] >= MIN_LEAD
    ]


def _nearest(
    rows: Matrix, others: Matrix
) -> tuple[NDArray[np.intp], NDArray[np.float32], NDArray[np.float32]]:
    best = np.zeros(len(rows), dtype=np.intp)
    lead = np.zeros(len(rows), dtype=np.float32)
    top = np.zeros(len(rows), dtype=np.float32)
    for start in range(0, len(rows), CHUNK):
        cosines = rows[start : start + CHUNK] @ others.T  # [chunk, n]
        stop = start + len(cosines)
        best[start:stop] = cosines.argmax(axis=1)
        top[start:stop] = cosines.max(axis=1)
        if cosines.shape[1] > 1:
            lead[start:stop] = top[start:stop] - np.partition(cosines, -2, axis=1)[:, -2]
        else:
            lead[start:stop] = top[start:stop]
    return best, lead, top


def rising_chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest subsequence of pairs (sorted by i) in which j rises too; O(n log n)."""
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
