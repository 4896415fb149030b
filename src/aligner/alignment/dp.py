"""Finds the best path of beads through two texts in order.

The recurrence is that of Gale & Church (1993), with gains instead of costs: every bead has a gain,
a sentence without a counterpart has none, and the path with the largest sum wins. Time is O(n m s)
for s shapes. It is computed row by row, for several pairs of texts at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

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


class Problem(NamedTuple):
    """The numbers of sentences in two texts, and the gains of their beads.

    `gains[a, b][i, j]` is the gain of the bead of source sentences i..i+a-1 and target sentences
    j..j+b-1, a matrix of shape [n_src - a + 1, n_tgt - b + 1] for some of SHAPES; -inf forbids a
    bead.
    """

    gains: Mapping[Shape, Matrix | Table]
    n_src: int
    n_tgt: int


class Lattice:
    """All beads of some problems by the cell at which they end, so that whole rows can be summed.

    `shapes` begins with SKIP_SRC. `gains` [n_src + 1, problems, shapes, n_tgt + 1] has room for the
    largest problem, and is -inf where no bead of a shape can end.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        filled = {shape for one in problems for shape in one.gains if one.gains[shape].size}
        self.shapes = [SKIP_SRC, *(shape for shape in SHAPES if shape in filled)]
        n_src = max(one.n_src for one in problems)
        n_tgt = max(one.n_tgt for one in problems)
        size = (n_src + 1, len(problems), len(self.shapes), n_tgt + 1)
        self.gains = np.full(size, -np.inf)
        self.gains[1:, :, 0] = 0.0
        for p, one in enumerate(problems):
            for k, (a, b) in enumerate(self.shapes):
                table = one.gains.get((a, b))
                if table is not None and table.size:
                    self.gains[a : one.n_src + 1, p, k, b : one.n_tgt + 1] = table
        # The sums are in a wider table, in which beads at the edge begin at -inf.
        self._above, self._left = (max(sizes) for sizes in zip(*self.shapes, strict=True))
        self._width = n_tgt + 1 + self._left
        self._row = len(problems) * self._width
        above, left = (np.array(sizes)[:, None] for sizes in zip(*self.shapes, strict=True))
        own = (self._above - above) * self._row + self._left - left + np.arange(n_tgt + 1)
        # [problems, shapes, n_tgt + 1], in the table from row i on
        self._begins = np.arange(0, self._row, self._width)[:, None, None] + own

    def sums(self, row_of: Callable[[int, Table], Table]) -> Table:
        """Return the table [n_src + 1, problems, n_tgt + 1] of sums.

        `row_of(i, reached)` makes row i of the sums [problems, shapes, n_tgt + 1] over each last
        bead.
        """
        rows = len(self.gains)
        wide = np.full((rows + self._above, self._row // self._width, self._width), -np.inf)
        wide[self._above, :, self._left :] = 0.0
        flat = wide.reshape(-1)
        for i in range(1, rows):
            reached = flat[i * self._row :].take(self._begins)
            reached += self.gains[i]
            wide[self._above + i, :, self._left :] = row_of(i, reached)
        return wide[self._above :, :, self._left :]


def best_path(gains: Mapping[Shape, Matrix], n_src: int, n_tgt: int) -> Path:
    """Return the beads of the best monotone path, null beads ("1-0", "0-1") among them."""
    return best_paths([Problem(gains, n_src, n_tgt)])[0]


def best_paths(problems: Sequence[Problem]) -> list[Path]:
    """Return the best path of every problem; solving them together takes less time."""
    lattice = Lattice(problems)
    skip_tgt = len(lattice.shapes)
    rows, _, columns = lattice.gains[:, :, 0].shape
    choice = np.full((rows, len(problems), columns), skip_tgt, dtype=np.int8)

    def row_of(i: int, reached: Table) -> Table:
        picked = reached.argmax(axis=1)
        row = reached.max(axis=1)
        # A skipped target sentence has no gain, so the best sum so far is carried along the row.
        carried = np.maximum.accumulate(row, axis=1)
        choice[i] = np.where(carried > row, skip_tgt, picked)
        return np.asarray(carried)

    lattice.sums(row_of)
    shapes = [*lattice.shapes, SKIP_TGT]
    return [
        list(_trace(choice[: one.n_src + 1, p, : one.n_tgt + 1], shapes))[::-1]
        for p, one in enumerate(problems)
    ]


def _trace(choice: NDArray[np.int8], shapes: list[Shape]) -> Iterator[tuple[range, range]]:
    i, j = choice.shape[0] - 1, choice.shape[1] - 1
    while i or j:
        a, b = shapes[choice[i, j]] if i else SKIP_TGT
        yield range(i - a, i), range(j - b, j)
        i, j = i - a, j - b
