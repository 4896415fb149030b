"""A side holds what the algorithms know of a text, one row a sentence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment.background import Background
from aligner.model import Lang
from aligner.package_data import data_file
from aligner.vectors import Embedder, unit_rows
from wordbag import DIM, WordBag, background, side, words


def test_the_bag_of_words_has_no_shipped_background() -> None:
    embedder: Embedder = WordBag()
    assert not data_file("embed", f"background-{embedder.name}.npz").is_file()


@given(st.lists(st.text(), max_size=5))
def test_the_bag_of_words_keeps_the_contract_of_an_embedder(texts: list[str]) -> None:
    embedder: Embedder = WordBag()
    rows = embedder.encode(texts)
    assert rows.shape == (len(texts), embedder.dim)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), np.ones(len(texts)), atol=1e-5)
    for text, row in zip(texts, rows, strict=True):
        np.testing.assert_array_equal(embedder.encode([text])[0], row)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_an_empty_text_has_no_rows(lang: Lang) -> None:
    empty = side([], lang)
    assert (len(empty), empty.vectors.shape, empty.hubness.shape) == (0, (0, DIM), (0,))
    assert (empty.lengths.shape, list(empty.marks)) == ((0,), [])


def test_a_side_counts_characters_and_finds_the_marks_of_its_language() -> None:
    text = side(["Ngày 12/10, ở Nga", "", "hôm nay"], "vi")
    assert text.lengths.tolist() == [17, 1, 7]
    assert text.marks == [{("date", "10-12"): "12/10", ("name", "russia"): "Nga"}, {}, {}]


def test_vectors_are_those_of_the_text_without_the_mean_of_the_language() -> None:
    text = side([words("north", 4)], "vi")
    raw = WordBag().encode([words("north", 4)]) - background().means["vi"]
    np.testing.assert_allclose(text.vectors, unit_rows(raw), atol=1e-6)
    np.testing.assert_array_equal(text.embed([words("north", 4)]), text.vectors)


def test_a_background_is_centred_on_its_own_mean() -> None:
    vi = np.array([[3, 0], [1, 0]], dtype=np.float32)
    en = np.array([[0, 1], [0, 1]], dtype=np.float32)
    made = Background.of(vi, en)
    assert made.means["vi"].tolist() == [2, 0]
    assert made.rows["vi"].tolist() == [[1, 0], [-1, 0]]
    assert made.rows["en"].tolist() == [[0, 0], [0, 0]]
    assert made.centre(np.array([[2, 5]], dtype=np.float32), "vi").tolist() == [[0, 1]]


def test_hubness_is_the_mean_cosine_to_the_four_nearest_of_the_other_language() -> None:
    angles = np.array([1.0, 0.8, 0.6, 0.4, 0.2, 0.0])
    rows = np.stack([angles, np.sqrt(1 - angles**2)], axis=1).astype(np.float32)
    other = -rows
    made = Background({"vi": rows[0], "en": rows[0]}, {"vi": other, "en": rows})
    here = np.array([[1, 0]], dtype=np.float32)
    assert made.hubness(here, "vi") == pytest.approx([0.7])  # 1, .8, .6, .4 of "en"
    assert made.hubness(here, "en") == pytest.approx([-0.3])  # 0, -.2, -.4, -.6 of "vi"


def test_same_words_give_the_same_side_vector_in_any_order() -> None:
    one, two = side(["red green blue"], "vi"), side(["blue red green"], "vi")
    np.testing.assert_array_equal(one.vectors, two.vectors)
