"""Judges from the best path whether two texts are a translation or two reports."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.calibration import load_logistic
from aligner.alignment.parallel import Choice
from aligner.alignment.side import Side
from aligner.model import Relation
from aligner.settings import RelationSettings


def judge_relation(
    choices: list[Choice], src: Side, tgt: Side, settings: RelationSettings
) -> tuple[Relation, str]:
    """Return the relation that the best path suggests, and the reason in a few words."""
    features = relation_features(choices, src, tgt, settings)
    chance = load_logistic("relation").probability(features)
    found = f"{features['covered'].item():.0%} of the shorter text runs along in order"
    if chance.item() >= settings.min_chance:
        return "parallel", f"auto: {found}, as in a translation"
    return "comparable", f"auto: only {found}, as in two reports"


def relation_features(
    choices: list[Choice], src: Side, tgt: Side, settings: RelationSettings
) -> dict[str, NDArray[np.float64]]:
    """Return the features of two texts, each an array of one number.

    Three are shares of the sentences of the shorter text: those in close beads, in close and sure
    beads, and in no bead. Two are means over the beads: their posterior, and their words.
    """
    beads = [choice for choice in choices if not choice.is_null]
    close = [bead for bead in beads if bead.cosine >= settings.close]
    sure = [bead for bead in close if bead.posterior >= settings.sure]
    nulls = [choice for choice in choices if choice.is_null]
    of_src = len(src) <= len(tgt)

    def share(some: Iterable[Choice]) -> float:
        held = sum(len(choice.src if of_src else choice.tgt) for choice in some)
        return held / max(min(len(src), len(tgt)), 1)

    features = {
        "covered": share(close),
        "sure": share(sure),
        "alone": share(nulls),
        "posterior": sum(bead.posterior for bead in beads) / max(len(beads), 1),
        "words": sum(bead.words for bead in beads) / max(len(beads), 1),
    }
    return {name: np.array([value]) for name, value in features.items()}
