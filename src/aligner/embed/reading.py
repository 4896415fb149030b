"""Two reports read for their facts by the model with its adapter, once: what is read is kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

import numpy as np

from aligner.alignment.overlap import overlap
from aligner.embed.adapter import adapter_version
from aligner.model import content_id
from aligner.vectors import Embedder, FactEmbedder, Matrix, Memory

MAX_CELLS = 250_000  # sentence pairs (500 x 500) that are read so: some minutes


def read_overlap(src: Sequence[str], tgt: Sequence[str], embedder: Embedder) -> Matrix | None:
    """Return the overlap of two texts [3, n_src, n_tgt], as `alignment.overlap` tells it.

    None where the model has no adapter, or the texts are longer than two reports are.
    """
    version = adapter_version(embedder.name)
    if version is None or not 0 < len(src) * len(tgt) <= MAX_CELLS:
        return None
    make = partial(_read, src, tgt, cast(FactEmbedder, embedder))
    if isinstance(embedder, Memory):
        packed = embedder.remembered(content_id(f"overlap {version}", *src, "\n", *tgt), make)
    else:
        packed = make()
    return np.frombuffer(packed, np.float32).reshape(3, len(src), len(tgt))


def _read(src: Sequence[str], tgt: Sequence[str], embedder: FactEmbedder) -> bytes:
    texts = list(dict.fromkeys([*src, *tgt]))
    rows = dict(zip(texts, embedder.encode_facts(texts), strict=True))
    return overlap([rows[text] for text in src], [rows[text] for text in tgt]).tobytes()
