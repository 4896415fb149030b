"""Aligns a translation in order, with many-to-many beads on the best path.

A first path is found with approximate vectors of merged sentences. Then every bead that may be on
the best path is judged again with the exact vectors of its own text, and the best path among these
beads is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.anchors import Block, blocks_between_anchors
from aligner.alignment.calibration import load_logistic
from aligner.alignment.dp import Path, Problem, Shape, Table, best_paths
from aligner.alignment.gains import Gains, bead_gains, length_deviation, words_beyond
from aligner.alignment.posterior import bead_posteriors
from aligner.alignment.shared_marks import shared_marks
from aligner.alignment.side import Side
from aligner.alignment.spans import Spans, embed_spans, mean_spans
from aligner.alignment.wording import Wording
from aligner.model import Bead
from aligner.settings import ParallelSettings
from aligner.vectors import logit

AT_ONCE = 40_000  # cells of the blocks that are processed together: some 20 MB
PADDED = 10 * AT_ONCE  # the same once all blocks are filled up to the largest one's sides
Wanted = set[tuple[int, int]]  # spans of sentences, as (start, length)
Posteriors = dict[Shape, Table]


@dataclass(frozen=True, slots=True)
class Choice:
    """A bead of the path with its features, before it has a confidence."""

    src: range
    tgt: range
    posterior: float
    cosine: float
    words: float  # share of its words that are rendered, minus the usual share
    length_deviation: float

    @property
    def is_null(self) -> bool:
        """True if one side is empty."""
        return not (self.src and self.tgt)


def judged_beads(choices: list[Choice], src: Side, tgt: Side) -> list[Bead]:
    """Return the beads with their confidences, in the same order."""
    return [
        Bead(tuple(one.src), tuple(one.tgt), sure, shared_marks(src, tgt, one.src, one.tgt))
        for one, sure in zip(choices, confidences(choices), strict=True)
    ]


def choose_beads(src: Side, tgt: Side, settings: ParallelSettings) -> list[Choice]:
    """Return the beads of the best path in order, including null beads."""
    if not len(src) or not len(tgt):
        return [Choice(range(i, i + 1), range(0), 1.0, 0.0, 0.0, 0.0) for i in range(len(src))] + [
            Choice(range(0), range(j, j + 1), 1.0, 0.0, 0.0, 0.0) for j in range(len(tgt))
        ]
    src_spans, tgt_spans = mean_spans(src), mean_spans(tgt)
    blocks = blocks_between_anchors(src, tgt, settings.max_cells)
    lots = list(_lots(blocks))
    words = {block: found for lot in lots for block, found in _words(lot, src, tgt, settings)}

    def problem(block: Block) -> Problem:
        spans = src_spans.of(block.src), tgt_spans.of(block.tgt)
        return Problem(bead_gains(*spans, words[block], settings), len(block.src), len(block.tgt))

    src_wanted: Wanted = set()
    tgt_wanted: Wanted = set()
    for lot in lots:
        posteriors = bead_posteriors(list(map(problem, lot)), settings.temperature)
        for block, likely in zip(lot, posteriors, strict=True):
            near_src, near_tgt = _wanted(likely, block, settings)
            src_wanted |= near_src
            tgt_wanted |= near_tgt
    embed_spans(src_spans, src, src_wanted)
    embed_spans(tgt_spans, tgt, tgt_wanted)
    chosen: list[Choice] = []
    for lot in lots:
        problems = list(map(problem, lot))
        posteriors = bead_posteriors(problems, settings.temperature)
        for block, likely, path in zip(lot, posteriors, best_paths(problems), strict=True):
            chosen += _choices(path, likely, words[block], block, src_spans, tgt_spans, settings)
    return chosen


def _words(
    lot: list[Block], src: Side, tgt: Side, settings: ParallelSettings
) -> Iterator[tuple[Block, Gains]]:
    """Yield each block with its `words_beyond`; the rarity of words is that in the whole lot."""
    i0, j0 = lot[0].src.start, lot[0].tgt.start
    wording = Wording.read(src.texts[i0 : lot[-1].src.stop], tgt.texts[j0 : lot[-1].tgt.stop])
    for block in lot:
        here = wording.of(_shifted(block.src, -i0), _shifted(block.tgt, -j0))
        yield block, words_beyond(here, settings)


def _shifted(some: range, by: int) -> range:
    return range(some.start + by, some.stop + by)


def _lots(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield lots of blocks that are processed together, of up to AT_ONCE cells each."""
    lot: list[Block] = []
    for block in blocks:
        if lot and _are_too_many([*lot, block]):
            yield lot
            lot = []
        lot.append(block)
    yield lot


