"""Prints how good alignment, linking and pairing are on the labelled sets, and holds the floors.

python benchmarks/quality.py [--data ../shared/data] [--gate | --wrong]

The sets in the repository (benchmarks/data) are always measured, and with `--gate` no others. If a
figure is below its floor in baseline.json, it is named, and the exit code is 1. `--wrong` shows the
wrong and the missed links in the events of the repository. docs/quality.md describes the sets.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path

import numpy as np

from aligner import align_sentences, load_embedder
from aligner.pipeline import signature
from aligner.vectors import Embedder
from data_sets import (
    DEFAULT_DATA,
    OWN_DATA,
    Event,
    articles,
    events,
    five_articles,
    lines_as_articles,
    own_events,
    perturbed,
    sentence_pairs,
    shuffled,
)
from measures import Figures, halves, pairing, parallel, reports, retrieval, share_called
from perturb import SWAP

SEEDS = (1, 2)
BASELINE = Path(__file__).with_name("baseline.json")


def show_wrong(known: Sequence[Event], embedder: Embedder) -> None:
    """Print wrong links with their confidence, and labelled links that were missed."""
    for event in known:
        found = {
            (i, j): bead.confidence
            for bead in align_sentences(event.vi, event.en, embedder)
            for i in bead.src
            for j in bead.tgt
        }
        gold = set(map(tuple, np.argwhere(event.same).tolist()))
        for i, j in sorted(set(found) ^ gold):
            sign = f"wrong, {found[i, j]:.0%}" if (i, j) in found else "missed"
            print(f"{event.name} {i}-{j} ({sign})\n  {event.vi[i]}\n  {event.en[j]}")


def own_figures(embedder: Embedder) -> Iterator[tuple[str, Figures]]:
    """Yield the figures of the sets in the repository."""
    own = own_events()
    yield "own events", reports(own, embedder) | pairing(own, embedder)


def other_figures(data: Path, embedder: Embedder) -> Iterator[tuple[str, Figures]]:
    """Yield the figures of the development data."""
    dev = events(data, "comparable-dev.json")
    called = share_called("comparable", [(e.vi, e.en) for e in dev], embedder)
    yield (
        "comparable-dev",
        reports(dev, embedder) | pairing(dev, embedder) | {"auto is right": called},
    )
    if (folder := data.parent / "articles").is_dir():
        one_event = [pair for pair in five_articles(folder) if any(pair.facts[0])]
        yield "five articles", reports(one_event, embedder)
    sets = {
        "ntrex-dev": articles(data, "ntrex-dev-docs.json"),
        "flores-devtest": articles(data, "flores-devtest-docs.json"),
        "alt-dev": lines_as_articles(data, "alt-dev.tsv"),
    }
    for name, documents in sets.items():
        cases = [case for seed in SEEDS for case in shuffled(name, documents, seed)]
        yield f"{name} shuffled", halves(cases, embedder)
    for kind, swap in (("perturbed", 0.0), ("swapped", SWAP)):
        for name, documents in sets.items():
            cases = [case for seed in SEEDS for case in perturbed(name, documents, seed, swap)]
            yield f"{name} {kind}", parallel(cases, embedder)
    segments = [(" ".join(vi), " ".join(en)) for beads in sets["ntrex-dev"] for vi, en in beads]
    yield "ntrex-dev", retrieval(segments, embedder)
    yield "tatoeba", retrieval(sentence_pairs(data, "tatoeba-vie-eng.tsv"), embedder)


def checksum(folder: Path) -> str:
    """Return eight digits that depend on all labelled files of a folder."""
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in (".json", ".tsv") and path.parent.name != "training"
    )
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]


def main() -> int:
    """Print every figure with the signature of the settings; return 1 if one is too low."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--gate", action="store_true", help="only the sets that ship")
    parser.add_argument("--wrong", action="store_true", help="show wrong and missed links")
    options = parser.parse_args()
    embedder = load_embedder()
    if options.wrong:
        show_wrong(own_events(), embedder)
        return 0
    floors = json.loads(BASELINE.read_text(encoding="utf-8"))
    print(f"{signature(embedder)}|arithmetic:{embedder.view().strip() or 'float32'}")
    print(f"labelled sets: own {checksum(OWN_DATA)}", end="")
    measured = own_figures(embedder)
    if not options.gate and options.data.is_dir():
        print(f", development data {checksum(options.data)}", end="")
        measured = chain(measured, other_figures(options.data, embedder))
    print()
    low = []
    for name, figures in measured:
        print(f"{name:24}", "   ".join(_shown(*item) for item in figures.items()), flush=True)
        for figure, floor in floors.get(name, {}).items():
            is_error = figure.endswith("error")
            if (figures[figure] > floor) if is_error else (figures[figure] < floor):
                low.append(f"{name}: {figure} is {figures[figure]:.3f}, the floor is {floor}")
    print(*low, sep="\n", end="\n" if low else "", file=sys.stderr)
    return 1 if low else 0


def _shown(name: str, value: float) -> str:
    return f"{name} {value:.3f}" if isinstance(value, float) else f"{value} {name}"


if __name__ == "__main__":
    sys.exit(main())
