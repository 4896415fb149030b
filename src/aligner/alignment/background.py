"""The vectors of ordinary news in each language, with which other vectors are compared.

A model puts every language into a region of its own. Subtracting the mean of the language brings
these together. The mean cosine to the nearest background sentences says how easily a vector finds
neighbours: a hub finds many, so its similarities mean less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.model import Lang, other_language
from aligner.settings import NEIGHBOURS
from aligner.vectors import Matrix, mean_to_nearest, unit_rows

MOST_STRETCH = 4.0  # of inner products; a model that needs more does not know both languages


@dataclass(frozen=True, slots=True)
class Background:
    """Mean vectors [dim] and centred rows [n, dim] of background sentences, by language.

    `length` is that of every centred row. It is 1 for the embedded model, to which all thresholds
    and weights belong. The rows of another model are stretched until translations are as near to
    each other as under that one.
    """

    means: dict[Lang, Matrix]
    rows: dict[Lang, Matrix]
    length: float = 1.0

    @classmethod
    def of(cls, vi: Matrix, en: Matrix) -> Background:
        """Make a background from raw sentence vectors of both languages."""
        raw: dict[Lang, Matrix] = {"vi": vi, "en": en}
        means: dict[Lang, Matrix] = {lang: rows.mean(axis=0) for lang, rows in raw.items()}
        return cls(means, {lang: unit_rows(rows - means[lang]) for lang, rows in raw.items()})

    def centre(self, rows: Matrix, lang: Lang) -> Matrix:
        """Subtract the mean of a language from rows [n, dim], and scale them to `length`."""
        return np.float32(self.length) * unit_rows(rows - self.means[lang])

    def stretched(self, vi: Matrix, en: Matrix, wanted: float) -> Background:
        """Return a background in which translations (raw rows) have a mean product of `wanted`."""
        products = (self.centre(vi, "vi") * self.centre(en, "en")).sum(axis=1)
        nearness = max(float(products.mean()), wanted / MOST_STRETCH)
        length = self.length * (wanted / nearness) ** 0.5
        rows = {lang: np.float32(length / self.length) * old for lang, old in self.rows.items()}
        return Background(self.means, rows, length)

    def hubness(self, centred: Matrix, lang: Lang) -> NDArray[np.float32]:
        """Return the mean cosine [n] of centred rows to the nearest of the other language."""
        return mean_to_nearest(centred, self.rows[other_language(lang)], NEIGHBOURS)
