"""What is seen of terms in a window of a bitext: places, pairs that could be one, how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from aligner.model import Bead, Bitext, Span


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences of a bitext that are looked at together, by number, and the beads among them."""

    bitext: Bitext
    vi: Sequence[int]
    en: Sequence[int]
    beads: Sequence[Bead]


class Place(NamedTuple):
    """A sentence pair (from 0) that holds two phrases, how sure its bead is, and where they are.

    `sure` is 0 where no bead holds both sentences.
    """

    sure: float
    vi: int
    en: int
    vi_span: Span
    en_span: Span


@dataclass(slots=True)
class Sighting:
    """Two phrases of a window that could translate each other, by their keys.

    Of the beads and of the whole window, the one where a number is greatest counts: `likeness` is
    the CSLS of the phrases in context, `forward` the share of the Vietnamese phrase that the
    English one covers, `back` the reverse, `agreement` how exactly the words of each lead to those
    of the other and to no more (Dice, 0 to 1).

    `beads` counts the beads in which they cover each other, `support` sums the confidences of
    these. `places` are sentence pairs of these beads, surest first. Where there is no such bead,
    one sentence pair that holds both phrases, of one bead if possible.
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

    `beads` counts the beads in which something covers a phrase, `forms` how it is written; `nouns`
    are the phrases that can be nouns.
    """

    beads: Counter[str]
    forms: dict[str, Counter[str]]
    nouns: set[str]


@dataclass(frozen=True, slots=True)
class Observed:
    """What is kept of a window: the likely pairs, and the phrases of either language."""

    sightings: list[Sighting]
    vi: Phrases
    en: Phrases
