"""The vectors of a text's tokens, from two layers of a model."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aligner.vectors import Matrix, TokenRows, unit_rows

LAST_LAYER = 1.5  # weight that evens out the layers: vectors of the last one differ less


def token_rows(
    middle: Matrix, last: Matrix, places: NDArray[np.int64], own: NDArray[np.bool_]
) -> list[TokenRows]:
    """Return each text's token vectors: a layer past the middle beside the last one.

    Words of two languages that translate each other are nearest past the middle (Jalili Sabet et
    al. 2020, simalign), and what a sentence says of them is in the last layer: together they find
    the counterparts of labelled terms better than any layer or mean of layers alone.

    Layers are [texts, tokens, dim]; `places` [texts, tokens, 2] tells where each token stands and
    `own` [texts, tokens] which of them are of the text itself.
    """
    rows = np.concatenate(
        [unit_rows(middle), LAST_LAYER * unit_rows(last)], axis=-1, dtype=np.float32
    )
    return [
        TokenRows(rows[n][there], places[n][there, 0], places[n][there, 1])
        for n, there in enumerate(own)
    ]


def middle_layer(layers: int) -> int:
    """Return the number of the layer past the middle whose tokens are read for words."""
    return layers * 2 // 3


def means(rows: Matrix, mask: NDArray[np.bool_]) -> Matrix:
    """Return the mean of the rows [n, t, dim] that are there, at length 1, [n, dim]."""
    return unit_rows((rows * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1)[:, None])
