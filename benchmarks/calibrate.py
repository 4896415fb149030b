"""Fits the confidences: writes src/aligner/alignment/data/calibration.json from labelled data.

python benchmarks/calibrate.py [--data ../shared/data]

Only numbers are written, none of the data's text. The fits use alt-train.tsv (perturbed, shuffled)
and the events that the adapters have not seen (`train_adapters.py`); alt-dev, ntrex-dev,
flores-devtest and comparable-dev stay unseen. Links without reading, and pairs of articles, are
fitted on comparable-train-*.json alone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from aligner import load_embedder
from aligner.alignment.background import Background
from aligner.alignment.comparable import (
    alone_features,
    glance_features,
    link_confidences,
    link_features,
)
from aligner.alignment.left_over import with_left_over
from aligner.alignment.pairing import name_weights, pair_features
from aligner.alignment.parallel import Choice, bead_features, choose_beads, null_features
from aligner.alignment.relation import relation_features
from aligner.alignment.side import Side
from aligner.embed.background import load_background
from aligner.embed.reading import read_overlap
from aligner.settings import ComparableSettings, ParallelSettings, RelationSettings
from aligner.vectors import Embedder
from data_sets import (
    DEFAULT_DATA,
    ROOT,
    Event,
    event_of,
    given_entries,
    held_back,
    lines_as_articles,
    need,
    perturbed,
    shuffled,
    written_entries,
)
from fitting import Columns, case_tables, event_tables, fit
from perturb import SWAP
from sides import sides

TARGET = ROOT / "src/aligner/alignment/data/calibration.json"
SHUFFLED = 60  # articles of alt-train; more would outweigh the events
SHORT = 6  # sentences of the short translations, of which there are half as many as whole ones
FORCED = 2  # one event in so many is also aligned as a translation
ARTICLES = 100  # of alt-train; more do not change the weights
SOURCES = {
    "alt-train": "Asian Language Treebank, CC BY 4.0 (Riza et al. 2016), sentences perturbed",
    "events": "event reports written for this project",
}


def fit_beads(
    data: Path,
    embedder: Embedder,
    background: Background,
    pairs: list[tuple[Side, Side]],
    known: list[Event],
) -> dict[str, object]:
    """Fit the confidence of filled and of null beads on perturbed translations.

    Filled beads are also fitted on some reports, aligned as if they were translations. A bead there
    is right if each of its sentences shares a fact with the other side.
    """
    documents = lines_as_articles(data, "alt-train.tsv")[:ARTICLES]
    filled: list[Columns] = []
    nulls: list[Columns] = []
    filled_right, null_right = [], []
    for case in perturbed("alt-train", documents, seed=1, swap=SWAP):
        src, tgt = sides(case.vi, case.en, embedder, background)
        beads, empty = beads_of(src, tgt)
        gold = set(case.gold)
        linked = [{i for bead in gold for i in bead[side]} for side in (0, 1)]
        filled.append(bead_features(beads))
        filled_right.append(np.array([(tuple(c.src), tuple(c.tgt)) in gold for c in beads]))
        if empty:
            nulls.append(null_features(empty))
            null_right.append(
                np.array([not (set(c.src) & linked[0] or set(c.tgt) & linked[1]) for c in empty])
            )
    for event, (src, tgt) in list(zip(known, pairs, strict=True))[::FORCED]:
        same = np.array(event.same)
        beads, _ = beads_of(src, tgt)
        tables = [same[np.ix_(bead.src, bead.tgt)] for bead in beads]
        filled.append(bead_features(beads))
        filled_right.append(np.array([t.any(axis=0).all() and t.any(axis=1).all() for t in tables]))
    print("bead")
    bead = fit(filled, filled_right)
    print("null")
    return {"bead": bead, "null": fit(nulls, null_right)}


def fit_relation(
    data: Path,
    embedder: Embedder,
    background: Background,
    pairs: Sequence[tuple[Side, Side]],
) -> dict[str, object]:
    """Fit which texts are translations, on perturbed ones (some of them short) and on reports."""
    documents = lines_as_articles(data, "alt-train.tsv")[:ARTICLES]
    short = [document[:SHORT] for document in documents[::2]]
    cases = perturbed("alt-train", documents + short, seed=1, swap=SWAP)
    translated = [sides(case.vi, case.en, embedder, background) for case in cases]
    rows, right = [], []
    for texts, parallel in ((translated, True), (pairs, False)):
        for src, tgt in texts:
            choices = choose_beads(src, tgt, ParallelSettings())
            rows.append(relation_features(choices, src, tgt, RelationSettings()))
            right.append(np.array([parallel]))
    print("relation")
    return fit(rows, right)


def beads_of(src: Side, tgt: Side) -> tuple[list[Choice], list[Choice]]:
    """Return the filled and the null beads of two texts aligned as a translation."""
    settings = ParallelSettings()
    choices = with_left_over(choose_beads(src, tgt, settings), src, tgt, settings)
    return (
        [choice for choice in choices if choice.src and choice.tgt],
        [choice for choice in choices if not (choice.src and choice.tgt)],
    )


def fit_links(
    task: str,
    features: Callable[[Side, Side], Columns],
    pairs: list[tuple[Side, Side]],
    known: list[Event],
) -> dict[str, object]:
    """Fit the confidence of a link, also on reports of different events, which have no links."""
    rows, right = [], []
    for k, (event, (src, tgt)) in enumerate(zip(known, pairs, strict=True)):
        rows.append(features(src, tgt))
        right.append(np.array(event.same))
        stranger = pairs[(k + 1) % len(pairs)][1]
        rows.append(features(src, stranger))
        right.append(np.zeros((len(src), len(stranger)), dtype=bool))
    print(task)
    return fit(rows, right)


def fit_alone(
    pairs: list[tuple[Side, Side]], known: list[Event], read: Sequence[np.ndarray | None]
) -> dict[str, object]:
    """Fit the confidence that a sentence without a link has no counterpart."""
    rows, right = [], []
    for event, (src, tgt), overlap in zip(known, pairs, read, strict=True):
        chances, same = link_confidences(src, tgt, overlap), np.array(event.same)
        for table, gold in ((chances, same), (chances.T, same.T)):
            unlinked = table.max(axis=1) < ComparableSettings().min_confidence
            rows.append(alone_features(table[unlinked]))
            right.append(~gold[unlinked].any(axis=1))
    print("alone")
    return fit(rows, right)


def fit_articles(pairs: list[tuple[Side, Side]]) -> dict[str, object]:
    """Fit which reports belong together, over all pairs of all events."""
    weights = name_weights([side for pair in pairs for side in pair])
    rows, right = [], []
    for i, (src, _) in enumerate(pairs):
        for j, (_, tgt) in enumerate(pairs):
            row = pair_features(src, tgt, weights)
            rows.append({name: np.array([value]) for name, value in row.items()})
            right.append(np.array([i == j]))
    print("article")
    return fit(rows, right)


def main() -> None:
    """Fit all and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    data = need(parser.parse_args().data)
    embedder = load_embedder(precision="float32")
    background = load_background(embedder)
    given = [event_of(entry) for entry in given_entries(data)]
    unseen = list(map(event_of, held_back(given_entries(data) + written_entries())))
    table: dict[str, object] = {"model": embedder.name, "sources": SOURCES}
    # Their strangers are likelier than those of our own events: talks between the same people.
    ours = [sides(event.vi, event.en, embedder, background) for event in given]
    table["glance"] = fit_links("glance", glance_features, ours, given)
    table["link"] = fit_links("link", link_features, ours, given)
    both = [sides(event.vi, event.en, embedder, background) for event in unseen]
    cases = shuffled("alt-train", lines_as_articles(data, "alt-train.tsv")[:SHUFFLED], seed=1)
    print("link read")
    reports = chain(*event_tables(both, unseen, embedder))
    tables = [*reports, *case_tables(cases, embedder, background)]
    table["link read"] = fit(*zip(*tables, strict=True))
    write(table)
    table["alone"] = fit_alone(ours, given, [None] * len(given))
    read = [read_overlap(src.texts, tgt.texts, embedder) for src, tgt in both]
    table["alone read"] = fit_alone(both, unseen, read)
    table["article"] = fit_articles(ours)
    table["relation"] = fit_relation(data, embedder, background, [*ours, *both])
    table |= fit_beads(data, embedder, background, both, unseen)
    write(table)


def write(table: dict[str, object]) -> None:
    """Write the table; pairs of articles are judged by links, so it is also written halfway."""
    from aligner.alignment.calibration import load_logistic

    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps(table, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    load_logistic.cache_clear()


if __name__ == "__main__":
    main()
