"""The best path is the best of all paths, whatever the gains."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment.dp import SHAPES, Path, Shape, best_path
from aligner.vectors import Matrix

Gains = dict[Shape, Matrix]
# Quarters add without rounding, so that sums compare exactly; -inf forbids a bead.
GAIN = st.one_of(st.integers(-8, 12).map(lambda k: k / 4), st.just(-np.inf))


@st.composite
def tables(draw: st.DrawFn, largest: int = 4) -> tuple[Gains, int, int]:
    """Draw sizes, some of the shapes, and a gain for every bead of those shapes."""
    n_src, n_tgt = draw(st.integers(0, largest)), draw(st.integers(0, largest))
    shapes = draw(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=5, unique=True))
    gains = {}
    for a, b in shapes:
        rows, columns = max(n_src - a + 1, 0), max(n_tgt - b + 1, 0)
        size = rows * columns
        values = draw(st.lists(GAIN, min_size=size, max_size=size))
        gains[a, b] = np.array(values, dtype=np.float32).reshape(rows, columns)
    return gains, n_src, n_tgt


def all_paths(gains: Gains, n_src: int, n_tgt: int, i: int = 0, j: int = 0) -> Iterator[Path]:
    """Yield every sequence of beads and null beads from (i, j) to the end."""
    if (i, j) == (n_src, n_tgt):
        yield []
    for a, b in [(1, 0), (0, 1), *gains]:
        if i + a <= n_src and j + b <= n_tgt:
            for rest in all_paths(gains, n_src, n_tgt, i + a, j + b):
                yield [(range(i, i + a), range(j, j + b)), *rest]


def path_gain(gains: Gains, path: Path) -> float:
    """Return the sum that a path earns."""
    return sum(
        float(gains[len(rows), len(columns)][rows.start, columns.start])
        for rows, columns in path
        if rows and columns
    )


@given(tables())
def test_the_path_earns_the_most_of_all_paths(table: tuple[Gains, int, int]) -> None:
    gains, n_src, n_tgt = table
    best = max(path_gain(gains, path) for path in all_paths(gains, n_src, n_tgt))
    assert path_gain(gains, best_path(gains, n_src, n_tgt)) == best


@given(tables(largest=9))
def test_the_path_holds_every_sentence_once_and_in_order(table: tuple[Gains, int, int]) -> None:
    gains, n_src, n_tgt = table
    path = best_path(gains, n_src, n_tgt)
    assert [i for rows, _ in path for i in rows] == list(range(n_src))
    assert [j for _, columns in path for j in columns] == list(range(n_tgt))
    shapes = {(len(rows), len(columns)) for rows, columns in path}
    assert shapes <= {(1, 0), (0, 1), *gains}


@given(tables(largest=9))
def test_the_same_gains_give_the_same_path(table: tuple[Gains, int, int]) -> None:
    gains, n_src, n_tgt = table
    copy = {shape: gain.copy() for shape, gain in gains.items()}
    assert best_path(gains, n_src, n_tgt) == best_path(copy, n_src, n_tgt)


def filled(shape: Shape, n_src: int, n_tgt: int, gain: float) -> Matrix:
    return np.full((n_src - shape[0] + 1, n_tgt - shape[1] + 1), gain, dtype=np.float32)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_bead_of_any_shape_is_taken_when_it_pays(shape: Shape) -> None:
    gains = {shape: filled(shape, *shape, 1.0)}
    assert best_path(gains, *shape) == [(range(shape[0]), range(shape[1]))]


@pytest.mark.parametrize("gain", [-0.25, -np.inf])
def test_a_bead_that_does_not_pay_is_left_for_null_beads(gain: float) -> None:
    path = best_path({(1, 1): filled((1, 1), 3, 2, gain)}, 3, 2)
    assert (
        sorted((len(rows), len(columns)) for rows, columns in path) == [(0, 1)] * 2 + [(1, 0)] * 3
    )


def test_a_stray_on_either_side_becomes_a_null_bead_in_its_place() -> None:
    gain = np.full((3, 3), -1, dtype=np.float32)
    gain[0, 0] = gain[2, 1] = 1  # source 1 and target 2 have no counterpart
    assert best_path({(1, 1): gain}, 3, 3) == [
        (range(1), range(1)),
        (range(1, 2), range(1, 1)),
        (range(2, 3), range(1, 2)),
        (range(3, 3), range(2, 3)),
    ]


def test_two_beads_that_cross_are_never_both_taken() -> None:
    gain = np.array([[-1, 2], [3, -1]], dtype=np.float32)
    filled_beads = [bead for bead in best_path({(1, 1): gain}, 2, 2) if bead[0] and bead[1]]
    assert filled_beads == [(range(1, 2), range(1))]


@pytest.mark.parametrize(
    ("n_src", "n_tgt", "expected"),
    [
        (0, 0, []),
        (2, 0, [(range(1), range(0)), (range(1, 2), range(0))]),
        (0, 2, [(range(0), range(1)), (range(0), range(1, 2))]),
    ],
)
def test_an_empty_side_leaves_only_null_beads(n_src: int, n_tgt: int, expected: Path) -> None:
    assert best_path({}, n_src, n_tgt) == expected
