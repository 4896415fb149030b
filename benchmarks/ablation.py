"""Prints what each lever of aligning is worth on the development data.

python benchmarks/ablation.py [--data ../shared/data] [--precision float32]

For translations, it prints strict F1 with one lever at a time left out. For links between reports,
the regression is fitted again with more and more features, and precision and recall are those of
the links above one half. Events that no adapter has seen are judged in five folds of stories, each
by a fit on the other four.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from itertools import chain
from pathlib import Path

import numpy as np

from aligner import load_embedder
from aligner.alignment.calibration import Logistic
from aligner.alignment.left_over import with_left_over
from aligner.alignment.parallel import choose_beads
from aligner.alignment.side import Side
from aligner.embed.background import load_background
from aligner.settings import PRECISIONS, ParallelSettings
from calibrate import SHUFFLED
from data_sets import (
    DEFAULT_DATA,
    articles,
    event_of,
    events,
    given_entries,
    held_back,
    lines_as_articles,
    need,
    own_events,
    perturbed,
    shuffled,
    story,
    written_entries,
)
from evaluation import NOTHING, strict_score
from fitting import Labelled, case_tables, event_tables, fit
from perturb import SWAP, Case
from sides import sides

SEEDS = (1, 2)
FOLDS = 5
WITHOUT: Mapping[str, Mapping[str, float]] = {
    "all (shipped)": {},
    "mean vectors of merged sentences only": {"near": 2.0, "near_null": 2.0},
    "nothing lost for merging": {"merge": 0.0, "both": 0.0},
    "nothing lost for several on both sides": {"both": 0.0},
    "no lengths": {"length_weight": 0.0},
    "no words": {"words": 0.0},
    "nothing out of order": {"moved": 2.0},
    "no halves joined": {"half_near": 2.0},
    "no strangers set apart": {"stranger": -1.0},
}
SIGNS: Mapping[str, Sequence[str]] = {
    "sentence vectors": ("margin", "lead"),
    "+ names, numbers, times, place": ("names", "numbers", "other_numbers", "times", "place_gap"),
    "+ each sentence read by itself": (
        "near", "ours", "theirs", "agreement_lead", "row_lead", "column_lead", "beside",
    ),
    "+ likely pairs read at once": ("judged", "judged_row", "judged_column"),
    "+ how literal": ("literal", "literal_margin", "literal_taken", "literal_judged"),
    "+ how related": ("related",),
    "+ what their words render": (
        "words", "shared_words", "words_row_lead", "words_column_lead", "literal_words",
    ),
    "+ figures that contradict": ("contrary_figures",),
    "+ what was read, times how literal (shipped)": (
        "literal_lead", "literal_near", "literal_ours", "literal_theirs", "literal_agreement_lead",
        "literal_row_lead", "literal_column_lead", "literal_related",
        "literal_judged_row", "literal_judged_column",
    ),
}  # fmt: skip
Linked = tuple[np.ndarray, np.ndarray]  # which pairs are linked, and which are right
Make = Callable[[Case], tuple[Side, Side]]


def translations(sets: Mapping[str, Sequence[Case]], make: Make) -> None:
    """Print strict F1 of every set, with each lever left out in turn."""
    print("strict F1", *sets, sep="   ")
    pairs = {name: [(case, *make(case)) for case in cases] for name, cases in sets.items()}
    for label, changes in WITHOUT.items():
        settings = replace(ParallelSettings(), **changes)
        figures = []
        for cases in pairs.values():
            total = NOTHING
            for case, src, tgt in cases:
                beads = with_left_over(choose_beads(src, tgt, settings), src, tgt, settings)
                total += strict_score([(bead.src, bead.tgt) for bead in beads], case.gold)
            figures.append(total.f1)
        print(f"{label:40}", *(f"{figure:.3f}" for figure in figures), sep="   ", flush=True)


def links(
    unseen: Sequence[Sequence[Labelled]],
    folds: Sequence[int],
    others: Sequence[Labelled],
    sets: Mapping[str, Sequence[Labelled]],
) -> None:
    """Print precision and recall of every set, with more and more features."""
    print("precision/recall", "unseen events", *sets, sep="   ")
    names: list[str] = []
    for label, added in SIGNS.items():
        names += added
        held: list[Linked] = []
        for fold in range(FOLDS):
            rest = [
                table
                for k, tables in zip(folds, unseen, strict=True)
                if k != fold
                for table in tables
            ]
            apart = [first for k, (first, *_) in zip(folds, unseen, strict=True) if k == fold]
            held += linked(fitted([*rest, *others], names), apart)
        everything = fitted([*chain(*unseen), *others], names)
        figures = [held, *(linked(everything, tables) for tables in sets.values())]
        print(f"{label:44}", *map(score, figures), sep="   ", flush=True)


def fitted(tables: Iterable[Labelled], names: Sequence[str]) -> Logistic:
    """Return a regression that is fitted on some of the features."""
    features, right = zip(*tables, strict=True)
    with redirect_stdout(None):
        return Logistic(**fit([{name: row[name] for name in names} for row in features], right))


def linked(regression: Logistic, tables: Iterable[Labelled]) -> list[Linked]:
    """Return for each table which pairs are linked (above one half), and which are right."""
    return [(regression.probability(features) >= 0.5, right) for features, right in tables]


def score(tables: Sequence[Linked]) -> str:
    """Return precision and recall over all tables."""
    both = sum(int((found & right).sum()) for found, right in tables)
    found, gold = (sum(int(table[k].sum()) for table in tables) for k in (0, 1))
    return f"{both / max(found, 1):.3f}/{both / max(gold, 1):.3f}"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--precision", choices=PRECISIONS, default="float32")
    options = parser.parse_args()
    data = need(options.data)
    embedder = load_embedder(precision=options.precision)
    background = load_background(embedder)
    documents = {
        "ntrex-dev": articles(data, "ntrex-dev-docs.json"),
        "flores-devtest": articles(data, "flores-devtest-docs.json"),
        "alt-dev": lines_as_articles(data, "alt-dev.tsv"),
    }

    def make(case: Case) -> tuple[Side, Side]:
        return sides(case.vi, case.en, embedder, background)

    changed = {
        f"{name} {kind}": [case for seed in SEEDS for case in perturbed(name, lot, seed, swap)]
        for kind, swap in (("perturbed", 0.0), ("swapped", SWAP))
        for name, lot in documents.items()
    }
    translations(changed, make)

    unseen = list(map(event_of, held_back(given_entries(data) + written_entries())))
    both = [sides(event.vi, event.en, embedder, background) for event in unseen]
    halves = shuffled("alt-train", lines_as_articles(data, "alt-train.tsv")[:SHUFFLED], seed=1)
    reports = {"comparable-dev": events(data, "comparable-dev.json"), "own events": own_events()}
    tables = {
        name: [
            first
            for first, *_ in event_tables(
                [sides(event.vi, event.en, embedder, background) for event in known],
                known,
                embedder,
            )
        ]
        for name, known in reports.items()
    }
    for name, lot in documents.items():
        cases = [case for seed in SEEDS for case in shuffled(name, lot, seed)]
        tables[f"{name} shuffled"] = case_tables(cases, embedder, background)
    print()
    stories = list(dict.fromkeys(story(event.name) for event in unseen))
    folds = [stories.index(story(event.name)) % FOLDS for event in unseen]
    others = case_tables(halves, embedder, background)
    links(event_tables(both, unseen, embedder), folds, others, tables)


if __name__ == "__main__":
    main()
