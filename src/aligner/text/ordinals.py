"""Reads ordinal numbers and quarters of a year: lần thứ 15, thế kỷ XIX, quý III; the 15th, Q3."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from aligner.model import Lang
from aligner.text.word_patterns import any_of

_VI = "nhất một", "nhì hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"
_EN = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)


def _numbered(words: Sequence[str]) -> Mapping[str, int]:
    return {word: number for number, some in enumerate(words, start=1) for word in some.split()}


_FIRST: Mapping[Lang, Mapping[str, int]] = {"vi": _numbered(_VI), "en": _numbered(_EN)}
_ROMAN = r"X{0,3}(?:IX|IV|V?I{1,3}|V|X)"
_LETTERS = {"I": 1, "V": 5, "X": 10}
_WORDS = {lang: any_of(words) for lang, words in _FIRST.items()}
# Behind these words, "thứ ba" is Tuesday.
_NOT_ON = "".join(
    rf"(?<!\b(?i:{word}) )"
    for word in (
        *("vào", "hôm", "ngày", "sáng", "trưa", "chiều", "tối", "đêm", "từ", "đến", "tới", "và"),
        *("cuối", "đầu", "trong", "trước", "cho", "sau", "mỗi", "cả", "của", "rạng", "qua"),
    )
)
_PATTERNS: Mapping[Lang, re.Pattern[str]] = {
    # "First" has no one counterpart (đầu tiên, trước hết, lần đầu). Of two words (thứ mười lăm,
    # twenty-first), nothing is read.
    "vi": re.compile(
        rf"(?<!\w)(?i:quý) (?P<quarter>(?i:{_WORDS['vi']})|{_ROMAN}|[1-4])(?!\w)"
        rf"|(?<!\w)(?:(?i:lần thứ|thế kỷ(?: thứ)?|khóa|đại hội)|{_NOT_ON}thứ) "
        rf"(?P<ordinal>{_WORDS['vi']}|{_ROMAN}|\d{{1,3}})(?![\w/]|[.,]\d)"
        rf"(?! (?:{_WORDS['vi']}|bốn|lăm|mươi)(?!\w))"
    ),
    "en": re.compile(
        rf"(?<![\w,.-])(?:(?P<quarter>{_WORDS['en']}|[1-4](?:st|nd|rd|th))[- ]quarter(?![-\w])"
        r"|Q(?P<number>[1-4])"
        rf"|(?P<ordinal>(?!first\b){_WORDS['en']}|\d{{1,3}}(?:st|nd|rd|th)))(?!\w)",
        re.IGNORECASE,
    ),
}


class Ordinal(NamedTuple):
    """An ordinal number, or the number of a quarter, and where it stands."""

    kind: Literal["quarter", "ordinal"]
    value: int
    start: int
    end: int


def ordinals(text: str, lang: Lang) -> Iterator[Ordinal]:
    """Yield the ordinal numbers of a sentence in NFC, and the quarters of a year.

    >>> [(one.kind, one.value) for one in ordinals("Quý III là lần thứ hai.", "vi")]
    [('quarter', 3), ('ordinal', 2)]
    """
    for match in _PATTERNS[lang].finditer(text):
        for group in ("quarter", "number", "ordinal"):
            if said := match.groupdict().get(group):
                kind: Literal["quarter", "ordinal"] = "ordinal" if group == "ordinal" else "quarter"
                yield Ordinal(kind, _value(said, lang), *match.span())


def _value(said: str, lang: Lang) -> int:
    if digits := re.match(r"\d+", said):
        return int(digits.group())
    if said.casefold() in _FIRST[lang]:
        return _FIRST[lang][said.casefold()]
    values = [_LETTERS[letter] for letter in said]
    following = [*values[1:], 0]
    return sum(-one if one < next_ else one for one, next_ in zip(values, following, strict=True))
