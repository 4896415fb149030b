"""Finds sentences of a translation that changed places, which no path in order can link.

Two neighbours that were swapped end up in a 2-2 bead, or as a bead and a sentence without a
counterpart on either side. There, sentences that are clearly nearest to each other become beads.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aligner.alignment.anchors import find_anchors
from aligner.alignment.gains import bead_gains, words_beyond
from aligner.alignment.parallel import Choice
from aligner.alignment.parts import Place, bead_of
from aligner.alignment.side import Side
from aligner.alignment.spans import single_spans
from aligner.alignment.wording import Wording
from aligner.settings import ParallelSettings
from aligner.vectors import sigmoid

CROSSED = [(0, 1), (1, 0)]


def with_moved(
    choices: Sequence[Choice], src: Side, tgt: Side, settings: ParallelSettings
) -> list[Choice]:
    """Return the beads of a path, with those out of order at their place in the source text."""
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
    """Return the left-over sentences of both sides that are nearest to each other of all.

    They are either near, or nearer than others by far.
    """
    found: dict[int, int] = {}
    for how in (
        (settings.moved, settings.moved_lead),
        (settings.moved_far, settings.moved_far_lead),
    ):
        left = find_anchors(src.vectors[ours], tgt.vectors[theirs], *how)
        likely = {ours[i]: theirs[j] for i, j in left}
        of_all = find_anchors(src.vectors, tgt.vectors, *how, np.array(list(likely), dtype=np.intp))
        found |= {i: j for i, j in of_all if likely[i] == j}
    return found


def _apart(choice: Choice, src: Side, tgt: Side, settings: ParallelSettings) -> list[Choice]:
    """Return the two beads within a 2-2 bead if its sentences are swapped, otherwise the bead."""
    if len(choice.src) == len(choice.tgt) == 2:
        rows, columns = src.vectors[list(choice.src)], tgt.vectors[list(choice.tgt)]
        if find_anchors(rows, columns, settings.moved, settings.moved_lead) == CROSSED:
            return [_single(choice.src[i], choice.tgt[j], src, tgt, settings) for i, j in CROSSED]
    return [choice]


def _single(i: int, j: int, src: Side, tgt: Side, settings: ParallelSettings) -> Choice:
    """Return a bead out of order, with the posterior against leaving both sentences unlinked."""
    here = Place(range(i, i + 1), range(j, j + 1))
    words = words_beyond(Wording.read([src.texts[i]], [tgt.texts[j]]), settings)
    gains = bead_gains(single_spans(src, here.src), single_spans(tgt, here.tgt), words, settings)
    posterior = float(sigmoid(gains[1, 1].item() / settings.temperature))
    return bead_of(here, posterior, src, tgt, settings)
