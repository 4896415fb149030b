"""Takes sentences out of the bead into which the path drew them if they have no part in it.

Leaving a sentence alone costs more than drawing it into a neighbour's bead if that bead is long or
its two sides are near to each other anyway. Such a sentence is far from the other text, in which
hardly any word is there for its sake.
"""

from __future__ import annotations

from collections.abc import Sequence

from aligner.alignment.parallel import Choice
from aligner.alignment.parts import Place, bead_of, nearness, rendered
from aligner.alignment.side import Side
from aligner.settings import ParallelSettings

UNSURE = 0.5  # posterior of the null bead of such a sentence
_NONE = range(0)


def without_strangers(
    choices: Sequence[Choice], src: Side, tgt: Side, settings: ParallelSettings
) -> list[Choice]:
    """Return the beads of a path; a sentence that has no part in its bead is left alone."""
    return [part for choice in choices for part in _apart(choice, src, tgt, settings)]


def _apart(choice: Choice, src: Side, tgt: Side, settings: ParallelSettings) -> list[Choice]:
    """Return a bead and the stranger in it, in order, or the bead if there is none."""
    for at, (sentence, rest) in enumerate(_divisions(choice)):
        if _is_stranger(sentence, rest, choice, src, tgt, settings):
            bead = bead_of(rest, choice.posterior, src, tgt, settings)
            alone = _alone(sentence, src, tgt)
            return [bead, alone] if at else [alone, bead]
    return [choice]


def _divisions(choice: Choice) -> list[tuple[Place, Place]]:
    """Return both ways to take one of two sentences out of a 2-1 or 1-2 bead, with the rest."""
    src, tgt = choice.src, choice.tgt
    match len(src), len(tgt):
        case 2, 1:
            return [(Place(src[k : k + 1], _NONE), Place(src[1 - k : 2 - k], tgt)) for k in (0, 1)]
        case 1, 2:
            return [(Place(_NONE, tgt[k : k + 1]), Place(src, tgt[1 - k : 2 - k])) for k in (0, 1)]
    return []


def _is_stranger(
    sentence: Place, rest: Place, choice: Choice, src: Side, tgt: Side, settings: ParallelSettings
) -> bool:
    """Return whether a sentence has no part in its bead."""
    near = nearness(sentence, rest, src, tgt)
    if near > settings.stranger:
        return False
    part = rendered(Place(choice.src, choice.tgt), rest, src, tgt)
    return part.own >= settings.stranger_own and near + part.new <= settings.stranger


def _alone(sentence: Place, src: Side, tgt: Side) -> Choice:
    """Return the null bead of a sentence that was set apart."""
    everything = Place(range(len(src)), range(len(tgt)))
    nearest = nearness(sentence, everything, src, tgt)
    return Choice(*sentence, UNSURE, nearest, 0.0, 0.0)
