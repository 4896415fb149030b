"""What was typed is found word for word, and the index never hides a sentence that has it."""

from __future__ import annotations

import sqlite3
import time
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aligner.errors import QueryError
from aligner.search.folding import folded
from aligner.search.phrase import Phrase, compile_phrase
from aligner.text.normalise import tidy

# Letters, signs and blanks of news and of what is pasted from elsewhere.
CHARS = st.one_of(
    st.sampled_from("aAàẢăâđĐeéêiìĩIoòỏôơuùưyỳỹYhHlmMqtn hmy ß İı ﬁ ² 19"),
    st.sampled_from(" \xa0-–—−'’‘ʼ\"“”_.,%()/"),
    st.sampled_from("\u0301\u0323\u0330\u20e3\u093f\u19b0🤝€‿"),
    st.characters(exclude_categories=["Cs"]),
)
TEXTS = st.text(CHARS, max_size=25)
# Two spellings of one syllable.
TWINS = [("hoà", "hòa"), ("thuý", "thúy"), ("khoẻ", "khỏe"), ("Mỹ", "Mĩ"), ("quỹ", "quĩ")]
TWINS += [("tỷ", "tỉ"), ("lý", "lí"), ("cuả", "của"), ("qũi", "quỹ"), ("khuỷu", "khủyu")]
SYLLABLES = st.sampled_from(
    [spelling for pair in TWINS for spelling in pair]
    + ["hoàng", "mỹ", "MY", "my", "mi", "quýt", "tỉnh", "Nga", "đa", "da", "US", "5"]
)
SIGNS = st.sampled_from([" ", "  ", "-", " – ", "’", ", ", ". ", "_", "%", "/", ""])
NEWS = st.lists(st.tuples(SYLLABLES, SIGNS), min_size=1, max_size=6).map(
    lambda parts: "".join(syllable + sign for syllable, sign in parts)
)


def found(typed: str, sentence: str, **options: bool) -> list[str]:
    """Return what a phrase finds in a sentence, as the text of each span."""
    spans = compile_phrase(typed, **options).spans(sentence)
    return [sentence[start:end] for start, end in spans]


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    """An empty index, as the search keeps one."""
    with sqlite3.connect(":memory:") as db:
        db.execute(
            "CREATE VIRTUAL TABLE lines USING fts5"
            "(text, tokenize = 'unicode61 remove_diacritics 0')"
        )
        db.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(lines, instance)")
        yield db
    db.close()


def is_in_index(db: sqlite3.Connection, phrase: Phrase, sentence: str) -> bool:
    """Return whether the index finds the one sentence it is given by the words of a phrase."""
    db.execute("DELETE FROM lines")
    db.execute("INSERT INTO lines VALUES (?)", (folded(sentence),))
    query = '"' + " ".join(phrase.words) + '"' + (" *" if phrase.last_is_open else "")
    return db.execute("SELECT 1 FROM lines WHERE lines MATCH ?", (query,)).fetchone() is not None


# Letter case, blanks, hyphens, quotation marks


@pytest.mark.parametrize(
    ("typed", "sentence", "expected"),
    [
        ("sanction", "New sanctions. SANCTION!", ["sanctions", "SANCTION"]),
        ("action", "Sanctions and transactions", []),
        ("Nga Mỹ", "Nga-Mỹ, Nga – Mỹ, nga  mỹ, Nga, Mỹ", ["Nga-Mỹ", "Nga – Mỹ", "nga  mỹ"]),
        ("Nga-Mỹ", "Nga Mỹ, Nga‑Mỹ, NgaMỹ", ["Nga Mỹ", "Nga‑Mỹ"]),
        ("Nga - Mỹ", "Nga-Mỹ", ["Nga-Mỹ"]),
        ("  cease\u200b-fire\n", "a cease–fire", ["cease–fire"]),
        ("-fire", "cease–fire cease fire", ["–fire"]),
        ("U.S.", "The U.S. and the US", ["U.S."]),
        ("1,5 triệu", "1,5 triệu, 11,5 triệu, 1.5 triệu", ["1,5 triệu"]),
        ("50%", "50%, 150%, 50 %", ["50%"]),
        ("don't", "Don’t, don't, donʼt, dont", ["Don’t", "don't", "donʼt"]),
        ('"hold"', "“hold” 'hold' hold", ["“hold”", "'hold'"]),
        ("５０％ － ＂Ｎａｔｏ＂", "50% – “NATO”", ["50% – “NATO”"]),
        ("50%", "（５０％）", ["５０％"]),
        ("Lavrov", "Lavrov’s", ["Lavrov"]),
        ("(a+b)*", "x (A+B)*", ["(A+B)*"]),
        ("...", "wait... so", ["..."]),
        ("🤝", "Nga🤝Mỹ", ["🤝"]),
        ("👍🏽", "ok 👍🏽 👍", ["👍🏽"]),
        ("$5", "US$5", ["$5"]),
        ("file", "_file_ my_file x", ["file", "file"]),
        ("my_file", "my_file, my file", ["my_file"]),
        ("aa", "aaaa aa", ["aaaa", "aa"]),
    ],
)
def test_words_are_found_from_the_beginning_of_a_word_on(
    typed: str, sentence: str, expected: list[str]
) -> None:
    assert found(typed, sentence) == expected


