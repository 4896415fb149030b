"""Extracts term pairs from aligned articles.

Each window of a bitext is judged by itself, and the results are added up. Then competing pairs and
parts of longer terms are left out, and the spellings of a name are put together.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from aligner.glossary import Glossary
from aligner.model import Bitext
from aligner.settings import TermSettings
from aligner.terms.choice.candidate import candidates
from aligner.terms.choice.choose import choose
from aligner.terms.choice.term_pairs import term_pair
from aligner.terms.choice.variants import group
from aligner.terms.ranking import in_reading_order
from aligner.terms.windows.chances import chances
from aligner.terms.windows.observe import observe, windows
from aligner.terms.windows.packed import pack, unpack, window_key
from aligner.terms.windows.sightings import Observed, Window
from aligner.terms.windows.tally import Tally
from aligner.vectors import TokenEmbedder, remembered


def extract_terms(
    bitexts: Iterable[Bitext], embedder: TokenEmbedder, settings: TermSettings | None = None
) -> Glossary:
    """Return the term pairs of the bitexts: common words last, otherwise the surest first.

    One short article pair is enough. Time grows with the number of beads, and memory is limited.
    Raises ModelError if the model is missing.
    """
    settings = settings or TermSettings()
    tally, read = Tally(settings), []
    for number, bitext in enumerate(bitexts):
        read.append(bitext)
        for window in windows(bitext, settings):
            tally.add(number, *_judge(window, embedder, settings))
    concepts = group(choose(candidates(tally, read, settings), settings))
    pairs = [term_pair(concept, read, settings) for concept in concepts]
    return Glossary(tuple(in_reading_order(pairs)))


def _judge(
    window: Window, embedder: TokenEmbedder, settings: TermSettings
) -> tuple[Observed, NDArray[np.float64]]:
    """Return the sightings in a window with their chances, from the cache if it has them."""

    def read() -> bytes:
        observed = observe(window, embedder, settings)
        return pack(observed, chances(observed, embedder), settings.min_chance)

    return unpack(remembered(embedder, window_key(window, settings), read))
