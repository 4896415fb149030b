"""Two sentences that count one thing differently contradict each other."""

from __future__ import annotations

import numpy as np
import pytest

from aligner.alignment.numbers import contrary_figures, shared_numbers
from aligner.alignment.side import Side
from aligner.model import Lang
from aligner.text.marks import find_marks


def side(text: str, lang: Lang) -> Side:
    """Return one sentence of which only the words are known."""
    one, vectors = np.ones(1, dtype=np.float32), np.ones((1, 4), dtype=np.float32)
    return Side([text], vectors, one, one, [find_marks(text, lang)], lambda _: vectors)


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        ("Cần 50.000 kỹ sư.", "It trained 6,000 engineers.", 1),
        ("Cần 50.000 kỹ sư.", "It needs 50,000 engineers, 6,000 engineers a year.", 0),
        ("Cần 6.012 kỹ sư.", "It needs some 6,000 engineers.", 0),  # newsrooms round
        ("Cần 50.000 kỹ sư.", "It costs $3m.", 0),  # of another kind
        ("Tăng 8%.", "It rose 76 per cent.", 1),
        ("Tăng 8 phần trăm.", "It rose 76%.", 1),
        ("Tăng 8%.", "It rose to 76.", 0),
        ("Chi 3 triệu USD.", "It cost $4m.", 1),
        ("Chi 3 triệu USD.", "It cost $3m.", 0),
        ("Ngày 3/2, 50 kỹ sư tới.", "On 4 March 50 engineers came.", 0),
        ("Không có số nào.", "No figure at all.", 0),
    ],
)
def test_figures_of_one_kind_agree_or_contradict(vi: str, en: str, expected: int) -> None:
    assert contrary_figures(side(vi, "vi"), side(en, "en")).item() == expected


@pytest.mark.parametrize(
    ("vi", "en", "expected"),
    [
        ("Sau hai tháng, tòa xử.", "The trial began two weeks later.", 0),
        ("Sau hai tháng, tòa xử.", "The trial began two months later.", 1),
        ("Có 138 người trên phà.", "The 138 aboard were tourists.", 1),  # a rare number
        ("Có 138 người, 2 tàu.", "It had 138 people and 2 boats.", 2),
        ("Có 138 người, 138 ghế.", "It had 138 people and 138 seats.", 1),
        ("Có 138 người trên phà.", "It had 139 people aboard.", 0),
    ],
)
def test_small_numbers_are_shared_where_they_count_one_thing(
    vi: str, en: str, expected: int
) -> None:
    weights = dict.fromkeys(find_marks(vi, "vi"), 1.0)
    assert shared_numbers(side(vi, "vi"), side(en, "en"), weights).item() == expected
