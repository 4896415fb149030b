"""The files that are made from the embedded model at first use, and kept: tokenizer and graphs."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

import numpy as np

from aligner.embed.adapter import Adapter, Reader, adapter_of
from aligner.embed.background import background_texts
from aligner.embed.encoder import Encoder, batches
from aligner.embed.graph import EncoderGraph, Ranges, Weights
from aligner.embed.places import cache_directory
from aligner.embed.weights import PackedModel
from aligner.errors import ModelError, OutputError
from aligner.formats.atomic import atomic_path
from aligner.model import LANGS
from aligner.progress import progress
from aligner.settings import PRECISIONS, Precision
from aligner.vectors import Matrix

if TYPE_CHECKING:
    from tokenizers import Tokenizer

T = TypeVar("T")
Added = Mapping[str, Matrix]  # additions to weights by name
VERSION = 1  # of the files
MEASURED = 40  # background sentences of each language from which ranges are measured
TIMED = 24  # background sentences by which speed is measured
WORTH = 1.2  # how many times faster eight bits must be to be chosen


class PreparedModel:
    """The files of a model in the user's cache folder; each is written when it is first needed."""

    def __init__(self, name: str, model: PackedModel, prompt: str, size: int) -> None:
        self._name = name
        self._model = model
        self._prompt = prompt
        self._folder = cache_directory() / "models" / f"{name}-{size}-{VERSION}"
        self._choice = self._folder / "precision.txt"

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer, which adds the marks for the beginning and the end."""
        from tokenizers import Tokenizer

        path = self._folder / "tokenizer.json"
        return _opened(
            path,
            lambda: Tokenizer.from_file(str(path)),
            lambda: make_tokenizer(self._model).to_str().encode(),
        )

    def encoder(self, precision: Precision) -> Encoder:
        """Return the encoder without an adapter."""
        return self._encoder("plain", precision, {})

    def reader(self, precision: Precision, reader: Reader) -> tuple[Encoder, Adapter]:
        """Return the encoder with an adapter. Raises ModelError if that is missing."""
        table = adapter_of(self._name, reader)
        if table is None:
            raise ModelError(f"{self._name}: the package lacks its adapter; install aligner again")
        adapter = Adapter.read(table)
        kind = f"{reader}-{crc32(table.read_bytes()):08x}"
        return self._encoder(kind, precision, adapter.added), adapter

    def _encoder(self, kind: str, precision: Precision, added: Added) -> Encoder:
        path = self._folder / f"{kind}-{precision}.onnx"
        return _opened(
            path,
            lambda: Encoder(path, self._model),
            lambda: self._graph(precision, added),
        )

    def chosen(self) -> Precision:
        """Return the arithmetic that is faster on this machine, which is measured only once."""
        try:
            known = self._choice.read_text(encoding="utf-8")
        except (OSError, ValueError):  # not there yet, or damaged
            known = ""
        if known in PRECISIONS:
            return known
        speeds = self.speeds()
        self.remember("int8" if speeds["int8"] >= WORTH * speeds["float32"] else "float32")
        return self.chosen()

    def remember(self, chosen: Precision) -> None:
        """Use this arithmetic from now on."""
        _write(self._choice, chosen.encode)

    def speeds(self) -> dict[Precision, float]:
        """Measure how many news sentences (of some 37 tokens) each arithmetic reads in a second."""
        parts = progress(PRECISIONS, "preparing the model", unit="graph")
        return {precision: self._speed(precision) for precision in parts}

    def _speed(self, precision: Precision) -> float:
        encoder = self.encoder(precision)
        texts = [text for lang in LANGS for text in background_texts(lang)[: TIMED // 2]]
        parts = batches(self.tokenizer, texts, self._prompt)
        seconds = []
        for _ in range(2):
            start = time.perf_counter()
            for _ in encoder.run(parts, ["last"]):
                pass
            seconds.append(time.perf_counter() - start)
        return len(texts) / min(seconds)

    def _graph(self, precision: Precision, added: Added) -> bytes:
        weights = self._weights(added)
        if precision == "float32":
            return EncoderGraph(self._model, weights).bytes
        return EncoderGraph(self._model, weights, self._ranges(weights)).bytes

    def _weights(self, added: Added) -> Weights:
        def weights(name: str) -> Matrix:
            outputs = self._model.floats(f"{name}.b").size
            rows = self._model.floats(f"{name}.w").reshape(outputs, -1)
            return rows + added[name] if name in added else rows

        return weights

    def _ranges(self, weights: Weights) -> Ranges:
        """Return the greatest absolute value of each column that goes into a product."""
        graph = EncoderGraph(self._model, weights, watch=True)
        encoder = Encoder(graph.bytes, self._model)
        texts = [text for lang in LANGS for text in background_texts(lang)[:MEASURED]]
        found = {name: np.zeros(1, dtype=np.float32) for name in graph.inputs}
        parts = batches(self.tokenizer, texts, self._prompt)
        for batch, layers in encoder.run(parts, graph.inputs):
            for name, rows in zip(graph.inputs, layers, strict=True):
                found[name] = np.maximum(found[name], np.abs(rows[batch.mask]).max(axis=0))
        return found


def make_tokenizer(model: PackedModel) -> Tokenizer:
    """Return the unigram tokenizer (Kudo 2018) of the model's vocabulary."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
    from tokenizers.processors import TemplateProcessing

    pieces = model.vocabulary.pieces
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=model.vocabulary.unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    special = {piece: number for number, (piece, _) in enumerate(pieces[:4])}
    tokenizer.post_processor = TemplateProcessing(
        single="<s> $A </s>",
        special_tokens=[(mark, special[mark]) for mark in ("<s>", "</s>")],
    )
    tokenizer.enable_truncation(model.sizes.positions)
    return tokenizer


def _opened(path: Path, read: Callable[[], T], make: Callable[[], bytes]) -> T:
    """Return the result of `read`, after making the file if it is missing or damaged."""
    if path.is_file():
        try:
            return read()
        except Exception:  # each library has errors of its own for a damaged file
            path.unlink()
    _write(path, make)
    return read()


def _write(path: Path, make: Callable[[], bytes]) -> None:
    """Write a file completely or not at all."""
    data = make()
    try:
        with atomic_path(path) as temporary:
            temporary.write_bytes(data)
    except OutputError as error:
        raise ModelError(f"{error}; the embedded model needs 300 MB there") from error
