"""The model as it reads reports: sentences of two newsrooms that report one fact come near.

Low-rank additions (LoRA, Hu et al. 2022) to the upper layers, and a weight for every token, trained
by contrast on reports of events with labelled facts (`benchmarks/train_adapter.py`). The embedded
model has them; other models have none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from zlib import crc32

import numpy as np

from aligner.vectors import Matrix

#: The linear maps of a layer that have an addition, as BERT and as the model's file name them.
PLACES = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "intermediate.dense": "fi",
    "output.dense": "fo",
}
SPREAD = 4.0  # greatest log of a token's weight, either way


def adapter_of(model: str) -> Traversable | None:
    """Return the table with the additions for a model, None where there is none."""
    table = files("aligner.embed").joinpath("data", f"adapter-{model}.npz")
    return table if table.is_file() else None


@cache
def adapter_version(model: str) -> str | None:
    """Return eight digits that tell the additions for a model apart, None where there are none."""
    table = adapter_of(model)
    return f"{crc32(table.read_bytes()):08x}" if table else None


@dataclass(frozen=True, slots=True)
class Adapter:
    """Additions [outputs, inputs] to weights by their name ("l4.q"), and what weighs tokens."""

    added: dict[str, Matrix]
    salience: Matrix
    bias: float

    @classmethod
    def read(cls, table: Traversable) -> Adapter:
        """Read what `benchmarks/train_adapter.py` wrote."""
        with table.open("rb") as file, np.load(file) as arrays:
            numbers = {name: arrays[name].astype(np.float32) for name in arrays.files}
        added = {}
        for name in (name.removesuffix(".down") for name in numbers if name.endswith(".down")):
            layer, place = name.split(".", 1)
            added[f"l{layer}.{PLACES[place]}"] = numbers[f"{name}.up"] @ numbers[f"{name}.down"]
        return cls(added, numbers["salience"], float(numbers["bias"]))

    def weights(self, rows: Matrix) -> Matrix:
        """Return how much each token matters [n], given its vector in the last layer [n, dim]."""
        logs = np.clip(rows @ self.salience + self.bias, -SPREAD, SPREAD)
        return np.asarray(np.exp(logs), dtype=np.float32)
