"""An embedder without a model: a sentence is the bag of its words, whatever the language.

Equal words give equal vectors, so an alignment of invented words has one exact answer.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from aligner.alignment.background import Background
from aligner.alignment.side import Side, make_side
from aligner.model import Bead, Lang
from aligner.vectors import Matrix, TokenRows

DIM = 256
Pair = tuple[tuple[int, ...], tuple[int, ...]]
_WORD = re.compile(r"\w+")
_LETTERS_AND_DIGITS = re.compile(r"[^\W_]+")


class WordBag:
    """Sums fixed pseudo-random vectors of words; `same` maps foreign phrases to those words."""

    name = "wordbag"
    dim = DIM

    def __init__(self, same: Mapping[str, str] | None = None) -> None:
        self.same = {phrase.casefold(): words for phrase, words in (same or {}).items()}

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return [len(texts), DIM], each row of length 1, the same for any order of the words."""
        rows = np.array([self._sum(text) for text in texts]).reshape(len(texts), DIM)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    def _sum(self, text: str) -> np.ndarray:
        lowered = text.casefold()
        for phrase in sorted(self.same, key=len, reverse=True):
            lowered = lowered.replace(phrase, self.same[phrase])
        words = sorted(_WORD.findall(lowered)) or [lowered]
        return np.sum([_word_vector(word) for word in words], axis=0)


class TokenBag(WordBag):
    """A bag of words whose tokens are its words, each the same in any sentence.

    It reads no more than `longest` tokens of a sentence, and counts the texts that it reads.
    """

    def __init__(self, same: Mapping[str, str] | None = None, longest: int = 99) -> None:
        super().__init__(same)
        self.longest = longest
        self.texts_read = 0

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenRows]:
        """Return the rows of the first words of every text."""
        self.texts_read += len(texts)
        found = []
        for text in texts:
            words = list(_LETTERS_AND_DIGITS.finditer(text))[: self.longest]
            found.append(
                TokenRows(
                    self.encode([word.group() for word in words]).reshape(len(words), DIM),
                    np.array([word.start() for word in words], dtype=np.int64),
                    np.array([word.end() for word in words], dtype=np.int64),
                )
            )
        return found


@cache
def _word_vector(word: str) -> np.ndarray:
    digest = hashlib.sha256(word.encode("utf-8", "surrogatepass")).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "big")).standard_normal(DIM)


def words(prefix: str, count: int) -> str:
    """Return a sentence of invented words that no other prefix shares."""
    return " ".join(f"{prefix}{k}x" for k in range(count))


@cache
def background() -> Background:
    """Return a background of invented words that no test uses elsewhere."""
    bag = WordBag()
    vi = [words(f"nen{k}", 6) for k in range(30)]
    en = [words(f"ground{k}", 6) for k in range(30)]
    return Background.of(bag.encode(vi), bag.encode(en))


def pairs(beads: Sequence[Bead]) -> list[Pair]:
    """Return the sentences of each bead, in Vietnamese and in English."""
    return [(bead.src, bead.tgt) for bead in beads]


def side(texts: Sequence[str], lang: Lang) -> Side:
    """Return the side of a text under the bag of words."""
    return make_side(texts, lang, WordBag(), background())
