"""Finds the numbers that two sentences share, and those that contradict each other.

50,000 engineers in one sentence and 6,000 in the other are evidence against a link. A small number
is hardly evidence for one: two weeks and hai bên (both sides) have nothing in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from aligner.alignment.dp import Table
from aligner.alignment.side import Side
from aligner.model import Lang
from aligner.text.figures import Figure, count_one_thing, figures
from aligner.text.marks import Mark

NEAR = 0.1  # share by which two figures of one thing may differ, since newsrooms round them
SMALL = 12  # whole numbers up to this one must count the same thing


def shared_numbers(src: Side, tgt: Side, weights: Mapping[Mark, float]) -> Table:
    """Return the weight of the numbers that two sentences share: [n_src, n_tgt].

    `src` is Vietnamese and `tgt` English; `weights` says how rare each number is in the two texts.
    """
    table = np.zeros((len(src), len(tgt)))
    for i, j, ours, theirs in _numbered(src, tgt):
        alike = {
            our.mark
            for our in ours
            for their in theirs
            if our.value == their.value and (_is_rare(our.value) or count_one_thing(our, their))
        }
        table[i, j] = sum(weights[mark] for mark in sorted(alike))
    return table


def _is_rare(value: float) -> bool:
    return value > SMALL or not value.is_integer()


def contrary_figures(src: Side, tgt: Side) -> Table:
    """Return 1 if two sentences count one thing, but always differently, else 0: [n_src, n_tgt].

    `src` is Vietnamese and `tgt` English.
    """
    table = np.zeros((len(src), len(tgt)))
    for i, j, ours, theirs in _numbered(src, tgt):
        table[i, j] = _contradict(ours, theirs)
    return table


def _contradict(ours: Sequence[Figure], theirs: Sequence[Figure]) -> bool:
    alike = [
        abs(our.value - their.value) <= NEAR * max(our.value, their.value)
        for our in ours
        for their in theirs
        if count_one_thing(our, their)
    ]
    return bool(alike) and not any(alike)


def _numbered(
    src: Side, tgt: Side
) -> Iterator[tuple[int, int, Sequence[Figure], Sequence[Figure]]]:
    """Yield the pairs of sentences that both have numbers, with their numbers."""
    theirs = list(_figures(tgt, "en"))
    for i, some in _figures(src, "vi"):
        for j, others in theirs:
            yield i, j, some, others


def _figures(side: Side, lang: Lang) -> Iterator[tuple[int, Sequence[Figure]]]:
    for number, marks in enumerate(side.marks):
        if any(kind == "number" for kind, _ in marks):
            yield number, figures(side.texts[number], lang)
