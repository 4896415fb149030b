"""Cuts a long pair of texts at sentence pairs that are beyond doubt, into blocks of short paths.

Anchors are mutual nearest neighbours with a clear lead, kept where they form the longest rising
chain (patience sorting). What lies between two anchors is aligned by itself. A block that stays
too large holds not one such pair in hundreds of sentences: it is no translation, and no path is
sought through it.
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


def find_anchors(
    src: Matrix, tgt: Matrix, min_cosine: float = MIN_COSINE, min_lead: float = MIN_LEAD
) -> list[tuple[int, int]]:
    """Return the mutual nearest pairs that are near and lead enough, by source index."""
    if not len(src) or not len(tgt):
        return []
    ours, theirs = Nearest.none(len(src)), Nearest.none(len(tgt))
    for start in range(0, len(src), CHUNK):
        cosines = src[start : start + CHUNK] @ tgt.T  # [chunk, n_tgt]
        stop = start + len(cosines)
        ours.take(slice(start, stop), cosines, 0)
        theirs.take(slice(0, len(tgt)), cosines.T, start)
    places = np.arange(len(src))
    mutual = theirs.place[ours.place] == places
    leads = np.minimum(ours.lead, theirs.lead[ours.place])
    kept = mutual & (ours.top >= min_cosine) & (leads >= min_lead)
    return [(int(i), int(ours.place[i])) for i in places[kept]]


@dataclass(frozen=True, slots=True)
class Nearest:
    """For each row of a table: the place of its greatest value, that value, and the second one."""

    place: NDArray[np.intp]
    top: Matrix
    second: Matrix

    @classmethod
    def none(cls, rows: int) -> Nearest:
        """Nothing is known yet; a row with one value has 0 as its second."""
        least = np.full(rows, -np.inf, dtype=np.float32)
        return cls(np.zeros(rows, dtype=np.intp), least, least.copy())

    @property
    def lead(self) -> Matrix:
        """By how much the greatest value leads, [rows]."""
        return self.top - np.where(np.isfinite(self.second), self.second, 0)

    def take(self, rows: slice, values: Matrix, first: int) -> None:
        """Look at further values [rows, n] of some rows, those from place `first` on."""
        if not values.size:
            return
        place = values.argmax(axis=1)
        top = np.take_along_axis(values, place[:, None], axis=1)[:, 0]
        rest = values.copy()
        np.put_along_axis(rest, place[:, None], -np.inf, axis=1)
        second = np.maximum(rest.max(axis=1), np.minimum(top, self.top[rows]))
        self.second[rows] = np.maximum(self.second[rows], second)
        better = top > self.top[rows]
        self.place[rows] = np.where(better, place + first, self.place[rows])
        self.top[rows] = np.maximum(self.top[rows], top)


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
