"""How much of one sentence stands in another, token by token, and reading reports for that."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.alignment.overlap import overlap
from aligner.embed import CachedEmbedder
from aligner.embed.reading import LIKELY, MAX_CELLS, UNLIKELY, read_overlap
from aligner.vectors import FactRows, Matrix
from wordbag import DIM, WordBag

BAG = WordBag()


def read(text: str, weights: Sequence[float] | None = None) -> FactRows:
    """Read a text of which every word is a token with a direction of its own."""
    words = text.split()
    rows = BAG.encode(words).reshape(len(words), DIM)
    given_weights = np.array(weights or [1.0] * len(words), dtype=np.float32)
    return FactRows(BAG.encode([text])[0], rows, given_weights)


def test_a_sentence_that_holds_all_of_another_and_more_covers_it_alone() -> None:
    near, ours, theirs = overlap([read("giá gạo")], [read("giá gạo tăng mạnh")])[:, 0, 0]
    assert ours == pytest.approx(1, abs=1e-5)
    assert 0.4 < theirs < 0.8
    assert near < 1


def test_a_token_counts_by_its_weight() -> None:
    light = overlap([read("giá gạo", [1, 9])], [read("giá")])[1, 0, 0]
    heavy = overlap([read("giá gạo", [9, 1])], [read("giá")])[1, 0, 0]
    assert light < 0.5 < 0.8 < heavy


NAMES = ["an", "binh", "chi", "dung", "em", "giang"]
WORDS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=6)
TEXTS = st.lists(WORDS.map(" ".join), min_size=1, max_size=4)


@given(TEXTS, TEXTS)
def test_either_side_sees_the_other_as_it_is_seen(vi: list[str], en: list[str]) -> None:
    ours, theirs = [read(text) for text in vi], [read(text) for text in en]
    there, back = overlap(ours, theirs), overlap(theirs, ours)
    assert np.allclose(there[0], back[0].T, atol=1e-5)
    assert np.allclose(there[1], back[2].T, atol=1e-5)
    assert np.allclose(there[2], back[1].T, atol=1e-5)


@given(TEXTS)
def test_a_text_covers_itself(texts: list[str]) -> None:
    rows = [read(text) for text in texts]
    assert np.allclose(overlap(rows, rows).diagonal(axis1=1, axis2=2), 1, atol=1e-4)


def test_a_sentence_without_tokens_shares_nothing() -> None:
    tables = overlap([read("giá"), read("")], [read(""), read("giá")])
    assert tables[1:, 1].tolist() == [[0, 0], [0, 0]]
    assert tables[1:, :, 0].tolist() == [[0, 0], [0, 0]]
    assert tables[1:, 0, 1].tolist() == pytest.approx([1, 1])


# With the model that ships

VI = [
    "Người phát ngôn cho biết hai bên chưa ấn định ngày gặp lại.",
    "Giá dầu giảm 3% trong phiên sáng nay.",
]
EN = [
    "Crude slipped by three percent in early trading.",
    "No date has been set for a further round, a spokeswoman said.",
]


def test_what_one_newsroom_reports_is_nearer_to_its_report_in_other_words(
    embedder: CachedEmbedder,
) -> None:
    tables = read_overlap(VI, EN, embedder)
    assert tables is not None
    assert tables.shape == (4, 2, 2)
    assert (tables[:, 0, 1] > tables[:, 0, 0] + 0.1).all()
    assert (tables[:, 1, 0] > tables[:, 1, 1] + 0.1).all()


def test_a_text_is_read_the_same_alone_and_among_others(embedder: CachedEmbedder) -> None:
    alone = embedder.encode_facts([VI[1]])[0]
    among = embedder.encode_facts([EN[0] * 9, *VI])[2]
    assert np.allclose(alone.whole, among.whole, atol=1e-4)
    assert np.allclose(alone.rows, among.rows, atol=1e-4)
    assert np.allclose(alone.weights, among.weights, rtol=1e-3)
    assert np.allclose(np.linalg.norm(alone.rows, axis=1), 1, atol=1e-4)
    assert (alone.weights > 0).all()


class Reading:
    """An embedder with a memory that counts what it reads."""

    def __init__(self, inner: CachedEmbedder) -> None:
        self.name = inner.name
        self.dim = inner.dim
        self.encode = inner.encode
        self._inner = inner
        self._kept: dict[str, bytes] = {}
        self.texts_read = 0
        self.pairs: list[tuple[str, str]] = []

    def encode_facts(self, texts: Sequence[str]) -> list[FactRows]:
        """Read the texts."""
        self.texts_read += len(texts)
        return self._inner.encode_facts(texts)

    def judge_pairs(self, pairs: Sequence[tuple[str, str]]) -> Matrix:
        """Read both texts of each pair at once."""
        self.pairs += pairs
        return self._inner.judge_pairs(pairs)

    def remembered(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under a key; where there is nothing, make and keep it."""
        if key not in self._kept:
            self._kept[key] = make()
        return self._kept[key]


def test_two_reports_are_read_once(embedder: CachedEmbedder) -> None:
    reading = Reading(embedder)
    first = read_overlap(VI, EN, reading)
    second = read_overlap(VI, EN, reading)
    assert reading.texts_read == 4
    assert first is not None
    assert second is not None
    assert (first == second).all()
    read_overlap(EN, VI, reading)
    assert reading.texts_read == 8


def test_only_the_likeliest_partners_of_a_sentence_are_read_together_with_it(
    embedder: CachedEmbedder,
) -> None:
    reading = Reading(embedder)
    others = [f"Trận đấu thứ {n} kết thúc với tỷ số {n}-0." for n in range(3, 13)]
    tables = read_overlap([*VI, *others], [*EN, "The weather stayed dry."], reading)
    assert tables is not None
    agreement, judged = tables[:3].mean(axis=0), tables[3]
    wanted = {(i, int(j)) for i, row in enumerate(agreement) for j in np.argsort(-row)[:LIKELY]}
    wanted |= {(int(i), j) for j, row in enumerate(agreement.T) for i in np.argsort(-row)[:LIKELY]}
    texts = [*VI, *others], [*EN, "The weather stayed dry."]
    assert set(reading.pairs) == {(texts[0][i], texts[1][j]) for i, j in wanted}
    assert len(reading.pairs) == len(wanted)
    unread = np.ones(judged.shape, dtype=bool)
    unread[tuple(np.array(sorted(wanted)).T)] = False
    assert (judged[unread] == UNLIKELY).all()


def test_two_sentences_read_at_once_are_judged_the_same_alone_and_among_others(
    embedder: CachedEmbedder,
) -> None:
    pairs = [(one, other) for one in VI for other in EN]
    alone = [float(embedder.judge_pairs([pair])[0]) for pair in pairs]
    assert np.allclose(embedder.judge_pairs(pairs), alone, atol=1e-3)
    assert embedder.judge_pairs([]).shape == (0,)


def test_texts_longer_than_the_model_reads_and_odd_ones_are_judged_all_the_same(
    embedder: CachedEmbedder,
) -> None:
    odd = ["", "\0", "\ud800", "dài " * 5_000, "x" * 20_000]
    odds = embedder.judge_pairs([(one, other) for one in odd for other in odd])
    assert odds.shape == (25,)
    assert np.isfinite(odds).all()


def test_models_without_an_adapter_and_long_texts_are_not_read(embedder: CachedEmbedder) -> None:
    assert read_overlap(VI, EN, BAG) is None
    assert read_overlap(["a"] * (MAX_CELLS // 2 + 1), EN, Reading(embedder)) is None
    assert read_overlap([], EN, Reading(embedder)) is None
