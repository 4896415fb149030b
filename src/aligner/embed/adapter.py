"""The model as it reads reports: what low-rank additions to its layers make of it.

There are two readers, trained on reports of events with labelled facts (LoRA, Hu et al. 2022;
`benchmarks/train_adapters.py`). One reads a sentence by itself: those of two newsrooms that report
one fact come near, and every token has a weight. The other reads two sentences at once and says
whether they have a fact in common. The embedded model has both; other models have none.
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
SPREAD = 4.0  # greatest log of a token's weight, either way


def adapter_of(model: str, reader: Reader) -> Traversable | None:
    """Return the table with the additions for a model, None where there is none."""
    table = data_file("embed", f"{reader}-{model}.npz")
    return table if table.is_file() else None


@cache
def adapter_version(model: str) -> str | None:
    """Return eight digits that tell the additions for a model apart, None where there are none."""
    tables = [adapter_of(model, reader) for reader in READERS]
    found = b"".join(table.read_bytes() for table in tables if table)
    return f"{crc32(found):08x}" if all(tables) else None


@dataclass(frozen=True, slots=True)
class Adapter:
    """Additions [outputs, inputs] to weights by their name ("l4.q").

    `head` [dim] and `bias` make a number of a row of the last layer.
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
        """Return how much each token matters [n], given its row in the last layer [n, dim]."""
        return np.exp(np.clip(self.scores(rows), -SPREAD, SPREAD))
