"""Phrase pairs made by hand, as extraction would have counted them."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.terms.choice.candidate import Candidate
from aligner.terms.windows.sightings import Place
from aligner.terms.windows.tally import Tallied
from aligner.text.words import term_key


def candidate(
    vi: str,
    en: str,
    confidence: float = 0.9,
    share: float = 1.0,
    beads: int = 1,
    often: tuple[int, int] | None = None,
    places: Sequence[tuple[int, Place]] = (),
) -> Candidate:
    """Return a pair whose phrases stand `often` times each, by default in its beads alone."""
    keys = " ".join(term_key(vi, "vi")), " ".join(term_key(en, "en"))
    seen = Tallied(*keys, beads, 1, places=list(places))
    often_vi, often_en = often or (beads, beads)
    return Candidate(vi, en, confidence, share, share, often_vi, often_en, seen)


def words(candidates: list[Candidate]) -> list[tuple[str, str]]:
    """Return the terms of candidates."""
    return [(one.vi, one.en) for one in candidates]
