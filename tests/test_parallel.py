"""A translation is aligned in order; sentences are invented words, so every answer is exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.alignment import parallel
from aligner.alignment.dp import SHAPES, Path, Problem, best_paths
from aligner.alignment.gains import bead_gains
from aligner.alignment.parallel import (
    Choice,
    choose_beads,
    confidences,
    judged_beads,
)
from aligner.alignment.relation import judge_relation, relation_features
from aligner.alignment.side import Side
from aligner.alignment.spans import Spans
from aligner.model import Bead, Lang
from aligner.settings import ParallelSettings, RelationSettings
from aligner.vectors import unit_rows
from wordbag import DIM, Pair, pairs, side, words

A, B, C, D, E, F = (words(name, 5) for name in ("an", "binh", "chi", "dung", "em", "giang"))
STRAY = words("la", 5)
SETTINGS = ParallelSettings()
SENTENCES = st.lists(st.one_of(st.sampled_from([A, B, C, f"{A} {B}"]), st.text()), max_size=6)


def beads_of(src: Side, tgt: Side, how: ParallelSettings = SETTINGS) -> list[Bead]:
    return judged_beads(choose_beads(src, tgt, how), src, tgt)


def align(vi: list[str], en: list[str]) -> list[Bead]:
    return beads_of(side(vi, "vi"), side(en, "en"))


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        pytest.param([A], [A], [((0,), (0,))], id="one sentence"),
        pytest.param(
            [A, B, C, D], [A, B, C, D], [((k,), (k,)) for k in range(4)], id="sentence by sentence"
        ),
        pytest.param(
            [A, B, C], [f"{A} {B}", C], [((0, 1), (0,)), ((2,), (1,))], id="two merged in English"
        ),
        pytest.param(
            [A, f"{B} {C}"],
            [A, B, C],
            [((0,), (0,)), ((1,), (1, 2))],
            id="two merged in Vietnamese",
        ),
        pytest.param([A, B, C], [f"{A} {B} {C}"], [((0, 1, 2), (0,))], id="three merged"),
        pytest.param([f"{A} {B} {C} {D}"], [A, B, C, D], [((0,), (0, 1, 2, 3))], id="four merged"),
        pytest.param(
            [f"{A} {B}", C, D],
            [A, f"{B} {C}", D],
            [((0, 1), (0, 1)), ((2,), (2,))],
            id="cut at different places",
        ),
        pytest.param(
            [A, STRAY, B],
            [A, B],
            [((0,), (0,)), ((1,), ()), ((2,), (1,))],
            id="left out in English",
        ),
        pytest.param(
            [A, B],
            [STRAY, A, B],
            [((), (0,)), ((0,), (1,)), ((1,), (2,))],
            id="added in English",
        ),
        pytest.param([], [A, B], [((), (0,)), ((), (1,))], id="no Vietnamese"),
        pytest.param([A, B], [], [((0,), ()), ((1,), ())], id="no English"),
        pytest.param([], [], [], id="nothing"),
    ],
)
def test_the_beads_of_a_translation_are_found(
    vi: list[str], en: list[str], expected: list[Pair]
) -> None:
    assert pairs(align(vi, en)) == expected


def test_unrelated_texts_have_only_null_beads() -> None:
    beads = align([A, B, C], [D, E, F])
    assert [bead.shape for bead in beads].count("1-0") == 3
    assert [bead.shape for bead in beads].count("0-1") == 3


def test_a_clear_bead_is_surer_than_one_whose_words_only_half_agree() -> None:
    half = " ".join([*A.split()[:3], *STRAY.split()[:2]])
    clear, unsure = align([A, B], [A, B])[0], align([A, B], [half, B])[0]
    assert clear.shape == unsure.shape == "1-1"
    assert clear.confidence > unsure.confidence


def test_evidence_names_what_the_two_sides_of_a_merged_bead_share() -> None:
    vi = [f"{A} ở Nga.", f"{B} ngày 12/10 mất 1,5 triệu."]
    en = [f"{A} Russia, {B} October 12 lost 1.5 million."]
    (bead,) = align(vi, en)
    assert bead.shape == "2-1"
    assert set(bead.evidence) == {
        "name Nga = Russia",
        "date 12/10 = October 12",
        "number 1,5 triệu = 1.5 million",
    }


def test_at_most_six_phrases_of_evidence_are_kept() -> None:
    names = "Sochi Kerry Lavrov Donetsk Obama Zarif Merkel"
    (bead,) = align([f"{A} {names}"], [f"{A} {names}"])
    assert bead.evidence == tuple(f"name {name}" for name in names.split()[:6])


@pytest.mark.parametrize(
    ("shape", "length_en", "gain"),
    [
        ((1, 1), 100, 0.9 - 0.3),
        ((2, 1), 100, 1.5 * (0.9 - 0.3) - 0.1),
        ((4, 1), 100, 2.5 * (0.9 - 0.3) - 3 * 0.1),
        ((2, 2), 100, 2 * (0.9 - 0.3) - 2 * 0.1 - 0.05),
        ((3, 2), 100, 2.5 * (0.9 - 0.3) - 3 * 0.1 - 0.05),
        ((1, 1), 200, 0.9 - 0.3 - 0.02 * 4),  # half as long: two standard deviations
        ((1, 1), 10_000, 0.9 - 0.3 - 0.02 * 9),  # beyond the cap
    ],
)
def test_the_gain_of_a_bead_is_its_cosine_beyond_skip_by_size_less_penalties(
    shape: tuple[int, int], length_en: int, gain: float
) -> None:
    numbers = ParallelSettings(
        skip=0.3,
        merge=0.1,
        both=0.05,
        words=0.2,
        length_weight=0.02,
        length_ratio=1.0,
        length_spread=float(np.log(2) / 2),
        length_cap=9.0,
    )
    a, b = shape
    vi = Spans({a: np.array([[1.0, 0.0]])}, {a: np.array([100.0])})
    en = Spans({b: np.array([[0.9, 0.19**0.5]])}, {b: np.array([float(length_en)])})
    words = {shape: np.array([[0.1]], dtype=np.float32)}
    gains = bead_gains(vi, en, words, numbers)
    assert gains.keys() == {shape}
    assert gains[shape] == pytest.approx(np.array([[gain + 0.02 * (a + b) / 2]]), abs=1e-6)


@settings(deadline=None)
@given(SENTENCES, SENTENCES)
def test_every_sentence_of_any_two_texts_is_in_exactly_one_bead_and_in_order(
    vi: list[str], en: list[str]
) -> None:
    beads = align(vi, en)
    assert [i for bead in beads for i in bead.src] == list(range(len(vi)))
    assert [j for bead in beads for j in bead.tgt] == list(range(len(en)))
    shapes = {(len(bead.src), len(bead.tgt)) for bead in beads}
    assert shapes <= {(1, 0), (0, 1), *SHAPES}
    assert all(0 <= bead.confidence <= 1 for bead in beads)


def test_a_long_translation_cut_at_anchors_gives_the_beads_of_the_whole() -> None:
    texts = [words(f"cau{k}", 5) for k in range(60)]
    vi, en = side(texts, "vi"), side([*texts[:20], *texts[21:]], "en")
    cut = beads_of(vi, en, ParallelSettings(max_cells=200))
    assert pairs(cut) == pairs(beads_of(vi, en))
    assert pairs(cut)[19:22] == [((19,), (19,)), ((20,), ()), ((21,), (20,))]


def vectors_only(vectors: np.ndarray, lang: Lang) -> Side:
    """Return a text of which only the vectors are known."""
    n = len(vectors)
    lengths = np.full(n, 80, dtype=np.float32)
    zeros = np.zeros(n, dtype=np.float32)

    def embed(texts: object) -> np.ndarray:
        return np.zeros((len(texts), vectors.shape[1]), dtype=np.float32)  # type: ignore[arg-type]

    return Side([""] * n, vectors, lengths, zeros, [{}] * n, embed)


def test_two_very_long_unrelated_texts_lose_no_sentence() -> None:
    random = np.random.default_rng(7)
    src, tgt = (unit_rows(random.standard_normal((n, DIM))) for n in (1_100, 1_000))
    beads = beads_of(vectors_only(src, "vi"), vectors_only(tgt, "en"))
    assert [i for bead in beads for i in bead.src] == list(range(1_100))
    assert [j for bead in beads for j in bead.tgt] == list(range(1_000))
    assert all(bead.is_null for bead in beads)


def test_two_very_long_unrelated_texts_fill_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = []

    def solved(problems: Sequence[Problem]) -> list[Path]:
        sides = zip(*((one.n_src, one.n_tgt) for one in problems), strict=True)
        tables.append(len(problems) * np.prod([max(side) for side in sides]))
        return best_paths(problems)

    monkeypatch.setattr(parallel, "best_paths", solved)
    random = np.random.default_rng(7)
    src, tgt = (unit_rows(random.standard_normal((n, DIM))) for n in (1_100, 1_000))
    choose_beads(vectors_only(src, "vi"), vectors_only(tgt, "en"), SETTINGS)
    assert tables == [0, 0]


@pytest.mark.parametrize(
    ("vi", "en", "share"),
    [
        ([A, B, C, D], [A, B, C, D], 1.0),
        ([A, B, STRAY, C], [A, B, C, D], 0.75),  # D has no counterpart
        ([A, B, C, D], [f"{A} {B}", E], 0.5),  # counted on the shorter side
        ([f"{A} {B}", E, F], [A, B, C, D], 1 / 3),
        ([A, B], [C, D], 0.0),
        ([], [A], 0.0),
    ],
)
def test_the_covered_share_is_that_of_the_shorter_text(
    vi: list[str], en: list[str], share: float
) -> None:
    ours, theirs = side(vi, "vi"), side(en, "en")
    choices = choose_beads(ours, theirs, SETTINGS)
    features = relation_features(choices, ours, theirs, RelationSettings())
    assert features["covered"].item() == pytest.approx(share)


@pytest.mark.parametrize(
    ("en", "relation", "reason"),
    [
        ([A, B, C], "parallel", "auto: 100% of the shorter text runs along in order"),
        ([A, E, F], "comparable", "auto: only 33% of the shorter text runs along in order"),
    ],
)
def test_what_runs_along_in_order_is_a_translation(
    en: list[str], relation: str, reason: str
) -> None:
    ours, theirs = side([A, B, C], "vi"), side(en, "en")
    choices = choose_beads(ours, theirs, SETTINGS)
    found, why = judge_relation(choices, ours, theirs, RelationSettings())
    assert found == relation
    assert why.startswith(reason)


def merged_texts(vi: list[str], en: list[str], how: ParallelSettings = SETTINGS) -> set[str]:
    """Return the texts of several sentences whose vectors were asked for."""
    asked: set[str] = set()

    def listening(text: Side) -> Side:
        def embed(texts: Sequence[str]) -> np.ndarray:
            asked.update(texts)
            return text.embed(texts)

        return replace(text, embed=embed)

    choose_beads(listening(side(vi, "vi")), listening(side(en, "en")), how)
    return asked


def test_only_where_the_choice_is_open_are_texts_of_several_sentences_embedded() -> None:
    sentences = [A, B, C, D, E, F]
    assert merged_texts(sentences, sentences) == set()
    beside = merged_texts([A, B, C, f"{D} {E}", F], sentences)
    assert f"{D} {E}" in beside
    assert not any(A in text for text in beside)


def test_where_a_sentence_may_have_no_counterpart_less_likely_beads_are_embedded_too() -> None:
    stray = " ".join([*C.split()[:3], *STRAY.split()[:4]])
    texts = [A, B, C, stray, D, E], [A, B, C, D, E]
    assert f"{C} {stray}" in merged_texts(*texts)
    assert merged_texts(*texts, ParallelSettings(near_null=SETTINGS.near)) == set()


def test_of_beads_that_the_path_is_as_sure_of_the_nearer_one_is_surer() -> None:
    near, far = (Choice(range(1), range(1), 0.9, *of, 0.0) for of in ((0.7, 0.2), (0.2, -0.2)))
    surer, less = confidences([near, far])
    assert surer > 0.95
    assert less < 0.9


def test_of_beads_whose_words_say_as_much_the_nearer_one_is_surer() -> None:
    for rendered in (-0.3, 0.0, 0.3):
        near, far = (
            Choice(range(1), range(1), 0.9, cosine, rendered, 0.0) for cosine in (0.7, 0.2)
        )
        surer, less = confidences([near, far])
        assert surer > less
