"""Tidying keeps the spelling and never loses the way back to the original text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.characters import MOST_MARKS
from aligner.text.normalise import fold, nfc_with_offsets, tidy, tidy_with_offsets, visible_span

# Letters, marks, blanks and invisible characters that really meet in pasted text.
PASTED = st.text(
    st.one_of(
        st.sampled_from("aăơêưđ \t\r\n\xa0\u2003\u200b\u200d\ufeff\xad\u202a\x00\x1f“”\"'"),
        st.sampled_from("\u0301\u0300\u0309\u0303\u0323\u0302\u031b"),
        st.characters(exclude_categories=["Cs"]),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Hà Nội \t\r\n  hôm\u00a0nay ", "Hà Nội hôm nay"),
        ("line\u2028separator\u0085next", "line separator next"),
        ("\ufeffzero\u200bwidth soft\u00adhyphen", "zerowidth softhyphen"),
        ("\u202bbidi\u202c \u200emarks\u200f", "bidi marks"),
        ("bell\x07 and \x00null\x1f", "bell and null"),
        ("blank \u200b \u200b blank", "blank blank"),
        (unicodedata.normalize("NFD", "Tiếng Việt"), "Tiếng Việt"),
        ("e\u200b\u0301", "é"),
        ("ceaseﬁre oﬀer, ﬂoods and oﬃcials", "ceasefire offer, floods and officials"),
        ("— " + "—" * 40, "— " + "—" * 40),
        ("\u200b \n\u00a0", ""),
        ("", ""),
    ],
)
def test_blanks_become_one_and_the_invisible_goes(text: str, expected: str) -> None:
    assert tidy(text) == expected


@pytest.mark.parametrize(
    "text", ["“curly” ‘quotes’", "\"straight\" 'quotes'", "hòa và hoà", "a – b — c…"]
)
def test_quotes_dashes_and_tone_placement_stay_as_written(text: str) -> None:
    assert tidy(text) == text


@given(PASTED)
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(PASTED)
def test_offsets_come_with_exactly_the_tidy_text(text: str) -> None:
    tidied, offsets = tidy_with_offsets(text)
    assert tidied == tidy(text)
    assert len(offsets) == len(tidied) + 1
    assert list(offsets) == sorted(offsets)
    assert (offsets[0], offsets[-1]) == visible_span(text)


@given(PASTED)
def test_nfc_offsets_rise_from_the_first_to_the_last_character(text: str) -> None:
    composed, offsets = nfc_with_offsets(text)
    assert composed == unicodedata.normalize("NFC", text)
    assert len(offsets) == len(composed) + 1
    assert list(offsets) == sorted(offsets)
    assert (offsets[0], offsets[-1]) == (0, len(text))


@given(
    st.lists(st.sampled_from(["Chuyến", "thăm", "của", "ông", "Kerry", "Sochi"]), min_size=1),
    st.data(),
)
def test_every_word_of_a_decomposed_text_is_found_in_the_original(
    words: list[str], data: st.DataObject
) -> None:
    blanks = st.sampled_from([" ", "\r\n", "\u00a0", " \u200b ", "\t"])
    original = "".join(data.draw(blanks) + unicodedata.normalize("NFD", word) for word in words)
    tidied, offsets = tidy_with_offsets(original)
    place = 0
    for word in words:
        start = tidied.index(word, place)
        place = start + len(word)
        assert unicodedata.normalize("NFC", original[offsets[start] : offsets[place]]) == word


def test_a_text_in_nfc_is_its_own_map() -> None:
    assert nfc_with_offsets("Sochi") == ("Sochi", range(6))


def test_hangul_letters_compose_with_their_offsets() -> None:
    composed, offsets = nfc_with_offsets("\u1112\u1161\u11ab a")
    assert (composed, list(offsets)) == ("한 a", [0, 3, 4, 5])


def test_marks_without_end_on_one_letter_are_cut_off_and_take_no_time() -> None:
    zalgo = "z" + "\u0301\u0323" * 500_000 + "algo"
    tidied, offsets = tidy_with_offsets(zalgo)
    assert tidied == tidy(zalgo)
    assert len(tidied) == 5 + MOST_MARKS - 1  # ẓ is a letter of its own
    assert zalgo[offsets[tidied.index("a")] :] == "algo"


def test_nothing_visible_has_an_empty_span() -> None:
    assert visible_span(" \u200b\n") == (0, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Đà Nẵng", "da nang"), ("ĐIỆN", "dien"), ("Straße", "strasse"), ("Zürich", "zurich")],
)
def test_folding_leaves_small_letters_without_accents(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
