"""Makes labelled sets out of clean translations: sentences dropped, merged, inserted, shuffled."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

Pair = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Case:
    """Two texts as sentences and the gold beads between them (null beads left out)."""

    name: str
    vi: list[str]
    en: list[str]
    gold: list[Pair]


DROP = 0.08  # share of sentences left out, each side
MERGE = 0.15  # share of beads whose sentences, or whose neighbour, are written as one
INSERT = 0.08  # chance of a foreign sentence before each bead, each side


def parallel_case(
    name: str,
    beads: Sequence[tuple[list[str], list[str]]],
    foreign: Sequence[tuple[str, str]],
    rng: random.Random,
) -> Case:
    """Perturb an article of gold beads: drops, merges (2-1, 1-2, 1-3) and insertions."""
    vi: list[str] = []
    en: list[str] = []
    gold: list[Pair] = []
    at = 0
    while at < len(beads):
        take = 1
        if rng.random() < MERGE:
            take = min(rng.choice([2, 2, 3]), len(beads) - at)
        left = [text for bead in beads[at : at + take] for text in bead[0]]
        right = [text for bead in beads[at : at + take] for text in bead[1]]
        if take > 1:  # one side is written as a single sentence
            if rng.random() < 0.5:
                left = [" ".join(left)]
            else:
                right = [" ".join(right)]
        if foreign and rng.random() < INSERT:
            vi.append(rng.choice(foreign)[0])
        if foreign and rng.random() < INSERT:
            en.append(rng.choice(foreign)[1])
        if take == 1 and rng.random() < DROP:
            left = []
        if take == 1 and rng.random() < DROP:
            right = []
        if left and right:
            gold.append(
                (
                    tuple(range(len(vi), len(vi) + len(left))),
                    tuple(range(len(en), len(en) + len(right))),
                )
            )
        vi += left
        en += right
        at += take
    return Case(name, vi, en, gold)
