"""Articles are paired by the sentences that find each other and by the names they share."""

from __future__ import annotations

from collections.abc import Iterator
from math import log

import numpy as np
import pytest

from aligner.alignment import pairing
from aligner.alignment.comparable import glance
from aligner.alignment.pairing import (
    article_vectors,
    name_weights,
    pair_features,
    score_pairs,
    strong_pairs,
)
from aligner.alignment.side import Side
from aligner.model import Lang
from aligner.settings import PairingSettings
from wordbag import side, words

FLOOD = [words(name, 5) for name in ("lu", "nuoc", "song", "cau")]
TALKS = [words(name, 5) for name in ("hop", "ban", "ky", "ket")]
TRIAL = [words(name, 5) for name in ("toa", "an", "luat", "phat")]
SETTINGS = PairingSettings()


def sides(lang: Lang, *articles: list[str]) -> list[Side]:
    return [side(texts, lang) for texts in articles]


def paired(scores: dict[tuple[int, int], float]) -> set[tuple[int, int]]:
    """Return the pairs that stand, and check that the others are far from it."""
    assert all(score >= 0.99 or score <= 0.01 for score in scores.values())
    return {place for place, score in scores.items() if score >= SETTINGS.min_score}


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        pytest.param([FLOOD], [FLOOD], {(0, 0)}, id="one pair"),
        pytest.param([FLOOD], [TALKS], set(), id="unrelated"),
        pytest.param([FLOOD, TALKS], [TALKS, FLOOD], {(0, 1), (1, 0)}, id="in any order"),
        pytest.param([FLOOD], [FLOOD[::-1], FLOOD, TALKS], {(0, 0), (0, 1)}, id="one to several"),
        pytest.param([FLOOD, FLOOD[:3], TRIAL], [FLOOD], {(0, 0), (1, 0)}, id="several to one"),
    ],
)
def test_articles_with_the_same_sentences_are_paired(
    vi: list[list[str]], en: list[list[str]], expected: set[tuple[int, int]]
) -> None:
    assert paired(score_pairs(sides("vi", *vi), sides("en", *en), SETTINGS)) == expected


def test_long_articles_are_weighed_by_some_of_their_sentences(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long = [words(name, 5) for name in "abcdefghijklmnopqrstuvwxyz"]
    weighed: list[int] = []

    def watched(src: Side, tgt: Side) -> np.ndarray:
        weighed.append(len(src) * len(tgt))
        return glance(src, tgt)

    monkeypatch.setattr(pairing, "glance", watched)
    monkeypatch.setattr(pairing, "CELLS", 200)
    monkeypatch.setattr(pairing, "FEWEST", 3)
    assert paired(score_pairs(sides("vi", long, TALKS), sides("en", TRIAL, long), SETTINGS)) == {
        (0, 1)
    }
    assert max(weighed) <= 200


def test_names_in_common_raise_a_score_where_no_sentence_agrees() -> None:
    vi = [f"{FLOOD[0]} Lavrov", f"{FLOOD[1]} Zarif"]
    same = [f"{TALKS[0]} Lavrov", f"{TALKS[1]} Zarif"]
    other = [f"{TALKS[0]} Merkel", f"{TALKS[1]} Abe"]
    scores = score_pairs(sides("vi", vi), sides("en", same, other), SETTINGS)
    assert scores[0, 0] > scores[0, 1]
    assert scores[0, 1] < 0.01


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({}, set()),
        ({(0, 0): 0.5}, {(0, 0)}),
        ({(0, 0): 0.49}, set()),
        ({(0, 0): 0.7, (0, 1): 0.6}, {(0, 0)}),  # the second one is not surer
        ({(0, 0): 0.95, (0, 1): 0.8}, {(0, 0), (0, 1)}),
        ({(0, 0): 0.6, (0, 1): 0.7, (1, 1): 0.75}, {(1, 1)}),  # the best of both, or none
    ],
)
def test_a_pair_stands_if_it_is_the_best_of_both_articles_or_surer(
    scores: dict[tuple[int, int], float], expected: set[tuple[int, int]]
) -> None:
    assert strong_pairs(scores, PairingSettings(min_score=0.5, extra_score=0.8)) == expected


@pytest.mark.parametrize(("n_vi", "n_en"), [(0, 0), (1, 0), (0, 1)])
def test_without_articles_of_both_languages_there_is_nothing_to_score(n_vi: int, n_en: int) -> None:
    vi, en = sides("vi", *[FLOOD] * n_vi), sides("en", *[FLOOD] * n_en)
    assert score_pairs(vi, en, SETTINGS) == {}


def test_only_the_nearest_of_each_article_are_compared_in_full() -> None:
    vi, en = sides("vi", FLOOD, TALKS), sides("en", FLOOD, TALKS, FLOOD[:2] + TALKS[:1])
    scores = score_pairs(vi, en, PairingSettings(neighbours=1))
    assert scores.keys() == {(0, 0), (1, 1), (0, 2)}  # the last one has its nearest in the first


def test_every_pair_that_is_compared_goes_by_who_watches() -> None:
    seen: list[tuple[int, int]] = []

    def watch(places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        for place in places:
            seen.append(place)
            yield place

    vi, en = sides("vi", FLOOD, TALKS), sides("en", TRIAL, FLOOD)
    assert list(score_pairs(vi, en, SETTINGS, watch)) == seen


def test_a_pair_has_the_same_score_in_any_order_of_the_articles() -> None:
    there = score_pairs(sides("vi", FLOOD, TALKS), sides("en", TRIAL, FLOOD), SETTINGS)
    back = score_pairs(sides("vi", TALKS, FLOOD), sides("en", FLOOD, TRIAL), SETTINGS)
    turned = {(1 - i, 1 - j): score for (i, j), score in back.items()}
    assert there == pytest.approx(turned)


def test_a_name_in_few_articles_weighs_more_than_one_in_many() -> None:
    articles = sides("en", ["Sochi Kerry", "Sochi"], ["Sochi"], ["none"])
    assert name_weights(articles) == {"sochi": log(4 / 2), "kerry": log(4 / 1)}


def test_the_share_of_names_is_that_of_the_article_that_knows_fewer() -> None:
    vi, en = side(["Sochi Kerry", "Sochi"], "vi"), side(["Sochi"], "en")
    features = pair_features(vi, en, {"sochi": 1.0, "kerry": 3.0})
    assert features["names"] == 2 / 5  # two mentions of Sochi against one of Kerry


def test_articles_without_names_share_none() -> None:
    assert pair_features(side(["không"], "vi"), side(["none"], "en"), {})["names"] == 0


def test_the_vector_of_an_article_is_the_mean_of_its_sentences() -> None:
    (article,) = sides("vi", FLOOD)
    mean = article.vectors.mean(axis=0)
    np.testing.assert_allclose(article_vectors([article]), [mean / np.linalg.norm(mean)], atol=1e-6)
