"""Adds up what all windows say about each pair of phrases, in limited memory.

If the table grows too long, pairs that were seen once and are unlikely are forgotten (lossy
counting, Manku & Motwani 2002). A pair that is seen again is counted from the start, and none that
matters is ever dropped. The pairs and phrases that may be forgotten are known at any time, so that
forgetting them takes no longer than adding them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aligner.settings import TermSettings
from aligner.terms.windows.sightings import Observed, Phrases, Place, Sighting


@dataclass(slots=True)
class Tallied:
    """What is known about two phrases: the numbers of beads and bitexts with both, and the rest.

    `chances` are those of the windows in which they are likeliest, the best first. `places` are the
    surest ones, each with the number of its bitext. `last` is the number of the last bitext.
    """

    vi: str
    en: str
    beads: int = 0
    bitexts: int = 0
    last: int = -1
    chances: list[float] = field(default_factory=list)
    places: list[tuple[int, Place]] = field(default_factory=list)


@dataclass(slots=True)
class PhraseSums:
    """The phrases of one language in all windows, added up.

    `partners` counts the pairs with each phrase, and `idle` are the phrases in no pair, which may
    be forgotten.
    """

    beads: Counter[str] = field(default_factory=Counter)
    forms: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    partners: Counter[str] = field(default_factory=Counter)
    idle: set[str] = field(default_factory=set)

    def add(self, phrases: Phrases) -> None:
        """Add the phrases of a window."""
        self.beads.update(phrases.beads)
        for key, counts in phrases.forms.items():
            self.forms[key].update(counts)
        seen = (*phrases.forms, *phrases.beads)
        self.idle.update(key for key in seen if key not in self.partners)

    def join(self, key: str) -> None:
        """Note that a phrase is in one more pair."""
        self.partners[key] += 1
        self.idle.discard(key)

    def part(self, key: str) -> None:
        """Note that a phrase is in one pair fewer."""
        self.partners[key] -= 1
        if not self.partners[key]:
            del self.partners[key]
            self.idle.add(key)

    def forget(self) -> None:
        """Drop the phrases that are in no pair."""
        for key in self.idle:
            self.beads.pop(key, None)
            self.forms.pop(key, None)
        self.idle.clear()


class Tally:
    """Sums over windows: the pairs by their two keys, and the phrases of both sides (vi, en)."""

    def __init__(self, settings: TermSettings) -> None:
        self._settings = settings
        self.pairs: dict[tuple[str, str], Tallied] = {}
        self.sides = PhraseSums(), PhraseSums()
        self._faint: set[tuple[str, str]] = set()  # pairs seen once and unlikely

    def add(self, bitext: int, observed: Observed, chances: NDArray[np.float64]) -> None:
        """Add what was observed in a window of a bitext, which is given by its number."""
        settings = self._settings
        for sighting, chance in zip(observed.sightings, chances.tolist(), strict=True):
            if chance >= settings.min_chance:
                self._add_pair(bitext, sighting, chance)
        for side, phrases in zip(self.sides, (observed.vi, observed.en), strict=True):
            side.add(phrases)
        known = max(len(side.forms) for side in self.sides)
        if len(self.pairs) > settings.max_pairs or known > settings.max_phrases:
            self._forget()

    def _add_pair(self, bitext: int, sighting: Sighting, chance: float) -> None:
        key = sighting.vi, sighting.en
        if key not in self.pairs:
            for side, phrase in zip(self.sides, key, strict=True):
                side.join(phrase)
        pair = self.pairs.setdefault(key, Tallied(*key))
        pair.beads += sighting.beads
        pair.bitexts += pair.last != bitext
        pair.last = bitext
        pair.chances = _best([*pair.chances, chance], self._settings.windows_heard)
        places = [*pair.places, *((bitext, place) for place in sighting.places)]
        places.sort(key=lambda item: (-item[1].sure, item[0], item[1].vi, item[1].en))
        pair.places = places[: self._settings.places]
        if pair.beads > 1 or pair.chances[0] >= self._settings.min_confidence:
            self._faint.discard(key)
        else:
            self._faint.add(key)

    def _forget(self) -> None:
        """Drop the pairs that were seen once and are unlikely, and the phrases without a pair."""
        for key in self._faint:
            del self.pairs[key]
            for side, phrase in zip(self.sides, key, strict=True):
                side.part(phrase)
        self._faint.clear()
        for side in self.sides:
            side.forget()


def _best(values: Sequence[float], count: int) -> list[float]:
    return sorted(values, reverse=True)[:count]
