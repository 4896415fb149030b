"""Finds the tokens whose words render each other according to the word list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from aligner.model import Lang
from aligner.text.lexicon import load_lexicon, rendered
from aligner.text.words import split_parts
from aligner.vectors import Matrix, TokenRows


class TokenWord(NamedTuple):
    """The key of a word in a sentence, and the range of its tokens."""

    key: str
    first: int
    last: int


def token_words(text: str, tokens: TokenRows, lang: Lang) -> list[TokenWord]:
    """Return the listed words of a Vietnamese sentence, or all words of an English one."""
    words = split_parts(text, lang)
    keys = [word.key for word in words]
    spans = load_lexicon().spans(keys) if lang == "vi" else [(n, n + 1) for n in range(len(keys))]
    firsts = np.searchsorted(tokens.ends, [words[a].start for a, _ in spans], side="right")
    lasts = np.searchsorted(tokens.starts, [words[b - 1].end for _, b in spans], side="left")
    texts = (" ".join(keys[a:b]) for a, b in spans)
    found = map(TokenWord, texts, firsts.tolist(), lasts.tolist())
    # A model reads only the beginning of a long sentence: words beyond that have no tokens.
    return [word for word in found if word.first < word.last]


def listed(
    vi: Sequence[Sequence[TokenWord]],
    vi_sizes: Sequence[int],
    en: Sequence[Sequence[TokenWord]],
    en_sizes: Sequence[int],
) -> Matrix:
    """Return a matrix [vi tokens, en tokens]: 1 if the words of two tokens render each other.

    The texts are given as sentences, whose tokens follow one another. If several words render one
    together, they must be in one sentence.
    """
    found = np.zeros((sum(vi_sizes), sum(en_sizes)), dtype=np.float32)
    english: defaultdict[str, defaultdict[int, list[slice]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for number, (words, before) in enumerate(zip(en, _before(en_sizes), strict=True)):
        for word in words:
            place = slice(before + word.first, before + word.last)
            english[word.key][number].append(place)
    all_english = frozenset(english)
    for words, before in zip(vi, _before(vi_sizes), strict=True):
        for word in words:
            rows = slice(before + word.first, before + word.last)
            for parts in rendered(word.key, all_english):
                for number in set.intersection(*(set(english[part]) for part in parts)):
                    for part in parts:
                        for place in english[part][number]:
                            found[rows, place] = 1
    return found


def _before(sizes: Sequence[int]) -> list[int]:
    """Return the number of tokens before each sentence."""
    return [0, *np.cumsum(sizes).tolist()][: len(sizes)]
