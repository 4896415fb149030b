"""Phrases cover each other by the words that mean the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from aligner.terms.links.cover import best_partners, csls, link_phrases
from aligner.vectors import Matrix, unit_rows

SIZES = st.integers(1, 7)
SEEDS = st.integers(0, 2**32 - 1)


def random_rows(count: int, seed: int) -> Matrix:
    """Return unit rows [count, 6]."""
    return unit_rows(np.random.default_rng(seed).standard_normal((count, 6)).astype(np.float32))


def random_spans(tokens: int, seed: int) -> Matrix:
    """Return which tokens each of five phrases holds, a run of them, [5, tokens]."""
    held = np.zeros((5, tokens), dtype=np.float32)
    draw = np.random.default_rng(seed)
    for row in held:
        first, last = sorted(draw.integers(0, tokens, 2))
        row[first : last + 1] = 1
    return held


def partition(tokens: int, seed: int) -> Matrix:
    """Return phrases that hold every token once, [phrases, tokens]."""
    owners = np.random.default_rng(seed).integers(0, 3, tokens)
    return np.asarray(owners == np.unique(owners)[:, None], dtype=np.float32)


@given(SIZES, SIZES, SEEDS)
def test_a_phrase_spreads_a_weight_of_one_over_the_other_text(n: int, m: int, seed: int) -> None:
    vi, en = random_rows(n, seed), random_rows(m, seed + 1)
    ahead = link_phrases(vi @ en.T, random_spans(n, seed), partition(m, seed), 0.1).forward
    behind = link_phrases(vi @ en.T, partition(n, seed), random_spans(m, seed), 0.1).back
    np.testing.assert_allclose(ahead.sum(axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(behind.sum(axis=0), 1, rtol=1e-5)


@given(SIZES, SIZES, SEEDS)
def test_shares_lie_between_nothing_and_all(n: int, m: int, seed: int) -> None:
    links = link_phrases(
        random_rows(n, seed) @ random_rows(m, seed + 1).T,
        random_spans(n, seed),
        random_spans(m, seed),
        0.1,
    )
    for shares in (links.forward, links.back, links.both, links.agreement):
        assert shares.min() >= 0
        assert shares.max() <= 1 + 1e-5
    assert (links.both <= np.maximum(links.forward, links.back) + 1e-6).all()
    assert (links.both >= np.minimum(links.forward, links.back) - 1e-6).all()


@given(SIZES, SIZES, SEEDS)
def test_the_languages_can_be_exchanged(n: int, m: int, seed: int) -> None:
    vi, en = random_rows(n, seed), random_rows(m, seed + 1)
    ours, theirs = random_spans(n, seed), random_spans(m, seed)
    there = link_phrases(vi @ en.T, ours, theirs, 0.1)
    back = link_phrases(en @ vi.T, theirs, ours, 0.1)
    np.testing.assert_allclose(there.forward, back.back.T, atol=1e-6)
    np.testing.assert_allclose(there.back, back.forward.T, atol=1e-6)
    np.testing.assert_allclose(there.agreement, back.agreement.T, atol=1e-5)


@given(SIZES, SEEDS)
def test_a_text_against_itself_covers_every_word_by_itself_most(n: int, seed: int) -> None:
    rows, words = random_rows(n, seed), np.eye(n, dtype=np.float32)
    links = link_phrases(rows @ rows.T, words, words, 0.1)
    own = np.arange(n)
    assert (links.forward[own, own] >= links.forward.max(axis=1) - 1e-6).all()
    assert (links.back[own, own] >= links.back.max(axis=0) - 1e-6).all()


@given(SIZES, SEEDS)
def test_a_text_of_words_unlike_each_other_covers_every_phrase_by_itself_most(
    n: int, seed: int
) -> None:
    words, parts = np.eye(n, dtype=np.float32), partition(n, seed)
    covered = link_phrases(words @ words.T, parts, parts, 0.1).both
    assert covered.argmax(axis=1).tolist() == list(range(len(parts)))
    assert covered.diagonal().min() > 0.99


def test_a_longer_phrase_covers_its_part_but_not_the_reverse() -> None:
    words = np.eye(3, dtype=np.float32)  # president, Russia, arrives
    vi_held = np.array([[1, 1, 0]], dtype=np.float32)  # Tổng thống Nga
    en_held = np.array([[1, 0, 0]], dtype=np.float32)  # President
    links = link_phrases(words @ words.T, vi_held, en_held, 0.1)
    assert links.forward.item() == pytest.approx(0.5, abs=1e-3)
    assert links.back.item() == pytest.approx(1, abs=1e-3)
    # One word of two leads there, and the one word back: 2 · 1 / (2 + 1) either way.
    assert links.agreement.item() == pytest.approx(2 / 3, abs=1e-3)


def test_phrases_agree_that_lead_to_each_other_and_nowhere_else() -> None:
    words = np.eye(3, dtype=np.float32)
    whole = np.array([[1, 1, 0]], dtype=np.float32)
    assert link_phrases(words @ words.T, whole, whole, 0.1).agreement.item() == pytest.approx(
        1, abs=1e-3
    )
    other = np.array([[0, 0, 1]], dtype=np.float32)
    assert link_phrases(words @ words.T, whole, other, 0.1).agreement.item() < 0.01


def test_a_phrase_without_tokens_covers_nothing() -> None:
    words, none = np.eye(2, dtype=np.float32), np.zeros((1, 2), dtype=np.float32)
    links = link_phrases(words @ words.T, none, np.ones((1, 2), dtype=np.float32), 0.1)
    assert (links.forward.item(), links.back.item(), links.agreement.item()) == (0, 0, 0)
    assert link_phrases(words @ words.T, none, none, 0.1).agreement.item() == 0


def distinct_scores(rows: int, columns: int, seed: int) -> NDArray[np.float32]:
    """Return scores of which no two are equal, so that each best one is certain."""
    order = np.random.default_rng(seed).permutation(rows * columns)
    return (order.reshape(rows, columns) / 10).astype(np.float32)


@given(SIZES, SIZES, st.integers(1, 9), SEEDS)
def test_partners_are_the_best_of_each_row_and_each_column(
    rows: int, columns: int, k: int, seed: int
) -> None:
    scores = distinct_scores(rows, columns, seed)
    expected = {
        (i, j)
        for i in range(rows)
        for j in range(columns)
        if (scores[i] > scores[i, j]).sum() < k or (scores[:, j] > scores[i, j]).sum() < k
    }
    assert best_partners(scores, k) == expected


@given(SIZES, SIZES, st.integers(1, 9), SEEDS)
def test_csls_is_twice_the_cosine_less_what_the_neighbours_of_either_side_have(
    rows: int, columns: int, k: int, seed: int
) -> None:
    cosines = random_rows(rows, seed) @ random_rows(columns, seed + 1).T

    def near(values: Matrix) -> float:
        best = sorted(values.tolist(), reverse=True)[:k]
        return float(sum(best) / len(best))

    expected = [
        [2 * cosines[i, j] - near(cosines[i]) - near(cosines[:, j]) for j in range(columns)]
        for i in range(rows)
    ]
    np.testing.assert_allclose(csls(cosines, k), expected, atol=1e-5)
