"""The units of a query: which of its tokens are one word, and how much that word weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from aligner.model import Lang
from aligner.search.words import Token
from aligner.terms.word_lists import function_words
from aligner.text.lexicon import load_lexicon, mean_the_same

FUNCTION = 0.5  # factor for the weight of a function word
END = 0.9  # how much of a word its end counts for, if that means the same by itself
LOOSE = 0.3  # how much of a word its syllables count for when they stand apart


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of a query. A Vietnamese one is a word of the list or a single syllable.

    `weight` grows with the word's rarity in the index. `forms` are the keys under which it occurs
    in texts of its language, each with blanks between its syllables: the whole word, then any end
    of it that means the same (trừng phạt for lệnh trừng phạt).
    """

    tokens: Sequence[Token]
    weight: float
    forms: Sequence[str]

    @property
    def listed(self) -> str:
        """The key of the whole word, as the word list has it."""
        return self.forms[0]

    def stands_in(self, keys: str) -> float:
        """Return how much of the word (0 to 1) is in a text, given as its keys between blanks."""
        if f" {self.listed} " in keys:
            return 1.0
        if any(f" {form} " in keys for form in self.forms):
            return END
        if len(self.tokens) == 1:
            return 0.0
        there = sum(f" {token.key} " in keys for token in self.tokens)
        return LOOSE * there / len(self.tokens)


def units_of(found: Sequence[Token], lang: Lang, rarities: Mapping[str, float]) -> list[Unit]:
    """Return the units of a query, given its tokens and the rarity of each plain word."""
    parts = [found[start:end] for start, end in _spans(found, lang)]
    small = [is_function_word(part, lang) for part in parts]
    halved = FUNCTION if not all(small) else 1.0  # "who is who" is made of nothing else
    return [
        Unit(
            part,
            max(log(1 + rarities[token.plain]) for token in part) * (halved if less else 1.0),
            _forms([token.key for token in part], lang),
        )
        for part, less in zip(parts, small, strict=True)
    ]


def is_function_word(part: Sequence[Token], lang: Lang) -> bool:
    """Return whether a word is a function word: who, the, bao nhiêu."""
    return "_".join(token.written for token in part) in function_words(lang)


def _spans(found: Sequence[Token], lang: Lang) -> list[tuple[int, int]]:
    """Return the first and the last token (exclusive) of each word; Vietnamese ones by the list."""
    if lang == "en":
        return [(n, n + 1) for n in range(len(found))]
    listed = dict(load_lexicon().spans([token.key for token in found]))
    spans, start = [], 0
    while start < len(found):
        end = listed.get(start, start + 1)
        spans.append((start, end))
        start = end
    return spans


def _forms(keys: Sequence[str], lang: Lang) -> list[str]:
    """Return the key of a word, then the keys of its ends that mean the same by themselves."""
    whole = " ".join(keys)
    ends = (" ".join(keys[n:]) for n in range(1, len(keys) - 1))  # trưởng is no thuyền trưởng
    return [whole, *(end for end in ends if lang == "vi" and mean_the_same(end, whole))]
