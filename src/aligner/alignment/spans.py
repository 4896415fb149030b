"""Vectors of neighbouring sentences that are merged on one side of a bead.

At first, the vector of several sentences is the mean of theirs, weighted by length. It is close to
the exact one (cosines within .04), which replaces it where the choice of beads is open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.dp import SHAPES
from aligner.alignment.side import Side
from aligner.vectors import Matrix, unit_rows

MAX_SPAN = max(map(max, SHAPES))  # sentences on one side of a bead


@dataclass(frozen=True, slots=True)
class Spans:
    """The vectors and lengths of all spans of `a` sentences, from 1 to MAX_SPAN.

    `vectors[a]` is [n - a + 1, dim], and `lengths[a]` is [n - a + 1] in characters.
    """

    vectors: dict[int, Matrix]
    lengths: dict[int, NDArray[np.float32]]

    def of(self, some: range) -> Spans:
        """Return the spans within a range of sentences."""
        kept = [a for a in self.vectors if a == 1 or a <= len(some)]
        return Spans(
            {a: self.vectors[a][some.start : some.stop - a + 1] for a in kept},
            {a: self.lengths[a][some.start : some.stop - a + 1] for a in kept},
        )


def single_spans(side: Side, some: range) -> Spans:
    """Return the spans of one sentence within a range of sentences."""
    there = slice(some.start, some.stop)
    return Spans({1: side.vectors[there]}, {1: side.lengths[there]})


def mean_spans(side: Side) -> Spans:
    """Return all spans of a text; vectors of several sentences are approximated by their mean."""
    vectors, lengths = {1: side.vectors}, {1: side.lengths}
    row_length = np.linalg.norm(side.vectors[:1])  # all have the same
    weighted = side.vectors * side.lengths[:, None]  # [n, dim]
    for a in range(2, min(MAX_SPAN, len(side)) + 1):
        n = len(side) - a + 1
        total = sum(weighted[k : k + n] for k in range(a))
        vectors[a] = row_length * unit_rows(np.asarray(total))
        lengths[a] = np.add.reduce([side.lengths[k : k + n] for k in range(a)]) + (a - 1)
    return Spans(vectors, lengths)


def embed_spans(spans: Spans, side: Side, wanted: Iterable[tuple[int, int]]) -> None:
    """Replace the vectors of the `wanted` spans (start, length) by exact ones."""
    todo = sorted({(start, a) for start, a in wanted if a > 1})
    rows = side.embed([" ".join(side.texts[start : start + a]) for start, a in todo])
    for (start, a), row in zip(todo, rows, strict=True):
        spans.vectors[a][start] = row
