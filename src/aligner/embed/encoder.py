"""Splits texts into tokens and runs them through the encoder in batches."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from aligner.characters import in_utf8
from aligner.embed.weights import PackedModel
from aligner.vectors import Matrix

if TYPE_CHECKING:
    from pathlib import Path

    from tokenizers import Tokenizer

BATCH = 768  # tokens in one pass, including padding; more do not fit into the processor's cache
LEAST = 128  # fewest tokens that are worth a pass
HALF = 256  # tokens of a text that are read if two are read together
JOIN = 3  # the token at which the second of them begins: the colon of its prompt
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts of similar length that go through the encoder together.

    `numbers` [n] are their places among all texts, `ids` [n, t] their tokens, and `places`
    [n, t, 2] the spans of the tokens in the text. `mask` [n, t] is True except for padding, and
    `own` [n, t] is True for tokens of the text itself, not of the prompt.
    """

    numbers: list[int]
    ids: NDArray[np.int64]
    places: NDArray[np.int64]
    mask: NDArray[np.bool_]

    @property
    def own(self) -> NDArray[np.bool_]:
        """Which tokens belong to the text itself [n, t]."""
        return np.asarray(self.places[:, :, 1] > self.places[:, :, 0])


def batches(tokenizer: Tokenizer, texts: Sequence[str], prompt: str) -> list[Batch]:
    """Return the tokens of all texts, each after the prompt, in batches."""
    cut = _cut(tokenizer, texts, prompt)
    # A token includes the blank before it, which for the first one belongs to the prompt.
    places = [np.maximum(np.array(one.offsets) - len(prompt), 0) for one in cut]
    return _batches([one.ids for one in cut], places)


def pair_batches(
    tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]], prompt: str
) -> list[Batch]:
    """Return each pair as one row of tokens, in batches: `<s> query: one </s>: other </s>`.

    The places of the tokens are not recorded.
    """
    texts = list(dict.fromkeys(text for pair in pairs for text in pair))
    cut = {text: one.ids for text, one in zip(texts, _cut(tokenizer, texts, prompt), strict=True)}
    short = {t: ids if len(ids) <= HALF else [*ids[: HALF - 1], ids[-1]] for t, ids in cut.items()}
    rows = [short[one] + short[other][JOIN:] for one, other in pairs]
    return _batches(rows, [np.zeros((len(row), 2), dtype=np.int64) for row in rows])


def _cut(tokenizer: Tokenizer, texts: Sequence[str], prompt: str) -> list[Any]:
    return list(tokenizer.encode_batch([prompt + in_utf8(text) for text in texts]))


def _batches(rows: Sequence[Sequence[int]], places: Sequence[NDArray[np.int64]]) -> list[Batch]:
    """Return rows of tokens in batches, the longest first.

    A batch has up to BATCH tokens, or fewer if there would not be a batch for every core.
    """
    order = sorted(range(len(rows)), key=lambda number: len(rows[number]))
    size = min(BATCH, max(LEAST, sum(map(len, rows)) // CORES))
    found: list[Batch] = []
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and (end + 1 - start) * len(rows[order[end]]) <= size:
            end += 1
        found.append(_batch(order[start:end], rows, places))
        start = end
    return found[::-1]


def _batch(
    numbers: list[int], rows: Sequence[Sequence[int]], places: Sequence[NDArray[np.int64]]
) -> Batch:
    width = len(rows[numbers[-1]])
    batch = Batch(
        numbers,
        np.zeros((len(numbers), width), dtype=np.int64),
        np.zeros((len(numbers), width, 2), dtype=np.int64),
        np.zeros((len(numbers), width), dtype=bool),
    )
    for row, number in enumerate(numbers):
        own = len(rows[number])
        batch.ids[row, :own] = rows[number]
        batch.places[row, :own] = places[number]
        batch.mask[row, :own] = True
    return batch


class Encoder:
    """A graph of `graph.py` in memory, with the vectors of the vocabulary."""

    def __init__(self, graph: Path | bytes, model: PackedModel) -> None:
        # From 1.32 on, the runtime records its use in the user's folder in order to send it.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        import onnxruntime

        settings = onnxruntime.SessionOptions()
        settings.log_severity_level = 3
        settings.intra_op_num_threads = 1  # every core has a batch of its own
        # The fused operations of the extended level are slower than what they replace.
        settings.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        source = graph if isinstance(graph, bytes) else str(graph)
        self._session: Any = onnxruntime.InferenceSession(
            source, settings, providers=["CPUExecutionProvider"]
        )
        self._model = model
        positions = model.floats("emb.pos").reshape(-1, model.sizes.hidden)
        self._positions = positions + model.floats("emb.type")[: model.sizes.hidden]

    def run(
        self, parts: Sequence[Batch], names: Sequence[str]
    ) -> Iterator[tuple[Batch, list[Matrix]]]:
        """Yield each batch with the outputs of the named layers, each [n, t, dim]."""
        pool = ThreadPoolExecutor(CORES)
        try:
            layers = pool.map(lambda batch: self._layers(batch, names), parts)
            yield from zip(parts, layers, strict=True)
        finally:
            pool.shutdown(cancel_futures=True)

    def _layers(self, batch: Batch, names: Sequence[str]) -> list[Matrix]:
        embedded = self._model.rows("emb.word", batch.ids) + self._positions[: batch.ids.shape[1]]
        inputs = {"embedded": embedded, "mask": batch.mask.astype(np.int32)}
        found: list[Matrix] = self._session.run(list(names), inputs)
        return found
