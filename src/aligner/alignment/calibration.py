"""Learned weights that turn the features of a bead into the share of such beads that were right.

They are logistic regressions (Platt 1999), fitted by `benchmarks/calibrate.py`, which writes
`data/calibration.json` with the sources and their licences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aligner.package_data import read_json
from aligner.vectors import sigmoid


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights by feature name and a bias; a probability is the logistic of their sum."""

    weights: Mapping[str, float]
    bias: float

    def probability(self, features: Mapping[str, ArrayLike]) -> NDArray[np.float64]:
        """Return probabilities of the shape that the features share."""
        parts = [weight * np.asarray(features[name]) for name, weight in self.weights.items()]
        return sigmoid(self.bias + np.add.reduce(np.broadcast_arrays(*parts)))


@cache
def load_logistic(task: str) -> Logistic:
    """Return the weights of a task.

    The tasks are "bead", "null", "relation", "glance", "link", "alone" and "article", and for texts
    that were read for their facts "link read" and "alone read".
    """
    entry = read_json("alignment", "calibration.json")[task]
    return Logistic(entry["weights"], entry["bias"])
