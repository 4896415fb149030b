"""Long texts are cut where the pairs of sentences are beyond doubt, and nothing is lost."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.alignment import anchors
from aligner.alignment.anchors import (
    HARD_LIMIT,
    MIN_COSINE,
    SAMPLE,
    Block,
    anchor_chain,
    blocks_between_anchors,
    find_anchors,
    rising_chain,
)
from aligner.alignment.side import Side
from aligner.vectors import Matrix, unit_rows

DIM = 64
PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=9).map(sorted)


def random_rows(n: int, seed: int) -> Matrix:
    return unit_rows(np.random.default_rng(seed).standard_normal((n, DIM)).astype(np.float32))


def side_of(vectors: Matrix) -> Side:
    """Return a text of which only the vectors are known."""
    n = len(vectors)
    ones = np.ones(n, dtype=np.float32)
    return Side([""] * n, vectors, ones, ones, [{}] * n, lambda texts: vectors[: len(texts)])


def rises(pairs: tuple[tuple[int, int], ...] | list[tuple[int, int]]) -> bool:
    return all(before[1] < after[1] for before, after in pairwise(pairs))


@given(PAIRS)
def test_the_chain_is_a_longest_rising_one(pairs: list[tuple[int, int]]) -> None:
    chain = rising_chain(pairs)
    longest = max(
        size
        for size in range(len(pairs) + 1)
        if any(rises(subset) for subset in combinations(pairs, size))
    )
    assert len(chain) == longest
    assert rises(chain)


@given(PAIRS)
def test_the_chain_takes_pairs_in_the_order_they_came(pairs: list[tuple[int, int]]) -> None:
    remaining = iter(pairs)
    assert all(link in remaining for link in rising_chain(pairs))


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], []),
        ([(0, 5)], [(0, 5)]),
        ([(0, 0), (1, 9), (2, 1), (3, 2)], [(0, 0), (2, 1), (3, 2)]),
        ([(0, 2), (1, 0), (2, 1)], [(1, 0), (2, 1)]),
    ],
)
def test_a_chain_leaves_out_what_crosses_it(
    pairs: list[tuple[int, int]], expected: list[tuple[int, int]]
) -> None:
    assert rising_chain(pairs) == expected


def test_anchors_are_the_pairs_that_name_each_other_clearly() -> None:
    src = np.eye(4, 8, dtype=np.float32)
    twins = (src[2] + src[3]) / np.sqrt(2)  # as near to 2 as to 3: no clear lead
    tgt = np.stack([src[1], src[0], twins])
    assert find_anchors(src, tgt) == [(0, 1), (1, 0)]


def test_a_pair_that_is_nearest_but_far_is_no_anchor() -> None:
    below = MIN_COSINE - 0.01
    src = np.array([[1, 0]], dtype=np.float32)
    tgt = np.array([[below, np.sqrt(1 - below**2)]], dtype=np.float32)
    assert find_anchors(src, tgt) == []


def test_anchors_are_the_same_however_few_rows_are_compared_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = random_rows(60, seed=8)
    src, tgt = rows[:50], unit_rows(rows[10:] + 0.3 * random_rows(50, seed=9))
    whole = find_anchors(src, tgt)
    assert len(whole) > 20
    monkeypatch.setattr(anchors, "CHUNK", 7)
    assert find_anchors(src, tgt) == whole


def test_anchors_of_some_sentences_are_those_that_all_give() -> None:
    rows = random_rows(60, seed=10)
    src, tgt = rows[:50], unit_rows(rows[10:] + 0.3 * random_rows(50, seed=11))
    some = np.arange(3, 50, 4)
    wanted = [(i, j) for i, j in find_anchors(src, tgt) if i in some]
    assert len(wanted) > 5
    assert find_anchors(src, tgt, rows=some) == wanted


def test_the_chain_of_a_long_translation_holds_every_pair_and_no_other() -> None:
    rows = random_rows(3 * SAMPLE, seed=12)
    kept = np.flatnonzero(np.random.default_rng(13).random(len(rows)) < 0.9)
    tgt = unit_rows(rows[kept] + 0.3 * random_rows(len(kept), seed=14))
    assert anchor_chain(rows, tgt) == [(int(i), j) for j, i in enumerate(kept)]


def test_a_long_text_is_found_within_a_longer_one() -> None:
    rows, tgt = random_rows(5 * SAMPLE, seed=15), random_rows(2 * SAMPLE, seed=16)
    rows[1_000 : 1_000 + SAMPLE] = tgt[500 : 500 + SAMPLE]
    assert anchor_chain(rows, tgt) == [(1_000 + k, 500 + k) for k in range(SAMPLE)]
    assert anchor_chain(tgt, rows) == [(500 + k, 1_000 + k) for k in range(SAMPLE)]


@given(
    st.lists(st.integers(0, 59), min_size=1, max_size=60),
    st.lists(st.integers(0, 59), min_size=1, max_size=60),
)
def test_the_chain_of_a_long_text_rises_on_both_sides(src: list[int], tgt: list[int]) -> None:
    rows = random_rows(60, seed=17)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(anchors, "SAMPLE", 4)
        chain = anchor_chain(rows[src], rows[tgt])
    assert rises(chain)
    assert rises([(j, i) for i, j in chain])
    assert all(src[i] == tgt[j] for i, j in chain)


def test_a_small_pair_of_texts_is_one_block() -> None:
    rows = random_rows(20, seed=1)
    assert blocks_between_anchors(side_of(rows), side_of(rows), 400) == [
        Block(range(20), range(20))
    ]


def assert_cover(blocks: list[Block], n_src: int, n_tgt: int) -> None:
    """Check that the blocks hold every sentence of both texts once and in order."""
    assert [i for block in blocks for i in block.src] == list(range(n_src))
    assert [j for block in blocks for j in block.tgt] == list(range(n_tgt))


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.integers(0, 59), min_size=1, max_size=60),
    st.lists(st.integers(0, 59), min_size=1, max_size=60),
    st.integers(1, 2000),
)
def test_blocks_cover_both_texts_in_order_without_overlap(
    src: list[int], tgt: list[int], max_cells: int
) -> None:
    rows = random_rows(60, seed=2)  # sentences with the same number are translations
    blocks = blocks_between_anchors(side_of(rows[src]), side_of(rows[tgt]), max_cells)
    assert_cover(blocks, len(src), len(tgt))


def test_a_long_translation_is_cut_into_blocks_of_its_own_counterparts() -> None:
    rows = random_rows(300, seed=3)
    blocks = blocks_between_anchors(side_of(rows), side_of(rows), 2_500)
    assert_cover(blocks, 300, 300)
    assert all(block.src == block.tgt for block in blocks)
    assert max(block.cells for block in blocks) <= 2_500


def test_no_cut_parts_a_sentence_from_the_one_it_was_merged_with() -> None:
    rows = random_rows(120, seed=4)
    # Every target sentence of the first half renders two; the second of them makes an anchor.
    merged = unit_rows(0.4 * rows[0:60:2] + rows[1:60:2])
    src, tgt = side_of(rows), side_of(np.concatenate([merged, rows[60:]]))
    assert (1, 0) in find_anchors(src.vectors, tgt.vectors)
    blocks = blocks_between_anchors(src, tgt, 400)
    assert_cover(blocks, 120, 90)
    assert len(blocks) > 2
    assert all(block.src.start % 2 == 0 for block in blocks if block.src.start < 60)


def test_two_long_unrelated_texts_give_no_block_beyond_the_limit() -> None:
    src, tgt = side_of(random_rows(1_100, seed=5)), side_of(random_rows(1_000, seed=6))
    assert len(src) * len(tgt) > HARD_LIMIT
    blocks = blocks_between_anchors(src, tgt, 250_000)
    assert_cover(blocks, 1_100, 1_000)
    assert max(block.cells for block in blocks) <= HARD_LIMIT
