"""Fits the chances of term pairs: writes src/aligner/terms/data/forest.json from labelled data.

python benchmarks/calibrate_terms.py [--data ../shared/data]

The trees are fitted on comparable-train-*.json, where a labelled term with any other partner is a
wrong pair. Of the pairs that no label touches, 1,260 were judged by hand, and another 2,400 of 220
events of `data/training` and 80 stretches of alt-train. `data/term_judgements.tsv` has the verdicts
by event and digest, without the text: k is "keep", g "right, but too general for a term base", x
"wrong", and `stands_for` is the number of similar pairs that the sampled one represents. Only
numbers are written. No tree is fitted on comparable-dev, but LIFT was chosen with an eye on it. The
first time, this takes ten minutes on two cores.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from aligner import align, load_embedder
from aligner.embed import CachedEmbedder
from aligner.model import Bead, Bitext, content_id
from aligner.progress import progress
from aligner.settings import TermSettings
from aligner.terms.windows.observe import observe, windows
from aligner.terms.windows.sightings import Sighting
from aligner.terms.windows.signs import SIGNS, signs
from data_sets import (
    DEFAULT_DATA,
    ROOT,
    TermEvent,
    document,
    documents,
    need,
    sentence_pairs,
    term_events,
    written_entries,
)
from evaluation import overlap

TARGET = ROOT / "src/aligner/terms/data/forest.json"
JUDGED = ROOT / "benchmarks/data/term_judgements.tsv"
FAR = 0.08  # first chance below which an unlabelled pair is taken for wrong
FAR_WEIGHT, UNLABELLED_WEIGHT = 0.3, 0.1  # of such pairs; of all unlabelled ones at first
JUDGED_WEIGHT = 0.4  # times the square root of `stands_for`
STRETCH = 20  # lines of alt-train, by the number of the first: "alt-train-160"
LIFT = 0.4  # added to the log odds for recall: half of the labelled terms are in few sentences
FOLDS = 5
TREES = {"max_iter": 150, "learning_rate": 0.06, "max_leaf_nodes": 12, "min_samples_leaf": 40}


@dataclass
class Case:
    """An event: its sightings, their signs, and what the labels say of each.

    A label is 1 for a labelled pair, 0 for a rival of one, -1 for a pair that no label touches, and
    -2 for a pair that overlaps a labelled one and may be right.
    """

    event: TermEvent
    sightings: Sequence[Sighting]
    rows: np.ndarray
    labels: np.ndarray


def read(event: TermEvent, embedder: CachedEmbedder, bitext: Bitext | None = None) -> Case:
    """Return what extraction sees in an event, or in its sentences aligned as given."""
    settings = TermSettings()
    bitext = bitext or align(event.vi, event.en, embedder, relation="comparable")
    (window,) = windows(bitext, settings)
    observed = observe(window, embedder, settings)
    labels = np.array([label(seen, event) for seen in observed.sightings])
    return Case(event, observed.sightings, signs(observed, embedder), labels)


def judged_only(data: Path, names: Collection[str], embedder: CachedEmbedder) -> Iterator[Case]:
    """Yield what was judged in events without labelled terms, and in stretches of alt-train."""
    for entry in written_entries():
        if entry["id"] in names:
            yield read(TermEvent(entry["id"], *documents(entry), []), embedder)
    pairs = sentence_pairs(data, "alt-train.tsv")
    for name in sorted(names):
        if name.startswith("alt-train-"):
            start = int(name.removeprefix("alt-train-"))
            vi, en = map(list, zip(*pairs[start : start + STRETCH], strict=True))
            event = TermEvent(name, document(name, "vi", vi), document(name, "en", en), [])
            beads = tuple(Bead((k,), (k,), 1.0) for k in range(len(vi)))
            yield read(event, embedder, Bitext(event.vi, event.en, beads, "parallel", "given"))


def label(seen: Sighting, event: TermEvent) -> int:
    """Return what the labelled terms of an event say of a pair."""
    ours = {vi for vi, _ in event.terms}
    theirs = {en for _, ens in event.terms for en in ens}
    if any(seen.vi == vi and seen.en in ens for vi, ens in event.terms):
        return 1
    if any(
        overlap(seen.vi, vi) and any(overlap(seen.en, en) for en in ens) for vi, ens in event.terms
    ):
        return -2
    return 0 if seen.vi in ours or seen.en in theirs else -1


def first_chances(cases: Sequence[Case]) -> list[np.ndarray]:
    """Return rough chances of all pairs, by trees fitted on the labels of other events."""
    found: list[np.ndarray] = [np.empty(0)] * len(cases)
    for fold in range(FOLDS):
        train = [case for number, case in enumerate(cases) if number % FOLDS != fold]
        rows = np.concatenate([case.rows for case in train])
        labels = np.concatenate([case.labels for case in train])
        weights = np.select([labels >= 0, labels == -1], [1, UNLABELLED_WEIGHT], 0)
        model = fit(rows, labels == 1, weights)
        for number, case in enumerate(cases):
            if number % FOLDS == fold:
                found[number] = model.predict_proba(case.rows)[:, 1]
    return found


def targets(
    case: Case, judged: dict[str, tuple[str, float]], first: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return rows, whether each is right, and weights; a general pair is half right, half wrong.

    Without first chances, only labelled and judged pairs have a weight.
    """
    rows, right, weights = [case.rows], [case.labels == 1], []
    known = np.where(case.labels >= 0, 1.0, 0.0)
    if first is not None:
        known[(case.labels == -1) & (first < FAR)] = FAR_WEIGHT
    for number, seen in enumerate(case.sightings):
        verdict = judged.get(content_id(seen.vi, seen.en))
        if verdict is None or case.labels[number] >= 0:
            continue
        letter, stands_for = verdict
        weight = stands_for**0.5 * JUDGED_WEIGHT * (0.5 if letter == "g" else 1.0)
        known[number] = weight
        right[0][number] = letter != "x"
        if letter == "g":
            rows.append(case.rows[[number]])
            right.append(np.array([False]))
            weights.append(weight)
    return (
        np.concatenate(rows),
        np.concatenate(right),
        np.concatenate([known, np.array(weights, dtype=np.float64)]),
    )


