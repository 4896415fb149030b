"""Sentences of a translation that changed places: beads that no path in order can hold.

Two neighbours that are swapped come out as one bead of two and two, or as a bead and a sentence
without counterpart on either side. What is clearly nearest to each other there is a bead.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligner.alignment.anchors import find_anchors
from aligner.alignment.calibration import sigmoid
from aligner.alignment.gains import length_deviation, length_penalty, words_beyond
from aligner.alignment.parallel import Choice
from aligner.alignment.side import Side
from aligner.alignment.wording import Wording
from aligner.settings import ParallelSettings

CROSSED = [(0, 1), (1, 0)]


def with_moved(
    choices: Sequence[Choice], src: Side, tgt: Side, settings: ParallelSettings
) -> list[Choice]:
    """Return the beads of a path, those out of order put in their source sentence's place."""
    apart = [part for choice in choices for part in _apart(choice, src, tgt, settings)]
    ours = [choice.src.start for choice in apart if not choice.tgt]
    theirs = [choice.tgt.start for choice in apart if not choice.src]
    moved = _moved(ours, theirs, src, tgt, settings)
    gone = set(moved.values())
    beads = []
    for choice in apart:
        if not choice.tgt and choice.src.start in moved:
            i = choice.src.start
            beads.append(_single(i, moved[i], src, tgt, settings))
        elif choice.src or choice.tgt.start not in gone:
            beads.append(choice)
    return beads


def _moved(
    ours: list[int], theirs: list[int], src: Side, tgt: Side, settings: ParallelSettings
) -> dict[int, int]:
    """Return which sentences left over on both sides are nearest to each other of all sentences."""
    how = settings.moved, settings.moved_lead
    left = find_anchors(src.vectors[ours], tgt.vectors[theirs], *how)
    likely = {ours[i]: theirs[j] for i, j in left}
    of_all = find_anchors(src.vectors, tgt.vectors, *how, np.array(list(likely), dtype=np.intp))
    return {i: j for i, j in of_all if likely[i] == j}


def _apart(choice: Choice, src: Side, tgt: Side, settings: ParallelSettings) -> list[Choice]:
    """Return the two beads of a bead of two and two whose sentences are swapped."""
    if len(choice.src) == len(choice.tgt) == 2:
        rows, columns = src.vectors[list(choice.src)], tgt.vectors[list(choice.tgt)]
        if find_anchors(rows, columns, settings.moved, settings.moved_lead) == CROSSED:
            return [_single(choice.src[i], choice.tgt[j], src, tgt, settings) for i, j in CROSSED]
    return [choice]


def _single(i: int, j: int, src: Side, tgt: Side, settings: ParallelSettings) -> Choice:
    """Return a bead out of order; its posterior is that against leaving both sentences alone."""
    cosine = float(src.vectors[i] @ tgt.vectors[j])
    deviation = float(length_deviation(src.lengths[i], tgt.lengths[j], settings))
    wording = Wording.read([src.texts[i]], [tgt.texts[j]])
    words = float(words_beyond(wording, settings)[1, 1][0, 0])
    likeness = cosine - settings.skip + settings.words * words
    gain = likeness - float(length_penalty(deviation, settings))
    posterior = float(sigmoid(gain / settings.temperature))
    return Choice(range(i, i + 1), range(j, j + 1), posterior, cosine, words, deviation)
