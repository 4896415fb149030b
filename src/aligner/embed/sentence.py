"""Any sentence-transformers model as an Embedder, by hub name or by directory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from aligner.embed.adapter import Adapted, adapter_of
from aligner.errors import ModelError
from aligner.progress import progress
from aligner.vectors import FactRows, Matrix, TokenRows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

T = TypeVar("T")
BATCH = 32  # sentences in one forward pass
LAST_LAYER = 1.5  # weight that evens out the layers: vectors of the last one differ less


class SentenceEmbedder:
    """Runs a sentence-transformers model on this machine's processor; loads it at first use.

    `prompt` is put before every text, as the model was trained ("query: " for the E5 family).
    """

    def __init__(self, source: str | Path, name: str, prompt: str = "") -> None:
        self.name = name
        self._source = str(source)
        self._prompt = prompt
        self._model: SentenceTransformer | None = None
        self._adapted: Adapted | None = None

    @property
    def model(self) -> SentenceTransformer:
        """The loaded model; raises ModelError where it is neither here nor to be had."""
        if self._model is None:
            self._model = load_sentence_transformer(self._source)
        return self._model

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
        # A lone surrogate has no UTF-8 form, which the tokenizer needs.
        rows = self.model.encode(
            [text.encode("utf-8", "replace").decode() for text in texts],
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
        """Return each text's token vectors: a layer past the middle beside the last one.

        Words of two languages that translate each other are nearest past the middle (Jalili Sabet
        et al. 2020, simalign), and what a sentence says of them is in the last layer: together they
        find the counterparts of labelled terms better than any layer or mean of layers alone.
        """
        return self._in_batches(texts, self._token_batch, "reading words")

    def encode_facts(self, texts: Sequence[str]) -> list[FactRows]:
        """Return every text as it is read for the facts in it; ModelError without an adapter."""
        return self._in_batches(texts, self._fact_batch, "reading for facts")

    def _in_batches(
        self, texts: Sequence[str], read: Callable[[Sequence[str]], list[T]], label: str
    ) -> list[T]:
        """Read texts of like length together."""
        found: dict[int, T] = {}
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        parts = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        for part in progress(parts, label, unit=f"×{BATCH} sentences"):
            rows = read([texts[number] for number in part])
            found.update(zip(part, rows, strict=True))
        return [found[number] for number in range(len(texts))]

    def _token_batch(self, texts: Sequence[str]) -> list[TokenRows]:
        import torch

        batch, places, real = self._tokens(texts)
        transformer: Any = self.model[0]
        with torch.inference_mode():
            layers = transformer.auto_model(**batch, output_hidden_states=True).hidden_states
        past_middle, last = (layers[n].numpy() for n in ((len(layers) - 1) * 2 // 3, -1))
        rows = np.concatenate(  # [texts, tokens, 2 * dim]
            [_unit(past_middle), LAST_LAYER * _unit(last)], axis=-1, dtype=np.float32
        )
        return [
            TokenRows(rows[i][real[i]], places[i][real[i], 0], places[i][real[i], 1])
            for i in range(len(texts))
        ]

    def _fact_batch(self, texts: Sequence[str]) -> list[FactRows]:
        import torch

        adapted = self._with_adapter()
        batch, _, real = self._tokens(texts)
        with torch.inference_mode():
            last = adapted.transformer(**batch).last_hidden_state.numpy()  # [texts, tokens, dim]
        there = batch["attention_mask"].numpy().astype(bool)
        return [
            FactRows(
                _unit(last[i][there[i]].mean(axis=0)),
                _unit(last[i][real[i]]),
                adapted.weights(last[i][real[i]]),
            )
            for i in range(len(texts))
        ]

    def _with_adapter(self) -> Adapted:
        if self._adapted is None:
            table = adapter_of(self.name)
            if table is None:
                raise ModelError(f"{self.name}: no adapter for reading facts ships for this model")
            transformer: Any = self.model[0]
            self._adapted = Adapted(transformer.auto_model, table)
        return self._adapted

    def _tokens(self, texts: Sequence[str]) -> tuple[Any, NDArray[np.int64], NDArray[np.bool_]]:
        """Return texts as the model reads them, and where each token stands [texts, tokens, 2].

        The last table [texts, tokens] tells which tokens are of a text: no prompt, no padding.
        """
        tokenizer: Any = self.model.tokenizer
        clean = [text.encode("utf-8", "replace").decode() for text in texts]
        batch = tokenizer(
            [self._prompt + text for text in clean],
            padding=True,
            truncation=True,
            max_length=self.model.max_seq_length,
            return_tensors="pt",
            return_offsets_mapping=True,
        )
        # A token holds the blank before it: that of the first one belongs to the prompt.
        places = np.maximum(batch.pop("offset_mapping").numpy() - len(self._prompt), 0)
        return batch, places, places[:, :, 1] > places[:, :, 0]


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors [..., dim] at length 1."""
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


def prompt_for(source: str) -> str:
    """Return the text that a model wants before every sentence: "query: " for the E5 family."""
    return "query: " if "e5" in Path(source).name.lower().split("-") else ""


def load_sentence_transformer(source: str) -> SentenceTransformer:
    """Load `source` (hub name or directory) in float32; explain in one sentence what is missing."""
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
    except Exception as error:  # the libraries below raise a dozen kinds for "not there"
        reason = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(
            f"model {source!r} cannot be loaded ({reason[0][:200]}); check the name, go online "
            "once so that it can be downloaded, or give a directory that holds the model"
        ) from error
