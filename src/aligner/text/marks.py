"""Finds what two languages write alike in a sentence: names, numbers, dates.

A mark is a pair (kind, value) that is the same in both languages: ("name", "moscow"),
("number", "1500000"), ("date", "10-12").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from aligner.model import Lang
from aligner.package_data import read_toml
from aligner.text.normalise import fold
from aligner.text.numbers import numbers_in_digits, numbers_in_words
from aligner.text.word_patterns import any_of

Mark = tuple[str, str]
# "in October" is a month, "may" and "march" alone are words.
_BEFORE_MONTHS = "|".join(
    rf"(?<=\b{words})"
    for words in (
        *("in ", "since ", "until ", "last ", "next ", "early ", "late ", "mid-"),
        *("end of ", "middle of ", "beginning of ", "start of "),
    )
)
# "ngày 12-10" is a date, "thắng 2-1" a score.
_BEFORE_DAYS = "|".join(
    rf"(?<=\b{word} )"
    for word in ("ngày", "hôm", "sáng", "trưa", "chiều", "tối", "đêm", "từ", "đến")
)
_LAST_WORD = re.compile(r"([^\W\d_]+) $")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
MIN_NAME = 3  # letters; shorter words with a capital are initials or coincidence


@dataclass(frozen=True, slots=True)
class _Forms:
    """The patterns and tables of one language, compiled once."""

    lang: Lang
    exonyms: re.Pattern[str]
    concepts: Mapping[str, str]
    dates: re.Pattern[str]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    common: frozenset[str]


def find_marks(text: str, lang: Lang) -> dict[Mark, str]:
    """Return the marks of a sentence in NFC, each with the words it was first read from."""
    found: dict[Mark, str] = {}
    for mark, start, end in located_marks(text, lang):
        found.setdefault(mark, text[start:end])
    return found


def located_marks(text: str, lang: Lang) -> Iterator[tuple[Mark, int, int]]:
    """Yield every mark of a sentence in NFC, with its span."""
    rest = text
    for reader in (_dates, _figures, _exonyms, _numerals, _names):
        left = list(rest)
        for mark, start, end in reader(rest, _forms(lang)):
            yield mark, start, end
            left[start:end] = "\n" * (end - start)  # so that no later reader takes the same words
        rest = "".join(left)


def _dates(text: str, forms: _Forms) -> Iterator[tuple[Mark, int, int]]:
    for match in forms.dates.finditer(text):
        part = {key: value for key, value in match.groupdict().items() if value}
        name = (
            next((part[k] for k in ("m1", "m2", "m3", "m4") if k in part), "")
            .casefold()
            .rstrip(".")
        )
        day = next((part[k] for k in ("d1", "d2", "d3", "d4") if k in part), None)
        digits = next((part[k] for k in ("n1", "n2", "n3", "n4") if k in part), None)
        month = forms.months.get(name) or int(digits or 0)
        if "weekday" in part:
            weekday = forms.weekdays.get(part["weekday"].casefold())
            if weekday:  # "FRİDAY" fits the pattern, but is no key of the table
                yield ("weekday", str(weekday)), match.start(), match.end()
        elif 1 <= month <= 12 and day is not None and 1 <= int(day) <= 31:
            yield ("date", f"{month:02}-{int(day):02}"), match.start(), match.end()
        elif 1 <= month <= 12 and day is None:
            yield ("month", str(month)), match.start(), match.end()


def _figures(text: str, forms: _Forms) -> Iterator[tuple[Mark, int, int]]:
    for number in numbers_in_digits(text, forms.lang):
        yield ("number", f"{number.value:.12g}"), number.start, number.end


def _exonyms(text: str, forms: _Forms) -> Iterator[tuple[Mark, int, int]]:
    for match in forms.exonyms.finditer(text):
        if forms.lang == "en" or not _is_part_of_name(text, match, forms.common):
            yield ("name", forms.concepts[match.group()]), match.start(), match.end()


def _is_part_of_name(text: str, country: re.Match[str], common: frozenset[str]) -> bool:
    """Return whether a country of one syllable is part of a person's name, or means Mr.

    It is Germany in "Thủ tướng Đức Olaf Scholz", but no country in "Lương Minh Đức" and "Anh Nam
    kể".
    """
    if " " in country.group():
        return False
    before = _LAST_WORD.search(text, 0, country.start())
    if before is None:
        after = text[country.end() : country.end() + 2]
        return country.group() == "Anh" and country.start() == 0 and after[1:].isupper()
    word = before[1]
    return word.istitle() and len(word) > 1 and word.casefold() not in common


def _numerals(text: str, forms: _Forms) -> Iterator[tuple[Mark, int, int]]:
    for number in numbers_in_words(text, forms.lang):
        yield ("number", f"{number.value:.12g}"), number.start, number.end


def _names(text: str, forms: _Forms) -> Iterator[tuple[Mark, int, int]]:
    for match in _WORD.finditer(text):
        if text[match.start()].isupper():
            word = match.group().removesuffix("'s").removesuffix("’s")
            if len(word) >= MIN_NAME and word.casefold() not in forms.common:
                yield ("name", fold(word)), match.start(), match.start() + len(word)


@cache
def _forms(lang: Lang) -> _Forms:
    table = read_toml("text", "marks.toml")[lang]
    concepts = {}
    for entry in read_toml("text", "exonyms.toml")["names"]:
        for form in entry[lang]:
            concepts[unicodedata.normalize("NFC", form)] = fold(entry["en"][0])
    return _Forms(
        lang=lang,
        exonyms=re.compile(rf"(?<!\w){any_of(concepts)}(?!\w)"),
        concepts=concepts,
        dates=_date_pattern(lang, table),
        months=table["months"],
        weekdays=table["weekdays"],
        common=frozenset(table["common"]),
    )


def _date_pattern(lang: Lang, table: Mapping[str, Any]) -> re.Pattern[str]:
    months, weekdays = any_of(table["months"]), any_of(table["weekdays"])
    year = r"(?:[ ,/.-]*(?:năm )?\d{4})?"
    forms: tuple[str, ...]
    if lang == "vi":
        forms = (
            r"(?<![\d/])(?P<d1>\d{1,2}) tháng (?P<n1>\d{1,2})" + year,
            r"(?<![\d/.])(?P<d2>\d{1,2})(?:/|-(?=\d{1,2}-\d{4}))(?P<n2>\d{1,2})(?:[/-]\d{4})?"
            r"(?![/\d%])",
            rf"(?:{_BEFORE_DAYS})(?P<d4>\d{{1,2}})-(?P<n4>\d{{1,2}})(?![/\d%])",
            rf"(?<![\d/])(?P<d3>\d{{1,2}}) (?P<m1>{months})",
            r"tháng (?P<n3>\d{1,2})(?!\d)(?:/\d{4})?",
            rf"(?P<m2>{months})",
            rf"(?P<weekday>{weekdays})",
        )
    else:
        forms = (
            rf"(?P<m1>{months})\.? (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)",
            rf"(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{months})",
            rf"(?P<m3>{months})\.?(?= \d{{4}}(?!\d))",
            rf"(?:{_BEFORE_MONTHS})(?P<m4>{months})",
            rf"(?P<weekday>{weekdays})",
        )
    return re.compile(r"(?<!\w)(?:" + "|".join(forms) + r")(?!\w)", re.IGNORECASE)
