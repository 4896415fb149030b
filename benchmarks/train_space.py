"""Trains the view of sentence vectors that searches use: src/aligner/embed/data/space-e5-small.npz.

python benchmarks/train_space.py [--data ../shared/data]

Each sentence of alt-train.tsv (Asian Language Treebank, Riza et al. 2016, CC BY 4.0) is contrasted
with the translations of a thousand others (InfoNCE, van den Oord et al. 2018). Only the map is
written. With the vectors in the cache it takes a minute on two cores.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from aligner import load_embedder
from data_sets import DEFAULT_DATA, ROOT, need, sentence_pairs
from train_heads import train

TARGET = ROOT / "src/aligner/embed/data/space-e5-small.npz"
TEMPERATURE, SIZE = 0.05, 384


def main() -> None:
    """Embed the corpus, train, write the map and the shift of each language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    data = need(parser.parse_args().data)
    embedder = load_embedder(precision="float32")
    pairs = [pair for pair in sentence_pairs(data, "alt-train.tsv") if all(map(str.strip, pair))]
    vi, en = ([pair[side] for pair in pairs] for side in (0, 1))
    weights, *shifts = train(embedder.encode(vi), embedder.encode(en), (vi, en), TEMPERATURE, SIZE)
    np.savez(TARGET, weights=weights, vi=shifts[0], en=shifts[1])


if __name__ == "__main__":
    main()
