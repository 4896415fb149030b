"""The sentences of one language as vectors on disk: which lie nearest to a query, by FAISS.

Up to FLAT_LIMIT rows every one is compared. Beyond that, rows are kept in eight bits a number and
only the lists around the query are looked through (inverted file, Jégou et al. 2011); how many
lists is measured when the index is made, so that TARGET of the ten nearest are found.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.errors import SearchError
from aligner.search.store import damaged
from aligner.settings import NEIGHBOURS
from aligner.vectors import Matrix

FLAT_LIMIT = 100_000  # rows of a language; comparing a query to so many takes some 20 ms
TARGET = 0.985  # of the ten nearest, on sampled queries, so that others reach .98
ROOM = 0.02  # of the range of each number, at either end, for rows that come later
FEW_LISTS = 16  # looked through for the neighbours of a row
SLACK = 0.005  # less than what a look at all lists would find
TRAINED_ON = 40  # rows a list from which its centre is learned
NEAREST = 10
ITSELF = 0.995  # inner product from which two rows are one sentence, also when rounded

Ids = NDArray[np.int64]


def _faiss() -> Any:
    if sys.platform == "darwin":  # torch brings an OpenMP library of its own, which would abort
        os.environ.setdefault("KMP_DUPLICATE_LIB_OK", "TRUE")
    import faiss

    return faiss


def make_nearest(ids: Ids, rows: Matrix, probes: Callable[[], Matrix]) -> Any:
    """Return a FAISS index of rows [n, dim] by inner product, which answers with their ids [n].

    `probes` makes queries [m, dim] as they are to be expected; a large index is measured by them.
    """
    faiss = _faiss()
    count, dim = rows.shape
    if count <= FLAT_LIMIT:
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
        index.add_with_ids(rows, ids)
        return index
    lists = list_count(count)
    index = faiss.index_factory(dim, f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    index.sq.rangestat_arg = ROOM
    sample = np.random.default_rng(0).permutation(count)[: TRAINED_ON * lists]
    index.train(rows[np.sort(sample)])
    index.add_with_ids(rows, ids)
    index.nprobe = _probes_needed(index, ids, rows, probes())
    return index


def list_count(count: int) -> int:
    """Return into how many lists so many rows are put: four times the root, as FAISS advises."""
    return int(4 * count**0.5)


def _probes_needed(index: Any, ids: Ids, rows: Matrix, probes: Matrix) -> int:
    """Return the least number of lists, doubling, that finds TARGET of the ten nearest rows.

    Where rounding hides some of them even from a look at all lists, nearly as many as that finds.
    """
    wanted = exact_nearest(ids, rows, probes, NEAREST)

    def found(number: int) -> float:
        index.nprobe = number
        return recall(index.search(probes, NEAREST)[1], wanted)

    enough = min(TARGET, found(index.nlist) - SLACK)
    number = 8
    while number < index.nlist and found(number) < enough:
        number *= 2
    return min(number, int(index.nlist))


def exact_nearest(ids: Ids, rows: Matrix, queries: Matrix, k: int) -> Ids:
    """Return the ids [m, k] of the rows with the greatest inner product with each query."""
    _, places = _faiss().knn(queries, rows, k, metric=_faiss().METRIC_INNER_PRODUCT)
    return np.asarray(ids[places])


def recall(found: Ids, wanted: Ids) -> float:
    """Return the share of the wanted ids [m, k] that were found [m, k]."""
    hits = [len(set(f) & set(w)) for f, w in zip(found.tolist(), wanted.tolist(), strict=True)]
    return sum(hits) / max(wanted.size, 1)


def changed(index: Any, gone: Ids, ids: Ids, rows: Matrix, probes: Callable[[], Matrix]) -> Any:
    """Return an index without some ids and with further rows; a small one changes in place."""
    if len(gone):
        index.remove_ids(gone)
    count = index.ntotal + len(ids)
    is_flat = not hasattr(index, "nlist")
    if count <= FLAT_LIMIT if is_flat else list_count(count) <= 2 * index.nlist:
        if len(ids):
            index.add_with_ids(rows, ids)
        return index
    kept_ids, kept = stored(index)
    return make_nearest(np.concatenate([kept_ids, ids]), np.vstack([kept, rows]), probes)


def stored(index: Any) -> tuple[Ids, Matrix]:
    """Return the ids [n] and rows [n, dim] of an index, those of a large one as it rounds them."""
    faiss = _faiss()
    if not hasattr(index, "nlist"):
        ids = faiss.vector_to_array(index.id_map)
        return ids, index.index.reconstruct_n(0, index.ntotal)
    ids = np.concatenate([_list_ids(index, number) for number in range(index.nlist)])
    return ids, _rows_of(index, ids)


def _list_ids(index: Any, number: int) -> Ids:
    faiss = _faiss()
    size = index.invlists.list_size(number)
    if not size:
        return np.empty(0, dtype=np.int64)
    return np.array(faiss.rev_swig_ptr(index.invlists.get_ids(number), size), dtype=np.int64)


class Near(NamedTuple):
    """Rows near a query, best first: their ids [k], inner products with it [k], themselves."""

    ids: Ids
    scores: Matrix
    rows: Matrix  # [k, dim]


def nearest(index: Any, query: Matrix, k: int, only: Sequence[int] | None = None) -> Near:
    """Return the k nearest rows to a query [dim]; with `only`, no other ids are looked at."""
    k = min(k, index.ntotal)
    if not k:
        none = np.empty((0, index.d), dtype=np.float32)
        return Near(np.empty(0, dtype=np.int64), none[:, 0], none)
    if only is None:
        scores, ids, rows = index.search_and_reconstruct(query[None], k)
        return Near(ids[0], scores[0], rows[0])
    scores, ids = index.search(query[None], k, params=_among(index, only))
    there = ids[0] >= 0
    return Near(ids[0][there], scores[0][there], _rows_of(index, ids[0][there]))


def _among(index: Any, only: Sequence[int]) -> Any:
    """Return what tells FAISS to look at some ids alone, in all lists where there are lists."""
    faiss = _faiss()
    selector = faiss.IDSelectorBatch(np.array(only, dtype=np.int64))
    if hasattr(index, "nlist"):
        return faiss.SearchParametersIVF(sel=selector, nprobe=index.nlist)
    return faiss.SearchParameters(sel=selector)


def _rows_of(index: Any, ids: Ids) -> Matrix:
    """Return the rows of some ids [n, dim]."""
    if hasattr(index, "nlist"):  # where each row lies is not stored, and worked out only now
        index.set_direct_map_type(_faiss().DirectMap.Hashtable)
    return np.asarray(index.reconstruct_batch(ids))


def crowding(index: Any, rows: Matrix, background: Matrix) -> NDArray[np.float32]:
    """Return for each row [n, dim] its mean inner product with its nearest rows elsewhere [n].

    Those are the rows of an index and of a background [m, dim], without the row itself. In a small
    index the neighbours of a row say little, and the background stands for what is not there.
    """
    scores = rows @ background.T
    if index.ntotal:
        params = None
        if hasattr(index, "nlist"):  # their mean need not be exact
            params = _faiss().SearchParametersIVF(nprobe=min(FEW_LISTS, index.nprobe))
        found = index.search(rows, min(NEIGHBOURS + 1, index.ntotal), params=params)[0]
        scores = np.hstack([scores, np.where(found > ITSELF, -1, found)])
    best = np.partition(scores, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
    return np.asarray(best.mean(axis=1), dtype=np.float32)


def read_nearest(path: Path, *, changing: bool = False) -> Any:
    """Return the index in a file, mapped into memory, or read whole where it will be changed.

    Raises FileNotFoundError where another process has put a new one in its place, SearchError where
    the file is damaged.
    """
    if not path.is_file():
        raise FileNotFoundError(path)
    faiss = _faiss()
    try:
        return faiss.read_index(str(path), 0 if changing else faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise SearchError(damaged(path.parent)) from error


def write_nearest(index: Any, path: Path) -> None:
    """Write an index to a new file; it is on the disk when this returns."""
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
