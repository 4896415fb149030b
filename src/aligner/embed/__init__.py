"""Sentence vectors: the embedded model, any sentence-transformers model, and the cache."""

from __future__ import annotations

from aligner.embed.cache import CachedEmbedder, VectorCache
from aligner.embed.places import cache_directory
from aligner.vectors import Model

DEFAULT_MODEL = "e5-small"


def load_embedder(name: str | None = None) -> CachedEmbedder:
    """Return an Embedder: the embedded e5-small, or a sentence-transformers model by name or path.

    Nothing is loaded until a vector is needed that the cache does not hold. Another model never
    steps in silently: a missing one raises ModelError.
    """
    cache = VectorCache(cache_directory() / "vectors.sqlite")
    if name is None or name == DEFAULT_MODEL:
        from aligner.embed.bundled import DIM, BundledEmbedder, packed_file

        packed_file()  # say at once, not at the first vector, that the model is missing
        return CachedEmbedder(DEFAULT_MODEL, DIM, BundledEmbedder, cache)
    source = name

    def load() -> Model:
        from aligner.embed.sentence import SentenceEmbedder, prompt_for

        return SentenceEmbedder(source, source, prompt_for(source))

    return CachedEmbedder(_identity(source), None, load, cache)


def _identity(source: str) -> str:
    """Return the name that vectors are kept under: for a directory, with its state."""
    from pathlib import Path

    directory = Path(source)
    if not directory.is_dir():
        return source
    files = sorted(path for path in directory.rglob("*") if path.is_file())
    state = [f"{path.name}:{path.stat().st_size}:{path.stat().st_mtime_ns}" for path in files]
    from aligner.model import content_id

    return f"{directory.name}@{content_id(*state)}"
