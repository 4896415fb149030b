"""The language is known from the words alone, short, mixed or typed without accents."""

from __future__ import annotations

import time
import unicodedata

import pytest

from aligner.text.language import UNKNOWN, detect_language, language_name

VI = "Hai bên nhất trí nối lại các cuộc đàm phán về thương mại vào tuần tới tại Hà Nội."
EN = "Both sides agreed to resume the trade talks next week in Hanoi, officials said."


@pytest.mark.parametrize(
    "text",
    [
        VI,
        "Putin gặp Kerry ở Sochi",
        "Tổng thống Emmanuel Macron, Angela Merkel, Joe Biden",
        "Joe Biden thăm Kiev",
        "Trời đang mưa to.",
        "HÀ NỘI MƯA LỚN",
        "Phạm Minh Chính",
        "Ngoai truong My hom nay da den Ha Noi de hoi dam voi nguoi dong cap.",
    ],
)
def test_vietnamese_is_recognised(text: str) -> None:
    assert detect_language(text) == "vi"
    assert detect_language(unicodedata.normalize("NFD", text)) == "vi"


@pytest.mark.parametrize(
    "text",
    [
        EN,
        "Putin meets Kerry in Sochi",
        "Nguyễn Xuân Phúc meets Trần Đại Quang",
        "Phạm Minh Chính and Tô Lâm met in Hà Nội on Tuesday, the Đà Nẵng port authority said.",
        "Macron, Merkel and Erdoğan discuss Côte d'Ivoire",
        "Breaking news",
        "US-CHINA TRADE WAR",
    ],
)
def test_english_is_recognised_also_among_foreign_names(text: str) -> None:
    assert detect_language(text) == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Le président français a rencontré la chancelière allemande mardi à Berlin.", "fr"),
        ("Die Kanzlerin traf am Dienstag den russischen Präsidenten in Sotschi.", "de"),
        ("El presidente se reunió el martes con el canciller ruso en Moscú.", "es"),
        ("Президент России встретился с государственным секретарём США.", "ru"),
        ("中国外交部发言人星期二在北京举行记者会。", "zh"),
        ("Presiden mengatakan bahwa pertemuan itu akan dilanjutkan minggu depan.", "id"),
    ],
)
def test_a_third_language_has_its_own_code(text: str, code: str) -> None:
    assert detect_language(text) == code


@pytest.mark.parametrize("text", ["", "  \n", "12/05/2015 — 14:30", "***"])
def test_no_words_means_undetermined(text: str) -> None:
    assert detect_language(text) == UNKNOWN


@pytest.mark.parametrize(("vi", "en", "expected"), [(3, 1, "vi"), (1, 3, "en")])
def test_a_mixed_page_belongs_to_the_larger_part(vi: int, en: int, expected: str) -> None:
    assert detect_language("\n".join([VI] * vi + [EN] * en)) == expected
    assert detect_language(" ".join([EN] * (en * 20) + [VI] * (vi * 20))) == expected


def test_five_megabytes_on_one_line_take_no_time() -> None:
    started = time.process_time()
    assert detect_language(f"{VI} " * 60_000) == "vi"
    assert time.process_time() - started < 2.0


def test_languages_are_called_by_their_names() -> None:
    assert (language_name("fr"), language_name("xx")) == ("French (fr)", "language code xx")
