"""Of phrase pairs that rival each other or overlap, those stay that a term base would hold."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.settings import TermSettings
from aligner.terms.choice.candidate import Candidate
from aligner.terms.choice.choose import choose
from aligner.terms.windows.sightings import Place
from candidates import candidate, words

SETTINGS = TermSettings(min_confidence=0.5, rival_ratio=0.6, regular=0.2)


def kept(*candidates: Candidate) -> list[tuple[str, str]]:
    """Return the terms that stand."""
    return words(choose(candidates, SETTINGS))


def test_no_candidates_leave_none() -> None:
    assert kept() == []


def test_a_pair_stays_from_the_least_confidence_on() -> None:
    enough, too_little = candidate("giá dầu", "oil price", 0.5), candidate("lúa", "rice", 0.499)
    assert kept(enough, too_little) == [("giá dầu", "oil price")]


@pytest.mark.parametrize(("vi", "en"), [("Nga", "Russian"), ("Pháp", "French")])
def test_a_country_is_not_rendered_by_its_adjective(vi: str, en: str) -> None:
    assert kept(candidate(vi, en)) == []


def test_a_country_is_not_rendered_by_its_capital() -> None:
    assert kept(candidate("Nga", "Moscow")) == []
    assert kept(candidate("Matxcơva", "Moscow")) == [("Matxcơva", "Moscow")]


def test_the_most_confident_come_first_then_the_most_frequent_then_by_the_letter() -> None:
    ranked = [
        candidate("tàu", "ship", 0.9),
        candidate("lúa", "rice", 0.8, beads=3),
        candidate("cảng", "port", 0.8),
        candidate("gạo", "paddy", 0.8),
    ]
    expected = [("tàu", "ship"), ("lúa", "rice"), ("cảng", "port"), ("gạo", "paddy")]
    assert kept(*reversed(ranked)) == expected


@pytest.mark.parametrize(
    ("confidence", "share", "stays"),
    [
        pytest.param(0.53, 0.1, False, id="seldom and far behind"),
        pytest.param(0.55, 0.1, True, id="seldom but near the best"),
        pytest.param(0.53, 0.2, True, id="far behind but regular"),
    ],
)
@pytest.mark.parametrize("side", ["vi", "en"])
def test_a_rendering_far_behind_the_best_one_is_left_out_unless_it_is_regular(
    confidence: float, share: float, side: str, *, stays: bool
) -> None:
    best = candidate("đàm phán", "talks", 0.9)
    other = ("đàm phán", "negotiation") if side == "vi" else ("hội đàm", "talks")
    assert kept(best, candidate(*other, confidence, share)) == [
        ("đàm phán", "talks"),
        *([other] if stays else []),
    ]


def test_pairs_that_share_neither_term_are_no_rivals() -> None:
    assert len(kept(candidate("tàu", "ship", 1.0), candidate("lúa", "rice", 0.5, 0.0))) == 2


def test_of_overlapping_phrases_with_one_counterpart_the_likelier_stays() -> None:
    whole = candidate("phòng cháy chữa cháy", "fire safety", 0.8)
    part = candidate("cháy chữa cháy", "fire safety", 0.9)
    assert kept(whole, part) == [("cháy chữa cháy", "fire safety")]
    supply, chain = candidate("nguồn cung", "supply", 0.7), candidate("nguồn cung", "supply chain")
    assert kept(supply, chain) == [("nguồn cung", "supply chain")]


def test_phrases_that_only_share_a_word_are_both_kept() -> None:
    assert len(kept(candidate("giá dầu", "prices"), candidate("giá vàng", "prices", 0.8))) == 2


def test_a_phrase_inside_a_word_is_no_part() -> None:
    assert len(kept(candidate("kho", "store"), candidate("khoai", "store", 0.8))) == 2


CANAL = candidate("kênh đào Suez", "Suez Canal", 0.8, beads=3)


COUNCIL = candidate("Hội đồng Bảo an", "Security Council", 0.8, beads=3)


def test_what_only_stands_inside_a_longer_pair_is_left_out() -> None:
    assert kept(COUNCIL, candidate("hội đồng", "council", 0.7, beads=3)) == words([COUNCIL])
    assert kept(COUNCIL, candidate("Hội đồng", "Council", beads=3)) == words([COUNCIL])


def test_what_also_stands_by_itself_in_both_languages_is_kept() -> None:
    alone = candidate("hội đồng", "council", 0.7, beads=3, often=(4, 4))
    assert len(kept(COUNCIL, alone)) == 2
    assert len(kept(COUNCIL, candidate("hội đồng", "council", 0.7, beads=3, often=(3, 9)))) == 1


def test_common_words_that_are_surer_than_the_longer_pair_are_kept() -> None:
    part = candidate("chính sách tiền tệ", "monetary policy", 0.95)
    whole = candidate("Ủy ban Chính sách Tiền tệ", "Monetary Policy Committee", 0.8)
    assert words([part]) == kept(part, whole)[:1]
    assert len(kept(part, whole)) == 2


def test_what_only_has_a_name_added_is_kept() -> None:
    park = candidate("Vườn quốc gia Tràm Lâm", "Tram Lam National Park")
    assert len(kept(park, candidate("Vườn quốc gia", "National Park", 0.8))) == 2
    assert len(kept(CANAL, candidate("kênh đào", "canal", 0.7, beads=3))) == 2


@pytest.mark.parametrize(
    ("vi", "en", "stays"),
    [
        ("doanh nghiệp lo ngại", "enterprises fear", False),
        ("thuế dao động", "duties range", False),
        ("đội cứu hộ", "rescue team", True),
        ("kết quả xét nghiệm", "laboratory tests", True),
        ("Thứ trưởng Bộ Văn hóa", "deputy minister of culture", True),
        ("thừa nhận thất bại", "concede defeat", True),
        ("Bộ Công Thương", "Ministry of Industry and Trade", True),
        ("Bộ Tài chính ước tính", "Ministry of Finance estimates", False),
        ("Bộ Ngoại giao cảnh báo", "Foreign Ministry warns", False),
        ("thương mại toàn cầu đi qua", "global trade passes", False),
    ],
)
def test_a_subject_with_its_verb_is_no_term(vi: str, en: str, stays: bool) -> None:
    assert bool(kept(candidate(vi, en))) == stays


@pytest.mark.parametrize(
    ("vi", "en", "stays"),
    [
        ("Tổng thống Nga Vladimir Putin", "President Vladimir Putin", False),
        ("Tổng thống Nga Vladimir Putin", "Russian President Vladimir Putin", True),
        ("tỉnh Hưng Yên", "Yen province", False),
        ("tỉnh Hưng Yên", "Hung Yen province", True),
        ("thứ tư", "fourth", False),
        ("quý I", "first quarter", False),
        ("lũ năm nay", "year's flood", False),
        ("WHO", "WHO", True),
    ],
)
def test_a_country_on_one_side_a_cut_name_and_a_time_are_no_terms(
    vi: str, en: str, stays: bool
) -> None:
    assert bool(kept(candidate(vi, en))) == stays


def test_the_whole_name_of_an_institution_is_kept_and_not_a_part_of_it() -> None:
    whole = candidate("Cục Hàng không Việt Nam", "Civil Aviation Authority of Vietnam", 0.7)
    part = candidate("Cục Hàng không Việt Nam", "Aviation Authority of Vietnam", 0.9)
    assert kept(part, whole) == words([whole])
    alone = replace(part, often_en=3)
    assert kept(alone, whole) == words([part])


@pytest.mark.parametrize(
    ("vi", "en", "stays"),
    [
        ("bán phá giá", "anti-dumping", False),
        ("chống bán phá giá", "anti-dumping", True),
        ("cấp thiết", "non-urgent", False),
        ("phi lợi nhuận", "non-profit", True),
        ("chống tham nhũng", "corruption", False),
        ("chống tham nhũng", "fight against corruption", True),
    ],
)
def test_a_term_is_not_rendered_by_its_opposite(vi: str, en: str, stays: bool) -> None:
    assert bool(kept(candidate(vi, en))) == stays


def test_of_a_verb_with_its_object_the_object_stays() -> None:
    whole = candidate("mua đất nông nghiệp", "buy agricultural land", 0.9)
    thing = candidate("đất nông nghiệp", "agricultural land", 0.8)
    assert kept(whole, thing) == [("đất nông nghiệp", "agricultural land")]
    assert kept(whole) == [("mua đất nông nghiệp", "buy agricultural land")]


@pytest.mark.parametrize(("sure", "stays"), [(0.0, False), (0.6, True)])
def test_a_syllable_needs_sentences_that_belong_together(sure: float, stays: bool) -> None:
    seen = candidate("giá", "value", places=[(0, Place(sure, 0, 0, (0, 3), (0, 5)))])
    assert bool(kept(seen)) == stays


def test_a_pair_with_one_side_inside_a_longer_pair_is_kept() -> None:
    assert len(kept(CANAL, candidate("kênh đào", "waterway", beads=3))) == 2


def test_a_name_outlives_the_common_words_around_it() -> None:
    city, name = candidate("thành phố Sochi", "city of Sochi"), candidate("Sochi", "Sochi", 0.8)
    assert kept(city, name) == [("thành phố Sochi", "city of Sochi"), ("Sochi", "Sochi")]


@pytest.mark.parametrize(
    ("vi", "en", "name", "name_en"),
    [
        ("Cơ trưởng Rui Salgado", "Captain Rui Salgado", "Rui Salgado", "Rui Salgado"),
        ("nghệ nhân Đỗ Thị Mận", "artisan Do Thi Man", "Đỗ Thị Mận", "Do Thi Man"),
    ],
)
def test_a_person_outlives_the_trade_before_the_full_name(
    vi: str, en: str, name: str, name_en: str
) -> None:
    assert kept(candidate(vi, en), candidate(name, name_en, 0.8))[-1] == (name, name_en)


def test_the_name_of_a_firm_is_part_of_the_whole_one() -> None:
    firm = candidate("Tập đoàn Bình Minh", "Binh Minh Group")
    assert kept(firm, candidate("Bình Minh", "Binh Minh", 0.8)) == [
        ("Tập đoàn Bình Minh", "Binh Minh Group")
    ]


def test_a_name_cut_after_its_second_half_began_is_left_out() -> None:
    cape, cut = (
        candidate("mũi Hảo Vọng", "Cape of Good Hope"),
        candidate("Hảo Vọng", "Cape of Good"),
    )
    assert kept(cape, cut) == [("mũi Hảo Vọng", "Cape of Good Hope")]
    seat = candidate("trụ sở Bộ Quốc phòng", "Ministry of Defence headquarters")
    assert len(kept(seat, candidate("Bộ Quốc phòng", "Ministry of Defence", 0.8))) == 2


def test_an_office_outlives_the_name_of_its_holder() -> None:
    holder = candidate("Ngoại trưởng John Kerry", "Secretary of State John Kerry")
    office = candidate("Ngoại trưởng", "Secretary of State", 0.8)
    assert words(choose([holder, office], SETTINGS))[1:] == [("Ngoại trưởng", "Secretary of State")]


PHRASES_VI = ["kênh", "kênh đào", "kênh đào Suez", "Suez", "đào Suez", "Nga", "Tổng thống Nga"]
PHRASES_EN = ["canal", "Suez Canal", "Suez", "Russia", "Russian", "President of Russia"]
ANY_CANDIDATES = st.lists(
    st.builds(
        candidate,
        st.sampled_from(PHRASES_VI),
        st.sampled_from(PHRASES_EN),
        st.sampled_from([0.4, 0.5, 0.6, 0.75, 0.9, 1.0]),
        st.sampled_from([0.1, 0.3, 1.0]),
        st.integers(0, 3),
        st.tuples(st.integers(1, 4), st.integers(1, 4)),
    ),
    unique_by=lambda one: (one.vi, one.en),
    max_size=12,
)


@given(ANY_CANDIDATES)
def test_the_choice_is_a_part_in_order_and_choosing_again_changes_nothing(
    candidates: list[Candidate],
) -> None:
    chosen = choose(candidates, SETTINGS)
    assert all(one in candidates for one in chosen)
    assert [one.rank for one in chosen] == sorted({one.rank for one in chosen})
    assert choose(chosen, SETTINGS) == chosen


@given(ANY_CANDIDATES, st.randoms())
def test_the_order_in_which_candidates_come_does_not_matter(
    candidates: list[Candidate], random: Random
) -> None:
    shuffled = list(candidates)
    random.shuffle(shuffled)
    assert choose(shuffled, SETTINGS) == choose(candidates, SETTINGS)


def test_a_full_name_is_kept_and_a_name_with_a_country_for_its_office_is_not() -> None:
    kept = [
        candidate("Mike Pompeo", "Mike Pompeo"),
        candidate("Sergei Lavrov", "Sergey Lavrov"),
        candidate("Hoa Kỳ John Kerry", "State John Kerry"),
    ]
    assert words(choose(kept, TermSettings())) == [
        ("Mike Pompeo", "Mike Pompeo"),
        ("Sergei Lavrov", "Sergey Lavrov"),
    ]
