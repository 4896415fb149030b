"""Adds up what all windows say of a pair of phrases; memory grows with what recurs or is likely.

What was seen once and is unlikely is forgotten when the table grows too long (lossy counting, Manku
& Motwani 2002): a pair that comes back is counted anew, and none that matters is ever dropped. What
may be forgotten is known at any time, so that forgetting takes no longer than having learnt it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from aligner.settings import TermSettings
from aligner.terms.sightings import Observed, Place, Sighting


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
        self._faint: set[tuple[str, str]] = set()  # pairs seen once and unlikely
        self._partners: tuple[Counter[str], Counter[str]] = Counter(), Counter()  # pairs of a key
        self._idle: tuple[set[str], set[str]] = set(), set()  # phrases in no pair

    def add(self, bitext: int, observed: Observed, chances: NDArray[np.float64]) -> None:
        """Add what a window of a bitext, known by its number, says."""
        seen = zip(observed.sightings, chances, strict=True)
        kept = [(one, float(chance)) for one, chance in seen if chance >= self._settings.min_chance]
        for sighting, chance in kept:
            self._add_pair(bitext, sighting, chance)
        self.beads[0].update(observed.vi_beads)
        self.beads[1].update(observed.en_beads)
        sides = (observed.vi_forms, observed.vi_beads), (observed.en_forms, observed.en_beads)
        for side, (forms, beads) in enumerate(sides):
            for key, counts in forms.items():
                self.forms[side][key].update(counts)
            there = self._partners[side]
            self._idle[side].update(key for key in (*forms, *beads) if key not in there)
        settings = self._settings
        phrases = max(map(len, self.forms))
        if len(self.pairs) > settings.max_pairs or phrases > settings.max_phrases:
            self._forget()

    def _add_pair(self, bitext: int, sighting: Sighting, chance: float) -> None:
        key = sighting.vi, sighting.en
        if key not in self.pairs:
            for side in (0, 1):
                self._partners[side][key[side]] += 1
                self._idle[side].discard(key[side])
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
        """Drop pairs seen once and unlikely, and phrases that stand in no pair any more."""
        for key in self._faint:
            del self.pairs[key]
            for side in (0, 1):
                self._partners[side][key[side]] -= 1
                if not self._partners[side][key[side]]:
                    del self._partners[side][key[side]]
                    self._idle[side].add(key[side])
        self._faint.clear()
        for side in (0, 1):
            for phrase in self._idle[side]:
                self.beads[side].pop(phrase, None)
                self.forms[side].pop(phrase, None)
            self._idle[side].clear()


def _best(values: Sequence[float], count: int) -> list[float]:
    return sorted(values, reverse=True)[:count]
