"""Sentences point back into the article's own text, however that was written."""

from __future__ import annotations

import textwrap
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aligner.model import Article, Document, Lang
from aligner.text.document import segment, segment_lines
from aligner.text.normalise import tidy

HEADLINE = "Hai bộ trưởng đồng ý mở lại cửa khẩu"
FIRST = "Hai bộ trưởng hôm thứ Hai đồng ý mở lại cửa khẩu phía bắc trong vòng một tháng tới."
SECOND = "Xe tải phải chờ ở cả hai bên kể từ khi nước sông tràn vào bãi hải quan hồi tháng Tư."
THIRD = "Giới buôn bán hoan nghênh quyết định này nhưng đề nghị kéo dài giờ mở cửa vào mùa vụ."
TITLE_EN = "Ministers agree to reopen the border crossing"
FIRST_EN = "The two ministers agreed on Monday to reopen the northern crossing within a month."
SECOND_EN = "Trucks have been waiting on both sides since the river flooded the yard in April."


def _article(text: str, lang: Lang = "vi") -> Article:
    return Article("a.txt", lang, text)


def _assert_points_back(document: Document) -> None:
    text = document.article.text
    spans = [(s.start, s.end) for s in document.sentences]
    assert [tidy(text[a:b]) for a, b in spans] == document.texts
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    assert [tidy(text[line.start : line.end]) for line in document.dropped] == [
        line.text for line in document.dropped
    ]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("blank", [" ", "\u00a0", "  ", "\u200b \t"])
def test_each_way_of_writing_gives_the_same_sentences(form: str, newline: str, blank: str) -> None:
    text = newline.join(["Xem thêm", "", HEADLINE, "", f"{FIRST} {SECOND}", "", THIRD, ""])
    written = unicodedata.normalize(form, text.replace(" ", blank))  # type: ignore[arg-type]
    document = segment(_article(written))
    assert document.texts == [HEADLINE, FIRST, SECOND, THIRD]
    assert [(line.text, line.reason) for line in document.dropped] == [("Xem thêm", "navigation")]
    _assert_points_back(document)


def test_offsets_of_nfc_text_slice_out_the_very_sentence() -> None:
    text = f"{HEADLINE}\n\n{FIRST} {SECOND}"
    assert [text[s.start : s.end] for s in segment(_article(text)).sentences] == [
        HEADLINE,
        FIRST,
        SECOND,
    ]


@pytest.mark.parametrize("width", [50, 70, 100])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_text_broken_at_a_width_is_joined_and_the_headline_stays_alone(
    width: int, gap: str
) -> None:
    body = gap.join(textwrap.fill(f"{a} {b}", width) for a, b in [(FIRST, SECOND), (THIRD, FIRST)])
    document = segment(_article(f"{HEADLINE}{gap}{body}"))
    assert document.texts == [HEADLINE, FIRST, SECOND, THIRD, FIRST]
    _assert_points_back(document)


@pytest.mark.parametrize("width", [60, 72])
def test_wrapped_english_is_joined_too(width: int) -> None:
    body = textwrap.fill(f"{FIRST_EN} {SECOND_EN}", width)
    document = segment(_article(f"{TITLE_EN}\n{body}", "en"))
    assert document.texts == [TITLE_EN, FIRST_EN, SECOND_EN]


def test_a_headline_as_wide_as_the_wrapped_text_is_not_joined() -> None:
    headline = "Ministers of both countries agree to reopen the border"
    body = textwrap.fill(f"{FIRST_EN} {SECOND_EN}", 56)
    assert segment(_article(f"{headline}\n{body}", "en")).texts[0] == headline


def test_one_paragraph_a_line_without_blank_lines_is_not_joined() -> None:
    lines = [TITLE_EN, "Northern crossing", FIRST_EN, SECOND_EN, "no end of the wait in sight"]
    assert segment(_article("\n".join(lines), "en")).texts == lines


def test_list_items_of_wrapped_text_stay_apart() -> None:
    body = textwrap.fill(f"{FIRST_EN} {SECOND_EN}", 60)
    items = ["- Opening hours from six in the morning to eight at night", "- Customs on both sides"]
    document = segment(_article("\n".join([TITLE_EN, "", body, *items]), "en"))
    assert document.texts[-2:] == items


def test_lines_without_letter_or_digit_are_no_sentences() -> None:
    assert segment(_article(f"{HEADLINE}\n\n* * *\n\n{FIRST}\n\n—\n")).texts == [HEADLINE, FIRST]


@pytest.mark.parametrize("text", ["", "\n\n", " \u200b\r\n"])
def test_nothing_to_see_gives_no_sentences(text: str) -> None:
    assert segment(_article(text)).sentences == ()
    assert segment_lines(_article(text)).sentences == ()


def test_segment_lines_takes_every_line_as_it_is() -> None:
    document = segment_lines(_article(f"Xem thêm\r\n\r\n{FIRST} {SECOND}\r\n  ***\r\n"))
    assert document.texts == ["Xem thêm", f"{FIRST} {SECOND}", "***"]
    assert document.dropped == ()
    _assert_points_back(document)


PIECES = st.sampled_from(
    [HEADLINE, FIRST, SECOND_EN, "Xem thêm", "Ông nói: “Đi đâu?”", "* * *", "e\u0301", "\u0301"]
)
GAPS = st.sampled_from([" ", "\n", "\n\n", "\r\n", "\u00a0", "\u200b", "\t", "\u2028", "\ufeff"])


@given(st.lists(st.tuples(GAPS, PIECES)), st.sampled_from(["NFC", "NFD"]))
def test_every_sentence_of_any_text_points_back(parts: list[tuple[str, str]], form: str) -> None:
    text = unicodedata.normalize(form, "".join(gap + piece for gap, piece in parts))  # type: ignore[arg-type]
    for lang in ("vi", "en"):
        _assert_points_back(segment(_article(text, lang)))  # type: ignore[arg-type]
    _assert_points_back(segment_lines(_article(text)))


@given(st.text())
@example("©0\r1")
def test_no_letter_of_any_text_is_lost(text: str) -> None:
    document = segment(_article(text))
    _assert_points_back(document)
    parts = sorted([*document.sentences, *document.dropped], key=lambda part: part.start)
    kept = "".join(part.text for part in parts)
    assert [c for c in kept if c.isalnum()] == [c for c in tidy(text) if c.isalnum()]
