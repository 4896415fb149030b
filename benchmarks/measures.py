"""Measures alignment, linking and pairing on labelled texts; `quality.py` prints the figures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligner import align_sentences
from aligner.alignment.pairing import score_pairs, strong_pairs
from aligner.alignment.parallel import choose_beads
from aligner.alignment.relation import judge_relation
from aligner.embed.background import load_background
from aligner.model import Bead
from aligner.settings import PairingSettings, ParallelSettings, RelationSettings
from aligner.terms.check.omitted import SURE as SURELY_OMITTED
from aligner.vectors import Embedder
from baselines import bertalign_style, mined_links, vecalign_style
from data_sets import Event
from evaluation import (
    NOTHING,
    Score,
    agreement,
    calibration_error,
    judged,
    lax_score,
    strict_score,
)
from perturb import Case
from sides import sides

PLAIN_METHODS = {"vecalign-style": vecalign_style, "bertalign-style": bertalign_style}
Figures = dict[str, float]  # by name


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
    called = share_called("parallel", [(c.vi, c.en) for c in cases], embedder)
    return figures | {"auto is right": called}


def left_out_score(beads: Sequence[Bead], case: Case) -> Score:
    """Count the sentences that `check` says have no counterpart, and those that have none."""
    found = {(b.src, b.tgt) for b in beads if b.is_null and b.confidence >= SURELY_OMITTED}
    filled = [bead for bead in case.gold if all(bead)]
    taken = [{n for bead in filled for n in bead[side]} for side in (0, 1)]
    gold = {((i,), ()) for i in range(len(case.vi)) if i not in taken[0]}
    gold |= {((), (j,)) for j in range(len(case.en)) if j not in taken[1]}
    return agreement(found, gold)


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
    ours = agreement(set(found), set(gold))
    by_threshold = (
        agreement({link for score, link in mined if score >= at}, set(gold)) for at, _ in mined
    )
    best = max(by_threshold, key=lambda score: score.f1)
    return {
        "precision": ours.precision,
        "recall": ours.recall,
        "facts found": len(set(facts)) / max(len(shared), 1),
        "calibration error": calibration_error(sure, right),
        "alone, calibration error": calibration_error(alone_sure, alone),
        "links": len(gold),
        "margin miner precision": best.precision,
        "margin miner recall": best.recall,
    }


def _common(event: Event, i: int, j: int) -> set[str]:
    return event.facts[0][i] & event.facts[1][j]


def _shared(event: Event) -> set[str]:
    return set().union(*event.facts[0]) & set().union(*event.facts[1])


def pairing(known: Sequence[Event], embedder: Embedder) -> Figures:
    """Return how well the reports that belong together are found."""
    background = load_background(embedder)
    texts = [sides(event.vi, event.en, embedder, background) for event in known]
    src, tgt = zip(*texts, strict=True)
    settings = PairingSettings()
    found = strong_pairs(score_pairs(src, tgt, settings), settings)
    score = agreement(found, {(i, i) for i in range(len(known))})
    return {"pairing precision": score.precision, "pairing recall": score.recall}


def share_called(wanted: str, pairs: Sequence[tuple[list, list]], embedder: Embedder) -> float:
    """Return how often relation="auto" is right."""
    background = load_background(embedder)
    right = 0
    for vi, en in pairs:
        src, tgt = sides(vi, en, embedder, background)
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
