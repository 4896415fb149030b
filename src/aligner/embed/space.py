"""The space in which sentences are searched: a model's vectors, both languages in one place.

For the embedded model a learned map ships, trained on translated news (`benchmarks/train_space.py`,
Asian Language Treebank, Riza et al. 2016, CC BY 4.0). Vectors of other models lose the mean of
their language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from zlib import crc32

import numpy as np

from aligner.alignment.background import unit_rows
from aligner.embed.background import load_background
from aligner.model import Lang
from aligner.vectors import Embedder, Head, Matrix


@dataclass(frozen=True, slots=True)
class Space:
    """A view of a model's vectors; `name` tells views apart that do not mix."""

    name: str
    view: Callable[[Matrix, Lang], Matrix]

    def rows(self, vectors: Matrix, lang: Lang) -> Matrix:
        """Return unit rows [n, size] of raw sentence vectors [n, dim] of a language."""
        return unit_rows(self.view(vectors, lang))


def load_space(embedder: Embedder) -> Space:
    """Return the view under which sentences of a model are searched."""
    table = files("aligner.embed").joinpath("data", f"space-{embedder.name}.npz")
    if not table.is_file():
        return Space(f"{embedder.name}|centred", load_background(embedder).centre)
    with table.open("rb") as file, np.load(file) as arrays:
        numbers = {name: arrays[name].astype(np.float32) for name in arrays.files}
    head = Head(numbers["weights"], {"vi": numbers["vi"], "en": numbers["en"]})
    return Space(f"{embedder.name}|{crc32(table.read_bytes()):08x}", head.rows)
