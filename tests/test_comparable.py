"""Two reports are linked in any order; sentences are invented words, so every answer is exact."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.alignment.comparable import (
    link_comparable,
    link_confidences,
    link_features,
    read_features,
)
from aligner.errors import SizeError
from aligner.model import Bead
from aligner.settings import ComparableSettings
from wordbag import Pair, pairs, side, words

A, B, C, D, E, F = (words(name, 5) for name in ("an", "binh", "chi", "dung", "em", "giang"))
U, V, W = (words(name, 5) for name in ("la", "mua", "nang"))
SENTENCES = st.lists(st.one_of(st.sampled_from([A, B, C, f"{A} {B}"]), st.text()), max_size=6)


def link(vi: list[str], en: list[str]) -> list[Bead]:
    return link_comparable(side(vi, "vi"), side(en, "en"), ComparableSettings())


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        pytest.param([A, B, C], [A, B, C], [((k,), (k,)) for k in range(3)], id="in order"),
        pytest.param(
            [f"{A}.", B, C, D],  # no headline
            [D, B, f"{A}.", C],
            [((0,), (2,)), ((1,), (1,)), ((2,), (3,)), ((3,), (0,))],
            id="in another order",
        ),
        pytest.param(
            [A, U, B],
            [B, A, V],
            [((0,), (1,)), ((1,), ()), ((2,), (0,)), ((), (2,))],
            id="strays on both sides",
        ),
        pytest.param(
            [A, B],
            [A, U, A],
            [((0,), (0,)), ((0,), (2,)), ((1,), ()), ((), (1,))],
            id="one sentence told twice",
        ),
        pytest.param(
            [A, B, C],
            [U, V, W],
            [((0,), ()), ((1,), ()), ((2,), ()), ((), (0,)), ((), (1,)), ((), (2,))],
            id="nothing in common",
        ),
        pytest.param([A], [A], [((0,), (0,))], id="one sentence"),
        pytest.param([A], [U], [((0,), ()), ((), (0,))], id="one sentence each, unrelated"),
    ],
)
def test_the_links_of_two_reports_are_found_in_any_order(
    vi: list[str], en: list[str], expected: list[Pair]
) -> None:
    assert pairs(link(vi, en)) == expected


@pytest.mark.parametrize(("end", "linked"), [("", True), (".", False)])
def test_headlines_say_what_the_sentences_below_them_say(end: str, linked: bool) -> None:
    beads = link([f"{U}{end}", A, B], [f"{V}{end}", A, C])
    assert ((1,), (1,)) in pairs(beads)
    assert (((0,), (0,)) in pairs(beads)) == linked


def test_a_link_says_which_marks_the_two_sentences_share() -> None:
    vi = [f"{A} ở Nga ngày 12/10 mất 1,5 triệu", U]
    en = [V, f"{A} in Russia on October 12 lost 1.5 million"]
    assert link(vi, en)[0].evidence == (
        "date 12/10 = October 12",
        "number 1,5 triệu = 1.5 million",
        "name Nga = Russia",
    )


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        ([], [], []),
        ([A, B], [], [Bead((0,), (), 1.0), Bead((1,), (), 1.0)]),
        ([], [A, B], [Bead((), (0,), 1.0), Bead((), (1,), 1.0)]),
    ],
)
def test_a_text_without_a_partner_has_only_certain_null_beads(
    vi: list[str], en: list[str], expected: list[Bead]
) -> None:
    assert link(vi, en) == expected


def test_texts_too_long_to_link_in_any_order_are_refused_by_their_size() -> None:
    two, three = side([A, B], "vi"), side([A, B, C], "en")
    assert len(link_comparable(two, three, ComparableSettings(max_cells=6))) == 3
    with pytest.raises(SizeError, match="2 by 3 sentences"):
        link_comparable(two, three, ComparableSettings(max_cells=5))


@settings(deadline=None)
@given(SENTENCES, SENTENCES)
def test_every_sentence_of_any_two_texts_is_linked_or_in_one_null_bead(
    vi: list[str], en: list[str]
) -> None:
    beads = link(vi, en)
    links = [bead for bead in beads if not bead.is_null]
    lone_src = [bead.src[0] for bead in beads if not bead.tgt]
    lone_tgt = [bead.tgt[0] for bead in beads if not bead.src]
    assert {bead.shape for bead in beads} <= {"1-1", "1-0", "0-1"}
    assert len(set(pairs(beads))) == len(beads)
    assert sorted({bead.src[0] for bead in links} | set(lone_src)) == list(range(len(vi)))
    assert sorted({bead.tgt[0] for bead in links} | set(lone_tgt)) == list(range(len(en)))
    assert not {bead.src[0] for bead in links} & set(lone_src)
    assert not {bead.tgt[0] for bead in links} & set(lone_tgt)
    assert all(0.5 <= bead.confidence <= 1 for bead in links)
    assert all(0 <= bead.confidence <= 1 for bead in beads)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([A, B, C, D]), min_size=1, max_size=6),
    st.lists(st.sampled_from([A, B, C, D]), min_size=1, max_size=6),
)
def test_the_lead_is_the_cosine_over_the_mean_of_the_four_nearest_others(
    vi: list[str], en: list[str]
) -> None:
    src, tgt = side(vi, "vi"), side(en, "en")
    cosines = (src.vectors @ tgt.vectors.T).astype(np.float64)
    lead = link_features(src, tgt)["lead"]
    for i in range(len(vi)):
        for j in range(len(en)):
            row = np.sort(np.delete(cosines[i], j))[-4:]
            column = np.sort(np.delete(cosines[:, j], i))[-4:]
            rivals = [others.mean() if len(others) else 0.0 for others in (row, column)]
            assert lead[i, j] == pytest.approx(cosines[i, j] - np.mean(rivals), abs=1e-6)


def test_a_mark_weighs_the_log_of_its_rarity() -> None:
    src = side(["Sochi Kerry 7,5", "Sochi", "thứ Ba"], "vi")
    tgt = side(["Kerry 7.5 Sochi", "Tuesday"], "en")
    features = link_features(src, tgt)
    once_each, thrice = np.log(6 / 2), np.log(6 / 3)  # five sentences and one
    np.testing.assert_allclose(
        features["names"], [[once_each + thrice, 0], [thrice, 0], [0, 0]], atol=1e-12
    )
    np.testing.assert_allclose(features["numbers"], [[once_each, 0], [0, 0], [0, 0]], atol=1e-12)
    np.testing.assert_allclose(features["times"], [[0, 0], [0, 0], [0, once_each]], atol=1e-12)


def test_numbers_that_differ_speak_only_where_both_sentences_have_some() -> None:
    src, tgt = side(["7,5", "8,5", "không"], "vi"), side(["7.5", "none"], "en")
    assert link_features(src, tgt)["other_numbers"].tolist() == [[0, 0], [1, 0], [0, 0]]


def test_the_place_gap_is_the_distance_as_a_share_of_each_text() -> None:
    gap = link_features(side([A, B, C, D], "vi"), side([A, B], "en"))["place_gap"]
    assert gap.tolist() == [[0, 0.5], [0.25, 0.25], [0.5, 0], [0.75, 0.25]]


def test_a_shared_name_makes_a_link_more_likely() -> None:
    with_name = link_confidences(side([f"{A} Lavrov"], "vi"), side([f"{U} Lavrov"], "en"))
    with_word = link_confidences(side([f"{A} lavrov"], "vi"), side([f"{U} lavrov"], "en"))
    assert with_name[0, 0] > with_word[0, 0]


def test_words_that_render_each_other_speak_for_a_link() -> None:
    report = side([f"{A} thỏa thuận hòa bình", B], "vi")
    rendered = side([f"{U} peace agreement", V], "en")
    otherwise = side([f"{U} gas prices", V], "en")
    assert link_features(report, rendered)["words"][0, 0] > 0.9
    assert link_features(report, otherwise)["words"][0, 0] == 0
    assert link_confidences(report, rendered)[0, 0] > 2 * link_confidences(report, otherwise)[0, 0]


def read_of(margin: list[list[float]]) -> dict[str, np.ndarray]:
    """Return what is judged where all that was read agrees with the margins."""
    table = np.array(margin)
    named = ("margin", "lead", "words_row_lead", "words_column_lead")
    features = dict.fromkeys(named, table)
    return read_features(features, np.stack([table, table, table, 10 * table]).astype(np.float32))


def test_of_literal_texts_a_sentence_is_taken_where_another_one_translates_it() -> None:
    features = read_of([[0.6, 0.1], [0.1, 0.0]])
    taken = features["literal_taken"] / features["literal"]
    assert taken[0, 1] > 0.99
    assert taken[1, 0] > 0.99
    assert taken[0, 0] < 0.01
    assert taken[1, 1] < 0.01


def test_two_texts_are_as_related_as_the_share_of_sentences_with_a_likely_counterpart() -> None:
    # Log odds of +-60 are as good as 1 and 0: one of two and one of three sentences have one.
    related = read_of([[6.0, -6.0, -6.0], [-6.0, -6.0, -6.0]])["related"]
    assert related == pytest.approx(np.log(2 / 5 + 0.02))
    assert read_of([[-6.0]])["related"] == pytest.approx(np.log(0.02))


def test_texts_are_as_literal_as_the_share_of_the_shorter_one_that_is_translated() -> None:
    assert read_of([[0.6, 0.1, 0.1], [0.1, 0.1, 0.0]])["literal"] == pytest.approx(0.5, abs=0.01)
    assert read_of([[0.1, 0.0], [0.0, 0.1]])["literal"] == pytest.approx(0, abs=0.01)
    assert read_of([[0.6, 0.6, 0.6]])["literal"] == pytest.approx(1, abs=0.01)


def test_leads_are_over_the_best_other_sentence_of_either_text() -> None:
    features = read_of([[0.5, 0.2], [0.1, 0.4]])
    assert features["row_lead"] == pytest.approx(np.array([[0.3, -0.3], [-0.3, 0.3]]))
    assert features["column_lead"] == pytest.approx(np.array([[0.4, -0.2], [-0.4, 0.2]]))
    assert features["beside"] == pytest.approx(np.array([[0.4, 0.1], [0.2, 0.5]]))
    assert features["judged_row"] == pytest.approx(np.array([[3, -3], [-3, 3]]))
    assert features["judged_column"] == pytest.approx(np.array([[4, -2], [-4, 2]]))


def test_one_sentence_on_either_side_has_no_rival() -> None:
    features = read_of([[0.6]])
    assert features["literal_taken"][0, 0] < 0.01
    assert features["row_lead"][0, 0] == 0
