"""Tokens are listed where the words that they belong to render each other by the word list."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Lang
from aligner.terms.links.listed import TokenWord, listed, token_words
from aligner.vectors import Matrix, TokenRows

HALVES = re.compile(r"\w{1,3}")  # tokens of at most three letters


def tokens(text: str) -> TokenRows:
    spans = np.array([match.span() for match in HALVES.finditer(text)], np.int64).reshape(-1, 2)
    return TokenRows(np.zeros((len(spans), 1), np.float32), spans[:, 0], spans[:, 1])


def read(texts: Sequence[str], lang: Lang) -> tuple[list[list[TokenWord]], list[int]]:
    return (
        [token_words(text, tokens(text), lang) for text in texts],
        [len(tokens(text).rows) for text in texts],
    )


def table(vi: Sequence[str], en: Sequence[str]) -> Matrix:
    return listed(*read(vi, "vi"), *read(en, "en"))


def test_all_tokens_of_two_words_that_render_each_other_are_listed() -> None:
    # hòa | bìn h | xa / the | pea ce | lef t
    assert table(["hòa bình xa"], ["the peace left"]).tolist() == [
        *[[0, 1, 1, 0, 0]] * 3,
        [0, 0, 0, 0, 0],
    ]


def test_all_words_of_a_rendering_have_to_stand_in_one_sentence() -> None:
    assert table(["nước ngọt"], ["water", "fresh"]).sum() == 0
    assert table(["nước ngọt"], ["fresh water"]).all()


def test_a_word_is_listed_wherever_it_stands() -> None:
    both = table(["hòa bình", "xa", "hòa bình"], ["peace", "peace peace"])
    assert both[[0, 1, 2, 4, 5, 6]].all()


TEXTS = st.lists(
    st.lists(st.sampled_from(["hòa bình", "nước ngọt", "xyz"])).map(" ".join), max_size=4
)
ENGLISH = st.lists(
    st.lists(st.sampled_from(["peace", "fresh", "water", "xyz"])).map(" ".join), max_size=4
)


@given(TEXTS, ENGLISH)
def test_what_two_sentences_list_does_not_depend_on_the_others(
    vi: list[str], en: list[str]
) -> None:
    whole = table(vi, en)
    rows = np.cumsum([0, *(len(tokens(text).rows) for text in vi)])
    columns = np.cumsum([0, *(len(tokens(text).rows) for text in en)])
    for i, ours in enumerate(vi):
        for j, theirs in enumerate(en):
            part = whole[rows[i] : rows[i + 1], columns[j] : columns[j + 1]]
            assert (part == table([ours], [theirs])).all()
