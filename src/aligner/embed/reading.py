"""Reads two reports for their facts with the adapters of the model, and keeps the result.

Every sentence is read by itself. Then the likeliest pairs are read once more, both sentences
together: late interaction finds, and a cross-encoder judges (Nogueira & Cho 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.overlap import overlap
from aligner.embed.adapter import adapter_version
from aligner.model import content_id
from aligner.vectors import Embedder, FactEmbedder, Matrix, remembered

MAX_CELLS = 250_000  # most sentence pairs (500 x 500) of two reports, which take some minutes
LIKELY = 2  # partners of each sentence that are read together with it
UNLIKELY = -8.0  # log odds of all other pairs, and the least of any pair


def read_overlap(src: Sequence[str], tgt: Sequence[str], embedder: Embedder) -> Matrix | None:
    """Return what two texts have in common, four tables [4, n_src, n_tgt].

    The first three are those of `alignment.overlap`, and the last has the log odds of a common
    fact. None if the model has no adapters, or if the texts are too long for reports.
    """
    version = adapter_version(embedder.name)
    readable = 0 < len(src) * len(tgt) <= MAX_CELLS
    if version is None or not readable or not isinstance(embedder, FactEmbedder):
        return None
    key = content_id(f"overlap {version}", *src, "\n", *tgt)
    packed = remembered(embedder, key, partial(_read, src, tgt, embedder))
    return np.frombuffer(packed, np.float32).reshape(4, len(src), len(tgt))


def _read(src: Sequence[str], tgt: Sequence[str], embedder: FactEmbedder) -> bytes:
    texts = list(dict.fromkeys([*src, *tgt]))
    rows = dict(zip(texts, embedder.encode_facts(texts), strict=True))
    shared = overlap([rows[text] for text in src], [rows[text] for text in tgt])
    places = np.argwhere(_likely(shared.mean(axis=0)))
    judged = np.full(shared.shape[1:], UNLIKELY, dtype=np.float32)
    odds = embedder.judge_pairs([(src[i], tgt[j]) for i, j in places.tolist()])
    judged[tuple(places.T)] = np.maximum(odds, UNLIKELY)
    return np.concatenate([shared, judged[None]]).tobytes()


def _likely(agreement: Matrix) -> NDArray[np.bool_]:
    """Return which cells are among the LIKELY greatest of their row or column."""
    found = np.zeros(agreement.shape, dtype=bool)
    for axis in (0, 1):
        some = np.argsort(-agreement, axis=axis, kind="stable").take(
            range(min(LIKELY, agreement.shape[axis])), axis=axis
        )
        np.put_along_axis(found, some, True, axis=axis)
    return found
