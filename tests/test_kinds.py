"""What a term pair names, and how names are known across the two languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.term_pair import Kind
from aligner.terms.names.kinds import is_person_for_body, is_title_and_name, kind_of
from aligner.terms.names.likeness import is_demonym, is_same_name, name_likeness, written_alike


@pytest.mark.parametrize(
    ("vi", "en", "kind"),
    [
        ("Ngoại trưởng", "Foreign Minister", "title"),
        ("Ngoại trưởng Mỹ", "US Secretary of State", "title"),
        ("Phó Tổng thống", "Vice President", "title"),
        ("tổng thư ký", "secretary-general", "title"),
        ("người phát ngôn", "spokeswoman", "title"),
        ("Trợ lý Tổng thống", "presidential aide", "title"),
        ("bộ trưởng", "ministers", "title"),
        ("Bộ Ngoại giao", "Foreign Ministry", "organisation"),
        ("Bộ Tài chính", "Treasury", "organisation"),
        ("Bộ Tài chính", "finance ministry", "organisation"),
        ("Bộ trưởng Nguyễn Văn Hùng", "Minister Nguyen Van Hung", "name"),
        ("Liên hợp quốc", "United Nations", "organisation"),
        ("Ngân hàng Thế giới", "World Bank", "organisation"),
        ("Tòa án Hình sự Quốc tế", "International Criminal Court", "organisation"),
        ("Toà án Hình sự Quốc tế", "International Criminal Court", "organisation"),
        ("Đảng Dân chủ", "Democratic Party", "organisation"),
        ("Hạ viện", "House of Representatives", "organisation"),
        ("Biển Đỏ", "Red Sea", "name"),
        ("Matxcơva", "Moscow", "name"),
        ("Lầu Năm Góc", "Pentagon", "name"),
        ("Vladimir Putin", "Vladimir Putin", "name"),
        ("lệnh ngừng bắn", "ceasefire", "term"),
        ("tình trạng khẩn cấp", "state of emergency", "term"),
        ("giá dầu", "oil price", "term"),
    ],
)
def test_the_heads_of_both_terms_tell_the_kind(vi: str, en: str, kind: Kind) -> None:
    assert kind_of(vi, en) == kind


@pytest.mark.parametrize(
    ("vi", "en"),
    [
        ("Đài Loan", "Taiwan"),
        ("Trường Sa", "Spratly Islands"),
        ("Hội An", "Hoi An"),
        ("Ban Ki-moon", "Ban Ki-moon"),
    ],
)
def test_a_name_that_begins_like_the_word_for_a_body_is_a_name(vi: str, en: str) -> None:
    assert kind_of(vi, en) == "name"


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        ("Ngoại trưởng John Kerry", "Secretary of State John Kerry", True),
        ("Tổng thống Putin", "President Putin", True),
        ("Tổng thống Võ Văn Thưởng", "President Vo Van Thuong", True),
        ("John Kerry", "John Kerry", False),
        ("Ngoại trưởng", "Secretary of State", False),
        ("kênh đào Suez", "canal Suez", False),
        ("Tổng thống Putin", "President Trump", False),
    ],
)
def test_an_office_and_its_holder_are_known_together(vi: str, en: str, *, expected: bool) -> None:
    assert is_title_and_name(vi, en) is expected


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        ("Nga", "Russian", True),
        ("Mỹ", "American", True),
        ("Pháp", "French", True),
        ("Nga", "Russia", False),
        ("Mỹ", "US", False),
        ("Nga", "American", False),
    ],
)
def test_an_adjective_of_a_country_is_no_name_of_it(vi: str, en: str, *, expected: bool) -> None:
    assert is_demonym(vi, en) is expected
    assert not (expected and is_same_name(vi, en))


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        ("Matxcơva", "Moscow", True),
        ("Mỹ", "US", True),
        ("Hoa Kỳ", "United States", True),
        ("Nga", "China", False),
        ("thủ đô Matxcơva", "Moscow", False),
        ("đàm phán", "talks", False),
    ],
)
def test_known_names_of_one_place_are_the_same(vi: str, en: str, *, expected: bool) -> None:
    assert is_same_name(vi, en) is expected
    assert not expected or name_likeness(vi, en) == 1


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        ("Ever Given", "Ever Given", True),
        ("Covid-19", "COVID 19", True),
        ("Đà Nẵng", "Da Nang", False),
        ("Moskva", "Moscow", False),
    ],
)
def test_accents_are_what_a_translator_must_know(vi: str, en: str, *, expected: bool) -> None:
    assert written_alike(vi, en) is expected


def test_likeness_is_whole_without_accents_less_when_respelt_and_none_for_others() -> None:
    assert name_likeness("Đà Nẵng", "Da Nang") == 1
    assert 0.7 <= name_likeness("Gruzia Sakashvili", "Georgia Saakashvili") < 1
    assert name_likeness("Putin", "Obama") == 0
    assert name_likeness("Ý", "IAEA") == 0


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_is_a_share_and_whole_for_equals(one: str, other: str) -> None:
    assert 0 <= name_likeness(one, other) <= 1
    assert name_likeness(one, one) == 1


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        ("Bộ trưởng Ngoại giao", "Foreign Ministry", True),
        ("Bộ Ngoại giao", "Foreign Minister", True),
        ("Bộ trưởng Ngoại giao", "Foreign Minister", False),
        ("Đại sứ quán", "embassy", False),
        ("Đại sứ", "embassy", True),
        ("Bộ Ngoại giao", "Foreign Ministry", False),
        ("Ngoại trưởng Mỹ", "US Secretary of State", False),
        ("lệnh ngừng bắn", "ceasefire", False),
    ],
)
def test_an_office_is_told_from_the_body_that_it_heads(vi: str, en: str, expected: bool) -> None:
    assert is_person_for_body(vi, en) is expected


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        ("tiền đạo Lê Hoài Nam", "striker Le Hoai Nam", True),
        ("trung vệ Lê Hoài Nam", "centre-back Le Hoai Nam", True),
        ("tiền đạo", "striker", False),
        ("tàu Ever Given", "ship Ever Given", False),
    ],
)
def test_a_trade_before_a_name_is_like_a_title_but_no_title_itself(
    vi: str, en: str, expected: bool
) -> None:
    assert is_title_and_name(vi, en) == expected
    assert kind_of(vi.split(" Lê")[0], en.split(" Le ")[0]) != "title"
