"""Writes the vectors of the background sentences under the embedded model into the package.

Run it after the sentences have changed: python benchmarks/background.py
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from aligner import load_embedder
from aligner.embed.background import background_texts

TARGET = Path(__file__).parents[1] / "src/aligner/embed/data"


def main() -> None:
    """Embed both languages and store float16 rows: half the size, cosines within 1e-4."""
    embedder = load_embedder(precision="float32")
    rows = {lang: embedder.encode(background_texts(lang)) for lang in ("vi", "en")}
    path = TARGET / f"background-{embedder.name}.npz"
    np.savez(path, **{lang: vectors.astype(np.float16) for lang, vectors in rows.items()})
    print(path.name, {lang: vectors.shape for lang, vectors in rows.items()})


if __name__ == "__main__":
    main()
