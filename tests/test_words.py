"""All forms of one word meet under one key, and every word lies where it says."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Lang
from aligner.text.words import (
    english_forms,
    english_key,
    split_parts,
    split_words,
    term_key,
    term_words,
    vietnamese_key,
)

LANGS = st.sampled_from(["vi", "en"])
# Letters, accents, signs and blanks that meet in news, in any order.
TEXTS = st.text(
    st.sampled_from("aăâđeêoôơuưyỷỹAĐMTUS\u0300\u0309\u0323 .,-/'’&“”19\n"), max_size=40
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("agreement", "agreements"),
        ("crisis", "crises"),
        ("Secretary of State", "secretaries of state"),
        ("working group", "Working-Groups"),
        ("US", "U.S."),
        ("NGO", "NGOs"),
        ("NATO", "Nato"),
        ("President", "president’s"),
        ("Cote d'Ivoire", "Cote d’Ivoire"),
        # In no lexicon:
        ("aftershock", "aftershocks"),
        ("stablecoin", "stablecoins"),
        ("rotavirus", "rotaviruses"),
        ("cryptocurrency", "cryptocurrencies"),
    ],
)
def test_the_forms_of_an_english_term_have_one_key(one: str, other: str) -> None:
    assert term_key(one, "en") == term_key(other, "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [("US", "us"), ("WHO", "who"), ("IT", "it"), ("AIDS", "aids"), ("talks", "negotiations")],
)
def test_an_acronym_is_not_the_word_it_looks_like(one: str, other: str) -> None:
    assert term_key(one, "en") != term_key(other, "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa bình", "hoà bình"),
        ("thỏa thuận", "THOẢ THUẬN"),
        ("quỹ", "quĩ"),
        ("Mỹ", "Mĩ"),
        ("Thụy Sĩ", "Thuỵ Sĩ"),
        ("Nga-Mỹ", "Nga Mỹ"),
    ],
)
def test_vietnamese_spellings_that_sound_alike_have_one_key(one: str, other: str) -> None:
    assert term_key(one, "vi") == term_key(other, "vi")


@pytest.mark.parametrize(("one", "other"), [("Nga", "ngà"), ("tai", "tay"), ("dao", "đạo")])
def test_vietnamese_words_that_differ_in_an_accent_or_a_letter_stay_apart(
    one: str, other: str
) -> None:
    assert vietnamese_key(one) != vietnamese_key(other)


@given(TEXTS, LANGS)
def test_every_word_lies_where_it_says(text: str, lang: Lang) -> None:
    for words in (split_words(text, lang), split_parts(text, lang)):
        assert all(text[word.start : word.end] == word.text for word in words)
        ends = [0, *(word.end for word in words)]
        assert all(end <= word.start for end, word in zip(ends, words, strict=False))


@given(TEXTS, LANGS)
def test_decomposed_letters_change_no_key(text: str, lang: Lang) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert term_key(composed, lang) == term_key(decomposed, lang)


@given(TEXTS)
def test_case_changes_no_vietnamese_key(text: str) -> None:
    assert term_key(text.upper(), "vi") == term_key(text.lower(), "vi")


def test_the_words_of_a_term_are_its_parts() -> None:
    assert term_words("Nga-Mỹ", "vi") == tuple(split_parts("Nga-Mỹ", "vi"))


def test_a_headline_in_capitals_is_read_as_words() -> None:
    keys = [word.key for word in split_words("WTO TALKS FAIL IN THE US", "en")]
    assert keys == ["WTO", "talk", "fail", "in", "the", "US"]


def test_a_compound_is_one_word_of_two_parts() -> None:
    text = "quan hệ Nga-Mỹ"
    assert [word.text for word in split_words(text, "vi")] == ["quan", "hệ", "Nga-Mỹ"]
    assert [word.text for word in split_parts(text, "vi")] == ["quan", "hệ", "Nga", "Mỹ"]


def test_a_possessive_ending_is_no_part_of_the_word() -> None:
    (word, _) = split_words("Russia’s talks", "en")
    assert (word.text, word.end, word.key) == ("Russia", 6, "russia")


def test_the_forms_of_a_word_are_named_by_class_and_an_unknown_word_has_none() -> None:
    assert english_forms("talks") == {"NOUN": "talk", "VERB": "talk"}
    assert english_forms("lavrovian") == {}
    assert english_key("Lavrovian") == "lavrovian"
