"""Measures how much the words of two texts' sentences render each other, by the word list.

Words that are rare in the two texts weigh more (inverse document frequency, Spärck Jones 1972).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.dp import Shape
from aligner.text.lexicon import english_words, listed_words, load_lexicon, rendered
from aligner.vectors import Matrix

Numbers = NDArray[np.intp]
COMMON = 0.1  # weight of a word that is in every sentence
LEAST = 2.0  # least divisor of shares, so that sentences with hardly any weight say little


class Shared(NamedTuple):
    """Weights of words in sentence pairs, each a table [n_vi, n_en].

    They are those of the Vietnamese words that are rendered, of the English words that render one,
    and of all known words on both sides.
    """

    ours: Matrix
    theirs: Matrix
    known: Matrix


class Entries(NamedTuple):
    """A sparse table [sentences, words]: three arrays of one length, sorted by sentence."""

    sentences: Numbers
    words: Numbers
    weights: Matrix

    def of(self, some: range) -> Entries:
        """Return the entries of a range of sentences, which are then numbered from 0."""
        lot = slice(*np.searchsorted(self.sentences, (some.start, some.stop)))
        return Entries(self.sentences[lot] - some.start, self.words[lot], self.weights[lot])


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of two texts that render each other, by sentence.

    `ours` [n_vi, words] and `theirs` [n_en, english words] hold the weight of each word in a
    sentence. `met` [n_en, words] is 1 if an English sentence renders a Vietnamese word, and
    `offered` [n_vi, english words] is 1 if a Vietnamese sentence has a word that an English word
    renders. `our_known` [n_vi] and `their_known` [n_en] are the weights of all listed words.
    """

    ours: Entries
    theirs: Entries
    met: Entries
    offered: Entries
    our_known: Matrix
    their_known: Matrix

    @classmethod
    def read(cls, vi: Sequence[str], en: Sequence[str]) -> Wording:
        """Look up the words of two texts."""
        ours = _Words.of(list(map(listed_words, vi)))
        theirs = _Words.of(list(map(english_words, en)))
        english = frozenset(theirs.numbers)
        single: list[tuple[int, int]] = []  # a word, an English one that renders it
        several: list[tuple[int, int]] = []  # a word, one of several that render it together
        whole: list[tuple[int, int]] = []  # a word, a sentence with all of those
        for word, number in ours.numbers.items():
            for rendering in rendered(word, english):
                numbers = [theirs.numbers[part] for part in rendering]
                if len(numbers) == 1:
                    single.append((number, numbers[0]))
                elif there := theirs.sentences_with(rendering):
                    several += [(number, part) for part in numbers]
                    whole += [(number, sentence) for sentence in there]
        words, renderings = _columns(single)
        which, sentences = theirs.occurrences(renderings)
        met_words, met_sentences = _columns(whole)
        met = _distinct(np.append(sentences, met_sentences), np.append(words[which], met_words))
        words, renderings = _columns([*single, *several])
        which, sentences = ours.occurrences(words)
        listed = load_lexicon().english
        known = np.array([word in listed for word in theirs.numbers], dtype=np.bool_)
        known[renderings] = True
        return cls(
            ours.weighed(),
            theirs.weighed(),
            met,
            _distinct(sentences, renderings[which]),
            ours.totals(np.ones(len(ours.numbers), dtype=np.bool_)),
            theirs.totals(known),
        )

    def of(self, vi: range, en: range) -> Wording:
        """Return the wording of ranges of sentences; the rarity of words stays that in all."""
        return Wording(
            self.ours.of(vi),
            self.theirs.of(en),
            self.met.of(en),
            self.offered.of(vi),
            self.our_known[vi.start : vi.stop],
            self.their_known[en.start : en.stop],
        )

    def shared(self, shapes: Collection[Shape]) -> dict[Shape, Shared]:
        """Return the shared words of merged sentences for each shape (a, b).

        In its tables [n_vi - a + 1, n_en - b + 1], row i is for the `a` Vietnamese sentences from i
        on, and column j for the `b` English ones from j on.
        """
        sizes = {size for shape in shapes for size in shape}
        counts = len(self.our_known), len(self.their_known)
        ours, met, offered, theirs, our_known, their_known = (
            {size: _sums(rows, size) for size in sizes if size <= max(len(rows), 1)}
            for rows in (
                *_tables(self.ours, self.met, counts),
                *_tables(self.offered, self.theirs, counts),
                self.our_known,
                self.their_known,
            )
        )
        met, offered = (
            {size: np.minimum(rows, 1) for size, rows in table.items()} for table in (met, offered)
        )
        return {
            (a, b): Shared(
                ours[a] @ met[b].T,
                offered[a] @ theirs[b].T,
                our_known[a][:, None] + their_known[b],
            )
            for a, b in shapes
        }


