"""Prints size, speed and recall of an index as it grows to a million sentences.

python benchmarks/search_scale.py [--data ../shared/data] [--sizes 20000 200000 1000000]

Sentences are made of halves of two real ones (alt-train, Asian Language Treebank, Riza et al. 2016,
CC BY 4.0), and their vectors lie between those of the two. Queries are real sentences of alt-dev in
both languages, whole and cut to three words. "Recall" is the share of the ten nearest vectors that
are found, and "cold" the time of a single query in a new process.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np

from aligner import load_embedder
from aligner.embed import CachedEmbedder
from aligner.embed.space import load_space
from aligner.model import LANGS
from aligner.search.index import Index
from aligner.search.meaning import Meaning
from aligner.search.store import FILE, Store
from aligner.search.update import index_memory
from aligner.terms.links.renderings import WORD, WORDS
from aligner.vectors import Matrix, TokenRows
from data_sets import DEFAULT_DATA, need, sentence_pairs
from evaluation import exact_nearest, found_share

NEAREST = 10  # rows that an answer holds
ASKED = 200  # queries of each sort


class Made:
    """Vectors of made-up sentences, each between those of the two real ones it is made of."""

    dim = 384

    def __init__(self, real: CachedEmbedder, pairs: Sequence[tuple[str, str]], seed: int) -> None:
        self.name = real.name
        self._real = real
        self._rows = [real.encode([pair[side] for pair in pairs]) for side in (0, 1)]
        self._halves: dict[str, tuple[int, int, int]] = {}
        self._rng = np.random.default_rng(seed)
        self._asked: dict[str, Matrix] = {}
        self._pairs = pairs

    def units(self, count: int) -> list[tuple[str, str]]:
        """Return so many made-up pairs."""
        made = []
        for i, j in self._rng.integers(len(self._pairs), size=(count, 2)).tolist():
            sides = []
            for side in (0, 1):
                first, second = self._pairs[i][side], self._pairs[j][side]
                text = first[: len(first) // 2] + second[len(second) // 2 :]
                self._halves[text] = side, i, j
                sides.append(text)
            made.append((sides[0], sides[1]))
        return made

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 [len(texts), dim]."""
        if texts and texts[0] not in self._halves:
            return self._real.encode(texts)
        places = np.array([self._halves[text] for text in texts]).reshape(-1, 3)
        share = (0.5 + (places[:, 1:2] * 7919 + places[:, 2:3]) % 400 / 1000).astype(np.float32)
        rows = np.empty((len(texts), self.dim), dtype=np.float32)
        for side in (0, 1):
            of_side = places[:, 0] == side
            first, second = (self._rows[side][places[of_side, n]] for n in (1, 2))
            rows[of_side] = share[of_side] * first + (1 - share[of_side]) * second
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))

    def encode_query(self, text: str) -> Matrix:
        """Return float32 [dim] of a real text, computed once."""
        if text not in self._asked:
            self._asked[text] = self._real.encode_query(text)
        return self._asked[text]

    def known(self, texts: Sequence[str]) -> dict[str, Matrix]:
        """Return all of the vectors, as a complete cache does."""
        return dict(zip(texts, self.encode(texts), strict=True))

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenRows]:
        """Raise an error: links are remembered, so that this is never needed."""
        raise NotImplementedError

    def remembered(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return made-up links of the units that `make` would link, a word to each of the longer.

        Word links of a unit are a table [Vietnamese words, English words], packed as in
        `terms/links/renderings.py`.
        """
        units, _ = cast("partial[bytes]", make).args
        packed = []
        for vi, en in units:
            ours, theirs = (min(len(WORD.findall(text)), WORDS) for text in (vi, en))
            table = np.zeros((ours, theirs), np.uint8)
            links = max(ours, theirs) if table.size else 0
            table.flat[self._rng.integers(table.size or 1, size=links)] = 0xFF
            packed.append(zlib.compress(table.tobytes(), level=9, wbits=-zlib.MAX_WBITS))
        return np.array([len(one) for one in packed], "<u4").tobytes() + b"".join(packed)


def measure(size: int, made: Made, asked: list[tuple[str, str]], embedder: CachedEmbedder) -> None:
    """Build an index of so many sentences and print its figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        units = made.units(size // 2)
        started = time.monotonic()
        index_memory(folder, "made.tmx", units, made)  # type: ignore[arg-type]
        built = time.monotonic() - started
        disk = sum(path.stat().st_size for path in folder.iterdir())
        queries = [text for pair in asked for text in pair]
        short = [" ".join(text.split()[:3]) for text in queries]
        with Index.open(folder, made) as index:  # type: ignore[arg-type]
            count = len(index)
            full, brief = (ask(index, texts) for texts in (queries, short))
        found = recalls(folder, made, queries, embedder)
        started = time.monotonic()
        code = f"from aligner.cli import main; main(['search', 'giá dầu', '--glossary', {name!r}])"
        subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False)
        cold = time.monotonic() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{count:9,} sentences   {disk / 1e6:6.0f} MB   built in {built:4.0f} s   "
        f"sentence {1e3 * full:5.1f} ms   three words {1e3 * brief:5.1f} ms   "
        f"recall {found}   cold {cold:.2f} s   peak {peak:.1f} GB",
        flush=True,
    )


def ask(index: Index, queries: Sequence[str]) -> float:
    """Return the median time of a search, without that of the model."""
    times = []
    for query in queries:
        index.search(query)  # also computes its vector
    for query in queries:
        started = time.monotonic()
        index.search(query)
        times.append(time.monotonic() - started)
    return float(np.median(times))


def recalls(folder: Path, made: Made, queries: Sequence[str], embedder: CachedEmbedder) -> str:
    """Return the share of the ten nearest vectors that are found, with and without a cache."""
    space, store, shares = load_space(embedder), Store(folder / FILE), []
    raw = embedder.encode(queries)
    asked = np.vstack([space.rows(raw[n::2], lang) for n, lang in enumerate(LANGS)])
    views = [Meaning(store, model) for model in (made, embedder)]  # type: ignore[list-item]
    for lang in LANGS:
        texts = store.texts(lang)
        rows = space.rows(made.encode(list(texts.values())), lang)
        wanted = exact_nearest(np.array(list(texts)), rows, asked, NEAREST)
        for view in views:
            answers = np.array([view.nearest(row, lang, NEAREST).ids for row in asked])
            shares.append(found_share(answers, wanted))
    return f"{np.mean(shares[::2]):.3f} ({np.mean(shares[1::2]):.3f} without cache)"


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--sizes", type=int, nargs="+", default=[20_000, 200_000, 1_000_000])
    options = parser.parse_args()
    data = need(options.data)
    embedder = load_embedder()
    pairs = [pair for pair in sentence_pairs(data, "alt-train.tsv") if all(map(str.strip, pair))]
    asked = sentence_pairs(data, "alt-dev.tsv")[:ASKED]
    print(f"{os.cpu_count()} cores")
    for size in options.sizes:
        measure(size, Made(embedder, pairs, seed=size), asked, embedder)


if __name__ == "__main__":
    main()
