"""The sentences of an index whose meaning is nearest to that of a query."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from aligner.embed import load_embedder
from aligner.embed.space import Space, load_space
from aligner.errors import SearchError
from aligner.model import Lang
from aligner.search.nearest import (
    SECOND_LOOK,
    Ids,
    Near,
    best,
    crowding,
    is_exact,
    nearest,
    read_nearest,
    some_rows,
)
from aligner.search.query import Query
from aligner.search.store import Store
from aligner.settings import NEIGHBOURS
from aligner.vectors import Matrix, QueryEmbedder, VectorMemory

CLOSE = 20  # nearest sentences whose own neighbours are looked up
CROWD = 3_000  # sentences of the index among which those neighbours are looked for


class Meaning:
    """The vectors of an index and the model that made them, both loaded when first needed."""

    def __init__(self, store: Store, embedder: QueryEmbedder | None) -> None:
        self._store = store
        self._embedder = embedder
        self._vectors: dict[Lang, Any] = {}
        self._space: Space | None = None
        self._crowds: dict[Lang, Matrix] = {}

    def encode(self, query: Query) -> Matrix:
        """Return the vector [size] of a query; SearchError if another model made the index."""
        space, raw = self._view(), self._model().encode_query(query.text)
        row: Matrix = space.rows(raw[None], query.lang)[0]
        return row

    def _model(self) -> QueryEmbedder:
        if self._embedder is None:
            self._embedder = load_embedder(self._store.meta("model"))
        return self._embedder

    def _view(self) -> Space:
        if self._space is None:
            self._space = load_space(self._model())
        if self._space.name != self._store.meta("space"):
            raise self._store.other_model(self._model().name)
        return self._space

    def nearest(
        self, vector: Matrix, lang: Lang, k: int, only: Sequence[int] | None = None
    ) -> Near:
        """Return the k sentences of a language that are nearest to a vector [size].

        A large index holds rounded vectors. Its first results are put in order by their exact
        vectors, as far as the cache still has those.
        """
        index = self._open(lang)
        if is_exact(index):
            return nearest(index, vector, k, only)
        found = nearest(index, vector, max(k, SECOND_LOOK), only)
        return best(*self._exact(found.ids, found.rows, lang), vector, k)

    def _exact(self, ids: Ids, rows: Matrix, lang: Lang) -> tuple[Ids, Matrix]:
        """Return rounded rows [n, dim] exactly, as far as the cache has them, with their ids [n].

        Sentences that were removed, which the graph still holds, are left out.
        """
        texts = self._store.texts(lang, ids.tolist())
        there = np.isin(ids, list(texts))
        ids, rows, model = ids[there], rows[there], self._model()
        known = model.known(list(texts.values())) if isinstance(model, VectorMemory) else {}
        places = [n for n, number in enumerate(ids.tolist()) if texts[number] in known]
        if places:
            exact = np.stack([known[texts[ids[n]]] for n in places])
            rows[places] = self._view().rows(exact, lang)
        return ids, rows

    def near(
        self, vector: Matrix, query: Lang, lang: Lang, k: int, only: Sequence[int] | None
    ) -> dict[int, float]:
        """Return the k sentences of a language nearest to the vector of a query: margins by id.

        `query` is the language of the query. A margin is the cosine less the mean of what either
        side has to its nearest neighbours in the other's language, which are taken from the index
        and from ordinary news (CSLS, Conneau et al. 2018): being near to a sentence that is near
        to everything means little.
        """
        found = self.nearest(vector, lang, k, only)
        if not len(found.ids):
            return {}
        space = self._view()
        background = space.background
        own = _mean_but_first(np.concatenate([found.scores, vector @ background[lang].T]))
        theirs = crowding(found.rows[:CLOSE], self._others(query))
        # A sentence that is far from all others (a line of the site) gains nothing by that.
        theirs = np.maximum(theirs, space.usual[lang])
        theirs = np.pad(theirs, (0, len(found.ids) - len(theirs)), constant_values=theirs.max())
        margins = found.scores - (own + theirs) / 2
        return dict(zip(found.ids.tolist(), margins.tolist(), strict=True))

    def _others(self, lang: Lang) -> Matrix:
        """Return the vectors [n, size] of a language among which neighbours are looked for."""
        if lang not in self._crowds:
            index = self._open(lang)
            ids, rows = some_rows(index, CROWD)
            if not is_exact(index):
                _, rows = self._exact(ids, rows, lang)
            self._crowds[lang] = np.vstack([self._view().background[lang], rows])
        return self._crowds[lang]

    def _open(self, lang: Lang) -> Any:
        if lang not in self._vectors:
            self._vectors[lang] = self._read(lang)
        return self._vectors[lang]

    def _read(self, lang: Lang) -> Any:
        folder, files = self._store.folder, json.loads(self._store.meta("vectors") or "{}")
        if lang not in files:
            raise SearchError(f"{folder}: the index is empty; fill it with `aligner run`")
        try:
            return read_nearest(folder / files[lang])
        except FileNotFoundError as error:
            raise SearchError(
                f"{folder}: the index is damaged, {files[lang]} is missing; `aligner run` on your "
                "articles makes it anew"
            ) from error


def _mean_but_first(scores: Matrix) -> float:
    """Return the mean of the best scores without the very best, which may be the answer itself."""
    return float(np.sort(scores)[::-1][1 : NEIGHBOURS + 1].mean())
