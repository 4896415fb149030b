"""Finds what one text denies and the other does not: a "not" that was lost, or has come in.

Words tell what denies (`text/negation.py`), and the vectors whether the other text does in a way
that no list knows: a sentence whose "not" has no counterpart comes nearer to the other text once
the word is taken out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from aligner.model import Lang, other_language
from aligner.term_pair import Finding
from aligner.terms.check.reading import Reading
from aligner.text.negation import may_deny, negations
from aligner.vectors import Embedder, approach

#: Cosine of the way that a sentence goes without the word, and of the other text, from which the
#: word is reported (`benchmarks/checks.py`). Vietnamese denies oftener where English finds a word.
NEARER: Mapping[Lang, float] = {"vi": 0.01, "en": 0.0}


class _Denial(NamedTuple):
    """A word that denies, and the texts that tell whether the other text does."""

    lang: Lang
    sentence: int
    span: tuple[int, int]
    without: str  # the sentence, less the word
    opposite: str


def find_negated(reading: Reading, embedder: Embedder) -> Iterator[Finding]:
    """Yield the words that deny where the opposite text does not."""
    denials = list(_unanswered(reading))
    if not denials:
        return
    said = embedder.encode([reading.text(denial.lang, denial.sentence) for denial in denials])
    affirmed = embedder.encode([denial.without for denial in denials])
    opposite = embedder.encode([denial.opposite for denial in denials])
    gains = approach(said, affirmed, opposite)
    for denial, gain in zip(denials, gains.tolist(), strict=True):
        if gain > NEARER[denial.lang]:
            here, there = "source", "translation"
            if denial.lang == reading.target:
                here, there = there, here
            word = reading.text(denial.lang, denial.sentence)[slice(*denial.span)]
            message = f"The {here} denies (“{word}”), the {there} does not seem to."
            where = denial.lang, denial.sentence
            yield reading.finding("negation", where, denial.span, (), message)


def _unanswered(reading: Reading) -> Iterator[_Denial]:
    """Yield the words that deny where no word opposite could."""
    for lang in (reading.source, reading.target):
        there = other_language(lang)
        for number, numbers in enumerate(reading.opposite[lang]):
            opposite = " ".join(reading.text(there, n) for n in numbers)
            text = reading.text(lang, number)
            if numbers and not may_deny(opposite, there, text):
                for start, end, without in negations(text, lang):
                    yield _Denial(lang, number, (start, end), without, opposite)
