"""How likely a sentence is what a query asks for: nearness of meaning and shared words together.

A logistic regression (weights in `data/ranking.json`, fitted by `benchmarks/calibrate_search.py`)
turns both into one chance, by which hits are ordered and which is shown as their confidence. A name
or a number is rare, so it weighs much among the words; one that is missing counts against a hit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import log
from typing import Literal

from aligner.model import Lang, other_language
from aligner.package_data import read_json
from aligner.search.query_words import Words
from aligner.search.records import Found, StoredBead
from aligner.text.marks import Mark, find_marks
from aligner.vectors import sigmoid

#: Of a query with more words ("long") and with fewer ("short"), in its own language ("same") and in
#: the other.
Sign = Literal[
    "bias", "same", "short",
    "margin same long", "margin other long", "margin other short",
    "cover long", "cover short", "words same short", "pairs long", "pairs short",
    "rendered long", "rendered short",
    "marks", "missing",
]  # fmt: skip
Signs = dict[Sign, float]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as sentences are held against it."""

    words: Words
    marks: frozenset[Mark]

    @classmethod
    def of(cls, text: str, words: Words) -> Asked:
        """Read the marks of a query."""
        return cls(words, frozenset(find_marks(text, words.lang)))

    def first_signs(self, margin: float, sentence: Found) -> Signs:
        """Return what speaks for a sentence at a first glance, given the margin of its meaning."""
        return self._signs(margin, sentence, *self.words.shared(sentence.text, sentence.lang))

    def signs(self, margin: float, sentence: Found, bead: StoredBead | None) -> Signs:
        """Return what speaks for a sentence: also its names and numbers, and its counterpart."""
        lang = sentence.lang
        cover, pairs = self.words.shared(sentence.text, lang)
        seen = self._marks_of(sentence.text, lang)
        if bead is not None:
            text = bead.text(other_language(lang))
            its_cover, its_pairs = self.words.shared(text, other_language(lang))
            cover = max(cover, bead.confidence * its_cover)
            pairs = max(pairs, bead.confidence * its_pairs)
            seen |= self._marks_of(text, other_language(lang))
        return self._signs(margin, sentence, cover, pairs, len(seen))

    def _signs(
        self, margin: float, sentence: Found, cover: float, pairs: float, seen: int = 0
    ) -> Signs:
        same = float(sentence.lang == self.words.lang)
        rendered = 0.0 if same else self.words.rendered(sentence.text)
        short = 2 / (1 + len(self.words.units))
        long = 1 - short
        return {
            "bias": 1.0,
            "same": same,
            "short": short,
            "margin same long": margin * same * long,
            "margin other long": margin * (1 - same) * long,
            "margin other short": margin * (1 - same) * short,
            "cover long": cover**3 * long,
            "cover short": cover**3 * short,
            "words same short": cover * same * short,
            "pairs long": pairs * long,
            "pairs short": pairs * short,
            "rendered long": rendered**3 * long,
            "rendered short": rendered**3 * short,
            "marks": log(1 + seen),
            "missing": log(1 + len(self.marks) - seen),
        }

    def _marks_of(self, text: str, lang: Lang) -> frozenset[Mark]:
        """Return the names, numbers and dates that a text has in common with the query."""
        return self.marks.intersection(find_marks(text, lang)) if self.marks else self.marks


def chance(signs: Signs) -> float:
    """Return the chance (0 to 1) that a sentence with such signs is what was asked for."""
    weights = _weights()
    return float(sigmoid(sum(value * weights[name] for name, value in signs.items())))


@cache
def _weights() -> Signs:
    weights: Signs = read_json("search", "ranking.json")
    return weights
