"""One name in two spellings, one word in two forms and a typing error are told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Lang
from aligner.package_data import read_toml
from aligner.terms.names.offices import place_names, place_of
from aligner.terms.names.short_forms import is_abbreviation, name_key
from aligner.terms.names.spelling import (
    is_foreign,
    is_misspelling,
    is_one_name,
    is_respelling,
    is_same_word,
    is_slip,
    is_transposed,
)

NAMES = st.sampled_from([*place_names("vi")[:40], "hội đàm", "Lavrov", "Usahkov", "bạn", "LHQ"])

SPELLINGS: list[tuple[Lang, str, str]] = [
    ("vi", "Matxcơva", "Mátxcơva"),
    ("vi", "Matxcơva", "Moskva"),
    ("vi", "Mát-xcơ-va", "Matxcơva"),
    ("vi", "Ukraina", "Ukraine"),
    ("vi", "Xtalin", "X-ta-lin"),
    ("vi", "Hồng Kông", "Hồng Công"),
    ("vi", "Liên Hợp Quốc", "Liên Hiệp Quốc"),
    ("en", "Sergei", "Sergey"),
    ("en", "Sergei Lavrov", "Sergey Lavrov"),
    ("en", "Kiev", "Kyiv"),
    ("en", "Zelensky", "Zelenskyy"),
    ("en", "Mohammed", "Muhammad"),
    ("en", "Defense Minister", "Defence Minister"),
    ("en", "programme", "program"),
    ("en", "adviser", "advisor"),
    ("en", "Viet Nam", "Vietnam"),
]
ONE_WORD: list[tuple[Lang, str, str]] = [
    ("en", "agreement", "agreements"),
    ("en", "the agreement", "agreement"),
    ("en", "United Nations", "UN"),
    ("en", "U.S.", "United States"),
    ("en", "US", "USA"),
    ("en", "Russia", "Russian"),
    ("en", "Lao", "Laos"),
    ("en", "World Trade Organization", "WTO"),
    ("en", "Secretary", "Secretary of State"),
    ("en", "Ministry of Defence", "Defence Ministry"),
    ("en", "spokesman", "spokeswoman"),
    ("en", "merger", "merging"),
    ("en", "Cuba", "Cuban"),
    ("vi", "LB Nga", "Liên bang Nga"),
    ("vi", "TP.HCM", "Thành phố Hồ Chí Minh"),
    ("vi", "LHQ", "Liên Hợp Quốc"),
    ("vi", "EU", "Liên minh châu Âu"),
    ("vi", "UBND", "Ủy ban nhân dân"),
    ("vi", "hội đàm", "cuộc hội đàm"),
    ("vi", "Kremlin", "điện Kremlin"),
    ("vi", "Bộ trưởng Ngoại giao", "Bộ trưởng Bộ Ngoại giao"),
]
TWO_WORDS: list[tuple[Lang, str, str]] = [
    ("en", "talks", "negotiations"),
    ("en", "Slovakia", "Slovenia"),
    ("en", "Russia", "Russian Federation"),
    ("en", "America", "United States"),
    ("en", "Iran", "Iraq"),
    ("vi", "Mỹ", "Hoa Kỳ"),
    ("vi", "Nga", "LB Nga"),
    ("vi", "Ngoại trưởng", "Bộ trưởng Ngoại giao"),
    ("vi", "bạn", "bán"),
    ("vi", "thưởng", "thừng"),
    ("vi", "Myanmar", "Miến Điện"),
]


@pytest.mark.parametrize(("lang", "one", "other"), SPELLINGS)
def test_two_spellings_of_one_name_are_a_respelling_and_not_one_form(
    lang: Lang, one: str, other: str
) -> None:
    assert is_respelling(one, other, lang)
    assert is_respelling(other, one, lang)


@pytest.mark.parametrize(("lang", "one", "other"), ONE_WORD)
def test_two_forms_of_one_word_are_no_respelling(lang: Lang, one: str, other: str) -> None:
    assert is_same_word(one, other, lang)
    assert is_same_word(other, one, lang)
    assert not is_one_name(one, other, lang)


@pytest.mark.parametrize(("lang", "one", "other"), TWO_WORDS)
def test_two_words_are_neither_one_form_nor_one_name(lang: Lang, one: str, other: str) -> None:
    assert not is_same_word(one, other, lang)
    assert not is_one_name(one, other, lang)


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "Washignton", "Washington"),
        ("vi", "Usahkov", "Ushakov"),
        ("vi", "Yuri Usahkov", "Yuri Ushakov"),
        ("en", "negotations", "negotiations"),
    ],
)
def test_a_slip_of_the_fingers_is_a_misspelling(lang: Lang, one: str, other: str) -> None:
    assert is_misspelling(one, other, lang)


def test_letters_in_another_order_are_a_slip_and_two_wrong_letters_are_two() -> None:
    assert is_transposed("Washignton", "Washington")
    assert not is_transposed("Moskva", "Moscow")
    assert is_slip("Washignton", "Washington")
    assert not is_slip("Vashinton", "Washington")
    assert is_slip("Vashinton", "Washington", letters=2)


def test_initials_may_stand_for_some_of_the_words() -> None:
    assert is_abbreviation("CHDCND Triều Tiên", "Cộng hòa Dân chủ Nhân dân Triều Tiên", "vi")
    assert not is_abbreviation("LB Nga", "Liên bang Đức", "vi")
    assert not is_abbreviation("Nga", "Liên bang Nga", "vi")


def test_a_word_that_no_vietnamese_syllable_spells_is_foreign() -> None:
    foreign = ["Kerry", "Matxcơva", "Lavrov", "Putin"]
    assert [word for word in [*foreign, "Nga", "Quốc", "nghiêng", "Đức"] if is_foreign(word)] == [
        "Kerry",
        "Matxcơva",
        "Lavrov",
        "Putin",
    ]


def test_the_english_adjectives_of_a_country_are_forms_of_its_first_name() -> None:
    for name, *adjectives in read_toml("terms", "offices.toml")["alike"]:
        for adjective in adjectives:
            assert is_same_word(name, adjective, "en")
            assert not is_one_name(name, adjective, "en")


@given(NAMES, NAMES)
def test_neither_question_depends_on_the_order_of_the_two(one: str, other: str) -> None:
    for ask in (is_same_word, is_respelling, is_misspelling, is_one_name):
        assert ask(one, other, "vi") == ask(other, one, "vi")


@given(NAMES)
def test_a_term_is_one_word_with_itself_and_no_other_spelling(name: str) -> None:
    assert is_same_word(name, name, "vi")
    assert not is_one_name(name, name, "vi")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_known_name_has_a_key_of_its_place(lang: Lang) -> None:
    for name in place_names(lang):
        key = name_key(name, lang)
        assert isinstance(key, tuple)
        assert key[0] == place_of(name, lang)
    assert name_key("Lavrov", lang) is None
