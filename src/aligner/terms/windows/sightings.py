"""Records of what was observed in a window of a bitext: its phrases, and likely pairs of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from aligner.model import Bead, Bitext, Span


@dataclass(frozen=True, slots=True)
class Window:
    """The numbers of sentences that are examined together, and the beads among them."""

    bitext: Bitext
    vi: Sequence[int]
    en: Sequence[int]
    beads: Sequence[Bead]


class Place(NamedTuple):
    """A sentence pair (numbered from 0) with two phrases, and their spans.

    `sure` is the confidence of its bead, 0 if no bead contains both sentences.
    """

    sure: float
    vi: int
    en: int
    vi_span: Span
    en_span: Span


@dataclass(slots=True)
class Sighting:
    """Two phrases of a window that could render each other, by their keys.

    The first four numbers are the greatest that were found in any bead or in the whole window:
    `likeness` is the CSLS of the phrases in context; `forward` is the share of the Vietnamese
    phrase that the English one covers, and `back` the reverse; `agreement` says how exactly the
    words of each lead to those of the other and to no others (Dice, 0 to 1).

    `beads` counts the beads in which they cover each other, and `support` is the sum of the
    confidences of these beads. `places` are the sentence pairs of these beads, the surest first. If
    there are none, it is one sentence pair with both phrases, within one bead if possible.
    """

    vi: str
    en: str
    likeness: float
    forward: float
    back: float
    agreement: float
    support: float = 0.0
    beads: int = 0
    places: list[Place] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language in a window, by their keys.

    `beads` counts the beads in which a phrase is covered, `forms` counts its spellings, and `nouns`
    are the phrases that can be nouns.
    """

    beads: Counter[str]
    forms: dict[str, Counter[str]]
    nouns: set[str]


@dataclass(frozen=True, slots=True)
class Observed:
    """The likely pairs of a window, and its phrases in both languages."""

    sightings: list[Sighting]
    vi: Phrases
    en: Phrases
