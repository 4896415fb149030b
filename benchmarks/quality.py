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
from aligner.alignment.pairing import score_pairs, strong_pairs
from aligner.alignment.side import make_side
from aligner.embed.background import load_background
from aligner.model import Bead
from aligner.pipeline import signature
from aligner.settings import PairingSettings
from aligner.terms.check.omitted import SURE as SURELY_OMITTED
from aligner.vectors import Embedder
from baselines import bertalign_style, mined_links, vecalign_style
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
from evaluation import NOTHING, Score, calibration_error, judged, lax_score, strict_score
from perturb import SWAP, Case

SEEDS = (1, 2)
PLAIN_METHODS = {"vecalign-style": vecalign_style, "bertalign-style": bertalign_style}
BASELINE = Path(__file__).with_name("baseline.json")
Figures = dict[str, float]
Link = tuple[int, int]


def parallel(cases: Sequence[Case], embedder: Embedder) -> Figures:
    """Return F1 on perturbed translations, that of plain methods, and the calibration error."""
    ours = ours_lax = NOTHING
    left_out = NOTHING
    confidences: list[float] = []
    right: list[bool] = []
    for case in cases:
        beads = align_sentences(case.vi, case.en, embedder, relation="parallel")
        left_out += left_out_score(beads, case)
        found = [(bead.src, bead.tgt) for bead in beads]
        ours += strict_score(found, case.gold)
        ours_lax += lax_score(found, case.gold)
        counted = set(judged([pair for pair in found if all(pair)], case.gold))
        for bead in beads:
            if (bead.src, bead.tgt) in counted:
                confidences.append(bead.confidence)
                right.append((bead.src, bead.tgt) in case.gold)
    figures = {
        "strict F1": ours.f1,
        "lax F1": ours_lax.f1,
        "calibration error": calibration_error(confidences, right),
        "left out found": left_out.recall,
        "left out right": left_out.precision,
    }
    for name, method in PLAIN_METHODS.items():
        strict = lax = NOTHING
        for case in cases:
            path = [(tuple(a), tuple(b)) for a, b in method(case, embedder)]
            strict += strict_score(path, case.gold)
            lax += lax_score(path, case.gold)
        figures |= {f"{name} strict F1": strict.f1, f"{name} lax F1": lax.f1}
    called = _share_called("parallel", [(c.vi, c.en) for c in cases], embedder)
    return figures | {"auto is right": called}


def left_out_score(beads: Sequence[Bead], case: Case) -> Score:
    """Count the sentences that `check` says have no counterpart, and those that have none."""
    found = {(b.src, b.tgt) for b in beads if b.is_null and b.confidence >= SURELY_OMITTED}
    filled = [bead for bead in case.gold if all(bead)]
    taken = [{n for bead in filled for n in bead[side]} for side in (0, 1)]
    gold = {((i,), ()) for i in range(len(case.vi)) if i not in taken[0]}
    gold |= {((), (j,)) for j in range(len(case.en)) if j not in taken[1]}
    right = len(found & gold)
    return Score(len(found), right, len(gold), right)


def halves(cases: Sequence[Case], embedder: Embedder) -> Figures:
    """Return F1 of links between halves of translations, out of order, with others mixed in."""
    total = NOTHING
    for case in cases:
        beads = align_sentences(case.vi, case.en, embedder, relation="comparable")
        total += strict_score([(bead.src, bead.tgt) for bead in beads], case.gold)
    return {"precision": total.precision, "recall": total.recall, "F1": total.f1}


