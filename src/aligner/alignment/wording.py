"""How much two texts' sentences render of each other's words, by the list of `text/lexicon.py`.

Rare words of the two texts weigh more than those of every other sentence (inverse document
frequency, Spärck Jones 1972).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.dp import Shape
from aligner.text.lexicon import english_words, listed_words, load_lexicon, rendered

Table = NDArray[np.float32]
COMMON = 0.1  # weight of a word that stands in every sentence
LEAST = 2.0  # weight that shares are held against where all words weigh less: they say little


class Shared(NamedTuple):
    """Weights of words, a table [n_vi, n_en] each: of the Vietnamese ones that are rendered, of the
    English ones that render one, and of all that are known on both sides."""

    ours: Table
    theirs: Table
    known: Table


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that two texts render of each other, by sentence.

    `ours` [n_vi, words] and `theirs` [n_en, english words] hold the weight of each word that stands
    in a sentence; `met` [n_en, words] is 1 where an English sentence renders a Vietnamese word, and
    `offered` [n_vi, english words] where a Vietnamese sentence holds what an English word renders.
    `our_known` [n_vi] and `their_known` [n_en] weigh all words that the list knows.
    """

    ours: Table
    theirs: Table
    met: Table
    offered: Table
    our_known: Table
    their_known: Table

    @classmethod
    def read(cls, vi: Sequence[str], en: Sequence[str]) -> Wording:
        """Look up the words of two texts."""
        listed = load_lexicon().english
        holding, english = _places(map(listed_words, vi)), _places(map(english_words, en))
        all_english = frozenset(english)
        met: defaultdict[str, set[int]] = defaultdict(set)
        offers: defaultdict[str, set[int]] = defaultdict(set)
        for word, here in holding.items():
            for parts in rendered(word, all_english):
                if there := set.intersection(*(english[part] for part in parts)):
                    met[word] |= there
                    for part in parts:
                        offers[part] |= here
        offered = dict(sorted(offers.items()))
        known = {word: at for word, at in english.items() if word in listed or word in offered}
        our_weights, their_weights = _weights(holding, len(vi)), _weights(known, len(en))
        return cls(
            _table({word: holding[word] for word in met}, len(vi), our_weights),
            _table({word: english[word] for word in offered}, len(en), their_weights),
            _table(met, len(en)),
            _table(offered, len(vi)),
            _totals(holding, len(vi), our_weights),
            _totals(known, len(en), their_weights),
        )

    def shared(self, shapes: Collection[Shape]) -> dict[Shape, Shared]:
        """Return what neighbouring sentences share that are taken together, for each (a, b).

        In its tables [n_vi - a + 1, n_en - b + 1] row i stands for the `a` Vietnamese sentences
        from i on, column j for the `b` English ones from j on.
        """
        sizes = {size for shape in shapes for size in shape}
        ours, theirs, met, offered = (
            {size: _sums(rows, size) for size in sizes if size <= max(len(rows), 1)}
            for rows in (self.ours, self.theirs, self.met, self.offered)
        )
        return {
            (a, b): Shared(
                ours[a] @ np.minimum(met[b], 1).T,
                np.minimum(offered[a], 1) @ theirs[b].T,
                _sums(self.our_known, a)[:, None] + _sums(self.their_known, b),
            )
            for a, b in shapes
        }


def _places(sentences: Iterable[Collection[str]]) -> dict[str, set[int]]:
    """Return the numbers of the sentences that hold a word, in one order always, as sums are."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, words in enumerate(sentences):
        for word in words:
            found[word].add(number)
    return dict(sorted(found.items()))


def _weights(places: Mapping[str, Collection[int]], count: int) -> dict[str, float]:
    return {word: log((count + 1) / len(at)) + COMMON for word, at in places.items()}


def _table(
    places: Mapping[str, Collection[int]], count: int, weights: Mapping[str, float] | None = None
) -> Table:
    """Return [sentences, words] with the weight of every word where it stands, or 1."""
    found = np.zeros((count, len(places)), dtype=np.float32)
    rows, sizes = _rows(places)
    columns = np.repeat(np.arange(len(places)), sizes)
    found[rows, columns] = np.repeat([weights[w] for w in places], sizes) if weights else 1
    return found


def _totals(
    places: Mapping[str, Collection[int]], count: int, weights: Mapping[str, float]
) -> Table:
    """Return the weight of all words of each sentence, [sentences]."""
    rows, sizes = _rows(places)
    total = np.bincount(rows, np.repeat([weights[word] for word in places], sizes), count)
    return total.astype(np.float32)


def _rows(places: Mapping[str, Collection[int]]) -> tuple[NDArray[np.intp], list[int]]:
    """Return the sentences of all words, one word after the other, and how many each has."""
    sizes = [len(at) for at in places.values()]
    return np.fromiter(chain.from_iterable(places.values()), np.intp, sum(sizes)), sizes


def _sums(rows: Table, size: int) -> Table:
    """Return the sums of every `size` neighbouring rows."""
    count = len(rows) - size + 1
    return np.asarray(np.add.reduce([rows[k : k + count] for k in range(size)]))
