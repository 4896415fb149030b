"""Order-preserving alignment: the best path of beads through two texts.

The recurrence is Gale & Church (1993) with gains in place of costs: every bead earns a gain, a
sentence without a counterpart earns nothing, and the path with the largest sum wins. Time is
O(n m s) for s shapes, done a row at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from aligner.vectors import Matrix

Shape = tuple[int, int]
Path = list[tuple[range, range]]
Table = NDArray[np.float64]

# Beads worth trying: up to four sentences against one, and the small many-to-many ones.
SHAPES: tuple[Shape, ...] = (
    (1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2), (1, 4), (4, 1),
)  # fmt: skip
SKIP_SRC, SKIP_TGT = (1, 0), (0, 1)


class Lattice:
    """All beads by the cell where they end, so that a row of sums takes a handful of calls.

    `shapes` begins with SKIP_SRC; `gains` [n_src + 1, shapes, n_tgt + 1] holds -inf where no bead
    of a shape can end.
    """

    def __init__(self, gains: Mapping[Shape, Matrix | Table], n_src: int, n_tgt: int) -> None:
        self.shapes = [SKIP_SRC, *(shape for shape in gains if gains[shape].size)]
        self.gains = np.full((n_src + 1, len(self.shapes), n_tgt + 1), -np.inf)
        self.gains[1:, 0] = 0.0
        for k, (a, b) in enumerate(self.shapes[1:], start=1):
            self.gains[a:, k, b:] = gains[a, b]
        # Sums lie in a wider table: what a bead at the edge would begin with is there, as -inf.
        self._above, self._left = (max(sizes) for sizes in zip(*self.shapes, strict=True))
        self._width = n_tgt + 1 + self._left
        columns = np.arange(n_tgt + 1)
        self._begins = np.stack(  # [shapes, n_tgt + 1], in the table from row i on
            [(self._above - a) * self._width + self._left - b + columns for a, b in self.shapes]
        )

    def sums(self, row_of: Callable[[int, Table], Table]) -> Table:
        """Return the table [n_src + 1, n_tgt + 1] of sums.

        `row_of(i, reached)` makes row i of the sums [shapes, n_tgt + 1] over each last bead.
        """
        n_src, _, n = self.gains.shape
        n_src -= 1
        wide = np.full((n_src + 1 + self._above, self._width), -np.inf)
        wide[self._above, self._left :] = 0.0
        flat = wide.reshape(-1)
        for i in range(1, n_src + 1):
            reached = flat[i * self._width :].take(self._begins)
            reached += self.gains[i]
            wide[self._above + i, self._left :] = row_of(i, reached)
        return wide[self._above :, self._left : self._left + n]


def best_path(gains: Mapping[Shape, Matrix], n_src: int, n_tgt: int) -> Path:
    """Return the beads of the best monotone path, null beads ("1-0", "0-1") among them.

    `gains[a, b][i, j]` is the gain of the bead of source sentences i..i+a-1 and target sentences
    j..j+b-1, a matrix of shape [n_src - a + 1, n_tgt - b + 1]; -inf forbids a bead.
    """
    lattice = Lattice(gains, n_src, n_tgt)
    skip_tgt = len(lattice.shapes)
    choice = np.full((n_src + 1, n_tgt + 1), skip_tgt, dtype=np.int8)

    def row_of(i: int, reached: Table) -> Table:
        picked = reached.argmax(axis=0)
        row = reached.max(axis=0)
        # A skipped target sentence earns nothing: carry the best sum so far along the row.
        carried = np.maximum.accumulate(row)
        choice[i] = np.where(carried > row, skip_tgt, picked)
        return np.asarray(carried)

    lattice.sums(row_of)
    return list(_trace(choice, [*lattice.shapes, SKIP_TGT]))[::-1]


def _trace(choice: NDArray[np.int8], shapes: list[Shape]) -> Iterator[tuple[range, range]]:
    i, j = choice.shape[0] - 1, choice.shape[1] - 1
    while i or j:
        a, b = shapes[choice[i, j]] if i else SKIP_TGT
        yield range(i - a, i), range(j - b, j)
        i, j = i - a, j - b