def reports(known: Sequence[Event], embedder: Embedder) -> Figures:
    """Return how good links between reports are, and those of a margin miner."""
    found, mined, gold, facts, sure, right = [], [], [], [], [], []
    alone_sure, alone = [], []
    for n, event in enumerate(known):
        same = np.array(event.same)
        gold += [(n, i, j) for i, j in np.argwhere(same).tolist()]
        for bead in align_sentences(event.vi, event.en, embedder):
            if bead.is_null:
                alone_sure.append(bead.confidence)
                alone.append(
                    not same[list(bead.src) or slice(None), list(bead.tgt) or slice(None)].any()
                )
            links = [(i, j) for i in bead.src for j in bead.tgt]
            found += [(n, i, j) for i, j in links]
            sure += [bead.confidence for _ in links]
            right += [bool(same[i, j]) for i, j in links]
            facts += [(n, fact) for i, j in links for fact in _common(event, i, j)]
        mined += [(score, (n, i, j)) for score, (i, j) in mined_links(event.vi, event.en, embedder)]
    shared = {(n, fact) for n, event in enumerate(known) for fact in _shared(event)}
    precision, recall = _score(set(found), set(gold))
    best = max(
        (_score({link for s, link in mined if s >= at}, set(gold)) for at, _ in mined), key=_f1
    )
    return {
        "precision": precision,
        "recall": recall,
        "facts found": len(set(facts)) / max(len(shared), 1),
        "calibration error": calibration_error(sure, right),
        "alone, calibration error": calibration_error(alone_sure, alone),
        "links": len(gold),
        "margin miner precision": best[0],
        "margin miner recall": best[1],
    }


def _common(event: Event, i: int, j: int) -> set[str]:
    return event.facts[0][i] & event.facts[1][j]


def _shared(event: Event) -> set[str]:
    return set().union(*event.facts[0]) & set().union(*event.facts[1])


def _score(found: set, gold: set) -> tuple[float, float]:
    return len(found & gold) / max(len(found), 1), len(found & gold) / max(len(gold), 1)


def _f1(score: tuple[float, float]) -> float:
    return 2 * score[0] * score[1] / max(sum(score), 1e-9)


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


def pairing(known: Sequence[Event], embedder: Embedder) -> Figures:
    """Return how well the reports that belong together are found."""
    background = load_background(embedder)
    src = [make_side(event.vi, "vi", embedder, background) for event in known]
    tgt = [make_side(event.en, "en", embedder, background) for event in known]
    settings = PairingSettings()
    found = strong_pairs(score_pairs(src, tgt, settings), settings)
    precision, recall = _score(found, {(i, i) for i in range(len(known))})
    return {"pairing precision": precision, "pairing recall": recall}


def _share_called(wanted: str, pairs: Sequence[tuple[list, list]], embedder: Embedder) -> float:
    """Return how often relation="auto" is right."""
    from aligner.alignment.parallel import choose_beads
    from aligner.alignment.relation import judge_relation
    from aligner.settings import ParallelSettings, RelationSettings

    background = load_background(embedder)
    right = 0
    for vi, en in pairs:
        src = make_side(vi, "vi", embedder, background)
        tgt = make_side(en, "en", embedder, background)
        choices = choose_beads(src, tgt, ParallelSettings())
        right += judge_relation(choices, src, tgt, RelationSettings())[0] == wanted
    return right / len(pairs)


def retrieval(pairs: Sequence[tuple[str, str]], embedder: Embedder) -> Figures:
    """Return P@1 of nearest neighbours, both directions, raw and centred."""
    background = load_background(embedder)
    vi, en = (embedder.encode(list(side)) for side in zip(*pairs, strict=True))
    centred = background.centre(vi, "vi"), background.centre(en, "en")
    places = np.arange(len(pairs))
    figures = {}
    for label, (a, b) in {"raw": (vi, en), "centred": centred}.items():
        figures[f"P@1 vi-en {label}"] = float(((a @ b.T).argmax(axis=1) == places).mean())
        figures[f"P@1 en-vi {label}"] = float(((b @ a.T).argmax(axis=1) == places).mean())
    return figures


def own_figures(embedder: Embedder) -> Iterator[tuple[str, Figures]]:
    """Yield the figures of the sets in the repository."""
    own = own_events()
    yield "own events", reports(own, embedder) | pairing(own, embedder)


def other_figures(data: Path, embedder: Embedder) -> Iterator[tuple[str, Figures]]:
    """Yield the figures of the development data."""
    dev = events(data, "comparable-dev.json")
    called = _share_called("comparable", [(e.vi, e.en) for e in dev], embedder)
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
