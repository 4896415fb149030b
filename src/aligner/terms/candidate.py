"""A phrase pair that may become a term pair, with what all windows say about it."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.terms.tally import Tallied


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase pair in its usual spelling, with what was found about it in all texts.

    `share_vi` is the share of the aligned beads with the Vietnamese phrase that contain the pair,
    and `share_en` the share in the other direction. `often_vi` and `often_en` count the occurrences
    of each phrase.
    """

    vi: str
    en: str
    confidence: float
    share_vi: float
    share_en: float
    often_vi: int
    often_en: int
    seen: Tallied

    @property
    def rank(self) -> tuple[float, int, str, str]:
        """A sort key: the most confident first, then the most frequent."""
        return -self.confidence, -self.seen.beads, self.vi, self.en