def fit(rows: np.ndarray, right: np.ndarray, weights: np.ndarray) -> HistGradientBoostingClassifier:
    """Fit boosted trees on the rows that have a weight."""
    used = weights > 0
    model = HistGradientBoostingClassifier(l2_regularization=5.0, random_state=0, **TREES)
    return model.fit(rows[used], right[used], sample_weight=weights[used])


def write(model: HistGradientBoostingClassifier) -> None:
    """Write the trees as plain numbers: [sign, threshold, left, right, value] a node."""
    trees = [
        [
            [0, 0, -1, -1, round(float(node["value"]), 5)]
            if node["is_leaf"]
            else [
                int(node["feature_idx"]),
                float(f"{node['num_threshold']:.9g}"),
                *(int(node["left"]), int(node["right"]), 0),
            ]
            for node in predictor.nodes
        ]
        for (predictor,) in model._predictors
    ]
    base = round(float(model._baseline_prediction.ravel()[0]) + LIFT, 6)
    table = {"model": "e5-small", "signs": list(SIGNS), "base": base, "trees": trees}
    TARGET.write_text(json.dumps(table, separators=(",", ":")) + "\n", encoding="utf-8")


def main() -> None:
    """Read the events, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    data = need(parser.parse_args().data)
    embedder = load_embedder(precision="float32")
    known = [e for x in "abcdefghij" for e in term_events(data, f"comparable-train-{x}.json")]
    cases = [read(event, embedder) for event in progress(known, "reading", unit="event")]
    judged: defaultdict[str, dict[str, tuple[str, float]]] = defaultdict(dict)
    with JUDGED.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            judged[row["event"]][row["pair"]] = row["judgement"], float(row["stands_for"])
    parts = [
        targets(case, judged[case.event.name], first)
        for case, first in zip(cases, first_chances(cases), strict=True)
    ]
    more = judged.keys() - {event.name for event in known}
    judged_cases = progress(judged_only(data, more, embedder), "reading judged", "text", len(more))
    parts += [targets(case, judged[case.event.name]) for case in judged_cases]
    model = fit(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    write(model)
    print(f"{len(parts)} texts, {sum(len(rows) for rows, *_ in parts)} pairs, wrote {TARGET.name}")


if __name__ == "__main__":
    main()
