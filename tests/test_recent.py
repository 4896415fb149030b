"""Tokens of the last texts: what is held is not read again, and only so much is held."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.embed import recent
from aligner.embed.recent import RecentTokens
from aligner.vectors import TokenRows


class Reader:
    """Reads a text as its letters, and writes down what was read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, texts: Sequence[str]) -> list[TokenRows]:
        self.read += texts
        return [self.tokens(text) for text in texts]

    @staticmethod
    def tokens(text: str) -> TokenRows:
        places = np.arange(len(text))
        rows = np.array([[ord(letter)] for letter in text], dtype=np.float32).reshape(-1, 1)
        return TokenRows(rows, places, places + 1)


@pytest.fixture
def room_for_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "TOKENS", 10)


@given(st.lists(st.lists(st.text("abc", max_size=4), max_size=6), max_size=6))
def test_every_text_gets_its_tokens_in_order(asked: list[list[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recent, "TOKENS", 5)
        tokens = RecentTokens(Reader())
        for texts in asked:
            found = ["".join(chr(int(n)) for n in one.rows.ravel()) for one in tokens(texts)]
            assert found == texts


def test_a_text_that_is_held_is_not_read_again() -> None:
    reader = Reader()
    tokens = RecentTokens(reader)
    tokens(["giá", "gạo", "giá"])
    tokens(["gạo", "muối"])
    assert reader.read == ["giá", "gạo", "muối"]


@pytest.mark.usefixtures("room_for_ten")
def test_what_was_not_asked_for_longest_goes_first() -> None:
    reader = Reader()
    tokens = RecentTokens(reader)
    tokens(["aaaa"])
    tokens(["bbbb"])
    tokens(["aaaa"])
    tokens(["cccc"])
    reader.read.clear()
    tokens(["aaaa"])
    tokens(["bbbb"])
    assert reader.read == ["bbbb"]


@pytest.mark.usefixtures("room_for_ten")
def test_a_text_longer_than_the_room_is_read_each_time() -> None:
    reader = Reader()
    tokens = RecentTokens(reader)
    tokens(["a" * 11])
    tokens(["a" * 11])
    assert len(reader.read) == 2
