"""How sure the path is of each bead: the share of all paths, weighted by their gain, that hold it.

The forward-backward sums of a Gibbs distribution over monotone alignments, exp(gain / T), the same
recurrence as `dp.best_path` with sums in place of maxima.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from aligner.alignment.dp import Lattice, Shape, Table
from aligner.vectors import Matrix


def bead_posteriors(
    gains: Mapping[Shape, Matrix], n_src: int, n_tgt: int, temperature: float
) -> dict[Shape, Table]:
    """Return for each shape a table like its gains: the probability (0 to 1) of each bead."""
    scaled = {
        shape: np.asarray(table, dtype=np.float64) / temperature
        for shape, table in gains.items()
        if table.size
    }
    ahead = _sums(scaled, n_src, n_tgt)
    flipped = {shape: table[::-1, ::-1] for shape, table in scaled.items()}
    behind = _sums(flipped, n_src, n_tgt)[::-1, ::-1]
    total = ahead[n_src, n_tgt]
    return {
        (a, b): np.exp(
            np.minimum(
                0.0, ahead[: n_src + 1 - a, : n_tgt + 1 - b] + table + behind[a:, b:] - total
            )
        )
        for (a, b), table in scaled.items()
    }


def _sums(scaled: Mapping[Shape, Table], n_src: int, n_tgt: int) -> Table:
    """Return log sums over all paths from the start to each cell, [n_src + 1, n_tgt + 1]."""

    def row_of(_: int, reached: Table) -> Table:
        most = reached.max(axis=0)
        reached -= most
        row = most + np.log(np.exp(reached, out=reached).sum(axis=0))
        # Skipped target sentences: every sum goes on along its row.
        return np.asarray(np.logaddexp.accumulate(row))

    return Lattice(scaled, n_src, n_tgt).sums(row_of)
