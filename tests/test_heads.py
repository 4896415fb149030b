"""Learned views bring phrases that translate each other closer."""

from __future__ import annotations

import numpy as np
import pytest

from aligner.embed import CachedEmbedder
from aligner.model import Lang
from aligner.terms.links.heads import Heads, load_heads
from aligner.vectors import Head, Matrix

TRAINED_FOR = "e5-small"

SHIFTS: dict[Lang, Matrix] = {
    "vi": np.array([0.5, 0], dtype=np.float32),
    "en": np.array([0, -1], dtype=np.float32),
}
SMALL = Head(np.array([[1, 0], [0, 2], [1, 1]], dtype=np.float32), SHIFTS)


def random_rows(count: int, dim: int) -> Matrix:
    """Return rows [count, dim]."""
    return np.random.default_rng(0).standard_normal((count, dim)).astype(np.float32)


def shipped(kind: str) -> Head:
    """Return a head of the model that ships."""
    head = getattr(load_heads(TRAINED_FOR), kind)
    assert isinstance(head, Head)
    return head


def test_a_head_maps_all_vectors_alike_and_shifts_each_language() -> None:
    rows = np.array([[1, 1, 1], [0, 0, 0]], dtype=np.float32)
    assert SMALL.rows(rows, "vi").tolist() == [[2.5, 3], [0.5, 0]]
    assert SMALL.rows(rows, "en").tolist() == [[2, 2], [0, -1]]


def test_phrases_have_length_one_and_words_do_not() -> None:
    rows, heads = random_rows(5, 3), Heads(SMALL, SMALL)
    np.testing.assert_allclose(
        np.linalg.norm(heads.phrases(rows, "vi"), axis=1), np.ones(5), rtol=1e-6
    )
    np.testing.assert_array_equal(heads.words(rows, "vi"), SMALL.rows(rows, "vi"))


def test_a_vector_looks_the_same_alone_and_among_others() -> None:
    rows, heads = random_rows(6, 3), Heads(SMALL, SMALL)
    np.testing.assert_allclose(heads.phrases(rows, "en")[2:3], heads.phrases(rows[2:3], "en"))
    np.testing.assert_allclose(heads.words(rows, "en")[2:3], heads.words(rows[2:3], "en"))


def test_without_a_head_vectors_only_lose_their_mean_and_a_lone_one_keeps_what_it_has() -> None:
    rows, bare = random_rows(6, 4), Heads()
    np.testing.assert_allclose(bare.words(rows, "vi").mean(axis=0), np.zeros(4), atol=1e-6)
    np.testing.assert_allclose(bare.words(rows, "vi"), rows - rows.mean(axis=0), atol=1e-6)
    np.testing.assert_array_equal(bare.words(rows[:1], "vi"), rows[:1])
    assert bare.words(rows[:0], "vi").shape == (0, 4)


def test_another_model_has_no_heads() -> None:
    assert load_heads("wordbag") == Heads(None, None)


@pytest.mark.parametrize("kind", ["phrase", "word"])
def test_the_heads_that_ship_are_whole(kind: str) -> None:
    head = shipped(kind)
    assert head.weights.dtype == np.float32
    assert np.isfinite(head.weights).all()
    assert head.shifts.keys() == {"vi", "en"}
    for shift in head.shifts.values():
        assert shift.shape == (head.weights.shape[1],)
        assert np.isfinite(shift).all()


def test_the_heads_fit_the_model_that_ships(embedder: CachedEmbedder) -> None:
    assert embedder.name == TRAINED_FOR
    assert shipped("phrase").weights.shape[0] == embedder.dim
    (tokens,) = embedder.encode_tokens(["Giá dầu tăng."])
    assert shipped("word").weights.shape[0] == tokens.rows.shape[1]


def test_translations_are_nearest_through_the_phrase_head(embedder: CachedEmbedder) -> None:
    vi = ["lệnh ngừng bắn", "giá dầu", "Bộ Ngoại giao", "nông dân", "mùa khô"]
    en = ["ceasefire", "oil price", "Foreign Ministry", "farmers", "dry season"]
    heads = load_heads(embedder.name)
    ours, theirs = (
        heads.phrases(embedder.encode(vi), "vi"),
        heads.phrases(embedder.encode(en), "en"),
    )
    cosines = ours @ theirs.T
    assert cosines.argmax(axis=0).tolist() == cosines.argmax(axis=1).tolist() == [0, 1, 2, 3, 4]
