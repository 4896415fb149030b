"""Neighbouring sentences taken together have one vector and one length."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment.spans import MAX_SPAN, embed_spans, mean_spans
from wordbag import side, words


@given(st.integers(1, 7), st.data())
def test_a_slice_holds_the_spans_that_a_text_of_those_sentences_has(
    n: int, data: st.DataObject
) -> None:
    texts = [words(f"s{k}", k + 1) for k in range(n)]
    start = data.draw(st.integers(0, n - 1))
    stop = data.draw(st.integers(start + 1, n))
    part = mean_spans(side(texts, "vi")).of(range(start, stop))
    alone = mean_spans(side(texts[start:stop], "vi"))
    assert part.vectors.keys() == part.lengths.keys() == alone.vectors.keys()
    for a in alone.vectors:
        np.testing.assert_allclose(part.vectors[a], alone.vectors[a], atol=1e-5)
        assert part.lengths[a].tolist() == alone.lengths[a].tolist()


def test_the_length_of_a_span_is_that_of_its_sentences_joined_by_blanks() -> None:
    texts = ["a", "bcd", "ef", "ghijkl", "mn"]
    lengths = mean_spans(side(texts, "vi")).lengths
    assert {a: found.tolist() for a, found in lengths.items()} == {
        a: [len(" ".join(texts[i : i + a])) for i in range(6 - a)] for a in range(1, MAX_SPAN + 1)
    }


def test_a_longer_sentence_weighs_more_in_the_mean() -> None:
    vectors = mean_spans(side([words("long", 9), words("short", 1)], "vi")).vectors
    long, short = vectors[1] @ vectors[2][0]
    assert long > 0.9
    assert short < 0.4


@pytest.mark.parametrize(("n", "sizes"), [(0, {1}), (1, {1}), (2, {1, 2}), (9, {1, 2, 3, 4})])
def test_spans_are_at_most_as_long_as_the_text_and_four(n: int, sizes: set[int]) -> None:
    assert mean_spans(side([f"text{k}" for k in range(n)], "vi")).vectors.keys() == sizes


def test_wanted_spans_get_the_vector_of_their_own_text_and_others_keep_the_mean() -> None:
    text = side([words("one", 7), words("two", 1), words("three", 3), words("four", 2)], "en")
    spans, before = mean_spans(text), mean_spans(text)
    embed_spans(spans, text, [(1, 2), (0, 3), (0, 3), (2, 1)])
    for start, a in [(1, 2), (0, 3)]:
        exact = text.embed([" ".join(text.texts[start : start + a])])[0]
        np.testing.assert_array_equal(spans.vectors[a][start], exact)
        assert np.abs(before.vectors[a][start] - exact).max() > 0.01
    np.testing.assert_array_equal(spans.vectors[1], before.vectors[1])
    np.testing.assert_array_equal(spans.vectors[2][[0, 2]], before.vectors[2][[0, 2]])
    np.testing.assert_array_equal(spans.vectors[3][1], before.vectors[3][1])
    assert spans.lengths[2].tolist() == before.lengths[2].tolist()


def test_nothing_wanted_changes_nothing() -> None:
    text = side(["one", "two"], "en")
    spans = mean_spans(text)
    embed_spans(spans, text, [])
    np.testing.assert_array_equal(spans.vectors[2], mean_spans(text).vectors[2])
