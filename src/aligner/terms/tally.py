"""Adds up what all windows say of a pair of phrases, in bounded memory.

What was seen once and is unlikely is forgotten when the table grows too long (lossy counting, Manku
& Motwani 2002): a pair that comes back is counted anew, and none that matters is ever dropped.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aligner.settings import TermSettings
from aligner.terms.observe import Observed, Place, Sighting


@dataclass(slots=True)
class Tallied:
    """What is known of two phrases: beads that hold both, bitexts, chances by window, places.

    `chances` are those of the windows where they are likeliest, best first; `places` are the surest
    ones, each with the number of its bitext.
    """

    vi: str
    en: str
    beads: int = 0
    bitexts: int = 0
    last: int = -1
    chances: list[float] = field(default_factory=list)
    places: list[tuple[int, Place]] = field(default_factory=list)


class Tally:
    """Sums over windows: pairs by their two keys, and for each phrase its beads and its forms."""

    def __init__(self, settings: TermSettings) -> None:
        self._settings = settings
        self.pairs: dict[tuple[str, str], Tallied] = {}
        self.beads: tuple[Counter[str], Counter[str]] = Counter(), Counter()
        self.forms: tuple[dict[str, Counter[str]], dict[str, Counter[str]]] = (
            defaultdict(Counter),
            defaultdict(Counter),
        )

    def add(self, bitext: int, observed: Observed, chances: NDArray[np.float64]) -> None:
        """Add what a window of a bitext, known by its number, says."""
        seen = zip(observed.sightings, chances, strict=True)
        kept = [(one, float(chance)) for one, chance in seen if chance >= self._settings.min_chance]
        for sighting, chance in kept:
            self._add_pair(bitext, sighting, chance)
        self.beads[0].update(observed.vi_beads)
        self.beads[1].update(observed.en_beads)
        for table, forms in zip(self.forms, (observed.vi_forms, observed.en_forms), strict=True):
            for key, counts in forms.items():
                table[key].update(counts)
        settings = self._settings
        phrases = max(map(len, self.forms))
        if len(self.pairs) > settings.max_pairs or phrases > settings.max_phrases:
            self._forget()

    def _add_pair(self, bitext: int, sighting: Sighting, chance: float) -> None:
        key = sighting.vi, sighting.en
        pair = self.pairs.setdefault(key, Tallied(*key))
        pair.beads += sighting.beads
        pair.bitexts += pair.last != bitext
        pair.last = bitext
        pair.chances = _best([*pair.chances, chance], self._settings.windows_heard)
        places = [*pair.places, *((bitext, place) for place in sighting.places)]
        places.sort(key=lambda item: (-item[1].sure, item[0], item[1].vi, item[1].en))
        pair.places = places[: self._settings.places]

    def _forget(self) -> None:
        """Drop pairs seen once and unlikely, and phrases that stand in no pair any more."""
        self.pairs = {
            key: pair
            for key, pair in self.pairs.items()
            if pair.beads > 1 or max(pair.chances) >= self._settings.min_confidence
        }
        for side in (0, 1):
            live = {key[side] for key in self.pairs}
            for table in (self.beads[side], self.forms[side]):
                for key in [key for key in table if key not in live]:
                    del table[key]


def _best(values: Sequence[float], count: int) -> list[float]:
    return sorted(values, reverse=True)[:count]
