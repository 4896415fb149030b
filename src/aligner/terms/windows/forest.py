"""Boosted trees (Friedman 2001) as a table of numbers, which numpy evaluates.

`data/forest.json` is written by `benchmarks/calibrate_terms.py`, which fits the trees with
scikit-learn on reports of events whose term pairs are labelled.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from aligner.package_data import read_json
from aligner.vectors import sigmoid


@dataclass(frozen=True, slots=True)
class Forest:
    """All nodes of all trees in one table; a leaf is its own child.

    `roots` [trees] are the first nodes. A node compares the column `feature` of a row with
    `threshold` and goes on to `left` or `right`; `value` is what a leaf adds to the log odds. These
    five arrays are [nodes].
    """

    base: float
    roots: NDArray[np.intp]
    feature: NDArray[np.intp]
    threshold: NDArray[np.float64]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    value: NDArray[np.float64]

    def chances(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the probability [n] for each row [n, features]."""
        here = np.broadcast_to(self.roots, (len(rows), len(self.roots)))  # [n, trees]
        number = np.arange(len(rows))[:, None]
        while True:
            goes_left = rows[number, self.feature[here]] <= self.threshold[here]
            there = np.where(goes_left, self.left[here], self.right[here])
            if np.array_equal(there, here):
                break
            here = there
        return sigmoid(self.base + self.value[here].sum(axis=1))


@cache
def load_forest() -> Forest:
    """Return the trees for term pairs; their columns are `signs.SIGNS`."""
    table = read_json("terms", "forest.json")
    return make_forest(table["base"], table["trees"])


def make_forest(base: float, trees: list[list[list[float]]]) -> Forest:
    """Join trees, in which a node is [feature, threshold, left, right, value].

    Children are numbered within their tree; a leaf has left -1.
    """
    starts = np.cumsum([0, *map(len, trees)])
    nodes = np.array([node for tree in trees for node in tree], dtype=np.float64).reshape(-1, 5)
    offset = np.repeat(starts[:-1], [len(tree) for tree in trees])
    own = np.arange(len(nodes))
    leaf = nodes[:, 2] < 0
    return Forest(
        base,
        starts[:-1].astype(np.intp),
        nodes[:, 0].astype(np.intp),
        nodes[:, 1],
        np.where(leaf, own, nodes[:, 2] + offset).astype(np.intp),
        np.where(leaf, own, nodes[:, 3] + offset).astype(np.intp),
        nodes[:, 4],
    )
