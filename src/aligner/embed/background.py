"""The background sentences of the package, as vectors of whatever model is in use.

`data/background_vi.txt` and `background_en.txt` were written for this project (CC0). The vectors of
the embedded model ship ready made (`data/background-e5-small.npz`, by `benchmarks/background.py`).
"""

from __future__ import annotations

from importlib.resources import files

import numpy as np

from aligner.alignment.background import Background
from aligner.model import LANGS, Lang
from aligner.vectors import Embedder, Matrix

DATA = files("aligner.embed").joinpath("data")


def background_texts(lang: Lang) -> list[str]:
    """Return the background sentences of a language."""
    text = DATA.joinpath(f"background_{lang}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line]


def load_background(embedder: Embedder) -> Background:
    """Return the background under a model: from the shipped table, else embedded now."""
    vectors = background_vectors(embedder)
    return Background.of(vectors["vi"], vectors["en"])


def background_vectors(embedder: Embedder) -> dict[Lang, Matrix]:
    """Return the model's own vectors [n, dim] of the background sentences, by language."""
    table = DATA.joinpath(f"background-{embedder.name}.npz")
    if table.is_file():
        with table.open("rb") as file, np.load(file) as arrays:
            return {lang: arrays[lang].astype(np.float32) for lang in LANGS}
    return {lang: embedder.encode(background_texts(lang)) for lang in LANGS}
