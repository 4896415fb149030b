"""Learned weights that turn what is seen of a bead into the share of such beads that were right.

Logistic regression (Platt 1999), fitted by `benchmarks/calibrate.py`, which also writes the table
`data/calibration.json` with its sources and their licences.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import ArrayLike, NDArray


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
    """Return the shipped weights of a task.

    Tasks are "bead", "null", "relation", "glance", "link", "alone" and "article", and with what was
    read for facts "link read" and "alone read".
    """
    text = files("aligner.alignment").joinpath("data/calibration.json").read_text(encoding="utf-8")
    entry = json.loads(text)[task]
    return Logistic(entry["weights"], entry["bias"])


def sigmoid(odds: ArrayLike) -> NDArray[np.float64]:
    """Return the probabilities of log odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(np.asarray(odds, dtype=np.float64), -50, 50))))


def logit(probability: ArrayLike) -> NDArray[np.float64]:
    """Return log odds, kept within ±12."""
    p = np.clip(np.asarray(probability, dtype=np.float64), 1e-12, 1 - 1e-12)
    return np.asarray(np.clip(np.log(p / (1 - p)), -12, 12))
