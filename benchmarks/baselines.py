"""Plain methods on the same vectors, to compare with: the cost of Vecalign, and margin mining.

Thompson & Koehn (2019), as the paper gives it: a bead costs its distance 1 - cos times the number
of sentences on either side, over the mean distance of its two sides to random sentences of the
other; a skipped sentence costs the 0.2 quantile of random 1-1 costs. Raw vectors, exact texts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligner.alignment.dp import SHAPES, best_path
from aligner.settings import NEIGHBOURS
from aligner.vectors import Embedder, Matrix
from perturb import Case

RANDOM = 100  # sentences of the other side that a distance is compared with
SKIP_QUANTILE = 0.2


def vecalign_style(case: Case, embedder: Embedder) -> list[tuple[range, range]]:
    """Return the beads that Vecalign's cost chooses under full dynamic programming."""
    spans = {
        lang: {a: embedder.encode(_joined(texts, a)) for a in range(1, 5) if len(texts) >= a}
        for lang, texts in (("vi", case.vi), ("en", case.en))
    }
    rng = np.random.default_rng(1)
    vi_sample = spans["vi"][1][rng.integers(len(case.vi), size=RANDOM)]
    en_sample = spans["en"][1][rng.integers(len(case.en), size=RANDOM)]
    vi_norm = {a: _distance(rows, en_sample) for a, rows in spans["vi"].items()}
    en_norm = {b: _distance(rows, vi_sample) for b, rows in spans["en"].items()}
    costs = {
        (a, b): (1 - spans["vi"][a] @ spans["en"][b].T)
        * 2
        * a
        * b
        / (vi_norm[a][:, None] + en_norm[b][None, :])
        for a, b in SHAPES
        if a in spans["vi"] and b in spans["en"]
    }
    random_costs = costs[1, 1][
        rng.integers(len(case.vi), size=1000), rng.integers(len(case.en), size=1000)
    ]
    skip = float(np.quantile(random_costs, SKIP_QUANTILE))
    gains = {(a, b): (a + b) * skip - cost for (a, b), cost in costs.items()}
    return best_path(gains, len(case.vi), len(case.en))


def _joined(texts: list[str], size: int) -> list[str]:
    return [" ".join(texts[i : i + size]) for i in range(len(texts) - size + 1)]


def _distance(rows: Matrix, sample: Matrix) -> Matrix:
    return np.maximum(1 - rows @ sample.T, 0).mean(axis=1)


def mined_links(
    vi: Sequence[str], en: Sequence[str], embedder: Embedder
) -> list[tuple[float, tuple[int, int]]]:
    """Return what a margin miner finds: each sentence's best partner either way, with its margin.

    The ratio margin of Artetxe & Schwenk (2019) on raw vectors, with the neighbours that the two
    texts offer.
    """
    cosines = embedder.encode(vi) @ embedder.encode(en).T
    k = min(NEIGHBOURS, *cosines.shape)
    rows = np.sort(cosines, axis=1)[:, -k:].mean(axis=1)
    columns = np.sort(cosines, axis=0)[-k:].mean(axis=0)
    margins = 2 * cosines / (rows[:, None] + columns[None, :])
    best = {(i, int(j)) for i, j in enumerate(margins.argmax(axis=1))}
    best |= {(int(i), j) for j, i in enumerate(margins.argmax(axis=0))}
    return [(float(margins[place]), place) for place in sorted(best)]
