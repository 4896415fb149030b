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
SWAP = 0.02  # chance that a bead and the next one change places, each side, where some do


def parallel_case(
    name: str,
    beads: Sequence[tuple[list[str], list[str]]],
    foreign: tuple[Sequence[str], Sequence[str]],
    rng: random.Random,
    swap: float = 0.0,
) -> Case:
    """Perturb an article of gold beads: drops, merges (2-1, 1-2, 1-3), insertions, local swaps.

    `foreign` are the sentences to insert on either side, none of which translates another. `swap`
    is the chance, on each side, that the sentences of a bead and of the next one change places; it
    does not affect the rest.
    """
    pieces: list[tuple[list[str], list[str]]] = []
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
        if rng.random() < INSERT:
            pieces.append(([rng.choice(foreign[0])], []))
        if rng.random() < INSERT:
            pieces.append(([], [rng.choice(foreign[1])]))
        if take == 1 and rng.random() < DROP:
            left = []
        if take == 1 and rng.random() < DROP:
            right = []
        pieces.append((left, right))
        at += take
    again = random.Random(rng.random())
    sides = [_laid_out([piece[side] for piece in pieces], swap, again) for side in (0, 1)]
    (vi, vi_places), (en, en_places) = sides
    gold = [pair for pair in zip(vi_places, en_places, strict=True) if all(pair)]
    return Case(name, vi, en, gold)


def _laid_out(
    pieces: Sequence[list[str]], swap: float, rng: random.Random
) -> tuple[list[str], list[tuple[int, ...]]]:
    """Return the sentences of one side, some neighbours swapped, and the place of each piece."""
    order = list(range(len(pieces)))
    written = [k for k in order if pieces[k]]
    number = 0
    while number + 1 < len(written):
        if rng.random() < swap:
            one, other = written[number : number + 2]
            order[one], order[other] = other, one
            number += 1
        number += 1
    texts: list[str] = []
    places: list[tuple[int, ...]] = [()] * len(pieces)
    for piece in order:
        places[piece] = tuple(range(len(texts), len(texts) + len(pieces[piece])))
        texts += pieces[piece]
    return texts, places


def comparable_case(
    name: str,
    pairs: Sequence[tuple[str, str]],
    foreign: tuple[Sequence[tuple[str, str]], Sequence[tuple[str, str]]],
    rng: random.Random,
) -> Case:
    """Make two reports out of a translation: half of each side, out of order, with others mixed in.

    `pairs` are sentences that translate each other, and `foreign` those of two other articles, the
    first of which gives Vietnamese sentences, and the second English ones: half as many as are
    kept.
    """
    own: list[list[tuple[str, int | None]]] = []
    for side in (0, 1):
        kept = rng.sample(range(len(pairs)), (len(pairs) + 1) // 2)
        others = [pair[side] for pair in foreign[side]]
        strangers = rng.sample(others, min(len(kept) // 2, len(others)))
        texts = [(pairs[k][side], k) for k in kept] + [(text, None) for text in strangers]
        rng.shuffle(texts)
        own.append(texts)
    vi, en = own
    gold = [
        ((i,), (j,))
        for i, (_, k) in enumerate(vi)
        for j, (_, n) in enumerate(en)
        if k is not None and k == n
    ]
    return Case(name, [text for text, _ in vi], [text for text, _ in en], gold)
