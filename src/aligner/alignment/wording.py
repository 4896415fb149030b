"""How much two texts' sentences render of each other's words, by the list of `text/lexicon.py`.

Rare words of the two texts weigh more than those of every other sentence (inverse document
frequency, Spärck Jones 1972).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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


class Entries(NamedTuple):
    """A sparse table [sentences, words]: arrays of one length, by ascending sentence."""

    sentences: NDArray[np.intp]
    words: NDArray[np.intp]
    weights: Table

    def of(self, some: range) -> Entries:
        """Return the entries of neighbouring sentences, which are numbered from 0."""
        lot = slice(*np.searchsorted(self.sentences, (some.start, some.stop)))
        return Entries(self.sentences[lot] - some.start, self.words[lot], self.weights[lot])


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that two texts render of each other, by sentence.

    `ours` [n_vi, words] and `theirs` [n_en, english words] hold the weight of each word that stands
    in a sentence; `met` [n_en, words] is 1 where an English sentence renders a Vietnamese word, and
    `offered` [n_vi, english words] where a Vietnamese sentence holds what an English word renders.
    `our_known` [n_vi] and `their_known` [n_en] weigh all words that the list knows.
    """

    ours: Entries
    theirs: Entries
    met: Entries
    offered: Entries
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
                if there := set.intersection(*map(english.__getitem__, parts)):
                    met[word] |= there
                    for part in parts:
                        offers[part] |= here
        offered = dict(sorted(offers.items()))
        known = {word: at for word, at in english.items() if word in listed or word in offered}
        our_weights, their_weights = _weights(holding, len(vi)), _weights(known, len(en))
        return cls(
            _entries({word: holding[word] for word in met}, our_weights),
            _entries({word: english[word] for word in offered}, their_weights),
            _entries(met),
            _entries(offered),
            _totals(holding, len(vi), our_weights),
            _totals(known, len(en), their_weights),
        )

    def of(self, vi: range, en: range) -> Wording:
        """Return the wording of neighbouring sentences; how rare a word is all have told."""
        return Wording(
            self.ours.of(vi),
            self.theirs.of(en),
            self.met.of(en),
            self.offered.of(vi),
            self.our_known[vi.start : vi.stop],
            self.their_known[en.start : en.stop],
        )

    def shared(self, shapes: Collection[Shape]) -> dict[Shape, Shared]:
        """Return what neighbouring sentences share that are taken together, for each (a, b).

        In its tables [n_vi - a + 1, n_en - b + 1] row i stands for the `a` Vietnamese sentences
        from i on, column j for the `b` English ones from j on.
        """
        sizes = {size for shape in shapes for size in shape}
        counts = len(self.our_known), len(self.their_known)
        ours, met, offered, theirs = (
            {size: _sums(rows, size) for size in sizes if size <= max(len(rows), 1)}
            for rows in (
                *_tables(self.ours, self.met, counts),
                *_tables(self.offered, self.theirs, counts),
            )
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


def _entries(
    places: Mapping[str, Collection[int]], weights: Mapping[str, float] | None = None
) -> Entries:
    """Return a table with the weight of every word where it stands, or 1."""
    sentences, sizes = _rows(places)
    words = np.repeat(np.arange(len(places)), sizes)
    numbers = np.array([weights[word] for word in places] if weights else [1] * len(places))
    order = np.argsort(sentences, kind="stable")
    return Entries(
        sentences[order], words[order], np.repeat(numbers, sizes)[order].astype(np.float32)
    )


def _tables(ours: Entries, theirs: Entries, counts: tuple[int, int]) -> Iterator[Table]:
    """Yield two tables [sentences, words] of so many sentences, with the words that both have."""
    stands = np.zeros((2, 1 + max(one.words.max(initial=-1) for one in (ours, theirs))), np.bool_)
    stands[0, ours.words] = stands[1, theirs.words] = True
    both = np.logical_and(*stands)
    columns = both.cumsum() - 1
    for (sentences, words, weights), count in zip((ours, theirs), counts, strict=True):
        kept = both[words]
        found = np.zeros((count, both.sum()), dtype=np.float32)
        found[sentences[kept], columns[words[kept]]] = weights[kept]
        yield found


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
