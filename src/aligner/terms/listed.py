"""Which tokens of two texts belong to words that render each other, by `text/lexicon.py`."""

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
    """A word of a sentence by its key, and the tokens (from, to) that it holds."""

    key: str
    first: int
    last: int


def token_words(text: str, tokens: TokenRows, lang: Lang) -> list[TokenWord]:
    """Return the words of the list in a Vietnamese sentence, or all words of an English one."""
    words = split_parts(text, lang)
    keys = [word.key for word in words]
    spans = load_lexicon().spans(keys) if lang == "vi" else [(n, n + 1) for n in range(len(keys))]
    firsts = np.searchsorted(tokens.ends, [words[a].start for a, _ in spans], side="right")
    lasts = np.searchsorted(tokens.starts, [words[b - 1].end for _, b in spans], side="left")
    texts = (" ".join(keys[a:b]) for a, b in spans)
    found = map(TokenWord, texts, firsts.tolist(), lasts.tolist())
    return [word for word in found if word.first < word.last]  # what the model has read


def listed(
    vi: Sequence[Sequence[TokenWord]],
    vi_sizes: Sequence[int],
    en: Sequence[Sequence[TokenWord]],
    en_sizes: Sequence[int],
) -> Matrix:
    """Return 1 where the words of two tokens render each other, else 0, [vi tokens, en tokens].

    The texts are given by sentences, the tokens of which stand one after the other; several words
    that render one together must stand in one sentence.
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
    """Return how many tokens stand before each sentence."""
    return [0, *np.cumsum(sizes).tolist()][: len(sizes)]
