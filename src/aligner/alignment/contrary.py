"""Figures that contradict each other: 50,000 engineers in one sentence, 6,000 in the other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.side import Side
from aligner.model import Lang
from aligner.text.figures import Figure, count_one_thing, figures

NEAR = 0.1  # share by which two figures of one thing may differ: newsrooms round them


def contrary_figures(src: Side, tgt: Side) -> NDArray[np.float64]:
    """Return 1 where two sentences count one thing, but never alike, and else 0: [n_src, n_tgt].

    `src` is Vietnamese, `tgt` English.
    """
    ours, theirs = _figures(src, "vi"), _figures(tgt, "en")
    table = np.zeros((len(ours), len(theirs)))
    for i, some in enumerate(ours):
        for j, others in enumerate(theirs):
            table[i, j] = _contradict(some, others)
    return table


def _contradict(ours: Sequence[Figure], theirs: Sequence[Figure]) -> bool:
    alike = [
        abs(our.value - their.value) <= NEAR * max(our.value, their.value)
        for our in ours
        for their in theirs
        if count_one_thing(our, their)
    ]
    return bool(alike) and not any(alike)


def _figures(side: Side, lang: Lang) -> list[tuple[Figure, ...]]:
    numbered = (any(kind == "number" for kind, _ in marks) for marks in side.marks)
    return [
        figures(text, lang) if has_number else ()
        for text, has_number in zip(side.texts, numbered, strict=True)
    ]
