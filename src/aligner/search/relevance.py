"""How likely a sentence is what a query asks for, from its meaning and the words they share.

A logistic regression (weights in `data/ranking.json`, fitted by `benchmarks/calibrate_search.py`)
turns the signs of relevance into one probability. Hits are ordered by it, and it is shown as their
confidence. Names and numbers are rare and so weigh heavily; a missing one counts against a hit.
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

#: The features of the regression. "long" and "short" features take over from each other as a query
#: has more or fewer words; "same" and "other" tell the languages of query and sentence apart.
Sign = Literal[
    "bias", "same", "short",
    "margin same long", "margin other long", "margin other short",
    "cover long", "cover short", "words same short", "pairs long", "pairs short",
    "rendered long", "rendered short",
    "marks", "missing",
]  # fmt: skip
Signs = dict[Sign, float]


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges sentences against one query: its weighted words, and its names, numbers and dates."""

    words: Words
    marks: frozenset[Mark]

    @classmethod
    def of(cls, text: str, words: Words) -> Judge:
        """Return the judge for a query, whose names, numbers and dates are read from its text."""
        return cls(words, frozenset(find_marks(text, words.lang)))

    def first_signs(self, margin: float, sentence: Found) -> Signs:
        """Return the signs that are cheap to compute: the margin of meaning and shared words."""
        return self._signs(margin, sentence, *self.words.shared(sentence.text, sentence.lang))

    def signs(self, margin: float, sentence: Found, bead: StoredBead | None) -> Signs:
        """Return all signs of a sentence, those of its names, numbers and counterpart included."""
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
        """Return the names, numbers and dates that a text shares with the query."""
        return self.marks.intersection(find_marks(text, lang)) if self.marks else self.marks


def chance(signs: Signs) -> float:
    """Return the probability (0 to 1) that a sentence with these signs is what was asked for."""
    weights = _weights()
    return float(sigmoid(sum(value * weights[name] for name, value in signs.items())))


@cache
def _weights() -> Signs:
    weights: Signs = read_json("search", "ranking.json")
    return weights