@pytest.mark.parametrize(
    ("typed", "sentence", "expected"),
    [
        ("sanction", "sanctions, Sanction, sanction-free", ["Sanction", "sanction"]),
        ("đa", "đang đa", ["đa"]),
        ("U.S.", "U.S.A", ["U.S."]),
        ("km", "5 km, 5 km²", ["km"]),
    ],
)
def test_a_whole_word_ends_where_a_word_ends(
    typed: str, sentence: str, expected: list[str]
) -> None:
    assert found(typed, sentence, whole_word=True) == expected


def test_spans_are_places_in_the_sentence_as_it_stands() -> None:
    assert compile_phrase("moscow").spans("“İn ﬁrst ẞ” Moscow’s") == [(12, 18)]


# Accents


@pytest.mark.parametrize(
    ("typed", "sentence", "expected"),
    [
        ("thoa thuan minsk", "Thỏa thuận Minsk", ["Thỏa thuận Minsk"]),
        ("da", "da ĐA dà Ða", ["da", "ĐA", "dà", "Ða"]),
        ("đa", "da ĐA dà Ða", ["ĐA", "Ða"]),
        ("ban quản lý", "bàn quản lý, Ban quản lý", ["Ban quản lý"]),
        ("thỏa thuận", "thoa thuan, thoả thuận, thoá thuận", ["thoả thuận"]),
        ("của", "cuả của cũa", ["cuả", "của"]),
        ("quả", "qủa quá", ["qủa"]),
        ("nước", "nứơc nươc", ["nứơc"]),
        ("Fırat", "Firat Fırat", ["Fırat"]),
        ("Firat", "Firat Fırat", ["Firat", "Fırat"]),
        ("istanbul", "İstanbul ISTANBUL", ["İstanbul", "ISTANBUL"]),
        ("km2", "km², km2", ["km²", "km2"]),
        ("km²", "km², km2", ["km²"]),
        ("cafe", "café CAFE", ["café", "CAFE"]),
        ("x\u0323y", "x\u0323y xy", ["x\u0323y"]),
        ("đô la Zoë", "đô la Zoe, đô la Zoë", ["đô la Zoë"]),
    ],
)
def test_accents_count_if_one_is_typed(typed: str, sentence: str, expected: list[str]) -> None:
    assert found(typed, sentence) == expected


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_two_spellings_of_a_syllable_find_each_other_also_in_the_index(
    index: sqlite3.Connection, one: str, other: str
) -> None:
    for typed, sentence in ((one, other), (other, one), (one.upper(), other)):
        assert is_in_index(index, compile_phrase(typed), sentence)
        assert found(typed, f"({sentence})", whole_word=True) == [sentence]
        assert found(typed, f"({sentence})") == [sentence]
        assert found(f"{typed} Nga", f"{sentence}-Nga") == [f"{sentence}-Nga"]


def test_in_vietnamese_a_phrase_does_not_go_on_in_a_longer_word() -> None:
    phrase = compile_phrase("nga")
    assert phrase.spans("Nga, ngày, ngân hàng ngà", "vi") == [(0, 3), (21, 24)]
    assert phrase.spans("Nga, Ngan", "en") == [(0, 3), (5, 9)]


def test_a_phrase_with_accents_does_not_go_on_in_a_longer_word() -> None:
    assert found("tỷ", "tỷ lệ, tỉ lệ, tỉnh") == ["tỷ", "tỉ"]
    assert found("tỉ", "tỷ lệ, tỉ lệ, tỉnh") == ["tỷ", "tỉ"]
    assert found("hòa", "hoà bình của hoàng tử") == ["hoà"]
    assert found("hoà", "hoà bình của hoàng tử") == ["hoà"]
    assert found("hoa", "hoà bình của hoàng tử") == ["hoà", "hoàng"]
    assert found("quỳ", "Quỳnh quì quìn") == ["quì"]
    assert found("my", "My Myanmar mi Minsk") == ["My", "Myanmar", "mi"]


