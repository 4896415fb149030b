"""Whether two texts are a translation or two reports: how much of the shorter one runs along."""

from __future__ import annotations

from aligner.alignment.parallel import Choice
from aligner.alignment.side import Side
from aligner.model import Relation
from aligner.settings import RelationSettings


def judge_relation(
    choices: list[Choice], src: Side, tgt: Side, settings: RelationSettings
) -> tuple[Relation, str]:
    """Return the relation that the best monotone path speaks for, and why in a few words."""
    share = covered_share(choices, src, tgt, settings.close)
    found = f"{share:.0%} of the shorter text runs along in order"
    if share >= settings.min_covered:
        return "parallel", f"auto: {found}, as in a translation"
    return "comparable", f"auto: only {found}, as in two reports"


def covered_share(choices: list[Choice], src: Side, tgt: Side, close: float) -> float:
    """Return the share (0 to 1) of the shorter side's sentences that lie in close beads."""
    beads = [choice for choice in choices if choice.src and choice.tgt and choice.cosine >= close]
    if len(src) <= len(tgt):
        return sum(len(bead.src) for bead in beads) / max(len(src), 1)
    return sum(len(bead.tgt) for bead in beads) / max(len(tgt), 1)
