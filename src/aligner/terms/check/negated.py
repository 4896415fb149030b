"""Finds what only one of two texts negates: a "not" that was lost, or has come in.

A list tells negations (`text/negation.py`), and vectors tell whether the other text has one that no
list knows: a sentence whose "not" has no counterpart comes nearer to the other text once the word
is taken out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from aligner.model import Lang, other_language
from aligner.term_pair import Finding
from aligner.terms.check.reading import Reading
from aligner.text.negation import may_negate, negations
from aligner.vectors import Embedder, approach

#: Cosine of the way that a sentence goes without the word, and of the other text, from which the
#: word is reported (`benchmarks/checks.py`). Vietnamese more often has a "not" where English has a
#: word of its own.
NEARER: Mapping[Lang, float] = {"vi": 0.01, "en": 0.0}


class _Lone(NamedTuple):
    """A negation without a plain counterpart, and the texts that tell whether it has another."""

    lang: Lang
    sentence: int
    span: tuple[int, int]
    without: str  # the sentence, less the word
    opposite: str


def find_negated(reading: Reading, embedder: Embedder) -> Iterator[Finding]:
    """Yield the negations that the linked sentences do not have."""
    lone = list(_unanswered(reading))
    if not lone:
        return
    said = embedder.encode([reading.text(one.lang, one.sentence) for one in lone])
    affirmed = embedder.encode([one.without for one in lone])
    opposite = embedder.encode([one.opposite for one in lone])
    gains = approach(said, affirmed, opposite)
    for one, gain in zip(lone, gains.tolist(), strict=True):
        if gain > NEARER[one.lang]:
            here, there = "source", "translation"
            if one.lang == reading.target:
                here, there = there, here
            word = reading.text(one.lang, one.sentence)[slice(*one.span)]
            message = (
                f"The {here} has a negation (“{word}”), which the {there} does not seem to have."
            )
            where = one.lang, one.sentence
            yield reading.finding("negation", where, one.span, (), message)


def _unanswered(reading: Reading) -> Iterator[_Lone]:
    """Yield the negations that no word of the linked sentences could render."""
    for lang in (reading.source, reading.target):
        there = other_language(lang)
        for number, numbers in enumerate(reading.opposite[lang]):
            opposite = " ".join(reading.text(there, n) for n in numbers)
            text = reading.text(lang, number)
            if numbers and not may_negate(opposite, there, text):
                for start, end, without in negations(text, lang):
                    yield _Lone(lang, number, (start, end), without, opposite)