@given(
    st.lists(st.tuples(st.sampled_from(TWINS), st.booleans()), min_size=1, max_size=3),
    st.booleans(),
    NEWS,
)
def test_both_spellings_find_the_same_whole_words(
    parts: list[tuple[tuple[str, str], bool]], has_blank: bool, sentence: str
) -> None:
    sign = " " if has_blank else "-"
    one = compile_phrase(sign.join(pair[0] for pair, _ in parts), whole_word=True)
    other = compile_phrase(sign.join(pair[second] for pair, second in parts), whole_word=True)
    assert one.words == other.words
    assert one.spans(sentence) == other.spans(sentence)


# The index


@pytest.mark.parametrize(
    ("typed", "words", "is_open"),
    [
        ("sanction", ("sanction",), True),
        ("Thỏa thuận", ("thoa", "thuan"), False),
        ("Ủy ban U.S.", ("ui", "ban", "u", "s"), False),
        ("Mỹ", ("mi",), False),
        ("My", ("mi",), True),
        ("quỹ", ("qui",), False),
        ("my_file", ("mi", "file"), True),
        ("don’t", ("don", "t"), True),
        ("1,5 km²", ("1", "5", "km2"), False),
        ("🤝 …", (), False),
    ],
)
def test_a_phrase_has_the_words_of_the_index(
    typed: str, words: tuple[str, ...], is_open: bool
) -> None:
    phrase = compile_phrase(typed)
    assert (phrase.words, phrase.last_is_open) == (words, is_open)
    assert compile_phrase(typed, whole_word=True).words == words
    assert not compile_phrase(typed, whole_word=True).last_is_open


@given(st.data(), st.one_of(TEXTS, NEWS), st.booleans(), st.booleans())
def test_the_index_finds_every_sentence_with_a_span(
    index: sqlite3.Connection, data: st.DataObject, text: str, whole_word: bool, has_accents: bool
) -> None:
    sentence = unicodedata.normalize("NFC", text)
    start = data.draw(st.integers(0, max(0, len(sentence) - 1)))
    end = data.draw(st.integers(start + 1, len(sentence) + 1))
    part = sentence[start:end] if has_accents else folded(sentence[start:end])
    typed = data.draw(st.one_of(st.just(part), NEWS, TEXTS))
    try:
        phrase = compile_phrase(typed, whole_word=whole_word)
    except QueryError:
        return
    if phrase.words and phrase.spans(sentence):
        assert is_in_index(index, phrase, sentence)


def test_the_index_splits_at_any_character_as_a_phrase_does(index: sqlite3.Connection) -> None:
    codes = [*range(1, 0x3000), *range(0x1F000, 0x1FB00)]  # scripts with accents, and emoji
    index.execute("DELETE FROM lines")
    expected: list[str] = []
    for first in range(0, len(codes), 100):
        typed = " ".join(f"qa{chr(code)}bq {chr(code)}c" for code in codes[first : first + 100])
        index.execute("INSERT INTO lines VALUES (?)", (folded(tidy(typed)),))
        expected += compile_phrase(typed).words
    rows = index.execute("SELECT term FROM terms ORDER BY doc, offset")
    assert [term for (term,) in rows] == expected


# Keys


def test_a_folded_text_has_small_letters_without_accents() -> None:
    assert folded("ĐỨC Thắng, NGUYỄN Huệ") == "duc thang, nguien hue"
    assert folded("“İn” Łódź ẞ ﬁ ² ǅ\u0323") == "'in' lodz ß ﬁ 2 ǆ\u0301"


@given(st.text(st.characters()))
def test_a_folded_text_has_a_character_for_each_and_stays_when_folded_again(text: str) -> None:
    once = folded(text)
    assert len(once) == len(text)
    assert folded(once) == once
    assert once.encode().decode() == once


# Anything that can be typed


@given(TEXTS)
def test_a_text_finds_itself_whole_and_in_capitals(text: str) -> None:
    sentence = tidy(text).lstrip("".join(map(chr, range(0x300, 0x370))))
    assume(sentence)
    phrase = compile_phrase(sentence)
    assert phrase.spans(sentence) == [(0, len(sentence))]
    capitals = "".join(c if len(c.upper()) > 1 or c in "ı" else c.upper() for c in sentence)
    assert phrase.spans(capitals) == [(0, len(sentence))]


