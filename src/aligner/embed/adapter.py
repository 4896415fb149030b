"""The model as it reads reports: sentences of two newsrooms that report one fact come near.

Low-rank additions (LoRA, Hu et al. 2022) to the upper layers, and a weight for every token, trained
by contrast on reports of events with labelled facts (`benchmarks/train_adapter.py`). The embedded
model has them; other models have none.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from zlib import crc32

import numpy as np

from aligner.vectors import Matrix

#: The linear maps of a layer that have an addition, as paths below it.
PLACES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
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


class Adapted:
    """A transformer with the additions in its weights; what they do not touch is shared."""

    def __init__(self, transformer: Any, table: Traversable) -> None:
        import torch

        with table.open("rb") as file, np.load(file) as arrays:
            numbers = {name: arrays[name].astype(np.float32) for name in arrays.files}
        embeddings = transformer.embeddings
        self.transformer = deepcopy(transformer, {id(embeddings): embeddings})
        self._salience = numbers["salience"]
        self._bias = float(numbers["bias"])
        layers = self.transformer.encoder.layer
        with torch.no_grad():
            for name in (name for name in numbers if name.endswith(".down")):
                layer, place = name.removesuffix(".down").split(".", 1)
                added = numbers[f"{layer}.{place}.up"] @ numbers[name]
                layers[int(layer)].get_submodule(place).weight += torch.from_numpy(added)

    def weights(self, rows: Matrix) -> Matrix:
        """Return how much each token matters [n], given its vector in the last layer [n, dim]."""
        logs = np.clip(rows @ self._salience + self._bias, -SPREAD, SPREAD)
        return np.asarray(np.exp(logs), dtype=np.float32)
