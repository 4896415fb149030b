"""Sentences of a translation that changed places: beads that no path in order can hold.

Two neighbours that are swapped come out as one bead of two and two, or as a bead and a sentence
without counterpart on either side. What is clearly nearest to each other there is a bead.
"""

from __future__ import annotations

from collections.abc import Sequence

from aligner.alignment.anchors import find_anchors
from aligner.alignment.gains import length_deviation
from aligner.alignment.parallel import Choice
from aligner.alignment.side import Side
from aligner.settings import ParallelSettings


def with_moved(
    choices: Sequence[Choice], src: Side, tgt: Side, settings: ParallelSettings
) -> list[Choice]:
    """Return the beads of a path, those out of order put in their source sentence's place."""
    apart = [part for choice in choices for part in _apart(choice, src, tgt, settings)]
    ours = [choice for choice in apart if not choice.tgt]
    theirs = [choice for choice in apart if not choice.src]
    places = [choice.src.start for choice in ours], [choice.tgt.start for choice in theirs]
    moved = {ours[i]: theirs[j] for i, j in _nearest(*places, src, tgt, settings)}
    gone = set(moved.values())
    beads = []
    for choice in apart:
        if other := moved.get(choice):
            posterior = min(choice.posterior, other.posterior)
            place = choice.src.start, other.tgt.start
            beads.append(_single(*place, posterior, src, tgt, settings))
        elif choice not in gone:
            beads.append(choice)
    return beads


def _apart(choice: Choice, src: Side, tgt: Side, settings: ParallelSettings) -> list[Choice]:
    """Return the beads of a bead whose sentences are each one's translation in another order."""
    size = len(choice.src)
    if size == len(choice.tgt) > 1:
        found = _nearest(choice.src, choice.tgt, src, tgt, settings)
        if len(found) == size and found != [(k, k) for k in range(size)]:
            return [
                _single(choice.src[i], choice.tgt[j], choice.posterior, src, tgt, settings)
                for i, j in found
            ]
    return [choice]


def _nearest(
    rows: Sequence[int], columns: Sequence[int], src: Side, tgt: Side, settings: ParallelSettings
) -> list[tuple[int, int]]:
    return find_anchors(
        src.vectors[list(rows)], tgt.vectors[list(columns)], settings.moved, settings.moved_lead
    )


def _single(
    i: int, j: int, posterior: float, src: Side, tgt: Side, settings: ParallelSettings
) -> Choice:
    cosine = float(src.vectors[i] @ tgt.vectors[j])
    deviation = float(length_deviation(src.lengths[i], tgt.lengths[j], settings))
    return Choice(range(i, i + 1), range(j, j + 1), posterior, cosine, deviation)
