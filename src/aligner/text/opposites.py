"""Finds words that say the opposite of others: tăng and giảm, export and import.

The words are data (`data/opposites.toml`), in groups with two poles each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from aligner.model import LANGS, Lang, Span
from aligner.package_data import read_toml
from aligner.text.word_patterns import whole_words


@dataclass(frozen=True, slots=True)
class Opposites:
    """A group of words with two poles.

    `is_sure` tells that the words alone decide: that no text uses one of them for the other.
    """

    is_sure: bool
    _poles: Mapping[Lang, Sequence[re.Pattern[str]]]
    _usual: Sequence[str]  # Vietnamese word of each pole

    def poles(self, text: str, lang: Lang) -> dict[int, Span]:
        """Return the poles (0, 1) that a sentence names, each with where it does so first."""
        found = ((pole, pattern.search(text)) for pole, pattern in enumerate(self._poles[lang]))
        return {pole: match.span() for pole, match in found if match}

    def reversed(self, text: str) -> str:
        """Return a Vietnamese sentence with the words of either pole as those of the other.

        >>> opposites()[0].reversed("Giá dầu giảm 3%.")
        'Giá dầu tăng 3%.'
        """
        for pattern, other in zip(self._poles["vi"], reversed(self._usual), strict=True):
            if pattern.search(text):
                return pattern.sub(other, text)
        return text


@cache
def opposites() -> tuple[Opposites, ...]:
    """Return all groups."""
    return tuple(
        Opposites(
            is_sure=group.get("sure", False),
            _poles={
                lang: [_pattern(words, group.get("of_numbers", False)) for words in group[lang]]
                for lang in LANGS
            },
            _usual=[words[0] for words in group["vi"]],
        )
        for group in read_toml("text", "opposites.toml")["opposites"]
    )


def _pattern(words: Sequence[str], of_numbers: bool) -> re.Pattern[str]:
    """Return a pattern of any of some words, or only of those before a number."""
    pattern = whole_words(words)
    if not of_numbers:
        return pattern
    return re.compile(rf"{pattern.pattern}(?=\s(?:[$€£¥]|[A-Z]{{3}})?\d)", re.IGNORECASE)
