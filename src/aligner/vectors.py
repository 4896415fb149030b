"""Matrices of vectors, and the protocols of the models that compute and remember them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aligner.model import Lang

Matrix = NDArray[np.float32]
CHUNK = 1024  # rows, and columns, of a similarity matrix that are computed at a time


@dataclass(frozen=True, slots=True)
class TokenRows:
    """The contextual vectors of a text's tokens [n, dim], and the span of each token [n]."""

    rows: Matrix
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FactRows:
    """A text, read for the facts in it.

    `whole` [dim] is the vector of the text and `rows` [n, dim] are those of its tokens, all of unit
    length. `weights` [n] say how much each token matters for what is reported.
    """

    whole: Matrix
    rows: Matrix
    weights: Matrix


@dataclass(frozen=True, slots=True)
class Head:
    """A learned affine map of vectors: a matrix [dim, size], and a shift [size] by language."""

    weights: Matrix
    shifts: Mapping[Lang, Matrix]

    def rows(self, vectors: Matrix, lang: Lang) -> Matrix:
        """Map vectors [n, dim] of a language to [n, size]."""
        return np.asarray(vectors @ self.weights + self.shifts[lang], dtype=np.float32)


class Embedder(Protocol):
    """Turns sentences of any language into vectors of one space.

    Rows have unit length and the order of the texts. A text has the same row whether it is embedded
    alone or among others. No texts give a matrix of shape (0, dim).
    """

    @property
    def name(self) -> str:
        """The name of the model; vectors of different models cannot be compared."""
        ...

    @property
    def dim(self) -> int:
        """The number of columns."""
        ...

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 [len(texts), dim] with rows of unit length."""
        ...


@runtime_checkable
class Memory(Protocol):
    """Keeps what was computed with a model, so that it is not computed again."""

    def remembered(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under a key, after making it if there is nothing."""
        ...


@runtime_checkable
class VectorMemory(Protocol):
    """Keeps the vectors of what was embedded with a model."""

    def known(self, texts: Sequence[str]) -> dict[str, Matrix]:
        """Return the vectors [dim] of the texts that were embedded before, by text."""
        ...


class TokenEmbedder(Embedder, Protocol):
    """An Embedder that also embeds each token in its context."""

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenRows]:
        """Return the contextual vectors of each text's tokens."""
        ...


@runtime_checkable
class FactEmbedder(Embedder, Protocol):
    """An Embedder that also reads texts for the facts in them."""

    def encode_facts(self, texts: Sequence[str]) -> list[FactRows]:
        """Read each text for the facts in it."""
        ...

    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return the log odds [len(pairs)] that two texts, read together, share a fact."""
        ...


class QueryEmbedder(Embedder, Protocol):
    """An Embedder that is quick with a single text."""

    def encode_query(self, text: str) -> Matrix:
        """Return float32 [dim] for one text, nearly the row that `encode` would return."""
        ...


class Model(TokenEmbedder, FactEmbedder, QueryEmbedder, Protocol):
    """Everything that the program asks of a model."""


def remembered(embedder: Embedder, key: str, make: Callable[[], bytes]) -> bytes:
    """Return what an embedder keeps under a key if it is a `Memory`; otherwise just make it."""
    return embedder.remembered(key, make) if isinstance(embedder, Memory) else make()


def mean_to_nearest(rows: Matrix, others: Matrix, k: int) -> NDArray[np.float32]:
    """Return for each unit row its mean cosine [len(rows)] to its k nearest among `others`."""
    k = min(k, len(others))
    result = np.empty(len(rows), dtype=np.float32)
    for start in range(0, len(rows), CHUNK):
        cosines = rows[start : start + CHUNK] @ others.T  # [chunk, n]
        result[start : start + CHUNK] = np.partition(cosines, -k, axis=1)[:, -k:].mean(axis=1)
    return result


def unit_rows(rows: Matrix) -> Matrix:
    """Scale rows [..., dim] to unit length; a row of zeros stays as it is."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def approach(before: Matrix, after: Matrix, goal: Matrix) -> NDArray[np.float32]:
    """Return the cosine [n] of the way from each row [n, dim] to another one and of its goal.

    Above 0, a text came nearer to its goal by what was changed in it.
    """
    return np.asarray((unit_rows(after - before) * goal).sum(axis=1))


def sigmoid(odds: ArrayLike) -> NDArray[np.float64]:
    """Turn log odds into probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.clip(np.asarray(odds, dtype=np.float64), -50, 50))))


def logit(probability: ArrayLike) -> NDArray[np.float64]:
    """Turn probabilities into log odds, clipped to ±12."""
    p = np.clip(np.asarray(probability, dtype=np.float64), 1e-12, 1 - 1e-12)
    return np.asarray(np.clip(np.log(p / (1 - p)), -12, 12))
