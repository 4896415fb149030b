"""Fits how a search weighs nearness of meaning and shared words: search/data/ranking.json.

python benchmarks/calibrate_search.py [--data ../shared/data]

The index holds a hundred events, each in the words of two newsrooms (comparable-train, written for
this project), and a thousand lines of news in one language each (alt-dev, Asian Language Treebank,
Riza et al. 2016, CC BY 4.0). The queries are sentences (a hit is right if it shares a fact), one or
two labelled terms (right if it contains them or their renderings), and sentences whose translation
is in the index (right if it is that). Some events are also searched in an index of their own, as a
new user has it. Only the weights are written.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import get_args

import numpy as np
from scipy.optimize import minimize

from aligner import align, load_embedder
from aligner.model import Bitext
from aligner.search.index import Index
from aligner.search.relevance import Sign
from aligner.search.update import index_articles
from aligner.vectors import Embedder
from data_sets import DEFAULT_DATA, ROOT, FactEvent, document, fact_events, need, sentence_pairs
from evaluation import calibration_error
from search_queries import (
    Right,
    by_fact,
    by_fragment,
    by_one_term,
    by_paraphrase,
    by_translation,
    by_two_terms,
)

TARGET = ROOT / "src/aligner/search/data/ranking.json"
FILES = [f"comparable-train-{letter}.json" for letter in "abcdefghij"]
ASKED = 400  # queries of each sort
SMALL = 40  # events that are also asked for in an index of their own
LOOKED_AT = 200  # candidates of each
MOST = 1_000  # right candidates of a sort that count in full
#: The limits of weights. All others are at least 0, so that nothing shared counts against a hit.
#: Some limits are set by hand: names and numbers count, missing ones most of all; hits in the
#: query's own language, which these labels seldom ask for, must not be all but ruled out; and
#: sentences of the other language that render a long query must not push out those with its words.
BOUNDS: dict[str, tuple[float | None, float | None]] = {
    **dict.fromkeys(("bias", "short"), (None, None)),
    "same": (-2.0, None),
    "marks": (1.7, None),
    "missing": (None, -1.5),
    "rendered long": (0, 2.5),
}
NAMES = get_args(Sign)
PRIOR = 1e-2  # strength of the pull of weights towards zero

Observed = tuple[list[tuple[float, ...]], list[bool], list[int]]  # see `observe`


def all_events(
    events: Sequence[FactEvent],
    bitexts: Sequence[Bitext],
    pairs: Sequence[tuple[str, str]],
    embedder: Embedder,
    rng: random.Random,
) -> dict[str, Observed]:
    """Ask queries of every sort in one index of all events and of one side of each pair."""
    documents = [side for event in events for side in event.sides]
    documents.append(document("alt.vi", "vi", [vi for vi, _ in pairs[0::2]]))
    documents.append(document("alt.en", "en", [en for _, en in pairs[1::2]]))
    sorts = {
        "by fact": by_fact(events),
        "by fragment": by_fragment(events),
        "by paraphrase": by_paraphrase(events),
        "by one term": by_one_term(events),
        "by two terms": by_two_terms(events),
        "translation": by_translation(pairs),
    }
    seen = {}
    with tempfile.TemporaryDirectory() as folder:
        index_articles(Path(folder), documents, bitexts, embedder)
        with Index.open(folder, embedder) as index:
            for name, queries in sorts.items():
                seen[name] = observe(index, sampled(queries, ASKED, rng), embedder)
    return seen


def each_event(
    events: Sequence[FactEvent],
    bitexts: Sequence[Bitext],
    embedder: Embedder,
    rng: random.Random,
) -> dict[str, Observed]:
    """Ask a few queries about each event in an index of its own."""
    seen = {}
    for name, queries_of in (
        ("fragment, small", by_fragment),
        ("paraphrase, small", by_paraphrase),
        ("terms, small", by_two_terms),
        ("term, small", by_one_term),
    ):
        parts = []
        for event, bitext in zip(events, bitexts, strict=True):
            with tempfile.TemporaryDirectory() as folder:
                index_articles(Path(folder), event.sides, [bitext], embedder)
                with Index.open(folder, embedder) as index:
                    asked = sampled(queries_of([event]), ASKED // SMALL, rng)
                    parts.append(observe(index, asked, embedder))
        rows, flags, sizes = (list(chain(*part)) for part in zip(*parts, strict=True))
        seen[name] = rows, flags, sizes
    return seen


def sampled(
    queries: Iterable[tuple[str, Right]], most: int, rng: random.Random
) -> list[tuple[str, Right]]:
    """Return some of the queries, in random order."""
    known = list(queries)
    return rng.sample(known, min(most, len(known)))


def observe(index: Index, queries: Sequence[tuple[str, Right]], embedder: Embedder) -> Observed:
    """Return the signs of every candidate, whether it is right, and how many each query had."""
    rows: list[tuple[float, ...]] = []
    right: list[bool] = []
    sizes: list[int] = []
    embedder.encode([text for text, _ in queries])  # at once, into the cache
    for text, is_right in queries:
        candidates = index.candidates(index.understand(text), LOOKED_AT)
        others = [c for c in candidates if c.sentence.text != text]
        rows += [tuple(candidate.signs[name] for name in NAMES) for candidate in others]
        right += [is_right(candidate.sentence) for candidate in others]
        sizes.append(len(others))
    return rows, right, sizes


def fit(signs: np.ndarray, right: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the weights of a logistic regression, within `BOUNDS`."""
    spread = signs.std(axis=0)
    spread[spread == 0] = 1
    scaled = signs / spread

    def loss(guess: np.ndarray) -> tuple[float, np.ndarray]:
        odds = scaled @ guess
        error = weights * (1 / (1 + np.exp(-odds)) - right)
        value = (weights * (np.logaddexp(0, odds) - right * odds)).sum() + PRIOR * guess @ guess / 2
        return value, scaled.T @ error + PRIOR * guess

    bounds = [
        tuple(limit if limit is None else limit * width for limit in BOUNDS.get(name, (0, None)))
        for name, width in zip(NAMES, spread, strict=True)
    ]
    found = minimize(loss, np.zeros(len(NAMES)), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(found.x / spread)


def weight(right: Sequence[bool]) -> np.ndarray:
    """Return one weight for all candidates of a sort, so that no sort outweighs the others."""
    return np.full(len(right), min(1.0, MOST / sum(right)))


def report(name: str, odds: np.ndarray, right: np.ndarray, sizes: Sequence[int]) -> None:
    """Print how often the first hit is right, precision at ten, and the calibration error."""
    first, ten, start = [], [], 0
    for size in sizes:
        part = slice(start, start + size)
        start += size
        order = np.argsort(-odds[part])
        if right[part].any():
            first.append(right[part][order[0]])
            ten.append(right[part][order[:10]].sum() / min(10, right[part].sum()))
    chances = 1 / (1 + np.exp(-odds))
    top = chances > 0.05
    error = calibration_error(chances[top].tolist(), right[top].tolist())
    print(f"{name:18} first {np.mean(first):.3f}  of ten {np.mean(ten):.3f}  error {error:.3f}")


def main() -> None:
    """Ask, fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    data = need(parser.parse_args().data)
    embedder = load_embedder(precision="float32")
    events = [event for name in FILES for event in fact_events(data, name)]
    pairs = sentence_pairs(data, "alt-dev.tsv")
    bitexts = [align(*event.sides, embedder) for event in events]
    rng = random.Random(0)
    seen = all_events(events, bitexts, pairs, embedder, rng)
    seen |= each_event(events[:SMALL], bitexts[:SMALL], embedder, rng)
    signs = np.array([row for rows, _, _ in seen.values() for row in rows])
    right = np.array([flag for _, flags, _ in seen.values() for flag in flags])
    weights = fit(signs, right, np.concatenate([weight(flags) for _, flags, _ in seen.values()]))
    for name, (rows, flags, sizes) in seen.items():
        print(f"{len(sizes)} queries, {sum(flags)} right hits", end="   ")
        report(name, np.array(rows) @ weights, np.array(flags), sizes)
    table = {name: round(float(weight), 4) for name, weight in zip(NAMES, weights, strict=True)}
    TARGET.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
