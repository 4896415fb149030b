"""Measures how much of one sentence is in another one, whatever the order and the wording.

This is late interaction (ColBERT, Khattab & Zaharia 2020): every token of a sentence is compared
with its nearest token of the other one. The vectors come from the adapted model
(`embed/adapter.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from aligner.vectors import FactRows, Matrix


def overlap(src: Sequence[FactRows], tgt: Sequence[FactRows]) -> Matrix:
    """Return three tables [3, n_src, n_tgt] of numbers between -1 and 1.

    They are the cosine of both sentences, the weighted mean cosine of the source's tokens to their
    nearest in the target, and the same for the target's tokens.
    """
    tables = np.zeros((3, len(src), len(tgt)), dtype=np.float32)
    tables[0] = np.stack([one.whole for one in src]) @ np.stack([one.whole for one in tgt]).T
    full = [j for j, one in enumerate(tgt) if len(one.rows)]  # a text without tokens shares nothing
    if not full:
        return tables
    rows = np.concatenate([tgt[j].rows for j in full])
    weights = np.concatenate([tgt[j].weights for j in full])
    starts = [0, *accumulate(len(tgt[j].rows) for j in full)][:-1]
    totals = np.add.reduceat(weights, starts)
    for i, one in enumerate(src):
        if len(one.rows):
            cosines = one.rows @ rows.T  # [tokens, all tokens of the target]
            nearest = np.maximum.reduceat(cosines, starts, axis=1)  # [tokens, target sentences]
            tables[1, i, full] = one.weights @ nearest / one.weights.sum()
            back = weights * cosines.max(axis=0)
            tables[2, i, full] = np.add.reduceat(back, starts) / totals
    return tables
