"""Estimates the chance of every phrase pair in a window, by the trees and by tables of names."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aligner.terms.names.likeness import is_same_name
from aligner.terms.names.offices import ANYWHERE, offices_of, split_country, where_right
from aligner.terms.windows.forest import load_forest
from aligner.terms.windows.sightings import Observed, Sighting
from aligner.terms.windows.signs import signs, usual_form
from aligner.vectors import Embedder

KNOWN = 0.8  # least chance of two known names of one place or office in one window


def chances(observed: Observed, embedder: Embedder) -> NDArray[np.float64]:
    """Return the chance [sightings] that each sighting in a window is a term pair."""
    learned = load_forest().chances(signs(observed, embedder))
    known = np.array([_is_known(observed, seen) for seen in observed.sightings], dtype=bool)
    return np.where(known, np.maximum(learned, KNOWN), learned)


def _is_known(observed: Observed, seen: Sighting) -> bool:
    """Return whether a pair is in the tables of places and offices."""
    vi, en = usual_form(observed.vi.forms[seen.vi]), usual_form(observed.en.forms[seen.en])
    if where := where_right(vi, en):
        return _is_office_of(vi, en, where, observed)
    return is_same_name(vi, en)


def _is_office_of(vi: str, en: str, where: frozenset[str], observed: Observed) -> bool:
    """Return whether a name of an office is right for the country beside it in the text."""
    office, country = split_country(vi, "vi")
    if country != split_country(en, "en")[1]:
        return False
    if country:
        return any(known.known(country) in where for known in offices_of(office, "vi"))
    if ANYWHERE in where:
        return True
    longer = (usual_form(forms) for forms in observed.vi.forms.values())
    return any(
        text.startswith(f"{vi} ") and split_country(text, "vi")[1] in where for text in longer
    )
