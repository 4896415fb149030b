"""Prints how good alignment, linking and pairing are on the labelled sets.

python benchmarks/quality.py [--data ../shared/data]

Perturbed translations: sentences dropped, merged and inserted at random (`perturb.py`), strict and
lax F1 of beads, for this project and for a Vecalign-style cost on the same vectors. Reports of one
event: precision and recall of links, accuracy of article pairing. Calibration: expected error.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from aligner import align_sentences, load_embedder
from aligner.alignment.comparable import link_confidences
from aligner.alignment.evaluation import NOTHING, calibration_error, judged, lax_score, strict_score
from aligner.alignment.pairing import score_pairs, standing
from aligner.alignment.side import make_side
from aligner.embed.background import load_background
from aligner.pipeline import signature
from aligner.settings import PairingSettings
from aligner.vectors import Embedder
from baselines import vecalign_style
from data_sets import (
    DEFAULT_DATA,
    articles,
    events,
    lines_as_articles,
    need,
    perturbed,
    sentence_pairs,
)
from perturb import Case

SEEDS = (1, 2)


def parallel(name: str, cases: list[Case], embedder: Embedder) -> None:
    """Print F1 on perturbed translations, ours and the baseline's, and the calibration error."""
    ours, ours_lax, theirs, theirs_lax = NOTHING, NOTHING, NOTHING, NOTHING
    confidences: list[float] = []
    right: list[bool] = []
    for case in cases:
        beads = align_sentences(case.vi, case.en, embedder, relation="parallel")
        found = [(bead.src, bead.tgt) for bead in beads]
        ours += strict_score(found, case.gold)
        ours_lax += lax_score(found, case.gold)
        path = [(tuple(a), tuple(b)) for a, b in vecalign_style(case, embedder)]
        theirs += strict_score(path, case.gold)
        theirs_lax += lax_score(path, case.gold)
        counted = set(judged([pair for pair in found if all(pair)], case.gold))
        for bead in beads:
            if (bead.src, bead.tgt) in counted:
                confidences.append(bead.confidence)
                right.append((bead.src, bead.tgt) in case.gold)
    error = calibration_error(confidences, right)
    print(
        f"{name:24} strict {ours.f1:.3f} lax {ours_lax.f1:.3f}   vecalign-style strict "
        f"{theirs.f1:.3f} lax {theirs_lax.f1:.3f}   calibration error {error:.3f}   "
        f"{ours.gold} beads"
    )


def relations(
    name: str, pairs: list[tuple[list[str], list[str]]], wanted: str, embedder: Embedder
) -> None:
    """Print how often relation="auto" is right."""
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
    print(f"{name:24} auto says {wanted} in {right} of {len(pairs)}")


def comparable(data: Path, embedder: Embedder) -> None:
    """Print links and article pairing on the events kept for validation."""
    background = load_background(embedder)
    known = events(data, "comparable-dev.json")
    sides = [
        (make_side(e.vi, "vi", embedder, background), make_side(e.en, "en", embedder, background))
        for e in known
    ]
    chances = np.concatenate([link_confidences(src, tgt).ravel() for src, tgt in sides])
    same = np.concatenate([np.array(event.same).ravel() for event in known])
    linked = chances >= 0.5
    both = (linked & same).sum()
    error = calibration_error(chances[chances > 0.1].tolist(), same[chances > 0.1].tolist())
    print(
        f"{'comparable-dev links':24} precision {both / linked.sum():.3f} recall "
        f"{both / same.sum():.3f}   calibration error {error:.3f}   {same.sum()} links"
    )
    settings = PairingSettings()
    scores = score_pairs([s for s, _ in sides], [t for _, t in sides], settings)
    found = standing(scores, settings)
    gold = {(i, i) for i in range(len(sides))}
    print(
        f"{'comparable-dev pairing':24} precision {len(found & gold) / max(len(found), 1):.3f} "
        f"recall {len(found & gold) / len(gold):.3f}   {len(gold)} events"
    )


def retrieval(name: str, pairs: list[tuple[str, str]], embedder: Embedder) -> None:
    """Print P@1 of nearest neighbours, both directions, raw and centred."""
    background = load_background(embedder)
    vi, en = (embedder.encode(list(side)) for side in zip(*pairs, strict=True))
    centred = background.centre(vi, "vi"), background.centre(en, "en")
    places = np.arange(len(pairs))
    shown = []
    for label, (a, b) in {"raw": (vi, en), "centred": centred}.items():
        there, back = (a @ b.T).argmax(axis=1) == places, (b @ a.T).argmax(axis=1) == places
        shown.append(f"{label} {there.mean():.3f}/{back.mean():.3f}")
    print(f"{name:24} P@1 vi-en/en-vi  {'  '.join(shown)}   {len(pairs)} sentences")


def main() -> None:
    """Print every figure, with the signature of the settings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    data = need(parser.parse_args().data)
    embedder = load_embedder()
    print(signature(embedder))
    sets = {
        "ntrex-dev": articles(data, "ntrex-dev-docs.json"),
        "flores-devtest": articles(data, "flores-devtest-docs.json"),
        "alt-dev": lines_as_articles(data, "alt-dev.tsv"),
    }
    for name, documents in sets.items():
        cases = [case for seed in SEEDS for case in perturbed(name, documents, seed)]
        parallel(f"{name} perturbed", cases, embedder)
    ntrex = perturbed("ntrex-dev", sets["ntrex-dev"], seed=1)
    relations("ntrex-dev perturbed", [(c.vi, c.en) for c in ntrex], "parallel", embedder)
    reports = [(e.vi, e.en) for e in events(data, "comparable-dev.json")]
    relations("comparable-dev", reports, "comparable", embedder)
    comparable(data, embedder)
    segments = [(" ".join(vi), " ".join(en)) for beads in sets["ntrex-dev"] for vi, en in beads]
    retrieval("ntrex-dev", segments, embedder)
    retrieval("tatoeba", sentence_pairs(data, "tatoeba-vie-eng.tsv"), embedder)


if __name__ == "__main__":
    main()
