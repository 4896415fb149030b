"""Joins sentences that the path left unlinked with the bead of which they are the other half.

If a sentence is translated by two, one of them can be so near to it that the other one seems to
have no counterpart. It is the other half if the sentence says its words, and among them words that
the first half does not render.
"""

from __future__ import annotations

from collections.abc import Sequence

from aligner.alignment.dp import SHAPES
from aligner.alignment.parallel import Choice
from aligner.alignment.parts import Place, bead_of, nearness, rendered
from aligner.alignment.side import Side
from aligner.settings import ParallelSettings


def with_halves(
    choices: Sequence[Choice], src: Side, tgt: Side, settings: ParallelSettings
) -> list[Choice]:
    """Return the beads of a path, with the halves of sentences in the beads beside them."""
    joined: list[Choice] = []
    for choice in choices:
        if joined and _is_half(joined[-1], choice, src, tgt, settings):
            one = joined.pop()
            posterior = choice.posterior if one.is_null else one.posterior
            joined.append(bead_of(_union(one, choice), posterior, src, tgt, settings))
        else:
            joined.append(choice)
    return joined


def _is_half(one: Choice, other: Choice, src: Side, tgt: Side, settings: ParallelSettings) -> bool:
    """Return whether one of two neighbours is a bead and the other one a half of it."""
    if one.is_null == other.is_null:
        return False
    null, bead = (one, other) if one.is_null else (other, one)
    whole = _union(one, other)
    size = len(one.src) + len(other.src), len(one.tgt) + len(other.tgt)
    if size != (len(whole.src), len(whole.tgt)) or size not in SHAPES:
        return False
    rest = Place(bead.src, bead.tgt)
    if nearness(Place(null.src, null.tgt), rest, src, tgt) < settings.half_near:
        return False
    half = rendered(whole, rest, src, tgt)
    return half.said >= settings.half_said and half.new >= settings.half_new


def _union(one: Choice, other: Choice) -> Place:
    """Return the sentences from the first to the last one of two beads."""
    return Place(_span(one.src, other.src), _span(one.tgt, other.tgt))


def _span(one: range, other: range) -> range:
    if not (one and other):
        return one or other
    return range(min(one.start, other.start), max(one.stop, other.stop))
