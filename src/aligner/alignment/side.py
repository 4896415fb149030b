"""One of two texts to be aligned: its sentences with their vectors, lengths and marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.background import Background
from aligner.model import Lang
from aligner.text.marks import Mark, find_marks
from aligner.vectors import Embedder, Matrix


@dataclass(frozen=True, slots=True)
class Side:
    """The sentences of one text; `embed` returns the centred vectors of other texts."""

    texts: Sequence[str]
    vectors: Matrix  # [n, dim], centred, of one length
    lengths: NDArray[np.float32]  # [n], characters
    hubness: NDArray[np.float32]  # [n]
    marks: Sequence[Mapping[Mark, str]]
    embed: Callable[[Sequence[str]], Matrix]

    def __len__(self) -> int:
        return len(self.texts)

    def spread(self, count: int) -> Side:
        """Return the text with at most `count` of its sentences, spread evenly over it."""
        if len(self) <= count:
            return self
        numbers = np.linspace(0, len(self) - 1, count).astype(np.intp)
        return replace(
            self,
            texts=[self.texts[n] for n in numbers],
            vectors=self.vectors[numbers],
            lengths=self.lengths[numbers],
            hubness=self.hubness[numbers],
            marks=[self.marks[n] for n in numbers],
        )


def make_side(texts: Sequence[str], lang: Lang, embedder: Embedder, background: Background) -> Side:
    """Embed the sentences of one language, which are in NFC, and find their marks."""

    def embed(more: Sequence[str]) -> Matrix:
        return background.centre(embedder.encode(more), lang)

    vectors = embed(texts)
    return Side(
        texts=texts,
        vectors=vectors,
        lengths=np.array([max(len(text), 1) for text in texts], dtype=np.float32),
        hubness=background.hubness(vectors, lang),
        marks=[find_marks(text, lang) for text in texts],
        embed=embed,
    )
