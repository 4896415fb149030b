"""Every model is put to the scale of the embedded one, for which thresholds were found."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import pytest

from aligner import align_sentences
from aligner.alignment.background import MOST_STRETCH, Background
from aligner.embed import CachedEmbedder
from aligner.embed.background import TRANSLATED, load_background, translations
from aligner.vectors import Matrix, unit_rows


class Blurred:
    """A model whose vectors are those of the embedded one with noise, another for every text."""

    name = "blurred"

    def __init__(self, clear: CachedEmbedder, noise: float) -> None:
        self.clear = clear
        self.noise = noise
        self.dim = clear.dim

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 [len(texts), dim]."""
        seeds = (zlib.crc32(text.encode()) for text in texts)
        noise = [np.random.default_rng(seed).standard_normal(self.dim) for seed in seeds]
        rows = self.clear.encode(texts)
        blur = unit_rows(np.array(noise, dtype=np.float32).reshape(rows.shape))
        return unit_rows(rows + np.float32(self.noise) * blur)


def nearness(background: Background, embedder: CachedEmbedder | Blurred) -> float:
    vi, en = (embedder.encode(side) for side in zip(*translations(), strict=True))
    return float((background.centre(vi, "vi") * background.centre(en, "en")).sum(axis=1).mean())


def test_the_embedded_model_is_the_scale(embedder: CachedEmbedder) -> None:
    background = load_background(embedder)
    assert background.length == 1
    assert nearness(background, embedder) == pytest.approx(TRANSLATED, abs=0.001)


@pytest.mark.parametrize("noise", [0.0, 0.2, 0.4])
def test_translations_are_as_near_under_any_model(noise: float, embedder: CachedEmbedder) -> None:
    other = Blurred(embedder, noise)
    background = load_background(other)
    assert nearness(background, other) == pytest.approx(TRANSLATED, abs=0.001)
    assert background.length == pytest.approx(np.linalg.norm(background.rows["vi"][0]), abs=1e-4)


def test_a_model_that_knows_no_translation_is_stretched_to_a_limit(
    embedder: CachedEmbedder,
) -> None:
    background = load_background(Blurred(embedder, 1000.0))
    assert background.length == pytest.approx(MOST_STRETCH**0.5)


def test_a_blurred_model_aligns_nearly_as_the_clear_one_does(embedder: CachedEmbedder) -> None:
    vi, en = (list(side) for side in zip(*translations(), strict=True))
    del vi[5]
    gold = {((n,), (n + (n >= 5),)) for n in range(len(vi))}
    for model, share in ((embedder, 1.0), (Blurred(embedder, 0.3), 0.9)):
        beads = align_sentences(vi, en, model, relation="parallel")
        found = {(bead.src, bead.tgt) for bead in beads if not bead.is_null}
        assert len(found & gold) >= share * len(gold)
        assert len(found - gold) <= 2
