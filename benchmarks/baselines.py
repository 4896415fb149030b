"""Plain methods on the same vectors, for comparison: Vecalign's, Bertalign's, and margin mining.

The costs are those of the papers, computed on the exact text of every span, with full dynamic
programming instead of the search in bands that keeps long texts cheap. Vecalign and mining
normalise cosines by themselves, so they get raw vectors. Bertalign gets vectors that are centred by
language, as in this project, because raw ones are all so near that no sentence would be left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligner.alignment.dp import SHAPES, Path, best_path
from aligner.alignment.spans import MAX_SPAN
from aligner.embed.background import load_background
from aligner.settings import NEIGHBOURS
from aligner.vectors import Embedder, Matrix
from perturb import Case

RANDOM = 100  # sentences of the other side that Vecalign compares a distance with
SKIP_QUANTILE = 0.2  # of random 1-1 costs
SKIP = 0.0  # what a skipped sentence earns in Bertalign (-.1 in the paper, for LaBSE: worse here)
Vectors = dict[int, Matrix]


def vecalign_style(case: Case, embedder: Embedder) -> Path:
    """Return the beads that Vecalign's cost chooses (Thompson & Koehn 2019).

    A bead costs its distance 1 - cos times the number of sentences on either side, over the mean
    distance of its two sides to random sentences of the other; a skipped sentence costs the 0.2
    quantile of random 1-1 costs.
    """
    vi, en = _spans(case.vi, embedder), _spans(case.en, embedder)
    rng = np.random.default_rng(1)
    vi_sample = vi[1][rng.integers(len(case.vi), size=RANDOM)]
    en_sample = en[1][rng.integers(len(case.en), size=RANDOM)]
    vi_norm = {a: _distance(rows, en_sample) for a, rows in vi.items()}
    en_norm = {b: _distance(rows, vi_sample) for b, rows in en.items()}
    costs = {
        (a, b): (1 - vi[a] @ en[b].T) * 2 * a * b / (vi_norm[a][:, None] + en_norm[b][None, :])
        for a, b in SHAPES
        if a in vi and b in en
    }
    random_costs = costs[1, 1][
        rng.integers(len(case.vi), size=1000), rng.integers(len(case.en), size=1000)
    ]
    skip = float(np.quantile(random_costs, SKIP_QUANTILE))
    gains = {(a, b): (a + b) * skip - cost for (a, b), cost in costs.items()}
    return best_path(gains, len(case.vi), len(case.en))


def bertalign_style(case: Case, embedder: Embedder) -> Path:
    """Return the beads that Bertalign's score chooses (Liu & Zhu 2023).

    A bead earns its cosine beyond the mean cosine to the neighbouring sentences on either side,
    times log2(1 + shorter / longer). Lengths are in bytes, those of one text scaled to the other.
    """
    background = load_background(embedder)
    vi, en = (
        {a: background.centre(rows, lang) for a, rows in _spans(texts, embedder).items()}
        for lang, texts in (("vi", case.vi), ("en", case.en))
    )
    vi_bytes, en_bytes = _bytes(case.vi), _bytes(case.en)
    stretch = vi_bytes[1].sum() / en_bytes[1].sum()
    gains = {}
    for a, b in SHAPES:
        if a in vi and b in en:
            beside = _beside(vi[a] @ en[1].T, b), _beside(en[b] @ vi[1].T, a).T
            margin = vi[a] @ en[b].T - (beside[0] + beside[1]) / 2
            lengths = vi_bytes[a][:, None], stretch * en_bytes[b][None, :]
            ratio = np.minimum(*lengths) / np.maximum(*lengths)
            gains[a, b] = margin * np.log2(1 + ratio) - (a + b) * SKIP
    return best_path(gains, len(case.vi), len(case.en))


def _beside(cosines: Matrix, size: int) -> Matrix:
    """Return for each span of `size` columns the mean of the columns before and after it.

    `cosines` is [rows, n]; the result [rows, n - size + 1], with 0 where the span is all there is.
    """
    wide = np.pad(cosines, ((0, 0), (1, 1)))
    known = np.pad(np.ones(cosines.shape[1]), 1)
    n = cosines.shape[1] - size + 1
    total = wide[:, :n] + wide[:, size + 1 : size + 1 + n]
    return np.asarray(total / np.maximum(known[:n] + known[size + 1 : size + 1 + n], 1))


def _spans(texts: Sequence[str], embedder: Embedder) -> Vectors:
    return {
        a: embedder.encode(_joined(texts, a)) for a in range(1, MAX_SPAN + 1) if len(texts) >= a
    }


def _bytes(texts: Sequence[str]) -> dict[int, np.ndarray]:
    return {
        a: np.array([len(text.encode()) for text in _joined(texts, a)])
        for a in range(1, MAX_SPAN + 1)
    }


def _joined(texts: Sequence[str], size: int) -> list[str]:
    return [" ".join(texts[i : i + size]) for i in range(len(texts) - size + 1)]


def _distance(rows: Matrix, sample: Matrix) -> Matrix:
    return np.maximum(1 - rows @ sample.T, 0).mean(axis=1)


def mined_links(
    vi: Sequence[str], en: Sequence[str], embedder: Embedder
) -> list[tuple[float, tuple[int, int]]]:
    """Return what a margin miner finds: the best partner of each sentence, with the margin.

    It is the ratio margin of Artetxe & Schwenk (2019) on raw vectors, with neighbours from the two
    texts themselves.
    """
    cosines = embedder.encode(vi) @ embedder.encode(en).T
    k = min(NEIGHBOURS, *cosines.shape)
    rows = np.sort(cosines, axis=1)[:, -k:].mean(axis=1)
    columns = np.sort(cosines, axis=0)[-k:].mean(axis=0)
    margins = 2 * cosines / (rows[:, None] + columns[None, :])
    best = {(i, int(j)) for i, j in enumerate(margins.argmax(axis=1))}
    best |= {(int(i), j) for j, i in enumerate(margins.argmax(axis=0))}
    return [(float(margins[place]), place) for place in sorted(best)]
