"""Learned maps of vectors that bring phrases closer to their translations.

A head is one linear map for both languages, and a shift for each. The embedded model has two: one
for phrases by themselves, and one for words in their sentences. Both were trained by contrast
(InfoNCE, van den Oord et al. 2018) on phrase pairs that occur together in the Asian Language
Treebank (Riza et al. 2016, CC BY 4.0), by `benchmarks/train_heads.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from aligner.model import Lang
from aligner.package_data import data_file, read_arrays
from aligner.vectors import Head, Matrix, unit_rows


@dataclass(frozen=True, slots=True)
class Heads:
    """The heads of a model, for phrases by themselves and for words in context, if it has any.

    Without a head, only the mean of a text is subtracted from its vectors.
    """

    phrase: Head | None = None
    word: Head | None = None

    def phrases(self, vectors: Matrix, lang: Lang) -> Matrix:
        """Return phrase vectors [n, dim] as unit rows."""
        return unit_rows(_seen(self.phrase, vectors, lang))

    def words(self, vectors: Matrix, lang: Lang) -> Matrix:
        """Return the token vectors of one text [n, dim], which are not of unit length."""
        return _seen(self.word, vectors, lang)


def _seen(head: Head | None, vectors: Matrix, lang: Lang) -> Matrix:
    if head is not None:
        return head.rows(vectors, lang)
    return vectors - vectors.mean(axis=0) if len(vectors) > 1 else vectors


@cache
def load_heads(model: str) -> Heads:
    """Return the heads of a model, or none if the package has none for it."""
    table = data_file("terms", f"heads-{model}.npz")
    if not table.is_file():
        return Heads()
    numbers = read_arrays(table)
    phrase, word = (
        Head(numbers[kind], {"vi": numbers[f"{kind}_vi"], "en": numbers[f"{kind}_en"]})
        for kind in ("phrase", "word")
    )
    return Heads(phrase, word)
