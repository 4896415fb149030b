"""Measures the alignment of translations; two sections of `speed.py`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from aligner import load_embedder
from aligner.alignment.left_over import with_left_over
from aligner.alignment.parallel import choose_beads, judged_beads
from aligner.alignment.side import Side
from aligner.alignment.spans import mean_spans
from aligner.embed.background import load_background
from aligner.settings import ParallelSettings
from data_sets import articles, lines_as_articles, perturbed
from sides import made_sides, sides
from timing import REPEATS, best

SIZES = (20, 200, 300, 2_000, 20_000, 100_000)  # sentences a side to align


def merged(data: Path) -> None:
    """Characters of merged sentences that are embedded to align a translation, by set."""
    if not data.is_dir():
        print("left out: it needs the development data")
        return
    embedder = load_embedder()
    background = load_background(embedder)
    untouched = lines_as_articles(data, "alt-dev.tsv")
    sets = {
        "alt-dev untouched": [([vi for (vi,), _ in a], [en for _, (en,) in a]) for a in untouched]
    }
    for name, documents in (
        ("ntrex-dev", articles(data, "ntrex-dev-docs.json")),
        ("flores-devtest", articles(data, "flores-devtest-docs.json")),
        ("alt-dev", untouched),
    ):
        sets[f"{name} perturbed"] = [(c.vi, c.en) for c in perturbed(name, documents, 1)]
    for name, pairs in sets.items():
        embedded = 0
        for vi, en in pairs:
            counts: list[int] = []
            texts = (_counted(text, counts) for text in sides(vi, en, embedder, background))
            choose_beads(*texts, ParallelSettings())
            embedded += sum(counts)
        own = sum(len(text) for pair in pairs for side in pair for text in side)
        print(f"{name:26} {embedded / own:.2f}")


def _counted(side: Side, counts: list[int]) -> Side:
    """Return a text that adds to `counts` the characters of what is embedded of it."""

    def embed(texts: Sequence[str]) -> np.ndarray:
        counts.extend(map(len, texts))
        return side.embed(texts)

    return replace(side, embed=embed)


def align(data: Path) -> None:
    """Seconds to align a made-up translation, without embedding."""
    for size in SIZES:
        src, tgt = made_sides(size)

        def run(src=src, tgt=tgt) -> object:
            choices = choose_beads(src, tgt, ParallelSettings())
            return judged_beads(with_left_over(choices, src, tgt, ParallelSettings()), src, tgt)

        repeats = 5 * REPEATS if size <= 300 else REPEATS if size <= 2_000 else 1
        print(f"{size:7,} by {size:7,} sentences   {1e3 * best(run, repeats):8.1f} ms", end="")
        other = vecalign_of(src, tgt) if size <= 20_000 else None
        print(f"   Vecalign {1e3 * best(other, repeats):8.1f} ms" if other else "")


def vecalign_of(src: Side, tgt: Side) -> Callable[[], object] | None:
    """Return what aligns two texts by the code of Vecalign, None where VECALIGN names no checkout.

    Beads hold up to five sentences on both sides together, as ours do; all else is as in its
    command line. Cython compiles the code when it is first imported.
    """
    checkout = os.environ.get("VECALIGN")
    if not checkout:
        return None
    sys.path.insert(0, checkout)
    from dp_utils import make_alignment_types, vecalign

    most = 5
    vectors = []
    for side in (src, tgt):
        rows = np.zeros((most - 1, *side.vectors.shape), dtype=np.float32)
        for a, spans in mean_spans(side).vectors.items():
            rows[a - 1, a - 1 :] = spans  # by the last sentence
        vectors.append(rows)
    settings = {
        "final_alignment_types": make_alignment_types(most),
        "del_percentile_frac": 0.2,
        "width_over2": -(-most // 2) + 5,
        "max_size_full_dp": 300,
        "costs_sample_size": 20_000,
        "num_samps_for_norm": 100,
    }
    return lambda: vecalign(*(rows.copy() for rows in vectors), **settings)
