"""The background sentences of the package, as vectors of the model in use.

`data/background_vi.txt`, `background_en.txt` and `translations.tsv` were written for this project
(CC0). The vectors of the embedded model are in `data/background-e5-small.npz`, which
`benchmarks/background.py` wrote.
"""

from __future__ import annotations

from importlib.resources.abc import Traversable

from aligner.alignment.background import Background
from aligner.model import LANGS, Lang
from aligner.package_data import data_file, read_arrays, read_text
from aligner.vectors import Embedder, Matrix

TRANSLATED = 0.516  # mean centred cosine of `translations` under the embedded model


def background_texts(lang: Lang) -> list[str]:
    """Return the background sentences of a language."""
    return [line for line in read_text("embed", f"background_{lang}.txt").splitlines() if line]


def load_background(embedder: Embedder) -> Background:
    """Return the background for a model, from the package or else embedded now.

    Other models are brought to the scale of the embedded one by means of `translations`.
    """
    vectors = background_vectors(embedder)
    background = Background.of(vectors["vi"], vectors["en"])
    if _table(embedder.name).is_file():
        return background
    vi, en = zip(*translations(), strict=True)
    return background.stretched(embedder.encode(vi), embedder.encode(en), TRANSLATED)


def translations() -> list[tuple[str, str]]:
    """Return Vietnamese sentences with their English translations, by which models are scaled."""
    lines = read_text("embed", "translations.tsv").splitlines()
    return [(vi, en) for vi, _, en in (line.partition("\t") for line in lines)]


def _table(model: str) -> Traversable:
    return data_file("embed", f"background-{model}.npz")


def background_vectors(embedder: Embedder) -> dict[Lang, Matrix]:
    """Return the model's own vectors [n, dim] of the background sentences, by language."""
    table = _table(embedder.name)
    if table.is_file():
        rows = read_arrays(table)
        return {lang: rows[lang] for lang in LANGS}
    return {lang: embedder.encode(background_texts(lang)) for lang in LANGS}
