"""What every Embedder must do; a test class inherits it and says which one is the subject."""

from __future__ import annotations

import sys
import unicodedata

import numpy as np
import pytest

from aligner.vectors import Embedder

SENTENCES = [
    "Hai bộ trưởng hôm thứ Hai đồng ý mở lại cửa khẩu phía bắc.",
    "The two ministers agreed on Monday to reopen the northern crossing.",
    "Giá gạo tăng.",
    "Rice prices rose for the third week in a row, the trade association said in its report.",
]


def _one_of_each_category() -> list[str]:
    """Return a text for each Unicode category but the surrogates (Cs), with its first character."""
    first: dict[str, str] = {}
    for code in range(sys.maxunicode + 1):
        first.setdefault(unicodedata.category(chr(code)), chr(code))
    return [f"giá {char} price" for category, char in sorted(first.items()) if category != "Cs"]


ODD_TEXTS = [
    "",
    " ",
    "\0",
    "before\0after",
    "\u0301",
    "\u200b\ufeff",
    "\U0010ffff",
    "🇻🇳👩‍👩‍👧",
    "line\nline\r\n\tline",
    *_one_of_each_category(),
]


class EmbedderContract:
    """The tests; `subject` is overridden."""

    @pytest.fixture
    def subject(self) -> Embedder:
        raise NotImplementedError

    def test_rows_come_in_the_order_of_the_texts(self, subject: Embedder) -> None:
        rows = subject.encode(SENTENCES)
        assert rows.shape == (len(SENTENCES), subject.dim)
        assert rows.dtype == np.float32
        np.testing.assert_allclose(subject.encode(SENTENCES[::-1]), rows[::-1], atol=1e-5)
        # Unless the rows of different texts differ, the order says nothing.
        assert np.abs(rows[:, None] - rows[None]).max(axis=2)[~np.eye(4, dtype=bool)].min() > 1e-3

    def test_a_text_has_the_same_row_alone_and_among_others(self, subject: Embedder) -> None:
        rows = subject.encode(SENTENCES)
        for text, row in zip(SENTENCES, rows, strict=True):
            np.testing.assert_allclose(subject.encode([text])[0], row, atol=1e-5)

    def test_a_text_given_twice_has_its_row_twice(self, subject: Embedder) -> None:
        a, _, b = subject.encode([SENTENCES[0], SENTENCES[1], SENTENCES[0]])
        np.testing.assert_allclose(a, b, atol=1e-5)

    def test_the_same_call_gives_the_same_bytes(self, subject: Embedder) -> None:
        assert subject.encode(SENTENCES).tobytes() == subject.encode(SENTENCES).tobytes()

    def test_rows_have_length_one(self, subject: Embedder) -> None:
        lengths = np.linalg.norm(subject.encode(SENTENCES), axis=1)
        np.testing.assert_allclose(lengths, 1.0, atol=1e-5)

    def test_no_texts_give_no_rows(self, subject: Embedder) -> None:
        rows = subject.encode([])
        assert rows.shape == (0, subject.dim)
        assert rows.dtype == np.float32

    def test_any_text_has_a_unit_row(self, subject: Embedder) -> None:
        rows = subject.encode(ODD_TEXTS)
        assert rows.shape == (len(ODD_TEXTS), subject.dim)
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)

    @pytest.mark.parametrize("text", ["x" * 100_000, "từ " * 20_000])
    def test_a_very_long_text_has_a_unit_row(self, subject: Embedder, text: str) -> None:
        assert np.linalg.norm(subject.encode([text])[0]) == pytest.approx(1.0, abs=1e-5)

    def test_a_text_with_a_lone_surrogate_has_a_unit_row(self, subject: Embedder) -> None:
        rows = subject.encode(["giá \ud800 price", "\udfff"])
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
