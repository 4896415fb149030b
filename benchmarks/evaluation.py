"""Scores answers: beads and confidences against gold ones, term pairs, and the rows of an index."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np

from aligner.search.nearest import Ids
from aligner.vectors import Matrix

Pair = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall over counted items; `f1` is their harmonic mean."""

    found: int
    right: int
    gold: int
    covered: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.covered / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.found + other.found,
            self.right + other.right,
            self.gold + other.gold,
            self.covered + other.covered,
        )


NOTHING = Score(0, 0, 0, 0)


def agreement(found: Set[Any], gold: Set[Any]) -> Score:
    """Count the items that are in both sets, whatever they are."""
    both = len(found & gold)
    return Score(len(found), both, len(gold), both)


def strict_score(found: Iterable[Pair], gold: Iterable[Pair]) -> Score:
    """Count beads that equal a gold bead; null beads do not count (as Vecalign's scorer does).

    A gold bead with several sentences on both sides is a segment that nobody split further. Beads
    that are wholly inside one count neither for nor against.
    """
    theirs = {bead for bead in _filled(gold) if not _is_segment(bead)}
    return agreement(_filled(judged(found, gold)), theirs)


def judged(found: Iterable[Pair], gold: Iterable[Pair]) -> list[Pair]:
    """Return the found beads that the gold can judge: those not inside an unsplit segment."""
    segments = [bead for bead in _filled(gold) if _is_segment(bead)]
    return [bead for bead in found if not _inside(bead, segments)]


def lax_score(found: Iterable[Pair], gold: Iterable[Pair]) -> Score:
    """Count beads that overlap a gold bead on both sides, and gold beads so overlapped."""
    ours, theirs = _filled(found), _filled(gold)
    return Score(
        len(ours),
        sum(_overlaps(bead, theirs) for bead in ours),
        len(theirs),
        sum(_overlaps(bead, ours) for bead in theirs),
    )


def _filled(beads: Iterable[Pair]) -> set[Pair]:
    return {(tuple(src), tuple(tgt)) for src, tgt in beads if len(src) and len(tgt)}


def _is_segment(bead: Pair) -> bool:
    return len(bead[0]) > 1 and len(bead[1]) > 1


def _inside(bead: Pair, segments: Collection[Pair]) -> bool:
    return any(set(bead[0]) <= set(a) and set(bead[1]) <= set(b) for a, b in segments)


def _overlaps(bead: Pair, others: Collection[Pair]) -> bool:
    src, tgt = set(bead[0]), set(bead[1])
    return any(src & set(a) and tgt & set(b) for a, b in others)


def calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Return the expected calibration error (Naeini et al. 2015) over equally wide bins."""
    total = 0.0
    for k in range(bins):
        members = [
            (c, r)
            for c, r in zip(confidences, right, strict=True)
            if k / bins <= c < (k + 1) / bins or (k == bins - 1 and c == 1.0)
        ]
        if members:
            mean = sum(c for c, _ in members) / len(members)
            share = sum(r for _, r in members) / len(members)
            total += abs(mean - share) * len(members)
    return total / len(confidences) if len(confidences) else 0.0


def overlap(one: str, other: str) -> bool:
    """Return whether one of two phrases contains the other."""
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def exact_nearest(ids: Ids, rows: Matrix, queries: Matrix, k: int) -> Ids:
    """Return the ids [m, k] of the rows with the greatest inner product with each query."""
    import faiss

    _, places = faiss.knn(queries, rows, k, metric=faiss.METRIC_INNER_PRODUCT)
    return np.asarray(ids[places])


def found_share(found: Ids, wanted: Ids) -> float:
    """Return the share of the wanted ids [m, k] that were found [m, any number]."""
    hits = [len(set(f) & set(w)) for f, w in zip(found.tolist(), wanted.tolist(), strict=True)]
    return sum(hits) / max(wanted.size, 1)