def _are_too_many(blocks: Sequence[Block]) -> bool:
    """Return whether blocks are too many to be processed together.

    What is left out on either side makes a block without cells, but two of them fill a table.
    """
    rows = max(len(block.src) for block in blocks)
    columns = max(len(block.tgt) for block in blocks)
    cells = max(block.cells for block in blocks)
    return len(blocks) * cells > AT_ONCE or len(blocks) * rows * columns > PADDED


def _wanted(
    posteriors: Posteriors, block: Block, settings: ParallelSettings
) -> tuple[Wanted, Wanted]:
    """Return the spans on both sides of every bead that may be on the best path of a block.

    If a sentence probably has no counterpart, less likely beads with it are included too.
    """
    left_out = [held < 0.5 for held in _held(posteriors, block)]
    src: Wanted = set()
    tgt: Wanted = set()
    for (a, b), table in posteriors.items():
        loose = _spanned(left_out[0], a)[:, None] | _spanned(left_out[1], b)
        near = np.where(loose, settings.near_null, settings.near)
        for i, j in np.argwhere(table > near).tolist():
            src.add((block.src.start + i, a))
            tgt.add((block.tgt.start + j, b))
    return src, tgt


def _spanned(marked: NDArray[np.bool_], size: int) -> NDArray[np.bool_]:
    """Return for every span of `size` sentences whether one of them is marked."""
    n = len(marked) - size + 1
    return np.asarray(np.logical_or.reduce([marked[k : k + n] for k in range(size)]))


def _held(posteriors: Posteriors, block: Block) -> tuple[Table, Table]:
    """Return for every sentence of both sides the probability that it is in some bead."""
    ours, theirs = np.zeros(len(block.src)), np.zeros(len(block.tgt))
    for (a, b), table in posteriors.items():
        rows, columns = table.sum(axis=1), table.sum(axis=0)
        for k in range(a):
            ours[k : k + len(rows)] += rows
        for k in range(b):
            theirs[k : k + len(columns)] += columns
    return ours, theirs


def _choices(
    path: Path,
    posteriors: Posteriors,
    words: Gains,
    block: Block,
    src_spans: Spans,
    tgt_spans: Spans,
    settings: ParallelSettings,
) -> list[Choice]:
    """Return the beads of a block's path with their features."""
    src, tgt = src_spans.of(block.src), tgt_spans.of(block.tgt)
    ours, theirs = _held(posteriors, block)
    chosen = []
    for rows, columns in path:
        i, j, a, b = rows.start, columns.start, len(rows), len(columns)
        here = _shifted(rows, block.src.start), _shifted(columns, block.tgt.start)
        if a and b:
            cosine = float(src.vectors[a][i] @ tgt.vectors[b][j])
            deviation = float(length_deviation(src.lengths[a][i], tgt.lengths[b][j], settings))
            posterior = float(posteriors[a, b][i, j])
            rendered = float(words[a, b][i, j])
            chosen.append(Choice(*here, posterior, cosine, rendered, deviation))
        else:
            held, row, others = (
                (ours[i], src.vectors[1][i], tgt) if a else (theirs[j], tgt.vectors[1][j], src)
            )
            cosines = others.vectors[1] @ row
            nearest = float(cosines.max()) if cosines.size else 0.0
            chosen.append(Choice(*here, max(0.0, 1.0 - float(held)), nearest, 0.0, 0.0))
    return chosen


def bead_features(choices: list[Choice]) -> dict[str, np.ndarray]:
    """Return the features of filled beads, an array for each feature."""
    return {
        "posterior": logit([choice.posterior for choice in choices]),
        "cosine": np.array([choice.cosine for choice in choices]),
        "words": np.array([choice.words for choice in choices]),
        "length": np.array([min(abs(choice.length_deviation), 4.0) for choice in choices]),
        "extra": np.array([len(choice.src) + len(choice.tgt) - 2 for choice in choices]),
    }


def null_features(choices: list[Choice]) -> dict[str, np.ndarray]:
    """Return the features of null beads."""
    return {
        "posterior": logit([choice.posterior for choice in choices]),
        "cosine": np.array([choice.cosine for choice in choices]),
    }


def confidences(choices: Sequence[Choice]) -> list[float]:
    """Return the calibrated confidence of each bead, or that a null bead is rightly one."""
    found = np.empty(len(choices))
    for is_null, task, features in ((False, "bead", bead_features), (True, "null", null_features)):
        places = [n for n, choice in enumerate(choices) if choice.is_null == is_null]
        if places:
            some = features([choices[n] for n in places])
            found[places] = load_logistic(task).probability(some)
    return [float(chance) for chance in found]
