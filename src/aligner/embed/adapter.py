"""Adapters of the embedded model: low-rank additions to its layers for reading reports.

There are two, trained on reports of events with labelled facts (LoRA, Hu et al. 2022;
`benchmarks/train_adapters.py`). With the first, sentences that report the same fact are near to
each other, and every token has a weight. With the second, the model reads two sentences at once and
says whether they share a fact. Other models have no adapters.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import Literal, get_args
from zlib import crc32

import numpy as np

from aligner.package_data import data_file, read_arrays
from aligner.vectors import Matrix

Reader = Literal["facts", "pairs"]
READERS: tuple[Reader, ...] = get_args(Reader)
SPREAD = 4.0  # greatest absolute value of the logarithm of a token's weight


def adapter_of(model: str, reader: Reader) -> Traversable | None:
    """Return the file with an adapter of a model, None if there is none."""
    table = data_file("embed", f"{reader}-{model}.npz")
    return table if table.is_file() else None


@cache
def adapter_version(model: str) -> str | None:
    """Return eight digits that identify the adapters of a model, None if it has none."""
    tables = [adapter_of(model, reader) for reader in READERS]
    found = b"".join(table.read_bytes() for table in tables if table)
    return f"{crc32(found):08x}" if all(tables) else None


@dataclass(frozen=True, slots=True)
class Adapter:
    """Additions [outputs, inputs] to weights, by the name of the weight ("l4.q").

    `head` [dim] and `bias` turn a row of the last layer into a number.
    """

    added: dict[str, Matrix]
    head: Matrix
    bias: float

    @classmethod
    def read(cls, table: Traversable) -> Adapter:
        """Read what `benchmarks/train_adapters.py` wrote."""
        numbers = read_arrays(table)
        names = [name.removesuffix(".down") for name in numbers if name.endswith(".down")]
        added = {name: numbers[f"{name}.up"] @ numbers[f"{name}.down"] for name in names}
        return cls(added, numbers["head"], float(numbers["bias"]))

    def scores(self, rows: Matrix) -> Matrix:
        """Return a number for each row [n, dim] of the last layer."""
        return np.asarray(rows @ self.head + self.bias, dtype=np.float32)

    def weights(self, rows: Matrix) -> Matrix:
        """Return the weight of each token [n], given its row in the last layer [n, dim]."""
        return np.exp(np.clip(self.scores(rows), -SPREAD, SPREAD))
