"""Terms are found in whatever form they stand, and other words are not taken for them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Lang
from aligner.terms.finder import Occurrence, TermFinder, outermost

VI = (
    "Nga",
    "Mỹ",
    "LB Nga",
    "Pháp",
    "Đức",
    "Ý",
    "Anh",
    "Thỏa thuận Minsk",
    "thỏa thuận",
    "đàm phán",
)
EN = ("US", "United States", "Minsk agreements", "agreement", "Secretary of State", "talk")
# Sentences of any of the terms, in any order, with words around them.
WORDS = st.lists(
    st.sampled_from([*VI, *EN, "và", "the", "Ông", "hôm nay", "ngà voi", ",", ".", "-"]), max_size=9
)


def found(terms: tuple[str, ...], lang: Lang, sentence: str) -> list[tuple[str, str]]:
    """Return the terms that are found, each with the words that stand there."""
    return [(o.term, o.surface) for o in TermFinder(terms, lang).find(sentence)]


def test_a_term_is_found_with_another_tone_place_and_case_and_inside_a_compound() -> None:
    assert found(VI, "vi", "Quan hệ Nga-Mỹ sau THOẢ THUẬN MINSK") == [
        ("Nga", "Nga"),
        ("Mỹ", "Mỹ"),
        ("Thỏa thuận Minsk", "THOẢ THUẬN MINSK"),
        ("thỏa thuận", "THOẢ THUẬN"),
    ]


def test_an_english_term_is_found_inflected_dotted_and_in_the_possessive() -> None:
    sentence = "The U.S. Secretaries of State hail the US’s Minsk-agreement talks."
    assert found(EN, "en", sentence) == [
        ("US", "U.S"),
        ("Secretary of State", "Secretaries of State"),
        ("US", "US"),
        ("Minsk agreements", "Minsk-agreement"),
        ("agreement", "agreement"),
        ("talk", "talks"),
    ]


def test_a_pronoun_is_no_country_nor_is_an_acronym_a_word() -> None:
    assert found(EN, "en", "They asked us to talk.") == [("talk", "talk")]
    assert found(VI, "vi", "Anh ấy nói.") == []


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Pháp tuyên bố rút quân.", ["Pháp"]),
        ("Pháp luật quốc tế.", []),
        ("Ý kiến của Ý.", ["Ý"]),
        ("Ngà voi và đức hạnh.", []),
        ("Ông nói: “Nga sẽ rút quân”.", ["Nga"]),
    ],
)
def test_a_name_of_one_syllable_needs_its_capital_and_a_word_by_itself(
    sentence: str, expected: list[str], form: str
) -> None:
    sentence = unicodedata.normalize(form, sentence)
    assert [term for term, _ in found(VI, "vi", sentence)] == expected


def test_terms_with_one_key_are_all_found_in_one_place() -> None:
    assert found(("talk", "talks"), "en", "Talks failed") == [("talk", "Talks"), ("talks", "Talks")]


def test_a_term_without_a_word_is_never_found() -> None:
    assert found(("", "–"), "vi", "Nga – Mỹ") == []


@given(WORDS, st.sampled_from(["vi", "en"]))
def test_every_occurrence_lies_where_it_says_in_order(words: list[str], lang: Lang) -> None:
    sentence = " ".join(words)
    occurrences = TermFinder(VI if lang == "vi" else EN, lang).find(sentence)
    assert all(sentence[o.start : o.end] == o.surface for o in occurrences)
    assert [o.start for o in occurrences] == sorted(o.start for o in occurrences)


@given(WORDS)
def test_one_finder_of_many_terms_finds_what_many_finders_of_one_find(words: list[str]) -> None:
    sentence = " ".join(words)
    one_by_one = [o for term in VI for o in TermFinder([term], "vi").find(sentence)]
    together = TermFinder(VI, "vi").find(sentence)
    assert sorted(map(repr, together)) == sorted(map(repr, one_by_one))


@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(1, 6)).map(
            lambda at: Occurrence("x", at[0], at[0] + at[1], "x")
        )
    )
)
def test_outermost_keeps_what_lies_in_no_other_and_covers_the_rest(
    occurrences: list[Occurrence],
) -> None:
    kept = outermost(occurrences)
    assert set(kept) <= set(occurrences)
    assert all(any(k.start <= o.start and o.end <= k.end for k in kept) for o in occurrences)
    for one in kept:
        inside = [k for k in kept if one.start <= k.start and k.end <= one.end]
        assert inside == [one]
