"""Alignments are scored as the field scores them, checked against counts made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation import (
    NOTHING,
    Pair,
    Score,
    calibration_error,
    judged,
    lax_score,
    strict_score,
)

ONE = ((0,), (0,))
TWO = ((1,), (1,))
MERGED = ((1, 2), (1,))
SEGMENT = ((3, 4), (3, 4))
BEADS = st.lists(
    st.tuples(
        st.lists(st.integers(0, 5), max_size=3).map(lambda places: tuple(sorted(set(places)))),
        st.lists(st.integers(0, 5), max_size=3).map(lambda places: tuple(sorted(set(places)))),
    ),
    max_size=6,
)


@pytest.mark.parametrize(
    ("found", "gold", "expected"),
    [
        pytest.param([], [], (0, 0, 0, 0), id="nothing at all"),
        pytest.param([ONE], [], (1, 0, 0, 0), id="no gold"),
        pytest.param([], [ONE], (0, 0, 1, 0), id="nothing found"),
        pytest.param([ONE, TWO], [ONE, TWO], (2, 2, 2, 2), id="all right"),
        pytest.param([ONE, TWO], [ONE, MERGED], (2, 1, 2, 1), id="a part is wrong"),
        pytest.param([ONE, ONE], [ONE], (1, 1, 1, 1), id="a bead counts once"),
        pytest.param([((0,), ()), ONE], [((), (5,)), ONE], (1, 1, 1, 1), id="null beads do not"),
        pytest.param([SEGMENT], [SEGMENT], (0, 0, 0, 0), id="a segment found whole"),
        pytest.param(
            [((3,), (3,)), ((4,), (4,))], [SEGMENT], (0, 0, 0, 0), id="a segment split further"
        ),
        pytest.param([((3,), (5,))], [SEGMENT], (1, 0, 0, 0), id="half outside a segment"),
        pytest.param([((2, 3), (3,))], [SEGMENT, ONE], (1, 0, 1, 0), id="beyond a segment"),
        pytest.param(
            [((1, 2), (1, 2))], [ONE, SEGMENT], (1, 0, 1, 0), id="a many-to-many bead of our own"
        ),
    ],
)
def test_strict_counts_equal_beads_and_leaves_out_gold_segments(
    found: list[Pair], gold: list[Pair], expected: tuple[int, int, int, int]
) -> None:
    assert strict_score(found, gold) == Score(*expected)


@pytest.mark.parametrize(
    ("found", "gold", "expected"),
    [
        pytest.param([], [], (0, 0, 0, 0), id="nothing at all"),
        pytest.param([ONE], [TWO], (1, 0, 1, 0), id="nothing in common"),
        pytest.param([TWO], [MERGED], (1, 1, 1, 1), id="a part of a bead"),
        pytest.param([((2,), (2,))], [MERGED], (1, 0, 1, 0), id="one side only"),
        pytest.param(
            [((1,), (1,)), ((2,), (1,))], [MERGED], (2, 2, 1, 1), id="two parts of one bead"
        ),
        pytest.param([((0, 1), (0, 1))], [ONE, TWO], (1, 1, 2, 2), id="two beads in one"),
        pytest.param([SEGMENT], [SEGMENT], (1, 1, 1, 1), id="segments count"),
        pytest.param([((0,), ())], [((0,), ())], (0, 0, 0, 0), id="null beads do not count"),
    ],
)
def test_lax_counts_beads_that_overlap_on_both_sides(
    found: list[Pair], gold: list[Pair], expected: tuple[int, int, int, int]
) -> None:
    assert lax_score(found, gold) == Score(*expected)


def test_the_gold_judges_what_is_not_inside_a_segment_that_nobody_split() -> None:
    outside = [ONE, MERGED, ((2, 3), (3,)), ((0,), ())]
    inside = [SEGMENT, ((3,), (3,)), ((4,), (3, 4)), ((3,), ())]
    assert judged([*outside, *inside], [ONE, MERGED, SEGMENT]) == outside


def test_precision_recall_and_f1_are_shares_of_the_counts() -> None:
    score = Score(found=4, right=2, gold=3, covered=1)
    assert (score.precision, score.recall) == (0.5, 1 / 3)
    assert score.f1 == pytest.approx(0.4)


def test_counts_of_several_texts_add_up() -> None:
    assert Score(4, 2, 3, 1) + Score(1, 1, 2, 1) + NOTHING == Score(5, 3, 5, 2)


def test_nothing_found_and_nothing_to_find_score_zero() -> None:
    assert (NOTHING.precision, NOTHING.recall, NOTHING.f1) == (0, 0, 0)


@given(BEADS, BEADS)
def test_finding_and_gold_exchanged_exchange_the_lax_counts(
    found: list[Pair], gold: list[Pair]
) -> None:
    there, back = lax_score(found, gold), lax_score(gold, found)
    assert (back.found, back.right) == (there.gold, there.covered)
    assert (back.gold, back.covered) == (there.found, there.right)


@given(BEADS, BEADS)
def test_a_bead_right_by_the_strict_count_is_right_by_the_lax(
    found: list[Pair], gold: list[Pair]
) -> None:
    strict, lax = strict_score(found, gold), lax_score(found, gold)
    assert strict.right <= lax.right
    assert strict.covered <= lax.covered


@pytest.mark.parametrize(
    ("confidences", "right", "bins", "expected"),
    [
        ([], [], 10, 0.0),
        ([1.0, 1.0, 0.0], [True, True, False], 10, 0.0),
        ([1.0], [False], 10, 1.0),
        ([0.5, 0.5], [True, False], 10, 0.0),
        ([0.82, 0.88, 0.21], [True, False, True], 10, (2 * 0.35 + 0.79) / 3),
        ([0.1, 0.9], [True, False], 1, 0.0),
        ([0.1, 0.9], [True, False], 2, 0.9),
        ([0.25, 0.75], [False, True], 2, 0.25),
        ([0.5, 0.45], [True, False], 2, (0.5 + 0.45) / 2),  # a bin holds its lower bound
    ],
)
def test_calibration_error_is_the_mean_gap_between_confidence_and_share_right(
    confidences: list[float], right: list[bool], bins: int, expected: float
) -> None:
    assert calibration_error(confidences, right, bins) == pytest.approx(expected)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1), st.integers(1, 20))
def test_in_one_bin_or_many_the_error_is_at_least_the_gap_of_the_whole(
    answers: list[tuple[float, bool]], bins: int
) -> None:
    confidences, right = [c for c, _ in answers], [r for _, r in answers]
    whole = abs(sum(confidences) - sum(right)) / len(answers)
    assert calibration_error(confidences, right, 1) == pytest.approx(whole)
    assert calibration_error(confidences, right, bins) >= whole - 1e-9
