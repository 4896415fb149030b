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
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import get_args

import numpy as np
from scipy.optimize import minimize

from aligner import align, load_embedder
from aligner.search.index import Index
from aligner.search.phrase import compile_phrase
from aligner.search.records import Found
from aligner.search.relevance import Sign
from aligner.search.update import index_articles
from aligner.vectors import Embedder
from data_sets import DEFAULT_DATA, ROOT, FactEvent, document, fact_events, need, sentence_pairs
from evaluation import calibration_error

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

Right = Callable[[Found], bool]


def labels_by_place(events: Iterable[FactEvent]) -> dict[tuple[str, int], set[str]]:
    """Return the facts of each sentence, by its article and its number from 1."""
    return {
        (document.name, position): labels
        for event in events
        for document, sides in zip(event.sides, event.facts, strict=True)
        for position, labels in enumerate(sides, start=1)
    }


def by_fact(events: Sequence[FactEvent]) -> Iterator[tuple[str, Right]]:
    """Yield the sentences of the reports; right is another one that shares a fact."""
    facts = labels_by_place(events)
    for event in events:
        for side, labels in zip(event.sides, event.facts, strict=True):
            for text, wanted in zip(side.texts, labels, strict=True):
                if wanted:
                    yield (
                        text,
                        lambda found, wanted=wanted: bool(
                            wanted & facts.get((found.source, found.position), set())
                        ),
                    )


def by_paraphrase(events: Sequence[FactEvent]) -> Iterator[tuple[str, Right]]:
    """Yield what a fact is in other words, whole or as two to six words of it in a row."""
    rng = random.Random(1)
    facts = labels_by_place(events)
    for event in events:
        for fact, text in event.told.items():
            words = text.split()
            size = len(words) if rng.random() < 0.3 else rng.randint(2, 6)
            start = rng.randrange(max(len(words) - size, 0) + 1)
            yield (
                " ".join(words[start : start + size]).strip(' ,.;:"“”'),
                lambda found, fact=fact: fact in facts.get((found.source, found.position), ()),
            )


def by_fragment(events: Sequence[FactEvent]) -> Iterator[tuple[str, Right]]:
    """Yield a few successive words of each sentence; it is right, as is what is right for it."""
    rng = random.Random(0)
    for text, is_right in by_fact(events):
        words = text.split()
        size = rng.randint(3, 8)
        start = rng.randrange(max(len(words) - size, 1))
        yield (
            " ".join(words[start : start + size]).strip(' ,.;:"“”'),
            lambda found, text=text, is_right=is_right: found.text == text or is_right(found),
        )


def by_terms(events: Sequence[FactEvent], count: int) -> Iterator[tuple[str, Right]]:
    """Yield `count` terms of a sentence; what contains each of them, or a rendering, is right."""
    forms: defaultdict[str, set[str]] = defaultdict(set)  # of a term, in both languages
    for event in events:
        for vi, renderings in event.terms:
            for text in (vi, *renderings):
                forms[text] |= {vi, *renderings}
    phrases = {text: compile_phrase(text) for text in forms}
    rng = random.Random(count)

    def holds(found: Found, terms: Sequence[str]) -> bool:
        return all(any(phrases[f].spans(found.text) for f in forms[term]) for term in terms)

    for event in events:
        known = {vi for vi, _ in event.terms}, {en for _, texts in event.terms for en in texts}
        for side, terms in zip(event.sides, known, strict=True):
            for text in side.texts:
                there = sorted(term for term in terms if phrases[term].spans(text))
                if len(there) >= count:
                    asked = rng.sample(there, count)
                    yield " ".join(asked), lambda found, asked=asked: holds(found, asked)


def by_one_term(events: Sequence[FactEvent]) -> Iterator[tuple[str, Right]]:
    """Yield a term of a sentence, see `by_terms`."""
    return by_terms(events, 1)


def by_two_terms(events: Sequence[FactEvent]) -> Iterator[tuple[str, Right]]:
    """Yield two terms of a sentence, see `by_terms`."""
    return by_terms(events, 2)


def by_translation(pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Right]]:
    """Yield sentences of which only the translation is in the index, by turns in both languages."""
    for number, (vi, en) in enumerate(pairs):
        query, there = (vi, en) if number % 2 else (en, vi)
        yield query, lambda found, there=there: found.text == there


def observe(
    index: Index, queries: Sequence[tuple[str, Right]], embedder: Embedder
) -> tuple[list[tuple[float, ...]], list[bool], list[int]]:
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


def main() -> None:
    """Build the index, ask, fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    data = need(parser.parse_args().data)
    embedder = load_embedder(precision="float32")
    events = [event for name in FILES for event in fact_events(data, name)]
    pairs = sentence_pairs(data, "alt-dev.tsv")
    documents = [side for event in events for side in event.sides]
    documents.append(document("alt.vi", "vi", [vi for vi, _ in pairs[0::2]]))
    documents.append(document("alt.en", "en", [en for _, en in pairs[1::2]]))
    bitexts = [align(*event.sides, embedder) for event in events]
    sorts = {
        "by fact": list(by_fact(events)),
        "by fragment": list(by_fragment(events)),
        "by paraphrase": list(by_paraphrase(events)),
        "by one term": list(by_one_term(events)),
        "by two terms": list(by_two_terms(events)),
        "translation": list(by_translation(pairs)),
    }
    rng = random.Random(0)
    seen = {}
    with tempfile.TemporaryDirectory() as folder:
        index_articles(Path(folder), documents, bitexts, embedder)
        with Index.open(folder, embedder) as index:
            for name, queries in sorts.items():
                seen[name] = observe(index, rng.sample(queries, min(ASKED, len(queries))), embedder)
                print(name, len(seen[name][2]), "queries", sum(seen[name][1]), "right", flush=True)
    for name, queries_of in (
        ("fragment, small", by_fragment),
        ("paraphrase, small", by_paraphrase),
        ("terms, small", by_two_terms),
        ("term, small", by_one_term),
    ):
        parts = []
        for event, bitext in zip(events[:SMALL], bitexts[:SMALL], strict=True):
            with tempfile.TemporaryDirectory() as folder:
                index_articles(Path(folder), event.sides, [bitext], embedder)
                with Index.open(folder, embedder) as index:
                    queries = list(queries_of([event]))
                    asked = rng.sample(queries, min(ASKED // SMALL, len(queries)))
                    parts.append(observe(index, asked, embedder))
        rows, flags, sizes = (list(chain(*part)) for part in zip(*parts, strict=True))
        seen[name] = rows, flags, sizes
        print(name, len(sizes), "queries", sum(flags), "right", flush=True)
    signs = np.array([row for rows, _, _ in seen.values() for row in rows])
    right = np.array([flag for _, flags, _ in seen.values() for flag in flags])
    weights = fit(signs, right, np.concatenate([weight(flags) for _, flags, _ in seen.values()]))
    for name, (rows, flags, sizes) in seen.items():
        report(name, np.array(rows) @ weights, np.array(flags), sizes)
    table = {name: round(float(weight), 4) for name, weight in zip(NAMES, weights, strict=True)}
    TARGET.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


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


if __name__ == "__main__":
    main()
