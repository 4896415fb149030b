"""A phrase is found again in the counterpart of its text, from links that were stored before."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.embed import CachedEmbedder
from aligner.model import Lang
from aligner.search.records import Counterpart, Found, Line
from aligner.search.rendering_counts import count_renderings
from aligner.terms.links.renderings import PART, link_words, rendering
from aligner.vectors import TokenEmbedder
from wordbag import TokenBag

Unit = tuple[str, str]

VI = "Hôm qua, Tổng thống Nga và Bộ Ngoại giao Mỹ hoan nghênh lệnh ngừng bắn ở miền Đông Ukraine."
EN = (
    "On Monday, the Russian president and the US State Department welcomed a ceasefire in the "
    "eastern part of Ukraine."
)


class RememberingBag(TokenBag):
    """A bag of words with a memory."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, bytes] = {}

    def remembered(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return what is kept under a key; where there is nothing, make and keep it."""
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]


def rendered(unit: Unit, lang: Lang, phrase: str, embedder: TokenEmbedder) -> str | None:
    """Return the words that render a phrase, from where it first stands in its text."""
    (packed,) = link_words([unit], embedder)
    own, other = unit if lang == "vi" else unit[::-1]
    start = own.index(phrase)
    span = rendering(packed, lang, (start, start + len(phrase)), own, other)
    return None if span is None else other[slice(*span)]


# With the model that ships


@pytest.mark.parametrize(
    ("vi", "en"),
    [
        ("Tổng thống Nga", "Russian president"),
        ("Bộ Ngoại giao Mỹ", "US State Department"),
        ("ngừng bắn", "ceasefire"),
        ("hoan nghênh", "welcomed"),
        ("Ukraine", "Ukraine"),
    ],
)
def test_a_phrase_is_found_from_either_language(vi: str, en: str, embedder: CachedEmbedder) -> None:
    assert rendered((VI, EN), "vi", vi, embedder) == en
    assert vi in (rendered((VI, EN), "en", en, embedder) or "")


def test_a_part_of_a_phrase_has_a_part_of_its_rendering(embedder: CachedEmbedder) -> None:
    assert rendered((VI, EN), "vi", "Tổng thống", embedder) == "president"
    assert rendered((VI, EN), "vi", "Nga", embedder) == "Russian"


def test_what_the_other_text_does_not_say_has_no_rendering(embedder: CachedEmbedder) -> None:
    unit = ("Theo đài truyền hình, giá gạo tăng mạnh ở Thái Lan.", EN)
    assert rendered(unit, "vi", "giá gạo", embedder) is None
    assert rendered(unit, "en", "ceasefire", embedder) is None


def test_figures_with_their_signs_are_found(embedder: CachedEmbedder) -> None:
    unit = (
        "Năm ngoái, tỷ lệ thất nghiệp giảm xuống 3,5% ở Hà Nội.",
        "Last year, the unemployment rate in Hanoi fell to 3.5%.",
    )
    assert rendered(unit, "vi", "3,5%", embedder) == "3.5%"
    assert rendered(unit, "en", "3.5%", embedder) == "3,5%"


def test_a_vietnamese_rendering_cuts_no_word_of_the_list(embedder: CachedEmbedder) -> None:
    unit = (
        "Ngân hàng trung ương giảm lãi suất cơ bản còn 8% từ tháng tới.",
        "The central bank is cutting its key rate to 8% from next month.",
    )
    assert rendered(unit, "en", "rate", embedder) in ("lãi suất", "lãi suất cơ bản")
    assert rendered(unit, "en", "bank", embedder) == "Ngân hàng"


def test_a_possessive_ending_does_not_belong_to_a_rendering(embedder: CachedEmbedder) -> None:
    unit = (
        "Hôm qua, chính phủ Việt Nam đã thông qua dự luật.",
        "Yesterday, Vietnam’s government passed the bill.",
    )
    assert rendered(unit, "vi", "Việt Nam", embedder) == "Vietnam"


def test_the_links_of_a_usual_pair_of_sentences_take_few_bytes(embedder: CachedEmbedder) -> None:
    (packed,) = link_words([(VI, EN)], embedder)
    assert len(packed) < 150


def test_the_model_is_not_needed_to_find_a_rendering(embedder: CachedEmbedder) -> None:
    (packed,) = link_words([(VI, EN)], embedder)
    span = (VI.index("ngừng"), VI.index("ngừng") + len("ngừng bắn"))
    code = (
        "import sys; from aligner.terms.links.renderings import rendering; "
        f"print(*rendering({packed!r}, 'vi', {span}, {VI!r}, {EN!r}), "
        "{'torch', 'underthesea', 'sentence_transformers'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
    )
    start = EN.index("ceasefire")
    assert done.stdout.strip() == f"{start} {start + len('ceasefire')} set()"


# With words that have one exact counterpart each

SAME = {"gạo": "rice", "giá": "price", "của": "of", "tăng": "rose", "nhanh": "fast"}


def test_function_words_stay_at_an_end_only_if_the_phrase_has_them() -> None:
    unit = ("giá của gạo tăng", "the price of rice rose")
    bag = TokenBag(SAME)
    assert rendered(unit, "vi", "giá của gạo", bag) == "price of rice"
    assert rendered(unit, "vi", "giá", bag) == "price"
    assert rendered(unit, "vi", "gạo", bag) == "rice"
    assert rendered(unit, "vi", "của", bag) == "of"
    assert rendered(unit, "en", "the price", bag) == "giá"
    assert rendered(unit, "en", "the", bag) is None


def test_function_words_alone_render_no_other_phrase() -> None:
    unit, bag = ("Bị cáo của vụ", "of it"), TokenBag({"của": "of", "cáo": "of"})
    assert rendered(unit, "vi", "Bị cáo", bag) is None
    assert rendered(unit, "vi", "của", bag) == "of"


def test_a_part_of_a_word_stands_for_the_word() -> None:
    unit = ("giá gạo tăng", "price rice rose")
    assert rendered(unit, "vi", "gạ", TokenBag(SAME)) == "rice"


def test_a_mark_is_crossed_for_a_phrase_that_crosses_one() -> None:
    unit = ("giá gạo, tăng nhanh", "price rice, rose fast")
    assert rendered(unit, "vi", "gạo, tăng", TokenBag(SAME)) == "rice, rose"


def test_marks_keep_apart_what_stands_together_without_them() -> None:
    plain, marked = ("rice fast rice rose price", "rice, fast, rice rose price")
    assert rendered(("giá gạo tăng", plain), "vi", "gạo", TokenBag(SAME)) == "rice fast rice"
    assert rendered(("giá gạo tăng", marked), "vi", "gạo", TokenBag(SAME)) == "rice"


def test_an_acronym_with_stops_is_one_word() -> None:
    unit = ("giá gạo Mỹ tăng nhanh", "U.S. price of rice rose fast")
    assert rendered(unit, "vi", "Mỹ", TokenBag({**SAME, "mỹ": "u s"})) == "U.S."


def test_a_text_beyond_what_the_model_reads_has_words_without_links() -> None:
    unit = ("giá gạo tăng nhanh", "price rice rose fast")
    short = TokenBag(SAME, longest=2)
    assert rendered(unit, "vi", "gạo", short) == "rice"
    assert rendered(unit, "vi", "tăng nhanh", short) is None


@pytest.mark.parametrize(
    "unit", [("", ""), ("giá", ""), ("", "price"), ("...", "price"), ("$", "!")]
)
def test_a_side_without_words_renders_nothing(unit: Unit) -> None:
    bag = TokenBag(SAME)
    (packed,) = link_words([unit], bag)
    assert rendering(packed, "vi", (0, len(unit[0])), *unit) is None
    assert rendering(packed, "en", (0, len(unit[1])), *unit[::-1]) is None


def test_a_span_between_words_has_no_rendering() -> None:
    unit = ("giá gạo", "price rice")
    (packed,) = link_words([unit], TokenBag(SAME))
    assert rendering(packed, "vi", (3, 4), *unit) is None
    assert rendering(packed, "vi", (4, 4), *unit) is None


BAG = TokenBag()
WORDS = [f"w{letter}x" for letter in "abcdefghijklmnop"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12, unique=True)


@given(TEXTS, st.data())
def test_a_word_is_rendered_by_itself_wherever_it_stands(
    words: list[str], data: st.DataObject
) -> None:
    other = data.draw(st.permutations(words))
    unit = " ".join(words), " ".join(other)
    for word in words:
        assert rendered(unit, "vi", word, BAG) == word
        assert rendered(unit, "en", word, BAG) == word


@given(TEXTS, st.data())
def test_a_text_renders_each_of_its_phrases_by_itself(
    words: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    text, phrase = " ".join(words), " ".join(words[first:last])
    assert rendered((text, text), "vi", phrase, BAG) == phrase


PIECES = st.lists(
    st.sampled_from([*WORDS[:5], "the", "of", ", ", " ", " (", ") ", "’s ", "5,5", "%", "U.S. "]),
    max_size=15,
).map("".join)


@given(PIECES, PIECES, st.integers(0, 60), st.integers(0, 60))
def test_a_rendering_is_a_stretch_of_whole_words_of_the_other_text(
    vi: str, en: str, start: int, size: int
) -> None:
    (packed,) = link_words([(vi, en)], BAG)
    sides: tuple[tuple[Lang, str, str], ...] = (("vi", vi, en), ("en", en, vi))
    for lang, own, other in sides:
        span = rendering(packed, lang, (start, start + size), own, other)
        if span is not None:
            first, last = span
            assert 0 <= first < last <= len(other)
            found = other[first:last]
            assert found[0].isalnum() or found[0] == "%"
            assert found[-1].isalnum() or found[-1] in "%."
            assert not (other[:first][-1:].isalnum() and found[0].isalpha())


# Many units


def test_links_come_in_order_and_do_not_depend_on_the_other_units() -> None:
    units = [(f"{a} {b}", f"{b} {a} the") for a in WORDS for b in WORDS[:6]]
    assert len(units) > 2 * PART
    together = list(link_words(units, BAG))
    assert together == [next(link_words([unit], BAG)) for unit in units]


def test_a_text_that_stands_twice_in_a_part_is_read_once() -> None:
    bag = TokenBag()
    list(link_words([("giá", "price"), ("giá", "prices"), ("giá gạo", "price")], bag))
    assert bag.texts_read == 4


def test_what_is_remembered_is_not_read_again_and_says_the_same() -> None:
    units = [(f"{a} {b}", f"{b} {a}") for a in WORDS for b in WORDS[:4]]
    bag = RememberingBag()
    fresh = list(link_words(units, bag))
    count = bag.texts_read
    assert count > 0
    assert list(link_words(units, bag)) == fresh == list(link_words(units, TokenBag()))
    assert bag.texts_read == count
    list(link_words([("khác", "other"), *units[1:]], bag))
    assert count < bag.texts_read < 2 * count  # the first part only


def test_no_units_have_no_links() -> None:
    assert list(link_words([], TokenBag())) == []


def test_renderings_are_counted_together_with_and_without_an_article() -> None:
    texts = ["the State Bank", "State Bank", "the State Bank", "The", ""]
    lines = []
    for number, text in enumerate(texts):
        found = Found(number, "Ngân hàng Nhà nước", "vi", "a.txt", number + 1)
        spans = ((0, len(text)),) if text else ()
        counterpart = Counterpart(text, "b.txt", 1, 0.9, spans)
        lines.append(Line(found, 0, 18, counterpart))
    assert count_renderings(lines) == {"vi": [("the State Bank", 3), ("The", 1), ("", 1)]}
