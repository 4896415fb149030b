"""Compares the spellings of names across the two languages."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache

from aligner.terms.names.offices import place_of
from aligner.terms.names.short_forms import is_adjective
from aligner.text.normalise import fold
from aligner.text.words import term_key

MIN_LETTERS = 4  # of names that are compared letter by letter; shorter ones are alike by chance
MIN_LIKENESS = 0.7  # below which two names are taken for different ones


@lru_cache(maxsize=200_000)
def name_likeness(vi: str, en: str) -> float:
    """Return 1 for names written alike or known to be the same, and less for respelt ones.

    For those, it is the ratio of Ratcliff and Obershelp (1988) over the letters without accents.
    """
    ours, theirs = _letters(vi), _letters(en)
    if ours == theirs or is_same_name(vi, en):
        return 1.0
    if not ours or not theirs or min(len(ours), len(theirs)) < MIN_LETTERS:
        return 0.0
    ratio = SequenceMatcher(None, ours, theirs, autojunk=False).ratio()
    return ratio if ratio >= MIN_LIKENESS else 0.0


def written_alike(vi: str, en: str) -> bool:
    """Return whether two names differ at most in letter case and hyphens.

    Đà Nẵng and Da Nang differ, because a Vietnamese text needs the accents. A name that the
    Vietnamese text takes over as it is does not ("60 Minutes").
    """
    if term_key(vi, "en") == term_key(en, "en"):
        return True
    ours, theirs = ("".join(filter(str.isalnum, name.casefold())) for name in (vi, en))
    return ours == theirs


def is_same_name(vi: str, en: str) -> bool:
    """Return whether both are known names of one place or body (Matxcơva, Moscow)."""
    place = place_of(vi, "vi")
    return bool(place) and place == place_of(en, "en") and not is_adjective(en, place, "en")


def is_demonym(vi: str, en: str) -> bool:
    """Return whether the English term is the adjective of the place that the Vietnamese one names.

    >>> is_demonym("Nga", "Russian"), is_demonym("Nga", "Russia")
    (True, False)
    """
    place = place_of(vi, "vi")
    return bool(place) and place == place_of(en, "en") and is_adjective(en, place, "en")


def _letters(name: str) -> str:
    return "".join(c for c in fold(name) if c.isalnum())
