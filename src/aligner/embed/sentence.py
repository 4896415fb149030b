"""Any sentence-transformers model as an Embedder, by hub name or directory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from aligner.characters import in_utf8
from aligner.embed.tokens import middle_layer, token_rows
from aligner.errors import ModelError
from aligner.progress import progress
from aligner.vectors import FactRows, Matrix, TokenRows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 32  # sentences in one forward pass


class SentenceEmbedder:
    """Runs a sentence-transformers model on the processor, after loading it on first use.

    `name` is a name on the hub, or a directory. `prompt` is put before every text if the model was
    trained so ("query: " for the E5 family).
    """

    def __init__(self, name: str, prompt: str = "") -> None:
        self.name = name
        self._prompt = prompt

    @cached_property
    def model(self) -> SentenceTransformer:
        """The loaded model; raises ModelError if it is neither here nor can be downloaded."""
        return load_sentence_transformer(self.name)

    @property
    def dim(self) -> int:
        """The number of columns."""
        dim = self.model.get_embedding_dimension()
        if dim is None:
            raise ModelError(f"{self.name}: the model does not say how long its vectors are")
        return dim

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 [len(texts), dim], each row of length 1."""
        if not texts:
            return np.empty((0, self.dim), dtype=np.float32)
        rows = self.model.encode(
            list(map(in_utf8, texts)),
            prompt=self._prompt or None,
            batch_size=BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(rows, dtype=np.float32)

    def encode_query(self, text: str) -> Matrix:
        """Return float32 [dim] for one text."""
        row: Matrix = self.encode([text])[0]
        return row

    def encode_tokens(self, texts: Sequence[str]) -> list[TokenRows]:
        """Return the vectors of every text's tokens from the model's layers."""
        import torch

        found: dict[int, TokenRows] = {}
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        parts = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        transformer: Any = self.model[0]
        for part in progress(parts, "reading words", unit=f"×{BATCH} sentences"):
            batch, places, own = self._tokens([texts[number] for number in part])
            with torch.inference_mode():
                layers = transformer.auto_model(**batch, output_hidden_states=True).hidden_states
            middle, last = layers[middle_layer(len(layers) - 1)].numpy(), layers[-1].numpy()
            found.update(zip(part, token_rows(middle, last, places, own), strict=True))
        return [found[number] for number in range(len(texts))]

    def encode_facts(self, texts: Sequence[str]) -> list[FactRows]:
        """Raise ModelError: there is no adapter for reading facts for such a model."""
        raise ModelError(f"{self.name}: no adapter for reading facts ships for this model")

    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Raise ModelError: there is no adapter for reading pairs for such a model."""
        raise ModelError(f"{self.name}: no adapter for reading pairs ships for this model")

    def _tokens(self, texts: Sequence[str]) -> tuple[Any, NDArray[np.int64], NDArray[np.bool_]]:
        """Return the inputs of the model for texts, and the spans of tokens [texts, tokens, 2].

        The last table [texts, tokens] is True for tokens of a text, not of prompt and padding.
        """
        tokenizer: Any = self.model.tokenizer
        batch = tokenizer(
            [self._prompt + in_utf8(text) for text in texts],
            padding=True,
            truncation=True,
            max_length=self.model.max_seq_length,
            return_tensors="pt",
            return_offsets_mapping=True,
        )
        # A token includes the blank before it, which for the first one belongs to the prompt.
        places = np.maximum(batch.pop("offset_mapping").numpy() - len(self._prompt), 0)
        return batch, places, places[:, :, 1] > places[:, :, 0]


def prompt_for(source: str) -> str:
    """Return the text that a model needs before every sentence: "query: " for the E5 family."""
    return "query: " if "e5" in Path(source).name.lower().split("-") else ""


def load_sentence_transformer(source: str) -> SentenceTransformer:
    """Load a model (hub name or directory) in float32. Raises ModelError if that is impossible."""
    import logging

    import torch
    import transformers
    from sentence_transformers import SentenceTransformer

    for name in ("transformers", "sentence_transformers", "huggingface_hub"):
        logging.getLogger(name).setLevel(logging.ERROR)
    transformers.utils.logging.disable_progress_bar()
    try:
        return SentenceTransformer(
            source,
            device="cpu",
            model_kwargs={"dtype": torch.float32},
            local_files_only=Path(source).is_dir(),
        )
    except Exception as error:  # the libraries raise a dozen kinds of errors
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(
            f"model {source!r} cannot be loaded ({reason[0][:200]}); check the name, go online "
            "once so that it can be downloaded, or give a directory that holds the model"
        ) from error
