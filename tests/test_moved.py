"""Sentences of a translation that changed places; invented words, so every answer is exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment.moved import with_moved
from aligner.alignment.parallel import Choice, choose_beads, judged_beads
from aligner.model import Bead
from aligner.settings import ParallelSettings
from wordbag import Pair, pairs, side, words

A, B, C, D, E, F = (words(name, 5) for name in ("an", "binh", "chi", "dung", "em", "giang"))
STRAY, OTHER = words("la", 5), words("khac", 5)
SETTINGS = ParallelSettings()
SENTENCES = st.lists(st.sampled_from([A, B, C, D, f"{A} {B}", STRAY]), max_size=7)


def path(vi: list[str], en: list[str]) -> list[Choice]:
    return choose_beads(side(vi, "vi"), side(en, "en"), SETTINGS)


def moved(vi: list[str], en: list[str]) -> list[Bead]:
    src, tgt = side(vi, "vi"), side(en, "en")
    return judged_beads(with_moved(path(vi, en), src, tgt, SETTINGS), src, tgt)


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        pytest.param(
            [A, B, C, D],
            [A, C, B, D],
            [((0,), (0,)), ((1,), (2,)), ((2,), (1,)), ((3,), (3,))],
            id="two neighbours swapped",
        ),
        pytest.param([A, B], [B, A], [((0,), (1,)), ((1,), (0,))], id="all there is swapped"),
        pytest.param(
            [A, B, C, D, E],
            [B, C, D, E, A],
            [((0,), (4,)), ((1,), (0,)), ((2,), (1,)), ((3,), (2,)), ((4,), (3,))],
            id="the first sentence put last",
        ),
        pytest.param(
            [A, STRAY, B, C],
            [A, B, OTHER, C],
            [((0,), (0,)), ((1,), ()), ((2,), (1,)), ((), (2,)), ((3,), (3,))],
            id="what is left over on both sides but not the same stays without counterpart",
        ),
    ],
)
def test_sentences_that_changed_places_are_beads_too(
    vi: list[str], en: list[str], expected: list[Pair]
) -> None:
    assert pairs(moved(vi, en)) == expected


def test_a_sentence_left_over_is_not_moved_to_one_that_is_nearer_to_another() -> None:
    left = " ".join([*STRAY.split()[:4], *OTHER.split()[:1]])
    between = " ".join([*A.split(), *STRAY.split()[:4]])  # nearer to A, which has its translation
    beads = pairs(moved([A, B, C, left], [between, A, B, C]))
    assert ((3,), ()) in beads
    assert pairs(moved([A, B, C, left], [STRAY, A, B, C]))[3] == ((3,), (0,))


def test_a_moved_sentence_that_half_agrees_is_less_sure() -> None:
    half = " ".join([*A.split()[:3], *OTHER.split()[:2]])
    whole, part = (moved([B, C, D, A], [text, B, C, D]) for text in (A, half))
    assert pairs(whole) == pairs(part)
    assert part[-1].confidence < whole[-1].confidence


def test_a_moved_sentence_in_other_words_is_found_if_it_is_nearer_than_all_others() -> None:
    far = " ".join([*A.split()[:2], *OTHER.split()[:3]])
    assert ((3,), (0,)) in pairs(moved([B, C, D, A], [far, B, C, D]))
    rival = " ".join([*B.split(), *A.split()[2:4]])
    assert ((3,), (0,)) not in pairs(moved([B, C, D, A], [far, rival, C, D]))


def test_a_bead_out_of_order_is_as_sure_as_one_in_order() -> None:
    assert min(bead.confidence for bead in moved([A, B, C, D], [A, C, B, D])) > 0.9


@given(SENTENCES, SENTENCES)
def test_every_sentence_is_in_one_bead_whatever_moved(vi: list[str], en: list[str]) -> None:
    beads = moved(vi, en)
    assert sorted(i for bead in beads for i in bead.src) == list(range(len(vi)))
    assert sorted(j for bead in beads for j in bead.tgt) == list(range(len(en)))


@given(SENTENCES, SENTENCES)
def test_beads_in_order_stay_as_the_path_has_them(vi: list[str], en: list[str]) -> None:
    in_order = {(tuple(c.src), tuple(c.tgt)) for c in path(vi, en) if c.src and c.tgt}
    kept = set(pairs(moved(vi, en)))
    # Only a bead with as many sentences on both sides can have been taken apart.
    assert all(len(a) == len(b) > 1 for a, b in in_order - kept)