@dataclass(frozen=True, slots=True)
class _Words:
    """The numbered words of a text, and the sentence and number of each occurrence.

    `holding` has the sentences with each word, and `counts` [words] their number.
    """

    texts: Sequence[Set[str]]
    numbers: dict[str, int]
    sentences: Numbers
    words: Numbers
    holding: list[list[int]]
    counts: Numbers

    @classmethod
    def of(cls, texts: Sequence[Set[str]]) -> _Words:
        """Number the words of all sentences, always in the same order, on which sums depend."""
        numbers = {word: number for number, word in enumerate(sorted(set().union(*texts)))}
        sizes = [len(text) for text in texts]
        sentences = np.repeat(np.arange(len(texts)), sizes)
        found = map(numbers.__getitem__, chain.from_iterable(texts))
        words = np.fromiter(found, np.intp, len(sentences))
        words = words[np.lexsort((words, sentences))]
        holding: list[list[int]] = [[] for _ in numbers]
        for word, sentence in zip(words.tolist(), sentences.tolist(), strict=True):
            holding[word].append(sentence)
        counts = np.array(list(map(len, holding)), dtype=np.intp)
        return cls(texts, numbers, sentences, words, holding, counts)

    def sentences_with(self, words: Set[str]) -> list[int]:
        """Return the sentences that have all of some words."""
        among = min((self.holding[self.numbers[word]] for word in words), key=len)
        return [sentence for sentence in among if words <= self.texts[sentence]]

    def occurrences(self, words: Numbers) -> tuple[Numbers, Numbers]:
        """Return the sentences with some words, and for each the place of its word among them."""
        which = np.repeat(np.arange(len(words)), self.counts[words])
        holding = map(self.holding.__getitem__, words.tolist())
        return which, np.fromiter(chain.from_iterable(holding), np.intp, len(which))

    def weighed(self) -> Entries:
        """Return all words in their sentences, with their weights."""
        return Entries(self.sentences, self.words, self._weights()[self.words].astype(np.float32))

    def totals(self, known: NDArray[np.bool_]) -> Matrix:
        """Return the weight of the known words of each sentence, [sentences]."""
        weights = np.where(known, self._weights(), 0)[self.words]
        return np.bincount(self.sentences, weights, len(self.texts)).astype(np.float32)

    def _weights(self) -> NDArray[np.float64]:
        return np.log((len(self.texts) + 1) / np.maximum(self.counts, 1)) + COMMON


def _columns(pairs: Sequence[tuple[int, int]]) -> tuple[Numbers, Numbers]:
    first, second = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    return first, second


def _distinct(sentences: Numbers, words: Numbers) -> Entries:
    """Return a table that is 1 in the given cells, which may be repeated."""
    width = 1 + words.max(initial=0)
    cells = np.unique(sentences * width + words)
    return Entries(cells // width, cells % width, np.ones(len(cells), dtype=np.float32))


def _tables(ours: Entries, theirs: Entries, counts: tuple[int, int]) -> Iterator[Matrix]:
    """Yield two dense tables [sentences, words] with the words that both have."""
    stands = np.zeros((2, 1 + max(one.words.max(initial=-1) for one in (ours, theirs))), np.bool_)
    stands[0, ours.words] = stands[1, theirs.words] = True
    both = np.logical_and(*stands)
    columns = both.cumsum() - 1
    for (sentences, words, weights), count in zip((ours, theirs), counts, strict=True):
        kept = both[words]
        found = np.zeros((count, both.sum()), dtype=np.float32)
        found[sentences[kept], columns[words[kept]]] = weights[kept]
        yield found


def _sums(rows: Matrix, size: int) -> Matrix:
    """Return the sums of every `size` neighbouring rows."""
    count = len(rows) - size + 1
    return np.asarray(np.add.reduce([rows[k : k + count] for k in range(size)]))
