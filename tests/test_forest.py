"""Boosted trees as numbers say the same as the library that fitted them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from aligner.package_data import read_json
from aligner.terms.windows.forest import Forest, load_forest, make_forest
from aligner.terms.windows.signs import SIGNS

Tree = list[list[float]]
FEATURES = 4


def leaf(value: float) -> list[float]:
    """Return a node that ends a tree."""
    return [0, 0, -1, -1, value]


def stump(feature: int, threshold: float, left: float, right: float) -> Tree:
    """Return a tree that asks one question."""
    return [[feature, threshold, 1, 2, 0], leaf(left), leaf(right)]


def odds(chances: NDArray[np.float64]) -> list[float]:
    """Return the log odds of chances."""
    return [float(x) for x in np.log(chances / (1 - chances))]


@cache
def fitted(seed: int) -> tuple[Any, NDArray[np.float64]]:
    """Return trees that scikit-learn fitted to random rows, and the rows."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    draw = np.random.default_rng(seed)
    rows = draw.standard_normal((400, FEATURES)).round(1)  # equal values fall on thresholds
    right = rows[:, 0] * rows[:, 1] + draw.standard_normal(400) > 0.3
    model = HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=8, random_state=0)
    with threadpool_limits(1):  # on a busy machine its threads wait for each other
        return model.fit(rows, right), rows


def exported(model: Any) -> Forest:
    """Return the trees of scikit-learn as numbers, unrounded."""
    trees = [
        [
            leaf(float(node["value"]))
            if node["is_leaf"]
            else [
                float(node["feature_idx"]),
                float(node["num_threshold"]),
                float(node["left"]),
                float(node["right"]),
                0,
            ]
            for node in predictor.nodes
        ]
        for (predictor,) in model._predictors
    ]
    return make_forest(float(model._baseline_prediction.item()), trees)


@pytest.mark.parametrize("seed", range(3))
def test_chances_are_those_of_the_library_that_fitted_the_trees(seed: int) -> None:
    model, rows = fitted(seed)
    others = np.random.default_rng(seed + 100).standard_normal((200, FEATURES)) * 2
    forest = exported(model)
    for table in (rows, others):
        np.testing.assert_allclose(forest.chances(table), model.predict_proba(table)[:, 1])


def random_tree(depth: int) -> st.SearchStrategy[Any]:
    """Return trees as nested tuples (feature, threshold, left, right), or a leaf's value."""
    value = st.floats(-2, 2)
    if not depth:
        return value
    deeper = random_tree(depth - 1)
    question = st.tuples(st.integers(0, FEATURES - 1), st.integers(-2, 2), deeper, deeper)
    return st.one_of(value, question)


def flat(tree: Any) -> Tree:
    """Return a nested tree as a list of nodes, the root first."""
    nodes: Tree = []

    def place(part: Any) -> int:
        number = len(nodes)
        if isinstance(part, float):
            nodes.append(leaf(part))
            return number
        feature, threshold, left, right = part
        nodes.append([])
        nodes[number] = [feature, threshold, place(left), place(right), 0]
        return number

    place(tree)
    return nodes


def walked(tree: Any, row: NDArray[np.float64]) -> float:
    """Return what a nested tree says of a row."""
    while not isinstance(tree, float):
        feature, threshold, left, right = tree
        tree = left if row[feature] <= threshold else right
    return tree


@given(st.lists(random_tree(3), max_size=4), st.integers(0, 99))
def test_all_rows_walk_all_trees_as_one_row_walks_one_tree(trees: list[Any], seed: int) -> None:
    rows = np.random.default_rng(seed).integers(-3, 4, (6, FEATURES)).astype(np.float64)
    found = make_forest(0.25, [flat(tree) for tree in trees]).chances(rows)
    expected = [0.25 + sum(walked(tree, row) for tree in trees) for row in rows]
    np.testing.assert_allclose(odds(found), expected, atol=1e-9)


def test_a_threshold_itself_goes_left() -> None:
    forest = make_forest(0, [stump(1, 0.5, -1, 2)])
    rows = np.array([[9, 0.5], [9, np.nextafter(0.5, 1)], [9, 0.4]])
    assert odds(forest.chances(rows)) == pytest.approx([-1, 2, -1])


def test_trees_add_up_and_number_their_nodes_each_from_zero() -> None:
    forest = make_forest(0.5, [stump(0, 0, 1, 2), [leaf(0.25)], stump(1, 0, 10, 20)])
    assert forest.roots.tolist() == [0, 3, 4]
    assert odds(forest.chances(np.array([[-1.0, 1.0]]))) == pytest.approx([0.5 + 1 + 0.25 + 20])


def test_no_rows_have_no_chances_and_no_trees_leave_the_base() -> None:
    assert make_forest(0, [stump(0, 0, 1, 2)]).chances(np.empty((0, 2))).shape == (0,)
    assert odds(make_forest(-1, []).chances(np.zeros((2, 3)))) == pytest.approx([-1, -1])


def test_the_trees_that_ship_ask_for_the_signs_that_are_computed() -> None:
    assert tuple(read_json("terms", "forest.json")["signs"]) == SIGNS
    assert load_forest().feature.max() < len(SIGNS)


def test_the_trees_that_ship_give_chances_to_any_row() -> None:
    rows = np.random.default_rng(0).standard_normal((500, len(SIGNS)))
    chances = load_forest().chances(rows)
    assert 0 < chances.min() < chances.max() < 1
