"""What both languages write alike, however each spells it, is one and the same mark."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.model import Lang
from aligner.text.marks import Mark, find_marks

LANGS = st.sampled_from(["vi", "en"])
# Words of the patterns, digits and signs in any order reach further than letters at random.
PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "ngày",
                "tháng",
                "năm",
                "thứ",
                "Hai",
                "chủ",
                "nhật",
                "mười",
                "hai",
                "triệu",
                "nghìn",
                "tỷ",
                "Nga",
                "Mỹ",
                "U.S.",
                "Oct.",
                "October",
                "May",
                "12",
                "12/10",
                "30-4",
                "1.5",
                "1,5",
                "1.234,5",
                "million",
                "st",
                "th",
                "Kerry's",
                "O’Neil",
                "/",
                "-",
                ".",
                ",",
                "%",
                "(",
                ")",
            ]
        ),
        st.text(max_size=3),
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("vi", "en", "mark"),
    [
        # numbers
        ("1,5 triệu người", "1.5 million people", ("number", "1500000")),
        ("1.200 người", "1,200 people", ("number", "1200")),
        ("1.234.567 đồng", "1,234,567 dong", ("number", "1234567")),
        ("1,234,567 đồng", "1.234.567 dong", ("number", "1234567")),  # the other's sign
        ("1.234,5 mét", "1,234.5 metres", ("number", "1234.5")),
        ("3.000 tỷ đồng", "3 trillion dong", ("number", "3e+12")),
        ("2 nghìn tỷ đồng", "2 trillion dong", ("number", "2e+12")),
        ("100 tỉ đồng", "100bn dong", ("number", "100000000000")),
        ("50 nghìn lính", "50,000 troops", ("number", "50000")),
        ("50 ngàn lính", "50 thousand troops", ("number", "50000")),
        ("mười hai người", "twelve people", ("number", "12")),
        ("Ba mươi ngôi nhà", "Thirty houses", ("number", "30")),
        ("hồi tháng 10", "since October", ("month", "10")),
        ("vào tháng 5", "in May", ("month", "5")),
        ("26 vạn dân", "260,000 people", ("number", "260000")),
        ("1.5 tỷ USD", "$1.5 billion", ("number", "1500000000")),
        ("tăng 9,5%", "up 9.5%", ("number", "9.5")),
        ("0,5 điểm", "0.5 points", ("number", "0.5")),
        ("20% dân số", "20 percent of the population", ("number", "20")),
        ("năm 2014", "in 2014", ("number", "2014")),
        ("ba máy bay", "three planes", ("number", "3")),
        ("bảy người", "Seven people", ("number", "7")),
        ("quãng 5-15 km", "some 5-15 km", ("number", "15")),
        # dates
        ("ngày 12/10", "on October 12", ("date", "10-12")),
        ("ngày 12-10", "on Oct. 12", ("date", "10-12")),
        ("ngày 12/10/2014", "on October 12, 2014", ("date", "10-12")),
        ("ngày 12 tháng 10 năm 2014", "12 October 2014", ("date", "10-12")),
        ("ngày 12 tháng 10, 2014", "October 12th, 2014", ("date", "10-12")),
        ("12 tháng Mười", "the 12th October session", ("date", "10-12")),
        ("(1/5)", "May 1", ("date", "05-01")),
        ("sáng 3/2", "February 3rd", ("date", "02-03")),
        ("31/12", "Dec 31", ("date", "12-31")),
        ("tháng 10/2014", "in October 2014", ("month", "10")),
        ("tháng 10 năm 2014", "in October 2014", ("month", "10")),
        ("tháng Mười Hai năm 2014", "December 2014", ("month", "12")),
        ("tháng giêng 2015", "Jan 2015", ("month", "1")),
        ("thứ Ba", "Tuesday", ("weekday", "2")),
        ("hôm thứ bảy", "on Saturday", ("weekday", "6")),
        ("Chủ nhật", "SUNDAY", ("weekday", "7")),
        # names
        ("ở Matxcơva", "in Moscow", ("name", "moscow")),
        ("ở Mát-xcơ-va", "MOSCOW said", ("name", "moscow")),
        ("Liên Hợp Quốc", "the UN", ("name", "united nations")),
        ("LHQ", "United Nations", ("name", "united nations")),
        ("Mỹ và Nga", "the U.S. and Russia", ("name", "united states")),
        ("Mỹ và Nga", "American and Russian", ("name", "russia")),
        ("Ba Lan", "Poland", ("name", "poland")),
        ("Ấn Độ Dương", "the Indian Ocean", ("name", "indian ocean")),
        ("Biển Đông", "the South China Sea", ("name", "south china sea")),
        ("TP.HCM", "Ho Chi Minh City", ("name", "ho chi minh city")),
        ("Lầu Năm Góc", "the Pentagon", ("name", "pentagon")),
        ("Triều Tiên", "North Korea", ("name", "north korea")),
        ("ông Kerry nói", "Kerry's speech", ("name", "kerry")),
        ("ông Kerry nói", "Kerry’s speech", ("name", "kerry")),
        ("Đà Nẵng", "Da Nang", ("name", "nang")),
        ("Điện Biên Phủ", "Dien Bien Phu", ("name", "dien")),
        ("Trần Minh Khuê", "Tran Minh Khue", ("name", "khue")),
        ("Düsseldorf", "Dusseldorf", ("name", "dusseldorf")),
    ],
)
def test_both_languages_give_the_same_mark(vi: str, en: str, mark: Mark) -> None:
    assert mark in find_marks(vi, "vi")
    assert mark in find_marks(en, "en")


@pytest.mark.parametrize(
    ("vi", "en"),
    [
        ("1,5 triệu", "1.5 billion"),
        ("1.500 người", "1.500 metres"),
        ("ngày 12/10", "December 10"),
        ("ngày 12/10", "October 2012"),
        ("thứ Ba", "three"),
        ("thứ Hai", "Wednesday"),
        ("Ba Lan", "three"),
        ("tháng Ba", "three"),
        ("năm người", "five"),
        ("Ấn Độ Dương", "India"),
        ("Lầu Năm Góc", "five"),
        ("Hàn Quốc", "North Korea"),
        ("Bắc Triều Tiên", "South Korea"),
        ("Ông nói", "He said"),
        ("một người", "one person"),
        ("50 tỉnh", "50 billion"),
        ("5 triệu phú", "5 thousand"),
        ("tháng 13", "January 3"),
        ("45/10", "October 4"),
        ("A12 và B52", "12 and 52"),
        ("Theo ông", "The Org"),
    ],
)
def test_different_things_share_no_mark(vi: str, en: str) -> None:
    assert not find_marks(vi, "vi").keys() & find_marks(en, "en").keys()


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Hôm thứ Ba, Nga mất 1,5 triệu.", "vi", ["thứ Ba", "1,5 triệu", "Nga"]),
        ("Bộ trưởng Bộ Ngoại giao", "vi", []),
        ("The President said that he would", "en", []),
        ("Kerry's visit, and Kerry again", "en", ["Kerry"]),
        ("", "en", []),
    ],
)
def test_a_mark_comes_with_the_words_it_was_read_from(
    text: str, lang: Lang, expected: list[str]
) -> None:
    assert list(find_marks(text, lang).values()) == expected


def test_no_word_is_read_twice() -> None:
    assert find_marks("Ngày 12 tháng 10 năm 2014", "vi") == {
        ("date", "10-12"): "12 tháng 10 năm 2014"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đội nhà thắng 4-3 chung cuộc", {("number", "4"), ("number", "3")}),
        ("từ 12-10 đến 15-10", {("date", "10-12"), ("date", "10-15")}),
        ("12-10-2014", {("date", "10-12")}),
    ],
)
def test_a_score_is_no_date(text: str, expected: set[Mark]) -> None:
    assert {mark for mark in find_marks(text, "vi") if mark[0] in ("date", "number")} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thủ tướng Đức Olaf Scholz", True),
        ("Nước Đức và Pháp", True),
        ("Ở Đức", True),
        ("trung vệ Lương Minh Đức", False),
        ("hậu vệ Nguyễn Đức Tài", False),
    ],
)
def test_a_country_in_the_name_of_a_person_is_none(text: str, expected: bool) -> None:
    assert (("name", "germany") in find_marks(text, "vi")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Anh Nam kể", False), ("Anh, Pháp", True), ("Anh rời EU", True), ("Anh Quốc", True)],
)
def test_anh_before_a_name_is_mr_and_not_britain(text: str, expected: bool) -> None:
    assert (("name", "britain") in find_marks(text, "vi")) == expected


def test_a_syllable_of_a_transliterated_name_is_no_number() -> None:
    assert not any(kind == "number" for kind, _ in find_marks("ở Ba-cu", "vi"))


@settings(deadline=None)
@given(PIECES, st.sampled_from(["", " ", ". "]), LANGS)
def test_the_words_of_every_mark_stand_in_the_text(
    pieces: list[str], between: str, lang: Lang
) -> None:
    text = unicodedata.normalize("NFC", between.join(pieces))
    for (kind, value), words in find_marks(text, lang).items():
        assert words
        assert words in text
        assert kind in {"date", "month", "weekday", "number", "name"}
        assert value


@pytest.mark.parametrize(
    ("text", "lang"), [("Frıday", "en"), ("FRİDAY", "en"), ("thứ haı", "vi"), ("THỨ HAİ", "vi")]
)
def test_a_weekday_with_a_turkish_i_raises_nothing(text: str, lang: Lang) -> None:
    assert "weekday" not in {kind for kind, _ in find_marks(text, lang)}


def test_a_figure_too_long_for_a_number_is_no_mark() -> None:
    assert find_marks("9" * 400, "en") == {}


@pytest.mark.parametrize("text", ["Liên Hợp Quốc", "Liên Hợp quốc", "Liên hiệp quốc"])
def test_every_spelling_of_the_united_nations_is_one_name(text: str) -> None:
    assert list(find_marks(text, "vi")) == [("name", "united nations")]
