"""Order-preserving alignment: the best path of beads through two texts.

The recurrence is Gale & Church (1993) with gains in place of costs: every bead earns a gain, a
sentence without a counterpart earns nothing, and the path with the largest sum wins. Time is
O(n m s) for s shapes, done a row at a time; memory is one byte a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from aligner.vectors import Matrix

Shape = tuple[int, int]
Path = list[tuple[range, range]]

# Beads worth trying: up to four sentences against one, and the small many-to-many ones.
SHAPES: tuple[Shape, ...] = (
    (1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (2, 3), (3, 2), (1, 4), (4, 1),
)  # fmt: skip
SKIP_SRC, SKIP_TGT = -1, -2


def best_path(gains: Mapping[Shape, Matrix], n_src: int, n_tgt: int) -> Path:
    """Return the beads of the best monotone path, null beads ("1-0", "0-1") among them.

    `gains[a, b][i, j]` is the gain of the bead of source sentences i..i+a-1 and target sentences
    j..j+b-1, a matrix of shape [n_src - a + 1, n_tgt - b + 1]; -inf forbids a bead.
    """
    shapes = [shape for shape in gains if gains[shape].size]
    choice = np.full((n_src + 1, n_tgt + 1), SKIP_TGT, dtype=np.int8)  # [n_src + 1, n_tgt + 1]
    totals: list[NDArray[np.float64]] = [np.zeros(n_tgt + 1)]  # row i: best sum up to (i, j)
    depth = max((a for a, _ in shapes), default=1)
    for i in range(1, n_src + 1):
        row = totals[-1].copy()
        picked = np.full(n_tgt + 1, SKIP_SRC, dtype=np.int8)
        for k, (a, b) in enumerate(shapes):
            if a > i:
                continue
            reached = totals[-a][: n_tgt + 1 - b] + gains[a, b][i - a]  # [n_tgt + 1 - b]
            better = reached > row[b:]
            row[b:][better] = reached[better]
            picked[b:][better] = k
        # A skipped target sentence earns nothing: carry the best sum so far along the row.
        carried = np.maximum.accumulate(row)
        picked[carried > row] = SKIP_TGT
        choice[i] = picked
        totals = [*totals[-(depth - 1) :], carried] if depth > 1 else [carried]
    return list(_trace(choice, shapes))[::-1]


def _trace(choice: NDArray[np.int8], shapes: list[Shape]) -> Iterator[tuple[range, range]]:
    i, j = choice.shape[0] - 1, choice.shape[1] - 1
    while i or j:
        pick = int(choice[i, j]) if i else SKIP_TGT
        if pick == SKIP_TGT:
            a, b = 0, 1
        elif pick == SKIP_SRC:
            a, b = 1, 0
        else:
            a, b = shapes[pick]
        yield range(i - a, i), range(j - b, j)
        i, j = i - a, j - b
