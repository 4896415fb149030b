"""Rows of numbers, and what the algorithms ask of a model: vectors, readings, a memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aligner.model import Lang

Matrix = NDArray[np.float32]
CHUNK = 1024  # rows, and columns, of a table of similarities that are worked out at a time


@dataclass(frozen=True, slots=True)
class TokenRows:
    """The tokens of one text in its context: rows [n, dim], and where each token stands [n]."""

    rows: Matrix
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FactRows:
    """One text as it is read for the facts in it.

    `whole` [dim] is its vector, `rows` [n, dim] those of its tokens, all of length 1, and `weights`
    [n] tell how much each token matters for what is reported.
    """

    whole: Matrix
    rows: Matrix
    weights: Matrix


@dataclass(frozen=True, slots=True)
class Head:
    """A learned view of vectors: a map [dim, size] and, by language, a shift [size]."""

    weights: Matrix
    shifts: Mapping[Lang, Matrix]

    def rows(self, vectors: Matrix, lang: Lang) -> Matrix:
        """Return vectors [n, dim] as they look through the head, [n, size]."""
        return np.asarray(vectors @ self.weights + self.shifts[lang], dtype=np.float32)


class Embedder(Protocol):
    """Turns sentences of any language into vectors of one space.

    Rows come in the order of the texts and have length 1; the same text gives the same row, alone
    or among others; no texts give a matrix of shape (0, dim).
    """

    @property
    def name(self) -> str:
        """The model's name; vectors of different names do not mix."""
        ...

    @property
    def dim(self) -> int:
        """The number of columns."""
        ...

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 [len(texts), dim], each row of length 1."""
        ...


@runtime_checkable
class Memory(Protocol):
    """Keeps what was computed with a model, so that it is not computed again."""

    def remembered(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under a key; where there is nothing, make and keep it."""
        ...


@runtime_checkable
class VectorMemory(Protocol):
    """Keeps the vectors of what was embedded with a model."""

    def known(self, texts: Sequence[str]) -> dict[str, Matrix]:
        """Return the vectors [dim] of those texts that were embedded before."""
        ...


class TokenEmbedder(Embedder, Protocol):
    """An Embedder that also tells what each word means in its sentence."""

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenRows]:
        """Return the vectors of every text's tokens from the model's layers."""
        ...


@runtime_checkable
class FactEmbedder(Embedder, Protocol):
    """An Embedder that also reads texts for the facts in them."""

    def encode_facts(self, texts: Sequence[str]) -> list[FactRows]:
        """Return every text as it is read for the facts in it."""
        ...

    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return for each two texts, read at once, the log odds of a common fact [len(pairs)]."""
        ...


class QueryEmbedder(Embedder, Protocol):
    """An Embedder that is quick with a single text."""

    def encode_query(self, text: str) -> Matrix:
        """Return float32 [dim] for one text, near enough to what `encode` gives."""
        ...


class Model(TokenEmbedder, FactEmbedder, QueryEmbedder, Protocol):
    """All that is asked of a model."""


def remembered(embedder: Embedder, key: str, make: Callable[[], bytes]) -> bytes:
    """Return what is kept under a key for an embedder that is a `Memory`; else make it anew."""
    return embedder.remembered(key, make) if isinstance(embedder, Memory) else make()


def mean_to_nearest(rows: Matrix, others: Matrix, k: int) -> NDArray[np.float32]:
    """Return for each unit row its mean cosine to the k nearest of the other unit rows."""
    k = min(k, len(others))
    result = np.empty(len(rows), dtype=np.float32)
    for start in range(0, len(rows), CHUNK):
        cosines = rows[start : start + CHUNK] @ others.T  # [chunk, n]
        result[start : start + CHUNK] = np.partition(cosines, -k, axis=1)[:, -k:].mean(axis=1)
    return result


def unit_rows(rows: Matrix) -> Matrix:
    """Return rows [..., dim] at length 1; a row of zeros stays as it is."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def sigmoid(odds: ArrayLike) -> NDArray[np.float64]:
    """Return the probabilities of log odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(np.asarray(odds, dtype=np.float64), -50, 50))))


def logit(probability: ArrayLike) -> NDArray[np.float64]:
    """Return log odds, kept within ±12."""
    p = np.clip(np.asarray(probability, dtype=np.float64), 1e-12, 1 - 1e-12)
    return np.asarray(np.clip(np.log(p / (1 - p)), -12, 12))
