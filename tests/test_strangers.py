"""A sentence that has no part in its bead is set apart; what a bead renders stays in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment.parallel import Choice, choose_beads
from aligner.alignment.strangers import without_strangers
from aligner.embed.background import load_background
from aligner.settings import ParallelSettings
from aligner.vectors import Embedder
from sides import sides
from wordbag import side, words

LAW = "The National Assembly passed the law on Thursday morning."
VOTES = "Of the 479 deputies present, 451 voted in favour, or 92.4 per cent."
BOTH = (
    "Sáng 19/11, Quốc hội thông qua luật với 451/479 đại biểu có mặt tán thành, tương đương 92,4%."
)
STRAY = "Farmers in the north expect a poor coffee harvest this year after the long drought."
SETTINGS = ParallelSettings()
A, B, C = (words(name, 5) for name in ("an", "binh", "chi"))
SENTENCES = st.lists(st.sampled_from([A, B, C, f"{A} {B}"]), max_size=6)

Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]


def mended(vi: Sequence[str], en: Sequence[str], embedder: Embedder) -> Beads:
    """Return the beads that are made of one with all the sentences."""
    src, tgt = sides(vi, en, embedder, load_background(embedder))
    whole = Choice(range(len(vi)), range(len(en)), 0.9, 0.5, 0.1, 0.0)
    found = without_strangers([whole], src, tgt, SETTINGS)
    return [(tuple(choice.src), tuple(choice.tgt)) for choice in found]


@pytest.mark.parametrize(
    ("en", "beads"),
    [
        ([LAW, STRAY], [((0,), (0,)), ((), (1,))]),
        ([STRAY, LAW], [((), (0,)), ((0,), (1,))]),
    ],
)
def test_a_sentence_without_a_part_in_its_bead_is_left_alone(
    en: list[str], beads: Beads, embedder: Embedder
) -> None:
    assert mended([BOTH], en, embedder) == beads


def test_a_vietnamese_sentence_is_set_apart_as_an_english_one_is(embedder: Embedder) -> None:
    stray = "Nông dân miền Bắc dự kiến vụ cà phê năm nay thất thu sau đợt hạn hán kéo dài."
    assert mended([stray, BOTH], [VOTES], embedder) == [((0,), ()), ((1,), (0,))]


def test_both_halves_of_a_sentence_stay_in_its_bead(embedder: Embedder) -> None:
    assert mended([BOTH], [LAW, VOTES], embedder) == [((0,), (0, 1))]


def test_a_sentence_with_too_few_words_to_tell_stays_in_its_bead(embedder: Embedder) -> None:
    assert mended([BOTH], [LAW, "So it was."], embedder) == [((0,), (0, 1))]


@given(SENTENCES, SENTENCES)
def test_every_sentence_is_in_one_bead(vi: list[str], en: list[str]) -> None:
    src, tgt = side(vi, "vi"), side(en, "en")
    settings = replace(SETTINGS, stranger=2.0, stranger_own=0.0)
    beads = without_strangers(choose_beads(src, tgt, settings), src, tgt, settings)
    assert sorted(i for bead in beads for i in bead.src) == list(range(len(vi)))
    assert sorted(j for bead in beads for j in bead.tgt) == list(range(len(en)))
