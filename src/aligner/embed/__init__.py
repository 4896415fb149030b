"""Sentence vectors: the embedded model, any sentence-transformers model, and the cache."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from aligner.embed.bundled import DIM, NAME, BundledEmbedder
from aligner.embed.cache import CachedEmbedder, VectorCache
from aligner.embed.places import cache_directory
from aligner.errors import ModelError
from aligner.model import content_id
from aligner.settings import PRECISIONS, Precision
from aligner.vectors import Model


def load_embedder(name: str | None = None, precision: Precision | None = None) -> CachedEmbedder:
    """Return an Embedder: the embedded e5-small, or a sentence-transformers model by name or path.

    `precision` is the embedded model's arithmetic; None takes the faster one on this machine.

    Nothing is loaded until a vector is needed that is not in the cache. A missing model is never
    silently replaced by another: it raises ModelError, as does a precision that a model lacks.
    """
    if precision not in (None, *PRECISIONS):
        raise ValueError(f"precision is {precision!r}; use one of {PRECISIONS}")
    cache = VectorCache(cache_directory() / "vectors.sqlite")
    if name is None or name == NAME:
        bundled = BundledEmbedder(precision)  # says at once where the model is missing
        view = partial(_view, bundled)
        return CachedEmbedder(NAME, DIM, lambda: bundled, cache, view)
    if not name.strip():
        raise ModelError("--model is empty; name a model or a folder, or leave it out")
    source = name
    if precision not in (None, "float32"):
        raise ModelError(f"--precision {precision}: {source} runs in float32 only; leave it out")

    def load() -> Model:
        from aligner.embed.sentence import SentenceEmbedder, prompt_for

        return SentenceEmbedder(source, prompt_for(source))

    return CachedEmbedder(_identity(source), None, load, cache)


def _view(bundled: BundledEmbedder) -> str:
    """Return a suffix for the name under which vectors are kept; there is none for float32."""
    return "" if bundled.precision == "float32" else f" {bundled.precision}"


def _identity(source: str) -> str:
    """Return the name under which vectors are kept; that of a directory depends on its files."""
    directory = Path(source)
    if not directory.is_dir():
        return source
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    state = [f"{path.name}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in files]
    return f"{directory.name}@{content_id(*state)}"
