"""The probability of a bead is its share of all paths, each weighed by exp(gain / temperature).

A path is a sequence of steps, so paths that differ only in the order of null beads count apart.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment.dp import Problem, best_path, best_paths
from aligner.alignment.posterior import bead_posteriors
from test_dp import Gains, all_paths, path_gain, tables


def posteriors(
    gains: Gains, n_src: int, n_tgt: int, temperature: float
) -> dict[tuple[int, int], np.ndarray]:
    (found,) = bead_posteriors([Problem(gains, n_src, n_tgt)], temperature)
    return found


def posteriors_by_counting(
    gains: Gains, n_src: int, n_tgt: int, temperature: float
) -> dict[tuple[int, int], np.ndarray]:
    """Weigh every path by itself and add its weight to each of its beads."""
    shares = {shape: np.zeros(gain.shape) for shape, gain in gains.items() if gain.size}
    total = 0.0
    for path in all_paths(gains, n_src, n_tgt):
        weight = np.exp(path_gain(gains, path) / temperature)
        total += weight
        for rows, columns in path:
            if rows and columns:
                shares[len(rows), len(columns)][rows.start, columns.start] += weight
    return {shape: share / total for shape, share in shares.items()}


@given(tables(largest=3), st.sampled_from([0.1, 0.5, 2.0]))
def test_posteriors_are_the_shares_of_all_paths(
    table: tuple[Gains, int, int], temperature: float
) -> None:
    gains, n_src, n_tgt = table
    expected = posteriors_by_counting(gains, n_src, n_tgt, temperature)
    found = posteriors(gains, n_src, n_tgt, temperature)
    assert found.keys() == expected.keys()
    for shape, share in expected.items():
        np.testing.assert_allclose(found[shape], share, atol=1e-9)


def test_one_pair_without_gain_stands_against_two_orders_of_null_beads() -> None:
    gains = {(1, 1): np.zeros((1, 1), dtype=np.float32)}
    assert posteriors(gains, 1, 1, 1.0)[1, 1] == pytest.approx(np.array([[1 / 3]]))


@given(tables(largest=8), st.sampled_from([0.01, 0.1, 1.0, 10.0]))
def test_every_posterior_is_a_probability(
    table: tuple[Gains, int, int], temperature: float
) -> None:
    gains, n_src, n_tgt = table
    for share in posteriors(gains, n_src, n_tgt, temperature).values():
        assert ((share >= 0) & (share <= 1)).all()


@given(tables(largest=8))
def test_the_beads_that_hold_a_sentence_have_at_most_probability_one(
    table: tuple[Gains, int, int],
) -> None:
    gains, n_src, n_tgt = table
    held = np.zeros(n_src)
    for (a, _), share in posteriors(gains, n_src, n_tgt, 0.5).items():
        for i, chance in enumerate(share.sum(axis=1)):
            held[i : i + a] += chance
    assert (held <= 1 + 1e-9).all()


@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.integers(1, 5))
def test_a_low_temperature_leaves_only_the_best_path(seed: int, n_src: int, n_tgt: int) -> None:
    # Distinct powers of two and their negatives: no two sets of beads have the same sum.
    cells = n_src * n_tgt
    values = np.random.default_rng(seed).permutation(2.0 ** np.arange(cells))
    signs = np.random.default_rng(seed + 1).choice([-1.0, 1.0], cells)
    gains = {(1, 1): (values * signs).reshape(n_src, n_tgt).astype(np.float32)}
    share = posteriors(gains, n_src, n_tgt, 0.01)[1, 1]
    expected = np.zeros((n_src, n_tgt))
    for rows, columns in best_path(gains, n_src, n_tgt):
        if rows and columns:
            expected[rows.start, columns.start] = 1
    np.testing.assert_allclose(share, expected, atol=1e-6)


@pytest.mark.parametrize(("n_src", "n_tgt"), [(0, 0), (3, 0), (0, 3)])
def test_an_empty_side_has_no_bead_to_weigh(n_src: int, n_tgt: int) -> None:
    assert posteriors({}, n_src, n_tgt, 0.1) == {}


@given(st.lists(tables(largest=5), min_size=1, max_size=4))
def test_problems_solved_together_are_solved_as_each_by_itself(
    given_tables: list[tuple[Gains, int, int]],
) -> None:
    problems = [Problem(*table) for table in given_tables]
    assert best_paths(problems) == [best_path(*problem) for problem in problems]
    for problem, found in zip(problems, bead_posteriors(problems, 0.5), strict=True):
        alone = posteriors(*problem, 0.5)
        assert found.keys() == alone.keys()
        for shape, share in alone.items():
            np.testing.assert_allclose(found[shape], share, atol=1e-12)
