"""A sentence that is translated by two gets both halves; what is said nowhere stays alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment.halves import with_halves
from aligner.alignment.parallel import Choice, choose_beads
from aligner.embed.background import load_background
from aligner.settings import ParallelSettings
from aligner.vectors import Embedder
from sides import sides
from wordbag import side, words

WHOLE = (
    "Sáng 19/11, Quốc hội thông qua luật với 451/479 đại biểu có mặt tán thành, tương đương 92,4%."
)
FIRST = "The National Assembly passed the law on Thursday morning."
SECOND = "Of the 479 deputies present, 451 voted in favour, or 92.4 per cent."
STRAY = "Farmers in the north expect a poor coffee harvest this year."
SETTINGS = ParallelSettings()
A, B, C = (words(name, 5) for name in ("an", "binh", "chi"))
SENTENCES = st.lists(st.sampled_from([A, B, C, f"{A} {B}"]), max_size=6)


def joined(
    vi: Sequence[str], en: Sequence[str], linked: int, embedder: Embedder
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return the beads of one Vietnamese sentence, linked with one of some English ones."""
    src, tgt = sides(vi, en, embedder, load_background(embedder))
    choices = [
        Choice(range(len(vi)) if j == linked else range(0), range(j, j + 1), 0.9, 0.5, 0.1, 0.0)
        for j in range(len(en))
    ]
    found = with_halves(choices, src, tgt, SETTINGS)
    return [(tuple(choice.src), tuple(choice.tgt)) for choice in found]


@pytest.mark.parametrize("linked", [0, 1])
def test_both_halves_of_a_sentence_are_one_bead_whichever_was_linked(
    linked: int, embedder: Embedder
) -> None:
    assert joined([WHOLE], [FIRST, SECOND], linked, embedder) == [((0,), (0, 1))]


def test_what_the_sentence_does_not_say_stays_alone(embedder: Embedder) -> None:
    assert joined([WHOLE], [FIRST, STRAY], 0, embedder) == [((0,), (0,)), ((), (1,))]


def test_what_the_other_half_has_said_already_stays_alone(embedder: Embedder) -> None:
    again = [FIRST, "The National Assembly passed a law."]
    assert joined([WHOLE], again, 0, embedder) == [((0,), (0,)), ((), (1,))]


def test_no_bead_grows_beyond_the_shapes_of_the_path(embedder: Embedder) -> None:
    vi = ["Ông nói.", WHOLE, "Bà cười.", "Họ về."]
    assert len(joined(vi, [FIRST, SECOND], 0, embedder)) == 2


@given(SENTENCES, SENTENCES)
def test_every_sentence_is_in_one_bead(vi: list[str], en: list[str]) -> None:
    src, tgt = side(vi, "vi"), side(en, "en")
    settings = replace(SETTINGS, half_near=0.0, half_said=0.0, half_new=0.0)
    beads = with_halves(choose_beads(src, tgt, settings), src, tgt, settings)
    assert sorted(i for bead in beads for i in bead.src) == list(range(len(vi)))
    assert sorted(j for bead in beads for j in bead.tgt) == list(range(len(en)))
