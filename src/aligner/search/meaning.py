"""Which sentences of an index mean nearly what a query means."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from aligner.embed import load_embedder
from aligner.embed.space import Space, load_space
from aligner.errors import SearchError
from aligner.model import Lang
from aligner.search.nearest import crowding, mean_of_others, nearest, read_nearest
from aligner.search.query import Query
from aligner.search.store import Store, damaged
from aligner.search.update import other_model
from aligner.settings import NEIGHBOURS
from aligner.vectors import Matrix, QueryEmbedder

CLOSE = 10  # nearest sentences whose own neighbours are looked at
TRIES = 5  # to open vector files that another process replaces at the same time


class Meaning:
    """The vectors of an index with the model that made them; each is loaded when it is needed."""

    def __init__(self, folder: Path, store: Store, embedder: QueryEmbedder | None) -> None:
        self._folder = folder
        self._store = store
        self._embedder = embedder
        self._vectors: dict[Lang, Any] = {}
        self._space: Space | None = None

    def encode(self, query: Query) -> Matrix:
        """Return the vector of a query [size]; SearchError where the index has another model."""
        if self._embedder is None:
            self._embedder = load_embedder(self._store.meta("model"))
        if self._space is None:
            self._space = load_space(self._embedder)
        if self._space.name != self._store.meta("space"):
            raise other_model(self._folder, self._store, self._embedder.name)
        row: Matrix = self._space.rows(self._embedder.encode_query(query.text)[None], query.lang)[0]
        return row

    def near(
        self, vector: Matrix, query: Lang, lang: Lang, k: int, only: Sequence[int] | None
    ) -> dict[int, float]:
        """Return the k nearest sentences of a language to a query's vector: margins by id.

        The margin is the cosine less the mean cosine of either side to its own neighbours in the
        other's language (CSLS, Conneau et al. 2018): a sentence near to everything means little.
        """
        found = nearest(self._open(lang), vector, k, only)
        if not len(found.ids):
            return {}
        own = mean_of_others(found.scores[None])
        others = self._open(query)
        if others.ntotal <= NEIGHBOURS:  # then neighbours in its own language tell as much
            others = self._open(lang)
        theirs = crowding(others, found.rows[:CLOSE])
        theirs = np.pad(theirs, (0, len(found.ids) - len(theirs)), constant_values=theirs.max())
        margins = found.scores - (own + theirs) / 2
        return dict(zip(found.ids.tolist(), margins.tolist(), strict=True))

    def _open(self, lang: Lang) -> Any:
        if lang not in self._vectors:
            self._vectors[lang] = self._read(lang)
        return self._vectors[lang]

    def _read(self, lang: Lang) -> Any:
        for _ in range(TRIES):
            files = json.loads(self._store.meta("vectors") or "{}")
            if lang not in files:
                raise SearchError(f"{self._folder}: the index is empty; fill it with `aligner run`")
            try:
                return read_nearest(self._folder / files[lang])
            except FileNotFoundError:  # another process has just replaced it
                continue
        raise SearchError(damaged(self._folder))
