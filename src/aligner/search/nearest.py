"""FAISS files with the vectors of one language: which of them are nearest to a query.

Up to FLAT_LIMIT rows, a query is compared with each. Beyond that, rows are rounded to eight bits a
number and found along the links of a graph (HNSW, Malkov & Yashunin 2018). Rounding only reorders
the very nearest: among half a million rows, .99 of the ten nearest are among the first SECOND_LOOK
found (`benchmarks/search_scale.py`), which are then put in order by their exact vectors.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.errors import SearchError
from aligner.search.store import damaged
from aligner.settings import NEIGHBOURS
from aligner.vectors import Matrix

FLAT_LIMIT = 100_000  # rows of a language; comparing a query with so many takes some 20 ms
SECOND_LOOK = 25  # results of a rounded search from which exact vectors choose the nearest
LINKS, BUILT_WITH = 12, 80  # of a row in the graph: 108 bytes; 90 s for 500,000 on two cores
EFFORT = 640  # rows that a search in the graph keeps in view: 2 ms among 500,000
TRAINED_ON = 100_000  # rows from which the range of each number is learned for rounding
ITSELF = 0.995  # inner product from which two rows are the same sentence, even when rounded

Ids = NDArray[np.int64]


def _faiss() -> Any:
    if sys.platform == "darwin":  # torch brings an OpenMP library of its own, which would abort
        os.environ.setdefault("KMP_DUPLICATE_LIB_OK", "TRUE")
    import faiss

    return faiss


def make_nearest(ids: Ids, rows: Matrix) -> Any:
    """Return a FAISS index of rows [n, dim] with ids [n], compared by their inner product."""
    faiss = _faiss()
    count, dim = rows.shape
    if count <= FLAT_LIMIT:
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
        index.add_with_ids(rows, ids)
        return index
    graph = faiss.IndexHNSWSQ(dim, faiss.ScalarQuantizer.QT_8bit, LINKS, faiss.METRIC_INNER_PRODUCT)
    graph.hnsw.efConstruction = BUILT_WITH
    graph.hnsw.efSearch = EFFORT
    sample = np.random.default_rng(0).permutation(count)[:TRAINED_ON]
    graph.train(rows[np.sort(sample)])
    index = faiss.IndexIDMap2(graph)
    index.add_with_ids(rows, ids)
    return index


def is_exact(index: Any) -> bool:
    """Return whether an index compares every row, without rounding."""
    return not hasattr(_faiss().downcast_index(index.index), "hnsw")


def changed(index: Any, gone: Ids, ids: Ids, rows: Matrix, live: int) -> Any:
    """Return an index without the ids `gone` and with new rows, changed in place if possible.

    `live` is how many rows there will be. A graph cannot drop a row: removed rows stay in it, and
    callers skip their ids, until they are a fifth of all and the index is rebuilt.
    """
    if is_exact(index) and len(gone):
        index.remove_ids(gone)
    there = index.ntotal + len(ids)
    stays = live <= FLAT_LIMIT if is_exact(index) else live > FLAT_LIMIT and there <= 1.25 * live
    if stays:
        if len(ids):
            index.add_with_ids(rows, ids)
        return index
    kept_ids, kept = stored(index)
    left = ~np.isin(kept_ids, gone)
    all_ids, all_rows = np.concatenate([kept_ids[left], ids]), np.vstack([kept[left], rows])
    return make_nearest(all_ids, all_rows)


def stored(index: Any) -> tuple[Ids, Matrix]:
    """Return the ids [n] and rows [n, dim] of an index; a large one has rounded rows."""
    ids = np.asarray(_faiss().vector_to_array(index.id_map), dtype=np.int64)
    return ids, index.index.reconstruct_n(0, index.ntotal)


class Near(NamedTuple):
    """The rows nearest to a query, the best first."""

    ids: Ids  # [k]
    scores: Matrix  # inner products with the query [k]
    rows: Matrix  # [k, dim]


def nearest(index: Any, query: Matrix, k: int, only: Sequence[int] | None = None) -> Near:
    """Return the k rows nearest to a query [dim], or the k nearest among the ids `only`.

    Ids that are not in the index are skipped: another process may have added them meanwhile.
    """
    if only is not None:
        asked = np.array(only, dtype=np.int64)
        ids = asked[np.isin(asked, _faiss().vector_to_array(index.id_map))]
        rows = index.reconstruct_batch(ids) if len(ids) else np.empty((0, index.d), np.float32)
        return best(ids, rows, query, k)
    k = min(k, index.ntotal)
    if not k:
        return best(np.empty(0, np.int64), np.empty((0, index.d), np.float32), query, k)
    with _one_thread():
        scores, found, rows = index.search_and_reconstruct(query[None], k)
    there = found[0] >= 0
    return Near(found[0][there], scores[0][there], rows[0][there])


@contextmanager
def _one_thread() -> Iterator[None]:
    """Run FAISS in one thread, which is enough for a query; more would wait for NumPy's."""
    before = _faiss().omp_get_max_threads()
    _faiss().omp_set_num_threads(1)
    try:
        yield
    finally:
        _faiss().omp_set_num_threads(before)


def best(ids: Ids, rows: Matrix, query: Matrix, k: int) -> Near:
    """Return the k of the given rows [n, dim] that are nearest to a query [dim]."""
    scores = rows @ query
    order = np.argsort(-scores, kind="stable")[:k]
    return Near(ids[order], scores[order], rows[order])


def some_rows(index: Any, count: int) -> tuple[Ids, Matrix]:
    """Return the ids [n] and rows [n, dim] of at most `count`, spread evenly over the index."""
    step = max(-(-index.ntotal // count), 1)
    places = np.arange(0, index.ntotal, step)
    ids = np.asarray(_faiss().vector_to_array(index.id_map), dtype=np.int64)[places]
    return ids, np.asarray(index.index.reconstruct_batch(places))


def crowding(rows: Matrix, others: Matrix) -> NDArray[np.float32]:
    """Return for each row [n, dim] its mean inner product [n] with the nearest of `others`.

    `others` [m, dim] are rows of the index and of a background, which stands in for neighbours that
    a small index lacks. A row that is among them does not count as its own neighbour.
    """
    scores = rows @ others.T
    scores[scores > ITSELF] = -1
    return np.asarray(np.partition(scores, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:].mean(axis=1))


def read_nearest(path: Path, *, changing: bool = False) -> Any:
    """Return the index in a file: mapped into memory, or read as a whole if it will be changed.

    Raises FileNotFoundError if another process has replaced the file by a new one, SearchError if
    the file is damaged.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    faiss = _faiss()
    try:
        return faiss.read_index(str(path), 0 if changing else faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise SearchError(damaged(path.parent)) from error


def is_whole(path: Path) -> bool:
    """Return whether a file exists and holds a readable index."""
    try:
        read_nearest(path)
    except (FileNotFoundError, SearchError):
        return False
    return True


def write_nearest(index: Any, path: Path) -> None:
    """Write an index to a new file and wait until it is on the disk."""
    try:
        _faiss().write_index(index, str(path))
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    except (RuntimeError, OSError) as error:
        path.unlink(missing_ok=True)
        raise SearchError(
            f"{path.parent}: the index cannot be written ({_last_line(error)}); make room and try "
            "again"
        ) from error


def _last_line(error: Exception) -> str:
    return str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
