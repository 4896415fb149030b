"""Sentence splitting: tables of cases per language, and laws that hold for any text."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aligner.model import Lang
from aligner.text.segment import split_sentences

DATA = Path(__file__).parent / "data"
LANGS: tuple[Lang, ...] = ("vi", "en")


def _cases(lang: Lang) -> list[Any]:
    table = tomllib.loads((DATA / f"segment_{lang}.toml").read_text(encoding="utf-8"))
    return [pytest.param(lang, case, id=f"{lang}: {case['name']}") for case in table["case"]]


@pytest.mark.parametrize(("lang", "case"), [*_cases("vi"), *_cases("en")])
def test_paragraph_is_cut_into_these_sentences(lang: Lang, case: dict[str, Any]) -> None:
    text = case["text"]
    assert [text[start:end] for start, end in split_sentences(text, lang)] == case["sentences"]


@pytest.mark.parametrize(("lang", "case"), [*_cases("vi"), *_cases("en")])
def test_each_sentence_of_the_tables_stands_alone(lang: Lang, case: dict[str, Any]) -> None:
    # No law for any text: what follows a stop helps to judge it, and a sentence alone lacks it.
    alone = [split_sentences(sentence, lang) for sentence in case["sentences"]]
    assert alone == [[(0, len(sentence))] for sentence in case["sentences"]]


# Letters, stops, quotes, brackets, abbreviations: the stuff that the rules look at, in any order.
PIECES = st.sampled_from(
    [
        *" \n\t\u00a0\u200b.?!…\"“”‘’'«»()[]/-–:;,1IăĐ漢",
        *("... ", ". ", '" ', "U.S. ", "TP. ", "Mr. ", "v.v. ", "5. ", "1.5", "/TASS/. "),
        *("Ông ", "nói ", "The ", "said ", "Kerry "),
    ]
)
ANY_TEXT = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


@given(text=ANY_TEXT, lang=st.sampled_from(LANGS))
def test_spans_are_trimmed_in_order_and_apart(text: str, lang: Lang) -> None:
    spans = split_sentences(text, lang)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(
        text[start:end] and text[start:end] == text[start:end].strip() for start, end in spans
    )


@given(text=ANY_TEXT, lang=st.sampled_from(LANGS))
def test_every_character_but_blanks_is_in_a_sentence(text: str, lang: Lang) -> None:
    covered = "".join(text[start:end] for start, end in split_sentences(text, lang))
    assert "".join(covered.split()) == "".join(text.split())


@example(text="0\r-", lang="vi")
@given(text=ANY_TEXT, lang=st.sampled_from(LANGS))
def test_blanks_around_a_paragraph_move_its_spans_and_change_nothing(text: str, lang: Lang) -> None:
    moved = [(start + 2, end + 2) for start, end in split_sentences(text, lang)]
    assert split_sentences(f"  {text}  ", lang) == moved


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "unit",
    ["x", ".", "a.", "U.S.", "A. ", "1. ", "a. B ", '"A. ', "(a. B ", "! ", " ", "\n", " \n-"],
)
def test_a_long_line_takes_seconds_and_not_hours(lang: Lang, unit: str) -> None:
    text = unit * (200_000 // len(unit))
    began = time.process_time()
    split_sentences(text, lang)
    assert time.process_time() - began < 5  # a fifth of a megabyte; quadratic time takes minutes
