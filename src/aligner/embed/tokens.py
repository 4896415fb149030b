"""Makes the vectors of a text's tokens from two layers of a model."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aligner.vectors import Matrix, TokenRows, unit_rows

LAST_LAYER = 1.5  # weight of the last layer, whose vectors differ less from each other


def token_rows(
    middle: Matrix, last: Matrix, places: NDArray[np.int64], own: NDArray[np.bool_]
) -> list[TokenRows]:
    """Return the token vectors of each text: a layer past the middle joined with the last one.

    Words that translate each other are nearest past the middle (Jalili Sabet et al. 2020,
    simalign), while the last layer has their context. Together they find the counterparts of
    labelled terms better than any single layer, and than any mean of layers.

    Layers are [texts, tokens, dim]. `places` [texts, tokens, 2] are the spans of the tokens, and
    `own` [texts, tokens] is True for tokens of the text itself.
    """
    rows = np.concatenate(
        [unit_rows(middle), LAST_LAYER * unit_rows(last)], axis=-1, dtype=np.float32
    )
    return [
        TokenRows(rows[n][there], places[n][there, 0], places[n][there, 1])
        for n, there in enumerate(own)
    ]


def middle_layer(layers: int) -> int:
    """Return the number of the layer past the middle that is used for words."""
    return layers * 2 // 3


def means(rows: Matrix, mask: NDArray[np.bool_]) -> Matrix:
    """Return the mean of the rows [n, t, dim] where `mask` is True, at length 1, [n, dim]."""
    return unit_rows((rows * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1)[:, None])
