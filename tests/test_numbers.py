"""Numbers are read alike in both languages, in digits and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Lang
from aligner.text.numbers import numbers_in_digits, numbers_in_words

VI_ONES = ["", "mốt", "hai", "ba", "tư", "lăm", "sáu", "bảy", "tám", "chín"]
VI_TENS = ["", "", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
EN_ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def values(text: str, lang: Lang) -> list[float]:
    return [n.value for read in (numbers_in_digits, numbers_in_words) for n in read(text, lang)]


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        ("ba trăm người", "three hundred people", [300]),
        ("một trăm linh tư ca", "a hundred and four cases", [104]),
        ("hai trăm năm mươi nhà", "two hundred and fifty houses", [250]),
        ("chín tỷ baht", "nine billion baht", [9e9]),
        ("một triệu liều", "a million doses", [1e6]),
        ("hai trăm nghìn tấn", "two hundred thousand tonnes", [200_000]),
        ("năm nghìn tỷ đồng", "five trillion dong", [5e12]),
        ("hai mươi năm", "twenty years", [20]),
        ("mười lăm ngày", "fifteen days", [15]),
        ("hai mươi tư vụ cháy", "two dozen fires", [24]),
        ("một năm, năm người", "one year, five people", []),  # article and year in Vietnamese
        ("hai ba hôm", "two three days", [2, 3]),
        ("3,2 triệu đô la", "$3.2m", [3_200_000]),
        ("4 tỷ euro", "€ 4bn", [4e9]),
        ("cao 85 mét", "85 m high", [85]),
        ("65.000 tỷ đồng", "VND65 trillion", [65e12]),
        ("70 triệu nhân dân tệ", "RMB70m", [70e6]),
        ("5 triệu đô la", "AUD 5m", [5e6]),
        ("máy bay F16 và MIG29", "F16 and MIG29 planes", []),
        ("hai phần năm cử tri", "two-fifths of voters", [0.4]),
        ("một phần tư số phiếu", "a quarter of the votes", [0.25]),
        ("một phần tư số phiếu", "one in four votes", [0.25]),
        ("hai phần trăm", "two percent", [2]),
        ("một nghìn rưỡi tấn", "1,500 tonnes", [1500]),
        ("2 tỷ rưỡi đồng", "2.5 billion dong", [2.5e9]),
    ],
)
def test_both_languages_give_the_same_numbers(vi: str, en: str, expected: list[float]) -> None:
    assert values(vi, "vi") == values(en, "en") == expected


@given(st.integers(21, 99).filter(lambda n: n % 10))
def test_tens_and_ones_are_one_number_in_words(number: int) -> None:
    tens, ones = divmod(number, 10)
    assert values(f"{VI_TENS[tens]} mươi {VI_ONES[ones]}", "vi") == [number]
    assert values(f"{EN_TENS[tens - 2]}-{EN_ONES[ones]}", "en") == [number]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("30,000 học sinh", "vi", [30_000]),
        ("1,234 điểm", "vi", [1.234]),
        ("0,500 lít", "vi", [0.5]),
        ("1.500 metres", "en", [1.5]),
        ("tăng 1,09ºC", "vi", [1.09]),
        ("450kg, 45km/h", "en", [450, 45]),
        ("5G, 1st, F16, 3D", "en", []),
    ],
)
def test_a_figure_is_read_by_the_signs_and_units_of_its_language(
    text: str, lang: Lang, expected: list[float]
) -> None:
    assert values(text, lang) == expected


def test_metres_written_close_are_no_millions() -> None:
    assert values("an 85m tower", "en") == []


@given(st.text("aăhi mươitrămtỷ twonedz.,-$m1 "), st.sampled_from(["vi", "en"]))
def test_every_number_stands_somewhere_in_the_text(text: str, lang: Lang) -> None:
    for read in (numbers_in_digits, numbers_in_words):
        for number in read(text, lang):
            assert 0 <= number.start < number.end <= len(text)
            assert number.value >= 0
