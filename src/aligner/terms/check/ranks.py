"""Finds offices that are those of a deputy, or former or acting ones, in one of two texts only."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.model import other_language
from aligner.term_pair import Finding
from aligner.terms.check.reading import Reading
from aligner.text.ranks import may_have_rank, ranks


def find_ranks(reading: Reading) -> Iterator[Finding]:
    """Yield the words for a rank that the opposite text does not render."""
    for lang in (reading.source, reading.target):
        here, there = "source", "translation"
        if lang == reading.target:
            here, there = there, here
        for number, numbers in enumerate(reading.opposite[lang]):
            text, other = reading.text(lang, number), other_language(lang)
            opposite = " ".join(reading.text(other, n) for n in numbers)
            for rank, span in ranks(text, lang) if numbers else ():
                if not may_have_rank(opposite, other, rank):
                    word = text[slice(*span)]
                    message = f"The {here} says “{word}” ({rank}), the {there} does not seem to."
                    yield reading.finding("rank", (lang, number), span, (), message)
