"""Prints how often a search finds the translation of a sentence first (P@1), both directions.

python benchmarks/retrieval.py [--data ../shared/data]

Every sentence is a query for its translation, in an index as a user has it. For "both", the index
holds both sides, as it does after `aligner run`; for "unseen", only the side that is looked for, so
that it does not know the query. "raw" is the plain cosine of the model's vectors.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from aligner import load_embedder
from aligner.embed import CachedEmbedder
from aligner.embed.space import load_space
from aligner.model import Lang
from aligner.search.index import Index
from aligner.search.update import index_articles
from data_sets import DEFAULT_DATA, articles, document, need, sentence_pairs

Pairs = Sequence[tuple[str, str]]
SIDES: tuple[tuple[Lang, Lang], ...] = (("vi", "en"), ("en", "vi"))


def sets(data: Path) -> dict[str, Pairs]:
    """Return the distinct sentence pairs of each set."""
    text = unicodedata.normalize("NFC", (data / "ntrex-dev-segments.json").read_text("utf-8"))
    segments = [pair for d in json.loads(text) for pair in zip(d["vi"], d["en"], strict=True)]
    beads = [b for beads in articles(data, "flores-devtest-docs.json", at_least=1) for b in beads]
    found = {
        "ntrex-dev": segments,
        "flores-devtest": [(" ".join(vi), " ".join(en)) for vi, en in beads],
        "tatoeba-vie-eng": sentence_pairs(data, "tatoeba-vie-eng.tsv"),
    }
    return {name: list(dict.fromkeys(pairs)) for name, pairs in found.items()}


def first_right(pairs: Pairs, seen: bool, embedder: CachedEmbedder) -> list[float]:
    """Return the share of first hits that are the translation, vi-en and en-vi."""
    shares = []
    for asked, wanted in SIDES:
        documents = [
            document(f"{lang}.txt", lang, [pair[lang == "en"] for pair in pairs])
            for lang in ((asked, wanted) if seen else (wanted,))
        ]
        with tempfile.TemporaryDirectory() as folder:
            index_articles(Path(folder), documents, [], embedder)
            with Index.open(folder, embedder) as index:
                right = [
                    index.search(pair[asked == "en"], 1, wanted)[0].sentence.text
                    == pair[wanted == "en"]
                    for pair in pairs
                ]
        shares.append(sum(right) / len(right))
    return shares


def raw(pairs: Pairs, embedder: CachedEmbedder) -> list[float]:
    """Return the same by plain cosine."""
    vi, en = (embedder.encode([pair[side] for pair in pairs]) for side in (0, 1))
    places = np.arange(len(pairs))
    cosines = vi @ en.T
    return [
        float((cosines.argmax(axis=1) == places).mean()),
        float((cosines.argmax(axis=0) == places).mean()),
    ]


def main() -> None:
    """Print a line for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    data = need(parser.parse_args().data)
    embedder = load_embedder()
    print(f"P@1 vi-en/en-vi through the index, view {load_space(embedder).name}")
    for name, pairs in sets(data).items():
        shown = {
            "both": first_right(pairs, True, embedder),
            "unseen": first_right(pairs, False, embedder),
            "raw": raw(pairs, embedder),
        }
        figures = "   ".join(f"{label} {a:.3f}/{b:.3f}" for label, (a, b) in shown.items())
        print(f"{name:16} {figures}   {len(pairs)} pairs", flush=True)


if __name__ == "__main__":
    main()
