"""What sentences render of each other's words, worked out by hand."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment.dp import SHAPES
from aligner.alignment.gains import words_beyond
from aligner.alignment.wording import COMMON, LEAST, Wording
from aligner.settings import ParallelSettings
from aligner.terms.windows.shares import rendered_shares

RARE = log(3 / 1) + COMMON  # a word of one of two sentences
BOTH = log(3 / 2) + COMMON
VI = ["thỏa thuận hòa bình", "hòa bình"]
EN = ["a peace agreement", "the agreement and gas"]
TEXTS = st.lists(
    st.lists(st.sampled_from(["hòa bình", "nước ngọt", "xyz", "đàm phán"])).map(" ".join),
    min_size=1,
    max_size=5,
)
ENGLISH = st.lists(
    st.lists(st.sampled_from(["peace", "water", "fresh", "talks", "xyz"])).map(" ".join),
    min_size=1,
    max_size=5,
)


def test_sentences_share_the_weight_of_the_words_that_render_each_other() -> None:
    ours, theirs, total = Wording.read(VI, EN).shared([(1, 1)])[1, 1]
    assert ours == pytest.approx(np.array([[RARE + BOTH, RARE], [BOTH, 0]]))
    assert theirs == pytest.approx(np.array([[RARE + BOTH, BOTH], [RARE, 0]]))
    # The English words of the list: peace and agreement, agreement and gas; no function words
    # but those that stand in a rendering.
    theirs_known = Wording.read(VI, EN).their_known
    assert total == pytest.approx(np.array([[RARE + BOTH], [BOTH]]) + theirs_known)


def test_two_sentences_that_are_taken_together_share_what_each_does_and_each_word_once() -> None:
    alone = Wording.read(VI, EN)
    ours, theirs, total = alone.shared([(1, 2)])[1, 2]
    assert ours == pytest.approx(np.array([[RARE + BOTH], [BOTH]]))
    assert theirs == pytest.approx(np.array([[RARE + 2 * BOTH], [RARE]]))
    assert total == pytest.approx(np.array([[RARE + BOTH], [BOTH]]) + alone.their_known.sum())


@given(TEXTS, ENGLISH, st.data())
def test_sentences_of_a_part_share_what_they_share_in_the_whole(
    vi: list[str], en: list[str], data: st.DataObject
) -> None:
    read = Wording.read(vi, en)
    shapes = [(a, b) for a, b in SHAPES if a <= len(vi) and b <= len(en)]
    whole = read.shared(shapes)
    rows, columns = (
        range(*sorted(data.draw(st.tuples(*[st.integers(0, len(side))] * 2)))) for side in (vi, en)
    )
    shapes = [(a, b) for a, b in shapes if a <= len(rows) and b <= len(columns)]
    for (a, b), part in read.of(rows, columns).shared(shapes).items():
        here = (
            slice(rows.start, rows.stop - a + 1),
            slice(columns.start, columns.stop - b + 1),
        )
        for found, expected in zip(part, whole[a, b], strict=True):
            assert found == pytest.approx(expected[here])


@given(TEXTS, ENGLISH)
def test_nothing_is_rendered_beyond_what_is_known(vi: list[str], en: list[str]) -> None:
    read = Wording.read(vi, en)
    shapes = [(a, b) for a, b in SHAPES if a <= len(vi) and b <= len(en)]
    for (a, b), (ours, theirs, total) in read.shared(shapes).items():
        assert ours.shape == theirs.shape == total.shape == (len(vi) - a + 1, len(en) - b + 1)
        assert (ours >= 0).all()
        assert (theirs >= 0).all()
        assert (ours + theirs <= total + 1e-4).all()


def test_of_every_bead_the_share_that_its_words_render_beyond_the_usual_is_known() -> None:
    numbers = ParallelSettings(rendered=0.3)
    ours, theirs, total = Wording.read(VI, EN).shared([(2, 1)])[2, 1]
    share = (ours + theirs) / np.maximum(total, LEAST)
    beyond = words_beyond(Wording.read(VI, EN), numbers)
    assert beyond.keys() == {(1, 1), (1, 2), (2, 1), (2, 2)}
    assert beyond[2, 1] == pytest.approx(share - 0.3)


def test_words_that_the_list_does_not_have_count_for_nothing() -> None:
    beyond = words_beyond(Wording.read(["Xkcd Zyx"], ["Qwrt Plgh"]), ParallelSettings())
    assert beyond[1, 1] == pytest.approx(0)


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        ("nước ngọt", "fresh water", (1, 0, 1, 0)),
        ("nước ngọt", "salt water", (0, 1, 0, 1)),
        ("Thỏa thuận Minsk", "Minsk agreements", (1, 0, 1, 0)),
        ("Thỏa thuận Minsk", "Kiev agreements", (2 / 3, 0, 1 / 2, 0)),
        ("Trần Văn Khởi", "Tran Van Khoi", (1, 0, 1, 0)),  # no ceiling, no literature
        ("ngành năng lượng", "energy sector", (1, 0, 1, 0)),
        ("ngành năng lượng", "gas sector", (1 / 3, 2 / 3, 1 / 2, 1 / 2)),
        ("tòa án", "court of law", (1, 0, 1 / 2, 1 / 2)),
    ],
)
def test_the_wording_of_two_phrases_is_what_their_words_render_and_what_they_do_not(
    vi: str, en: str, expected: tuple[float, ...]
) -> None:
    assert tuple(rendered_shares(vi, en)) == pytest.approx(expected)
