"""Links sentences of a translation that the best path in order has left over."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.alignment.halves import with_halves
from aligner.alignment.moved import with_moved
from aligner.alignment.parallel import Choice
from aligner.alignment.side import Side
from aligner.alignment.strangers import without_strangers
from aligner.settings import ParallelSettings


def with_left_over(
    choices: Sequence[Choice], src: Side, tgt: Side, settings: ParallelSettings
) -> list[Choice]:
    """Return the beads of a path with what belongs together and without what does not.

    Sentences without a part in their bead are left over too, before those that changed places and
    halves of sentences are looked for.
    """
    apart = without_strangers(choices, src, tgt, settings)
    return with_halves(with_moved(apart, src, tgt, settings), src, tgt, settings)