@given(st.one_of(TEXTS, NEWS), st.one_of(TEXTS, NEWS), st.booleans())
def test_spans_lie_one_after_the_other_and_at_ends_of_words(
    typed: str, text: str, whole_word: bool
) -> None:
    sentence = unicodedata.normalize("NFC", text)
    try:
        spans = compile_phrase(typed, whole_word=whole_word).spans(sentence)
    except QueryError:
        return
    places = [place for span in spans for place in span]
    assert places == sorted(places)
    for start, end in spans:
        assert start < end
        assert not (sentence[end - 1].isalnum() and sentence[end : end + 1].isalnum())


@pytest.mark.parametrize("regex", [False, True])
@pytest.mark.parametrize("text", ["", " \n", "\u200b\ufeff", "\u0301"])
def test_nothing_typed_is_asked_for(text: str, regex: bool) -> None:
    with pytest.raises(QueryError, match=r"^type a word or a phrase to look for$"):
        compile_phrase(text, regex=regex)


@pytest.mark.parametrize(
    "text", ["thỏa thuận " * 1000, "hoà" * 3500, "a-" * 5000, "-" * 10_000, "á" + "a" * 9000]
)
def test_a_very_long_text_is_found_as_well(index: sqlite3.Connection, text: str) -> None:
    sentence = f"x {text.strip()}"
    phrase = compile_phrase(text)
    assert phrase.spans(sentence) == [(2, len(sentence))]
    assert not phrase.words or is_in_index(index, phrase, sentence)


# Regular expressions


@pytest.mark.parametrize(
    ("pattern", "sentence", "expected"),
    [
        (r"sanction\w*", "Sanctions, SANCTION", ["Sanctions", "SANCTION"]),
        (r"\d+%", "50% or 150%", ["50%", "150%"]),
        (r"th[oỏ]a", "Thỏa thoả thoa", ["Thỏa", "thoa"]),
        (unicodedata.normalize("NFD", "Mỹ|Nga"), "Mỹ, Mĩ, NGA", ["Mỹ", "NGA"]),
        (r"\p{Lu}{2,}(?-i:)", "USA", ["USA"]),
        ("x*", "axxb", ["xx"]),
        (r"\b", "a b", []),
    ],
)
def test_a_regular_expression_finds_what_it_says(
    pattern: str, sentence: str, expected: list[str]
) -> None:
    assert found(pattern, sentence, regex=True) == expected
    phrase = compile_phrase(pattern, regex=True)
    assert (phrase.words, phrase.last_is_open) == ((), False)


def test_whole_words_of_a_regular_expression_have_no_letter_beside_them() -> None:
    sentence = "an ban ban_an bans"
    assert found("b?an", sentence, regex=True, whole_word=True) == ["an", "ban", "ban", "an"]
    assert found("b|ban", "ban", regex=True, whole_word=True) == ["ban"]
    assert found(r"\(UN\)", "the (UN) x(UN)", regex=True, whole_word=True) == ["(UN)"]


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("(Nga", "the regular expression is wrong at its end: missing )"),
        ("Nga)(Mỹ", "the regular expression is wrong at character 4: unbalanced parenthesis"),
        ("*", "the regular expression is wrong at character 1: nothing to repeat"),
        ("(" * 5000 + ")" * 5000, "the regular expression has too many groups within groups"),
        ("((a{1000}){100}){100}", "repeats a part too often"),
        ("a{100000000}", "repeats a part too often"),
        ("(((a{0,5}){999}){999}){999}", "repeats a part too often"),
        ("(?a)(?u)x", "the regular expression cannot be used: ASCII, LOCALE"),
    ],
)
@pytest.mark.parametrize("whole_word", [False, True])
def test_a_wrong_regular_expression_is_told_with_its_place(
    pattern: str, problem: str, whole_word: bool
) -> None:
    with pytest.raises(QueryError) as caught:
        compile_phrase(pattern, regex=True, whole_word=whole_word)
    assert problem in str(caught.value)


def test_a_runaway_regular_expression_is_stopped() -> None:
    assert found("(a+)+$", "a" * 60 + "!", regex=True) == []
    phrase = compile_phrase("(a|aa)+$", regex=True)
    start = time.process_time()
    with pytest.raises(QueryError, match=r"^the regular expression takes too long for a sentence"):
        phrase.spans("a" * 100 + "!")
    assert time.process_time() - start < 10


@given(TEXTS | st.text(st.sampled_from("ab.*+?()[]{}|\\^$-1,é"), max_size=12), st.booleans())
def test_any_regular_expression_is_used_or_told_to_be_wrong(text: str, whole_word: bool) -> None:
    try:
        spans = compile_phrase(text, regex=True, whole_word=whole_word).spans("aab (é-1) ab")
    except QueryError:
        return
    assert all(start < end for start, end in spans)
