"""The space in which sentences are searched, where the vectors of both languages meet.

The embedded model has a learned map, trained on translated news (`benchmarks/train_space.py`, Asian
Language Treebank, Riza et al. 2016, CC BY 4.0). For other models, the mean of each language is
subtracted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from aligner.alignment.background import Background
from aligner.embed.background import background_vectors
from aligner.model import Lang, other_language
from aligner.package_data import data_file, read_arrays
from aligner.settings import NEIGHBOURS
from aligner.vectors import Embedder, Head, Matrix, mean_to_nearest, unit_rows


@dataclass(frozen=True, slots=True)
class Space:
    """A view of a model's vectors; those of views with different names cannot be compared.

    `background` has the rows [n, size] of ordinary news sentences in each language. `usual` is the
    median of their mean cosines to their nearest ones in the other language.
    """

    name: str
    view: Callable[[Matrix, Lang], Matrix]
    background: Mapping[Lang, Matrix]
    usual: Mapping[Lang, float]

    def rows(self, vectors: Matrix, lang: Lang) -> Matrix:
        """Return unit rows [n, size] of raw sentence vectors [n, dim] of a language."""
        return unit_rows(self.view(vectors, lang))


def load_space(embedder: Embedder) -> Space:
    """Return the space in which the sentences of a model are searched."""
    vectors = background_vectors(embedder)
    view: Callable[[Matrix, Lang], Matrix]
    table = data_file("embed", f"space-{embedder.name}.npz")
    if table.is_file():
        numbers = read_arrays(table)
        name = f"{embedder.name}|{crc32(table.read_bytes()):08x}"
        view = Head(numbers["weights"], {"vi": numbers["vi"], "en": numbers["en"]}).rows
    else:
        name = f"{embedder.name}|centred"
        view = Background.of(vectors["vi"], vectors["en"]).centre
    background = {lang: unit_rows(view(rows, lang)) for lang, rows in vectors.items()}
    usual = {
        lang: float(np.median(mean_to_nearest(rows, background[other_language(lang)], NEIGHBOURS)))
        for lang, rows in background.items()
    }
    return Space(name, view, background, usual)
