"""Packs what was observed in a window into bytes, so that no window is examined twice."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache

import numpy as np
from numpy.typing import NDArray

from aligner.model import content_id
from aligner.package_data import data_file
from aligner.settings import TermSettings
from aligner.terms.windows.sightings import Observed, Phrases, Place, Sighting, Window

# Increase it whenever a change to phrases, signs or links changes what is observed.
VERSION = 52
_LEARNED = {
    "terms": ("forest.json", "heads-e5-small.npz", "function_words.toml", "offices.toml"),
    "text": ("exonyms.toml", "lexicon.tsv"),
}


def window_key(window: Window, settings: TermSettings) -> str:
    """Return a key that depends on the sentences, beads, settings and learned data of a window."""
    bitext = window.bitext
    beads = (f"{bead.src}{bead.tgt}{bead.confidence:.6f}" for bead in window.beads)
    sides = ((bitext.vi, window.vi), (bitext.en, window.en))
    texts = (document.sentences[n].text for document, numbers in sides for n in numbers)
    places = (f"{bitext.relation}{list(numbers)}" for _, numbers in sides)
    return content_id(_learned(), settings.signature(), *places, *beads, *texts)


def pack(observed: Observed, chances: NDArray[np.float64], least: float) -> bytes:
    """Return the pairs of a window with at least the chance `least`, and its phrases, as bytes."""
    kept = [(s, float(c)) for s, c in zip(observed.sightings, chances, strict=True) if c >= least]
    table = {
        "sightings": [asdict(sighting) for sighting, _ in kept],
        "chances": [chance for _, chance in kept],
        "beads": [observed.vi.beads, observed.en.beads],
        "forms": [observed.vi.forms, observed.en.forms],
        "nouns": [sorted(observed.vi.nouns), sorted(observed.en.nouns)],
    }
    return zlib.compress(json.dumps(table).encode("utf-8"))


def unpack(packed: bytes) -> tuple[Observed, NDArray[np.float64]]:
    """Undo `pack`."""
    table = json.loads(zlib.decompress(packed))
    sightings = [
        Sighting(**{**record, "places": list(_places(record["places"]))})
        for record in table["sightings"]
    ]
    vi, en = (
        Phrases(Counter(beads), {key: Counter(counts) for key, counts in forms.items()}, set(nouns))
        for beads, forms, nouns in zip(table["beads"], table["forms"], table["nouns"], strict=True)
    )
    return Observed(sightings, vi, en), np.array(table["chances"], dtype=np.float64)


def _places(records: Iterable[list[object]]) -> Iterable[Place]:
    for sure, vi, en, vi_span, en_span in records:
        yield Place(sure, vi, en, tuple(vi_span), tuple(en_span))  # type: ignore[arg-type]


@cache
def _learned() -> str:
    tables = (data_file(package, name) for package in _LEARNED for name in _LEARNED[package])
    return f"{VERSION} {[zlib.crc32(table.read_bytes()) for table in tables]}"
