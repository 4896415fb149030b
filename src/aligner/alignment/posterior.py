"""Computes the posterior of each bead: the share of all paths with it, weighted by their gains.

These are the forward-backward sums of a Gibbs distribution over monotone alignments, exp(gain / T).
The recurrence is that of `dp.best_path` with sums instead of maxima.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligner.alignment.dp import Lattice, Problem, Shape, Table


def bead_posteriors(problems: Sequence[Problem], temperature: float) -> list[dict[Shape, Table]]:
    """Return for each problem tables like its gains: the probability (0 to 1) of each bead."""
    scaled = [_scaled(one, temperature) for one in problems]
    sums = _sums([*scaled, *map(_flipped, scaled)])
    found = []
    for p, (gains, n_src, n_tgt) in enumerate(scaled):
        ahead = sums[: n_src + 1, p, : n_tgt + 1]
        behind = sums[: n_src + 1, len(scaled) + p, : n_tgt + 1][::-1, ::-1]
        odds = {
            (a, b): ahead[: n_src + 1 - a, : n_tgt + 1 - b] + table + behind[a:, b:]
            for (a, b), table in gains.items()
        }
        total = ahead[n_src, n_tgt]
        found.append({s: np.exp(np.minimum(0.0, table - total)) for s, table in odds.items()})
    return found


def _scaled(one: Problem, temperature: float) -> Problem:
    gains = {
        shape: np.asarray(table, dtype=np.float64) / temperature
        for shape, table in one.gains.items()
        if table.size
    }
    return one._replace(gains=gains)


def _flipped(one: Problem) -> Problem:
    return one._replace(gains={shape: table[::-1, ::-1] for shape, table in one.gains.items()})


def _sums(scaled: Sequence[Problem]) -> Table:
    """Return log sums over all paths to each cell, [n_src + 1, problems, n_tgt + 1]."""

    def row_of(_: int, reached: Table) -> Table:
        most = reached.max(axis=1)
        reached -= most[:, None]
        row = most + np.log(np.exp(reached, out=reached).sum(axis=1))
        # Target sentences may be skipped, so every sum is carried along its row.
        return np.asarray(np.logaddexp.accumulate(row, axis=1))

    return Lattice(scaled).sums(row_of)
