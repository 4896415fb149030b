"""The word list holds every word once and is asked by the keys of words."""

from __future__ import annotations

import pytest

from aligner.package_data import read_text
from aligner.text.lexicon import english_words, listed_words, load_lexicon, rendered
from aligner.text.words import term_key

LINES = [line for line in read_text("text", "lexicon.tsv").splitlines() if not line.startswith("#")]


def key(word: str) -> str:
    return " ".join(term_key(word, "vi"))


def test_every_line_is_a_word_and_its_renderings_each_once() -> None:
    for line in LINES:
        word, renderings = line.split("\t")
        keys = [term_key(text, "en") for text in renderings.split("; ")]
        assert word == " ".join(word.split())
        assert all(keys), line
        assert len(set(keys)) == len(keys), line


def test_no_two_lines_are_one_word_and_all_stand_in_order() -> None:
    words = [line.split("\t")[0] for line in LINES]
    assert words == sorted(words)
    assert len(load_lexicon().entries) == len(words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nước ngọt", {"nước ngọt"}),  # not nước
        ("Nước Ngọt", {"nước ngọt"}),
        ("quỹ hoà bình, quĩ hòa bình", {"quỹ", "hòa bình"}),
        ("Xkcd-hòa bình, a-xít", {"hòa bình", "a-xít"}),
        ("Xkcd ký thỏa thuận", {"ký", "thỏa thuận"}),
        ("", set()),
    ],
)
def test_the_words_of_a_text_are_the_longest_of_the_list_from_its_beginning(
    text: str, words: set[str]
) -> None:
    assert listed_words(text) == {key(word) for word in words}


def test_a_word_is_rendered_where_all_words_of_a_rendering_stand() -> None:
    water = key("nước ngọt")
    assert rendered(water, english_words("The water was fresh.")) == [{"fresh", "water"}]
    assert rendered(water, english_words("The water was salt.")) == []
    assert rendered(water, frozenset()) == []


@pytest.mark.parametrize("form", ["agreement", "Agreements", "AGREEMENT"])
def test_forms_of_an_english_word_are_one(form: str) -> None:
    assert {"agreement"} in rendered(key("thỏa thuận"), english_words(f"the {form}"))


@pytest.mark.parametrize("text", ["three-way talks", "Three-Way talks", "THREE-WAY TALKS FAIL"])
def test_a_rendering_with_a_hyphen_is_found(text: str) -> None:
    assert {"three", "way"} in rendered(key("ba bên"), english_words(text))


def test_nearly_all_words_of_the_renderings_are_known() -> None:
    lexicon = load_lexicon()
    texts = {text for known in lexicon.entries.values() for text in known.split("; ")}
    keys = {word for text in texts for word in term_key(text, "en")}
    assert len(keys - lexicon.english) / len(keys) < 1 / 90
